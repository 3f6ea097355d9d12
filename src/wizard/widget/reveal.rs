//! Scrolling into view: what has the focus with what belongs to it, or a part by its name. Only what
//! is inside of a part that scrolls moves it: the footer and the list of pages stand still.

use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable};
use iced::widget::container;
use iced::widget::scrollable::AbsoluteOffset;
use iced::{Rectangle, Task, Vector};

/// How much is shown beyond what is scrolled to, in logical pixels.
const AROUND: f32 = 24.0;

/// The id of every part whose content is seen together if there is room: a field, and what is said
/// about what is written into it.
const TOGETHER: &str = "together";

/// A control and what belongs to it: while it has the focus, both are scrolled into view.
pub(crate) fn together<'a, M: 'a>(
    content: impl Into<crate::wizard::Element<'a, M>>,
) -> crate::wizard::Element<'a, M> {
    container(content).id(TOGETHER).into()
}

/// What is looked for.
enum Sought {
    Focus,
    Part(Id),
}

/// A part that scrolls: which of all, where it and its content are, and how far it is scrolled.
#[derive(Clone, Copy, Debug)]
struct Scroller {
    number: usize,
    bounds: Rectangle,
    content: Rectangle,
    translation: Vector,
}

/// What lies around what is looked at.
#[derive(Clone, Copy, Debug)]
enum Around {
    Scroller(Scroller),
    Together(Rectangle),
}

/// What was found, as if nothing were scrolled.
#[derive(Clone, Debug)]
struct Found {
    bounds: Rectangle,
    /// The outermost first.
    around: Vec<Around>,
}

/// Looks for something, and scrolls to it when it ends.
pub(super) struct IntoView {
    sought: Sought,
    /// Around what is traversed now, the outermost first.
    around: Vec<Around>,
    /// Around what is traversed next.
    next: Option<Around>,
    scrollers: usize,
    found: Option<Found>,
}

impl IntoView {
    const fn new(sought: Sought) -> Self {
        Self {
            sought,
            around: Vec::new(),
            next: None,
            scrollers: 0,
            found: None,
        }
    }

    /// For what has the focus.
    pub(super) const fn focus() -> Self {
        Self::new(Sought::Focus)
    }

    fn found(&mut self, bounds: Rectangle) {
        let around = self.around.clone();
        self.found = Some(Found { bounds, around });
    }
}

impl Operation for IntoView {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let depth = self.around.len();
        self.around.extend(self.next.take());
        operate(self);
        self.around.truncate(depth);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&Id::new(TOGETHER)) {
            self.next = Some(Around::Together(bounds));
        }
        if let Sought::Part(sought) = &self.sought
            && id == Some(sought)
        {
            self.found(bounds);
        }
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if matches!(self.sought, Sought::Focus) && state.is_focused() {
            self.found(bounds);
        }
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.next = Some(Around::Scroller(Scroller {
            number: self.scrollers,
            bounds,
            content,
            translation,
        }));
        self.scrollers += 1;
    }

    fn finish(&self) -> Outcome<()> {
        let ways = self.found.as_ref().map(Found::ways).unwrap_or_default();
        match ways.is_empty() {
            true => Outcome::None,
            false => Outcome::Chain(Box::new(Scroll { ways, seen: 0 })),
        }
    }
}

impl Found {
    /// How far down each scroller has to go, by its number; those that need not move are left out.
    fn ways(&self) -> Vec<(usize, f32)> {
        let mut ways = Vec::new();
        let (mut part, mut whole) = (self.bounds, self.bounds);
        for around in self.around.iter().rev() {
            match around {
                Around::Together(bounds) => whole = whole.union(bounds),
                Around::Scroller(scroller) => {
                    let target = match scroller.has_room_for(whole) {
                        true => whole,
                        false => part,
                    };
                    let down = scroller.way_to(target);
                    if down.abs() > 0.0 {
                        ways.push((scroller.number, down));
                    }
                    let moved = Vector::new(0.0, scroller.translation.y + down);
                    (part, whole) = (part - moved, part - moved);
                }
            }
        }
        ways
    }
}

