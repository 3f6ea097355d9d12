//! A widget around one other: what it adds is its own, and all the rest is the content's. The content
//! lies where the whole lies.

use crate::wizard::Element;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::Operation;
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, overlay, renderer};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector, mouse};

/// A content, and what is added to it.
pub(crate) struct Around<'a, Message, Own> {
    pub(super) content: Element<'a, Message>,
    pub(super) own: Own,
}

/// What a widget adds to its content; by default nothing.
pub(super) trait Adds<Message> {
    /// What it remembers from one view to the next.
    type State: Default + 'static;

    /// Where the content's parts lie.
    fn arranged(&self, content: layout::Node) -> layout::Node {
        content
    }

    /// What an operation does to it; it goes on to the content from here.
    fn operate(
        &self,
        _: &mut Self::State,
        mut inside: Inside<'_, '_, Message>,
        operation: &mut dyn Operation,
    ) {
        inside.operate(operation);
    }

    /// What the content gets in place of an event.
    fn translated(&self, _: &mut Self::State, _: &Event) -> Option<Event> {
        None
    }

    /// What follows from an event that the content had first.
    fn update(
        &self,
        _: &mut Self::State,
        _: Inside<'_, '_, Message>,
        _: &Event,
        _: mouse::Cursor,
        _: &mut Shell<'_, Message>,
    ) {
    }

    /// What lies behind the content.
    fn draw_behind(&self, _: &Self::State, _: &mut Renderer, _: &Theme, _: Rectangle) {}

    /// What lies above it.
    fn draw_above(&self, _: &Self::State, _: &mut Renderer, _: Rectangle) {}
}

/// The content as operations reach it.
pub(super) struct Inside<'i, 'a, Message> {
    content: &'i mut Element<'a, Message>,
    tree: &'i mut Tree,
    layout: Layout<'i>,
    renderer: &'i Renderer,
}

impl<Message> Inside<'_, '_, Message> {
    pub(super) fn operate(&mut self, operation: &mut dyn Operation) {
        let content = self.content.as_widget_mut();
        content.operate(self.tree, self.layout, self.renderer, operation);
    }

    /// Where the content lies, and with it the whole.
    pub(super) fn bounds(&self) -> Rectangle {
        self.layout.bounds()
    }
}

impl<Message, Own: Adds<Message>> Widget<Message, Theme, Renderer> for Around<'_, Message, Own> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Own::State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Own::State::default())
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
        self.own.arranged(node)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<Own::State>();
        if let Some(child) = tree.children.first_mut() {
            let inside = Inside {
                content: &mut self.content,
                tree: child,
                layout,
                renderer,
            };
            self.own.operate(state, inside, operation);
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
        let state = tree.state.downcast_mut::<Own::State>();
        let Some(child) = tree.children.first_mut() else {
            return;
        };
        let translated = self.own.translated(state, event);
        let given = translated.as_ref().unwrap_or(event);
        let content = self.content.as_widget_mut();
        content.update(
            child, given, layout, cursor, renderer, clipboard, shell, viewport,
        );
        let inside = Inside {
            content: &mut self.content,
            tree: child,
            layout,
            renderer,
        };
        self.own.update(state, inside, event, cursor, shell);
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
        let state = tree.state.downcast_ref::<Own::State>();
        self.own
            .draw_behind(state, renderer, theme, layout.bounds());
        if let Some(child) = tree.children.first() {
            let content = self.content.as_widget();
            content.draw(child, renderer, theme, style, layout, cursor, viewport);
        }
        self.own.draw_above(state, renderer, layout.bounds());
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let child = tree.children.first();
        child.map_or(mouse::Interaction::None, |child| {
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

impl<'a, Message: 'a, Own: Adds<Message> + 'a> From<Around<'a, Message, Own>>
    for Element<'a, Message>
{
    fn from(around: Around<'a, Message, Own>) -> Self {
        Element::new(around)
    }
}
