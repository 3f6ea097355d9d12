//! Makes a file system larger in a partition that has become longer: looked over before anything is wiped,
//! made larger once the table is written, and looked over again.
//!
//! As large as the partition is the size that is asked for, so that a second try after a failure finds it
//! reached and changes nothing. What writes its tables anew has no time limit.

use super::super::cleanup;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::measure::ToolsOf;
use super::shrink::{self, check_btrfs, check_ext, mend_ext};
use super::{device, mount, write_table};
use crate::machine::{Shrink, shrink as measure, superblock};
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
    // What sleeps would go on with what it remembers: so nothing is replayed for it, and mounting would.
    is_clean(context, larger, &path)?;
    match larger.file_system {
        Growable::Ext => mend_ext(context, &path),
        Growable::Ntfs => Ok(()),
        Growable::Btrfs => {
            mounted(context, larger.file_system, &path, None)?;
            check_content(context, larger.file_system, &path)
        }
        // Their own check has told already; a kernel that can't mount them is told before the wipe.
        Growable::Xfs | Growable::F2fs => mounted(context, larger.file_system, &path, None),
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

/// Refuses what can't be made larger as it is now: what was not shut down cleanly (Windows may have run since
/// it was looked at), and a btrfs with a second device, which would not be looked at. Nothing is written.
fn is_clean(context: &mut Context<'_>, larger: &Larger, path: &Path) -> Result<(), StepError> {
    let tools = &mut ToolsOf(&mut *context.system, None);
    let found = match larger.file_system {
        Growable::Ext => measure::ext_is_clean(path, tools),
        Growable::Btrfs => measure::btrfs_on_one_device(path, tools).map(drop),
        Growable::Xfs => measure::xfs_is_clean(path, tools),
        Growable::F2fs => measure::f2fs_is_clean(path, tools),
        Growable::Ntfs => match measure::ntfs(path, tools) {
            Shrink::Possible(_) => Ok(()),
            Shrink::Impossible(why) => Err(why),
        },
    };
    match found {
        Ok(()) => Ok(()),
        Err(why) => StepError::refused(format!(
            "the {} in {} can't be made larger now: {why}",
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
    // As long as it takes: that depends on how much is in it.
    context.run(&command.arg(path).without_limit()).map(drop)
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
