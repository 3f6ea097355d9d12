//! Makes a file system smaller while its partition is still as long as before: it is looked over,
//! made smaller, and looked over again.
//!
//! The new size is an absolute one, so that a second try after a failure finds it reached and
//! changes nothing. Nothing here has a time limit: how long files are looked over depends on how many
//! there are, and what moves them must not end half-way.

use super::super::cleanup;
use super::super::command::{Command, Ending};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::measure::ToolsOf;
use super::{device, mount, write_table};
use crate::machine::{CannotShrink, Shrink, shrink};
use crate::plan::TARGET_ROOT;
use crate::storage::{Device, Shrinkable, Smaller};
use crate::units::Bytes;
use std::path::Path;

pub(super) fn run(context: &mut Context<'_>, smaller: &Smaller) -> Result<(), StepError> {
    let path = device::own(context, &Device::Partition(smaller.partition))?;
    match smaller.file_system {
        Shrinkable::Ext => ext(context, &path, smaller.to)?,
        Shrinkable::Btrfs => btrfs(context, &path, smaller.to)?,
        Shrinkable::Ntfs => ntfs(context, &path, smaller.to)?,
    }
    // udev shows sizes, too.
    write_table::trigger(context, &path)
}

/// Looks a file system over that has been made smaller, without writing to it.
pub(super) fn check(context: &mut Context<'_>, smaller: &Smaller) -> Result<(), StepError> {
    let path = device::own(context, &Device::Partition(smaller.partition))?;
    match smaller.file_system {
        Shrinkable::Ext => check_ext(context, &path),
        Shrinkable::Btrfs => check_btrfs(context, &path),
        Shrinkable::Ntfs => check_ntfs(context, &path, smaller.to),
    }
}

fn ext(context: &mut Context<'_>, path: &Path, to: Bytes) -> Result<(), StepError> {
    is_clean(context, Shrinkable::Ext, path)?;
    mend_ext(context, path)?;
    context.run(&resize2fs(path, to))?;
    check_ext(context, path)
}

/// Refuses what was not shut down cleanly, and a btrfs with a second device by now: somebody may have used it
/// since it was measured, and what sleeps would go on with what it remembers. Nothing is replayed for it. What
/// its tool finds damaged is left to the check that follows: it may be what an interrupted attempt left.
fn is_clean(
    context: &mut Context<'_>,
    file_system: Shrinkable,
    path: &Path,
) -> Result<(), StepError> {
    let tools = &mut ToolsOf(&mut *context.system, None);
    let found = match file_system {
        Shrinkable::Ext => shrink::ext_is_clean(path, tools),
        Shrinkable::Btrfs => shrink::btrfs_on_one_device(path, tools).map(drop),
        // It is measured again.
        Shrinkable::Ntfs => Ok(()),
    };
    match found {
        Ok(()) | Err(CannotShrink::Damaged { .. }) => Ok(()),
        Err(why) => StepError::refused(format!(
            "the {file_system} in {} can't be made smaller now: {why}",
            path.display()
        )),
    }
}

/// In units of 1024 bytes, whatever its blocks are (resize2fs(8)).
fn resize2fs(path: &Path, to: Bytes) -> Command {
    let size = format!("{}K", to.0 / 1024);
    Command::new("resize2fs")
        .arg(path)
        .arg(size)
        .without_limit()
}

/// resize2fs takes nothing that was not checked since it was mounted last. `-p` mends what is safe to
/// mend, and says so by exit code 1 (e2fsck(8)).
pub(super) fn mend_ext(context: &mut Context<'_>, path: &Path) -> Result<(), StepError> {
    let command = Command::new("e2fsck").args(["-f", "-p"]).arg(path);
    match context.run(&command.without_limit()) {
        Err(StepError::Command(error)) if error.ending == Ending::Code(1) => Ok(()),
        other => other.map(drop).map_err(|error| {
            error.explained(|_| {
                format!(
                    "the file system in {} has faults that are not safe to mend unasked, so its \
                     size is not changed: check it with e2fsck, then try again",
                    path.display()
                )
            })
        }),
    }
}

