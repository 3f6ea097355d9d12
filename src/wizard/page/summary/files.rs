//! The files as they will be written, and the ways to keep them.

use super::Message;
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space as gap;
use crate::wizard::widget::{Kind, Tab, Tone, button, card, code, head, notice, small, tabs, well};
use iced::widget::{column, row, space};
use iced::{Center, Fill};

/// A file by its tab, and what became of saving the preset.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    open: &str,
    saved: Option<&'a Result<String, String>>,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let file = ctx.draft.file(open);
    let names = ctx.draft.files().iter().map(|each| Tab {
        name: &each.name,
        is_open: file.is_some_and(|file| file.name == each.name),
        is_marked: false,
    });
    // One that names a disk and no layout means all of that disk, which nobody has chosen.
    let is_decided = ctx.draft.preset().disk.layout.is_some();
    let save = is_decided.then_some(Message::Save);
    let buttons = row![
        button(p, Kind::Quiet, ctx.t("copy"), Some(Message::Copy)),
        button(p, Kind::Quiet, ctx.t("save-preset"), save).id("save-preset"),
    ]
    .spacing(gap::L);
    let first = row![
        head(p, ctx.t("summary-files")),
        space::horizontal(),
        buttons
    ];
    let first = first.spacing(gap::M).align_y(Center);
    let undecided = (!is_decided).then(|| small(ctx.t("save-preset-undecided"), p.muted));
    let mut content = column![first].push(undecided).spacing(gap::M);
    content = content.push(tabs(p, names, Message::Tab));
    match saved {
        Some(Ok(path)) => {
            let words = ctx.tv("preset-saved", "path", path.clone());
            let copy = Some(ctx.t("saved-copy"));
            content = content.push(notice(p, Tone::Good, words, copy));
        }
        Some(Err(reason)) => {
            let words = ctx.t("preset-not-saved");
            content = content.push(ctx.reason(Tone::Error, words, reason));
        }
        None => {}
    }
    if let Some(file) = file {
        let text = code(p, &file.text, &std::collections::BTreeSet::new());
        let text = ctx.left_to_right(text);
        let framed = well(p, text).padding([gap::M, 0.0]).width(Fill);
        content = content.push(framed);
    }
    card(p, content).into()
}
