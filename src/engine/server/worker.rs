//! The main thread: works off what the connections ask for.

use super::super::protocol::{Refusal, Reply};
use super::super::{Executor, Installation, RunOptions};
use super::{Shared, busy};
use crate::machine::{Machine, Region};
use crate::process::CancelToken;
use crate::secret::Secret;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// What the main thread is asked for.
#[derive(Debug)]
pub(super) enum Work {
    Run(Box<Installation>),
    Retry,
    Answer {
        question: Question,
        answer: Sender<Reply>,
        /// Fired when an installation begins.
        cancel: CancelToken,
    },
    /// Somebody came or went.
    Changed,
    Stop,
}

/// Something read-only that a front end waits for.
#[derive(Debug)]
pub(super) enum Question {
    Probe,
    Measure { device: PathBuf },
    Unlock { device: PathBuf, passphrase: Secret },
}

/// Carries out one thing after the other.
#[derive(Debug)]
pub(super) struct Worker {
    /// For journal and plan.
    state: PathBuf,
    idle: Duration,
    pub(super) shared: Arc<Shared>,
    work: Receiver<Work>,
}

impl Worker {
    pub(super) fn new(state: &Path, owner: u32, idle: Duration) -> Self {
        let (sender, work) = channel();
        let shared = Shared {
            owner,
            state: Mutex::default(),
            changed: Condvar::new(),
            work: sender,
        };
        Self {
            state: state.to_owned(),
            idle,
            shared: Arc::new(shared),
            work,
        }
    }

    /// Works until nobody needs the engine any more.
    pub(super) fn work(&self, executor: &mut dyn Executor, probe: &mut dyn FnMut() -> Machine) {
        let mut installation = None;
        loop {
            match self.next_work() {
                Some(Work::Run(new)) => {
                    let new = installation.insert(*new);
                    self.attempt(new, executor);
                }
                Some(Work::Retry) => {
                    if let Some(installation) = &mut installation {
                        self.attempt(installation, executor);
                    }
                }
                Some(Work::Answer {
                    question,
                    answer,
                    cancel,
                }) => {
                    let found = (!cancel.is_cancelled())
                        .then(|| reply(&question, executor, &probe(), &cancel))
                        .filter(|_| !cancel.is_cancelled());
                    // Who asked may have gone.
                    drop(answer.send(found.unwrap_or_else(busy)));
                }
                Some(Work::Changed) => {}
                Some(Work::Stop) | None => break,
            }
        }
    }

    /// The next thing to do; nothing when nobody needs the engine any more.
    fn next_work(&self) -> Option<Work> {
        loop {
            let state = self.shared.lock();
            let (is_needed, patience) = (state.is_needed(), state.patience(self.idle));
            drop(state);
            if !is_needed {
                match self.work.recv_timeout(patience) {
                    Ok(work) => return Some(work),
                    Err(RecvTimeoutError::Disconnected) => return None,
                    Err(RecvTimeoutError::Timeout) if !self.shared.lock().is_needed() => {
                        return None;
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                }
            } else {
                return self.work.recv().ok();
            }
        }
    }

    fn attempt(&self, installation: &mut Installation, executor: &mut dyn Executor) {
        let options = RunOptions {
            state: self.state.clone(),
            cancel: self.shared.lock().cancel.clone(),
        };
        let mut publish = |event: &_| self.shared.publish(event);
        // The outcome is the last event.
        drop(executor.attempt(installation, &options, &mut publish));
    }
}

/// The answer to a question about this computer as it is now. Only its disks and partitions are looked
/// at, never a path that a message made up.
fn reply(
    question: &Question,
    executor: &mut dyn Executor,
    machine: &Machine,
    cancel: &CancelToken,
) -> Reply {
    let at = |device: &Path, look: &mut dyn FnMut(Region<'_>) -> Reply| match machine.region(device)
    {
        Some(region) => look(region),
        None => Refusal::NoSuchDevice.because(format!(
            "{} is no partition of this computer, and no disk without a table",
            device.display()
        )),
    };
    match question {
        Question::Probe => Reply::Machine(Box::new(machine.clone())),
        Question::Measure { device } => at(device, &mut |region| {
            Reply::Measured(executor.measure(region, device, cancel))
        }),
        Question::Unlock { device, passphrase } => at(device, &mut |region| {
            Reply::Unlocked(executor.unlock(region, device, passphrase, cancel))
        }),
    }
}
