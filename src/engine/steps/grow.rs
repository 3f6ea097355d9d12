//! Makes a file system larger in a partition that has become longer: looked over before anything is wiped,
//! made larger once the table is written, and looked over again.
//!
//! As large as the partition is the size that is asked for, so that a second try after a failure finds it
//! reached and changes nothing. What writes its tables anew has no time limit.

use super::super::cleanup;
use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::measure::ToolsOf;
use super::shrink::{self, check_btrfs, check_ext, mend_ext};
use super::{device, mount, write_table};
use crate::machine::{CannotShrink, Shrink, shrink as measure, superblock};
use crate::plan::TARGET_ROOT;
use crate::secret::Secret;
use crate::storage::{Device, Growable, Larger};
use crate::units::Bytes;
use std::path::Path;

/// Looks a file system over that is to become larger, while its partition is as long as before.
pub(super) fn look_over(context: &mut Context<'_>, larger: &Larger) -> Result<(), StepError> {
    let path = device::own(context, &Device::Partition(larger.partition))?;
    // In a second try, it may have been reached: NTFS waits for Windows then, and refuses to be measured.
    let now = size(context, larger, &path)?;
    if now > larger.from {
        return Ok(());
    }
    match larger.file_system {
        Growable::Ext => {
            // What sleeps would go on with what it remembers; so nothing is replayed for it.
            let clean = measure::ext_is_clean(&path, &mut ToolsOf(&mut *context.system, None));
            fits(larger, &path, clean)?;
            mend_ext(context, &path)
        }
        Growable::Ntfs => ntfs_is_ready(context, &path),
        Growable::Btrfs => {
            // Before it is mounted, which would write to a second device, and replay what is left.
            let alone =
                measure::btrfs_on_one_device(&path, &mut ToolsOf(&mut *context.system, None));
            fits(larger, &path, alone)?;
            mounted(context, larger.file_system, &path, None)?;
            check_content(context, larger.file_system, &path)
        }
        Growable::Xfs | Growable::F2fs => {
            // Mounting replays what was not written when it was last used.
            mounted(context, larger.file_system, &path, None)?;
            check_content(context, larger.file_system, &path)
        }
    }
}

pub(super) fn run(context: &mut Context<'_>, larger: &Larger) -> Result<(), StepError> {
    let path = device::own(context, &Device::Partition(larger.partition))?;
    let top = Path::new(TARGET_ROOT);
    let resize = match larger.file_system {
        Growable::Ext => {
            mend_ext(context, &path)?;
            Command::new("resize2fs").arg(&path)
        }
        Growable::Btrfs => Command::new("btrfs")
            .args(["filesystem", "resize", "max"])
            .arg(top),
        Growable::Xfs => Command::new("xfs_growfs").arg("-d").arg(top),
        // Later versions ask whether to go on; a yes does earlier ones no harm.
        Growable::F2fs => Command::new("resize.f2fs")
            .arg(&path)
            .input(Secret::new("y\n")),
        Growable::Ntfs => ntfsresize("--no-action", &path),
    };
    let resize = resize.without_limit();
    match larger.file_system {
        Growable::Btrfs | Growable::Xfs => {
            mounted(context, larger.file_system, &path, Some(&resize))?;
        }
        Growable::Ext | Growable::F2fs => drop(context.run(&resize)?),
        // Once larger, it waits for Windows, and can't be tried again.
        Growable::Ntfs if size(context, larger, &path)? > larger.from => {}
        Growable::Ntfs => {
            context.run(&resize)?;
            // `--force` answers the question whether to go on (ntfsresize(8)).
            context.run(&ntfsresize("--force", &path).without_limit())?;
        }
    }
    // udev shows sizes, too.
    write_table::trigger(context, &path)?;
    check(context, larger)
}

