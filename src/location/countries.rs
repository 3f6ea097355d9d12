//! Countries and territories of ISO 3166, by the names that tzdata gives them.

use super::rows;
use std::sync::LazyLock;

/// A country or territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Two capital letters (ISO 3166-1).
    pub code: &'static str,
    /// Its name in English, short, such as `Britain (UK)`.
    pub name: &'static str,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let table = include_str!("../../assets/location/countries.tsv");
    rows(table)
        .map(|[code, name]| Country { code, name })
        .collect()
});

/// All of them, by code.
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// The country with a code.
pub fn country(code: &str) -> Option<&'static Country> {
    let index = COUNTRIES.binary_search_by(|c| c.code.cmp(code)).ok()?;
    COUNTRIES.get(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_found_by_its_code() {
        assert!(countries().len() > 240);
        for row in countries() {
            assert_eq!(country(row.code), Some(row));
            assert!(row.code.len() == 2 && !row.name.is_empty(), "{row:?}");
        }
        assert_eq!(country("ZZ"), None);
    }
}
