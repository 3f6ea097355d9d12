//! The table that a disk has, as something that can be kept: a GPT or an MBR whose partitions are apart
//! from each other and can be told from each other.
//!
//! In an MBR the extended partition stands in the list like every other one, and its logical
//! partitions, which lie in it, as well.

use super::identity::{DiskSignature, PartitionId, PartitionType, TableId};
use super::table::{KeptPartition, PartitionName};
use crate::machine::{Disk, Fact, GptFlaw, Partition, Table, TableKind};
use crate::units::{SectorSize, Sectors};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many partitions a table has room for: the UEFI specification's minimum, and what tools make.
pub(super) const SLOTS: u32 = 128;

/// How many an MBR has room for beside the logical ones.
pub const PRIMARY: u32 = 4;

/// The first sector that an MBR's 32 bits don't reach.
pub const MBR_END: u64 = 1 << 32;

/// A table that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingTable {
    /// The disk's GUID or signature.
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
    /// Nobody could tell its partitions from those of another disk: not Linux, which gives them no
    /// names, and not this program, which would not know them again before it writes. To draw a new
    /// signature would be a change of what is to stay.
    #[error(
        "its MBR partition table has no signature, so that its partitions can't be told from others \
         (`sfdisk --disk-id` gives it one)"
    )]
    NoSignature,
    /// Their logical partitions would be numbered in an order of which there are several.
    #[error("its MBR partition table has two extended partitions")]
    TwoExtended,
    /// A partition is not where one can be.
    #[error("partition {0} of its table reaches beyond the disk or into the table itself")]
    Outside(u32),
    /// Two partitions share sectors.
    #[error("partitions {0} and {1} of its table overlap")]
    Overlap(u32, u32),
    /// A partition can't be told from another one.
    #[error("partition {0} of its table has no identifier of its own")]
    NoGuid(u32),
    /// Whatever starts by a BIOS would go on reading the old places: Boot Camp's Windows.
    #[error(
        "its boot record lists partitions beside those of its GPT (a hybrid MBR), and would list them \
         wrongly afterwards"
    )]
    Hybrid,
    /// It can be read by its second copy only.
    #[error(
        "of the two copies of its partition table, the first is damaged (`fdisk` reads the second, and mends \
         the first with `w`)"
    )]
    FirstDamaged,
    /// To be written anew, they would have to be moved over what lies between.
    #[error(
        "the entries of its partition table begin at sector {0}, and not right behind its header: what lies \
         between may be firmware, and would be written over"
    )]
    EntriesAt(Sectors),
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
            Fact::Known(Table::Partitioned { hybrid: true, .. }) => return Err(CannotKeep::Hybrid),
            Fact::Known(Table::Partitioned {
                flaw: Some(flaw), ..
            }) => return Err(Self::unwritable(*flaw)),
            Fact::Known(Table::Partitioned {
                kind, partitions, ..
            }) => (kind, partitions),
        };
        let (id, mut partitions) = match kind {
            TableKind::Gpt { guid } => {
                let guid: Uuid = guid
                    .parse()
                    .map_err(|_| CannotKeep::Unread(format!("its GUID is {guid}")))?;
                (TableId::Gpt(guid), kept(guid, partitions)?)
            }
            TableKind::Mbr { signature } => {
                let signature = signature.parse().map_err(|_| CannotKeep::NoSignature)?;
                (TableId::Mbr(signature), kept_of_mbr(signature, partitions)?)
            }
        };
        // An extended partition comes before the logical ones in it.
        partitions.sort_by_key(|p| (p.start, p.number));
        let sector_size = disk.sectors.logical;
        let table = Self {
            id,
            sector_size,
            length: disk.size.whole_sectors(sector_size),
            partitions,
        };
        table.check_places()?;
        Ok(table)
    }

    const fn unwritable(flaw: GptFlaw) -> CannotKeep {
        match flaw {
            GptFlaw::FirstHeaderDamaged => CannotKeep::FirstDamaged,
            GptFlaw::EntriesAt(sector) => CannotKeep::EntriesAt(sector),
        }
    }

    /// The sectors that new partitions can be in. An MBR counts sectors with 32 bits: 2 TiB of 512 bytes.
    pub const fn usable(&self) -> (Sectors, Sectors) {
        match self.id {
            TableId::Gpt(_) => {
                let array = 16 * 1024 / self.sector_size.bytes();
                let end = self.length.0.saturating_sub(array + 1);
                (Sectors(array + 2), Sectors(end))
            }
            TableId::Mbr(_) if self.length.0 > MBR_END => (Sectors(1), Sectors(MBR_END)),
            TableId::Mbr(_) => (Sectors(1), self.length),
        }
    }

    /// How many partitions have a place of their own in the table.
    pub(super) const fn slots(&self) -> u32 {
        match self.id {
            TableId::Gpt(_) => SLOTS,
            TableId::Mbr(_) => PRIMARY,
        }
    }

    /// The partitions but for logical ones, which lie in another one.
    pub fn outer(&self) -> impl Iterator<Item = &KeptPartition> {
        self.partitions.iter().filter(|p| !p.is_logical())
    }

    fn check_places(&self) -> Result<(), CannotKeep> {
        apart(self.outer(), self.usable())?;
        let mut extended = self.outer().filter(|p| p.is_extended());
        let inside = extended.next();
        if extended.next().is_some() {
            return Err(CannotKeep::TwoExtended);
        }
        // The first record of the chain stands before the first of them.
        let inside = inside.map_or((Sectors(0), Sectors(0)), |p| {
            (Sectors(p.start.0 + 1), Sectors(p.start.0 + p.length.0))
        });
        apart(self.partitions.iter().filter(|p| p.is_logical()), inside)
    }
}

/// Whether each lies between two sectors, and none on another one.
fn apart<'p>(
    partitions: impl Iterator<Item = &'p KeptPartition>,
    (first, end): (Sectors, Sectors),
) -> Result<(), CannotKeep> {
    let mut before: Option<&KeptPartition> = None;
    for partition in partitions {
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

/// Every partition of an MBR.
fn kept_of_mbr(
    disk: DiskSignature,
    partitions: &[Partition],
) -> Result<Vec<KeptPartition>, CannotKeep> {
    let mut numbers = BTreeSet::new();
    let kept = |p: &Partition| {
        let id = PartitionId::Mbr(disk, p.number);
        let same = p.guid.as_deref().map(str::parse) == Some(Ok(id));
        let kind = p.type_id.parse().ok();
        match kind.filter(|kind| matches!(kind, PartitionType::Mbr(_)) && same) {
            Some(kind) if !id.is_nil() && numbers.insert(p.number) => Ok(KeptPartition {
                number: p.number,
                id,
                kind,
                name: None,
                start: p.start,
                length: p.length,
                length_now: None,
                flags: None,
            }),
            _ => Err(CannotKeep::NoGuid(p.number)),
        }
    };
    partitions.iter().map(kept).collect()
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
            name: p.name.clone().map(PartitionName::from),
            start: p.start,
            length: p.length,
            length_now: None,
            flags: None,
        });
    }
    Ok(kept)
}