/// Looks a file system over that has been made larger, without writing to it: it is sound, and it fills its
/// partition.
pub(super) fn check(context: &mut Context<'_>, larger: &Larger) -> Result<(), StepError> {
    let path = device::own(context, &Device::Partition(larger.partition))?;
    check_content(context, larger.file_system, &path)?;
    let size = size(context, larger, &path)?;
    if !larger.is_reached(size) {
        return StepError::refused(format!(
            "the {} in {} has {size}, and should have grown to {}",
            larger.file_system,
            path.display(),
            larger.to
        ));
    }
    let name = path.display();
    context.note(format!(
        "the {} in {name} has {size} now",
        larger.file_system
    ));
    Ok(())
}

/// How large it says it is.
fn size(context: &mut Context<'_>, larger: &Larger, path: &Path) -> Result<Bytes, StepError> {
    let head = context
        .system
        .read_device(path, Bytes(0), superblock::HEAD)
        .on("read", path)?;
    let kind = match larger.file_system {
        Growable::Ext => "ext4",
        Growable::Btrfs => "btrfs",
        Growable::Xfs => "xfs",
        Growable::F2fs => "f2fs",
        Growable::Ntfs => "ntfs",
    };
    match superblock::size(kind, &head) {
        Some(size) => Ok(size),
        None => StepError::refused(format!(
            "there is no {} in {}, which is to become larger",
            larger.file_system,
            path.display()
        )),
    }
}

/// Mounts it where the target will be, which is free until then, and runs something meanwhile.
fn mounted(
    context: &mut Context<'_>,
    file_system: Growable,
    path: &Path,
    meanwhile: Option<&Command>,
) -> Result<(), StepError> {
    let Some(kind) = file_system.mounted_as() else {
        return Ok(());
    };
    let top = Path::new(TARGET_ROOT);
    context.system.prepare_target_root().on("prepare", top)?;
    let options = match file_system {
        Growable::Btrfs => "subvolid=5",
        _ => "defaults",
    };
    mount::mount(context, path, top, kind, options)?;
    let ran = meanwhile.map(|command| context.run(command));
    let closed = cleanup::close_newest(context);
    // Why it was not made larger matters more.
    ran.transpose()?;
    closed
}

/// Refuses what can't be made larger as it is now. `btrfs filesystem resize` means the device with number 1,
/// and a second one would not be looked at.
fn fits<T>(larger: &Larger, path: &Path, found: Result<T, CannotShrink>) -> Result<(), StepError> {
    match found {
        Ok(_) => Ok(()),
        Err(why) => StepError::refused(format!(
            "the {} in {} can't be made larger: {why}",
            larger.file_system,
            path.display()
        )),
    }
}

fn check_content(
    context: &mut Context<'_>,
    file_system: Growable,
    path: &Path,
) -> Result<(), StepError> {
    let command = match file_system {
        Growable::Ext => return check_ext(context, path),
        Growable::Btrfs => return check_btrfs(context, path),
        Growable::Ntfs => return shrink::ntfs_size(context, path).map(drop),
        Growable::Xfs => Command::new("xfs_repair").arg("-n"),
        Growable::F2fs => Command::new("fsck.f2fs").arg("--dry-run"),
    };
    context.run(&command.arg(path).within(LONG)).map(drop)
}

/// Refuses what was not shut down cleanly: Windows may have run since it was looked at.
fn ntfs_is_ready(context: &mut Context<'_>, path: &Path) -> Result<(), StepError> {
    match measure::ntfs(path, &mut ToolsOf(&mut *context.system, None)) {
        Shrink::Possible(_) => Ok(()),
        Shrink::Impossible(why) => StepError::refused(format!(
            "the NTFS in {} can't be made larger now: {why}",
            path.display()
        )),
    }
}

/// Without a size, it is that of the device.
fn ntfsresize(how: &str, path: &Path) -> Command {
    Command::new("ntfsresize")
        .args([how, "--no-progress-bar"])
        .arg(path)
}

#[cfg(test)]
#[path = "grow_tests.rs"]
mod tests;
