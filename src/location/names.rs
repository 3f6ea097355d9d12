//! What countries and towns are called in the languages of the wizard, other than English.
//!
//! A table for each language in `assets/location/`, written by hand: `names.de.tsv` and its sisters
//! have the countries by code, then the towns by time zone, those only whose name is another than in
//! English. Where a name is written with kanji, a third field says in kana how it is read.

use super::{Country, Zone, country, locales, rows};
use crate::packed::packed;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A name, as it is written and as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As people write it.
    pub text: String,
    /// What it is ordered by: kana for kanji, else the text itself.
    pub reading: String,
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            reading: text.to_owned(),
        }
    }
}

/// The names of one language, by what they are names of.
pub(crate) struct Glossary(HashMap<&'static str, [&'static str; 2]>);

impl Glossary {
    /// Reads a table of what is named, its name, and how that is read. A name that is left out is the
    /// same as what it names.
    pub(crate) fn read(table: &'static str) -> Self {
        let named = rows(table).map(|[key, text, reading]| {
            let text = if text.is_empty() { key } else { text };
            let reading = if reading.is_empty() { text } else { reading };
            (key, [text, reading])
        });
        Self(named.collect())
    }

    /// The name of something.
    pub(crate) fn get(&self, key: &str) -> Option<Name> {
        let [text, reading] = self.0.get(key)?;
        Some(Name {
            text: (*text).to_owned(),
            reading: (*reading).to_owned(),
        })
    }

    fn text(&self, key: &str) -> Option<&'static str> {
        self.0.get(key).map(|[text, _]| *text)
    }
}

static ARABIC: LazyLock<Glossary> =
    LazyLock::new(|| Glossary::read(packed!("assets/location/names.ar.tsv").kept()));
static GERMAN: LazyLock<Glossary> =
    LazyLock::new(|| Glossary::read(packed!("assets/location/names.de.tsv").kept()));
static JAPANESE: LazyLock<Glossary> =
    LazyLock::new(|| Glossary::read(packed!("assets/location/names.ja.tsv").kept()));

fn glossary(language: &str) -> Option<&'static Glossary> {
    match language {
        "ar" => Some(&ARABIC),
        "de" => Some(&GERMAN),
        "ja" => Some(&JAPANESE),
        _ => None,
    }
}

impl Country {
    /// Its name in a language (ISO 639): one of the wizard's, or, as far as glibc knows it, one that
    /// is spoken in the country; else in English.
    pub fn name_in(&self, language: &str) -> &'static str {
        let written = glossary(language).and_then(|names| names.text(self.code));
        let spoken_there = || {
            let own = |l: &&super::Locale| l.country == self.code && l.language == language;
            locales().iter().find(own).map(|locale| locale.own_country)
        };
        written.or_else(spoken_there).unwrap_or(self.name)
    }
}

/// The name of a country in a language, as [`Country::name_in`] gives it.
pub fn country_name(code: &str, language: &str) -> Option<&'static str> {
    country(code).map(|country| country.name_in(language))
}

impl Zone {
    /// The town in its name, as people who read a language (ISO 639) call it; else in English.
    pub fn town_in(&self, language: &str) -> Name {
        let name = glossary(language).and_then(|names| names.get(self.name));
        name.unwrap_or_else(|| Name::from(self.town().as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::{Script, countries, zones};

    const TABLES: [(&str, &str); 3] = [
        ("ar", include_str!("../../assets/location/names.ar.tsv")),
        ("de", include_str!("../../assets/location/names.de.tsv")),
        ("ja", include_str!("../../assets/location/names.ja.tsv")),
    ];

    #[test]
    fn every_country_and_nothing_that_does_not_exist_has_a_name_in_each_language() {
        for (language, table) in TABLES {
            let keys = rows(table).map(|[key]| key);
            let (towns, codes): (Vec<_>, Vec<_>) = keys.partition(|key| key.contains('/'));
            let known: Vec<_> = countries().iter().map(|country| country.code).collect();
            assert_eq!(codes, known, "{language}");
            assert!(towns.is_sorted_by(|a, b| a < b), "{language}");
            for [key, name] in rows(table).filter(|[key, _]| key.contains('/')) {
                let zone = zones().iter().find(|zone| zone.name == key);
                let zone = zone.unwrap_or_else(|| panic!("{language}: no zone {key}"));
                assert_ne!(zone.town(), name, "{language}: {key} needs no row");
            }
        }
    }

    #[test]
    fn names_are_of_the_script_of_their_language_and_kanji_are_read_in_kana() {
        for (language, table) in TABLES {
            for [key, name, reading] in rows(table) {
                assert!(!name.is_empty(), "{language}: {key}");
                assert!(name.trim() == name && reading.trim() == reading, "{key}");
                let script = Script::of_text(name).unwrap();
                match language {
                    "ar" => assert_eq!(script, Script::Arabic, "{key}"),
                    "de" => assert_eq!(script, Script::Latin, "{key}"),
                    _ => assert!(matches!(script, Script::Kana | Script::Han), "{key}"),
                }
                // The countries are not ordered by their names anywhere.
                let is_read = script == Script::Han && key.contains('/');
                assert_eq!(!reading.is_empty(), is_read, "{language}: {key}");
                let in_kana = |c| Script::of(c) == Some(Script::Kana);
                assert!(reading.chars().all(in_kana), "{language}: {key}");
            }
        }
    }

    #[test]
    fn places_are_named_in_the_reader_s_language_where_it_is_known() {
        assert_eq!(country_name("AT", "de"), Some("Österreich"));
        assert_eq!(country_name("FR", "de"), Some("Frankreich"));
        assert_eq!(country_name("FR", "fr"), Some("France"));
        assert_eq!(country_name("AT", "fr"), Some("Austria"));
        assert_eq!(country_name("DE", "en"), Some("Germany"));
        assert_eq!(country_name("ZZ", "de"), None);
        let town = |zone: &str, language| crate::location::zone(zone).unwrap().town_in(language);
        assert_eq!(town("Europe/Vienna", "de"), Name::from("Wien"));
        assert_eq!(town("Europe/Berlin", "de"), Name::from("Berlin"));
        assert_eq!(town("Europe/Vienna", "en"), Name::from("Vienna"));
        let tokyo = town("Asia/Tokyo", "ja");
        assert_eq!((&*tokyo.text, &*tokyo.reading), ("東京", "トウキョウ"));
    }
}
