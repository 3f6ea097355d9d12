//! A recorded installation, told again event by event with the pauses that it had.

use crate::engine::{Event, EventKind, Outcome};

/// Events and how far they have been told.
#[derive(Debug)]
pub(crate) struct Replay {
    /// Seconds since the beginning, and what happened then.
    events: Vec<(f64, Event)>,
    next: usize,
    /// The step that runs; 0 before the first.
    step: u32,
    cancelled: bool,
}

/// A recording that can't be told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadRecording {
    /// A line of it is no event.
    #[error("line {0} of the recording is no event: {1}")]
    Line(usize, serde_json::Error),
    /// It does not say how it ended.
    #[error("the recording does not end with the end of an installation")]
    NoEnd,
}

/// The second of the day in a time as RFC 3339 has it.
fn second_of_day(time: &str) -> Option<f64> {
    let clock = time.split_once('T')?.1.trim_end_matches('Z');
    let mut parts = clock.split(':');
    let mut next = || parts.next()?.parse::<f64>().ok();
    Some(next()? * 3600.0 + next()? * 60.0 + next()?)
}

/// Seconds from one time to a later one, less than a day.
pub(crate) fn seconds_between(from: &str, to: &str) -> f64 {
    match (second_of_day(from), second_of_day(to)) {
        (Some(from), Some(to)) => (to - from).rem_euclid(86_400.0),
        _ => 0.0,
    }
}

impl Replay {
    /// Reads a journal: an event a line.
    pub(crate) fn read(text: &str) -> Result<Self, BadRecording> {
        let mut events: Vec<(f64, Event)> = Vec::new();
        let mut begin = String::new();
        for (number, line) in (1..).zip(text.lines()) {
            let event: Event =
                serde_json::from_str(line).map_err(|error| BadRecording::Line(number, error))?;
            if events.is_empty() {
                begin.clone_from(&event.time);
            }
            events.push((seconds_between(&begin, &event.time), event));
        }
        let ends = events.last().is_some_and(|(_, event)| is_end(event));
        ends.then_some(Self {
            events,
            next: 0,
            step: 0,
            cancelled: false,
        })
        .ok_or(BadRecording::NoEnd)
    }

    /// Everything that has happened `seconds` after the beginning and was not told yet.
    pub(crate) fn until(&mut self, seconds: f64) -> Vec<Event> {
        let mut told = Vec::new();
        while let Some((at, event)) = self.events.get(self.next) {
            if *at > seconds {
                break;
            }
            self.next += 1;
            match event.kind {
                EventKind::StepStarted { step, .. } => self.step = step,
                EventKind::StepFinished { step, .. } if self.cancelled => {
                    let outcome = Outcome::Cancelled { after: step };
                    let end = Event {
                        kind: EventKind::Finished { outcome },
                        ..event.clone()
                    };
                    told.extend([event.clone(), end]);
                    self.next = self.events.len();
                    break;
                }
                _ => {}
            }
            told.push(event.clone());
        }
        told
    }

    /// Stops at the end of the step that runs, as the engine would.
    pub(crate) const fn cancel(&mut self) {
        self.cancelled = true;
    }

    /// How long each step took, as the recording says, in seconds.
    pub(crate) fn durations(&self) -> Vec<f64> {
        let ends = self
            .events
            .iter()
            .filter_map(|(_, event)| match event.kind {
                EventKind::StepFinished { seconds, .. } => Some(seconds),
                _ => None,
            });
        ends.collect()
    }
}

const fn is_end(event: &Event) -> bool {
    matches!(event.kind, EventKind::Finished { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDING: &str = include_str!("../../assets/demo/install.jsonl");

    #[test]
    fn every_event_is_told_once_and_in_time() {
        let mut replay = Replay::read(RECORDING).unwrap();
        let early = replay.until(5.0);
        assert!(!early.is_empty() && early.len() < RECORDING.lines().count());
        let late = replay.until(1e6);
        assert_eq!(early.len() + late.len(), RECORDING.lines().count());
        assert!(replay.until(1e6).is_empty());
    }

    #[test]
    fn a_cancel_waits_for_the_end_of_the_step() {
        let mut replay = Replay::read(RECORDING).unwrap();
        replay.until(1.0);
        replay.cancel();
        let rest = replay.until(1e6);
        let [.., last] = rest.as_slice() else {
            panic!("nothing was told");
        };
        let expected = Outcome::Cancelled { after: 1 };
        assert_eq!(last.kind, EventKind::Finished { outcome: expected });
    }

    #[test]
    fn what_is_no_recording_is_refused() {
        assert!(matches!(Replay::read("{}"), Err(BadRecording::Line(1, _))));
        let cut: Vec<&str> = RECORDING.lines().take(9).collect();
        let cut = Replay::read(&cut.join("\n"));
        assert!(matches!(cut, Err(BadRecording::NoEnd)));
        assert!(matches!(Replay::read(""), Err(BadRecording::NoEnd)));
    }

    #[test]
    fn midnight_is_no_step_back() {
        let seconds = seconds_between("2026-11-22T23:59:59.500Z", "2026-11-23T00:00:01.000Z");
        assert!((seconds - 1.5).abs() < 1e-9, "{seconds}");
    }
}
