//! The boundary between two neighbours on a disk: dragged with the mouse or a finger, or moved with the
//! arrow keys, and never farther than both allow.

use crate::wizard::Element;
use crate::wizard::theme::{Palette, TARGET, radius};
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, Widget, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Border, Color, Event, Length, Point, Rectangle, Renderer, Size, Theme, mouse, touch};
use std::ops::RangeInclusive;

/// The id that it has the focus by.
const ID: &str = "boundary";

/// How wide the grip is, in logical pixels.
const GRIP: f32 = 12.0;

/// How far outside of the bar the ring of the focus is, in logical pixels.
const RING: f32 = 3.0;

/// What is shared, and how. All sizes are bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    /// All of it.
    pub(crate) whole: u64,
    /// What the second neighbour can have.
    pub(crate) range: RangeInclusive<u64>,
    /// What it has.
    pub(crate) value: u64,
    /// What a boundary that is moved stops at.
    pub(crate) step: u64,
}

impl Shared {
    /// A share within the range; whole steps but for the ends.
    fn within(&self, wanted: f64) -> u64 {
        let (least, most) = (*self.range.start(), *self.range.end());
        let steps = (wanted / self.step.max(1) as f64).round().max(0.0);
        // Within the range, it fits a whole number; a cast stops at its ends.
        let snapped = (steps as u64).saturating_mul(self.step);
        // A range that is turned round has no inside.
        snapped.clamp(least, most.max(least))
    }

    /// The share so many steps larger, or smaller.
    fn moved(&self, steps: i64) -> u64 {
        let wanted = self.value as f64 + steps as f64 * self.step as f64;
        self.within(wanted)
    }

    /// Where the boundary is, as a part of the whole, from where reading starts.
    fn place(&self) -> f32 {
        let whole = self.whole.max(1) as f64;
        (1.0 - (self.value as f64 / whole)).clamp(0.0, 1.0) as f32
    }

    /// The share with the boundary at this part of the whole.
    fn at(&self, place: f32) -> u64 {
        let part = 1.0 - f64::from(place.clamp(0.0, 1.0));
        self.within(part * self.whole as f64)
    }
}

struct Boundary<'a, M> {
    p: &'static Palette,
    shared: Shared,
    /// The colours of both sides.
    sides: (Color, Color),
    mirrored: bool,
    on_move: Box<dyn Fn(u64) -> M + 'a>,
}

/// A bar of two parts whose boundary can be moved; the message gets what the second part has then.
/// `mirrored` is whether reading starts at the right.
pub(crate) fn boundary<'a, M: 'a>(
    p: &'static Palette,
    shared: Shared,
    mirrored: bool,
    on_move: impl Fn(u64) -> M + 'a,
) -> Element<'a, M> {
    Element::new(Boundary {
        p,
        shared,
        sides: (p.disk.windows, p.disk.nixos),
        mirrored,
        on_move: Box::new(on_move),
    })
}

#[derive(Default)]
struct State {
    focused: bool,
    dragged: bool,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
    }
}

impl<M> Boundary<'_, M> {
    /// Moves the boundary to where the pointer is.
    fn drag(&self, bounds: Rectangle, to: Point, shell: &mut Shell<'_, M>) {
        let from_left = (to.x - bounds.x) / bounds.width.max(1.0);
        let place = if self.mirrored {
            1.0 - from_left
        } else {
            from_left
        };
        self.tell(self.shared.at(place), shell);
    }

    fn tell(&self, value: u64, shell: &mut Shell<'_, M>) {
        if value != self.shared.value {
            shell.publish((self.on_move)(value));
        }
        shell.capture_event();
        shell.request_redraw();
    }

    /// What a key makes of the share. The boundary goes where an arrow points; up and down are more
    /// and less.
    fn share_by(&self, key: &Key) -> Option<u64> {
        const FAR: i64 = 10;
        let Key::Named(key) = key else { return None };
        let forth = if self.mirrored { 1 } else { -1 };
        Some(match key {
            Named::ArrowRight => self.shared.moved(forth),
            Named::ArrowLeft => self.shared.moved(-forth),
            Named::ArrowUp => self.shared.moved(1),
            Named::ArrowDown => self.shared.moved(-1),
            Named::PageUp => self.shared.moved(FAR),
            Named::PageDown => self.shared.moved(-FAR),
            Named::Home => *self.shared.range.start(),
            Named::End => *self.shared.range.end(),
            _ => return None,
        })
    }

    /// Where the boundary is from the left, in logical pixels.
    fn grip_at(&self, width: f32) -> f32 {
        let place = self.shared.place();
        width * if self.mirrored { 1.0 - place } else { place }
    }
}

