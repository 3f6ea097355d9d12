//! A wish to stop, that wakes whoever waits.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Shared between the run and whoever may stop it; clones are the same token.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    cancelled: bool,
    waiting: Vec<Box<dyn FnOnce() + Send>>,
}

impl CancelToken {
    /// Asks the run to stop at the next safe point; asking twice changes nothing.
    pub fn cancel(&self) {
        let waiting = {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.cancelled = true;
            std::mem::take(&mut state.waiting)
        };
        for wake in waiting {
            wake();
        }
    }

    /// Whether somebody asked.
    pub fn is_cancelled(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .cancelled
    }

    /// Calls `wake` once, when somebody asks; at once if somebody already did.
    pub fn when_cancelled(&self, wake: impl FnOnce() + Send + 'static) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.cancelled {
            drop(state);
            wake();
        } else {
            state.waiting.push(Box::new(wake));
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cancelled, waiting } = self;
        write!(f, "cancelled: {cancelled}, waiting: {}", waiting.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn those_who_wait_are_woken_before_and_after() {
        let token = CancelToken::default();
        let (sender, receiver) = channel();
        let again = sender.clone();
        token.when_cancelled(move || sender.send(()).unwrap());
        assert!(receiver.try_recv().is_err() && !token.is_cancelled());
        token.clone().cancel();
        assert!(receiver.try_recv().is_ok() && token.is_cancelled());
        token.when_cancelled(move || again.send(()).unwrap());
        assert!(receiver.try_recv().is_ok());
    }
}
