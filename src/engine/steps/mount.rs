//! Mounts a file system below the target root: a new one, a shared ESP, a kept `/home`.

use super::super::cleanup::Opened;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::device;
use crate::plan::TARGET_ROOT;
use crate::storage::{Device, TargetPath};
use std::path::{Path, PathBuf};

pub(super) fn run(
    context: &mut Context<'_>,
    device: &Device,
    at: &TargetPath,
    kind: &str,
    options: &[String],
) -> Result<(), StepError> {
    let device = device::own(context, device)?;
    let below = at.below_root();
    if at.is_root() {
        context
            .system
            .prepare_target_root()
            .on("prepare", Path::new(TARGET_ROOT))?;
    } else {
        context
            .system
            .make_folder(Place::Target, below, 0o755)
            .on("make", at.as_path())?;
    }
    let folder = folder(at);
    mount(context, &device, &folder, kind, &words(options))?;
    if at.is_root() {
        // nixos-install wants the root of the target to be root's, and readable for everyone.
        context
            .system
            .prepare_target_root()
            .on("prepare", Path::new(TARGET_ROOT))?;
    }
    Ok(())
}

/// Where a path of the target is on the live system.
pub(super) fn folder(at: &TargetPath) -> PathBuf {
    let below = at.below_root();
    match at.is_root() {
        true => PathBuf::from(TARGET_ROOT),
        false => Path::new(TARGET_ROOT).join(below),
    }
}

/// Options as mount(8) takes them.
pub(super) fn words<S: std::borrow::Borrow<str>>(options: &[S]) -> String {
    match options.is_empty() {
        true => "defaults".to_owned(),
        false => options.join(","),
    }
}

/// Mounts, and writes down that it has to be unmounted.
pub(super) fn mount(
    context: &mut Context<'_>,
    device: &Path,
    folder: &Path,
    kind: &str,
    options: &str,
) -> Result<(), StepError> {
    let command = Command::new("mount")
        .args(["-t", kind, "-o", options])
        .arg(device)
        .arg(folder);
    context.run(&command)?;
    context.opened.push(Opened::Mount(folder.to_owned()));
    Ok(())
}
