//! What happened, as a stream: one line of JSON each, for the terminal, the wizard and the log.
//!
//! An event holds no secret by construction: passwords reach the engine apart from the plan, go to
//! other programs on standard input only, and are taken out of those programs' output.

use crate::plan::Nonce;
use crate::process::FailedCommand;
use crate::units::Bytes;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The version of the JSON form of an event.
pub const FORMAT: u32 = 1;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// [`EVENT_FORMAT`](super::EVENT_FORMAT) when it was written.
    pub format: u32,
    /// When, in UTC as RFC 3339 has it, to the millisecond.
    pub time: String,
    /// What.
    #[serde(flatten)]
    pub kind: EventKind,
}

impl Event {
    /// Something that happened at `time`.
    pub(crate) fn new(time: SystemTime, kind: EventKind) -> Self {
        Self {
            format: FORMAT,
            time: rfc3339(time),
            kind,
        }
    }
}

/// The kinds of events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventKind {
    /// An installation began.
    Started {
        /// The plan's nonce.
        nonce: Nonce,
        /// How many steps the plan has.
        steps: u32,
    },
    /// A retry began, after an attempt that failed or was cancelled. Completed steps that only look
    /// at something or open it come again before `step`.
    Resumed {
        /// The first step that has not been completed.
        step: u32,
        /// How many steps the plan has.
        steps: u32,
    },
    /// A step began.
    StepStarted {
        /// Its number in the plan.
        step: u32,
        /// What it does, in words.
        title: String,
    },
    /// A step ended well.
    StepFinished {
        /// Its number in the plan.
        step: u32,
        /// How long it took.
        seconds: f64,
    },
    /// A step failed; nothing after it is run.
    StepFailed {
        /// Its number in the plan.
        step: u32,
        /// What went wrong.
        error: ErrorReport,
    },
    /// A line that a program printed, or a note of the engine itself.
    Log {
        /// The program, or `nevado`.
        source: String,
        /// The line, without escape sequences.
        text: String,
    },
    /// How far the build is.
    Progress(Progress),
    /// Something is not as it should be, and the installation goes on.
    Warning {
        /// What, in a sentence.
        text: String,
    },
    /// The installation ended; always the last event of an attempt.
    Finished {
        /// How.
        outcome: Outcome,
    },
}

/// How far the build is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// What Nix is doing.
    pub phase: Phase,
    /// Of the whole build, 0 to 1; never falls, and is 1 only after Nix ended well.
    pub fraction: f64,
    /// Unpacked bytes that have arrived in the target's store.
    pub done: Bytes,
    /// Unpacked bytes that will have arrived at the end, as far as it is known.
    pub total: Bytes,
    /// Bytes a second, lately.
    pub speed: Option<Bytes>,
    /// The package that is being copied, downloaded or built.
    pub current: Option<String>,
}

/// What Nix is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Reading and evaluating Nix files.
    #[default]
    Evaluate,
    /// Finding out what has to be built and what can be fetched.
    Plan,
    /// Building, copying and downloading.
    Realise,
}

/// An error with everything that helps to understand it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorReport {
    /// What happened to what, and what to do.
    pub message: String,
    /// The command that failed, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<FailedCommand>,
}

/// How an installation ended, computed from what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[must_use]
pub enum Outcome {
    /// Every step ended well, and what was written has been read back.
    Done,
    /// As above, with something that should be known.
    DoneWithWarnings {
        /// A sentence each.
        warnings: Vec<String>,
    },
    /// A step failed.
    Failed {
        /// Its number; `None` if the installation was refused before the first step.
        step: Option<u32>,
        /// What went wrong.
        error: ErrorReport,
    },
    /// It was stopped on request.
    Cancelled {
        /// The last step that was completed; 0 if none was.
        after: u32,
    },
}

impl Outcome {
    /// Whether the computer now has the system that the plan describes.
    pub const fn is_installed(&self) -> bool {
        matches!(self, Self::Done | Self::DoneWithWarnings { .. })
    }
}

/// A point in time as RFC 3339 has it: `2026-11-22T17:03:05.123Z`; times before 1970 read as 1970.
pub fn rfc3339(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (since.as_secs() / 86_400, since.as_secs() % 86_400);
    let (year, month, day) = civil(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        second / 3600,
        second / 60 % 60,
        second % 60,
        since.subsec_millis()
    )
}

/// How long after the beginning of 1970 a time is that [`rfc3339`] wrote; nothing for other texts.
pub(crate) fn since_1970(text: &str) -> Option<Duration> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date, '-')?;
    let (clock, milliseconds) = time.split_once('.')?;
    let [hour, minute, second] = numbers(clock, ':')?;
    if year > 9999 || day > 31 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let before = usize::try_from(month).ok()?.checked_sub(1)?;
    let days = (1970..year).map(year_length).sum::<u64>()
        + month_lengths(year).get(..before)?.iter().sum::<u64>()
        + day.checked_sub(1)?;
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    let since = Duration::from_secs(seconds) + Duration::from_millis(milliseconds.parse().ok()?);
    // Whatever was read too generously is written in another way.
    (rfc3339(UNIX_EPOCH + since) == text).then_some(since)
}

/// Three numbers with a sign between.
fn numbers(text: &str, between: char) -> Option<[u64; 3]> {
    let numbers: Option<Vec<u64>> = text.split(between).map(|n| n.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// The Gregorian date of a day counted from 1970-01-01.
fn civil(days: u64) -> (u64, u64, u64) {
    let (mut year, mut rest) = (1970, days);
    while rest >= year_length(year) {
        rest -= year_length(year);
        year += 1;
    }
    let mut month = 1;
    for length in month_lengths(year) {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    (year, month, rest + 1)
}

const fn is_leap(year: u64) -> bool {
    (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
}

const fn year_length(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn month_lengths(year: u64) -> [u64; 12] {
    let february = if is_leap(year) { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_rfc_3339() {
        // From `date -u --date=@N`.
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00.007Z"),
            (951_782_400, "2000-02-29T00:00:00.007Z"),
            (1_798_761_599, "2026-12-31T23:59:59.007Z"),
            (1_835_395_200, "2028-02-29T00:00:00.007Z"),
            (4_107_542_400, "2100-03-01T00:00:00.007Z"),
        ] {
            let time = UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_millis(7);
            assert_eq!(rfc3339(time), text, "{seconds}");
            assert_eq!(since_1970(text), time.duration_since(UNIX_EPOCH).ok());
        }
        for other in [
            "2026-11-22T20:09:01.9Z",
            "2026-11-22T20:09:01.928+01:00",
            "2026-02-29T20:09:01.928Z",
            "2026-00-01T20:09:01.928Z",
            "2026-13-01T20:09:01.928Z",
            "2026-11-00T20:09:01.928Z",
            "2026-11-22T24:00:00.000Z",
            "99999999999999999-1-1T0:0:0.000Z",
            "1969-12-31T23:59:59.000Z",
            "",
        ] {
            assert_eq!(since_1970(other), None, "{other}");
        }
    }

    #[test]
    fn an_event_is_one_line_and_reads_back() {
        let event = Event {
            format: FORMAT,
            time: rfc3339(UNIX_EPOCH),
            kind: EventKind::Finished {
                outcome: Outcome::Cancelled { after: 3 },
            },
        };
        let line = serde_json::to_string(&event).unwrap();
        assert_eq!(
            line,
            r#"{"format":1,"time":"1970-01-01T00:00:00.000Z","event":"finished","outcome":{"state":"cancelled","after":3}}"#
        );
        assert_eq!(serde_json::from_str::<Event>(&line).unwrap(), event);
    }
}
