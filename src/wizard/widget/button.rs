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
    /// Words only.
    Quiet,
    /// What can't be undone.
    Danger,
}

struct Colours {
    idle: Color,
    hover: Color,
    text: Color,
    line: Color,
}

fn colours(p: &Palette, kind: Kind) -> Colours {
    let line = Color::TRANSPARENT;
    match kind {
        Kind::Primary => Colours {
            idle: p.accent,
            hover: p.accent_hover,
            text: p.on_accent,
            line,
        },
        Kind::Plain => Colours {
            idle: p.surface,
            hover: p.hover,
            text: p.text,
            line: p.edge,
        },
        Kind::Quiet => Colours {
            idle: Color::TRANSPARENT,
            hover: p.hover,
            text: p.accent,
            line,
        },
        Kind::Danger => Colours {
            idle: p.danger,
            hover: p.danger,
            text: p.on_danger,
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
    let inner = native(content)
        .padding([0.0, space::L])
        .on_press_maybe(on_press)
        .style(move |_, status| {
            let c = colours(p, kind);
            let background = match (off, status) {
                (true, _) => p.sunken,
                (false, native::Status::Hovered | native::Status::Pressed) => c.hover,
                (false, _) => c.idle,
            };
            native::Style {
                background: Some(Background::Color(background)),
                text_color: if off { p.muted } else { c.text },
                border: Border {
                    color: if off { p.line_off } else { c.line },
                    width: 1.0,
                    radius: radius::M.into(),
                },
                shadow: Shadow::default(),
                snap: true,
            }
        });
    Focus::new(inner, pressed, p.accent, radius::M)
}

/// A box to tick, with words and perhaps a note.
pub(crate) fn check<'a, M: Clone + 'a>(
    p: &'static Palette,
    ticked: bool,
    words: impl Into<String>,
    note: Option<String>,
    on_press: M,
) -> Focus<'a, M> {
    check_box(p, ticked, (words.into(), note), Some(on_press))
}

/// Something that is so anyway: ticked, and nothing to press.
pub(crate) fn given<'a, M: Clone + 'a>(
    p: &'static Palette,
    words: impl Into<String>,
    note: String,
) -> Focus<'a, M> {
    check_box(p, true, (words.into(), Some(note)), None)
}

fn check_box<'a, M: Clone + 'a>(
    p: &'static Palette,
    ticked: bool,
    (words, note): (String, Option<String>),
    on_press: Option<M>,
) -> Focus<'a, M> {
    // What can't be pressed is as grey as its box.
    let fill = match (ticked, on_press.is_some()) {
        (true, true) => p.accent,
        (true, false) => p.muted,
        (false, _) => p.surface,
    };
    let mark: Element<'a, M> = if ticked {
        icon(Icon::Check, 16.0, p.on_accent)
    } else {
        iced::widget::Space::new().into()
    };
    let square = container(mark)
        .center(22.0)
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border {
                color: if ticked { fill } else { p.edge },
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
    let inner = native(
        container(content)
            .center_y(iced::Shrink)
            .padding([space::S, 0.0]),
    )
    .padding([2.0, space::S])
    .width(Fill)
    .on_press_maybe(on_press.clone())
    .style(move |_, status| native::Style {
        background: matches!(status, native::Status::Hovered | native::Status::Pressed)
            .then_some(Background::Color(p.hover)),
        text_color: p.text,
        border: border::rounded(radius::M),
        ..native::Style::default()
    });
    Focus::new(inner, on_press, p.accent, radius::M)
}
