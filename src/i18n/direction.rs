//! Values from left to right in texts from right to left: a name, a size or a path keeps its own order,
//! and what stands around it keeps the order of the text.
//!
//! Unicode has isolates for it. The text engine (cosmic-text 0.15) loses the letter that follows one, so
//! marks without width stand in their place: inside of them the value, outside the text.

use crate::location::Script;

/// Counts as a letter from left to right.
pub(crate) const LEFT_TO_RIGHT_MARK: char = '\u{200e}';

/// Counts as a letter from right to left.
const RIGHT_TO_LEFT_MARK: char = '\u{200f}';

/// Whether it says a direction and is nothing else.
pub(crate) const fn is_mark(letter: char) -> bool {
    matches!(letter, LEFT_TO_RIGHT_MARK | RIGHT_TO_LEFT_MARK)
}

/// Whether a letter is of a script that is written from right to left.
pub(crate) fn is_right_to_left(letter: char) -> bool {
    let script = Script::of(letter);
    letter == RIGHT_TO_LEFT_MARK
        || matches!(
            script,
            Some(Script::Arabic | Script::Hebrew | Script::Syriac | Script::Thaana)
        )
}

/// A value to be put into a text from right to left; one that has letters of such a script is a part of
/// the text as it is.
pub(super) fn apart(value: &str) -> String {
    match value.chars().any(is_right_to_left) {
        true => value.to_owned(),
        false => [RIGHT_TO_LEFT_MARK, LEFT_TO_RIGHT_MARK]
            .into_iter()
            .chain(value.chars())
            .chain([LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK])
            .collect(),
    }
}

/// A date, and then a time. Where one is written from right to left, so is their order: two numbers with only
/// blanks between them would be read from left to right.
pub(crate) fn date_and_time(date: &str, time: &str) -> String {
    let is_reversed = date.chars().chain(time.chars()).any(is_right_to_left);
    let between = if is_reversed {
        "\u{200f}  \u{200f}"
    } else {
        "  "
    };
    [date, between, time].concat()
}

/// A text without the marks that stand at letters which do the same.
pub(super) fn without_needless_marks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let next = rest.trim_start().chars().next();
        // A comma or a question mark of theirs is drawn only at the head of its word.
        let does_the_same = |c: char| c != RIGHT_TO_LEFT_MARK && is_right_to_left(c);
        let needless = next.is_some_and(does_the_same);
        if letter != RIGHT_TO_LEFT_MARK || !needless {
            kept.push(letter);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_value_is_told_apart_and_an_arabic_one_is_not() {
        assert_eq!(
            apart("/boot (1)"),
            "\u{200f}\u{200e}/boot (1)\u{200e}\u{200f}"
        );
        assert_eq!(apart("القسم 1"), "القسم 1");
        let phrase = format!("{}: {}", apart("ntfs"), apart("Windows"));
        assert_eq!(apart(&phrase), phrase, "its marks say where it belongs");
    }

    #[test]
    fn a_time_stands_after_its_date_in_the_order_of_the_script() {
        assert_eq!(date_and_time("27.11.2026", "06:20"), "27.11.2026  06:20");
        let arabic = "27 نوف, 2026\u{200f}  \u{200f}06:20:00 م";
        assert_eq!(date_and_time("27 نوف, 2026", "06:20:00 م"), arabic);
    }

    #[test]
    fn a_mark_beside_arabic_letters_is_needless() {
        let text = format!("هل يُمحى {}؟", apart("SSD"));
        assert_eq!(
            without_needless_marks(&text),
            "هل يُمحى \u{200f}\u{200e}SSD\u{200e}؟"
        );
        let text = format!("{}: {} وحجمه", apart("sda"), apart("1 GiB"));
        let clean = "\u{200f}\u{200e}sda\u{200e}\u{200f}: \u{200f}\u{200e}1 GiB\u{200e} وحجمه";
        assert_eq!(without_needless_marks(&text), clean);
    }
}
