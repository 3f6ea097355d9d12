//! The privileged half: runs a [`Plan`], step by step, as root.
//!
//! ```text
//! Plan, Secrets ─▶ validate ─▶ step 1, step 2, … ─▶ close what is open ─▶ Outcome
//!                                  │ every effect through one trait: System
//!                                  └ every happening an Event ─▶ journal, terminal, wizard
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | `steps` | one small file for each kind of step |
//! | `system`, `real` | what can be done to the outside, and the code that does it |
//! | `event`, `journal` | what happened |
//! | `nix_log`, `progress` | Nix's log, and how far the build is; pure |
//! | `table_image` | a partition table as bytes; pure |
//! | `validate` | whether a plan may be run at all |
//! | `cleanup` | what was opened, and closing it in reverse |
//!
//! Success is never assumed: the [`Outcome`] is computed from what happened, and the last step reads
//! everything back.

mod cancel;
mod cleanup;
mod command;
mod context;
mod error;
mod event;
mod journal;
mod nix_log;
mod password;
mod progress;
mod real;
#[cfg(test)]
mod scripted;
mod steps;
mod system;
mod table_image;
#[cfg(test)]
mod tests;
mod validate;

pub use cancel::CancelToken;
pub use command::{Command, CommandError, Ending, Output, Stream};
pub use event::{
    ErrorReport, Event, EventKind, FORMAT as EVENT_FORMAT, FailedCommand, Outcome, Phase, Progress,
    rfc3339,
};
pub use password::{CannotHash, NewPassword, Secrets};
pub use real::{CannotBegin, ProbeDisk, RealSystem, STATE_FOLDER};
pub use steps::title;
pub use system::{Held, NewFile, Piece, Place, System};

use crate::plan::{Interruption, Plan, Step};
use context::{Context, Sink};
use error::StepError;
use journal::Journal;
use std::path::PathBuf;
use std::time::Instant;

/// How a plan is run.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Where journal and plan are kept on the live system.
    pub state: PathBuf,
    /// Stops the run at the next safe point.
    pub cancel: CancelToken,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            state: PathBuf::from(STATE_FOLDER),
            cancel: CancelToken::default(),
        }
    }
}

/// Runs a plan from its first step to its last, and closes what was opened, whatever happens.
///
/// Each event goes to the journal first and then to `on_event`; the last one is always
/// [`EventKind::Finished`] with the outcome that is handed back.
pub fn run(
    plan: &Plan,
    secrets: &Secrets,
    options: &RunOptions,
    system: &mut dyn System,
    on_event: &mut dyn FnMut(&Event),
) -> Outcome {
    let refuse = |message: String, on_event: &mut dyn FnMut(&Event)| {
        let outcome = refused(message);
        let kind = EventKind::Finished {
            outcome: outcome.clone(),
        };
        on_event(&Event::new(system.now(), kind));
        outcome
    };
    if let Err(error) = validate::validate(plan, secrets) {
        return refuse(format!("this plan can't be run: {error}"), on_event);
    }
    let journal = match Journal::create(&options.state, plan) {
        Ok(journal) => journal,
        Err(error) => {
            let folder = options.state.display();
            return refuse(
                format!("cannot keep a journal in {folder}: {error}"),
                on_event,
            );
        }
    };
    let mut context = Context {
        plan,
        secrets,
        system,
        sink: Sink::new(journal, on_event),
        cancel: None,
        opened: Vec::new(),
        warnings: Vec::new(),
        built: None,
        hashes: Vec::new(),
    };
    let steps = u32::try_from(plan.steps.len()).unwrap_or(u32::MAX);
    context.emit(EventKind::Started {
        nonce: plan.nonce,
        steps,
    });
    let end = all_steps(&mut context, &options.cancel);
    cleanup::close_all(&mut context);
    if let Some(error) = context.broken_journal() {
        context.warn(format!("the journal could not be kept: {error}"));
    }
    let outcome = match end {
        End::Complete if context.warnings.is_empty() => Outcome::Done,
        End::Complete => Outcome::DoneWithWarnings {
            warnings: context.warnings.clone(),
        },
        End::Cancelled { after } => Outcome::Cancelled { after },
        End::Failed { step, error } => Outcome::Failed {
            step: Some(step),
            error,
        },
    };
    context.emit(EventKind::Finished {
        outcome: outcome.clone(),
    });
    outcome
}

fn refused(message: String) -> Outcome {
    Outcome::Failed {
        step: None,
        error: ErrorReport {
            message,
            command: None,
        },
    }
}

/// How the steps ended.
enum End {
    Complete,
    Cancelled { after: u32 },
    Failed { step: u32, error: ErrorReport },
}

fn all_steps(context: &mut Context<'_>, cancel: &CancelToken) -> End {
    let mut completed = 0;
    for step in &context.plan.steps {
        if cancel.is_cancelled() {
            return End::Cancelled { after: completed };
        }
        match one_step(context, step, cancel) {
            Ok(()) => completed = step.number,
            Err(error) if error.is_cancel() => return End::Cancelled { after: completed },
            Err(error) => {
                let error = error.report();
                context.emit(EventKind::StepFailed {
                    step: step.number,
                    error: error.clone(),
                });
                return End::Failed {
                    step: step.number,
                    error,
                };
            }
        }
    }
    End::Complete
}

fn one_step(context: &mut Context<'_>, step: &Step, cancel: &CancelToken) -> Result<(), StepError> {
    context.cancel = match step.action.interruption() {
        Interruption::Anytime => Some(cancel.clone()),
        Interruption::FinishFirst | Interruption::PointOfNoReturn => None,
    };
    context.emit(EventKind::StepStarted {
        step: step.number,
        title: steps::title(&step.action),
    });
    let begin = Instant::now();
    steps::run(context, &step.action)?;
    context.emit(EventKind::StepFinished {
        step: step.number,
        seconds: (begin.elapsed().as_secs_f64() * 1e3).round() / 1e3,
    });
    Ok(())
}

/// How full the bar is after each line of a log of Nix; only the fuzzer asks for it.
#[cfg(fuzzing)]
pub fn fractions_of_nix_log(log: &str) -> Vec<f64> {
    let mut progress = progress::BuildProgress::default();
    let lines = (0..).zip(log.lines());
    lines
        .map(|(second, line)| {
            drop(progress.line(line, std::time::Duration::from_secs(second)));
            progress.now().fraction
        })
        .collect()
}
