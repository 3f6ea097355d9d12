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
//! | `installation` | a run and its retries |
//! | `executor`, [`replay`] | what carries a run out: a system, or a replay of a recorded run |
//! | `event`, `journal` | what happened |
//! | `protocol`, `server`, `client` | the root process and those who talk to it |
//! | [`front`] | what every front end does: finds the engine, starts it, follows it |
//! | `nix_log`, `progress` | Nix's log, and how far the build is; pure |
//! | `table_image`, `table_rules` | a partition table as bytes, and what it must keep to; pure |
//! | `kept_table` | what of an old table goes into the new one; pure |
//! | `kept_record` | the same for an MBR |
//! | `measure`, `unlock` | how small a file system can become; what is in a LUKS container; read-only |
//! | `validate` | whether a plan may be run at all |
//! | `cleanup` | what was opened, and closing it in reverse |
//!
//! Success is never assumed: the [`Outcome`] is computed from what happened, and the last step reads
//! everything back.

mod cause;
mod cleanup;
mod client;
mod context;
mod error;
mod event;
mod executor;
pub mod front;
mod installation;
mod journal;
mod kept_record;
mod kept_table;
mod logical_chain;
mod mbr_entry;
mod measure;
mod nix_log;
mod password;
mod progress;
pub mod protocol;
mod real;
mod recovery_key;
pub mod replay;
#[cfg(test)]
mod scripted;
mod server;
mod steps;
mod system;
mod table_image;
mod table_rules;
#[cfg(test)]
mod tests;
mod unlock;
mod validate;

pub use cause::Cause;
pub use client::{Client, ClientError, Requests};
#[cfg(feature = "wizard")]
pub(crate) use event::since_1970;
pub use event::{
    ErrorReport, Event, EventKind, FORMAT as EVENT_FORMAT, Outcome, Phase, Progress, rfc3339,
};
pub use executor::Executor;
pub use installation::Installation;
pub use password::{CannotHash, NewPassword, Secrets};
pub use real::{CannotBegin, ProbeDisk, RealSystem, STATE_FOLDER};
pub use recovery_key::{NoRecoveryKey, RecoveryKey};
pub use replay::{Recording, Replay, Speed};
pub use server::{IDLE, SOCKET, Server, Stopper};
pub use steps::title;
pub use system::{Held, NewFile, Piece, Place, System};

use crate::plan::Plan;
use crate::process as command;
pub use crate::process::{
    CancelToken, Command, CommandError, Ending, FailedCommand, Output, Stream,
};
use std::path::PathBuf;

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

/// Runs a plan once, from its first step to its last; see [`Installation::attempt`].
pub fn run(
    plan: &Plan,
    secrets: &Secrets,
    options: &RunOptions,
    system: &mut dyn System,
    on_event: &mut dyn FnMut(&Event),
) -> Outcome {
    Installation::new(plan.clone(), secrets.clone()).attempt(options, system, on_event)
}

/// How full the bar is after each line of a log of Nix, a second apart, from 0 to 1; for the fuzzer
/// and the benchmarks, which know no other way in.
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
