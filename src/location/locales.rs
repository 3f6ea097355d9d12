//! The locales of glibc that NixOS can build.

use super::{nearest_in_language, rows};
use crate::packed::packed;
use std::sync::LazyLock;

/// A locale in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    /// As `i18n.defaultLocale` takes it: `de_AT.UTF-8`, but `hi_IN` and `sr_RS@latin`.
    pub name: &'static str,
    /// The code of its language, two or three small letters, or `C`.
    pub language: &'static str,
    /// The code of its country, two capital letters; empty for languages of no country.
    pub country: &'static str,
    /// The language's own name: `Deutsch`.
    pub own_language: &'static str,
    /// The country's name in that language: `Österreich`; empty as `country` is.
    pub own_country: &'static str,
    /// The language in English, as far as glibc tells it from its sisters: `Austrian German`.
    pub english_language: &'static str,
    /// The country in English: `Austria`.
    pub english_country: &'static str,
    /// The language's code of three letters (ISO 639-2, terminological), which keyboard layouts
    /// go by.
    pub language3: &'static str,
}

impl Locale {
    /// What sets it apart from the others of its language and country, such as `latin`.
    pub fn modifier(&self) -> Option<&'static str> {
        self.name.split_once('@').map(|(_, modifier)| modifier)
    }
}

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let table = packed!("assets/location/locales.tsv").kept();
    rows(table)
        .map(
            |[
                name,
                language,
                country,
                own_language,
                own_country,
                english_language,
                english_country,
                language3,
            ]| Locale {
                name,
                language,
                country,
                own_language,
                own_country,
                english_language,
                english_country,
                // A language of three letters has no shorter code.
                language3: if language3.is_empty() {
                    language
                } else {
                    language3
                },
            },
        )
        .collect()
});

/// All of them, by name; `C.UTF-8`, which is no language, too.
pub fn locales() -> &'static [Locale] {
    &LOCALES
}

/// The locale with a name.
pub fn locale(name: &str) -> Option<&'static Locale> {
    let index = LOCALES.binary_search_by(|l| l.name.cmp(name)).ok()?;
    LOCALES.get(index)
}

/// The locale that was most likely meant by a name that is none.
///
/// `hi_IN.UTF-8` means `hi_IN`, `de_DE` means `de_DE.UTF-8`, and a country that does not speak the
/// language means the language's own.
pub fn nearest_locale(name: &str) -> Option<&'static Locale> {
    let wanted = bare(name);
    let same = |locale: &&Locale| bare(locale.name) == wanted;
    LOCALES
        .iter()
        .find(same)
        .or_else(|| nearest_in_language(name))
}

/// Without the charset, in small letters: what tells two locales in UTF-8 apart.
fn bare(name: &str) -> String {
    let (place, modifier) = name.split_once('@').unwrap_or((name, ""));
    let place = place.split_once('.').map_or(place, |(place, _)| place);
    let modifier = modifier.split_once('.').map_or(modifier, |(m, _)| m);
    let separator = if modifier.is_empty() { "" } else { "@" };
    format!("{place}{separator}{modifier}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::LocaleName;

    #[test]
    fn the_table_is_whole_and_in_order() {
        assert!(locales().is_sorted_by(|a, b| a.name < b.name));
        assert!(locales().len() > 300);
        for locale in locales() {
            assert!(LocaleName::try_from(locale.name.to_owned()).is_ok());
            let named = !locale.own_language.is_empty() && !locale.english_language.is_empty();
            assert!(named || locale.language == "C", "{locale:?}");
            assert_eq!(
                locale.country.is_empty(),
                locale.own_country.is_empty(),
                "{locale:?}"
            );
        }
        let austrian = locale("de_AT.UTF-8").unwrap();
        assert_eq!(austrian.own_country, "Österreich");
        assert_eq!(locale("sr_RS@latin").unwrap().modifier(), Some("latin"));
    }

    #[test]
    fn names_that_nixos_would_refuse_lead_to_those_that_it_builds() {
        let meant = |name: &str| nearest_locale(name).map(|locale| locale.name);
        assert_eq!(meant("hi_IN.UTF-8"), Some("hi_IN"));
        assert_eq!(meant("vi_VN.UTF-8"), Some("vi_VN"));
        assert_eq!(meant("de_DE"), Some("de_DE.UTF-8"));
        assert_eq!(meant("ca_ES.UTF-8@valencia"), Some("ca_ES@valencia"));
        assert_eq!(meant("de_US.UTF-8"), Some("de_DE.UTF-8"));
        assert_eq!(meant("tt_RU@iqtelif.UTF-8"), Some("tt_RU@iqtelif"));
        assert_eq!(meant("xx_YY.UTF-8"), None);
    }
}
