//! Where people live and which languages they read: time zones, countries, locales.
//!
//! Pure tables for the wizard's lists and for the resolver's checks, made from what tzdata and
//! glibc publish (`assets/sources/README.md` says how). The names are the ones that NixOS takes:
//!
//! - [`zones`] has the zones that belong to a place, for lists and the map; [`is_zone`] also knows
//!   links (`US/Pacific`) and zones without a place (`Etc/GMT+3`).
//! - [`locales`] has every locale that glibc supports in UTF-8, under the name that its list of
//!   supported locales has. That name matters: NixOS builds the locales of its configuration by
//!   this list, so `hi_IN` is built and `hi_IN.UTF-8` is refused, while for German it is the other
//!   way round.
//! - [`languages`] has each language once, by its own name, with its locales.
//! - [`Country::name_in`] and [`Zone::town_in`] give names in the languages of the wizard.

mod cities;
mod clock;
mod countries;
mod formats;
mod guess;
mod languages;
mod locales;
pub mod map;
mod names;
pub mod outlines;
mod zones;

pub use cities::cities_in;
pub use clock::LocalTime;
pub use countries::{Country, countries, country};
pub use formats::{Formats, Measures, Paper, formats};
pub use guess::{likely_formats, likely_zones};
use languages::nearest_in_language;
pub use languages::{Direction, Language, Script, languages};
pub use locales::{Locale, locale, locales, nearest_locale};
pub(crate) use names::Glossary;
pub use names::{Name, country_name};
pub use zones::{Coordinates, Zone, is_zone, nearest_zone_name, zone, zone_names, zones, zones_of};

/// The rows of a table in `assets/`: a line each, fields between tabs, empty ones at the end left
/// out.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().map(|line| {
        let mut fields = line.split('\t');
        std::array::from_fn(|_| fields.next().unwrap_or_default())
    })
}
