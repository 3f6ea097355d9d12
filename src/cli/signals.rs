//! Control-C and requests to end, while something goes on that must not be left behind.

use crate::process::CancelToken;
use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag::register_conditional_default;
use signal_hook::iterator::Signals;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

/// The signals that end a program.
pub(super) const ENDING: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// Whether a signal ends this program, once [`with_cancel`] has taken signals over: what was done to
/// a signal before can't be brought back otherwise.
static ENDS: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Does something that a signal cancels; afterwards, signals end the program as ever.
///
/// Programs that are run have a process group of their own, which Control-C does not reach.
pub(super) fn with_cancel<T>(work: impl FnOnce(&CancelToken) -> T) -> Result<T> {
    const WHAT: &str = "signals could not be waited for";
    let token = CancelToken::default();
    let theirs = token.clone();
    take_over();
    for signal in ENDING {
        register_conditional_default(signal, Arc::clone(&ENDS)).context(WHAT)?;
    }
    let mut signals = Signals::new(ENDING).context(WHAT)?;
    let handle = signals.handle();
    let waiter = std::thread::spawn(move || signals.forever().for_each(|_| theirs.cancel()));
    let result = work(&token);
    handle.close();
    // It ends with its signals.
    waiter.join().ok();
    ENDS.store(true, Ordering::SeqCst);
    Ok(result)
}

/// From now on somebody else looks after the signals, and they end nothing by themselves.
pub(super) fn take_over() {
    ENDS.store(false, Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn a_signal_cancels_what_is_going_on() {
        let cancelled = with_cancel(|token| {
            let (wake, woken) = channel();
            token.when_cancelled(move || wake.send(()).unwrap());
            signal_hook::low_level::raise(SIGHUP).unwrap();
            woken.recv_timeout(Duration::from_secs(60)).is_ok()
        });
        assert!(cancelled.unwrap());
        assert!(ENDS.load(Ordering::SeqCst), "the next one ends the program");
    }
}