pub(super) fn check_ext(context: &mut Context<'_>, path: &Path) -> Result<(), StepError> {
    let command = Command::new("e2fsck").args(["-f", "-n"]).arg(path);
    context.run(&command.without_limit()).map(drop)
}

/// btrfs is made smaller while it is mounted: nothing but the target root is free for that.
fn btrfs(context: &mut Context<'_>, path: &Path, to: Bytes) -> Result<(), StepError> {
    is_clean(context, Shrinkable::Btrfs, path)?;
    check_btrfs(context, path)?;
    let top = Path::new(TARGET_ROOT);
    context.system.prepare_target_root().on("prepare", top)?;
    mount::mount(context, path, top, "btrfs", "subvolid=5")?;
    let command = Command::new("btrfs")
        .args(["filesystem", "resize"])
        .arg(to.0.to_string())
        .arg(top);
    let resized = context.run(&command.without_limit());
    let closed = cleanup::close_newest(context);
    // Why it was not made smaller matters more.
    resized?;
    closed?;
    check_btrfs(context, path)
}

pub(super) fn check_btrfs(context: &mut Context<'_>, path: &Path) -> Result<(), StepError> {
    let command = Command::new("btrfs").args(["check", "--readonly"]);
    context.run(&command.arg(path).without_limit()).map(drop)
}

/// Measured again first, which refuses what was not shut down cleanly: Windows may have run since. Once
/// it is smaller, NTFS waits for Windows to look it over, and can't be measured: then its size tells.
fn ntfs(context: &mut Context<'_>, path: &Path, to: Bytes) -> Result<(), StepError> {
    if ntfs_size(context, path)? > to {
        ntfs_gives(context, path, to)?;
        context.run(&ntfsresize(&["--no-action"], to, path))?;
        // `--force` answers the question whether to go on (ntfsresize(8)).
        context.run(&ntfsresize(&["--force"], to, path))?;
    }
    check_ntfs(context, path, to)
}

/// ntfsresize sees neither hibernation nor an open journal by itself.
fn ntfs_gives(context: &mut Context<'_>, path: &Path, to: Bytes) -> Result<(), StepError> {
    match shrink::ntfs(path, &mut ToolsOf(&mut *context.system, None)) {
        Shrink::Possible(measured) if measured.minimum <= to => Ok(()),
        Shrink::Possible(measured) => StepError::refused(format!(
            "the NTFS in {} needs {} by now, and was to become as small as {to}: plan again",
            path.display(),
            measured.minimum
        )),
        Shrink::Impossible(why) => StepError::refused(format!(
            "the NTFS in {} can't be made smaller now: {why}",
            path.display()
        )),
    }
}

fn ntfsresize(how: &[&str], to: Bytes, path: &Path) -> Command {
    Command::new("ntfsresize")
        .args(how.iter().copied())
        .args(["--no-progress-bar", "--size"])
        .arg(to.0.to_string())
        .arg(path)
        .without_limit()
}

fn check_ntfs(context: &mut Context<'_>, path: &Path, to: Bytes) -> Result<(), StepError> {
    match ntfs_size(context, path)? {
        size if size <= to => Ok(()),
        size => StepError::refused(format!(
            "the NTFS in {} has {size}, and should have become as small as {to}",
            path.display()
        )),
    }
}

/// The size of an NTFS, whose bookkeeping is looked over for it.
pub(super) fn ntfs_size(context: &mut Context<'_>, path: &Path) -> Result<Bytes, StepError> {
    let command = Command::new("ntfsresize")
        .args(["--info", "--force", "--no-progress-bar"])
        .arg(path)
        .without_limit();
    let output = context.ask(&command)?.stdout;
    match volume_size(&output) {
        Some(size) => Ok(size),
        None => StepError::refused(format!(
            "ntfsresize does not say how large the NTFS in {} is",
            path.display()
        )),
    }
}

fn volume_size(output: &str) -> Option<Bytes> {
    let mut lines = output.lines();
    let size = lines.find_map(|line| line.strip_prefix("Current volume size:"))?;
    size.trim().split(' ').next()?.parse().ok().map(Bytes)
}

#[cfg(test)]
#[path = "shrink_tests.rs"]
mod tests;
