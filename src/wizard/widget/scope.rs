//! What a part of the window does with keys that nothing inside of it took.
//!
//! The root moves the focus with Tab, scrolls it into view, and knows the keys of the whole program.
//! A group does the same with the arrow keys; a list turns them into messages. All of it happens in
//! the widget itself, so that it works the same in a window and in a headless test.

use super::around::{Adds, Around, Inside};
use super::arrows::{AnyFocused, Arrow, FocusAt, FocusPlaces};
use super::focus::WithoutRing;
use super::latin::with_latin_letter;
use super::reveal::IntoView;
use crate::wizard::Element;
use iced::advanced::widget::operation::{self, Operation, Outcome};
use iced::advanced::{Renderer as _, Shell, layout, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::time::{Duration, Instant};
use iced::{Color, Event, Point, Rectangle, Renderer, Theme, mouse, window};
use std::sync::atomic::{AtomicU8, Ordering};

type OnKey<'a, Message> = Box<dyn Fn(&Key, Modifiers) -> Option<Message> + 'a>;
type OnTick<'a, Message> = Box<dyn Fn(Instant) -> Message + 'a>;

/// Which part of the window it is.
enum Part {
    /// All of it: Tab moves the focus.
    Root,
    /// Controls of one kind: arrows move the focus among them.
    Group,
    /// Keys count while the focus is inside.
    Keys,
    /// No keys: only the direction in which it is drawn.
    Plain,
}

/// An element with keys of its own.
pub(crate) type Scope<'a, Message> = Around<'a, Message, Keys<'a, Message>>;

/// What keys mean in it.
pub(crate) struct Keys<'a, Message> {
    part: Part,
    /// Whether what stands at one side is drawn at the other.
    mirrored: bool,
    on_key: Option<OnKey<'a, Message>>,
    on_tick: Option<(Duration, OnTick<'a, Message>)>,
}

impl<'a, Message> Scope<'a, Message> {
    fn new(content: impl Into<Element<'a, Message>>, part: Part) -> Self {
        Self {
            content: content.into(),
            own: Keys {
                part,
                mirrored: false,
                on_key: None,
                on_tick: None,
            },
        }
    }

    /// The whole window.
    pub(crate) fn root(content: impl Into<Element<'a, Message>>) -> Self {
        Self::new(content, Part::Root)
    }

    /// Controls that the arrow keys go through.
    pub(crate) fn group(content: impl Into<Element<'a, Message>>) -> Self {
        Self::new(content, Part::Group)
    }

    /// A part with keys that count while the focus is inside.
    pub(crate) fn keys(content: impl Into<Element<'a, Message>>) -> Self {
        Self::new(content, Part::Keys)
    }

    /// A part that is drawn in a direction of its own.
    pub(crate) fn plain(content: impl Into<Element<'a, Message>>) -> Self {
        Self::new(content, Part::Plain)
    }

    /// Draws it as in a mirror, for languages from right to left; mirrored twice is not mirrored.
    pub(crate) fn mirrored(mut self, mirrored: bool) -> Self {
        self.own.mirrored = mirrored;
        self
    }

    /// What keys mean that nothing inside took.
    pub(crate) fn on_key(
        mut self,
        on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a,
    ) -> Self {
        self.own.on_key = Some(Box::new(on_key));
        self
    }

    /// Sends a message again and again, as often as given; only while something moves.
    pub(crate) fn every(
        mut self,
        period: Option<Duration>,
        on_tick: impl Fn(Instant) -> Message + 'a,
    ) -> Self {
        self.own.on_tick = period.map(|period| (period, Box::new(on_tick) as OnTick<'a, Message>));
        self
    }
}

impl<Message> Inside<'_, '_, Message> {
    /// Runs an operation, and those that follow from it, on the content.
    fn run(&mut self, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.operate(operation.as_mut());
            if let Outcome::Chain(chained) = operation.finish() {
                next = Some(chained);
            }
        }
    }

    /// Moves the focus and scrolls it into view.
    fn step(&mut self, back: bool) {
        if back {
            self.run(Box::new(operation::focusable::focus_previous::<()>()));
        } else {
            self.run(Box::new(operation::focusable::focus_next::<()>()));
        }
    }

    /// Moves the focus to what lies where an arrow points; at the edge it stays.
    fn point(&mut self, arrow: Arrow) {
        let mut places = FocusPlaces::default();
        self.operate(&mut places);
        if let Some(next) = places.next(arrow) {
            self.operate(&mut FocusAt::new(next));
        }
    }

    fn reveal(&mut self) {
        self.run(Box::new(IntoView::focus()));
    }

    fn holds_focus(&mut self) -> bool {
        let mut any = AnyFocused::default();
        self.operate(&mut any);
        any.0
    }
}

impl<Message> Keys<'_, Message> {
    /// Moves the focus if that is what a key means here.
    fn moved(
        &self,
        inside: &mut Inside<'_, '_, Message>,
        (key, modifiers): (&Key, Modifiers),
    ) -> bool {
        match (&self.part, key) {
            (Part::Root, Key::Named(Named::Tab)) => {
                let back = modifiers.shift();
                inside.step(back);
                // Behind the last control comes the first one again, not nothing.
                if !inside.holds_focus() {
                    inside.step(back);
                }
                true
            }
            (Part::Group, key) => {
                let arrow = Arrow::of(key);
                if let Some(arrow) = arrow {
                    inside.point(arrow);
                }
                arrow.is_some()
            }
            _ => false,
        }
    }

    fn key_pressed(
        &self,
        inside: &mut Inside<'_, '_, Message>,
        shell: &mut Shell<'_, Message>,
        (key, modifiers): (&Key, Modifiers),
    ) {
        if !matches!(self.part, Part::Root) && !inside.holds_focus() {
            return;
        }
        if self.moved(inside, (key, modifiers)) {
            shell.capture_event();
            shell.request_redraw();
        } else if let Some(message) = self.on_key.as_ref().and_then(|on| on(key, modifiers)) {
            shell.publish(message);
            shell.capture_event();
        }
    }

    fn ticked(&self, state: &mut State, now: Instant, shell: &mut Shell<'_, Message>) {
        let Some((period, on_tick)) = &self.on_tick else {
            state.ticked = None;
            return;
        };
        if state.ticked.is_none_or(|last| now >= last + *period) {
            state.ticked = Some(now);
            shell.publish(on_tick(now));
        }
        shell.request_redraw_at(now + *period);
    }
}

#[derive(Default)]
pub(crate) struct State {
    /// When the last tick was sent.
    ticked: Option<Instant>,
    /// Whether keys write: what they bring about is brought into view then.
    writes: bool,
    /// Whether the mouse was used last: what gets the focus then has no ring.
    by_mouse: bool,
    /// Counts what was drawn.
    frame: AtomicU8,
}

impl<Message> Adds<Message> for Keys<'_, Message> {
    type State = State;

    fn arranged(&self, content: layout::Node) -> layout::Node {
        match self.mirrored {
            true => mirrored(&content),
            false => content,
        }
    }

    fn translated(&self, _: &mut State, event: &Event) -> Option<Event> {
        matches!(self.part, Part::Root).then(|| with_latin_letter(event))?
    }

    fn update(
        &self,
        state: &mut State,
        mut inside: Inside<'_, '_, Message>,
        event: &Event,
        _: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) {
        let latin = self.translated(state, event);
        let event = latin.as_ref().unwrap_or(event);
        match event {
            Event::Window(window::Event::RedrawRequested(now)) => {
                if state.writes {
                    inside.reveal();
                }
                if state.by_mouse && matches!(self.part, Part::Root) {
                    inside.operate(&mut WithoutRing);
                }
                self.ticked(state, *now, shell);
            }
            // Whoever scrolls wants to see something else.
            Event::Mouse(mouse::Event::WheelScrolled { .. }) => state.writes = false,
            Event::Mouse(mouse::Event::ButtonPressed(_)) | Event::Touch(_) => {
                (state.writes, state.by_mouse) = (false, true);
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) => {
                state.by_mouse = false;
                let is_text = matches!(key, Key::Character(_) | Key::Named(Named::Backspace));
                let writes = is_text && !modifiers.command();
                state.writes = writes && matches!(self.part, Part::Root);
                if !shell.is_event_captured() {
                    self.key_pressed(&mut inside, shell, (key, *modifiers));
                }
                // Whoever moved the focus, it is seen.
                let moved = matches!(key, Key::Named(Named::Tab)) || Arrow::of(key).is_some();
                if moved && matches!(self.part, Part::Root) {
                    inside.reveal();
                }
            }
            _ => {}
        }
    }

    fn draw_behind(
        &self,
        state: &State,
        renderer: &mut Renderer,
        theme: &Theme,
        bounds: Rectangle,
    ) {
        if matches!(self.part, Part::Root) {
            let quad = renderer::Quad {
                bounds,
                ..renderer::Quad::default()
            };
            let colour = unsettled(theme.palette().background, &state.frame);
            renderer.fill_quad(quad, colour);
        }
    }
}

/// Everything where it is seen in a mirror. iced itself knows left and right only, and a text that
/// is no wider than it has to be stands on the side of its own direction.
fn mirrored(node: &layout::Node) -> layout::Node {
    let width = node.size().width;
    let children = node.children().iter().map(|child| {
        let bounds = child.bounds();
        mirrored(child).move_to(Point::new(width - bounds.x - bounds.width, bounds.y))
    });
    layout::Node::with_children(node.size(), children.collect())
}

/// A colour that nobody can tell from `colour` and that differs from frame to frame: what iced's
/// software renderer believes to be unchanged it does not draw, and in 0.14 it is wrong about that.
fn unsettled(colour: Color, frame: &AtomicU8) -> Color {
    let step = f32::from(frame.fetch_add(1, Ordering::Relaxed) % 8) * 1e-4;
    let g = if colour.g > 0.5 {
        colour.g - step
    } else {
        colour.g + step
    };
    Color { g, ..colour }
}
