//! Keys that write what a chosen layout gives, whatever layout the session has.
//!
//! The installer does not change the session's layout. A password is typed once more where the new
//! system asks for it, mostly unseen and with the chosen layout: so the same keys must give the same
//! password here. What is pasted stays as it is.

use super::around::{Adds, Around};
use super::codes::key_of;
use crate::keyboard::{Level, Picture, Sign, with_accent};
use crate::wizard::Element;
use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{self, Key};
use iced::{Event, mouse, window};

/// What keys give in a field; without a picture what they give in the session.
struct ByLayout(Option<Picture>);

/// A field whose keys give what `keys` says.
pub(crate) fn by_layout<'a, Message: 'a>(
    field: impl Into<Element<'a, Message>>,
    keys: Option<Picture>,
) -> Element<'a, Message> {
    let around = Around {
        content: field.into(),
        own: ByLayout(keys),
    };
    around.into()
}

impl<Message> Adds<Message> for ByLayout {
    type State = Held;

    fn translated(&self, held: &mut Held, event: &Event) -> Option<Event> {
        held.translated(self.0.as_ref()?, event)
    }
}

/// What keys before this one mean for it.
#[derive(Default)]
struct Held {
    alt_gr: bool,
    caps_lock: bool,
    /// The accent of a dead key, for the next letter.
    accent: Option<char>,
}

impl Held {
    /// What the event is with these keys, where that differs.
    fn translated(&mut self, keys: &Picture, event: &Event) -> Option<Event> {
        match event {
            Event::Keyboard(keyboard::Event::KeyReleased { physical_key, .. })
                if *physical_key == Code::AltRight =>
            {
                self.alt_gr = false;
                None
            }
            Event::Mouse(mouse::Event::ButtonPressed(_)) => {
                self.accent = None;
                None
            }
            Event::Window(window::Event::Unfocused) => {
                (self.alt_gr, self.accent) = (false, None);
                None
            }
            Event::Keyboard(pressed @ keyboard::Event::KeyPressed { .. }) => {
                let text = self.text(keys, pressed)?;
                let mut translated = pressed.clone();
                if let keyboard::Event::KeyPressed { text: written, .. } = &mut translated {
                    *written = text.map(|letter| letter.to_string().into());
                }
                Some(Event::Keyboard(translated))
            }
            _ => None,
        }
    }

    /// What a key writes, which may be nothing; none where it is no key that types.
    #[expect(clippy::option_option, reason = "a dead key writes nothing by itself")]
    fn text(&mut self, keys: &Picture, pressed: &keyboard::Event) -> Option<Option<char>> {
        let keyboard::Event::KeyPressed {
            key,
            physical_key: Physical::Code(code),
            modifiers,
            text,
            ..
        } = pressed
        else {
            return None;
        };
        self.alt_gr |= *code == Code::AltRight;
        if let Key::Named(Named::CapsLock) = key {
            self.caps_lock = !self.caps_lock;
        }
        if let Key::Named(Named::Tab | Named::Enter | Named::Backspace | Named::Escape) = key {
            self.accent = None;
        }
        let left_alt = modifiers.alt() && !self.alt_gr;
        let typed = key_of(*code).filter(|_| !modifiers.command() && !modifiers.logo());
        let typed = typed.filter(|_| !left_alt)?;
        let shift = modifiers.shift();
        // Whether Caps Lock is on shows in what the session writes, where that is a letter.
        if let Some(letter) = text.as_ref().and_then(|text| text.chars().next())
            && letter.is_lowercase() != letter.is_uppercase()
        {
            self.caps_lock = letter.is_uppercase() != shift;
        }
        let level = match (shift, self.alt_gr) {
            (false, false) => Level::Plain,
            (true, false) => Level::Shift,
            (false, true) => Level::AltGr,
            (true, true) => Level::ShiftAltGr,
        };
        let before = self.accent.take();
        Some(match (keys.sign(typed, level), before) {
            (Sign::Character(letter), before) => {
                let letter = match self.caps_lock {
                    true => other_case(letter),
                    false => letter,
                };
                before.map_or(Some(letter), |accent| with_accent(accent, letter))
            }
            (Sign::Dead(accent), Some(before)) if accent == before => Some(accent),
            (Sign::Dead(accent), _) => {
                self.accent = Some(accent);
                None
            }
            (Sign::Compose | Sign::Nothing, _) => None,
        })
    }
}

/// The capital of a small letter and the reverse, as far as that is one letter.
fn other_case(letter: char) -> char {
    let other = match letter.is_lowercase() {
        true => only(letter.to_uppercase()),
        false => only(letter.to_lowercase()),
    };
    other.unwrap_or(letter)
}

/// The one letter, where it is one.
fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    match (letters.next(), letters.next()) {
        (only, None) => only,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyboard::picture;
    use iced::keyboard::{Location, Modifiers};

    fn key(code: Code, session: &str, modifiers: Modifiers) -> Event {
        let key = match code {
            Code::CapsLock => Key::Named(Named::CapsLock),
            _ => Key::Character(session.into()),
        };
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key,
            physical_key: Physical::Code(code),
            location: Location::Standard,
            modifiers,
            text: (!session.is_empty()).then(|| session.into()),
            repeat: false,
        })
    }

    /// What these keys write with a German layout in a session with a US one.
    fn german(pressed: &[(Code, &str, Modifiers)]) -> String {
        let keys = picture("de", None).unwrap();
        let mut held = Held::default();
        let mut all = String::new();
        for (code, session, modifiers) in pressed {
            let event = key(*code, session, *modifiers);
            let event = held.translated(&keys, &event).unwrap_or(event);
            if let Event::Keyboard(keyboard::Event::KeyPressed { text, .. }) = event {
                all.extend(text.iter().flat_map(|text| text.chars()));
            }
        }
        all
    }

    #[test]
    fn each_key_gives_what_the_layout_says_with_shift_alt_gr_and_caps_lock() {
        const NONE: Modifiers = Modifiers::empty();
        let (shift, alt) = (Modifiers::SHIFT, Modifiers::ALT);
        assert_eq!(
            german(&[(Code::KeyY, "y", NONE), (Code::KeyZ, "Z", shift)]),
            "zY"
        );
        let at = [(Code::AltRight, "", alt), (Code::KeyQ, "q", alt)];
        assert_eq!(german(&at), "@");
        // The session shows Caps Lock in its letters; a key that has one here alone follows.
        let caps = [(Code::KeyY, "Y", NONE), (Code::Semicolon, ";", NONE)];
        assert_eq!(german(&caps), "ZÖ");
        let caps = [(Code::CapsLock, "", NONE), (Code::Semicolon, ";", NONE)];
        assert_eq!(german(&caps), "Ö");
        // With Control they are no letters, and the numbers at the side are the same everywhere.
        assert_eq!(german(&[(Code::KeyY, "", Modifiers::CTRL)]), "");
        assert_eq!(german(&[(Code::Numpad7, "7", NONE)]), "7");
    }

    #[test]
    fn dead_keys_wait_for_their_letter() {
        const NONE: Modifiers = Modifiers::empty();
        let acute = (Code::Equal, "=", NONE);
        assert_eq!(german(&[acute]), "");
        assert_eq!(german(&[acute, (Code::KeyE, "e", NONE)]), "é");
        assert_eq!(german(&[acute, (Code::Space, " ", NONE)]), "'");
        assert_eq!(german(&[acute, acute, (Code::KeyE, "e", NONE)]), "´e");
        // No letter is made of the two, as nowhere else.
        assert_eq!(german(&[acute, (Code::Digit1, "1", NONE)]), "");
    }
}
