//! Operations on the focus: where it is, and scrolling it into view.

use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation, Scrollable};
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Rectangle, Vector};

/// How much is shown beyond what has the focus, in logical pixels.
const AROUND: f32 = 24.0;

/// Whether anything has the focus.
#[derive(Default)]
pub(super) struct AnyFocused(pub(super) bool);

impl Operation for AnyFocused {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        self.0 |= state.is_focused();
    }
}

/// Where the focus is, as if nothing were scrolled.
#[derive(Default)]
pub(super) struct FocusBounds(pub(super) Option<Rectangle>);

impl Operation for FocusBounds {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.0 = Some(bounds);
        }
    }
}

/// Scrolls whatever has the rectangle in it so that it is seen.
pub(super) struct Reveal(pub(super) Rectangle);

impl Operation for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content_bounds: Rectangle,
        translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        let target = self.0;
        if !content_bounds.contains(target.center()) {
            return;
        }
        let top = target.y - translation.y - bounds.y;
        let bottom = top + target.height;
        let down = if top < AROUND {
            top - AROUND
        } else if bottom > bounds.height - AROUND {
            (bottom - bounds.height + AROUND).min(top - AROUND)
        } else {
            return;
        };
        state.scroll_by(AbsoluteOffset { x: 0.0, y: down }, bounds, content_bounds);
    }
}
