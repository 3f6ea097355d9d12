//! Removes every signature of the past: from the old partitions, then from both ends of the disk.
//!
//! The whole disk is claimed first: while it is, nothing can mount a partition or build on one.

use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::installation::DiskState;
use super::super::system::Piece;
use super::super::table_image::END;
use super::{check_identity, device, write_table};
use crate::units::Bytes;
use std::path::Path;

pub(super) fn run(context: &mut Context<'_>, disk: &Path) -> Result<(), StepError> {
    // Steps before this one took their time: another disk may answer to the same name by now.
    let plan = context.plan;
    // Its table may be half gone in a retry, so that all but the table is compared.
    check_identity::run(context, &plan.disk, DiskState::Between)?;
    // udev may be looking at what has just been released.
    write_table::settle(context)?;
    let claim = match context.system.claim(disk) {
        Ok(claim) => claim,
        Err(error) => {
            return StepError::refused(format!(
                "{} can't be taken for the installation alone ({error}): something uses it or a \
                 partition of it; nothing has been wiped",
                disk.display()
            ));
        }
    };
    let wiped = wipe(context, disk);
    context.system.let_go(claim).on("let go of", disk)?;
    wiped
}

fn wipe(context: &mut Context<'_>, disk: &Path) -> Result<(), StepError> {
    // The claim is this program's, so that wipefs must not ask for one of its own.
    let claimed = |device: &Path| {
        Command::new("wipefs")
            .args(["--all", "--force", "--quiet"])
            .arg(device)
    };
    let name = device::kernel_name(context, disk)?;
    for partition in device::partitions(context, &name)? {
        context.run(&claimed(&device::node(&partition.name)))?;
    }
    context.run(&claimed(disk))?;
    let last = Bytes(context.plan.disk.size.0.saturating_sub(END.0));
    let length = usize::try_from(END.0).unwrap_or_default();
    let zeros = |at| Piece {
        at,
        content: vec![0; length],
    };
    let pieces = [zeros(Bytes(0)), zeros(last)];
    context.system.write_device(disk, &pieces).on("wipe", disk)
}

/// Removes all signatures that libblkid knows from a device.
pub(super) fn wipe_signatures(device: &Path) -> Command {
    Command::new("wipefs")
        .args(["--all", "--quiet"])
        .arg(device)
}
