//! Evaluates on this computer, in a scratch folder that goes away again.

use super::draft::Draft;
use super::evaluation::{Evaluation, WhyNot};
use super::{available, evaluate};
use crate::process::{self, CancelToken, User};
use crate::units::Bytes;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// Evaluates a draft as the ordinary user; a cancel kills Nix.
pub fn evaluate_here(draft: &Draft, cancel: &CancelToken) -> Evaluation {
    if !draft.nixpkgs().is_dir() {
        return Evaluation::NotEvaluated(WhyNot::NoNixpkgs(draft.nixpkgs().to_owned()));
    }
    let folder = match scratch(draft) {
        Ok(folder) => folder,
        Err(error) => {
            let why = format!("no scratch folder could be made for it: {error}");
            return Evaluation::NotEvaluated(WhyNot::NoNix(why));
        }
    };
    evaluate(
        draft,
        folder.path(),
        User::ordinary(),
        memory(),
        &mut |command| process::run(command, Some(cancel), &mut |_, _| {}),
    )
}

/// A folder with the draft in it that the ordinary user can read.
pub(super) fn scratch(draft: &Draft) -> io::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("nevado-").tempdir()?;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
    draft.write(folder.path())?;
    Ok(folder)
}

/// What this computer has left.
pub(super) fn memory() -> Option<Bytes> {
    available(&std::fs::read_to_string(Path::new("/proc/meminfo")).ok()?)
}
