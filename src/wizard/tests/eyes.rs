//! What a person sees of the wizard: texts, controls and the focus, and whether they are whole.

use super::driver::Driver;
use super::seen::{Controls, Fields, Focused, Scrolled, Targets, Texts};
use crate::wizard::places::Places;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Operation, Outcome, black_box};
use iced::{Point, Rectangle};
use iced_test::Selector;

impl Driver {
    /// The id of what has the focus.
    pub(super) fn focus(&mut self) -> Option<Id> {
        let mut found = Focused::default();
        self.look(&mut found);
        found.0.flatten()
    }

    /// How many controls there are, and which of them has the focus, in their order.
    pub(super) fn controls(&mut self) -> (usize, Option<usize>) {
        let mut found = Controls::default();
        self.look(&mut found);
        (found.all, found.focused)
    }

    /// The names of all fields to write into.
    pub(super) fn fields(&mut self) -> Vec<Id> {
        let mut found = Fields::default();
        self.look(&mut found);
        found.0.into_iter().map(|(id, _)| id).collect()
    }

    /// What a field shows, which for a password is dots.
    pub(super) fn seen_in(&mut self, field: &Id) -> Option<String> {
        let mut found = Fields::default();
        self.look(&mut found);
        let mut all = found.0.into_iter();
        all.find(|(id, _)| id == field).map(|(_, shown)| shown)
    }

    /// What a test is told of the window with `--tell-places`.
    pub(super) fn told(&mut self) -> Vec<String> {
        let mut found = Places::default();
        self.look(&mut black_box(&mut found));
        found.names()
    }

    /// Every control with its bounds.
    pub(super) fn targets(&mut self) -> Vec<(Option<Id>, Rectangle)> {
        let mut found = Targets::default();
        self.look(&mut found);
        found.0
    }

    /// Where the control that has the focus is, and which part of it is seen.
    pub(super) fn focus_bounds(&mut self) -> (Rectangle, Option<Rectangle>) {
        let mut operation = iced_test::selector::is_focused().find();
        self.look(&mut black_box(&mut operation));
        match operation.finish() {
            Outcome::Some(Some(found)) => (found.bounds(), found.visible_bounds()),
            _ => panic!("nothing has the focus on {:?}", self.wizard.page),
        }
    }

    /// How many pixels of a part differ between two pictures, and how many there are.
    pub(super) fn changed(&self, a: &[u8], b: &[u8], part: Rectangle) -> (usize, usize) {
        let width = self.size().width as usize;
        let ((a, _), (b, _)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
        let inside = |index: &usize| {
            let (x, y) = (index % width, index / width);
            part.contains(Point::new(x as f32, y as f32))
        };
        let inside: Vec<usize> = (0..a.len()).filter(inside).collect();
        let differ = inside.iter().filter(|index| a[**index] != b[**index]);
        (differ.count(), inside.len())
    }

    /// Where the part with this id is seen.
    pub(super) fn bounds(&mut self, id: &'static str) -> Rectangle {
        let mut operation = iced_test::selector::id(id).find();
        self.look(&mut black_box(&mut operation));
        match operation.finish() {
            Outcome::Some(Some(found)) => found
                .visible_bounds()
                .unwrap_or_else(|| panic!("{id} is not seen")),
            _ => panic!("{id} is not on {:?}", self.wizard.page),
        }
    }

    /// Whether all of the part with this id is seen.
    pub(super) fn is_whole(&mut self, id: &'static str) -> bool {
        let mut operation = iced_test::selector::id(id).find();
        self.look(&mut black_box(&mut operation));
        match operation.finish() {
            Outcome::Some(Some(found)) => {
                let (whole, seen) = (found.bounds(), found.visible_bounds());
                seen.is_some_and(|seen| whole.height - seen.height < 1.0)
            }
            _ => panic!("{id} is not on {:?}", self.wizard.page),
        }
    }

    /// Whether all of a text is seen.
    pub(super) fn is_whole_text(&mut self, text: &'static str) -> bool {
        let mut operation = Selector::find(text);
        self.look(&mut black_box(&mut operation));
        match operation.finish() {
            Outcome::Some(Some(found)) => {
                let (whole, seen) = (found.bounds(), found.visible_bounds());
                seen.is_some_and(|seen| whole.height - seen.height < 1.0)
            }
            _ => panic!("{text} is not on {:?}", self.wizard.page),
        }
    }

    /// How far the page is scrolled, and whether what has the focus scrolls with it.
    pub(super) fn scrolled(&mut self) -> (f32, bool) {
        let mut found = Scrolled::default();
        self.look(&mut found);
        (found.offset, found.holds_focus)
    }

    pub(super) fn texts(&mut self) -> Vec<(String, Rectangle)> {
        let mut found = Texts::default();
        self.look(&mut found);
        found.0
    }

    pub(super) fn shows(&mut self, text: &str) -> bool {
        self.texts().iter().any(|(shown, _)| shown.contains(text))
    }

    pub(super) fn find(
        &mut self,
        what: impl Selector<Output = iced_test::selector::Text> + Send,
    ) -> Point {
        let description = what.description();
        let mut operation = what.find();
        self.look(&mut black_box(&mut operation));
        match operation.finish() {
            Outcome::Some(Some(found)) => found
                .visible_bounds()
                .unwrap_or_else(|| panic!("{description} is not seen"))
                .center(),
            _ => panic!("{description} is not on {:?}", self.wizard.page),
        }
    }
}
