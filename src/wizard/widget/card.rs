//! Boxes: plain ones, ones to choose from, and those that tell of a problem.

use super::bar::chip;
use super::{Focus, Icon, Segment, icon, small, strong};
use crate::wizard::Element;
use crate::wizard::theme::{Palette, radius, space};
use iced::widget::{button as native, column, container, row};
use iced::{Background, Border, Center, Color, Fill};

/// A box around things that belong together.
pub(crate) fn card<'a, M: 'a>(
    p: &'static Palette,
    content: impl Into<Element<'a, M>>,
) -> container::Container<'a, M> {
    container(content)
        .padding(space::L)
        .width(Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(p.surface)),
            border: Border {
                color: p.line,
                width: 1.0,
                radius: radius::L.into(),
            },
            ..container::Style::default()
        })
}

/// A plain area of another colour.
pub(crate) fn panel<'a, M: 'a>(
    background: Color,
    content: impl Into<Element<'a, M>>,
) -> container::Container<'a, M> {
    container(content).style(move |_| container::Style {
        background: Some(Background::Color(background)),
        ..container::Style::default()
    })
}

/// A part that lies deeper than what is around it: code, and words of programs.
pub(crate) fn well<'a, M: 'a>(
    p: &'static Palette,
    content: impl Into<Element<'a, M>>,
) -> container::Container<'a, M> {
    container(content).style(move |_| container::Style {
        background: Some(Background::Color(p.sunken)),
        border: Border {
            radius: radius::M.into(),
            ..Border::default()
        },
        ..container::Style::default()
    })
}

/// One of several things to choose from, of which one is chosen. What can't be chosen has no mark to press.
pub(crate) fn choice<'a, M: Clone + 'a>(
    p: &'static Palette,
    chosen: bool,
    content: impl Into<Element<'a, M>>,
    on_press: Option<M>,
) -> Focus<'a, M> {
    let off = on_press.is_none();
    let dot_colour = if chosen { p.accent } else { p.edge };
    let dot = container(iced::widget::Space::new().width(8).height(8))
        .center(20.0)
        .style(move |_| container::Style {
            background: chosen.then_some(Background::Color(p.surface)),
            border: Border {
                color: dot_colour,
                width: if chosen { 6.0 } else { 1.5 },
                radius: 10.0.into(),
            },
            ..container::Style::default()
        });
    let dot = (chosen || !off).then_some(dot);
    let content = row![container(content).width(Fill)]
        .push(dot)
        .spacing(space::M)
        .align_y(Center);
    let inner = native(content)
        .padding([space::M + 2.0, space::L])
        .width(Fill)
        .on_press_maybe(on_press.clone())
        .style(move |_, status| {
            let background = match status {
                _ if off => p.sunken,
                _ if chosen => p.accent_soft,
                native::Status::Hovered | native::Status::Pressed => p.hover,
                native::Status::Active | native::Status::Disabled => p.surface,
            };
            native::Style {
                background: Some(Background::Color(background)),
                text_color: p.text,
                border: Border {
                    color: match (chosen, off) {
                        (true, _) => p.accent,
                        (false, true) => p.line_off,
                        (false, false) => p.line,
                    },
                    width: if chosen { 2.0 } else { 1.0 },
                    radius: radius::L.into(),
                },
                ..native::Style::default()
            }
        });
    Focus::new(inner, on_press, p.accent, radius::L)
}

/// A row of a table of partitions, of which one is chosen: what it is, what becomes of it, and what is
/// wrong with it. Only the one that is chosen can have the focus, so that Tab goes past
/// the table in one step.
pub(crate) fn table_row<'a, M: Clone + 'a>(
    p: &'static Palette,
    id: String,
    segment: Segment,
    errors: Vec<String>,
    chosen: bool,
    on_press: M,
) -> Element<'a, M> {
    let mark: Element<'a, M> = match errors.is_empty() {
        true => chip(p, segment.kind),
        false => icon(Icon::Error, 18.0, p.danger),
    };
    let errors = errors.into_iter().map(|error| small(error, p.danger));
    let words = column![strong(p, segment.name), small(segment.detail, p.muted)]
        .extend(errors)
        .width(Fill);
    let content = row![container(mark).center_x(20.0), words]
        .spacing(space::S)
        .align_y(Center);
    let inner = native(content)
        .padding([space::S, space::M])
        .width(Fill)
        .on_press(on_press.clone())
        .style(move |_, status| {
            let background = match status {
                _ if chosen => p.accent_soft,
                native::Status::Hovered | native::Status::Pressed => p.hover,
                native::Status::Active | native::Status::Disabled => p.surface,
            };
            native::Style {
                background: Some(Background::Color(background)),
                text_color: p.text,
                border: Border {
                    color: if chosen { p.accent } else { p.line },
                    width: if chosen { 2.0 } else { 1.0 },
                    radius: radius::M.into(),
                },
                ..native::Style::default()
            }
        });
    Focus::new(inner, chosen.then_some(on_press), p.accent, radius::M)
        .id(id)
        .into()
}

/// One of several to choose from by their pictures, of which one is chosen.
pub(crate) fn tile<'a, M: Clone + 'a>(
    p: &'static Palette,
    chosen: bool,
    picture: Element<'a, M>,
    words: String,
    on_press: M,
) -> Focus<'a, M> {
    let words = if chosen {
        strong(p, words)
    } else {
        super::body(p, words)
    };
    let content = column![picture, words].spacing(space::S).align_x(Center);
    let inner = native(content)
        .padding([space::S, space::S])
        .on_press(on_press.clone())
        .style(move |_, status| native::Style {
            background: Some(Background::Color(match status {
                _ if chosen => p.accent_soft,
                native::Status::Hovered | native::Status::Pressed => p.hover,
                native::Status::Active | native::Status::Disabled => Color::TRANSPARENT,
            })),
            text_color: p.text,
            border: Border {
                color: if chosen { p.accent } else { Color::TRANSPARENT },
                width: 2.0,
                radius: radius::L.into(),
            },
            ..native::Style::default()
        });
    Focus::new(inner, Some(on_press), p.accent, radius::L)
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Info,
    Warning,
    Error,
    Good,
}

impl Tone {
    /// The colour of its mark.
    pub(crate) const fn colour(self, p: &Palette) -> Color {
        match self {
            Self::Info => p.accent,
            Self::Warning => p.warning,
            Self::Error => p.danger,
            Self::Good => p.success,
        }
    }
}

/// A sentence that should be seen, with another that helps.
pub(crate) fn notice<'a, M: 'a>(
    p: &'static Palette,
    tone: Tone,
    sentence: impl Into<String>,
    help: Option<String>,
) -> Element<'a, M> {
    let colour = tone.colour(p);
    let (mark, background) = match tone {
        Tone::Info => (Icon::Info, p.accent_soft),
        Tone::Warning => (Icon::Warning, p.warning_soft),
        Tone::Error => (Icon::Error, p.danger_soft),
        Tone::Good => (Icon::Check, p.sunken),
    };
    let mut words = column![strong(p, sentence)].spacing(2.0).width(Fill);
    if let Some(help) = help.filter(|help| !help.is_empty()) {
        words = words.push(small(help, p.text));
    }
    container(row![icon(mark, 20.0, colour), words].spacing(space::M))
        .padding([space::M, space::M + 2.0])
        .width(Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(background)),
            border: Border {
                color: colour,
                width: 1.0,
                radius: radius::M.into(),
            },
            ..container::Style::default()
        })
        .into()
}
