//! What a zone's clock shows, from its TZ string (POSIX; RFC 9636, section 3.3).
//!
//! Good for now and later, not for the past: a TZ string has only the rules that hold today.

use super::Zone;

/// Days since the first of January 1970, and seconds of a day, by a zone's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The year of our era.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 is Sunday.
    pub weekday: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// Seconds east of UTC.
    pub offset: i32,
}

impl Zone {
    /// The time there, `unix` seconds after the first of January 1970 in UTC; UTC should the TZ
    /// string not be understood, which a test rules out for every zone.
    pub fn local_time(&self, unix: i64) -> LocalTime {
        local_time(self.rules, unix)
    }
}

/// As [`Zone::local_time`], by a TZ string.
fn local_time(rules: &str, unix: i64) -> LocalTime {
    let offset = Rules::read(rules).map_or(0, |rules| rules.offset(unix));
    let local = unix + i64::from(offset);
    let (days, seconds) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = date(days);
    // All are within their ranges; `small` only narrows them.
    LocalTime {
        year,
        month: small(month),
        day: small(day),
        weekday: small((days + 4).rem_euclid(7)),
        hour: small(seconds / 3600),
        minute: small(seconds / 60 % 60),
        second: small(seconds % 60),
        offset,
    }
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

const DAY: i64 = 86_400;

/// Year, month and day, `days` after the first of January 1970 (Gregorian calendar).
///
/// Years begin in March here, so that the day that leap years have is the last one; 146,097 days
/// are 400 years.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months + 2) / 5 + 1;
    let month = if months < 10 { months + 3 } else { months - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Days from the first of January 1970 to a date; the inverse of [`date`].
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let months = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * months + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// What a TZ string says.
#[derive(Debug, PartialEq, Eq)]
struct Rules {
    /// Seconds east of UTC in standard time.
    standard: i32,
    summer: Option<Summer>,
}

#[derive(Debug, PartialEq, Eq)]
struct Summer {
    /// Seconds east of UTC in summer time.
    offset: i32,
    begins: Change,
    ends: Change,
}

/// The `week`-th `weekday` of a month (5 is the last), at a time of day that may lie on another day.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    month: i64,
    week: i64,
    weekday: i64,
    seconds: i64,
}

impl Rules {
    /// `std offset[dst[offset],start[/time],end[/time]]`, the changes as `Mm.w.d`: the only form
    /// that the tz database uses.
    fn read(text: &str) -> Option<Self> {
        let rest = after_name(text)?;
        let (west, rest) = seconds(rest)?;
        let standard = -west;
        if rest.is_empty() {
            return Some(Self {
                standard,
                summer: None,
            });
        }
        let rest = after_name(rest)?;
        let (offset, rest) = match rest.strip_prefix(',') {
            // An hour ahead, if it does not say.
            Some(changes) => (standard + 3600, changes),
            None => {
                let (west, rest) = seconds(rest)?;
                (-west, rest.strip_prefix(',')?)
            }
        };
        let (begins, ends) = rest.split_once(',')?;
        Some(Self {
            standard,
            summer: Some(Summer {
                offset,
                begins: Change::read(begins)?,
                ends: Change::read(ends)?,
            }),
        })
    }

    fn offset(&self, unix: i64) -> i32 {
        let Some(summer) = &self.summer else {
            return self.standard;
        };
        // The year in which the changes lie is the clock's own.
        let local_day = (unix + i64::from(self.standard)).div_euclid(DAY);
        let (year, ..) = date(local_day);
        let begins = summer.begins.moment(year) - i64::from(self.standard);
        let ends = summer.ends.moment(year) - i64::from(summer.offset);
        // In the south, summer goes over the new year.
        let is_summer = if begins < ends {
            (begins..ends).contains(&unix)
        } else {
            !(ends..begins).contains(&unix)
        };
        if is_summer {
            summer.offset
        } else {
            self.standard
        }
    }
}

impl Change {
    fn read(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('/').unwrap_or((text, "2"));
        let mut parts = day.strip_prefix('M')?.split('.').map(str::parse::<i64>);
        let mut next = || parts.next()?.ok();
        let (seconds, rest) = seconds(time)?;
        let change = Self {
            month: next()?,
            week: next()?,
            weekday: next()?,
            seconds: i64::from(seconds),
        };
        rest.is_empty().then_some(change)
    }

    /// Seconds from 1970, by the clock that holds before the change.
    fn moment(&self, year: i64) -> i64 {
        let first = days(year, self.month, 1);
        let (next_year, next_month) = match self.month {
            12 => (year + 1, 1),
            month => (year, month + 1),
        };
        let length = days(next_year, next_month, 1) - first;
        let first_weekday = (first + 4).rem_euclid(7);
        let mut day = (self.weekday - first_weekday).rem_euclid(7) + (self.week - 1) * 7;
        if day >= length {
            day -= 7;
        }
        (first + day) * DAY + self.seconds
    }
}

/// What follows a zone's abbreviation: letters, or anything between `<` and `>`.
fn after_name(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('<') {
        return quoted.split_once('>').map(|(_, rest)| rest);
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    let end = end.unwrap_or(text.len());
    (end >= 3).then(|| text.get(end..)).flatten()
}

/// `[+-]hh[:mm[:ss]]` in seconds, and what follows.
fn seconds(text: &str) -> Option<(i32, &str)> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':');
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut total = 0;
    let mut unit = 3600;
    for part in number.split(':') {
        total += part.parse::<i32>().ok()? * unit;
        unit /= 60;
    }
    Some((sign * total, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::{zone, zones};
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::process::Command;

    fn shown(zone_name: &str, unix: i64) -> (u8, u8, u8, i32) {
        let time = zone(zone_name).unwrap().local_time(unix);
        (time.day, time.hour, time.minute, time.offset)
    }

    #[test]
    fn clocks_around_a_change() {
        // 2027-03-28 01:00 UTC: Europe changes to summer time.
        let change = 1_806_195_600;
        assert_eq!(shown("Europe/Vienna", change - 1), (28, 1, 59, 3600));
        assert_eq!(shown("Europe/Vienna", change), (28, 3, 0, 7200));
        assert_eq!(shown("Asia/Kathmandu", change), (28, 6, 45, 20_700));
        // Summer goes over the new year in the south.
        assert_eq!(shown("Australia/Sydney", 1_798_800_000).3, 11 * 3600);
        assert_eq!(shown("America/St_Johns", 1_798_800_000).3, -12_600);
    }

    /// glibc reads the same strings; `date` prints what it makes of them.
    #[test]
    fn every_zone_shows_what_glibc_shows() {
        let rules: BTreeSet<&str> = zones().iter().map(|zone| zone.rules).collect();
        assert!(rules.len() > 80, "{}", rules.len());
        let moments: Vec<i64> = (0..24).map(|n| 1_795_000_000 + n * 1_357_913).collect();
        let lines: String = moments.iter().map(|unix| format!("@{unix}\n")).collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("moments");
        std::fs::write(&file, lines).unwrap();
        for rules in rules {
            let output = Command::new("date")
                .env("TZ", rules)
                .args(["+%Y %-m %-d %w %-H %-M %-S", "-f"])
                .arg(&file)
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert_eq!(printed.lines().count(), moments.len());
            for (line, unix) in printed.lines().zip(&moments) {
                let t = local_time(rules, *unix);
                let ours = format!(
                    "{} {} {} {} {} {} {}",
                    t.year, t.month, t.day, t.weekday, t.hour, t.minute, t.second
                );
                assert_eq!(ours, line, "{rules} at {unix}");
            }
        }
    }

    proptest! {
        #[test]
        fn dates_and_days_are_each_other_s_inverse(day in -1_000_000i64..1_000_000) {
            let (year, month, day_of_month) = date(day);
            prop_assert_eq!(days(year, month, day_of_month), day);
            prop_assert!((1..=12).contains(&month) && (1..=31).contains(&day_of_month));
        }

        #[test]
        fn no_text_is_too_odd(text in "[<>A-Z0-9:,./M+-]{0,20}", unix in -4_000_000_000i64..4_000_000_000) {
            prop_assert!(local_time(&text, unix).hour < 24);
        }
    }
}
