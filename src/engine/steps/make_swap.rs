//! Makes swap: in a partition, in a container, in a file.

use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::{device, mount, wipe, write_table};
use crate::preset::FileSystemKind;
use crate::storage::{Device, TargetPath};
use crate::units::Bytes;
use uuid::Uuid;

/// In a whole device.
pub(super) fn run(context: &mut Context<'_>, device: &Device, uuid: Uuid) -> Result<(), StepError> {
    let path = device::own(context, device)?;
    context.run(&wipe::wipe_signatures(&path))?;
    let command = Command::new("mkswap").arg("--uuid").arg(uuid.to_string());
    context.run(&command.arg(&path))?;
    write_table::trigger(context, &path)
}

/// In a file: without holes, without copy-on-write, for root's eyes only (swapon(8), "Files with
/// holes", "Btrfs").
pub(super) fn file(
    context: &mut Context<'_>,
    at: &TargetPath,
    size: Bytes,
    file_system: FileSystemKind,
) -> Result<(), StepError> {
    let path = mount::folder(at);
    // An attempt that failed here may have left a part of it.
    if context.system.exists(Place::Target, at.below_root()) {
        context
            .system
            .remove_file(Place::Target, at.below_root())
            .on("remove", &path)?;
    }
    let mib = size.0 / Bytes::mib(1).0;
    if file_system == FileSystemKind::Btrfs {
        let command = Command::new("btrfs")
            .args(["filesystem", "mkswapfile", "--size", &format!("{mib}m")])
            .arg(&path);
        return context.run(&command.within(LONG)).map(drop);
    }
    let allocate = Command::new("fallocate")
        .args(["--length", &format!("{mib}MiB")])
        .arg(&path);
    context.run(&allocate.within(LONG))?;
    context.run(&Command::new("chmod").arg("0600").arg(&path))?;
    context.run(&Command::new("mkswap").arg(&path)).map(drop)
}
