//! Writes the new partition table and tells the kernel.

use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::table_image;
use super::device::{self, KernelPartition};
use super::{save_table, wipe};
use crate::storage::{Device, NewTable, PartitionRole};
use crate::units::Sectors;
use std::path::Path;

/// How long udev may take to work through what has happened, in seconds.
const SETTLE: &str = "--timeout=120";

/// How often the kernel is told. udev may just be looking at a partition that has to go; waiting
/// for udev and telling again is all that can be done about it.
const ATTEMPTS: u32 = 5;

pub(super) fn run(
    context: &mut Context<'_>,
    disk: &Path,
    table: &NewTable,
) -> Result<(), StepError> {
    let planned = device::planned(context, disk)?;
    let kept = save_table::kept(context, planned)?;
    let pieces = table_image::pieces(table, kept.as_ref())?;
    settle(context)?;
    context
        .system
        .write_device(disk, &pieces)
        .on("write the partition table of", disk)?;
    settle(context)?;
    tell_kernel(context, disk, table)?;
    let links = table.partitions.iter().map(|p| device::by_partuuid(p.id));
    trigger(context, disk)?;
    for link in links {
        wait_for(context, &link)?;
    }
    // Every other partition is wiped when its file system is made.
    for partition in &table.partitions {
        if partition.role == PartitionRole::BiosBoot {
            let own = device::own(context, &Device::Partition(partition.id))?;
            context.run(&wipe::wipe_signatures(&own))?;
        }
    }
    Ok(())
}

fn tell_kernel(context: &mut Context<'_>, disk: &Path, table: &NewTable) -> Result<(), StepError> {
    let name = device::kernel_name(context, disk)?;
    let mut last = None;
    for _ in 0..ATTEMPTS {
        if matches(&device::partitions(context, &name)?, table) {
            return Ok(());
        }
        last = context
            .run(&Command::new("partx").arg("--update").arg(disk))
            .err();
        settle(context)?;
    }
    let found = device::partitions(context, &name)?;
    if matches(&found, table) {
        return Ok(());
    }
    let why = last.map(|error| format!(": {error}")).unwrap_or_default();
    StepError::refused(format!(
        "the kernel does not take the new partitions of {}, it sees {found:?}{why}",
        disk.display()
    ))
}

/// Whether the kernel sees the partitions of the table and no others.
fn matches(found: &[KernelPartition], table: &NewTable) -> bool {
    let size = table.sector_size;
    let units = |sectors: Sectors| sectors.bytes(size).0 / 512;
    let new = table.partitions.iter();
    let new = new.map(|p| (u64::from(p.number), units(p.start), units(p.length)));
    let kept = table.kept().iter();
    let kept = kept.map(|p| {
        (
            u64::from(p.number),
            units(p.start),
            p.shown_length(p.length, size),
        )
    });
    let mut planned: Vec<_> = new.chain(kept).collect();
    planned.sort_unstable();
    let found = found.iter().map(|p| (p.number, p.start, p.length));
    found.eq(planned)
}

/// How often udev is asked again when it hangs up.
const ASKED_AGAIN: u32 = 3;

/// Waits until udev has worked through everything that has happened.
///
/// udevd hangs up on whoever waits while it reads its rules anew; it is asked again then.
pub(super) fn settle(context: &mut Context<'_>) -> Result<(), StepError> {
    let command = Command::new("udevadm").args(["settle", SETTLE]);
    for _ in 0..ASKED_AGAIN {
        match context.run(&command) {
            Err(StepError::Command(error)) if hung_up(&error.output.stderr) => {
                context.note("udevd hung up and is asked again");
            }
            other => return other.map(drop),
        }
    }
    context.run(&command).map(drop)
}

/// Whether udevd ended the conversation, which is neither a refusal nor a time-out.
fn hung_up(words: &str) -> bool {
    ["Broken pipe", "Connection reset by peer"]
        .iter()
        .any(|end| words.contains(end))
}

/// Lets udev look at a device afresh, and waits for it.
pub(super) fn trigger(context: &mut Context<'_>, device: &Path) -> Result<(), StepError> {
    let command = Command::new("udevadm")
        .args(["trigger", "--action=change"])
        .arg(device);
    context.run(&command)?;
    settle(context)
}

/// Waits until udev has made a link.
pub(super) fn wait_for(context: &mut Context<'_>, link: &Path) -> Result<(), StepError> {
    let command = Command::new("udevadm").args(["wait", SETTLE]).arg(link);
    context.run(&command).map(drop)
}

#[cfg(test)]
mod tests {
    use super::hung_up;

    #[test]
    fn a_time_out_is_not_asked_again() {
        assert!(hung_up("Failed to wait for daemon to reply: Broken pipe"));
        assert!(!hung_up(
            "Timed out for waiting the udev queue being empty."
        ));
    }
}
