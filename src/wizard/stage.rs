//! In a large window the wizard stands in the middle, before mountains: no line is too long to be read, and
//! from an answer to the way on is a short way.

use super::Element;
use super::theme::{Palette, radius};
use super::widget::{landscape, panel};
use iced::widget::{Space, container, stack};
use iced::{Border, Color, Fill, Size, border};

/// The largest that the wizard becomes, in logical pixels.
const LARGEST: Size = Size::new(1440.0, 960.0);

/// The least that is around it then.
const AROUND: f32 = 40.0;

/// A window smaller than this is filled.
const ROOM_AROUND: Size = Size::new(1520.0, 880.0);

/// How wide the edge in the backdrop's colour is that makes the corners round.
const EDGE: f32 = 8.0;

/// The part of a window that the wizard takes.
pub(super) fn in_window(window: Size) -> Size {
    let is_large = window.width >= ROOM_AROUND.width && window.height >= ROOM_AROUND.height;
    let room = |window: f32, most: f32| (window - 2.0 * AROUND).min(most).floor();
    match is_large {
        true => Size::new(
            room(window.width, LARGEST.width),
            room(window.height, LARGEST.height),
        ),
        false => window,
    }
}

/// The wizard of a size in the middle of its window. What it is made of is the same where it fills the
/// window: so the focus, and what is scrolled, stay as they are when somebody makes the window larger.
pub(super) fn staged<'a, M: 'a>(
    p: &'static Palette,
    window: Size,
    size: Size,
    wizard: Element<'a, M>,
) -> Element<'a, M> {
    let fills = size == window;
    let mountains = match fills {
        true => Space::new().into(),
        false => landscape(p.landscape, window),
    };
    let behind = panel(p.backdrop, mountains);
    let wizard = container(wizard).width(size.width).height(size.height);
    // Nothing is clipped by round corners: the edge covers what is beyond them.
    let [edge, line] = [(EDGE, p.backdrop), (0.0, p.line)].map(|(outside, colour)| match fills {
        true => Space::new().into(),
        false => outline(size, outside, colour),
    });
    stack![
        behind.width(Fill).height(Fill),
        container(wizard.clip(true)).center(Fill),
        container(edge).center(Fill),
        container(line).center(Fill),
    ]
    .into()
}

/// A line of a colour around a size: inside of it, or so far outside.
fn outline<'a, M: 'a>(size: Size, outside: f32, colour: Color) -> Element<'a, M> {
    let border: Border = border::rounded(radius::L + outside)
        .color(colour)
        .width(outside.max(1.0));
    container(Space::new())
        .width(size.width + 2.0 * outside)
        .height(size.height + 2.0 * outside)
        .style(move |_| container::Style {
            border,
            ..container::Style::default()
        })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wizard_fills_what_is_not_much_larger_and_has_mountains_around_it_otherwise() {
        for (window, wizard) in [
            ((1024.0, 600.0), (1024.0, 600.0)),
            ((1280.0, 800.0), (1280.0, 800.0)),
            // Wide, but not high.
            ((1920.0, 800.0), (1920.0, 800.0)),
            ((1600.0, 900.0), (1440.0, 820.0)),
            ((1920.0, 1080.0), (1440.0, 960.0)),
            ((2560.0, 1440.0), (1440.0, 960.0)),
        ] {
            assert_eq!(in_window(window.into()), wizard.into(), "{window:?}");
        }
    }
}
