//! Erase one disk: the partitions that are needed, one behind the other.

use super::contents::{Need, NeedSize};
use super::identity::{PartitionId, TableId};
use super::table::{NewPartition, NewTable, TableBase};
use crate::units::{Bytes, SectorSize, Sectors};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Sectors at the end of a disk that the backup table takes: 16 KiB of entries and a header.
const fn backup_sectors(size: SectorSize) -> Sectors {
    Sectors((16 * 1024) / size.bytes() + 1)
}

/// The disk is smaller than the system needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the disk holds {size}, and this installation needs at least {needed}")]
pub struct TooSmall {
    /// What the disk holds.
    pub size: Bytes,
    /// What it would have to hold.
    pub needed: Bytes,
}

/// The smallest disk for contents of this size: the tables and alignment take up to 3 MiB.
pub const fn disk_minimum(contents: Bytes) -> Bytes {
    Bytes(contents.0 + Bytes::mib(3).0)
}

/// Lays out a whole disk of `size`: from the first MiB on one partition behind the other, up to the
/// last whole MiB before the backup table. `next` draws a fresh GUID each time.
///
/// # Errors
/// The partition that gets the rest would be smaller than it needs.
pub fn erase(
    size: Bytes,
    sector_size: SectorSize,
    needs: &[Need],
    mut next: impl FnMut() -> Uuid,
) -> Result<NewTable, TooSmall> {
    let mib = sector_size.per_mib();
    let length = size.whole_sectors(sector_size);
    let end = Sectors(length.0.saturating_sub(backup_sectors(sector_size).0)).align_down(mib);
    let sectors = |size: Bytes| size.whole_sectors(sector_size).align_up(mib).0;
    let minimum: u64 = needs.iter().map(|need| sectors(need.minimum())).sum();
    let Some(spare) = end.0.checked_sub(mib.0 + minimum) else {
        let minimum = needs.iter().map(|need| need.minimum().0).sum();
        return Err(TooSmall {
            size,
            needed: disk_minimum(Bytes(minimum)),
        });
    };
    let id = TableId::Gpt(next());
    let mut start = mib;
    let mut partitions = Vec::new();
    for (number, need) in (1..).zip(needs) {
        let length = Sectors(match need.size {
            NeedSize::Fixed(size) => sectors(size),
            NeedSize::Rest(minimum) => sectors(minimum) + spare,
        });
        partitions.push(NewPartition {
            number,
            role: need.role,
            id: PartitionId::Gpt(next()),
            name: need.name.to_owned(),
            start,
            length,
            flags: BTreeSet::new(),
        });
        start = Sectors(start.0 + length.0);
    }
    Ok(NewTable {
        id,
        sector_size,
        length,
        partitions,
        base: TableBase::New,
    })
}
