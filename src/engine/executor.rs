//! What carries an installation out: a system, or a replay of a recorded one.

use super::event::{Event, Outcome};
use super::measure::ToolsOf;
use super::{Installation, RunOptions, System, unlock};
use crate::machine::{Region, Shrink, Unlocked, shrink};
use crate::process::CancelToken;
use crate::secret::Secret;
use std::path::Path;

/// Carries out attempts at an installation. Everything above it, the [`Server`](super::Server) and
/// its front ends, is the same for both kinds: a [`System`], on which the steps are run, and a
/// [`Replay`](super::Replay), which tells what a recorded installation told.
pub trait Executor {
    /// One attempt: the first, or a retry of what is left; see [`Installation::attempt`].
    fn attempt(
        &mut self,
        installation: &mut Installation,
        options: &RunOptions,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome;

    /// How small what is in a region, behind the node `device`, can become. Read-only. A cancel ends it,
    /// and what is handed back then means nothing.
    fn measure(&mut self, region: Region<'_>, device: &Path, cancel: &CancelToken) -> Shrink;

    /// What is in the LUKS container in a region, behind the node `device`. Read-only. As for
    /// [`measure`](Self::measure).
    fn unlock(
        &mut self,
        region: Region<'_>,
        device: &Path,
        passphrase: &Secret,
        cancel: &CancelToken,
    ) -> Unlocked;
}

impl<S: System> Executor for S {
    fn attempt(
        &mut self,
        installation: &mut Installation,
        options: &RunOptions,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome {
        installation.attempt(options, self, on_event)
    }

    fn measure(&mut self, region: Region<'_>, device: &Path, cancel: &CancelToken) -> Shrink {
        shrink::measure(region, device, &mut ToolsOf(self, Some(cancel)))
    }

    fn unlock(
        &mut self,
        region: Region<'_>,
        device: &Path,
        passphrase: &Secret,
        cancel: &CancelToken,
    ) -> Unlocked {
        unlock::unlock(self, region, device, passphrase, cancel)
    }
}
