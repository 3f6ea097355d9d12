//! What a language lets one expect about the place, and a place about the formats.

use super::{Locale, Zone, locales, zones_of};

/// Where most people of a country live, for countries with more than one zone.
const MAIN_ZONES: [(&str, &str); 31] = [
    ("AQ", "Antarctica/McMurdo"),
    ("AR", "America/Argentina/Buenos_Aires"),
    ("AU", "Australia/Sydney"),
    ("BR", "America/Sao_Paulo"),
    ("CA", "America/Toronto"),
    ("CD", "Africa/Kinshasa"),
    ("CL", "America/Santiago"),
    ("CN", "Asia/Shanghai"),
    ("CY", "Asia/Nicosia"),
    ("DE", "Europe/Berlin"),
    ("EC", "America/Guayaquil"),
    ("ES", "Europe/Madrid"),
    ("FM", "Pacific/Chuuk"),
    ("GL", "America/Nuuk"),
    ("ID", "Asia/Jakarta"),
    ("KI", "Pacific/Tarawa"),
    ("KZ", "Asia/Almaty"),
    ("MH", "Pacific/Majuro"),
    ("MN", "Asia/Ulaanbaatar"),
    ("MX", "America/Mexico_City"),
    ("MY", "Asia/Kuala_Lumpur"),
    ("NZ", "Pacific/Auckland"),
    ("PF", "Pacific/Tahiti"),
    ("PG", "Pacific/Port_Moresby"),
    ("PS", "Asia/Gaza"),
    ("PT", "Europe/Lisbon"),
    ("RU", "Europe/Moscow"),
    ("UA", "Europe/Kyiv"),
    ("UM", "Pacific/Midway"),
    ("US", "America/New_York"),
    ("UZ", "Asia/Tashkent"),
];

/// The zones of a country, the one where most people live first, the others by name.
pub fn likely_zones(country: &str) -> Vec<&'static Zone> {
    let main = MAIN_ZONES.iter().find(|(code, _)| *code == country);
    let mut zones: Vec<&Zone> = zones_of(country).collect();
    zones.sort_by_key(|zone| main.is_none_or(|(_, name)| *name != zone.name));
    zones
}

/// The locales whose formats people may want who read `language` and live in `country`, the
/// likeliest first: the language as it is spoken there, then the other languages of the country,
/// then the language's own locale. Never empty.
pub fn likely_formats(language: &'static Locale, country: &str) -> Vec<&'static Locale> {
    let spoken_there = || locales().iter().filter(|locale| locale.country == country);
    let same = |locale: &&Locale| locale.language == language.language;
    let mut found: Vec<&'static Locale> = spoken_there().filter(same).collect();
    // The locale itself comes before a sister in another script.
    found.sort_by_key(|locale| locale.modifier() != language.modifier());
    let mut others: Vec<&'static Locale> = spoken_there().filter(|l| !same(l)).collect();
    // A language that is called as its country is, mostly is the country's first: `de_DE`.
    others.sort_by_key(|l| (!l.language.eq_ignore_ascii_case(country), rank(l)));
    found.extend(others);
    if !found.contains(&language) {
        found.push(language);
    }
    found
}

/// Languages that are a second one almost everywhere come last.
fn rank(locale: &Locale) -> usize {
    let main = super::languages()
        .iter()
        .find(|l| l.locales.contains(&locale))
        .and_then(|l| l.main_locale())
        .is_some_and(|main| main.country == locale.country);
    usize::from(!main)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::{countries, locale};

    #[test]
    fn the_main_zone_of_every_country_comes_first() {
        for country in countries() {
            let zones = likely_zones(country.code);
            let main = MAIN_ZONES.iter().find(|(code, _)| *code == country.code);
            assert_eq!(zones.len() > 1, main.is_some(), "{country:?}");
            if let Some((_, name)) = main {
                assert_eq!(zones.first().map(|zone| zone.name), Some(*name));
            }
        }
    }

    #[test]
    fn formats_follow_the_place_where_one_lives() {
        let names = |language: &str, country: &str| -> Vec<&str> {
            let language = locale(language).unwrap();
            let found = likely_formats(language, country);
            found.iter().map(|locale| locale.name).collect()
        };
        assert_eq!(names("de_DE.UTF-8", "AT"), ["de_AT.UTF-8", "de_DE.UTF-8"]);
        assert_eq!(names("en_US.UTF-8", "SE")[0], "sv_SE.UTF-8");
        assert_eq!(names("en_US.UTF-8", "DE")[0], "de_DE.UTF-8");
        assert_eq!(names("sr_RS@latin", "RS")[0], "sr_RS@latin");
        assert_eq!(names("fr_FR.UTF-8", "VA"), ["fr_FR.UTF-8"]);
    }
}
