//! How fast a recording is played.

use crate::process::CancelToken;
use std::str::FromStr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How many times faster than it happened a recording is played: 0.01 to 10,000, or at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed(f64);

impl Speed {
    /// As it happened.
    pub const RECORDED: Self = Self(1.0);

    /// Without any pause.
    pub const AT_ONCE: Self = Self(f64::INFINITY);

    /// Nothing if it is out of range.
    pub fn new(times: f64) -> Option<Self> {
        (0.01..=10_000.0).contains(&times).then_some(Self(times))
    }

    /// How long a recorded pause is at this speed.
    fn scale(self, pause: Duration) -> Duration {
        Duration::try_from_secs_f64(pause.as_secs_f64() / self.0).unwrap_or(Duration::MAX)
    }
}

/// A text is no speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a speed is a number from 0.01 to 10000")]
pub struct BadSpeed;

impl FromStr for Speed {
    type Err = BadSpeed;

    fn from_str(text: &str) -> Result<Self, BadSpeed> {
        text.parse().ok().and_then(Self::new).ok_or(BadSpeed)
    }
}

/// Makes the pauses between recorded events.
#[derive(Debug)]
pub struct Pace {
    speed: Speed,
    cancelled: Receiver<()>,
}

impl Pace {
    /// Pauses that a cancel can end.
    pub fn new(speed: Speed, cancel: &CancelToken) -> Self {
        let (wake, cancelled) = channel();
        // Nobody waits any more when the recording has come to its end.
        cancel.when_cancelled(move || wake.send(()).unwrap_or_default());
        Self { speed, cancelled }
    }

    /// Waits as long as it was in the recording, or until somebody cancels.
    pub fn wait(&self, pause: Duration) {
        // A cancel is looked for by whoever called; a second one can't come.
        match self.cancelled.recv_timeout(self.speed.scale(pause)) {
            Ok(()) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }

    /// Waits as long as it was in the recording, whoever cancels.
    pub fn wait_all(&self, pause: Duration) {
        std::thread::sleep(self.speed.scale(pause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_a_number_in_range() {
        assert_eq!("2.5".parse(), Ok(Speed(2.5)));
        for bad in ["0", "-1", "inf", "nan", "1e9", "fast", ""] {
            assert_eq!(bad.parse::<Speed>(), Err(BadSpeed), "{bad}");
        }
    }

    #[test]
    fn pauses_are_scaled() {
        let second = Duration::from_secs(1);
        assert_eq!(Speed(4.0).scale(second), Duration::from_millis(250));
        assert_eq!(Speed::AT_ONCE.scale(second), Duration::ZERO);
        assert_eq!(Speed(0.01).scale(Duration::MAX), Duration::MAX);
    }

    #[test]
    fn a_cancel_ends_a_pause_that_may_be_ended() {
        let cancel = CancelToken::default();
        let pace = Pace::new(Speed::RECORDED, &cancel);
        cancel.cancel();
        pace.wait(Duration::from_secs(3600));
        pace.wait(Duration::from_secs(3600));
        let late = Pace::new(Speed::RECORDED, &cancel);
        late.wait(Duration::from_secs(3600));
    }
}