impl Scroller {
    fn has_room_for(&self, target: Rectangle) -> bool {
        target.height + 2.0 * AROUND <= self.bounds.height
    }

    /// How far down it has to go so that the target is seen; of one that is too high, its beginning.
    fn way_to(&self, target: Rectangle) -> f32 {
        let top = target.y - self.translation.y - self.bounds.y;
        let room = self.bounds.height;
        let bottom = top + target.height;
        let down = if top < AROUND {
            top - AROUND
        } else if bottom > room - AROUND {
            (bottom - room + AROUND).min(top - AROUND)
        } else {
            0.0
        };
        let farthest = (self.content.height - room).max(0.0);
        (self.translation.y + down).clamp(0.0, farthest) - self.translation.y
    }
}

/// Scrolls what it is told to.
struct Scroll {
    ways: Vec<(usize, f32)>,
    seen: usize,
}

impl Operation for Scroll {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _: Vector,
        state: &mut dyn Scrollable,
    ) {
        let way = self.ways.iter().find(|(number, _)| *number == self.seen);
        self.seen += 1;
        if let Some((_, y)) = way {
            state.scroll_by(AbsoluteOffset { x: 0.0, y: *y }, bounds, content);
        }
    }
}

/// Scrolls what has the focus into view, with what belongs to it. Nothing waits for it: in a picture
/// it is done later.
pub(crate) fn show_focus<M>() -> Task<M> {
    iced_runtime::task::effect(iced_runtime::Action::widget(IntoView::focus()))
}

/// Scrolls the part with this id into view, if it is there.
pub(crate) fn show<M>(id: &'static str) -> Task<M> {
    let part = IntoView::new(Sought::Part(Id::new(id)));
    iced_runtime::task::effect(iced_runtime::Action::widget(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::{Point, Size};

    fn area(y: f32, height: f32) -> Rectangle {
        Rectangle::new(Point::new(0.0, y), Size::new(100.0, height))
    }

    fn scroller(number: usize, bounds: Rectangle, height: f32, scrolled: f32) -> Around {
        Around::Scroller(Scroller {
            number,
            bounds,
            content: area(bounds.y, height),
            translation: Vector::new(0.0, scrolled),
        })
    }

    fn ways(bounds: Rectangle, around: &[Around]) -> Vec<(usize, f32)> {
        let around = around.to_vec();
        Found { bounds, around }.ways()
    }

    #[test]
    fn only_what_is_around_scrolls_and_no_farther_than_it_must() {
        let page = |scrolled| scroller(1, area(0.0, 400.0), 1000.0, scrolled);
        assert_eq!(ways(area(450.0, 40.0), &[]), []);
        assert_eq!(ways(area(300.0, 40.0), &[page(0.0)]), []);
        assert_eq!(ways(area(450.0, 40.0), &[page(0.0)]), [(1, 114.0)]);
        assert_eq!(ways(area(450.0, 40.0), &[page(500.0)]), [(1, -74.0)]);
        // At the ends there is no more to scroll.
        assert_eq!(ways(area(0.0, 40.0), &[page(10.0)]), [(1, -10.0)]);
        assert_eq!(ways(area(960.0, 40.0), &[page(590.0)]), [(1, 10.0)]);
    }

    #[test]
    fn what_belongs_together_is_seen_together_where_there_is_room() {
        let page = scroller(0, area(0.0, 400.0), 1000.0, 0.0);
        let field = area(320.0, 40.0);
        let low = Around::Together(area(300.0, 200.0));
        assert_eq!(ways(field, &[page, low]), [(0, 124.0)]);
        let high = Around::Together(area(300.0, 600.0));
        assert_eq!(ways(field, &[page, high]), []);
    }

    #[test]
    fn one_inside_of_another_scrolls_first() {
        let outer = scroller(0, area(0.0, 400.0), 1000.0, 0.0);
        let inner = scroller(1, area(500.0, 200.0), 2000.0, 0.0);
        let found = ways(area(1500.0, 40.0), &[outer, inner]);
        // Inside its end is at 176 of 200, that is at 676 outside.
        assert_eq!(found, [(1, 864.0), (0, 300.0)]);
    }
}
