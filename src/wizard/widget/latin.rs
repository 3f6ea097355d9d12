//! Shortcuts on every keyboard: with a layout whose letters are not Latin, a key with Ctrl means the
//! Latin letter that stands at its place. With a Latin layout the letter counts, wherever it is.

use iced::Event;
use iced::keyboard::{self, Key};

/// A key that was pressed together with Ctrl, with the letter that shortcuts know it by; it writes
/// nothing.
pub(super) fn with_latin_letter(event: &Event) -> Option<Event> {
    let Event::Keyboard(pressed) = event else {
        return None;
    };
    let mut pressed = pressed.clone();
    let keyboard::Event::KeyPressed {
        key,
        modified_key,
        physical_key,
        modifiers,
        text,
        ..
    } = &mut pressed
    else {
        return None;
    };
    if !modifiers.command() {
        return None;
    }
    let letter = key.to_latin(*physical_key)?.to_lowercase();
    *key = Key::Character(letter.to_string().into());
    *modified_key = key.clone();
    *text = None;
    Some(Event::Keyboard(pressed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::keyboard::key::{Code, Physical};
    use iced::keyboard::{Location, Modifiers};

    fn pressed(code: Code, letter: &str, modifiers: Modifiers) -> Event {
        let key = Key::Character(letter.into());
        Event::Keyboard(keyboard::Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: Physical::Code(code),
            location: Location::Standard,
            modifiers,
            text: Some(letter.into()),
            repeat: false,
        })
    }

    #[test]
    fn a_key_has_the_letter_of_its_layout_or_the_latin_one_of_its_place() {
        let found = |code, letter| {
            let event = with_latin_letter(&pressed(code, letter, Modifiers::COMMAND));
            match event.unwrap() {
                Event::Keyboard(keyboard::Event::KeyPressed { key, text, .. }) => {
                    assert_eq!(text, None);
                    key
                }
                other => panic!("{other:?}"),
            }
        };
        for letter in ["م", "д", "λ", "ך"] {
            assert_eq!(found(Code::KeyL, letter), Key::Character("l".into()));
        }
        // Dvorak has its L where others have P.
        assert_eq!(found(Code::KeyP, "l"), Key::Character("l".into()));
        assert_eq!(found(Code::KeyL, "n"), Key::Character("n".into()));
        // With Caps Lock on.
        assert_eq!(found(Code::KeyL, "L"), Key::Character("l".into()));
    }

    #[test]
    fn without_ctrl_a_key_writes_what_it_writes() {
        let plain = pressed(Code::KeyL, "م", Modifiers::SHIFT);
        assert_eq!(with_latin_letter(&plain), None);
    }
}
