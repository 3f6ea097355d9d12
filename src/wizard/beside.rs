//! The files of the new system beside a page, as they stand: one is seen, the others are tabs. It
//! follows what the person changes.

use super::draft::Draft;
use super::page::Context;
use super::theme::space;
use super::widget::{
    Icon, Tab, code, height_above, icon, muted, panel, scrollable_with, small, tabs,
};
use super::written::File;
use super::{Element, Message};
use crate::nixos::CONFIGURATION_FILE;
use iced::widget::operation::scroll_to;
use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{column, container, row};
use iced::{Center, Fill, Task};

/// The id of what scrolls the text.
const SCROLL: &str = "files-text";

/// So many lines are seen above the first one that changed.
const LINES_ABOVE: usize = 4;

/// Which file is seen, if any.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) is_open: bool,
    /// The name of the file.
    pub(super) file: String,
}

impl Default for Beside {
    fn default() -> Self {
        Self {
            is_open: false,
            file: CONFIGURATION_FILE.to_owned(),
        }
    }
}

impl Beside {
    /// Shows what the last change touched: in the file that is seen, else in the first one with it.
    pub(super) fn follow(&mut self, draft: &Draft) -> Task<Message> {
        if !self.is_open {
            return Task::none();
        }
        let is_touched = |file: &&File| !file.changed.is_empty();
        let seen = draft.file(&self.file).filter(is_touched);
        match seen.or_else(|| draft.files().iter().find(is_touched)) {
            Some(file) => self.show(file.name.clone(), draft),
            None => Task::none(),
        }
    }

    /// Shows a file, from what the last change touched.
    pub(super) fn show(&mut self, name: String, draft: &Draft) -> Task<Message> {
        self.file = name;
        let y = draft.file(&self.file).map_or(0.0, |file| {
            let first = file.changed.first().copied().unwrap_or(0);
            height_above(&file.text, first.saturating_sub(LINES_ABOVE))
        });
        scroll_to(SCROLL, AbsoluteOffset { x: 0.0, y })
    }

    /// The panel, as wide as there is room.
    pub(super) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let content: Element<'a, Message> = match ctx.draft.file(&self.file) {
            Some(file) => {
                let names = ctx.draft.files().iter().map(|each| Tab {
                    name: &each.name,
                    is_open: each.name == file.name,
                    is_marked: !each.changed.is_empty(),
                });
                let note = small(ctx.t("files-note"), p.muted);
                let note = row![icon(Icon::Code, 20.0, p.accent), note]
                    .spacing(space::S)
                    .align_y(Center);
                let head = column![note, tabs(p, names, Message::File)].spacing(space::S);
                let text = ctx.left_to_right(code(p, &file.text, &file.changed));
                let text = scrollable_with(p, text).id(SCROLL).height(Fill);
                column![container(head).padding(space::M), text].into()
            }
            None => container(muted(p, ctx.t("files-none")))
                .padding(space::L)
                .into(),
        };
        panel(p.sunken, content)
            .width(ctx.width)
            .height(Fill)
            .into()
    }
}
