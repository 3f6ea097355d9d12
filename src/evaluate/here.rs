//! Evaluates on this computer, in a scratch folder that goes away again.

use super::draft::{Draft, dry_run_command};
use super::evaluation::{Evaluation, WhyNot};
use super::forecast::Forecast;
use super::missing::Missing;
use super::{NEEDED, available, evaluate};
use crate::plan::Plan;
use crate::process::{self, CancelToken, Command, User};
use crate::units::Bytes;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// Where the daemon of a Nix for several users listens.
const DAEMON: &str = "/nix/var/nix/daemon-socket/socket";

/// Evaluates a draft as the ordinary user; a cancel kills Nix.
pub fn evaluate_here(draft: &Draft, cancel: &CancelToken) -> Evaluation {
    let user = User::ordinary();
    match scratch(draft, user) {
        Err(why) => Evaluation::NotEvaluated(why),
        Ok(folder) => evaluate(draft, folder.path(), user, memory(), &mut |command| {
            process::run(command, Some(cancel), &mut |_, _| {})
        }),
    }
}

/// What the installation will fetch and build, asked of a Nix with an empty store of its own; a
/// cancel kills it.
///
/// # Errors
/// Nix refuses the configuration, or could not be asked.
pub fn forecast_here(plan: &Plan, cancel: &CancelToken) -> Result<Forecast, Evaluation> {
    let draft = Draft::of(plan);
    let user = User::ordinary();
    let folder = scratch(&draft, user).map_err(Evaluation::NotEvaluated)?;
    if let Some(available) = memory().filter(|available| *available < NEEDED) {
        let why = WhyNot::LittleMemory { available };
        return Err(Evaluation::NotEvaluated(why));
    }
    // Without a daemon, an ordinary user can only read the medium's store.
    let through_daemon = user.is_none() || Path::new(DAEMON).exists();
    let Some(command) = draft.instantiate_command(folder.path()) else {
        return Err(Evaluation::NotEvaluated(WhyNot::NoConfiguration));
    };
    let run = |command: Command| {
        process::run(&command.as_user(user), Some(cancel), &mut |_, _| {})
            .map_err(|error| Evaluation::of_error(error, folder.path(), &draft))
    };
    let derivation = run(command)?.stdout;
    let command = dry_run_command(
        derivation.trim(),
        folder.path(),
        through_daemon,
        &plan.install,
    );
    let missing = Missing::read(&run(command)?.stderr);
    Ok(Forecast::new(plan, missing))
}

/// A folder with the draft in it that the ordinary user can read, and two that are that user's own.
fn scratch(draft: &Draft, user: Option<User>) -> Result<TempDir, WhyNot> {
    if !draft.nixpkgs().is_dir() {
        return Err(WhyNot::NoNixpkgs(draft.nixpkgs().to_owned()));
    }
    let failed = |error: io::Error| {
        let why = format!("no scratch folder could be made for it: {error}");
        WhyNot::NoNix(why)
    };
    let make = || {
        let folder = tempfile::Builder::new().prefix("nevado-").tempdir()?;
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        draft.write(folder.path())?;
        for own in Draft::OWN_FOLDERS.map(|name| folder.path().join(name)) {
            std::fs::create_dir(&own)?;
            if let Some(User { uid, gid }) = user {
                std::os::unix::fs::chown(&own, Some(uid), Some(gid))?;
            }
        }
        Ok(folder)
    };
    make().map_err(failed)
}

/// What this computer has left.
fn memory() -> Option<Bytes> {
    available(&std::fs::read_to_string("/proc/meminfo").ok()?)
}
