//! The log of an installation: all of it or what is serious, searched, with errors on top; beside the
//! installation while it runs, and at its end.

use super::Context;
use crate::wizard::Element;
use crate::wizard::fonts::CODE;
use crate::wizard::theme::{Palette, height, size, space};
use crate::wizard::track::{Line, LineKind, Track};
use crate::wizard::widget::{Scope, muted, panel, scrollable_with, search, toggle, well};
use iced::widget::operation::{scroll_by, scroll_to};
use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{Column, column, container, row, text};
use iced::{Center, Fill, Task};

/// The id of what scrolls it.
const LINES: &str = "log-lines";

/// How far a key scrolls, in logical pixels.
const STRIDE: f32 = 120.0;

/// Narrower than this, the search is below the filter, in logical pixels.
const ROOM_FOR_SEARCH: f32 = 560.0;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    Toggle,
    Show(Shown),
    Search(String),
    Scroll(Way),
}

/// Which lines are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shown {
    #[default]
    All,
    /// Warnings and errors.
    Serious,
}

/// Where the keys scroll to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Up,
    Down,
    Begin,
    End,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) open: bool,
    shown: Shown,
    query: String,
}

impl State {
    pub(crate) fn update<M: 'static>(&mut self, message: Message) -> Task<M> {
        match message {
            Message::Toggle => self.open = !self.open,
            Message::Show(shown) => self.shown = shown,
            Message::Search(query) => self.query = query,
            Message::Scroll(way) => return scrolled(way),
        }
        Task::none()
    }

    /// The key of what the button says that shows or hides it.
    pub(crate) const fn key(&self) -> &'static str {
        match self.open {
            true => "log-hide",
            false => "log-show",
        }
    }

    /// Whether a line is shown.
    fn takes(&self, line: &Line, query: &str) -> bool {
        let is_serious = line.kind != LineKind::Plain;
        (is_serious || self.shown == Shown::All) && line.text.to_lowercase().contains(query)
    }

    /// The lines that are shown, the oldest first.
    fn lines<'a>(&self, track: &'a Track) -> Vec<&'a Line> {
        let query = self.query.trim().to_lowercase();
        let lines = track.log.iter();
        lines.filter(|line| self.takes(line, &query)).collect()
    }

    /// It fills the height that it is given.
    pub(crate) fn view<'a>(&'a self, ctx: Context<'a>, track: &'a Track) -> Element<'a, Message> {
        let p = ctx.palette();
        let lines = self.lines(track);
        let log: Element<'a, Message> = if lines.is_empty() && !track.log.is_empty() {
            let nothing = muted(p, ctx.t("nothing-found"));
            well(p, container(nothing).padding(space::M))
                .width(Fill)
                .height(Fill)
                .into()
        } else {
            let scrolled = scrollable_with(p, printed(p, lines))
                .id(LINES)
                .anchor_bottom()
                .height(Fill)
                .width(Fill);
            let log = well(p, scrolled).height(Fill).width(Fill);
            ctx.left_to_right(log)
        };
        column![self.filter(ctx), self.errors(ctx, track), log]
            .spacing(space::S)
            .height(Fill)
            .into()
    }

    /// What chooses among the lines.
    fn filter<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let choice = |shown, key: &str, id: &'static str| {
            toggle(p, self.shown == shown, ctx.t(key), Message::Show(shown)).id(id)
        };
        let choices = row![
            choice(Shown::All, "log-all", "log-all"),
            choice(Shown::Serious, "log-serious", "log-serious"),
        ];
        let choices = Scope::group(choices.spacing(space::S));
        let hint = ctx.t("log-search");
        let field = search(p, "log-search", &hint, &self.query, Message::Search);
        match ctx.width < ROOM_FOR_SEARCH {
            true => column![choices, field].spacing(space::S).into(),
            false => row![choices, field]
                .spacing(space::S)
                .align_y(Center)
                .into(),
        }
    }

    /// The errors, above everything else that was told.
    fn errors<'a>(&self, ctx: Context<'a>, track: &'a Track) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let errors = track.log.iter().filter(|line| line.kind == LineKind::Error);
        let errors: Vec<&Line> = errors.collect();
        // Where they are all that is asked for, they are not told twice.
        let is_apart = self.shown == Shown::All && self.query.trim().is_empty();
        (is_apart && !errors.is_empty()).then(|| {
            let errors = scrollable_with(p, printed(p, errors)).width(Fill);
            let errors = panel(p.danger_soft, errors).max_height(height::ERRORS);
            ctx.left_to_right(errors)
        })
    }
}

/// What the keys mean while it is open.
pub(crate) fn scrolled<M: 'static>(way: Way) -> Task<M> {
    // Its end is where offsets begin.
    let (far, near) = (f32::MAX, 0.0);
    let to = |y| scroll_to(LINES, AbsoluteOffset { x: 0.0, y });
    let by = |y| scroll_by(LINES, AbsoluteOffset { x: 0.0, y });
    match way {
        Way::Up => by(STRIDE),
        Way::Down => by(-STRIDE),
        Way::Begin => to(far),
        Way::End => to(near),
    }
}

/// Lines as they were written; what is serious stands out.
fn printed<'a>(p: &'static Palette, lines: Vec<&'a Line>) -> Column<'a, Message> {
    let lines = lines.into_iter().map(|line| {
        let colour = match line.kind {
            LineKind::Plain => p.text,
            LineKind::Warning => p.warning,
            LineKind::Error => p.danger,
        };
        text(line.text.as_str())
            .size(size::CODE)
            .font(CODE)
            .wrapping(text::Wrapping::WordOrGlyph)
            .color(colour)
            .into()
    });
    Column::with_children(lines).width(Fill).padding(space::M)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track() -> Track {
        let line = |kind, text: &str| Line {
            kind,
            text: text.to_owned(),
        };
        let mut track = Track::default();
        track.log.extend([
            line(LineKind::Plain, "— Build the system"),
            line(LineKind::Warning, "The clock is wrong"),
            line(LineKind::Error, "No space left on Device"),
        ]);
        track
    }

    fn shown(state: &State, track: &Track) -> Vec<String> {
        let lines = state.lines(track).into_iter();
        lines.map(|line| line.text.clone()).collect()
    }

    #[test]
    fn lines_are_filtered_by_weight_and_by_text() {
        let track = track();
        let mut state = State::default();
        assert_eq!(shown(&state, &track).len(), 3);
        drop(state.update::<()>(Message::Show(Shown::Serious)));
        let serious = ["The clock is wrong", "No space left on Device"];
        assert_eq!(shown(&state, &track), serious);
        drop(state.update::<()>(Message::Search(" device ".to_owned())));
        assert_eq!(shown(&state, &track), ["No space left on Device"]);
        drop(state.update::<()>(Message::Search("build".to_owned())));
        assert!(shown(&state, &track).is_empty());
        drop(state.update::<()>(Message::Show(Shown::All)));
        assert_eq!(shown(&state, &track), ["— Build the system"]);
    }
}
