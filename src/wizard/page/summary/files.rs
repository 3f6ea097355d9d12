//! The files as they will be written, and the ways to keep them.

use super::Message;
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Scope, Tone, button, card, code, head, notice, panel};
use iced::Fill;
use iced::widget::{Row, column, row};

/// A file by its tab, and what became of saving the preset.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    open: usize,
    saved: Option<&'a Result<String, String>>,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let files = ctx.draft.files();
    let tabs = files.iter().enumerate().map(|(index, file)| {
        let kind = if index == open {
            Kind::Primary
        } else {
            Kind::Plain
        };
        button(p, kind, file.name.clone(), Some(Message::Tab(index))).into()
    });
    let tabs = Scope::group(Row::with_children(tabs).spacing(space::S));
    let buttons = row![
        button(p, Kind::Quiet, ctx.t("copy"), Some(Message::Copy)),
        button(p, Kind::Quiet, ctx.t("save-preset"), Some(Message::Save)).id("save-preset"),
    ];
    let mut content = column![
        head(p, ctx.t("summary-files")),
        row![tabs, buttons]
            .spacing(space::M)
            .wrap()
            .vertical_spacing(space::S)
    ]
    .spacing(space::M);
    match saved {
        Some(Ok(path)) => {
            let words = ctx.tv("preset-saved", "path", path.clone());
            content = content.push(notice(p, Tone::Good, words, None));
        }
        Some(Err(reason)) => {
            let words = ctx.t("preset-not-saved");
            content = content.push(ctx.reason(Tone::Error, words, reason));
        }
        None => {}
    }
    if let Some(file) = files.get(open) {
        let text = code(p, &file.text, &std::collections::BTreeSet::new());
        let text = ctx.left_to_right(text);
        let framed = panel(p.sunken, text).padding([space::M, 0.0]).width(Fill);
        content = content.push(framed);
    }
    card(p, content).into()
}
