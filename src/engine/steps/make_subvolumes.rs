//! Makes subvolumes in a btrfs: a new one, or one that stays.

use super::super::cleanup;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::{device, mount};
use crate::plan::TARGET_ROOT;
use crate::storage::{Device, SubvolumeName};
use std::path::Path;

pub(super) fn run(
    context: &mut Context<'_>,
    device: &Device,
    subvolumes: &[SubvolumeName],
) -> Result<(), StepError> {
    let path = device::own(context, device)?;
    let top = Path::new(TARGET_ROOT);
    context.system.prepare_target_root().on("prepare", top)?;
    // The top of the file system, whatever its default subvolume is.
    mount::mount(context, &path, top, "btrfs", "subvolid=5")?;
    for subvolume in subvolumes {
        // An attempt that failed here may have made it.
        if context
            .system
            .exists(Place::Target, Path::new(subvolume.as_str()))
        {
            continue;
        }
        let command = Command::new("btrfs")
            .args(["subvolume", "create"])
            .arg(top.join(subvolume.as_str()));
        context.run(&command)?;
    }
    cleanup::close_newest(context)
}
