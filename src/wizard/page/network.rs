//! Network: shown only when nothing is connected; says what works without.

use super::{Context, Page, sheet};
use crate::machine::LinkKind;
use crate::wizard::Element;
use crate::wizard::theme::space;
use crate::wizard::widget::{Tone, body, card, head, notice, small};
use iced::widget::{Column, column, row};
use iced::{Center, Fill};

/// Nothing can be done here yet.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Message {}

pub(crate) fn view(ctx: Context<'_>) -> Element<'_, Message> {
    let p = ctx.palette();
    let links = ctx.draft.machine().network.known().into_iter().flatten();
    let links = links.map(|link| {
        let kind = match link.kind {
            LinkKind::Wired => "link-wired",
            LinkKind::Wireless => "link-wireless",
            LinkKind::Mobile => "link-mobile",
        };
        row![
            body(p, ctx.t(kind)),
            small(link.name.clone(), p.muted),
            iced::widget::Space::new().width(Fill),
            small(ctx.t("link-down"), p.warning),
        ]
        .spacing(space::M)
        .align_y(Center)
        .into()
    });
    let list = Column::with_children(links).spacing(space::M);
    let content = column![
        notice(
            p,
            Tone::Info,
            ctx.t("network-offline"),
            Some(ctx.t("network-offline-mend"))
        ),
        card(
            p,
            column![head(p, ctx.t("network-links")), list].spacing(space::M)
        ),
    ]
    .spacing(space::L);
    sheet(ctx, Page::Network, content)
}
