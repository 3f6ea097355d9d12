//! Sizes as people write them: `"40 GiB"`.

use crate::units::Bytes;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// An amount of data, written as a whole number and a unit.
///
/// `KiB` to `TiB` count in powers of 1024; `kB` to `TB` in powers of 1000, as disks are sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Size(pub Bytes);

/// A text that is no size.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no size: write a whole number and a unit, such as `40 GiB` or `500 GB`")]
pub struct BadSize(String);

/// The units that sizes are written in, and their bytes.
const UNITS: [(&str, u64); 8] = [
    ("TiB", 1 << 40),
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("TB", 1_000_000_000_000),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("kB", 1000),
];

impl TryFrom<String> for Size {
    type Error = BadSize;

    fn try_from(text: String) -> Result<Self, BadSize> {
        let number = |unit: &str| {
            let digits = text.strip_suffix(unit)?.trim_end_matches(' ');
            // A plus is no digit, although it is part of a number elsewhere.
            let only_digits = digits.chars().all(|c| c.is_ascii_digit());
            only_digits.then(|| digits.parse::<u64>().ok())?
        };
        let mut units = UNITS.iter();
        let parsed = units.find_map(|(unit, factor)| number(unit)?.checked_mul(*factor));
        match parsed.or_else(|| number("bytes")) {
            Some(bytes) => Ok(Self(Bytes(bytes))),
            None => Err(BadSize(text)),
        }
    }
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^[0-9]+ *(TiB|GiB|MiB|KiB|TB|GB|MB|kB|bytes)$"
        })
    }
}

impl From<Size> for String {
    fn from(size: Size) -> String {
        size.to_string()
    }
}

impl fmt::Display for Size {
    /// Exact: the text reads back as the very same size.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.0.0;
        let exact = UNITS
            .iter()
            .filter(|(_, factor)| bytes > 0 && bytes.is_multiple_of(*factor))
            .max_by_key(|(_, factor)| *factor);
        match exact {
            Some((unit, factor)) => write!(f, "{} {unit}", bytes / factor),
            None => write!(f, "{bytes} bytes"),
        }
    }
}

/// A part of a whole, in percent: from 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u8);

impl Percent {
    /// So much of `whole`, rounded down.
    pub fn of(self, whole: Bytes) -> Bytes {
        let share = u128::from(whole.0) * u128::from(self.0) / 100;
        Bytes(u64::try_from(share).unwrap_or(u64::MAX))
    }
}

/// How large a partition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartSize {
    /// Just this, in whole MiB.
    Exactly(Size),
    /// So much of the disk, or of the gap that it lies in.
    Percent(Percent),
    /// What the others leave.
    Rest,
}

/// A text that is no size of a partition.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no size of a partition: write `40 GiB`, `25 %` or `rest`")]
pub struct BadPartSize(String);

impl TryFrom<String> for PartSize {
    type Error = BadPartSize;

    fn try_from(text: String) -> Result<Self, BadPartSize> {
        if text == "rest" {
            return Ok(Self::Rest);
        }
        if let Some(number) = text.strip_suffix('%') {
            let number = number.trim_end_matches(' ');
            let only_digits = number.chars().all(|c| c.is_ascii_digit());
            let percent = number
                .parse()
                .ok()
                .filter(|n| only_digits && (1..=100).contains(n));
            return match percent {
                Some(percent) => Ok(Self::Percent(Percent(percent))),
                None => Err(BadPartSize(text)),
            };
        }
        match Size::try_from(text) {
            Ok(size) => Ok(Self::Exactly(size)),
            Err(BadSize(text)) => Err(BadPartSize(text)),
        }
    }
}

impl JsonSchema for PartSize {
    fn schema_name() -> Cow<'static, str> {
        "PartSize".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^(rest|[0-9]+ *(%|TiB|GiB|MiB|KiB|TB|GB|MB|kB|bytes))$"
        })
    }
}

impl From<PartSize> for String {
    fn from(size: PartSize) -> String {
        size.to_string()
    }
}

impl fmt::Display for PartSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(size) => size.fmt(f),
            Self::Percent(percent) => write!(f, "{} %", percent.0),
            Self::Rest => f.write_str("rest"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_back_the_same() {
        for text in ["40 GiB", "500 GB", "1 TiB", "512 bytes", "3 KiB", "0 bytes"] {
            assert_eq!(Size::try_from(text.to_owned()).unwrap().to_string(), text);
        }
        assert_eq!(
            Size::try_from("40GiB".to_owned()).unwrap().0,
            Bytes::gib(40)
        );
    }

    #[test]
    fn sizes_of_partitions_come_back_the_same() {
        for text in ["40 GiB", "25 %", "100 %", "rest"] {
            assert_eq!(
                PartSize::try_from(text.to_owned()).unwrap().to_string(),
                text
            );
        }
        for bad in ["0 %", "101 %", "%", "+5 %", "2.5 %", "Rest", "", "40"] {
            assert!(PartSize::try_from(bad.to_owned()).is_err(), "{bad}");
        }
        assert_eq!(Percent(25).of(Bytes(u64::MAX)), Bytes(u64::MAX / 4));
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for bad in [
            "",
            "40",
            "GiB",
            "-1 GiB",
            "1.5 GiB",
            "40 gib",
            "99999999 TiB",
            "rest",
        ] {
            assert!(Size::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
