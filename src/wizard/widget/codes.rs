//! Which key of a layout a real key is: by where it lies, not by what it says.

use crate::keyboard::Key;
use iced::keyboard::key::Code;

/// The W3C's codes (UI Events KeyboardEvent code Values) and XKB's names, the keys that type.
const CODES: [(Code, &str); 51] = [
    (Code::Backquote, "TLDE"),
    (Code::Digit1, "AE01"),
    (Code::Digit2, "AE02"),
    (Code::Digit3, "AE03"),
    (Code::Digit4, "AE04"),
    (Code::Digit5, "AE05"),
    (Code::Digit6, "AE06"),
    (Code::Digit7, "AE07"),
    (Code::Digit8, "AE08"),
    (Code::Digit9, "AE09"),
    (Code::Digit0, "AE10"),
    (Code::Minus, "AE11"),
    (Code::Equal, "AE12"),
    (Code::IntlYen, "AE13"),
    (Code::KeyQ, "AD01"),
    (Code::KeyW, "AD02"),
    (Code::KeyE, "AD03"),
    (Code::KeyR, "AD04"),
    (Code::KeyT, "AD05"),
    (Code::KeyY, "AD06"),
    (Code::KeyU, "AD07"),
    (Code::KeyI, "AD08"),
    (Code::KeyO, "AD09"),
    (Code::KeyP, "AD10"),
    (Code::BracketLeft, "AD11"),
    (Code::BracketRight, "AD12"),
    (Code::KeyA, "AC01"),
    (Code::KeyS, "AC02"),
    (Code::KeyD, "AC03"),
    (Code::KeyF, "AC04"),
    (Code::KeyG, "AC05"),
    (Code::KeyH, "AC06"),
    (Code::KeyJ, "AC07"),
    (Code::KeyK, "AC08"),
    (Code::KeyL, "AC09"),
    (Code::Semicolon, "AC10"),
    (Code::Quote, "AC11"),
    (Code::Backslash, "BKSL"),
    (Code::IntlBackslash, "LSGT"),
    (Code::KeyZ, "AB01"),
    (Code::KeyX, "AB02"),
    (Code::KeyC, "AB03"),
    (Code::KeyV, "AB04"),
    (Code::KeyB, "AB05"),
    (Code::KeyN, "AB06"),
    (Code::KeyM, "AB07"),
    (Code::Comma, "AB08"),
    (Code::Period, "AB09"),
    (Code::Slash, "AB10"),
    (Code::IntlRo, "AB11"),
    (Code::Space, "SPCE"),
];

/// The key of a layout, if it is one that types.
pub(super) fn key_of(code: Code) -> Option<Key> {
    let (_, name) = CODES.iter().find(|(known, _)| *known == code)?;
    Key::named(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_key_that_types_is_reached_once() {
        let keys: BTreeSet<Key> = CODES.iter().filter_map(|(code, _)| key_of(*code)).collect();
        assert_eq!(keys, Key::all().collect());
        assert_eq!(key_of(Code::Enter), None);
    }
}
