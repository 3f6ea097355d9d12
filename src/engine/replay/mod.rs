//! Replays a recorded installation: a stand-in for an engine that installs, for demonstrations, the
//! documentation and tests of front ends. Nothing is done to the computer.
//!
//! A front end talks to it as it does to the real engine, over the same [protocol](super::protocol):
//!
//! ```no_run
//! use nevado::engine::{Recording, Replay, Server, Speed};
//! # fn show(machine: nevado::machine::Machine) -> Result<(), Box<dyn std::error::Error>> {
//! let replay = Replay::new(Recording::included()?, Speed::RECORDED);
//! let mut engine = Server::in_process(replay, move || machine.clone())?;
//! // engine.ask(&Request::Run { … }), then Follow, Cancel, Retry as with any engine.
//! # Ok(())
//! # }
//! ```
//!
//! Any plan can be replayed: its own steps come in its own order with their own titles, and each
//! tells what the recorded step of its kind told, after the same pauses (divided by the
//! [`Speed`]). What a program printed then, device names included, is shown as it was recorded. A
//! cancel means the same as in the real engine: at once in a step that can be stopped anywhere, at
//! the end of the others. A [retry](super::protocol::Request::Retry) goes on with the first step
//! that has not ended. [`Replay::failing_at`] makes a step fail once.
//!
//! An event log holds what came out of an engine and not the answers that went into it, so it takes
//! the place of the steps and their [`System`](super::System) together, not of the system alone.

mod pace;
mod recording;

pub use pace::{BadSpeed, Pace, Speed};
pub use recording::{BadRecording, INCLUDED, Recording, Timed, read_journal};

use super::event::{ErrorReport, Event, EventKind, Outcome};
use super::installation::opening;
use super::{CancelToken, Executor, Installation, RunOptions, title};
use crate::machine::{CannotShrink, Region, Shrink, Unlocked};
use crate::plan::{Interruption, Plan, Step};
use crate::secret::Secret;
use recording::Told;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Told at the beginning of each attempt.
const STAND_IN: &str = "this is a replay of a recorded installation: nothing is done to this \
                        computer, and what programs print is what they printed then";

/// Tells what a recorded installation told; see the module.
#[derive(Debug)]
pub struct Replay {
    recording: Recording,
    speed: Speed,
    failure: Option<(u32, ErrorReport)>,
}

/// Where the events of an attempt go, and when.
struct Stage<'a> {
    pace: Pace,
    cancel: &'a CancelToken,
    on_event: &'a mut dyn FnMut(&Event),
    warnings: Vec<String>,
}

impl Replay {
    /// Replays a recording at a speed.
    pub const fn new(recording: Recording, speed: Speed) -> Self {
        Self {
            recording,
            speed,
            failure: None,
        }
    }

    /// Lets a step of the plan fail with this error when it would have ended; a retry gets past it.
    #[must_use]
    pub fn failing_at(mut self, step: u32, error: ErrorReport) -> Self {
        self.failure = Some((step, error));
        self
    }

    /// The steps that have not been completed, and what came after the last one.
    fn steps(
        &mut self,
        plan: &Plan,
        completed: &mut u32,
        stage: &mut Stage<'_>,
    ) -> ControlFlow<Outcome> {
        for step in &plan.steps {
            if step.number > *completed {
                self.step(step, stage)?;
                *completed = step.number;
            }
        }
        for told in self.recording.closing() {
            stage.wait(told.pause, false);
            stage.tell(told.kind.clone());
        }
        ControlFlow::Continue(())
    }

    /// One step, as far as it comes.
    fn step(&mut self, step: &Step, stage: &mut Stage<'_>) -> ControlFlow<Outcome> {
        let (number, title) = (step.number, title(&step.action));
        let after = number.saturating_sub(1);
        stage.unless_cancelled(true, after)?;
        let anytime = step.action.interruption() == Interruption::Anytime;
        let recorded = self.recording.like(&step.action, &title);
        stage.tell(EventKind::StepStarted {
            step: number,
            title,
        });
        for told in recorded.map_or(&[] as &[Told], |r| &r.told) {
            stage.wait(told.pause, anytime);
            stage.unless_cancelled(anytime, after)?;
            stage.tell(told.kind.clone());
        }
        stage.wait(recorded.map_or(Duration::ZERO, |r| r.rest), anytime);
        stage.unless_cancelled(anytime, after)?;
        if let Some((step, error)) = self.failure.take_if(|(at, _)| *at == number) {
            stage.tell(EventKind::StepFailed {
                step,
                error: error.clone(),
            });
            let step = Some(step);
            return ControlFlow::Break(Outcome::Failed { step, error });
        }
        stage.tell(EventKind::StepFinished {
            step: number,
            seconds: recorded.map_or(0.0, |r| r.seconds),
        });
        ControlFlow::Continue(())
    }
}

impl Stage<'_> {
    fn tell(&mut self, kind: EventKind) {
        if let EventKind::Warning { text } = &kind {
            self.warnings.push(text.clone());
        }
        (self.on_event)(&Event::new(SystemTime::now(), kind));
    }

    /// Stops at a place where it can be stopped, if somebody asked.
    fn unless_cancelled(&self, can_stop: bool, after: u32) -> ControlFlow<Outcome> {
        if can_stop && self.cancel.is_cancelled() {
            ControlFlow::Break(Outcome::Cancelled { after })
        } else {
            ControlFlow::Continue(())
        }
    }

    fn wait(&self, pause: Duration, anytime: bool) {
        if anytime {
            self.pace.wait(pause);
        } else {
            self.pace.wait_all(pause);
        }
    }

    fn outcome(&self) -> Outcome {
        let warnings = self.warnings.clone();
        if warnings.is_empty() {
            Outcome::Done
        } else {
            Outcome::DoneWithWarnings { warnings }
        }
    }
}

impl Executor for Replay {
    fn attempt(
        &mut self,
        installation: &mut Installation,
        options: &RunOptions,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome {
        let Installation { plan, memory, .. } = installation;
        let mut stage = Stage {
            pace: Pace::new(self.speed, &options.cancel),
            cancel: &options.cancel,
            on_event,
            warnings: std::mem::take(&mut memory.warnings),
        };
        stage.tell(opening(plan, memory));
        stage.tell(EventKind::Log {
            source: "nevado".to_owned(),
            text: STAND_IN.to_owned(),
        });
        let outcome = match self.steps(plan, &mut memory.completed, &mut stage) {
            ControlFlow::Continue(()) => stage.outcome(),
            ControlFlow::Break(outcome) => outcome,
        };
        stage.tell(EventKind::Finished {
            outcome: outcome.clone(),
        });
        memory.warnings = stage.warnings;
        memory.installed = outcome.is_installed();
        outcome
    }

    /// What was recorded, if anything was.
    fn measure(&mut self, region: Region<'_>, _: &Path, _: &CancelToken) -> Shrink {
        let found = region.file_system();
        let recorded = found.and_then(|found| found.shrink.clone());
        recorded.unwrap_or_else(|| {
            let kind = found.map(|found| found.kind.clone()).unwrap_or_default();
            Shrink::Impossible(CannotShrink::Unsupported { kind })
        })
    }

    fn unlock(&mut self, _: Region<'_>, _: &Path, _: &Secret, _: &CancelToken) -> Unlocked {
        Unlocked::Impossible {
            why: "a replay of a recorded installation opens nothing".to_owned(),
        }
    }
}
