//! Sets the system profile, the channel and the boot loader.

use super::super::command::Command;
use super::super::context::Context;
use super::super::error::StepError;
use crate::evaluate::{with_nixpkgs, with_sources};
use crate::plan::TARGET_ROOT;
use std::path::Path;

pub(super) fn run(context: &mut Context<'_>, channel: Option<&Path>) -> Result<(), StepError> {
    let system = built(context)?;
    let command = with_nixpkgs(Command::new("nixos-install"), &context.plan.nixpkgs.path)
        .args(["--root", TARGET_ROOT, "--system"])
        .arg(system)
        .arg("--no-root-passwd");
    let command = match channel {
        Some(channel) => command.arg("--channel").arg(channel),
        None => command.arg("--no-channel-copy"),
    };
    let command = with_sources(command, &context.plan.install);
    // The channel is copied into the target's store, which may take long on a slow medium.
    context.run(&command.without_limit()).map(drop)
}

/// The store path of the system.
pub(super) fn built(context: &Context<'_>) -> Result<std::path::PathBuf, StepError> {
    match &context.built {
        Some(path) if path.starts_with("/nix/store") => Ok(path.clone()),
        Some(path) => StepError::refused(format!("{} is no store path", path.display())),
        None => StepError::refused("no system has been built"),
    }
}
