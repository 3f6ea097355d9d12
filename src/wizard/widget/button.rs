//! Things to press.

use super::{Focus, Icon, icon};
use crate::wizard::Element;
use crate::wizard::fonts::STRONG;
use crate::wizard::theme::{Palette, TARGET, radius, size, space};
use iced::widget::{button as native, column, container, row, text};
use iced::{Background, Border, Center, Color, Fill, Shadow, border};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The way on.
    Primary,
    /// Another way.
    Plain,
    /// What is so already, of several that stand side by side.
    Chosen,
    /// Words only.
    Quiet,
    /// What can't be undone.
    Danger,
}

struct Colours {
    idle: Color,
    hover: Color,
    text: Color,
    hovered_text: Color,
    line: Color,
}

fn colours(p: &Palette, kind: Kind) -> Colours {
    let line = Color::TRANSPARENT;
    match kind {
        Kind::Primary => Colours {
            idle: p.accent,
            hover: p.accent_hover,
            text: p.on_accent,
            hovered_text: p.on_accent,
            line,
        },
        Kind::Plain => Colours {
            idle: p.surface,
            hover: p.hover,
            text: p.text,
            hovered_text: p.text,
            line: p.edge,
        },
        Kind::Chosen => Colours {
            idle: p.accent_soft,
            hover: p.accent_soft,
            text: p.text,
            hovered_text: p.text,
            line: p.accent,
        },
        Kind::Quiet => Colours {
            idle: Color::TRANSPARENT,
            hover: Color::TRANSPARENT,
            text: p.accent,
            hovered_text: p.text,
            line,
        },
        Kind::Danger => Colours {
            idle: p.danger,
            hover: p.danger_hover,
            text: p.on_danger,
            hovered_text: p.on_danger,
            line,
        },
    }
}

/// A button with words; without a message it can't be pressed.
pub(crate) fn button<'a, M: Clone + 'a>(
    p: &'static Palette,
    kind: Kind,
    words: impl Into<String>,
    on_press: Option<M>,
) -> Focus<'a, M> {
    let words = text(words.into())
        .size(size::BODY)
        .font(STRONG)
        .line_height(1.2);
    let off = on_press.is_none();
    let content = container(words).center_y(TARGET);
    let pressed = on_press.clone();
    // Words without an outline stand on the edge that everything else stands on.
    let sides = match kind {
        Kind::Quiet => 0.0,
        _ => space::L,
    };
    let inner = native(content)
        .padding([0.0, sides])
        .on_press_maybe(on_press)
        .style(move |_, status| {
            let c = colours(p, kind);
            let hovered = matches!(status, native::Status::Hovered | native::Status::Pressed);
            let (background, colour) = match (off, hovered) {
                (true, _) if kind == Kind::Quiet => (c.idle, p.muted),
                (true, _) => (p.sunken, p.muted),
                (false, true) => (c.hover, c.hovered_text),
                (false, false) => (c.idle, c.text),
            };
            native::Style {
                background: Some(Background::Color(background)),
                text_color: colour,
                border: Border {
                    color: if off && kind != Kind::Quiet {
                        p.line_off
                    } else {
                        c.line
                    },
                    width: if kind == Kind::Chosen { 2.0 } else { 1.0 },
                    radius: radius::M.into(),
                },
                shadow: Shadow::default(),
                snap: true,
            }
        });
    Focus::new(inner, pressed, p.accent, radius::M)
}

/// One of several that stand side by side, of which one is chosen.
pub(crate) fn toggle<'a, M: Clone + 'a>(
    p: &'static Palette,
    chosen: bool,
    words: impl Into<String>,
    on_press: M,
) -> Focus<'a, M> {
    let kind = if chosen { Kind::Chosen } else { Kind::Plain };
    button(p, kind, words, Some(on_press))
}

/// A box to tick, with words and perhaps a note.
pub(crate) fn check<'a, M: Clone + 'a>(
    p: &'static Palette,
    ticked: bool,
    words: impl Into<String>,
    note: Option<String>,
    on_press: M,
) -> Focus<'a, M> {
    check_box(
        p,
        Around::Page,
        ticked,
        (words.into(), note),
        Some(on_press),
    )
}

/// A box to tick that is a card of its own.
pub(crate) fn check_card<'a, M: Clone + 'a>(
    p: &'static Palette,
    ticked: bool,
    words: impl Into<String>,
    note: String,
    on_press: M,
) -> Focus<'a, M> {
    let words = (words.into(), Some(note));
    check_box(p, Around::Card, ticked, words, Some(on_press))
}

/// Something that is so anyway: ticked, and nothing to press.
pub(crate) fn given<'a, M: Clone + 'a>(
    p: &'static Palette,
    words: impl Into<String>,
    note: String,
) -> Focus<'a, M> {
    check_box(p, Around::Page, true, (words.into(), Some(note)), None)
}

/// What a box to tick stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Page,
    /// A card, which is as large as what can be pressed.
    Card,
}

fn check_box<'a, M: Clone + 'a>(
    p: &'static Palette,
    around: Around,
    ticked: bool,
    (words, note): (String, Option<String>),
    on_press: Option<M>,
) -> Focus<'a, M> {
    // What can't be pressed does not ask for it.
    let fill = match (ticked, on_press.is_some()) {
        (true, true) => p.accent,
        (true, false) => p.sunken,
        (false, _) => p.surface,
    };
    let mark: Element<'a, M> = if ticked {
        let colour = match on_press {
            Some(_) => p.on_accent,
            None => p.muted,
        };
        icon(Icon::Check, 16.0, colour)
    } else {
        iced::widget::Space::new().into()
    };
    let square = container(mark)
        .center(22.0)
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border {
                color: if fill == p.accent { fill } else { p.edge },
                width: 1.5,
                radius: radius::S.into(),
            },
            ..container::Style::default()
        });
    let mut words = column![super::body(p, words)].spacing(2.0).width(Fill);
    if let Some(note) = note {
        words = words.push(super::small(note, p.muted));
    }
    let content = row![square, words].spacing(space::M).align_y(Center);
    let (padding, line, round) = match around {
        // Without an outline it stands on the edge that everything else stands on.
        Around::Page => ([space::S + 2.0, 0.0], Color::TRANSPARENT, radius::M),
        Around::Card => ([space::M + 2.0, space::L], p.line, radius::L),
    };
    let idle = (around == Around::Card).then_some(p.surface);
    let inner = native(container(content).center_y(iced::Shrink))
        .padding(padding)
        .width(Fill)
        .on_press_maybe(on_press.clone())
        .style(move |_, status| native::Style {
            background: match status {
                native::Status::Hovered | native::Status::Pressed => Some(p.hover),
                native::Status::Active | native::Status::Disabled => idle,
            }
            .map(Background::Color),
            text_color: p.text,
            border: border::rounded(round).color(line).width(1.0),
            ..native::Style::default()
        });
    Focus::new(inner, on_press, p.accent, round)
}
