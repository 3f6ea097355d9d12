//! Operations on the focus: whether it is inside, and where an arrow key leads from there.

use iced::Rectangle;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::keyboard::{Key, key::Named};

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

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrow {
    Up,
    Down,
    Left,
    Right,
}

impl Arrow {
    pub(super) fn of(key: &Key) -> Option<Self> {
        match key {
            Key::Named(Named::ArrowUp) => Some(Self::Up),
            Key::Named(Named::ArrowDown) => Some(Self::Down),
            Key::Named(Named::ArrowLeft) => Some(Self::Left),
            Key::Named(Named::ArrowRight) => Some(Self::Right),
            _ => None,
        }
    }

    /// How far away something lies where it points: rows before what is across.
    fn distance(self, from: Rectangle, to: Rectangle) -> Option<(f32, f32)> {
        let (from, to, size) = (from.center(), to.center(), from.size());
        let (along, across, least) = match self {
            Self::Up => (from.y - to.y, from.x - to.x, size.height / 2.0),
            Self::Down => (to.y - from.y, from.x - to.x, size.height / 2.0),
            Self::Left => (from.x - to.x, from.y - to.y, size.width / 2.0),
            Self::Right => (to.x - from.x, from.y - to.y, size.width / 2.0),
        };
        let in_row = matches!(self, Self::Up | Self::Down) || across.abs() < size.height;
        (along > least && in_row).then_some((along, across.abs()))
    }
}

/// Everything that can have the focus, in order, and what has it.
#[derive(Default)]
pub(super) struct FocusPlaces {
    places: Vec<Rectangle>,
    focused: Option<usize>,
}

impl FocusPlaces {
    /// What an arrow leads to. Where all stand in one row, up and down go through it too.
    pub(super) fn next(&self, arrow: Arrow) -> Option<usize> {
        let now = self.focused?;
        let from = *self.places.get(now)?;
        let ahead = self
            .places
            .iter()
            .enumerate()
            .filter_map(|(index, place)| Some((arrow.distance(from, *place)?, index)));
        let nearest = ahead.min_by(|(a, _), (b, _)| {
            // Things of one row may differ a little in height.
            let rows = ((a.0 - b.0).abs() > ROW).then(|| a.0.total_cmp(&b.0));
            rows.unwrap_or_else(|| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)))
        });
        let one_row = |place: &Rectangle| (place.center().y - from.center().y).abs() <= ROW;
        let in_order = || match arrow {
            _ if !self.places.iter().all(one_row) => None,
            Arrow::Down => Some(now + 1).filter(|next| *next < self.places.len()),
            Arrow::Up => now.checked_sub(1),
            Arrow::Left | Arrow::Right => None,
        };
        nearest.map(|(_, index)| index).or_else(in_order)
    }
}

/// What differs by less in height stands in one row, in logical pixels.
const ROW: f32 = 24.0;

impl Operation for FocusPlaces {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.places.len());
        }
        self.places.push(bounds);
    }
}

/// Gives the focus to what stands at a place in the order, and takes it from all else.
pub(super) struct FocusAt {
    target: usize,
    seen: usize,
}

impl FocusAt {
    pub(super) const fn new(target: usize) -> Self {
        Self { target, seen: 0 }
    }
}

impl Operation for FocusAt {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if self.seen == self.target {
            state.focus();
        } else {
            state.unfocus();
        }
        self.seen += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::{Point, Size};

    /// Two columns, the second a little lower than the first, and one alone at the end.
    fn grid(focused: usize) -> FocusPlaces {
        let place = |x: f32, y: f32| Rectangle::new(Point::new(x, y), Size::new(300.0, 80.0));
        FocusPlaces {
            places: vec![
                place(0.0, 0.0),
                place(312.0, 4.0),
                place(0.0, 92.0),
                place(312.0, 96.0),
                place(0.0, 184.0),
            ],
            focused: Some(focused),
        }
    }

    #[test]
    fn arrows_lead_where_they_point_and_stay_at_the_edge() {
        let leads = |from, arrow| grid(from).next(arrow);
        assert_eq!(leads(0, Arrow::Right), Some(1));
        assert_eq!(leads(1, Arrow::Right), None);
        assert_eq!(leads(1, Arrow::Down), Some(3));
        assert_eq!(leads(3, Arrow::Down), Some(4));
        assert_eq!(leads(4, Arrow::Up), Some(2));
        assert_eq!(leads(4, Arrow::Down), None);
        assert_eq!(leads(3, Arrow::Left), Some(2));
        assert_eq!(leads(0, Arrow::Up), None);
    }
}
