//! A long list with a search field. The focus stays in the field: letters narrow the list down,
//! arrows choose. Only the rows that are seen are built.

use super::text::{breakable, height_of, width_of};
use super::{Icon, Scope, icon, scrollable_with, search};
use crate::wizard::Element;
use crate::wizard::collation::base_letters;
use crate::wizard::fonts::{STRONG, TEXT};
use crate::wizard::theme::{Palette, TARGET, radius, size, space};
use iced::keyboard::{Key, key::Named};
use iced::widget::operation::scroll_to;
use iced::widget::scrollable::{self, AbsoluteOffset, Viewport};
use iced::widget::text::Wrapping;
use iced::widget::{Space, button as native, column, container, responsive, text};
use iced::{Background, Border, Center, Color, Fill, Size, Task, border};

/// How high a row of one line is, and of two, in logical pixels.
const ROW: f32 = TARGET;
const TALL_ROW: f32 = 52.0;

/// The bar of a long list gets as small as a speck; smaller than this it is left out.
const LEAST_SCROLLER: f32 = 16.0;

/// What of a row's height is left free above and below its words.
const FREE: f32 = 3.0;

/// How wide the mark of the chosen row is, and the place for it in the others.
const MARK: f32 = 18.0;

/// How high a list is taken to be before it is known.
const UNKNOWN_HEIGHT: f32 = 400.0;

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it is called.
    pub(crate) title: String,
    /// What else is shown, at the end of the row.
    pub(crate) note: String,
    /// Other words that find it.
    pub(crate) words: String,
}

impl Row {
    /// All that finds it, in base letters.
    fn found_by(&self) -> String {
        base_letters(
            &[&self.title, &self.note, &self.words]
                .map(String::as_str)
                .join("\n"),
        )
    }
}

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

/// Title and note of a row as large as they are whole: long titles take more lines, in a tall row in place of
/// the note, then smaller letters, and then the note is left out.
fn words_of<'a>(
    p: &'static Palette,
    row: &'a Row,
    chosen: bool,
    (tall, width): (bool, f32),
) -> Element<'a, ListMessage> {
    let font = if chosen { STRONG } else { TEXT };
    let room = width - 2.0 * space::M - space::M - MARK - 2.0;
    let high = |words: &str, letters, room| height_of(words, letters, font, room);
    let note_room = match tall {
        true => room,
        false => room - width_of(&row.note, size::SMALL, TEXT) - space::M,
    };
    let note_high = match tall {
        true => high(&row.note, size::SMALL, room),
        false => 0.0,
    };
    let most = if tall { TALL_ROW } else { ROW } - 2.0 * FREE;
    let title = breakable(row.title.clone());
    let fits = |letters| high(&title, letters, note_room) + note_high <= most;
    let fits_alone = high(&title, size::BODY, room) <= most;
    let (letters, with_note) = match (fits(size::BODY), fits(size::SMALL)) {
        (true, _) => (size::BODY, true),
        (false, _) if tall && fits_alone => (size::BODY, false),
        (false, true) => (size::SMALL, true),
        (false, false) if fits_alone => (size::BODY, false),
        (false, false) => (size::SMALL, false),
    };
    let title = text(title)
        .size(letters)
        .font(font)
        .wrapping(Wrapping::WordOrGlyph)
        .color(p.text);
    let title = container(title).width(Fill);
    let note = with_note.then(|| {
        text(row.note.as_str())
            .size(size::SMALL)
            .wrapping(Wrapping::None)
            .color(p.muted)
    });
    match tall {
        true => column![title].push(note).width(Fill).into(),
        false => iced::widget::row![title]
            .push(note)
            .spacing(space::M)
            .align_y(Center)
            .into(),
    }
}

fn row_view<'a>(
    p: &'static Palette,
    words: Element<'a, ListMessage>,
    index: usize,
    chosen: bool,
    height: f32,
) -> Element<'a, ListMessage> {
    let mark: Element<'a, ListMessage> = if chosen {
        icon(Icon::Check, MARK, p.accent)
    } else {
        Space::new().width(MARK).into()
    };
    let content = iced::widget::row![words, mark]
        .spacing(space::M)
        .align_y(Center);
    native(container(content).center_y(Fill))
        .padding([0.0, space::M])
        .height(height)
        .width(Fill)
        .on_press(ListMessage::Choose(index))
        .style(move |_, status| {
            let background = match (chosen, status) {
                (true, _) => p.accent_soft,
                (false, native::Status::Hovered | native::Status::Pressed) => p.hover,
                (false, _) => Color::TRANSPARENT,
            };
            native::Style {
                background: Some(Background::Color(background)),
                text_color: p.text,
                border: border::rounded(radius::S),
                ..native::Style::default()
            }
        })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        let row = |title: &str, note: &str| Row {
            title: title.to_owned(),
            note: note.to_owned(),
            words: String::new(),
        };
        List::new(
            "towns",
            vec![
                row("Vienna", "Austria"),
                row("Berlin", "Germany"),
                row("Bern", "Switzerland"),
            ],
        )
    }

    #[test]
    fn words_narrow_the_list_and_arrows_stay_inside() {
        let mut list = list();
        let query = ListMessage::Query("ber".to_owned());
        assert_eq!(list.update::<()>(query, None).0, None);
        assert_eq!(list.left, [1, 2]);
        let choose = |list: &mut List, by, chosen| list.update::<()>(ListMessage::Move(by), chosen);
        assert_eq!(choose(&mut list, 1, None).0, Some(1));
        assert_eq!(choose(&mut list, 1, Some(1)).0, Some(2));
        assert_eq!(choose(&mut list, 1, Some(2)).0, Some(2));
        assert_eq!(choose(&mut list, -5, Some(2)).0, Some(1));
        // What the query hides is not the place to go on from.
        assert_eq!(choose(&mut list, 1, Some(0)).0, Some(1));
        let query = ListMessage::Query("ber switz".to_owned());
        assert_eq!(list.update::<()>(query, None).0, None);
        assert_eq!(list.left, [2]);
    }

    #[test]
    fn letters_are_found_without_their_marks_and_with_others() {
        let row = |title: &str, words: &str| Row {
            title: title.to_owned(),
            note: String::new(),
            words: words.to_owned(),
        };
        let rows = vec![row("Zürich", "Europe/Zurich"), row("Åland", "")];
        let mut list = List::new("towns", rows);
        let mut found = |query: &str| {
            drop(list.update::<()>(ListMessage::Query(query.to_owned()), None));
            list.left.clone()
        };
        assert_eq!(found("zurich"), [0]);
        assert_eq!(found("ZÜRICH"), [0]);
        assert_eq!(found("europe/zurich"), [0]);
        assert_eq!(found("aland"), [1]);
        assert_eq!(found("("), [0, 1]);
        assert!(found("alund").is_empty());
    }
}
