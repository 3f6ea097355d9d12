//! How a locale writes dates, times, numbers and money, for the sample beside a region.
//!
//! The patterns are those of glibc's locale, so the sample shows what programs of the installed
//! system will show, short forms and all; some desktops draw on CLDR for longer ones. Digits are
//! always Western here.

use super::LocalTime;
use super::rows;
use crate::packed::packed;
use std::sync::LazyLock;

/// The conventions of a locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    date: &'static str,
    time: &'static str,
    number: Signs,
    groups: &'static str,
    money: Signs,
    currency: &'static str,
    currency_code: &'static str,
    currency_place: &'static str,
    currency_digits: u8,
    names: &'static str,
    /// The paper that people print on.
    pub paper: Paper,
    /// How they measure.
    pub measures: Measures,
    /// The first day of their week, 0 is Sunday.
    pub first_weekday: u8,
}

/// What stands between the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Signs {
    decimal: &'static str,
    /// Empty if there is nothing between groups.
    thousands: &'static str,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// ISO 216, 210 × 297 mm.
    A4,
    /// ANSI A, 216 × 279 mm.
    Letter,
}

/// A system of measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measures {
    /// Metres and degrees Celsius.
    Metric,
    /// Feet and degrees Fahrenheit.
    UnitedStates,
}

static FORMATS: LazyLock<Vec<(&'static str, Formats)>> = LazyLock::new(|| {
    let table = packed!("assets/location/formats.tsv").kept();
    let mut list: Vec<(&'static str, Formats)> = Vec::new();
    for row in rows::<16>(table) {
        let [name, date, ..] = row;
        let formats = match (date, list.last()) {
            ("=", Some((_, last))) => *last,
            _ => Formats::read(row),
        };
        list.push((name, formats));
    }
    list
});

/// The conventions of a locale, by its name.
pub fn formats(locale: &str) -> Option<&'static Formats> {
    let index = FORMATS
        .binary_search_by(|(name, _)| (*name).cmp(locale))
        .ok()?;
    FORMATS.get(index).map(|(_, formats)| formats)
}

impl Formats {
    fn read(row: [&'static str; 16]) -> Self {
        let [
            _,
            date,
            time,
            decimal,
            thousands,
            groups,
            money_decimal,
            money_thousands,
            currency,
            currency_code,
            currency_place,
            currency_digits,
            paper,
            measures,
            first_weekday,
            names,
        ] = row;
        Self {
            date,
            time,
            number: Signs { decimal, thousands },
            groups,
            money: Signs {
                decimal: money_decimal,
                thousands: money_thousands,
            },
            currency,
            currency_code,
            currency_place,
            currency_digits: currency_digits.parse().unwrap_or(2),
            names,
            paper: match paper {
                "Letter" => Paper::Letter,
                _ => Paper::A4,
            },
            measures: match measures {
                "US" => Measures::UnitedStates,
                _ => Measures::Metric,
            },
            first_weekday: first_weekday.parse().unwrap_or_default(),
        }
    }

    /// A date, short: `22.11.2026`.
    pub fn date(&self, time: &LocalTime) -> String {
        self.write(self.date, time)
    }

    /// A time of day: `14:30:00`, `02:30:00 PM`.
    pub fn time(&self, time: &LocalTime) -> String {
        self.write(self.time, time)
    }

    /// A number with two digits after the decimal sign, given in hundredths: `1.234.567,89`.
    pub fn number(&self, hundredths: u64) -> String {
        written(hundredths, 2, self.number, self.groups)
    }

    /// An amount of money, given in hundredths of the currency, with its sign: `1.234,50 €`.
    pub fn money(&self, hundredths: u64) -> String {
        let digits = u32::from(self.currency_digits);
        let amount = u128::from(hundredths) * 10u128.pow(digits.min(6)) / 100;
        let amount = u64::try_from(amount).unwrap_or(u64::MAX);
        let signs = match self.money.decimal {
            // A locale without money of its own writes it as any number.
            "" => self.number,
            _ => self.money,
        };
        let amount = written(amount, digits, signs, self.groups);
        let space = if self.currency_place.ends_with('_') {
            "\u{a0}"
        } else {
            ""
        };
        match (self.currency, self.currency_place.starts_with('<')) {
            ("", _) => amount,
            (sign, true) => format!("{sign}{space}{amount}"),
            (sign, false) => format!("{amount}{space}{sign}"),
        }
    }

    /// The currency's code (ISO 4217), such as `EUR`; empty for locales of no country.
    pub const fn currency_code(&self) -> &'static str {
        self.currency_code
    }

