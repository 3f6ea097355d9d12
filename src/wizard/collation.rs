//! How names are ordered and found: by their base letters, as the indexes of the languages have it.
//!
//! Latin letters count without what is above and below them (for German DIN 5007, 1), Arabic ones
//! without vowel signs and whatever the hamza sits on, kana without voicing, size and length (near
//! enough to JIS X 4061 for names).

use crate::i18n::Language;
use crate::location::{Name, Script};

/// What people leave out or write for an Arabic letter when they search.
const ARABIC: [(char, char); 7] = [
    ('أ', 'ا'),
    ('إ', 'ا'),
    ('آ', 'ا'),
    ('ؤ', 'و'),
    ('ئ', 'ي'),
    ('ى', 'ي'),
    ('ة', 'ه'),
];

/// Kana with a mark or of the small kind, and below each its plain one.
const MARKED_KANA: &str =
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴパピプペポァィゥェォッャュョヮ";
const PLAIN_KANA: &str = "カキクケコサシスセソタチツテトハヒフヘホウハヒフヘホアイウエオツヤユヨワ";

/// The plain kana that end in each vowel.
const VOWELS: [(char, &str); 5] = [
    ('ア', "アカサタナハマヤラワ"),
    ('イ', "イキシチニヒミリ"),
    ('ウ', "ウクスツヌフムユル"),
    ('エ', "エケセテネヘメレ"),
    ('オ', "オコソトノホモヨロ"),
];

/// From a hiragana to its katakana.
const TO_KATAKANA: u32 = 'ア' as u32 - 'あ' as u32;

/// A text's letters and digits without what sets their variants apart, in lower case; one blank for
/// every other sign but marks inside of words.
pub(crate) fn base_letters(text: &str) -> String {
    let mut base = String::with_capacity(text.len());
    for letter in text.chars() {
        match Script::of(letter) {
            Some(Script::Latin) => match deunicode::deunicode_char(letter) {
                Some(plain) => base.push_str(&plain.to_lowercase()),
                None => base.extend(letter.to_lowercase()),
            },
            Some(Script::Kana) => base.push(plain_kana(letter, base.chars().last())),
            Some(Script::Arabic) => base.extend(plain_arabic(letter)),
            _ if letter.is_alphanumeric() => base.extend(letter.to_lowercase()),
            // Nobody writes them when searching.
            _ if matches!(letter, '\'' | '’' | '.' | '-' | '_') => {}
            _ => base.push(' '),
        }
    }
    base
}

/// The plain katakana; for a mark of length the vowel of the kana before it.
fn plain_kana(kana: char, before: Option<char>) -> char {
    let katakana = match kana {
        'ぁ'..='ゖ' => char::from_u32(u32::from(kana) + TO_KATAKANA).unwrap_or(kana),
        'ー' => {
            let vowel = VOWELS
                .iter()
                .find(|(_, row)| before.is_some_and(|before| row.contains(before)));
            return vowel.map_or(kana, |(vowel, _)| *vowel);
        }
        _ => kana,
    };
    let mut pairs = MARKED_KANA.chars().zip(PLAIN_KANA.chars());
    let plain = pairs.find(|(marked, _)| *marked == katakana);
    plain.map_or(katakana, |(_, plain)| plain)
}

/// The letter that counts; none for marks on letters, for the bar that stretches, and for signs that
/// are no letters.
fn plain_arabic(letter: char) -> Option<char> {
    if matches!(letter, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}') || !letter.is_alphanumeric()
    {
        return None;
    }
    let variant = ARABIC.iter().find(|(variant, _)| *variant == letter);
    Some(variant.map_or(letter, |(_, plain)| *plain))
}

/// What names are sorted by in a language: its own script first, then the base letters, and where
/// these are the same, the letters as they are.
pub(crate) fn sort_key(language: Language, name: &Name) -> (bool, String, String) {
    let own_script = match language {
        Language::English | Language::German => [Script::Latin, Script::Latin],
        Language::Arabic => [Script::Arabic, Script::Arabic],
        Language::Japanese => [Script::Kana, Script::Han],
    };
    let script = Script::of_text(&name.reading);
    let foreign = script.is_none_or(|script| !own_script.contains(&script));
    (foreign, base_letters(&name.reading), name.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: Language, names: &[(&'static str, &'static str)]) -> Vec<&'static str> {
        let mut names: Vec<_> = names.to_vec();
        names.sort_by_key(|(text, reading)| {
            let name = Name {
                text: (*text).to_owned(),
                reading: (*reading).to_owned(),
            };
            sort_key(language, &name)
        });
        names.into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn umlauts_stand_with_their_base_letters() {
        let names = ["Zürich", "Zagreb", "Oslo", "Österreich", "Omsk", "Ürümqi"];
        let names = names.map(|name| (name, name));
        assert_eq!(
            sorted(Language::German, &names),
            ["Omsk", "Oslo", "Österreich", "Ürümqi", "Zagreb", "Zürich"]
        );
    }

    #[test]
    fn kana_are_in_the_order_of_the_fifty_sounds_and_kanji_where_they_are_read() {
        let names = [
            ("Boise", "Boise"),
            ("ドイツ語", "ドイツ語"),
            ("日本語", "ニホンゴ"),
            ("トルコ語", "トルコ語"),
            ("アルバ", "アルバ"),
            ("オーストリア", "オーストリア"),
            ("エジプト", "エジプト"),
        ];
        let own = [
            "アルバ",
            "エジプト",
            "オーストリア",
            "ドイツ語",
            "トルコ語",
            "日本語",
            "Boise",
        ];
        assert_eq!(sorted(Language::Japanese, &names), own);
    }

    #[test]
    fn what_differs_only_in_its_marks_is_the_same() {
        for (one, other) in [
            ("Österreich", "OSTERREICH"),
            ("São Tomé", "sao tome"),
            ("N’Djamena", "ndjamena"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("とうきょう", "トウキョウ"),
            ("ベルリン", "へるりん"),
            ("الأردن", "الاردن"),
            ("عمّان", "عمان"),
            ("Москва", "москва"),
            ("en_US", "enus"),
        ] {
            assert_eq!(base_letters(one), base_letters(other));
        }
        assert_eq!(base_letters("東京 (1)"), "東京  1 ");
        assert_eq!(MARKED_KANA.chars().count(), PLAIN_KANA.chars().count());
    }
}
