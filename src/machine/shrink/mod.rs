//! How small a file system can become, and whether it was shut down cleanly, asked of its own tools.
//! Nothing is written.
//!
//! | file | file systems | tools |
//! |---|---|---|
//! | `ext` | ext2, ext3, ext4 | `dumpe2fs`, `resize2fs -P` |
//! | `ntfs` | NTFS | `ntfsresize --info --no-action`, `ntfsinfo` |
//! | `btrfs` | btrfs | `btrfs inspect-internal` |
//! | `xfs` | XFS, which never becomes smaller | `xfs_repair -n` |
//! | `f2fs` | f2fs, which never becomes smaller | `fsck.f2fs --dry-run` |
//!
//! What the tools print is read by pure functions, tested with what the real ones printed.

mod btrfs;
mod ext;
mod f2fs;
mod ntfs;
mod xfs;

use super::{CannotShrink, FileSystem, Measured, Region, Shrink};
use crate::process::{Command, CommandError, Ending, Output};
use crate::units::Bytes;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// What measuring needs of the outside, all of it read-only.
pub trait Tools {
    /// Runs a program to its end.
    ///
    /// # Errors
    /// It could not be started, or did not end with exit code 0.
    fn run(&mut self, command: &Command) -> Result<Output, CommandError>;

    /// Reads part of a device.
    ///
    /// # Errors
    /// As the operating system has them.
    fn read(&mut self, device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>>;

    /// Runs a program that copies files into a folder, which is new and its last argument, and reads those
    /// of `files` that are there afterwards, by their paths in it; of the folder nothing stays. Nothing where
    /// there can be no such folder, or the program fails.
    fn copied(&mut self, _: &Command, _: &[&Path]) -> Option<Copied> {
        None
    }
}

/// What was copied, by paths.
pub type Copied = BTreeMap<PathBuf, Vec<u8>>;

/// Whether anything can make a file system of this kind smaller; `kind` as libblkid calls it.
pub fn can_be_asked(kind: &str) -> bool {
    matches!(kind, "ext2" | "ext3" | "ext4" | "ntfs" | "btrfs")
}

/// Measures what is in `region`, behind the node `device`. It takes a moment, for a large NTFS minutes.
pub fn measure(region: Region<'_>, device: &Path, tools: &mut dyn Tools) -> Shrink {
    let found = match region.file_system() {
        Some(found) if region.is_in_use() && can_be_asked(&found.kind) => Err(CannotShrink::InUse),
        Some(found) => ask(found, device, tools),
        None => Err(CannotShrink::Unsupported {
            kind: String::new(),
        }),
    };
    Shrink::from(found)
}

/// Measures an NTFS that is not in use, behind the node `device`.
pub fn ntfs(device: &Path, tools: &mut dyn Tools) -> Shrink {
    Shrink::from(ntfs::measure(device, tools))
}

/// Whether a Windows sleeps in the NTFS behind the node `device`, which may be mounted.
///
/// # Errors
/// It can't be looked at, or is no NTFS.
pub(super) fn ntfs_is_asleep(device: &Path, tools: &mut dyn Tools) -> Result<bool, CannotShrink> {
    ntfs::is_asleep(device, tools)
}

/// The size of a btrfs that lies on one device, its first, and has nothing left to be replayed.
///
/// # Errors
/// It is not so, or its tool can't tell.
pub fn btrfs_on_one_device(device: &Path, tools: &mut dyn Tools) -> Result<Bytes, CannotShrink> {
    btrfs::on_one_device(device, tools)
}

/// Whether an ext file system was shut down cleanly, and nothing is left to be done at its next mount.
///
/// # Errors
/// It was not, or its tool can't tell.
pub fn ext_is_clean(device: &Path, tools: &mut dyn Tools) -> Result<(), CannotShrink> {
    ext::is_clean(device, tools)
}

/// Whether the log of an xfs has been written out, and its own check finds it sound. It takes minutes where
/// there are many files.
///
/// # Errors
/// It is not so, or its tool can't tell.
pub fn xfs_is_clean(device: &Path, tools: &mut dyn Tools) -> Result<(), CannotShrink> {
    xfs::is_clean(device, tools)
}

/// Whether the last checkpoint of an f2fs is that of an unmount, and its own check finds it sound. It takes
/// minutes where there are many files.
///
/// # Errors
/// It is not so, or its tool can't tell.
pub fn f2fs_is_clean(device: &Path, tools: &mut dyn Tools) -> Result<(), CannotShrink> {
    f2fs::is_clean(device, tools)
}

fn ask(found: &FileSystem, device: &Path, tools: &mut dyn Tools) -> Result<Measured, CannotShrink> {
    match found.kind.as_str() {
        "ext2" | "ext3" | "ext4" => ext::measure(device, tools),
        "ntfs" => ntfs::measure(device, tools),
        "btrfs" => btrfs::measure(device, tools),
        "BitLocker" => Err(CannotShrink::BitLocker),
        kind => Err(CannotShrink::Unsupported {
            kind: kind.to_owned(),
        }),
    }
}

/// The sizes that a tool gave, unless they contradict each other.
fn sizes(size: Bytes, minimum: Bytes) -> Result<Measured, CannotShrink> {
    match minimum <= size && minimum > Bytes(0) {
        true => Ok(Measured::new(size, minimum)),
        false => Err(damaged(format!(
            "its tool says that at least {minimum} of {size} are needed"
        ))),
    }
}

fn damaged(why: impl Into<String>) -> CannotShrink {
    CannotShrink::Damaged { why: why.into() }
}

/// A tool's failure, where the tool says nothing that means something else.
fn failed(error: &CommandError) -> CannotShrink {
    match (&error.ending, error.words.first()) {
        (Ending::NotStarted(_), Some(program)) => CannotShrink::NoTool {
            program: program.clone(),
        },
        _ => damaged(error.to_string()),
    }
}

/// The rest of the first line that begins with `name`, without what surrounds it.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.trim_start().strip_prefix(name))
        .map(str::trim)
}

/// The number at the beginning of the line that begins with `name`.
fn number(text: &str, name: &str) -> Result<u64, CannotShrink> {
    let word = value(text, name).and_then(|rest| rest.split_whitespace().next());
    let number = word.and_then(|word| word.parse().ok());
    number.ok_or_else(|| damaged(format!("its tool does not say `{name}`")))
}

#[cfg(test)]
mod tests;
