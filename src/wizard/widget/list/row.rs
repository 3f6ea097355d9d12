//! One row of a list: its words, as large as they are whole, and the mark of the chosen one.

use super::ListMessage;
use crate::wizard::Element;
use crate::wizard::collation::base_letters;
use crate::wizard::fonts::{STRONG, TEXT};
use crate::wizard::theme::{Palette, TARGET, radius, size, space};
use crate::wizard::widget::text::{breakable, height_of, width_of};
use crate::wizard::widget::{Icon, icon};
use iced::widget::text::Wrapping;
use iced::widget::{Space, button as native, column, container, text};
use iced::{Background, Center, Color, Fill, border};

/// How high a row of one line is, and of two, in logical pixels.
pub(super) const ROW: f32 = TARGET;
pub(super) const TALL_ROW: f32 = 52.0;

/// What of a row's height is left free above and below its words.
const FREE: f32 = 3.0;

/// How wide the mark of the chosen row is, and the place for it in the others.
const MARK: f32 = 18.0;

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
    pub(super) fn found_by(&self) -> String {
        base_letters(
            &[&self.title, &self.note, &self.words]
                .map(String::as_str)
                .join("\n"),
        )
    }
}

/// Title and note of a row as large as they are whole: long titles take more lines, in a tall row in place of
/// the note, then smaller letters, and then the note is left out.
pub(super) fn words_of<'a>(
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

/// A button as wide as the list, with the words in it.
pub(super) fn row_view<'a>(
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
