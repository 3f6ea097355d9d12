//! The program's own fonts, and no others: scanning those of the system would cost most of the
//! start and of the memory. One scan is left, which nobody can turn off: the toolkit's SVG renderer
//! looks at the system's fonts once for each window, when it sees the first drawing
//! (`iced_tiny_skia` 0.14, `vector.rs`). Our drawings have no text, and use none of them.

use crate::packed::{Packed, packed};
use iced::Font;
use iced::advanced::graphics::text::{cosmic_text, font_system};
use iced::font::{Family, Weight};
use std::collections::HashSet;
use std::sync::{Arc, LazyLock, Once, PoisonError};

/// Text.
pub(crate) const TEXT: Font = Font::with_name("Inter");

/// Titles and what is chosen.
pub(crate) const STRONG: Font = Font {
    weight: Weight::Semibold,
    ..TEXT
};

/// Code and logs.
pub(crate) const CODE: Font = Font {
    family: Family::Name("JetBrains Mono"),
    ..Font::DEFAULT
};

/// Where a script has more than one family, the first that has a letter draws it.
static FILES: LazyLock<[Vec<u8>; 7]> = LazyLock::new(|| {
    let files = [
        packed!("assets/fonts/Inter-Regular.otf"),
        packed!("assets/fonts/Inter-SemiBold.otf"),
        packed!("assets/fonts/JetBrainsMono-Regular.ttf"),
        packed!("assets/fonts/NotoSansArabic-Regular.ttf"),
        packed!("assets/fonts/NotoSansArabic-SemiBold.ttf"),
        packed!("assets/fonts/NotoSansCJKjp-Regular.otf"),
        packed!("assets/fonts/NotoSansCJKjp-SemiBold.otf"),
    ];
    files.map(Packed::bytes)
});

/// What the family for a script is chosen by; of ours only the Japanese one depends on it.
const LOCALE: &str = "ja";

/// Every letter that some font of ours has.
static LETTERS: LazyLock<HashSet<char>> = LazyLock::new(|| letters(|_| true));

/// Whether our fonts have every letter of a text.
pub(crate) fn can_draw(text: &str) -> bool {
    let drawn = |c: char| c.is_whitespace() || c.is_control() || LETTERS.contains(&c);
    text.chars().all(drawn)
}

/// The letters of the faces whose weight is among the wanted ones.
fn letters(is_wanted: impl Fn(cosmic_text::Weight) -> bool) -> HashSet<char> {
    let mut system = cosmic_text::FontSystem::new_with_locale_and_db(LOCALE.to_owned(), database());
    let faces = system.db().faces().filter(|f| is_wanted(f.weight));
    let faces: Vec<_> = faces.map(|f| (f.id, f.weight)).collect();
    let mut letters = HashSet::new();
    for (id, weight) in faces {
        if let Some(font) = system.get_font(id, weight) {
            let charmap = font.as_swash().charmap();
            charmap.enumerate(|letter, _| letters.extend(char::from_u32(letter)));
        }
    }
    letters
}

/// Puts our fonts in the place of the system's, for the whole process; once is enough.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(replace);
}

fn database() -> cosmic_text::fontdb::Database {
    let mut database = cosmic_text::fontdb::Database::new();
    for file in FILES.iter() {
        let source = cosmic_text::fontdb::Source::Binary(Arc::new(file.as_slice()));
        database.load_font_source(source);
    }
    database.set_sans_serif_family("Inter");
    database.set_monospace_family("JetBrains Mono");
    database
}

fn replace() {
    let fonts = cosmic_text::FontSystem::new_with_locale_and_db(LOCALE.to_owned(), database());
    // A poisoned lock holds a usable database: nothing here leaves it half written.
    let mut system = font_system()
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    *system.raw() = fonts;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};
    use crate::keyboard::layouts;
    use crate::location::{countries, zones};

    /// Every text of the wizard in a language, and every name that its lists show.
    fn all_texts(language: Language) -> String {
        let tag = language.tag();
        let mut all = vec![Texts::source(language).to_owned()];
        all.extend(countries().iter().map(|c| c.name_in(tag).to_owned()));
        all.extend(zones().iter().map(|zone| zone.town_in(tag).text));
        for layout in layouts() {
            all.push(layout.name_in(tag).text);
            all.extend(
                layout
                    .variants
                    .iter()
                    .map(|variant| variant.name_in(tag).text),
            );
        }
        all.concat()
    }

    #[test]
    fn every_font_is_there_in_every_weight_that_is_asked_for() {
        let database = database();
        let faces: Vec<_> = database
            .faces()
            .map(|face| {
                let family = face.families.first().map(|(name, _)| name.as_str());
                (family.unwrap_or_default().to_owned(), face.weight.0)
            })
            .collect();
        let wanted = [
            ("Inter", 400),
            ("Inter", 600),
            ("JetBrains Mono", 400),
            // The names that the text engine looks for, script by script.
            ("Noto Sans Arabic", 400),
            ("Noto Sans Arabic", 600),
            ("Noto Sans CJK JP", 400),
            ("Noto Sans CJK JP", 600),
        ];
        for (family, weight) in wanted {
            assert!(faces.contains(&(family.to_owned(), weight)), "{faces:?}");
        }
        assert_eq!(faces.len(), wanted.len());
    }

    #[test]
    fn no_letter_of_a_text_falls_out_of_its_weight() {
        for weight in [cosmic_text::Weight::NORMAL, cosmic_text::Weight::SEMIBOLD] {
            let has = letters(|own| own == weight);
            for language in Language::ALL {
                let lacking: HashSet<_> = all_texts(language)
                    .chars()
                    .filter(|c| !c.is_control() && !has.contains(c))
                    .collect();
                assert!(lacking.is_empty(), "{language:?} {weight:?}: {lacking:?}");
            }
        }
    }

    #[test]
    fn every_letter_of_every_text_can_be_drawn() {
        for language in Language::ALL {
            for letter in all_texts(language).chars() {
                assert!(can_draw(&letter.to_string()), "{language:?}: {letter:?}");
            }
        }
        assert!(!can_draw("ไทย") && can_draw("Zoë Ψ Ж عربي 日本語 ガ"));
    }
}
