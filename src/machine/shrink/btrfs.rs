//! btrfs: what its own tool reads from the device, without mounting it.
//!
//! A device is divided into extents, which shrinking moves as a whole and can't make smaller. The
//! smallest size follows from them as in `btrfs inspect-internal min-dev-size`, which needs a mount.

use super::{Tools, damaged, failed, number, sizes, value};
use crate::machine::{CannotShrink, Measured};
use crate::process::Command;
use crate::units::Bytes;
use std::path::Path;

/// Before the first extent (btrfs, "On-disk Format": nothing is allocated in the first MiB).
const RESERVED: u64 = 1 << 20;

/// The chunk tree may need a new chunk while extents are moved (btrfs-progs, `min-dev-size`).
const FOR_MOVING: u64 = 32 << 20;

pub(super) fn measure(device: &Path, tools: &mut dyn Tools) -> Result<Measured, CannotShrink> {
    let mut ask = |words: &[&str]| {
        let command = Command::new("btrfs").arg("inspect-internal").args(words);
        let printed = tools.run(&command.arg(device));
        printed.map(|p| p.stdout).map_err(|error| failed(&error))
    };
    let superblock = ask(&["dump-super"])?;
    let size = sound(&superblock)?;
    let extents = extents(&ask(&["dump-tree", "--tree", "dev"])?)?;
    sizes(size, smallest(&extents).min(size))
}

pub(super) fn on_one_device(device: &Path, tools: &mut dyn Tools) -> Result<Bytes, CannotShrink> {
    let command = Command::new("btrfs").args(["inspect-internal", "dump-super"]);
    let printed = tools.run(&command.arg(device));
    sound(&printed.map_err(|error| failed(&error))?.stdout)
}

/// The size of a file system on one device, with nothing left to be replayed.
fn sound(superblock: &str) -> Result<Bytes, CannotShrink> {
    if number(superblock, "num_devices")? != 1 {
        return Err(CannotShrink::SeveralDisks);
    }
    // `btrfs filesystem resize` means the device with number 1 (btrfs-filesystem(8)).
    if number(superblock, "dev_item.devid")? != 1 {
        return Err(damaged("its device is not its first one"));
    }
    // The root of the log tree: what was synced since the last commit.
    match value(superblock, "log_root\t") {
        Some("0") => Ok(Bytes(number(superblock, "total_bytes")?)),
        Some(_) => Err(CannotShrink::Dirty),
        None => Err(damaged("btrfs does not say whether there is a log")),
    }
}

/// A piece of the device that is taken, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extent {
    start: u64,
    length: u64,
}

impl Extent {
    const fn end(self) -> u64 {
        self.start.saturating_add(self.length)
    }
}

/// The extents of the device, in the order of the tree, which is that of their starts.
fn extents(tree: &str) -> Result<Vec<Extent>, CannotShrink> {
    let mut found = Vec::new();
    let mut start = None;
    for line in tree.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["item", _, "key", _, "DEV_EXTENT", at, ..] => {
                start = at.trim_end_matches(')').parse().ok();
            }
            ["chunk_objectid", .., "length", length] => {
                let extent = start.take().zip(length.parse().ok());
                let (start, length) =
                    extent.ok_or_else(|| damaged("btrfs prints an extent without its place"))?;
                found.push(Extent { start, length });
            }
            _ => {}
        }
    }
    match found.is_empty() {
        true => Err(damaged("btrfs finds no extent on it")),
        false => Ok(found),
    }
}

/// The smallest size by the rule of `min-dev-size`: the extents side by side; those beyond are moved
/// into holes, and where none fits, the device ends behind them.
fn smallest(extents: &[Extent]) -> Bytes {
    let taken = extents
        .iter()
        .fold(RESERVED, |sum, extent| sum.saturating_add(extent.length));
    let mut holes: Vec<u64> = extents
        .windows(2)
        .filter_map(|pair| match pair {
            [one, next] => next.start.checked_sub(one.end()),
            _ => None,
        })
        .collect();
    let mut largest_moved = 0;
    for extent in extents.iter().rev().take_while(|e| e.end() > taken) {
        let hole = holes.iter_mut().find(|hole| **hole >= extent.length);
        let Some(hole) = hole else {
            return Bytes(extent.end());
        };
        *hole -= extent.length;
        largest_moved = largest_moved.max(extent.length);
    }
    match largest_moved {
        0 => Bytes(taken),
        moved => Bytes(taken.saturating_add(moved).saturating_add(FOR_MOVING)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn in_mib(extents: &[(u64, u64)]) -> u64 {
        let extents = extents.iter().map(|&(start, length)| Extent {
            start: start * MIB,
            length: length * MIB,
        });
        smallest(&extents.collect::<Vec<_>>()).0 / MIB
    }

    #[test]
    fn extents_without_holes_stay_where_they_are() {
        assert_eq!(in_mib(&[(1, 8), (9, 100)]), 109);
    }

    #[test]
    fn an_extent_behind_a_hole_is_moved_into_it_with_room_to_move() {
        assert_eq!(in_mib(&[(1, 8), (509, 100)]), 109 + 100 + 32);
    }

    #[test]
    fn where_no_hole_fits_the_device_ends_behind_the_extent() {
        assert_eq!(in_mib(&[(1, 8), (10, 8), (20, 100)]), 120);
    }
}
