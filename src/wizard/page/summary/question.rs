//! The last question.

use super::{Message, disks, lost};
use crate::plan::{Fate, Plan};
use crate::wizard::Element;
use crate::wizard::page::{Context, disk};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, body, button, card, drive, small, strong, title};
use iced::widget::{Column, column, row};
use iced::{Center, Fill};

/// The last question; its wording follows the plan.
pub(super) fn view<'a>(ctx: Context<'a>, plan: &'a Plan) -> Element<'a, Message> {
    let p = ctx.palette();
    let disks = disks::of(ctx, plan);
    let names: Vec<String> = disks
        .iter()
        .map(|(_, disk)| disk::name_of(ctx, disk))
        .collect();
    let name = names.join(", ");
    let is_one = disks.len() == 1;
    let asked = match plan.fate() {
        Fate::Blank => "confirm-blank",
        Fate::AllGoes => "confirm-erase",
        Fate::SomeGoes => "confirm-replace",
        Fate::SomeShrinks => "confirm-smaller",
        Fate::SomeGrows => "confirm-larger",
        Fate::AllStays => "confirm-beside",
    };
    let (title_key, lead) = match is_one {
        true => (asked, format!("{asked}-lead")),
        false => ("confirm-several", "confirm-several-lead".to_owned()),
    };
    let buttons = row![
        button(p, Kind::Plain, ctx.t("confirm-keep"), Some(Message::Keep)).id("keep"),
        button(
            p,
            Kind::Danger,
            ctx.t(&format!("{asked}-go")),
            Some(Message::Erase)
        )
        .id("erase"),
    ]
    .spacing(space::M);
    let cards = disks.into_iter().map(|(planned, disk)| {
        let which = row![
            drive(disk::drive_of(disk), true),
            column![
                strong(p, disk::name_of(ctx, disk)),
                small(disk::details_of(ctx, disk), p.muted)
            ]
        ]
        .spacing(space::M)
        .align_y(Center);
        let content = column![which, lost::view(ctx, planned)];
        card(p, content.spacing(space::L)).into()
    });
    column![
        title(p, ctx.tv(title_key, "disk", name)),
        body(p, ctx.t(&lead)),
        Column::with_children(cards).spacing(space::M),
        buttons,
    ]
    .spacing(space::L)
    .width(Fill)
    .into()
}
