//! Nix text with line numbers, colours, and the lines of the last change marked.

use crate::wizard::Element;
use crate::wizard::fonts::CODE;
use crate::wizard::theme::{Palette, size, space};
use iced::widget::text::{LineHeight, Span, Wrapping};
use iced::widget::{Column, container, rich_text, row, text};
use iced::{Background, Color, Fill, Right};
use std::collections::BTreeSet;

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Plain,
    Text,
    Word,
    Comment,
    Name,
}

const WORDS: [&str; 10] = [
    "true", "false", "null", "with", "let", "in", "rec", "inherit", "import", "if",
];

/// Cuts a line of Nix into pieces; good enough for what our own printer writes.
fn pieces(line: &str) -> Vec<(Piece, &str)> {
    let mut found = Vec::new();
    let mut rest = line;
    let mut before_sign = line.contains('=');
    while let Some(first) = rest.chars().next() {
        let (piece, length) = match first {
            '#' => (Piece::Comment, rest.len()),
            '"' => (Piece::Text, quoted(rest)),
            c if c.is_ascii_alphabetic() => {
                let word = |c: char| !(c.is_ascii_alphanumeric() || "_-.'\"".contains(c));
                let length = rest.find(word).unwrap_or(rest.len());
                let is_word = rest.get(..length).is_some_and(|w| WORDS.contains(&w));
                let piece = match (is_word, before_sign) {
                    (true, _) => Piece::Word,
                    (false, true) => Piece::Name,
                    (false, false) => Piece::Plain,
                };
                (piece, length)
            }
            _ => {
                before_sign &= first != '=';
                (Piece::Plain, first.len_utf8())
            }
        };
        let (piece_text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        found.push((piece, piece_text));
        rest = after;
    }
    found
}

/// The length of the string literal that `text` begins with, both quotes included.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

fn colour(p: &Palette, piece: Piece) -> Color {
    match piece {
        Piece::Plain => p.text,
        Piece::Text => p.code_string,
        Piece::Word => p.code_word,
        Piece::Comment => p.code_comment,
        Piece::Name => p.code_name,
    }
}

/// How high a line is, in logical pixels.
const LINE: f32 = size::CODE * 1.5;

/// About how many letters a line has before it is broken.
const COLUMNS: usize = 62;

/// About how much of a file is above a line, in logical pixels.
pub(crate) fn height_above(source: &str, line: usize) -> f32 {
    let lines = source.lines().take(line);
    let rows: usize = lines.map(|line| line.len().div_ceil(COLUMNS).max(1)).sum();
    rows as f32 * LINE
}

/// A whole file.
pub(crate) fn code<'a, M: Clone + 'a>(
    p: &'static Palette,
    source: &'a str,
    changed: &BTreeSet<usize>,
) -> Element<'a, M> {
    let lines = source.lines().enumerate().map(|(index, line)| {
        let marked = changed.contains(&index);
        let spans: Vec<Span<'a, (), iced::Font>> = pieces(line)
            .into_iter()
            .map(|(piece, text)| Span::new(text).color(colour(p, piece)))
            .collect();
        let number = text((index + 1).to_string())
            .size(size::CODE)
            .font(CODE)
            .line_height(LineHeight::Relative(1.5))
            .color(if marked { p.accent } else { p.code_comment })
            .width(28)
            .align_x(Right);
        let words = rich_text(spans)
            .size(size::CODE)
            .font(CODE)
            .line_height(LineHeight::Relative(1.5))
            .wrapping(Wrapping::WordOrGlyph)
            .width(Fill);
        container(row![number, words].spacing(space::M))
            .padding([0.0, space::S])
            .width(Fill)
            .style(move |_| container::Style {
                background: marked.then_some(Background::Color(p.changed)),
                ..container::Style::default()
            })
            .into()
    });
    Column::with_children(lines).width(Fill).into()
}

/// Lines of text as they stand in a file or on a terminal.
pub(crate) fn lines<'a, M: 'a>(p: &'static Palette, shown: &'a str) -> Element<'a, M> {
    let shown = text(shown)
        .size(size::CODE)
        .font(CODE)
        .line_height(LineHeight::Relative(1.5))
        .wrapping(Wrapping::WordOrGlyph)
        .color(p.text);
    super::well(p, shown).padding(space::S).width(Fill).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_into_its_pieces() {
        let line = r#"  time.timeZone = "a \" # b"; # why"#;
        let named: Vec<_> = pieces(line)
            .into_iter()
            .filter(|(piece, _)| *piece != Piece::Plain)
            .collect();
        assert_eq!(
            named,
            [
                (Piece::Name, "time.timeZone"),
                (Piece::Text, r#""a \" # b""#),
                (Piece::Comment, "# why"),
            ]
        );
        let whole: String = pieces(line).into_iter().map(|(_, text)| text).collect();
        assert_eq!(whole, line);
        assert!(pieces("enable = true;").contains(&(Piece::Word, "true")));
    }

    #[test]
    fn no_line_of_any_configuration_is_lost() {
        let text = include_str!("../../../tests/snapshots/qemu-uefi+gnome-german.snap");
        for line in text.lines().chain(["\"open", "\"ü\\", "é=\"", "'' ${x}"]) {
            let whole: String = pieces(line).into_iter().map(|(_, text)| text).collect();
            assert_eq!(whole, line);
        }
    }
}
