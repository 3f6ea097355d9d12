//! A long list with a search field. The focus stays in the field: letters narrow the list down,
//! arrows choose. Only the rows that are seen are built.

mod row;
#[cfg(test)]
mod tests;

pub(crate) use row::Row;

use super::{Scope, scrollable_with, search};
use crate::wizard::Element;
use crate::wizard::collation::base_letters;
use crate::wizard::theme::{Palette, radius, space};
use iced::keyboard::{Key, key::Named};
use iced::widget::operation::scroll_to;
use iced::widget::scrollable::{self, AbsoluteOffset, Viewport};
use iced::widget::{Space, column, container, responsive};
use iced::{Background, Border, Fill, Size, Task};
use row::{ROW, TALL_ROW, row_view, words_of};

/// The bar of a long list gets as small as a speck; smaller than this it is left out.
const LEAST_SCROLLER: f32 = 16.0;

/// How high a list is taken to be before it is known.
const UNKNOWN_HEIGHT: f32 = 400.0;

/// The state of a list.
#[derive(Debug)]
pub(crate) struct List {
    /// The name of its search field; the rows have the same with `-rows` behind it.
    id: &'static str,
    rows: Vec<Row>,
    /// What finds each row.
    found_by: Vec<String>,
    query: String,
    /// The rows that the query leaves, in order.
    left: Vec<usize>,
    /// Whether a row has two lines, so that long titles are whole.
    tall: bool,
    offset: f32,
    height: f32,
}

/// What happens to a list.
#[derive(Clone, Debug)]
pub(crate) enum ListMessage {
    Query(String),
    Choose(usize),
    /// So many rows down.
    Move(isize),
    Scrolled {
        offset: f32,
        height: f32,
    },
}

impl List {
    pub(crate) fn new(id: &'static str, rows: Vec<Row>) -> Self {
        let left = (0..rows.len()).collect();
        Self {
            id,
            found_by: rows.iter().map(Row::found_by).collect(),
            rows,
            query: String::new(),
            left,
            tall: false,
            offset: 0.0,
            height: UNKNOWN_HEIGHT,
        }
    }

    /// A list whose notes stand below the titles: for long titles.
    pub(crate) fn tall(mut self) -> Self {
        self.tall = true;
        self
    }

    const fn row(&self) -> f32 {
        if self.tall { TALL_ROW } else { ROW }
    }

    fn narrow(&mut self) {
        let query = base_letters(&self.query);
        let rows = self.found_by.iter().enumerate();
        self.left = rows
            .filter(|(_, words)| query.split_whitespace().all(|word| words.contains(word)))
            .map(|(index, _)| index)
            .collect();
    }

    /// Shows every row again.
    pub(crate) fn widen(&mut self) {
        self.query.clear();
        self.narrow();
    }

    fn scroll_id(&self) -> String {
        format!("{}-rows", self.id)
    }

