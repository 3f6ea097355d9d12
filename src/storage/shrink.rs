//! Making a neighbour smaller: which file systems can be, and how its room is shared.

use super::beside::Region;
use super::identity::PartitionId;
use crate::units::{Bytes, SectorSize, Sectors};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A file system that tools can make smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shrinkable {
    /// ext2, ext3 or ext4, while it is not mounted (resize2fs).
    Ext,
    /// btrfs, while it is mounted.
    Btrfs,
    /// NTFS, while it is not mounted (ntfsresize).
    Ntfs,
}

impl Shrinkable {
    /// For what libblkid calls it; none if nothing can make it smaller.
    pub fn of(kind: &str) -> Option<Self> {
        match kind {
            "ext2" | "ext3" | "ext4" => Some(Self::Ext),
            "btrfs" => Some(Self::Btrfs),
            "ntfs" => Some(Self::Ntfs),
            _ => None,
        }
    }
}

impl fmt::Display for Shrinkable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ext => "ext4",
            Self::Btrfs => "btrfs",
            Self::Ntfs => "NTFS",
        })
    }
}

/// A file system that becomes smaller; its partition follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smaller {
    /// The partition.
    pub partition: PartitionId,
    /// What is in it.
    pub file_system: Shrinkable,
    /// How large the file system is before.
    pub from: Bytes,
    /// How large it is afterwards, in whole KiB: at most what the partition keeps.
    pub to: Bytes,
}

/// What a neighbour must be able to give: for less, no file system is put at risk.
const LEAST_GIFT: Bytes = Bytes::gib(1);

/// How much of a neighbour's room and of the gap behind it, or of a gap alone, a new system can get, in
/// whole MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// What it needs, and more than is free already.
    pub least: Bytes,
    /// What it needs, or what is free already, and half of what can be shared.
    pub recommended: Bytes,
    /// All that the neighbour can do without, or all of a gap.
    pub most: Bytes,
}

/// Why there is nothing to share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoShare {
    /// Even all of it is too little.
    #[error("it can give away {available}, and this installation needs {needed}")]
    TooLittle {
        /// What the new system could have at most.
        available: Bytes,
        /// What it needs.
        needed: Bytes,
    },
    /// It needs all the room it has.
    #[error("it has no room to give away")]
    Full,
}

impl Share {
    /// Shares a partition that must keep `keep`, with `gap` free right behind it, with a system that
    /// needs `needed`.
    ///
    /// # Errors
    /// There is too little.
    pub fn of(
        partition: Region,
        gap: Sectors,
        sector_size: SectorSize,
        keep: Bytes,
        needed: Bytes,
    ) -> Result<Self, NoShare> {
        let mib = sector_size.per_mib();
        let after = partition.start.0.saturating_add(partition.length.0);
        let end = Sectors(after.saturating_add(gap.0)).align_down(mib);
        let own_end = Sectors(after).align_up(mib);
        // The file system gets whole MiB, wherever its partition begins.
        let keeps = Bytes::mib(keep.0.div_ceil(Bytes::mib(1).0)).whole_sectors(sector_size);
        let first = Sectors(partition.start.0.saturating_add(keeps.0)).align_up(mib);
        let bytes = |from: Sectors| Sectors(end.0.saturating_sub(from.0)).bytes(sector_size);
        let (most, free) = (bytes(first), bytes(own_end));
        if most < needed {
            let available = most;
            return Err(NoShare::TooLittle { available, needed });
        }
        if most.0.saturating_sub(free.0) < LEAST_GIFT.0 {
            return Err(NoShare::Full);
        }
        // What is free already takes nothing from the neighbour.
        let least = needed.max(Bytes(free.0 + Bytes::mib(1).0));
        let from = needed.max(free);
        let half = (most.0 - from.0) / 2;
        let middle = Bytes(from.0 + half - half % Bytes::mib(1).0);
        Ok(Self {
            least,
            recommended: middle.clamp(least, most),
            most,
        })
    }

    /// What a system that needs `needed` can get of free space; nothing where that is hardly more. All of
    /// it is recommended: nobody else has it.
    pub fn of_gap(gap: Bytes, needed: Bytes) -> Option<Self> {
        let least = Bytes::mib(needed.0.div_ceil(Bytes::mib(1).0));
        let is_more = gap.0 >= least.0.saturating_add(LEAST_GIFT.0);
        is_more.then_some(Self {
            least,
            recommended: gap,
            most: gap,
        })
    }

    /// Where the neighbour ends when the new system gets `size`: the partition's new length, whose
    /// end is at a whole MiB.
    pub fn kept_length(
        partition: Region,
        gap: Sectors,
        sector_size: SectorSize,
        size: Bytes,
    ) -> Sectors {
        let mib = sector_size.per_mib();
        let after = partition.start.0.saturating_add(partition.length.0);
        let end = Sectors(after.saturating_add(gap.0)).align_down(mib);
        let new = size.whole_sectors(sector_size).align_up(mib);
        Sectors(
            end.0
                .saturating_sub(new.0)
                .saturating_sub(partition.start.0),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: SectorSize = SectorSize::B512;

    fn partition(start: u64, size: Bytes) -> Region {
        Region {
            start: Sectors(start),
            length: size.whole_sectors(UNIT),
        }
    }

    #[test]
    fn room_is_shared_evenly_above_what_both_need() {
        let windows = partition(2048, Bytes::gib(100));
        let none = Sectors(0);
        let share = Share::of(windows, none, UNIT, Bytes::gib(40), Bytes::gib(20)).unwrap();
        assert_eq!(share.least, Bytes::gib(20));
        assert_eq!(share.recommended, Bytes::gib(40));
        assert_eq!(share.most, Bytes::gib(60));
        let kept = Share::kept_length(windows, none, UNIT, share.most);
        assert_eq!(kept.bytes(UNIT), Bytes::gib(40));
    }

    #[test]
    fn a_gap_behind_it_is_used_first() {
        let windows = partition(2048, Bytes::gib(100));
        let gap = Bytes::gib(10).whole_sectors(UNIT);
        let share = Share::of(windows, gap, UNIT, Bytes::gib(95), Bytes::gib(5)).unwrap();
        assert_eq!(share.least, Bytes(Bytes::gib(10).0 + Bytes::mib(1).0));
        assert_eq!(share.most, Bytes::gib(15));
        assert_eq!(share.recommended, Bytes::mib(12 * 1024 + 512));
    }

    #[test]
    fn too_little_is_told() {
        let windows = partition(63, Bytes::gib(30));
        let share = |keep, needed| Share::of(windows, Sectors(0), UNIT, keep, needed);
        let why = share(Bytes::gib(20), Bytes::gib(12)).unwrap_err();
        assert!(matches!(why, NoShare::TooLittle { .. }), "{why}");
        assert_eq!(share(Bytes::gib(30), Bytes(0)), Err(NoShare::Full));
        // An odd start costs less than a MiB, never the neighbour.
        let share = share(Bytes::gib(20), Bytes::gib(6)).unwrap();
        let kept = Share::kept_length(windows, Sectors(0), UNIT, share.most);
        assert!(kept.bytes(UNIT) >= Bytes::gib(20));
    }

    #[test]
    fn kinds_are_known_by_their_names() {
        assert_eq!(Shrinkable::of("ext3"), Some(Shrinkable::Ext));
        assert_eq!(Shrinkable::of("xfs"), None);
    }
}
