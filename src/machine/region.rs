//! One region of a disk by its device node: a partition, or a whole disk without a table.

use super::{Content, Disk, FileSystem, Machine, Table};
use crate::machine::Fact;
use std::path::{Path, PathBuf};

/// What is known about the region behind a device node.
#[derive(Clone, Copy, Debug)]
pub struct Region<'a> {
    /// What is in it.
    pub content: &'a Content,
    /// Where it is mounted now; `[SWAP]` when in use as swap.
    pub mounts: &'a [PathBuf],
    /// Devices built on top of it, by kernel name.
    pub holders: &'a [String],
}

impl Region<'_> {
    /// Whether something is mounted from it, swaps to it or is built on it.
    pub fn is_in_use(&self) -> bool {
        !self.mounts.is_empty() || !self.holders.is_empty()
    }

    /// The file system in it, or the other format with a signature.
    pub const fn file_system(&self) -> Option<&FileSystem> {
        match self.content {
            Content::Formatted(found) => Some(found),
            Content::Blank | Content::Unknown(_) => None,
        }
    }
}

impl Machine {
    /// The region behind a device node as it stands in [`Partition::path`](super::Partition::path) or
    /// [`Disk::path`]; nothing for any other path.
    pub fn region(&self, device: &Path) -> Option<Region<'_>> {
        let disks = self.disks.known()?;
        disks.iter().find_map(|disk| disk.region(device))
    }
}

impl Disk {
    fn region(&self, device: &Path) -> Option<Region<'_>> {
        if self.path == device
            && let Fact::Known(Table::Whole { content }) = &self.table
        {
            let (mounts, holders) = (&self.mounts, &self.holders);
            return Some(Region {
                content,
                mounts,
                holders,
            });
        }
        let mut partitions = self.partitions().iter();
        let found = partitions.find(|partition| partition.path == device)?;
        Some(Region {
            content: &found.content,
            mounts: &found.mounts,
            holders: &found.holders,
        })
    }
}
