//! What layouts and variants are called in the languages of the wizard, other than English.
//!
//! xkeyboard-config puts its descriptions together from phrases: `German (Austria, no dead keys)`.
//! `assets/keyboard/names.de.tsv` and its sisters, written by hand, have the phrases, so that most of
//! what a later release brings is translated already. A phrase without a translation is a name that
//! stays; countries are named by `location`. Where kanji come first, a third field says in kana how
//! the phrase is read.

use super::{Layout, Variant};
use crate::location::{Glossary, Name, countries};
use crate::packed::packed;
use std::sync::LazyLock;

static ARABIC: LazyLock<Glossary> =
    LazyLock::new(|| Glossary::read(packed!("assets/keyboard/names.ar.tsv").kept()));
static GERMAN: LazyLock<Glossary> =
    LazyLock::new(|| Glossary::read(packed!("assets/keyboard/names.de.tsv").kept()));
static JAPANESE: LazyLock<Glossary> =
    LazyLock::new(|| Glossary::read(packed!("assets/keyboard/names.ja.tsv").kept()));

/// The phrases of a language, and what stands between two of them.
fn glossary(language: &str) -> Option<(&'static Glossary, &'static str)> {
    match language {
        "ar" => Some((&ARABIC, "، ")),
        "de" => Some((&GERMAN, ", ")),
        "ja" => Some((&JAPANESE, "、")),
        _ => None,
    }
}

impl Layout {
    /// What it is called in a language (ISO 639), phrase by phrase; else in English.
    pub fn name_in(&self, language: &str) -> Name {
        translated(self.description, language)
    }
}

impl Variant {
    /// What it is called in a language (ISO 639), phrase by phrase; else in English.
    pub fn name_in(&self, language: &str) -> Name {
        translated(self.description, language)
    }
}

fn translated(description: &str, language: &str) -> Name {
    let Some((glossary, separator)) = glossary(language) else {
        return Name::from(description);
    };
    let phrase = |english: &str| phrase(glossary, language, english);
    let (head, details) = phrases(description);
    let mut name = phrase(head);
    for (index, detail) in details.iter().enumerate() {
        let before = if index == 0 { " (" } else { separator };
        let detail = phrase(detail);
        name.text.extend([before, &detail.text]);
        name.reading.extend([before, &detail.reading]);
    }
    if !details.is_empty() {
        name.text.push(')');
    }
    name
}

/// What comes before the brackets, and what is in them.
fn phrases(description: &str) -> (&str, Vec<&str>) {
    let bracketed = description.strip_suffix(')').unwrap_or_default();
    match bracketed.split_once(" (") {
        Some((head, details)) => (head, details.split(", ").collect()),
        None => (description, Vec::new()),
    }
}

fn phrase(glossary: &Glossary, language: &str, english: &str) -> Name {
    let country = || {
        let country = countries().iter().find(|country| country.name == english);
        country.map(|country| Name::from(country.name_in(language)))
    };
    let name = glossary.get(english).or_else(country);
    name.unwrap_or_else(|| Name::from(english))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyboard::layouts;
    use crate::location::{Script, rows};
    use std::collections::{BTreeMap, BTreeSet, HashSet};

    const TABLES: [(&str, &str); 3] = [
        ("ar", include_str!("../../assets/keyboard/names.ar.tsv")),
        ("de", include_str!("../../assets/keyboard/names.de.tsv")),
        ("ja", include_str!("../../assets/keyboard/names.ja.tsv")),
    ];

    /// Layouts, and with `variants` these, too.
    fn descriptions(variants: bool) -> impl Iterator<Item = &'static str> {
        layouts().iter().flat_map(move |layout| {
            let variants = layout.variants.iter().filter(move |_| variants);
            std::iter::once(layout.description).chain(variants.map(|variant| variant.description))
        })
    }

    /// Every phrase of some descriptions, but countries.
    fn phrases_of(descriptions: impl Iterator<Item = &'static str>) -> BTreeSet<&'static str> {
        let countries: HashSet<_> = countries().iter().map(|country| country.name).collect();
        let all = descriptions.flat_map(|description| {
            let (head, details) = phrases(description);
            std::iter::once(head).chain(details)
        });
        all.filter(|phrase| !countries.contains(phrase)).collect()
    }

    #[test]
    fn german_has_every_phrase_and_the_others_those_of_the_plain_layouts() {
        let every = phrases_of(descriptions(true));
        for (language, table) in TABLES {
            let own: Vec<_> = rows(table).map(|[english]| english).collect();
            assert!(own.is_sorted_by(|a, b| a < b), "{language}");
            let own: BTreeSet<_> = own.into_iter().collect();
            let stale: Vec<_> = own.difference(&every).collect();
            assert!(stale.is_empty(), "{language}: {stale:?}");
            let wanted = phrases_of(descriptions(language == "de"));
            let lacking: Vec<_> = wanted.difference(&own).collect();
            assert!(lacking.is_empty(), "{language}: {lacking:?}");
        }
    }

    #[test]
    fn no_two_descriptions_become_one() {
        for (language, _) in TABLES {
            let mut names: BTreeMap<String, &str> = BTreeMap::new();
            for english in descriptions(true) {
                let name = translated(english, language).text;
                let before = names.insert(name.clone(), english);
                assert!(before.is_none_or(|b| b == english), "{language}: {name}");
            }
        }
    }

    #[test]
    fn kanji_that_come_first_are_read_in_kana() {
        for english in descriptions(true) {
            let name = translated(english, "ja");
            assert_ne!(
                Script::of_text(&name.reading),
                Some(Script::Han),
                "{name:?}"
            );
        }
        for (language, table) in TABLES {
            for [english, name, reading] in rows(table) {
                assert!(
                    name.trim() == name && reading.trim() == reading,
                    "{english}"
                );
                let in_kana = |c| Script::of(c) == Some(Script::Kana);
                assert!(reading.chars().all(in_kana), "{language}: {english}");
            }
        }
    }

    #[test]
    fn names_are_put_together_from_phrases() {
        let name = |layout: &str, variant: &str, language: &str| {
            let layout = crate::keyboard::layout(layout).unwrap();
            match variant {
                "" => layout.name_in(language).text,
                variant => layout.variant(variant).unwrap().name_in(language).text,
            }
        };
        let austrian = "Deutsch (Österreich, ohne Tottasten)";
        assert_eq!(name("at", "nodeadkeys", "de"), austrian);
        assert_eq!(name("de", "neo", "de"), "Deutsch (Neo 2)");
        assert_eq!(name("de", "neo", "en"), "German (Neo 2)");
        assert_eq!(name("de", "neo", "fr"), "German (Neo 2)");
        assert_eq!(name("jp", "", "ja"), "日本語");
        assert_eq!(name("ca", "fr-dvorak", "ja"), "フランス語 (カナダ、Dvorak)");
        assert_eq!(name("eg", "", "ar"), "العربية (مصر)");
    }
}
