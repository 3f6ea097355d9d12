//! Makes anything reachable with the Tab key: Enter and Space press it, a ring shows where one is.
//! What is pressed with the mouse takes the focus, too, so that Tab goes on from there; its ring
//! is drawn as soon as a key is pressed. So it is with what gets the focus while the mouse is used.
//!
//! iced 0.14 itself gives focus to text fields only.

use super::around::{Adds, Around, Inside};
use super::arrows::AnyFocused;
use crate::wizard::Element;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::{Renderer as _, Shell, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Border, Color, Event, Rectangle, Renderer, mouse, touch};
use std::any::Any;

/// How far outside of the content the ring is.
const GAP: f32 = 4.0;

/// An element that can have the focus.
pub(crate) type Focus<'a, Message> = Around<'a, Message, Focusing<Message>>;

/// How it has it.
pub(crate) struct Focusing<Message> {
    /// What pressing it means; without it the focus passes it by.
    on_press: Option<Message>,
    id: Option<Id>,
    ring: Color,
    radius: f32,
}

impl<'a, Message> Focus<'a, Message> {
    pub(crate) fn new(
        content: impl Into<Element<'a, Message>>,
        on_press: Option<Message>,
        ring: Color,
        radius: f32,
    ) -> Self {
        Self {
            content: content.into(),
            own: Focusing {
                on_press,
                id: None,
                ring,
                radius,
            },
        }
    }

    /// Something that the keyboard has another way to: the focus passes it by.
    pub(crate) fn passed_by(mut self) -> Self {
        self.own.on_press = None;
        self
    }

    /// A name, to give it the focus by.
    pub(crate) fn id(mut self, id: impl Into<Id>) -> Self {
        self.own.id = Some(id.into());
        self
    }
}

#[derive(Default)]
pub(crate) struct State {
    focused: bool,
    /// Whether the ring is left out: the mouse is used.
    by_mouse: bool,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        (self.focused, self.by_mouse) = (true, false);
    }

    fn unfocus(&mut self) {
        self.focused = false;
    }
}

/// Leaves the ring out around what has the focus.
pub(super) struct WithoutRing;

impl Operation for WithoutRing {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        if let Some(state) = state.downcast_mut::<State>() {
            state.by_mouse |= state.focused;
        }
    }
}

impl<Message: Clone> Adds<Message> for Focusing<Message> {
    type State = State;

    fn operate(
        &self,
        state: &mut State,
        mut inside: Inside<'_, '_, Message>,
        operation: &mut dyn Operation,
    ) {
        if self.on_press.is_some() {
            operation.focusable(self.id.as_ref(), inside.bounds(), state);
            operation.custom(self.id.as_ref(), inside.bounds(), state);
        } else {
            state.unfocus();
        }
        operation.traverse(&mut |operation| inside.operate(operation));
    }

    fn update(
        &self,
        state: &mut State,
        mut inside: Inside<'_, '_, Message>,
        event: &Event,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(_))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let is_on = self.on_press.is_some() && cursor.is_over(inside.bounds());
                let mut other = AnyFocused::default();
                inside.operate(&mut other);
                let focused = is_on && !other.0;
                if focused != state.focused {
                    (state.focused, state.by_mouse) = (focused, focused);
                    shell.request_redraw();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focused =>
            {
                if state.by_mouse {
                    state.by_mouse = false;
                    shell.request_redraw();
                }
                let presses = matches!(key, Key::Named(Named::Enter | Named::Space));
                if presses
                    && modifiers.is_empty()
                    && !shell.is_event_captured()
                    && let Some(message) = &self.on_press
                {
                    shell.publish(message.clone());
                    shell.capture_event();
                }
            }
            _ => {}
        }
    }

    fn draw_above(&self, state: &State, renderer: &mut Renderer, bounds: Rectangle) {
        if state.focused && !state.by_mouse {
            renderer.fill_quad(
                renderer::Quad {
                    bounds: bounds.expand(GAP),
                    border: Border {
                        color: self.ring,
                        width: 2.0,
                        radius: (self.radius + GAP).into(),
                    },
                    ..renderer::Quad::default()
                },
                Color::TRANSPARENT,
            );
        }
    }
}
