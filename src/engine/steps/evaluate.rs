//! Evaluates the configuration with the medium's Nix, while every disk is still untouched.

use super::super::STATE_FOLDER;
use super::super::cleanup::Opened;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::{NewFile, Place};
use crate::plan::TargetFile;
use std::path::{Path, PathBuf};

/// Where the draft lies, below the engine's state.
const DRAFT: &str = "draft";

/// What the steps after this one run; better missed now than after the disk has been wiped.
const PROGRAMS: [&str; 15] = [
    "blkid",
    "chroot",
    "e2fsck",
    "fsck.vfat",
    "mkfs.ext4",
    "mkfs.vfat",
    "mount",
    "nix-build",
    "nix-instantiate",
    "nixos-install",
    "partx",
    "swapoff",
    "udevadm",
    "umount",
    "wipefs",
];

pub(super) fn run(context: &mut Context<'_>, files: &[TargetFile]) -> Result<(), StepError> {
    let missing: Vec<&str> = PROGRAMS
        .into_iter()
        .filter(|name| !context.system.has_program(name))
        .collect();
    if !missing.is_empty() {
        return StepError::refused(format!(
            "this live system lacks {}; no disk has been touched",
            missing.join(", ")
        ));
    }
    let draft = Path::new(DRAFT);
    if context.system.exists(Place::State, draft) {
        context
            .system
            .remove(Place::State, draft)
            .on("remove", draft)?;
    }
    context
        .opened
        .push(Opened::Scratch(Place::State, draft.to_owned()));
    let mut configuration = None;
    for file in files {
        let path = draft.join(file.path.below_root());
        let new = NewFile {
            place: Place::State,
            path: &path,
            mode: 0o600,
            content: file.text.as_bytes(),
        };
        context.system.write_file(new).on("write", &path)?;
        if path.extension().is_some_and(|extension| extension == "nix") {
            let parse = Command::new("nix-instantiate")
                .arg("--parse")
                .arg(absolute(&path));
            context.ask(&parse).map_err(explain)?;
        }
        if path.ends_with("configuration.nix") {
            configuration = Some(absolute(&path));
        }
    }
    let Some(configuration) = configuration else {
        return StepError::refused("the plan has no configuration.nix to evaluate");
    };
    // With --eval, Nix writes nothing into the store unless it is told to (--read-write-mode).
    let command = nixpkgs(context, Command::new("nix-instantiate"))
        .args([
            "--eval",
            "--strict",
            "<nixpkgs/nixos>",
            "-A",
            "system.drvPath",
        ])
        .arg("-I")
        .arg(nixos_config(&configuration));
    let output = context.ask(&command.without_limit()).map_err(explain)?;
    let derivation = output.stdout.trim().trim_matches('"');
    if derivation.starts_with("/nix/store/") && derivation.ends_with(".drv") {
        context.note(format!("the configuration evaluates to {derivation}"));
        Ok(())
    } else {
        StepError::refused(format!("Nix evaluated the configuration to `{derivation}`"))
    }
}

fn absolute(path: &Path) -> PathBuf {
    Path::new(STATE_FOLDER).join(path)
}

/// `-I`'s value for a configuration.
pub(super) fn nixos_config(configuration: &Path) -> std::ffi::OsString {
    let mut value = std::ffi::OsString::from("nixos-config=");
    value.push(configuration);
    value
}

/// Lets `<nixpkgs>` be what the plan says.
pub(super) fn nixpkgs(context: &Context<'_>, command: Command) -> Command {
    let mut value = std::ffi::OsString::from("nixpkgs=");
    value.push(&context.plan.nixpkgs.path);
    command.env("NIX_PATH", value)
}

fn explain(error: StepError) -> StepError {
    error.explained(|output| {
        let refusal = output.stderr.trim();
        format!("Nix refuses the configuration; no disk has been touched:\n{refusal}")
    })
}
