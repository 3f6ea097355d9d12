//! ext2, ext3 and ext4: `dumpe2fs -h` knows the state, `resize2fs -P` the smallest size.

use super::{Tools, damaged, failed, number, sizes, value};
use crate::machine::{CannotShrink, Measured};
use crate::process::Command;
use crate::units::Bytes;
use std::path::Path;

/// Features that say that something is left to be done at the next mount (kernel.org, "Ext4 Disk
/// Layout": the journal is to be replayed, inodes without a name are to be removed).
const UNFINISHED: [&str; 2] = ["needs_recovery", "orphan_present"];

pub(super) fn measure(device: &Path, tools: &mut dyn Tools) -> Result<Measured, CannotShrink> {
    let shown = Command::new("dumpe2fs").arg("-h").arg(device);
    let shown = tools.run(&shown).map_err(|error| failed(&error))?.stdout;
    let block = sound(&shown)?;
    let minimum = Command::new("resize2fs").arg("-P").arg(device);
    let minimum = tools.run(&minimum).map_err(|error| failed(&error))?;
    let bytes = |blocks: u64| Bytes(blocks.saturating_mul(block));
    let size = bytes(number(&shown, "Block count:")?);
    sizes(size, bytes(smallest(&minimum.stdout)?))
}

pub(super) fn is_clean(device: &Path, tools: &mut dyn Tools) -> Result<(), CannotShrink> {
    let shown = Command::new("dumpe2fs").arg("-h").arg(device);
    let shown = tools.run(&shown).map_err(|error| failed(&error))?.stdout;
    sound(&shown).map(drop)
}

/// The size of a block, in bytes, of a file system whose state lets it be resized.
fn sound(shown: &str) -> Result<u64, CannotShrink> {
    let features = value(shown, "Filesystem features:").unwrap_or_default();
    if features.split(' ').any(|word| UNFINISHED.contains(&word)) {
        return Err(CannotShrink::Dirty);
    }
    match value(shown, "Filesystem state:") {
        Some("clean") => number(shown, "Block size:"),
        Some(state) if state.contains("errors") => Err(damaged(format!(
            "its state is `{state}`; check it with e2fsck first"
        ))),
        Some(_) => Err(CannotShrink::Dirty),
        None => Err(damaged("dumpe2fs does not say its state")),
    }
}

/// In blocks, from what `resize2fs -P` prints.
fn smallest(printed: &str) -> Result<u64, CannotShrink> {
    number(printed, "Estimated minimum size of the filesystem:")
}
