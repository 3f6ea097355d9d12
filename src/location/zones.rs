//! The time zones of the tz database.

use super::rows;
use crate::nearest::{distance, plain};
use crate::packed::packed;
use std::sync::LazyLock;

/// A time zone that belongs to a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zone {
    /// Such as `America/Argentina/Salta`.
    pub name: &'static str,
    /// The code of its country, two capital letters.
    pub country: &'static str,
    /// Where its principal town lies.
    pub place: Coordinates,
    /// The rules of its clock from now on, as a TZ string of POSIX (RFC 9636, section 3.3): the
    /// offset from UTC and the days on which it changes.
    pub rules: &'static str,
    /// What sets it apart from the other zones of its country, in English; often empty.
    pub comment: &'static str,
}

impl Zone {
    /// The town in its name, as people read it: `Salta`, `New York`.
    pub fn town(&self) -> String {
        let last = self.name.rsplit('/').next().unwrap_or(self.name);
        last.replace('_', " ")
    }
}

/// A place on Earth, in degrees; north and east are positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// From -90 to 90.
    pub latitude: f32,
    /// From -180 to 180.
    pub longitude: f32,
}

/// A line of the table.
enum Row {
    /// Index into the zones that have a place.
    Place(usize),
    /// Has no place.
    Bare,
    /// Another name for a zone.
    Link(&'static str),
}

struct Table {
    zones: Vec<Zone>,
    /// By name, in the order of bytes.
    rows: Vec<(&'static str, Row)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        zones: Vec::new(),
        rows: Vec::new(),
    };
    for [name, country, latitude, longitude, rules, comment] in
        rows(packed!("assets/location/zones.tsv").kept())
    {
        let row = match (country, degrees(latitude), degrees(longitude)) {
            // The third field of a link is what it stands for.
            ("=", ..) => Row::Link(latitude),
            (_, Some(latitude), Some(longitude)) => {
                table.zones.push(Zone {
                    name,
                    country,
                    place: Coordinates {
                        latitude,
                        longitude,
                    },
                    rules,
                    comment,
                });
                Row::Place(table.zones.len() - 1)
            }
            _ => Row::Bare,
        };
        table.rows.push((name, row));
    }
    table
});

/// The table has hundredths of a degree.
fn degrees(hundredths: &str) -> Option<f32> {
    let hundredths: i16 = hundredths.parse().ok()?;
    Some(f32::from(hundredths) / 100.0)
}

fn row(name: &str) -> Option<&'static Row> {
    let index = TABLE.rows.binary_search_by(|(n, _)| (*n).cmp(name)).ok()?;
    TABLE.rows.get(index).map(|(_, row)| row)
}

/// The zones that belong to a place, by name.
pub fn zones() -> &'static [Zone] {
    &TABLE.zones
}

/// The zones of a country, by name.
pub fn zones_of(country: &str) -> impl Iterator<Item = &'static Zone> {
    zones().iter().filter(move |zone| zone.country == country)
}

/// The zone that belongs to a place and has this name, or that this name is a link to.
pub fn zone(name: &str) -> Option<&'static Zone> {
    match row(name)? {
        Row::Place(index) => zones().get(*index),
        Row::Link(to) => zone(to),
        Row::Bare => None,
    }
}

/// Whether `time.timeZone` may have this value: zones with and without a place, and links.
pub fn is_zone(name: &str) -> bool {
    row(name).is_some()
}

/// Every name that [`is_zone`] knows.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    TABLE.rows.iter().map(|(name, _)| *name)
}

/// The zone that was most likely meant by a name that is none: misspelt, or only the town.
///
/// Towns are compared, so that a long continent does not make short towns alike; of equally near
/// ones the continent that was written wins.
pub fn nearest_zone_name(name: &str) -> Option<&'static str> {
    let name = name.replace(' ', "_");
    let (continent, town) = name.rsplit_once('/').unwrap_or(("", &name));
    let (continent, town) = (plain(continent), plain(town));
    zone_names()
        .filter_map(|candidate| {
            let (around, place) = candidate.rsplit_once('/').unwrap_or(("", candidate));
            let distance = distance(&town, &plain(place))?;
            Some((distance, plain(around) != continent, candidate))
        })
        .min()
        .map(|(.., candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::TimeZone;

    #[test]
    fn zones_links_and_bare_zones_are_known() {
        assert_eq!(zone("Europe/Vienna").unwrap().country, "AT");
        assert_eq!(zone("US/Pacific").unwrap().name, "America/Los_Angeles");
        assert!(is_zone("Etc/GMT+3") && zone("Etc/GMT+3").is_none() && is_zone("UTC"));
        assert!(!is_zone("Europe/Wien") && !is_zone("") && !is_zone("Factory"));
        let salta = zone("America/Argentina/Salta").unwrap();
        assert!((salta.place.latitude + 24.78).abs() < 0.01, "{salta:?}");
        assert!((salta.place.longitude + 65.42).abs() < 0.01, "{salta:?}");
        assert_eq!(salta.town(), "Salta");
    }

    #[test]
    fn the_table_is_whole_and_in_order() {
        assert!(TABLE.rows.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(zones().len() > 400, "{}", zones().len());
        for name in zone_names() {
            assert!(TimeZone::try_from(name.to_owned()).is_ok(), "{name}");
            if let Some(Row::Link(to)) = row(name) {
                assert!(matches!(row(to), Some(Row::Place(_) | Row::Bare)), "{name}");
            }
        }
        for zone in zones() {
            let country = crate::location::country(zone.country);
            assert!(country.is_some(), "{zone:?}");
            assert!(zone.place.latitude.abs() <= 90.0 && zone.place.longitude.abs() <= 180.0);
            assert!(!zone.rules.is_empty());
        }
        // Bouvet and Heard have no zones: nobody lives there.
        let without = crate::location::countries()
            .iter()
            .filter(|c| zones_of(c.code).next().is_none());
        let without: Vec<_> = without.map(|country| country.code).collect();
        assert_eq!(without, ["BV", "HM"]);
    }

    #[test]
    fn a_town_or_a_misspelt_name_leads_to_a_zone() {
        assert_eq!(nearest_zone_name("Berlin"), Some("Europe/Berlin"));
        assert_eq!(nearest_zone_name("new_york"), Some("America/New_York"));
        assert_eq!(nearest_zone_name("New York"), Some("America/New_York"));
        assert_eq!(nearest_zone_name("Europe/Berln"), Some("Europe/Berlin"));
        assert_eq!(nearest_zone_name("europe/zurich"), Some("Europe/Zurich"));
        assert_eq!(nearest_zone_name("Mars/Olympus_Mons"), None);
        // Not Europe/Kiev, which has as many letters in common.
        assert_eq!(nearest_zone_name("Europe/Wien"), None);
    }
}
