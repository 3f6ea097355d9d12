//! What carries an installation out: a system, or a replay of a recorded one.

use super::event::{Event, Outcome};
use super::{Installation, RunOptions, System};

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
}
