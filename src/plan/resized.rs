//! What gets another size and otherwise stays, by name: part of what a person confirms.

use super::NamedPartition;
use crate::machine::{Disk, Partition};
use crate::units::{Bytes, Sectors};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A partition that is made smaller or larger, with its file system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resized {
    /// Which one.
    pub what: NamedPartition,
    /// How large it is now.
    pub from: Bytes,
    /// How large it will be.
    pub to: Bytes,
}

impl Resized {
    /// For a partition that gets `length`.
    pub(super) fn of(disk: &Disk, partition: &Partition, length: Sectors) -> Self {
        Self {
            what: NamedPartition::of(disk, partition),
            from: partition.length.bytes(disk.sectors.logical),
            to: length.bytes(disk.sectors.logical),
        }
    }
}

impl fmt::Display for Resized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: from {} to {}", self.what, self.from, self.to)
    }
}
