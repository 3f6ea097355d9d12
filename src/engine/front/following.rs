//! What a front end shows of the events that it gets, and which of them is the end.
//!
//! An engine sends every event of an installation, earlier attempts included, before it goes on with
//! those that are new. So an outcome among them may be one that a retry has overtaken.

use super::super::{Event, EventKind, Outcome};

/// How much of an installation is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// From its beginning.
    All,
    /// Only the latest attempt; the earlier ones were shown when they happened.
    LastAttempt,
}

/// Follows the events of one connection.
#[derive(Debug)]
pub struct Following {
    scope: Scope,
    /// How many events there were when following began.
    before: u64,
    /// Whether an attempt was going on then.
    running: bool,
    seen: u64,
    /// Events of the latest attempt, as long as a later one may follow.
    held: Vec<Event>,
}

impl Following {
    /// With what the engine says when following begins.
    pub const fn new(scope: Scope, running: bool, before: u64) -> Self {
        Self {
            scope,
            before,
            running,
            seen: 0,
            held: Vec::new(),
        }
    }

    /// Takes the next event; gives what is to be shown now, and the outcome if this is the end.
    pub fn next(&mut self, event: Event) -> (Vec<Event>, Option<Outcome>) {
        self.seen += 1;
        let end = match &event.kind {
            EventKind::Finished { outcome } if self.is_last() => Some(outcome.clone()),
            _ => None,
        };
        if self.scope == Scope::LastAttempt && self.seen <= self.before {
            let overtaken = matches!(event.kind, EventKind::Finished { .. }) && end.is_none();
            if overtaken || matches!(event.kind, EventKind::Resumed { .. }) {
                self.held.clear();
            }
            if !overtaken {
                self.held.push(event);
            }
            let complete = self.seen == self.before;
            let shown = complete.then(|| std::mem::take(&mut self.held));
            return (shown.unwrap_or_default(), end);
        }
        (vec![event], end)
    }

    /// Another attempt was asked for: the next outcome is the end.
    pub fn again(&mut self) {
        self.before = self.seen;
        self.running = true;
    }

    /// Whether an outcome that was just seen is that of the latest attempt.
    const fn is_last(&self) -> bool {
        self.seen > self.before || (self.seen == self.before && !self.running)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind) -> Event {
        Event {
            format: 1,
            time: String::new(),
            kind,
        }
    }

    fn resumed() -> Event {
        event(EventKind::Resumed { step: 2, steps: 3 })
    }

    fn began(step: u32) -> Event {
        event(EventKind::StepStarted {
            step,
            title: String::new(),
        })
    }

    fn finished(after: u32) -> Event {
        event(EventKind::Finished {
            outcome: Outcome::Cancelled { after },
        })
    }

    /// Hands over all events; gives what was shown, and after which event it ended.
    fn follow(mut following: Following, events: Vec<Event>) -> (Vec<Event>, Option<usize>) {
        let (mut shown, mut ended) = (Vec::new(), None);
        for (index, event) in events.into_iter().enumerate() {
            let (now, end) = following.next(event);
            shown.extend(now);
            ended = ended.or(end.map(|_| index));
        }
        (shown, ended)
    }

    fn two_attempts() -> Vec<Event> {
        vec![began(1), finished(1), resumed(), began(2), finished(2)]
    }

    #[test]
    fn the_outcome_of_an_earlier_attempt_is_not_the_end() {
        for (running, before) in [(true, 0), (true, 2), (true, 4), (false, 5)] {
            let following = Following::new(Scope::All, running, before);
            let (shown, ended) = follow(following, two_attempts());
            let expected = if before == 0 { 1 } else { 4 };
            assert_eq!(ended, Some(expected), "{before}");
            assert_eq!(shown, two_attempts());
        }
    }

    #[test]
    fn a_retry_shows_its_own_attempt_only() {
        // However much of the new attempt is there already.
        for (running, before) in [(true, 2), (true, 3), (true, 4), (false, 5)] {
            let following = Following::new(Scope::LastAttempt, running, before);
            let (shown, ended) = follow(following, two_attempts());
            assert_eq!(ended, Some(4), "{before}");
            let expected: Vec<_> = two_attempts().into_iter().skip(2).collect();
            assert_eq!(shown, expected, "{before}");
        }
    }

    #[test]
    fn after_asking_for_another_attempt_the_next_outcome_is_the_end() {
        let mut following = Following::new(Scope::All, true, 0);
        assert!(following.next(finished(1)).1.is_some());
        following.again();
        assert!(following.next(resumed()).1.is_none());
        assert!(following.next(finished(2)).1.is_some());
    }
}
