//! Where everything on the page is, for whoever clicks in a window as a person does: a line on standard
//! input asks, and one of JSON on standard output answers. For tests; it tells only of recorded
//! computers, on which there is nothing to keep secret.

use super::Message;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable};
use iced::advanced::widget::{Id, operate};
use iced::futures::channel::mpsc::unbounded;
use iced::{Rectangle, Task, Vector};
use serde::Serialize;
use std::io::{Write, stdin, stdout};
use std::thread;

/// The left and the upper edge, the width and the height, in logical pixels of the window.
type Area = [f32; 4];

/// What is seen of a window, however large it is.
const WINDOW: Rectangle = Rectangle {
    x: 0.0,
    y: 0.0,
    width: 1e6,
    height: 1e6,
};

/// A text, or a control that has a name.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    /// What is written there, or the control's name.
    name: String,
    area: Area,
    /// What is seen of its surroundings: all else of it is scrolled away.
    seen: Area,
}

/// Whoever asks is heard until the end of standard input.
pub(super) fn listen() -> Task<Message> {
    let (asked, questions) = unbounded();
    let listen = move || {
        for _ in stdin().lines().map_while(Result::ok) {
            if asked.unbounded_send(Message::WhereIsWhat).is_err() {
                return;
            }
        }
    };
    let started = thread::Builder::new().spawn(listen);
    started.map_or_else(|_| Task::none(), |_| Task::stream(questions))
}

/// Answers once.
pub(super) fn tell() -> Task<Message> {
    operate(Places::default()).then(|places: Vec<Place>| {
        let mut out = stdout().lock();
        let written = serde_json::to_writer(&mut out, &places).map_err(Into::into);
        match written.and_then(|()| writeln!(out)) {
            Ok(()) => Task::none(),
            // Nobody is there to hear it.
            Err(_) => iced::exit(),
        }
    })
}

/// Looks at every widget.
pub(super) struct Places {
    found: Vec<Place>,
    /// What is seen, and how far it is scrolled, of what is around.
    around: Vec<(Rectangle, Vector)>,
    seen: Rectangle,
    scrolled: Vector,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            found: Vec::new(),
            around: Vec::new(),
            seen: WINDOW,
            scrolled: Vector::ZERO,
        }
    }
}

impl Places {
    /// What is told, without where it is.
    #[cfg(test)]
    pub(super) fn names(self) -> Vec<String> {
        self.found.into_iter().map(|place| place.name).collect()
    }

    fn add(&mut self, name: &str, bounds: Rectangle) {
        self.found.push(Place {
            name: name.to_owned(),
            area: area(bounds - self.scrolled),
            seen: area(self.seen),
        });
    }
}

const fn area(of: Rectangle) -> Area {
    [of.x, of.y, of.width, of.height]
}

impl Operation<Vec<Place>> for Places {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Vec<Place>>)) {
        self.around.push((self.seen, self.scrolled));
        operate(self);
        self.around.pop();
        // What scrolls said so before this, and for its own content only.
        let around = self.around.last().copied();
        (self.seen, self.scrolled) = around.unwrap_or((WINDOW, Vector::ZERO));
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        _: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        let seen = self.seen.intersection(&(bounds - self.scrolled));
        self.seen = seen.unwrap_or_default();
        self.scrolled += translation;
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, _: &mut dyn Focusable) {
        // A name has no other way out than how it is shown to developers, between quotation marks.
        let shown = id.map(|id| format!("{id:?}"));
        if let Some(name) = shown.as_ref().and_then(|shown| shown.split('"').nth(1)) {
            self.add(name, bounds);
        }
    }

    fn text(&mut self, _: Option<&Id>, bounds: Rectangle, text: &str) {
        self.add(text, bounds);
    }

    fn finish(&self) -> Outcome<Vec<Place>> {
        let found = self.found.iter().map(|place| Place {
            name: place.name.clone(),
            ..*place
        });
        Outcome::Some(found.collect())
    }
}
