//! What the lists of towns and of formats hold, in the order of a language.

use crate::i18n::Language;
use crate::location::{
    Locale, Name, Zone, cities_in, country, country_name, likely_zones, locales, zones,
};
use crate::wizard::collation::sort_key;
use crate::wizard::fonts::can_draw;
use crate::wizard::widget::Row;

/// Every zone, by the name that its town has in a language.
pub(super) fn by_town(language: Language) -> Vec<&'static Zone> {
    let mut order: Vec<&Zone> = zones().iter().collect();
    order.sort_by_cached_key(|zone| sort_key(language, &zone.town_in(language.tag())));
    order
}

/// The same, after those of the country where the person seems to be, its main one first.
pub(super) fn beginning_in(country: &str, language: Language) -> Vec<&'static Zone> {
    let mut order = by_town(language);
    let main = likely_zones(country).first().copied();
    order.sort_by_key(|zone| (zone.country != country, Some(*zone) != main));
    order
}

/// Every locale, by what the list calls it.
pub(super) fn by_title(language: Language) -> Vec<&'static Locale> {
    let mut order: Vec<&Locale> = locales().iter().collect();
    order
        .sort_by_cached_key(|locale| sort_key(language, &Name::from(locale_name(locale).as_str())));
    order
}

/// Found by the names of town and country in the language and in English, and by other large cities.
pub(super) fn zone_row(zone: &Zone, language: Language) -> Row {
    let town = zone.town_in(language.tag());
    let country = country(zone.country);
    let english = country.map_or("", |country| country.name);
    Row {
        title: town.text,
        note: country
            .map_or("", |country| country.name_in(language.tag()))
            .to_owned(),
        words: [
            &town.reading,
            zone.name,
            zone.comment,
            english,
            cities_in(zone.name),
        ]
        .join(" "),
    }
}

/// A locale as the lists of the wizard call it, such as `Deutsch (Österreich)`.
pub(crate) fn locale_name(locale: &Locale) -> String {
    own_name(locale).unwrap_or_else(|| english_name(locale))
}

pub(super) fn format_row(locale: &Locale, language: Language) -> Row {
    let country = country_name(locale.country, language.tag()).unwrap_or_default();
    Row {
        title: locale_name(locale),
        note: locale.name.split('.').next().unwrap_or_default().to_owned(),
        words: [&english_name(locale), country].join(" "),
    }
}

fn english_name(locale: &Locale) -> String {
    joined(locale.english_language, locale.english_country)
}

/// Language and country by their own names, in the scripts that the wizard's fonts have.
fn own_name(locale: &Locale) -> Option<String> {
    let name = joined(locale.own_language, locale.own_country);
    can_draw(&name).then_some(name)
}

fn joined(language: &str, country: &str) -> String {
    if country.is_empty() {
        language.to_owned()
    } else {
        format!("{language} ({country})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_in_the_order_of_their_names_in_the_language() {
        let towns = |language: Language| -> Vec<String> {
            let order = by_town(language).into_iter();
            let names = order.map(|zone| zone.town_in(language.tag()).text);
            names.collect()
        };
        let german = towns(Language::German);
        assert!(german.ends_with(&["Zagreb", "Zürich"].map(str::to_owned)));
        assert_eq!(german.len(), zones().len());
        // What has no name in the language comes last.
        let japanese = towns(Language::Japanese);
        assert_eq!(japanese.first().map(String::as_str), Some("アイウン"));
        assert_eq!(japanese.last().map(String::as_str), Some("Yakutat"));
        assert_eq!(towns(Language::Arabic).last(), japanese.last());
    }

    #[test]
    fn the_towns_of_the_own_country_come_first_and_the_others_stay_in_order() {
        let german = beginning_in("DE", Language::German);
        let names: Vec<&str> = german.iter().map(|zone| zone.name).collect();
        assert_eq!(names[..2], ["Europe/Berlin", "Europe/Busingen"]);
        let mut others = by_town(Language::German);
        others.retain(|zone| zone.country != "DE");
        assert_eq!(german[2..], others);
        assert_eq!(
            beginning_in("", Language::Arabic),
            by_town(Language::Arabic)
        );
    }

    #[test]
    fn formats_are_in_the_order_of_what_the_list_calls_them() {
        let order = by_title(Language::English);
        assert_eq!(order.len(), locales().len());
        let place = |name: &str| order.iter().position(|locale| locale.name == name).unwrap();
        // Magyar, Polski, Suomi: not as their codes are, hu, pl, fi.
        let (hungarian, polish, finnish) = ("hu_HU.UTF-8", "pl_PL.UTF-8", "fi_FI.UTF-8");
        assert!(place(hungarian) < place(polish) && place(polish) < place(finnish));
    }
}
