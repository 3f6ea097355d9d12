//! A draft configuration through the medium's Nix, while every disk is still untouched.
//!
//! ```text
//! Plan ─▶ Draft ─▶ nix-instantiate --parse, --eval ─▶ Evaluation
//!            └───▶ nix-store --dry-run ─▶ Missing ─▶ Forecast ─▶ Problems
//! ```
//!
//! Nix runs as the ordinary user, in a process group of its own that can be killed, and writes to no
//! store but an empty one in a scratch folder. What could not be evaluated is told as a warning; it is
//! never taken for a pass.
//!
//! | module | what it holds |
//! |---|---|
//! | `draft` | the files, and the commands for them |
//! | `evaluation` | what came of it, read from Nix's words |
//! | `memory` | whether there is enough to evaluate at all |
//! | `here` | the same on this computer, in a scratch folder |
//! | `missing`, `forecast` | what the build will fetch, and whether there is room for it |
//! | `sources` | where Nix fetches from: caches, keys and proxy of the preset |
//! | `newest` | the newest draft wins |

mod draft;
mod evaluation;
mod forecast;
mod here;
mod memory;
mod missing;
mod newest;
mod sources;

pub use draft::Draft;
pub(crate) use draft::{nixos_config, with_nixpkgs};
pub use evaluation::{Evaluation, NixPlace, Refusal, WhyNot};
pub use forecast::{Forecast, Room};
pub use here::{evaluate_here, forecast_here};
pub use memory::{NEEDED, available};
pub(crate) use missing::Announcement;
pub use missing::Missing;
pub use newest::Newest;
pub(crate) use sources::with_sources;

use crate::process::{Command, CommandError, Output, User};
use crate::units::Bytes;
use std::path::Path;

/// How a front end or the engine runs a command.
pub type Runner<'a> = dyn FnMut(&Command) -> Result<Output, CommandError> + 'a;

/// Parses and evaluates a draft that lies below `folder`; with too little memory, parses it only.
///
/// `available` is the memory that can be used; unknown memory is taken to be enough.
pub fn evaluate(
    draft: &Draft,
    folder: &Path,
    user: Option<User>,
    available: Option<Bytes>,
    run: &mut Runner<'_>,
) -> Evaluation {
    for command in draft.parse_commands(folder) {
        if let Err(error) = run(&command.as_user(user)) {
            return Evaluation::of_error(error, folder, draft);
        }
    }
    let Some(command) = draft.evaluate_command(folder) else {
        return Evaluation::NotEvaluated(WhyNot::NoConfiguration);
    };
    if let Some(available) = available.filter(|available| *available < NEEDED) {
        return Evaluation::NotEvaluated(WhyNot::LittleMemory { available });
    }
    match run(&command.as_user(user)) {
        Ok(output) => Evaluation::of_output(&output),
        Err(error) => Evaluation::of_error(error, folder, draft),
    }
}
