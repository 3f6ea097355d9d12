//! Languages, each once, for a list that people choose from.

use super::{Locale, locale, locales};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language and the locales that speak it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Two or three small letters (ISO 639); with `@` and a modifier where the language is written
    /// in a second script: `sr@latin`.
    pub code: String,
    /// Its own name, such as `Deutsch`.
    pub own_name: &'static str,
    /// Its name in English.
    pub english_name: &'static str,
    /// The script that its own name is written in.
    pub script: Script,
    /// Its locales; the one that most people mean comes first.
    pub locales: Vec<&'static Locale>,
}

impl Language {
    /// The locale that most people mean.
    pub fn main_locale(&self) -> Option<&'static Locale> {
        self.locales.first().copied()
    }
}

/// Which way a line of text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As Latin letters.
    LeftToRight,
    /// As Arabic and Hebrew letters.
    RightToLeft,
}

macro_rules! scripts {
    ($($name:ident $($first:literal..=$last:literal)+),+ $(,)?) => {
        /// The scripts that the languages of glibc are written in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the names of the scripts in Unicode say it all")]
        pub enum Script {
            $($name),+
        }

        impl Script {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The script of a letter; none for signs that all scripts share.
            pub fn of(letter: char) -> Option<Self> {
                match letter {
                    $($($first..=$last)|+ => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

// The blocks of Unicode that hold letters (Blocks.txt).
scripts! {
    Latin 'A'..='Z' 'a'..='z' '\u{c0}'..='\u{24f}' '\u{1e00}'..='\u{1eff}',
    Greek '\u{370}'..='\u{3ff}' '\u{1f00}'..='\u{1fff}',
    Cyrillic '\u{400}'..='\u{52f}',
    Armenian '\u{530}'..='\u{58f}',
    Hebrew '\u{590}'..='\u{5ff}' '\u{fb1d}'..='\u{fb4f}',
    Arabic '\u{600}'..='\u{6ff}' '\u{750}'..='\u{77f}' '\u{fb50}'..='\u{fdff}' '\u{fe70}'..='\u{feff}',
    Syriac '\u{700}'..='\u{74f}',
    Thaana '\u{780}'..='\u{7bf}',
    Devanagari '\u{900}'..='\u{97f}',
    Bengali '\u{980}'..='\u{9ff}',
    Gurmukhi '\u{a00}'..='\u{a7f}',
    Gujarati '\u{a80}'..='\u{aff}',
    Oriya '\u{b00}'..='\u{b7f}',
    Tamil '\u{b80}'..='\u{bff}',
    Telugu '\u{c00}'..='\u{c7f}',
    Kannada '\u{c80}'..='\u{cff}',
    Malayalam '\u{d00}'..='\u{d7f}',
    Sinhala '\u{d80}'..='\u{dff}',
    Thai '\u{e00}'..='\u{e7f}',
    Lao '\u{e80}'..='\u{eff}',
    Tibetan '\u{f00}'..='\u{fff}',
    Myanmar '\u{1000}'..='\u{109f}',
    Georgian '\u{10a0}'..='\u{10ff}',
    Hangul '\u{1100}'..='\u{11ff}' '\u{ac00}'..='\u{d7af}',
    Ethiopic '\u{1200}'..='\u{137f}',
    Cherokee '\u{13a0}'..='\u{13ff}',
    CanadianSyllabics '\u{1400}'..='\u{167f}',
    Khmer '\u{1780}'..='\u{17ff}',
    OlChiki '\u{1c50}'..='\u{1c7f}',
    Tifinagh '\u{2d30}'..='\u{2d7f}',
    Kana '\u{3040}'..='\u{30ff}',
    Han '\u{3400}'..='\u{9fff}',
}

impl Script {
    /// The script of a text's first letter.
    pub fn of_text(text: &str) -> Option<Self> {
        text.chars().find_map(Self::of)
    }

    /// Which way its lines run.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Hebrew | Self::Arabic | Self::Syriac | Self::Thaana => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }
}

/// The country that most people mean, for languages of several (CLDR's likely subtags, as far as
/// glibc has a locale for them).
const MAIN_COUNTRIES: [(&str, &str); 37] = [
    ("aa", "ET"),
    ("ar", "EG"),
    ("az", "AZ"),
    ("ber", "MA"),
    ("bho", "IN"),
    ("bn", "BD"),
    ("bo", "CN"),
    ("ca", "ES"),
    ("crh", "UA"),
    ("de", "DE"),
    ("el", "GR"),
    ("en", "US"),
    ("es", "ES"),
    ("fr", "FR"),
    ("fy", "NL"),
    ("gez", "ET"),
    ("it", "IT"),
    ("li", "NL"),
    ("mai", "IN"),
    ("nds", "DE"),
    ("niu", "NU"),
    ("nl", "NL"),
    ("om", "ET"),
    ("pa", "IN"),
    ("pap", "CW"),
    ("pt", "BR"),
    ("ru", "RU"),
    ("so", "SO"),
    ("sq", "AL"),
    ("sr", "RS"),
    ("sv", "SE"),
    ("sw", "TZ"),
    ("ta", "IN"),
    ("ti", "ET"),
    ("tr", "TR"),
    ("ur", "PK"),
    ("zh", "CN"),
];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let mut languages: BTreeMap<String, Vec<&'static Locale>> = BTreeMap::new();
    for locale in locales().iter().filter(|locale| locale.language != "C") {
        languages.entry(code(locale)).or_default().push(locale);
    }
    let mut list: Vec<Language> = languages.into_iter().filter_map(language).collect();
    list.sort_by_cached_key(|language| (language.script, language.own_name.to_lowercase()));
    list
});

/// A locale with a modifier stands with its language, unless the script is another.
fn code(locale: &Locale) -> String {
    let plain = locales()
        .iter()
        .find(|l| l.language == locale.language && l.modifier().is_none());
    let script = |l: &Locale| Script::of_text(l.own_language);
    match (locale.modifier(), plain) {
        (Some(modifier), Some(plain)) if script(plain) != script(locale) => {
            format!("{}@{modifier}", locale.language)
        }
        _ => locale.language.to_owned(),
    }
}

fn language((code, mut locales): (String, Vec<&'static Locale>)) -> Option<Language> {
    let main = MAIN_COUNTRIES
        .iter()
        .find(|(language, _)| *language == code)
        .map(|(_, country)| *country);
    // A stable sort: the others stay by name, and modifiers come after what they modify.
    locales.sort_by_key(|l| (Some(l.country) != main, l.modifier().is_some()));
    let first = *locales.first()?;
    Some(Language {
        code,
        own_name: first.own_language,
        english_name: english_name(&locales),
        script: Script::of_text(first.own_language)?,
        locales,
    })
}

/// The shortest is the language's own, without the country's adjective: `German` rather than
/// `Austrian German`.
fn english_name(locales: &[&'static Locale]) -> &'static str {
    let names = locales.iter().map(|locale| locale.english_language);
    names.min_by_key(|name| name.len()).unwrap_or_default()
}

/// Every language, by script (Latin first), then by its own name.
pub fn languages() -> &'static [Language] {
    &LANGUAGES
}

/// The main locale of the language that a locale's name begins with.
pub(super) fn nearest_in_language(name: &str) -> Option<&'static Locale> {
    let code = name.split(['_', '.', '@']).next()?.to_lowercase();
    let language = languages().iter().find(|language| language.code == code)?;
    language.main_locale().and_then(|main| locale(main.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> &'static Language {
        languages().iter().find(|l| l.code == code).unwrap()
    }

    #[test]
    fn each_language_is_there_once_with_all_its_locales() {
        let locales_in_languages: usize = languages().iter().map(|l| l.locales.len()).sum();
        // C.UTF-8 is no language.
        assert_eq!(locales_in_languages, locales().len() - 1);
        assert_eq!(of("de").own_name, "Deutsch");
        assert_eq!(of("de").english_name, "German");
        assert_eq!(of("de").main_locale().unwrap().name, "de_DE.UTF-8");
        assert_eq!(of("en").main_locale().unwrap().name, "en_US.UTF-8");
        assert_eq!(of("ca").main_locale().unwrap().name, "ca_ES.UTF-8");
    }

    #[test]
    fn a_second_script_is_a_language_of_its_own() {
        assert_eq!(of("sr").script, Script::Cyrillic);
        assert_eq!(of("sr@latin").script, Script::Latin);
        assert_eq!(of("ca").locales.len(), 5);
    }

    #[test]
    fn scripts_and_directions_are_known() {
        for (code, script, direction) in [
            ("ar", Script::Arabic, Direction::RightToLeft),
            ("he", Script::Hebrew, Direction::RightToLeft),
            ("dv", Script::Thaana, Direction::RightToLeft),
            ("ja", Script::Han, Direction::LeftToRight),
            ("ko", Script::Hangul, Direction::LeftToRight),
            ("hi", Script::Devanagari, Direction::LeftToRight),
            ("vi", Script::Latin, Direction::LeftToRight),
        ] {
            assert_eq!(of(code).script, script, "{code}");
            assert_eq!(script.direction(), direction, "{code}");
        }
    }

    #[test]
    fn a_main_country_is_given_for_every_language_that_several_speak() {
        for language in languages() {
            let countries: Vec<_> = language.locales.iter().map(|l| l.country).collect();
            let several = countries.iter().any(|c| *c != countries[0]);
            let listed = MAIN_COUNTRIES.iter().find(|(l, _)| *l == language.code);
            if let Some((_, country)) = listed {
                assert_eq!(language.locales[0].country, *country, "{}", language.code);
            }
            assert_eq!(several, listed.is_some(), "{}", language.code);
        }
    }
}
