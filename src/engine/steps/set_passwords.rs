//! Sets passwords in the target and looks whether they are there.

use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use crate::plan::{Account, TARGET_ROOT};
use crate::secret::Secret;
use std::path::Path;
use zeroize::Zeroizing;

/// The target's own program, so that the target's own rules hold.
const CHPASSWD: &str = "/nix/var/nix/profiles/system/sw/bin/chpasswd";

pub(super) fn run(context: &mut Context<'_>, accounts: &[Account]) -> Result<(), StepError> {
    let mut input = Zeroizing::new(String::new());
    // An attempt that failed here had other salts.
    context.hashes.clear();
    for account in accounts {
        let hash = context.secrets.hash(account)?;
        input.push_str(&format!("{}:{}\n", account.name(), hash.expose()));
        context.hashes.push((account.name().to_owned(), hash));
    }
    let command = Command::new("chroot")
        .args([TARGET_ROOT, CHPASSWD, "-e"])
        .input(Secret::new(input.as_str()));
    context.run(&command)?;
    compare(context)
}

/// Looks into the target's shadow(5) for the hashes that were set.
pub(super) fn compare(context: &mut Context<'_>) -> Result<(), StepError> {
    let path = Path::new("/etc/shadow");
    let content = context
        .system
        .read_file(Place::Target, path)
        .on("read", path)?;
    let content = Zeroizing::new(String::from_utf8_lossy(&content).into_owned());
    for (name, hash) in &context.hashes {
        let mut lines = content.lines().map(|line| line.split(':'));
        let found = lines.find_map(|mut line| {
            (line.next() == Some(name.as_str())).then(|| line.next().unwrap_or_default())
        });
        match found {
            Some(found) if found == hash.expose() => {}
            Some(_) => {
                return StepError::refused(format!("the password of {name} has not been set"));
            }
            None => return StepError::refused(format!("the target has no account {name}")),
        }
    }
    Ok(())
}
