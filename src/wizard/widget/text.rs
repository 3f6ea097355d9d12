//! Text in its sizes and weights. Each fills the width that it is given and wraps.

use crate::wizard::Element;
use crate::wizard::fonts::STRONG;
use crate::wizard::theme::{Palette, size};
use iced::widget::text::{LineHeight, Text, Wrapping};
use iced::{Color, Font, Renderer, Theme};

fn text<'a>(
    content: impl Into<String>,
    size: f32,
    font: Option<Font>,
    colour: Color,
) -> Text<'a, Theme, Renderer> {
    iced::widget::text(content.into())
        .size(size)
        .font_maybe(font)
        .line_height(LineHeight::Relative(1.4))
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

/// A note.
pub(crate) fn small<'a, M: 'a>(content: impl Into<String>, colour: Color) -> Element<'a, M> {
    text(content, size::SMALL, None, colour).into()
}

/// What a field is called.
pub(crate) fn label<'a, M: 'a>(p: &Palette, content: impl Into<String>) -> Element<'a, M> {
    text(content, size::SMALL, Some(STRONG), p.text).into()
}
