//! An engine that replays a recording, and waits where a test tells it to.

use super::driver::{Driver, recorded};
use super::listening::Listening;
use crate::engine::{
    ErrorReport, Event, EventKind, Executor, FailedCommand, Installation, Outcome, Recording,
    Replay, RunOptions, Speed,
};
use crate::machine::{Region, Shrink, Unlocked};
use crate::process::CancelToken;
use crate::secret::Secret;
use iced::Size;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The computer that it takes this one to be.
pub(super) const MACHINE: &str = "qemu-uefi";

/// Of the wizard's window.
pub(super) const SIZE: Size = Size::new(1024.0, 600.0);

/// Replays a recording, and waits at the beginning of one step until it is let on.
struct Gated {
    replay: Replay,
    /// The step that waits, and what lets it on.
    gate: Option<(u32, Receiver<()>)>,
}

impl Executor for Gated {
    fn attempt(
        &mut self,
        installation: &mut Installation,
        options: &RunOptions,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome {
        let Self { replay, gate } = self;
        replay.attempt(installation, options, &mut |event| {
            on_event(event);
            match (&*gate, &event.kind) {
                (Some((at, open)), EventKind::StepStarted { step, .. }) if step == at => {
                    open.recv().unwrap();
                }
                _ => {}
            }
        })
    }

    fn measure(&mut self, region: Region<'_>, device: &Path, cancel: &CancelToken) -> Shrink {
        self.replay.measure(region, device, cancel)
    }

    fn unlock(
        &mut self,
        region: Region<'_>,
        device: &Path,
        passphrase: &Secret,
        cancel: &CancelToken,
    ) -> Unlocked {
        self.replay.unlock(region, device, passphrase, cancel)
    }
}

/// One that listens.
pub(super) struct StandIn {
    listening: Listening,
    open: Sender<()>,
}

impl StandIn {
    /// It waits at the beginning of a step, and fails at one; never for 0.
    pub(super) fn start(waits: u32, fails: u32) -> Self {
        let (open, gate) = channel();
        let replay = Replay::new(Recording::included().unwrap(), Speed::AT_ONCE);
        let error = ErrorReport {
            message: "mkfs.ext4 failed".to_owned(),
            command: Some(FailedCommand {
                arguments: vec!["mkfs.ext4".to_owned(), "/dev/vda2".to_owned()],
                status: "exit code 1".to_owned(),
                stdout: String::new(),
                stderr: "No space left on device".to_owned(),
            }),
        };
        let executor = Gated {
            replay: replay.failing_at(fails, error),
            gate: (waits > 0).then_some((waits, gate)),
        };
        Self {
            listening: Listening::start(executor, || recorded(MACHINE)),
            open,
        }
    }

    /// A wizard that talks to it.
    pub(super) fn driver(&self) -> Driver {
        Driver::with_engine(MACHINE, SIZE, self.listening.engine())
    }

    /// Lets the step that waits go on.
    pub(super) fn let_on(&self) {
        self.open.send(()).unwrap();
    }

    /// Ends it, as root could.
    pub(super) fn stop(&mut self) {
        // Whoever waits is let on.
        self.open.send(()).ok();
        self.listening.stop();
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.stop();
    }
}
