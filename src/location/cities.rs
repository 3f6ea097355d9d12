//! Large cities whose names no time zone has, so that a search finds their zone.

use super::rows;
use std::sync::LazyLock;

static CITIES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let table = include_str!("../../assets/location/cities.tsv");
    rows(table)
        .map(|[zone, names]| (zone, names.replace('|', " ")))
        .collect()
});

/// The names of large cities in a zone, in English and, where it is another, as people there write them;
/// empty where its own name is enough.
pub fn cities_in(zone: &str) -> &'static str {
    let found = CITIES.iter().find(|(known, _)| *known == zone);
    found.map_or("", |(_, names)| names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::zones;

    #[test]
    fn every_city_is_in_a_zone_that_there_is_and_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (zone, names) in CITIES.iter() {
            assert!(zones().iter().any(|known| known.name == *zone), "{zone}");
            assert!(seen.insert(*zone), "{zone} twice");
            assert!(!names.trim().is_empty(), "{zone}");
        }
        assert!(cities_in("Europe/Berlin").contains("Munich"));
        assert_eq!(cities_in("Europe/Vaduz"), "");
    }
}
