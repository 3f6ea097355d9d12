//! What a part of the window does with keys that nothing inside of it took.
//!
//! The root moves the focus with Tab, scrolls it into view, and knows the keys of the whole program.
//! A group does the same with the arrow keys; a list turns them into messages. All of it happens in
//! the widget itself, so that it works the same in a window and in a headless test.

use super::reveal::{AnyFocused, Arrow, FocusAt, FocusBounds, FocusPlaces, Reveal};
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::{self, Operation, Outcome};
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, Widget, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::time::{Duration, Instant};
use iced::{
    Color, Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector, mouse, window,
};
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
pub(crate) struct Scope<'a, Message> {
    content: Element<'a, Message>,
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
            part,
            mirrored: false,
            on_key: None,
            on_tick: None,
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
        self.mirrored = mirrored;
        self
    }

    /// What keys mean that nothing inside took.
    pub(crate) fn on_key(
        mut self,
        on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a,
    ) -> Self {
        self.on_key = Some(Box::new(on_key));
        self
    }

    /// Sends a message again and again, as often as given; only while something moves.
    pub(crate) fn every(
        mut self,
        period: Option<Duration>,
        on_tick: impl Fn(Instant) -> Message + 'a,
    ) -> Self {
        self.on_tick = period.map(|period| (period, Box::new(on_tick) as OnTick<'a, Message>));
        self
    }

    /// Runs an operation, and those that follow from it, on the content.
    fn run(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: Box<dyn Operation>,
    ) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            let content = self.content.as_widget_mut();
            content.operate(tree, layout, renderer, operation.as_mut());
            if let Outcome::Chain(chained) = operation.finish() {
                next = Some(chained);
            }
        }
    }

    /// Moves the focus and scrolls it into view.
    fn step(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, back: bool) {
        let operation: Box<dyn Operation> = if back {
            Box::new(operation::focusable::focus_previous::<()>())
        } else {
            Box::new(operation::focusable::focus_next::<()>())
        };
        self.run(tree, layout, renderer, operation);
    }

    /// Moves the focus to what lies where an arrow points; at the edge it stays.
    fn point(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, arrow: Arrow) {
        let mut places = FocusPlaces::default();
        let content = self.content.as_widget_mut();
        content.operate(tree, layout, renderer, &mut places);
        if let Some(next) = places.next(arrow) {
            content.operate(tree, layout, renderer, &mut FocusAt::new(next));
        }
    }

    fn reveal(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) {
        let mut found = FocusBounds::default();
        let content = self.content.as_widget_mut();
        content.operate(tree, layout, renderer, &mut found);
        if let Some(target) = found.0 {
            content.operate(tree, layout, renderer, &mut Reveal(target));
        }
    }

    fn holds_focus(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> bool {
        let mut any = AnyFocused::default();
        let content = self.content.as_widget_mut();
        content.operate(tree, layout, renderer, &mut any);
        any.0
    }

    /// Moves the focus if that is what a key means here.
    fn moved(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        (key, modifiers): (&Key, Modifiers),
    ) -> bool {
        match (&self.part, key) {
            (Part::Root, Key::Named(Named::Tab)) => {
                let back = modifiers.shift();
                self.step(tree, layout, renderer, back);
                // Behind the last control comes the first one again, not nothing.
                if !self.holds_focus(tree, layout, renderer) {
                    self.step(tree, layout, renderer, back);
                }
                true
            }
            (Part::Group, key) => {
                let arrow = Arrow::of(key);
                if let Some(arrow) = arrow {
                    self.point(tree, layout, renderer, arrow);
                }
                arrow.is_some()
            }
            _ => false,
        }
    }

    fn key_pressed(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, Message>,
        (key, modifiers): (&Key, Modifiers),
    ) {
        let inside = matches!(self.part, Part::Root) || self.holds_focus(tree, layout, renderer);
        if !inside {
            return;
        }
        if self.moved(tree, layout, renderer, (key, modifiers)) {
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
struct State {
    /// When the last tick was sent.
    ticked: Option<Instant>,
    /// Counts what was drawn.
    frame: AtomicU8,
}

impl<Message> Widget<Message, Theme, Renderer> for Scope<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let Some(child) = tree.children.first_mut() else {
            return layout::Node::default();
        };
        let node = self.content.as_widget_mut().layout(child, renderer, limits);
        if self.mirrored { mirrored(&node) } else { node }
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        if let Some(child) = tree.children.first_mut() {
            let content = self.content.as_widget_mut();
            content.operate(child, layout, renderer, operation);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let Some(child) = tree.children.first_mut() else {
            return;
        };
        self.content.as_widget_mut().update(
            child, event, layout, cursor, renderer, clipboard, shell, viewport,
        );
        match event {
            Event::Window(window::Event::RedrawRequested(now)) => {
                self.ticked(tree.state.downcast_mut::<State>(), *now, shell);
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) => {
                if !shell.is_event_captured() {
                    self.key_pressed(child, layout, renderer, shell, (key, *modifiers));
                }
                // Whoever moved the focus, it is seen.
                let moved = matches!(key, Key::Named(Named::Tab)) || Arrow::of(key).is_some();
                if moved && matches!(self.part, Part::Root) {
                    self.reveal(child, layout, renderer);
                }
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if matches!(self.part, Part::Root) {
            let state = tree.state.downcast_ref::<State>();
            renderer.fill_quad(
                renderer::Quad {
                    bounds: layout.bounds(),
                    ..renderer::Quad::default()
                },
                unsettled(theme.palette().background, &state.frame),
            );
        }
        if let Some(child) = tree.children.first() {
            let content = self.content.as_widget();
            content.draw(child, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        tree.children
            .first()
            .map_or(mouse::Interaction::None, |child| {
                let content = self.content.as_widget();
                content.mouse_interaction(child, layout, cursor, viewport, renderer)
            })
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let child = tree.children.first_mut()?;
        let content = self.content.as_widget_mut();
        content.overlay(child, layout, renderer, viewport, translation)
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

impl<'a, Message: 'a> From<Scope<'a, Message>> for Element<'a, Message> {
    fn from(scope: Scope<'a, Message>) -> Self {
        Element::new(scope)
    }
}
