//! Text in its sizes and weights. Each fills the width that it is given and wraps.

use crate::i18n::direction::{LEFT_TO_RIGHT_MARK, is_mark, is_right_to_left};
use crate::wizard::Element;
use crate::wizard::fonts::{CODE, STRONG, TEXT};
use crate::wizard::theme::{Palette, size};
use iced::advanced::text::{self as engine, Paragraph};
use iced::alignment::Vertical;
use iced::widget::text::{Alignment, LineHeight, Shaping, Text, Wrapping};
use iced::{Color, Font, Renderer, Size, Theme};

/// Words that were laid out.
type Measure = <Renderer as engine::Renderer>::Paragraph;

/// How far apart lines are, by the size of their letters.
const LINE: LineHeight = LineHeight::Relative(1.4);

/// The narrowest blank there is.
const HAIR_SPACE: char = '\u{200a}';

/// A text whose lines break where its direction changes, too.
///
/// The text engine (cosmic-text 0.15) breaks no line before the first word of another direction, so
/// that it leaves its box. A hair's breadth of blank that has the new direction is that word here.
pub(super) fn breakable(content: String) -> String {
    if !content.chars().any(is_right_to_left) {
        return content;
    }
    let mut marked = String::with_capacity(content.len() + 8);
    let mut letters = content.chars().peekable();
    // The blank may stand before marks of direction.
    let mut after_blank = false;
    while let Some(letter) = letters.next() {
        marked.push(letter);
        after_blank = letter == ' ' || after_blank && is_mark(letter);
        let latin = |next: &char| next.is_ascii_alphanumeric() || *next == '/';
        if after_blank && letters.peek().is_some_and(latin) {
            marked.extend([LEFT_TO_RIGHT_MARK, HAIR_SPACE]);
        }
    }
    marked
}

fn text<'a>(
    content: impl Into<String>,
    size: f32,
    font: Option<Font>,
    colour: Color,
) -> Text<'a, Theme, Renderer> {
    iced::widget::text(breakable(content.into()))
        .size(size)
        .font_maybe(font)
        .line_height(LINE)
        .wrapping(Wrapping::WordOrGlyph)
        .color(colour)
}

/// The title of a page.
pub(crate) fn title<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::TITLE, Some(STRONG), p.text)
        .line_height(LineHeight::Relative(1.2))
        .into()
}

/// The sentence below a title.
pub(crate) fn lead<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::BODY, None, p.muted).into()
}

/// The head of a group.
pub(crate) fn head<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::HEAD, Some(STRONG), p.text).into()
}

/// What is read.
pub(crate) fn body<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::BODY, None, p.text).into()
}

/// What is read, with more weight.
pub(crate) fn strong<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::BODY, Some(STRONG), p.text).into()
}

/// What is read, with less weight.
pub(crate) fn muted<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::BODY, None, p.muted).into()
}

/// What is copied by hand, letter by letter.
pub(crate) fn letters<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::HEAD, Some(CODE), p.text).into()
}

/// A note.
pub(crate) fn small<'a, M: 'a>(content: impl Into<String>, colour: Color) -> Element<'a, M> {
    text(content, size::SMALL, None, colour).into()
}

/// What a field is called.
pub(crate) fn label<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::SMALL, Some(STRONG), p.text).into()
}

/// How high a note is that is broken into lines of at most `width`, all in logical pixels.
pub(crate) fn note_height(words: &str, width: f32) -> f32 {
    let words = breakable(words.to_owned());
    measured(&words, (size::SMALL, LINE), TEXT, width).height
}

/// The same of what is read with more weight.
pub(crate) fn strong_height(words: &str, width: f32) -> f32 {
    let words = breakable(words.to_owned());
    measured(&words, (size::BODY, LINE), STRONG, width).height
}

/// The same of words in a list.
pub(super) fn height_of(words: &str, letters: f32, font: Font, width: f32) -> f32 {
    measured(words, (letters, LineHeight::default()), font, width).height
}

/// How wide words are in one line.
pub(super) fn width_of(words: &str, letters: f32, font: Font) -> f32 {
    measured(words, (letters, LINE), font, f32::INFINITY).width
}

fn measured(words: &str, (letters, line): (f32, LineHeight), font: Font, width: f32) -> Size {
    let text = engine::Text {
        content: words,
        bounds: Size::new(width, f32::INFINITY),
        size: letters.into(),
        line_height: line,
        font,
        align_x: Alignment::Default,
        align_y: Vertical::Top,
        shaping: Shaping::default(),
        wrapping: Wrapping::WordOrGlyph,
    };
    Measure::with_text(text).min_bounds()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_among_arabic_ones_begin_with_a_hair_s_breadth() {
        assert_eq!(breakable("in Rust 2".to_owned()), "in Rust 2");
        let marked = breakable("بلغة Rust يستطيع".to_owned());
        assert_eq!(marked, "بلغة \u{200e}\u{200a}Rust يستطيع");
        let value = breakable("القسم \u{200f}\u{200e}Data\u{200e} هنا".to_owned());
        let expected = "القسم \u{200f}\u{200e}\u{200e}\u{200a}Data\u{200e} هنا";
        assert_eq!(value, expected);
    }
}
