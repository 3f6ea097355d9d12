//! What a person sees of the window, and where the focus is, as operations on its widgets.

use crate::wizard::SCROLL;
use iced::advanced::text::{self, Paragraph, paragraph::Plain};
use iced::advanced::widget::operation::{Focusable, Operation, Scrollable, TextInput};
use iced::advanced::widget::{Id, Tree, tree};
use iced::{Rectangle, Renderer, Vector};

/// Where the focus is, and on what.
#[derive(Default)]
pub(super) struct Focused(pub(super) Option<Option<Id>>);

impl Operation for Focused {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.0 = Some(id.cloned());
        }
    }
}

/// How many there are that can have the focus, and which has it.
#[derive(Default)]
pub(super) struct Controls {
    pub(super) all: usize,
    pub(super) focused: Option<usize>,
}

impl Operation for Controls {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.all);
        }
        self.all += 1;
    }
}

/// Every text and where it is.
#[derive(Default)]
pub(super) struct Texts(pub(super) Vec<(String, Rectangle)>);

impl Operation for Texts {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn text(&mut self, _: Option<&Id>, bounds: Rectangle, text: &str) {
        self.0.push((text.to_owned(), bounds));
    }
}

/// The names of all fields to write into, with what each shows.
#[derive(Default)]
pub(super) struct Fields(pub(super) Vec<(Id, String)>);

impl Operation for Fields {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn text_input(&mut self, id: Option<&Id>, _: Rectangle, field: &mut dyn TextInput) {
        let field = id.map(|id| (id.clone(), field.text().to_owned()));
        self.0.extend(field);
    }
}

/// Everything that can be pressed or written into, and where it is as if nothing were scrolled.
#[derive(Default)]
pub(super) struct Targets(pub(super) Vec<(Option<Id>, Rectangle)>);

impl Operation for Targets {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, _: &mut dyn Focusable) {
        self.0.push((id.cloned(), bounds));
    }
}

/// The texts of a tree that was laid out which are wider or higher than the room they were given.
pub(super) fn find_short_texts(tree: &Tree, rounding: f32, found: &mut Vec<String>) {
    type Text = Plain<<Renderer as text::Renderer>::Paragraph>;
    if tree.tag == tree::Tag::of::<Text>() {
        let text = tree.state.downcast_ref::<Text>();
        let (needed, given) = (text.min_bounds(), text.raw().bounds());
        if needed.width > given.width + rounding || needed.height > given.height + rounding {
            let words = text.content();
            found.push(format!("“{words}” needs {needed:?}, and has {given:?}"));
        }
    }
    for child in &tree.children {
        find_short_texts(child, rounding, found);
    }
}

/// How far the page is scrolled, and whether the focus is inside of what scrolls.
#[derive(Default)]
pub(super) struct Scrolled {
    pub(super) offset: f32,
    pub(super) holds_focus: bool,
    is_next: bool,
    is_inside: bool,
}

impl Operation for Scrolled {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let before = self.is_inside;
        self.is_inside |= std::mem::take(&mut self.is_next);
        operate(self);
        self.is_inside = before;
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        _: Rectangle,
        _: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        if id == Some(&Id::new(SCROLL)) {
            (self.offset, self.is_next) = (translation.y, true);
        }
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        self.holds_focus |= self.is_inside && state.is_focused();
    }
}
