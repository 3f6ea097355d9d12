//! Deletes subvolumes of a btrfs that stays, by their names.

use super::super::cleanup;
use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::{device, mount};
use crate::plan::TARGET_ROOT;
use crate::storage::{Device, PartitionId, SubvolumeName};
use std::path::Path;

pub(super) fn run(
    context: &mut Context<'_>,
    partition: PartitionId,
    subvolumes: &[SubvolumeName],
) -> Result<(), StepError> {
    let path = device::own(context, &Device::Partition(partition))?;
    let top = Path::new(TARGET_ROOT);
    context.system.prepare_target_root().on("prepare", top)?;
    mount::mount(context, &path, top, "btrfs", "subvolid=5")?;
    free_default(context, top, subvolumes)?;
    for subvolume in subvolumes {
        // An attempt that failed here may have deleted it.
        let name = Path::new(subvolume.as_str());
        if !context.system.exists(Place::Target, name) {
            continue;
        }
        let command = Command::new("btrfs").args(["subvolume", "delete", "--commit-after"]);
        context.run(&command.arg(top.join(name)))?;
    }
    // The room that they had is there in a while; the build may need it.
    let sync = Command::new("btrfs").args(["subvolume", "sync"]).arg(top);
    if let Err(error) = context.run(&sync.within(LONG)) {
        context.note(format!("what is deleted still takes room: {error}"));
    }
    cleanup::close_newest(context)
}

/// The default subvolume can't be deleted (btrfs-subvolume(8)); the top takes its place.
fn free_default(
    context: &mut Context<'_>,
    top: &Path,
    gone: &[SubvolumeName],
) -> Result<(), StepError> {
    let ask = Command::new("btrfs").args(["subvolume", "get-default"]);
    let printed = context.ask(&ask.arg(top))?.stdout;
    let default = printed.split_once(" path ").map(|(_, path)| path.trim());
    match default {
        Some(path) if gone.iter().any(|own| own.as_str() == path) => {
            let command = Command::new("btrfs").args(["subvolume", "set-default", "5"]);
            context.run(&command.arg(top)).map(drop)
        }
        _ => Ok(()),
    }
}
