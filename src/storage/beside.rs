//! New partitions beside those that stay: free regions, and how they are filled.

use super::contents::{Need, NeedSize};
use super::existing::{ExistingTable, PRIMARY};
use super::identity::TableId;
use super::table::{KeptPartition, NewPartition, NewTable, TableBase};
use crate::units::{Bytes, SectorSize, Sectors};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Sectors that new partitions may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// The first sector.
    pub start: Sectors,
    /// How many.
    pub length: Sectors,
}

impl Region {
    /// What is left of it when both ends are moved inwards to whole MiB; possibly nothing.
    pub const fn aligned(self, size: SectorSize) -> Self {
        let mib = size.per_mib();
        let start = self.start.align_up(mib);
        let end = Sectors(self.start.0.saturating_add(self.length.0)).align_down(mib);
        Self {
            start,
            length: Sectors(end.0.saturating_sub(start.0)),
        }
    }

    /// Its size.
    pub const fn bytes(self, size: SectorSize) -> Bytes {
        self.length.bytes(size)
    }
}

/// Why new partitions find no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRoom {
    /// The region is too small.
    #[error("there is room for {available}, and this installation needs {needed}")]
    TooSmall {
        /// What the region holds.
        available: Bytes,
        /// What is needed.
        needed: Bytes,
    },
    /// Every slot of the table is taken.
    #[error("the partition table has no room for {0} more partitions")]
    NoSlot(usize),
    /// All of the four, or too many.
    #[error(
        "an MBR partition table has room for {PRIMARY} partitions beside logical ones, of which {free} \
         are free, and this installation needs {needed}"
    )]
    NoPrimary {
        /// How many could be made.
        free: usize,
        /// How many are needed.
        needed: usize,
    },
}

/// Lays sizes one behind the other into a region, in whole MiB; one of them gets what the others leave.
///
/// # Errors
/// The region is too small for them.
pub(super) fn fill(
    region: Region,
    sizes: &[NeedSize],
    sector_size: SectorSize,
) -> Result<Vec<Region>, NoRoom> {
    let region = region.aligned(sector_size);
    let available = region.bytes(sector_size);
    let minima = sizes.iter().map(|size| size.minimum().0);
    let needed = Bytes(minima.fold(0, u64::saturating_add));
    let rest = available.0.checked_sub(needed.0);
    let rest = rest.ok_or(NoRoom::TooSmall { available, needed })?;
    let mut start = region.start;
    let places = sizes.iter().map(|size| {
        let bytes = match size {
            NeedSize::Fixed(bytes) => *bytes,
            NeedSize::Rest(minimum) => Bytes(minimum.0 + rest),
        };
        let length = bytes.whole_sectors(sector_size);
        let place = Region { start, length };
        start = Sectors(start.0 + length.0);
        place
    });
    Ok(places.collect())
}

impl ExistingTable {
    /// The regions that no partition covers, in order, in whole MiB; slivers left out.
    pub fn free(&self) -> Vec<Region> {
        let (first, end) = self.usable();
        let mut free_from = first;
        let mut regions = Vec::new();
        let mut push = |from: Sectors, to: Sectors| {
            let length = Sectors(to.0.saturating_sub(from.0));
            let region = Region {
                start: from,
                length,
            };
            let region = region.aligned(self.sector_size);
            if region.length.0 > 0 {
                regions.push(region);
            }
        };
        for partition in self.outer() {
            push(free_from, partition.start);
            free_from = Sectors(partition.start.0 + partition.length.0);
        }
        push(free_from, end);
        regions
    }

    /// How much is free right behind a partition; nothing if it is not in the table, or lies in another one.
    pub fn gap_behind(&self, partition: &KeptPartition) -> Sectors {
        if partition.is_logical() {
            return Sectors(0);
        }
        let behind = Sectors(partition.start.0.saturating_add(partition.length.0));
        let (_, end) = self.usable();
        let mut others = self.outer();
        let next = others.find(|p| p.start > partition.start);
        let next = next.map_or(end, |p| p.start);
        Sectors(next.0.saturating_sub(behind.0))
    }

    /// Takes a partition out of the table, if it is in it.
    pub fn remove(&mut self, number: u32) {
        self.partitions.retain(|p| p.number != number);
    }

    /// The region that a partition leaves when it goes; nothing if it is not in the table.
    pub fn region_of(&self, number: u32) -> Option<Region> {
        let partition = self.partitions.iter().find(|p| p.number == number)?;
        let region = Region {
            start: partition.start,
            length: partition.length,
        };
        Some(region.aligned(self.sector_size))
    }

    /// The table with a partition that ends earlier, and the region that becomes free behind it, up
    /// to the old end. Nothing if it is not there or would not become shorter.
    pub fn shrunk(&self, number: u32, length: Sectors) -> Option<(Self, Region)> {
        let mut table = self.clone();
        let own = table.partitions.iter_mut().find(|p| p.number == number)?;
        let old = own.length;
        if length >= old {
            return None;
        }
        (own.length, own.length_now) = (length, Some(old));
        let region = Region {
            start: Sectors(own.start.0 + length.0),
            length: Sectors(old.0 - length.0),
        };
        Some((table, region.aligned(self.sector_size)))
    }

    /// Gives a partition another length, which is more than it has.
    pub(super) fn lengthen(&mut self, number: u32, length: Sectors) {
        let own = self.partitions.iter_mut().find(|p| p.number == number);
        if let Some(own) = own.filter(|own| own.length < length) {
            own.length_now = Some(own.length);
            own.length = length;
        }
    }

    /// The table with new partitions in `region`, in the order of `needs`, in the lowest free slots.
    /// `next` draws a fresh GUID each time.
    ///
    /// # Errors
    /// The region or the table has no room for them.
    pub fn with_new(
        self,
        region: Region,
        needs: &[Need],
        mut next: impl FnMut() -> Uuid,
    ) -> Result<NewTable, NoRoom> {
        let size = self.sector_size;
        let sizes: Vec<NeedSize> = needs.iter().map(|need| need.size).collect();
        let places = fill(region, &sizes, size)?;
        let slots = self.free_slots(needs.len())?;
        let mut partitions = Vec::new();
        for ((need, number), place) in needs.iter().zip(slots).zip(places) {
            partitions.push(NewPartition {
                number,
                role: need.role,
                id: self.id.partition(number, &mut next),
                name: need.name.to_owned(),
                start: place.start,
                length: place.length,
                flags: BTreeSet::new(),
            });
        }
        Ok(NewTable {
            id: self.id,
            sector_size: size,
            length: self.length,
            partitions,
            base: TableBase::Kept {
                partitions: self.partitions,
            },
        })
    }

    /// The lowest `needed` slots that are free.
    pub(super) fn free_slots(&self, needed: usize) -> Result<Vec<u32>, NoRoom> {
        let is_free = |slot: &u32| self.partitions.iter().all(|p| p.number != *slot);
        let slots: Vec<u32> = (1..=self.slots()).filter(is_free).take(needed).collect();
        match (slots.len(), self.id) {
            (free, _) if free == needed => Ok(slots),
            (_, TableId::Gpt(_)) => Err(NoRoom::NoSlot(needed)),
            (free, TableId::Mbr(_)) => Err(NoRoom::NoPrimary { free, needed }),
        }
    }
}
