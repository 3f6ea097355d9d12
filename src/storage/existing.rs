//! The table that a disk has, as something that can be kept: a GPT whose partitions are apart from
//! each other and can be told from each other.

use super::identity::{PartitionId, PartitionType, TableId};
use super::table::KeptPartition;
use crate::machine::{Disk, Fact, Partition, Table, TableKind};
use crate::units::{SectorSize, Sectors};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many partitions a table has room for: the UEFI specification's minimum, and what tools make.
pub(super) const SLOTS: u32 = 128;

/// A table that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingTable {
    /// The disk's GUID.
    pub id: TableId,
    /// The unit of every position here.
    pub sector_size: SectorSize,
    /// The disk's length.
    pub length: Sectors,
    /// In the order of their first sectors.
    pub partitions: Vec<KeptPartition>,
}

/// Why nothing on a disk can be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotKeep {
    /// It could not be read.
    #[error("its partition table could not be read: {0}")]
    Unread(String),
    /// There is none.
    #[error("it has no partition table")]
    NoTable,
    /// It is of the old kind.
    #[error(
        "it has an MBR partition table, and this version keeps what is there on GPT disks only"
    )]
    Mbr,
    /// A partition is not where one can be.
    #[error("partition {0} of its table reaches beyond the disk or into the table itself")]
    Outside(u32),
    /// Two partitions share sectors.
    #[error("partitions {0} and {1} of its table overlap")]
    Overlap(u32, u32),
    /// A partition can't be told from another one.
    #[error("partition {0} of its table has no GUID of its own")]
    NoGuid(u32),
    /// It has more slots than are handled.
    #[error("its table has a partition {0}, and {SLOTS} is the most that can be kept")]
    TooMany(u32),
}

impl ExistingTable {
    /// The table of `disk`.
    ///
    /// # Errors
    /// It is none that can be kept.
    pub fn of(disk: &Disk) -> Result<Self, CannotKeep> {
        let (kind, partitions) = match &disk.table {
            Fact::Unknown(reason) => return Err(CannotKeep::Unread(reason.clone())),
            Fact::Known(Table::Whole { .. }) => return Err(CannotKeep::NoTable),
            Fact::Known(Table::Partitioned {
                kind, partitions, ..
            }) => (kind, partitions),
        };
        let TableKind::Gpt { guid } = kind else {
            return Err(CannotKeep::Mbr);
        };
        let guid: Uuid = guid
            .parse()
            .map_err(|_| CannotKeep::Unread(format!("its GUID is {guid}")))?;
        let sector_size = disk.sectors.logical;
        let table = Self {
            id: TableId::Gpt(guid),
            sector_size,
            length: disk.size.whole_sectors(sector_size),
            partitions: kept(guid, partitions)?,
        };
        table.check_places()?;
        Ok(table)
    }

    /// The sectors that new partitions can be in.
    pub const fn usable(&self) -> (Sectors, Sectors) {
        let array = 16 * 1024 / self.sector_size.bytes();
        let end = self.length.0.saturating_sub(array + 1);
        (Sectors(array + 2), Sectors(end))
    }

    fn check_places(&self) -> Result<(), CannotKeep> {
        let (first, end) = self.usable();
        let mut before: Option<&KeptPartition> = None;
        for partition in &self.partitions {
            let after = partition.start.0.checked_add(partition.length.0);
            let inside = partition.start >= first && after.is_some_and(|after| after <= end.0);
            if partition.length.0 == 0 || !inside {
                return Err(CannotKeep::Outside(partition.number));
            }
            if let Some(before) = before
                && before.last() >= partition.start
            {
                return Err(CannotKeep::Overlap(before.number, partition.number));
            }
            before = Some(partition);
        }
        Ok(())
    }
}

/// Every partition, if each has a slot and a GUID of its own.
fn kept(disk: Uuid, partitions: &[Partition]) -> Result<Vec<KeptPartition>, CannotKeep> {
    let mut guids = BTreeSet::from([disk]);
    let mut kept = Vec::new();
    for p in partitions {
        let parsed = |text: &str| text.parse::<Uuid>().ok().filter(|guid| !guid.is_nil());
        let guid = p.guid.as_deref().and_then(parsed);
        let (Some(guid), Some(type_guid)) = (guid, parsed(&p.type_id)) else {
            return Err(CannotKeep::NoGuid(p.number));
        };
        if !guids.insert(guid) {
            return Err(CannotKeep::NoGuid(p.number));
        }
        if !(1..=SLOTS).contains(&p.number) {
            return Err(CannotKeep::TooMany(p.number));
        }
        kept.push(KeptPartition {
            number: p.number,
            id: PartitionId::Gpt(guid),
            kind: PartitionType::Gpt(type_guid),
            name: p.name.clone(),
            start: p.start,
            length: p.length,
            length_now: None,
        });
    }
    kept.sort_by_key(|p| p.start);
    Ok(kept)
}