    fn write(&self, pattern: &str, time: &LocalTime) -> String {
        let mut text = String::new();
        let mut letters = pattern.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                text.push(letter);
                continue;
            }
            match letters.next() {
                Some(conversion) => text.push_str(&self.part(conversion, time)),
                None => text.push('%'),
            }
        }
        text
    }

    /// One conversion of the table (its script lists them).
    fn part(&self, conversion: char, time: &LocalTime) -> String {
        let hour = (time.hour + 11) % 12 + 1;
        match conversion {
            'd' => format!("{:02}", time.day),
            'e' => time.day.to_string(),
            'm' => format!("{:02}", time.month),
            'n' => time.month.to_string(),
            'Y' => time.year.to_string(),
            'y' => format!("{:02}", time.year.rem_euclid(100)),
            'H' => format!("{:02}", time.hour),
            'k' => time.hour.to_string(),
            'I' => format!("{hour:02}"),
            'l' => hour.to_string(),
            'M' => format!("{:02}", time.minute),
            'S' => format!("{:02}", time.second),
            'a' | 'A' => self.name(conversion, time.weekday),
            'b' | 'B' => self.name(conversion, time.month.saturating_sub(1)),
            'p' => self.name(conversion, u8::from(time.hour >= 12)),
            other => other.to_string(),
        }
    }

    fn name(&self, kind: char, index: u8) -> String {
        let list = self.names.split(';').find_map(|l| l.strip_prefix(kind));
        let name = list.and_then(|list| list.split('|').nth(usize::from(index)));
        name.unwrap_or_default().to_owned()
    }
}

/// A number, given in units of its last digit, with its signs.
fn written(number: u64, digits: u32, signs: Signs, groups: &str) -> String {
    let unit = 10u64.saturating_pow(digits);
    let whole = grouped(&(number / unit).to_string(), signs.thousands, groups);
    match digits {
        0 => whole,
        _ => {
            let width = usize::try_from(digits).unwrap_or_default();
            format!("{whole}{}{:0width$}", signs.decimal, number % unit)
        }
    }
}

/// Digits in groups from the right; the last size holds for the rest, as in `3,2` for India.
fn grouped(digits: &str, sign: &str, groups: &str) -> String {
    let mut sizes = groups
        .split(',')
        .filter_map(|size| size.parse::<usize>().ok());
    let mut size = sizes.next();
    if sign.is_empty() || size.is_none() {
        return digits.to_owned();
    }
    let mut rest = digits;
    let mut parts = Vec::new();
    while let Some(at) = size
        .and_then(|size| rest.len().checked_sub(size))
        .filter(|at| *at > 0)
    {
        let (left, group) = rest.split_at(at);
        parts.push(group);
        rest = left;
        size = sizes.next().or(size);
    }
    parts.push(rest);
    parts.reverse();
    parts.join(sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::{locales, zone};

    /// Sunday, 22 November 2026, 14:05:09 in Berlin.
    fn moment() -> LocalTime {
        zone("Europe/Berlin").unwrap().local_time(1_795_352_709)
    }

    fn sample(locale: &str) -> [String; 4] {
        let formats = formats(locale).unwrap();
        [
            formats.date(&moment()),
            formats.time(&moment()),
            formats.number(123_456_789),
            formats.money(123_450),
        ]
    }

    #[test]
    fn samples_follow_their_locale() {
        for (locale, expected) in [
            (
                "de_DE.UTF-8",
                ["22.11.2026", "14:05:09", "1.234.567,89", "1.234,50\u{a0}€"],
            ),
            (
                "en_US.UTF-8",
                ["11/22/2026", "02:05:09 PM", "1,234,567.89", "$1,234.50"],
            ),
            (
                "en_IN",
                ["22/11/26", "02:05:09 PM", "12,34,567.89", "₹1,234.50"],
            ),
            (
                "ja_JP.UTF-8",
                ["2026年11月22日", "14時05分09秒", "1,234,567.89", "￥1,234"],
            ),
            (
                "de_CH.UTF-8",
                [
                    "22.11.2026",
                    "14:05:09",
                    "1’234’567.89",
                    "CHF\u{a0}1’234.50",
                ],
            ),
            (
                "hi_IN",
                ["22/11/26", "02:05:09 अपराह्न", "1,234,567.89", "₹1,234.50"],
            ),
        ] {
            assert_eq!(sample(locale), expected, "{locale}");
        }
        let arabic = sample("ar_EG.UTF-8");
        assert!(
            arabic[0].contains("نوف") && arabic[1].ends_with('م'),
            "{arabic:?}"
        );
    }

    #[test]
    fn every_locale_has_formats_that_come_out_whole() {
        for locale in locales() {
            let [date, time, number, money] = sample(locale.name);
            let name = locale.name;
            assert!(
                date.contains("22") && (date.contains("26") || name == "ln_CD"),
                "{name}: {date}"
            );
            assert!(time.contains("05") && !time.contains('%'), "{name}: {time}");
            assert!(time.contains("14") || time.contains('2'), "{name}: {time}");
            assert!(
                number.ends_with("89") && number.starts_with('1'),
                "{name}: {number}"
            );
            assert!(
                money.contains('1') && money.contains('4'),
                "{name}: {money}"
            );
            assert!(!date.contains('%') && !date.is_empty(), "{name}: {date}");
        }
    }

    #[test]
    fn paper_measures_and_weeks_are_known() {
        let american = formats("en_US.UTF-8").unwrap();
        assert_eq!(
            (american.paper, american.measures),
            (Paper::Letter, Measures::UnitedStates)
        );
        assert_eq!(
            (american.first_weekday, american.currency_code()),
            (0, "USD")
        );
        let german = formats("de_DE.UTF-8").unwrap();
        assert_eq!(
            (german.paper, german.measures),
            (Paper::A4, Measures::Metric)
        );
        assert_eq!(german.first_weekday, 1);
    }
}
