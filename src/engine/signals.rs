//! SIGINT and SIGTERM ask the run to stop; they end nothing by themselves.

use super::cancel::CancelToken;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io;

/// From now on both signals cancel `token`, and nothing else.
///
/// Programs that the engine runs are in process groups of their own, so that Ctrl-C in a terminal
/// reaches the engine alone.
///
/// # Errors
/// The signals can't be caught.
pub fn cancel_on_signals(token: &CancelToken) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let token = token.clone();
    std::thread::spawn(move || {
        for _ in signals.forever() {
            token.cancel();
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::{Signal, getpid, kill_process};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn a_signal_cancels() {
        let token = CancelToken::default();
        cancel_on_signals(&token).unwrap();
        let (sender, receiver) = channel();
        token.when_cancelled(move || sender.send(()).unwrap());
        kill_process(getpid(), Signal::TERM).unwrap();
        receiver.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(token.is_cancelled());
    }
}
