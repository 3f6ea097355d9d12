//! The hands of the person at the wizard: keys, clicks, and dragging.

use super::driver::Driver;
use iced::advanced::mouse;
use iced::advanced::widget::Id;
use iced::keyboard::{self, Key, Location, Modifiers, key};
use iced::{Event, Point};

impl Driver {
    /// Presses the key at a place, which writes `text` in this session.
    pub(super) fn press_code(&mut self, code: key::Code, text: &str) {
        self.press_code_with(code, text, Modifiers::empty());
    }

    /// The same with others held.
    pub(super) fn press_code_with(&mut self, code: key::Code, text: &str, modifiers: Modifiers) {
        let key = Key::Character(text.into());
        let event = keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key,
            physical_key: key::Physical::Code(code),
            location: Location::Standard,
            modifiers,
            text: Some(text.into()),
            repeat: false,
        };
        self.events(&held(modifiers, event), mouse::Cursor::Unavailable);
    }

    pub(super) fn press_with(&mut self, key: Key, modifiers: Modifiers) {
        let text = match &key {
            Key::Character(letter) => Some(letter.clone()),
            _ => None,
        };
        let event = keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key,
            physical_key: key::Physical::Unidentified(key::NativeCode::Unidentified),
            location: Location::Standard,
            modifiers,
            text: text.filter(|_| !modifiers.control()),
            repeat: false,
        };
        self.events(&held(modifiers, event), mouse::Cursor::Unavailable);
    }

    pub(super) fn press(&mut self, key: key::Named) {
        self.press_with(Key::Named(key), Modifiers::empty());
    }

    pub(super) fn write(&mut self, text: &str) {
        for letter in text.chars() {
            let key = Key::Character(letter.to_string().into());
            self.press_with(key, Modifiers::empty());
        }
    }

    /// Goes on with Tab until something has the focus.
    pub(super) fn tab_to(&mut self, id: impl Into<Id>) {
        let id = id.into();
        for _ in 0..80 {
            if self.focus().as_ref() == Some(&id) {
                return;
            }
            self.press(key::Named::Tab);
        }
        panic!("Tab does not reach {id:?} on {:?}", self.wizard.page);
    }

    /// Presses at one place, moves over others, and lets go at the last.
    pub(super) fn drag(&mut self, from: Point, over: &[Point]) {
        let button = mouse::Button::Left;
        let moved = |position| Event::Mouse(mouse::Event::CursorMoved { position });
        let pressed = Event::Mouse(mouse::Event::ButtonPressed(button));
        self.events(&[moved(from), pressed], mouse::Cursor::Available(from));
        let mut last = from;
        for place in over {
            self.events(&[moved(*place)], mouse::Cursor::Available(*place));
            last = *place;
        }
        let released = Event::Mouse(mouse::Event::ButtonReleased(button));
        self.events(&[released], mouse::Cursor::Available(last));
    }

    /// Clicks on a text.
    pub(super) fn click(&mut self, text: &'static str) {
        let place = self.find(text);
        self.click_at(place);
    }

    /// Clicks into a field, and writes.
    pub(super) fn fill(&mut self, field: &'static str, text: &str) {
        let place = self.bounds(field).center();
        self.click_at(place);
        self.write(text);
    }

    pub(super) fn click_at(&mut self, place: Point) {
        let button = mouse::Button::Left;
        let events = [
            Event::Mouse(mouse::Event::CursorMoved { position: place }),
            Event::Mouse(mouse::Event::ButtonPressed(button)),
            Event::Mouse(mouse::Event::ButtonReleased(button)),
        ];
        self.events(&events, mouse::Cursor::Available(place));
    }
}

/// What a window tells of a key while others are held: fields know of those from when they went down.
fn held(modifiers: Modifiers, key: keyboard::Event) -> Vec<Event> {
    let change = |now| keyboard::Event::ModifiersChanged(now);
    let events = match modifiers.is_empty() {
        true => vec![key],
        false => vec![change(modifiers), key, change(Modifiers::empty())],
    };
    events.into_iter().map(Event::Keyboard).collect()
}