impl<M> Widget<M, Theme, Renderer> for Boundary<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(TARGET))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, TARGET)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<State>();
        operation.focusable(Some(&ID.into()), layout.bounds(), state);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        _: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let on_it = cursor.position_over(bounds);
                state.dragged = on_it.is_some();
                state.focused = state.dragged;
                if let Some(at) = on_it {
                    self.drag(bounds, at, shell);
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. })
            | Event::Touch(touch::Event::FingerMoved { .. })
                if state.dragged =>
            {
                // Also where something else lies above it.
                if let Some(at) = cursor.land().position() {
                    self.drag(bounds, at, shell);
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
                state.dragged = false;
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focused && modifiers.is_empty() && !shell.is_event_captured() =>
            {
                if let Some(value) = self.share_by(key) {
                    self.tell(value, shell);
                }
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let at = self.grip_at(bounds.width);
        let (start, end) = match self.mirrored {
            true => (self.sides.1, self.sides.0),
            false => self.sides,
        };
        let mut fill = |x: f32, width: f32, inset: f32, colour: Color, border: Border| {
            let area = Rectangle {
                x: bounds.x + x,
                y: bounds.y + inset,
                width: width.max(0.0),
                height: bounds.height - 2.0 * inset,
            };
            let quad = renderer::Quad {
                bounds: area,
                border,
                ..renderer::Quad::default()
            };
            renderer.fill_quad(quad, colour);
        };
        let round = Border {
            radius: radius::S.into(),
            ..Border::default()
        };
        fill(0.0, at - 1.0, 6.0, start, round);
        fill(at + 1.0, bounds.width - at - 1.0, 6.0, end, round);
        let grip = Border {
            color: self.p.text,
            width: 2.0,
            radius: (GRIP / 2.0).into(),
        };
        let left = (at - GRIP / 2.0).clamp(0.0, (bounds.width - GRIP).max(0.0));
        fill(left, GRIP, 0.0, self.p.surface, grip);
        if tree.state.downcast_ref::<State>().focused {
            let ring = Border {
                color: self.p.accent,
                width: 2.0,
                radius: (radius::M + RING).into(),
            };
            let all = bounds.width + 2.0 * RING;
            fill(-RING, all, -RING, Color::TRANSPARENT, ring);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        let dragged = tree.state.downcast_ref::<State>().dragged;
        match dragged || cursor.is_over(layout.bounds()) {
            true => mouse::Interaction::ResizingHorizontally,
            false => mouse::Interaction::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    fn shared(value: u64) -> Shared {
        Shared {
            whole: 100 * GIB,
            range: 20 * GIB + 5..=60 * GIB + 7,
            value,
            step: GIB,
        }
    }

    #[test]
    fn a_boundary_stops_at_whole_steps_and_at_both_ends() {
        let now = shared(40 * GIB);
        assert_eq!(now.place(), 0.6);
        assert_eq!(now.at(0.6), 40 * GIB);
        assert_eq!(now.at(0.604), 40 * GIB);
        assert_eq!(
            now.at(0.0),
            60 * GIB + 7,
            "the neighbour keeps what it needs"
        );
        assert_eq!(now.at(1.0), 20 * GIB + 5, "and so does the new system");
        assert_eq!(now.at(-3.0), now.at(0.0));
        assert_eq!((now.moved(1), now.moved(-1)), (41 * GIB, 39 * GIB));
        assert_eq!(
            (now.moved(99), now.moved(-99)),
            (60 * GIB + 7, 20 * GIB + 5)
        );
        // From an end that is no whole step, the next is one.
        assert_eq!(shared(20 * GIB + 5).moved(1), 21 * GIB);
        assert_eq!(shared(60 * GIB + 7).moved(-1), 59 * GIB);
    }
}