    /// Takes a message; gives the row that it chooses, and what is left to do.
    pub(crate) fn update<M: 'static>(
        &mut self,
        message: ListMessage,
        chosen: Option<usize>,
    ) -> (Option<usize>, Task<M>) {
        match message {
            ListMessage::Query(query) => {
                self.query = query;
                self.narrow();
                self.offset = 0.0;
                (
                    None,
                    scroll_to(self.scroll_id(), AbsoluteOffset::<f32>::default()),
                )
            }
            ListMessage::Choose(row) => (Some(row), Task::none()),
            ListMessage::Scrolled { offset, height } => {
                (self.offset, self.height) = (offset, height);
                (None, Task::none())
            }
            ListMessage::Move(by) => {
                let place = chosen.and_then(|row| self.left.iter().position(|left| *left == row));
                let last = self.left.len().saturating_sub(1);
                let next = match place {
                    Some(place) => place.saturating_add_signed(by).min(last),
                    None => 0,
                };
                let row = self.left.get(next).copied();
                (row, self.show(next))
            }
        }
    }

    /// Scrolls to the row that is chosen, so that it is seen.
    pub(crate) fn reveal<M: 'static>(&mut self, chosen: Option<usize>) -> Task<M> {
        let Some(place) = chosen.and_then(|row| self.left.iter().position(|left| *left == row))
        else {
            return Task::none();
        };
        // One row stands above it, whatever the height turns out to be.
        self.offset = place.saturating_sub(1) as f32 * self.row();
        self.scroll()
    }

    fn show<M: 'static>(&mut self, place: usize) -> Task<M> {
        let row = self.row();
        let top = place as f32 * row;
        if top < self.offset {
            self.offset = top;
        } else if top + row > self.offset + self.height {
            self.offset = top + row - self.height;
        } else {
            return Task::none();
        }
        self.scroll()
    }

    fn scroll<M: 'static>(&self) -> Task<M> {
        let offset = AbsoluteOffset {
            x: 0.0,
            y: self.offset,
        };
        scroll_to(self.scroll_id(), offset)
    }

    pub(crate) fn view<'a>(
        &'a self,
        p: &'static Palette,
        (hint, nothing): (String, String),
        chosen: Option<usize>,
    ) -> Element<'a, ListMessage> {
        let search = search(p, self.id, &hint, &self.query, ListMessage::Query);
        let rows = responsive(move |size| self.rows_view(p, nothing.clone(), chosen, size));
        let content = column![search, rows].spacing(space::S).height(Fill);
        let page = (self.height / self.row()).floor() as isize;
        Scope::keys(content)
            .on_key(move |key, _| match key {
                Key::Named(Named::ArrowDown) => Some(ListMessage::Move(1)),
                Key::Named(Named::ArrowUp) => Some(ListMessage::Move(-1)),
                Key::Named(Named::PageDown) => Some(ListMessage::Move(page)),
                Key::Named(Named::PageUp) => Some(ListMessage::Move(-page)),
                _ => None,
            })
            .into()
    }

    fn rows_view<'a>(
        &'a self,
        p: &'static Palette,
        nothing: String,
        chosen: Option<usize>,
        room: Size,
    ) -> Element<'a, ListMessage> {
        let height = self.row();
        let first = (self.offset / height).floor().max(0.0) as usize;
        let count = (room.height / height).ceil() as usize + 2;
        let first = first.min(self.left.len().saturating_sub(1));
        let after = self.left.len().saturating_sub(first + count);
        let seen = self.left.iter().skip(first).take(count);
        let mut rows = column![Space::new().height(first as f32 * height)];
        for &index in seen {
            if let Some(row) = self.rows.get(index) {
                let chosen = chosen == Some(index);
                let words = words_of(p, row, chosen, (self.tall, room.width));
                rows = rows.push(row_view(p, words, index, chosen, height));
            }
        }
        rows = rows.push(Space::new().height(after as f32 * height));
        if self.left.is_empty() {
            rows = column![container(super::muted(p, nothing)).padding(space::L)];
        }
        let mut scrolled = scrollable_with(p, rows.width(Fill));
        let all = self.left.len() as f32 * height;
        if self.height * self.height / all.max(1.0) < LEAST_SCROLLER {
            let hidden = scrollable::Scrollbar::hidden();
            scrolled = scrolled.direction(scrollable::Direction::Vertical(hidden));
        }
        let scrolled = scrolled
            .id(self.scroll_id())
            .height(Fill)
            .width(Fill)
            .on_scroll(|viewport: Viewport| ListMessage::Scrolled {
                offset: viewport.absolute_offset().y,
                height: viewport.bounds().height,
            });
        container(scrolled)
            .padding(1)
            .clip(true)
            .style(move |_| container::Style {
                background: Some(Background::Color(p.surface)),
                border: Border {
                    color: p.line,
                    width: 1.0,
                    radius: radius::M.into(),
                },
                ..container::Style::default()
            })
            .into()
    }
}
