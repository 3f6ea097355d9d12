//! What of an old table goes into the new one, as it was: entries byte by byte, and the boot record.

use super::kept_record::KeptRecord;
use super::logical_chain::Chain;
use super::system::Piece;
use super::table_image::{SLOTS, TableError, TwoEnds, block_size, guid};
use crate::storage::{KeptPartition, NewTable, PartitionId, PartitionType, TableId, with_flags};
use crate::units::SectorSize;
use gpt::GptConfig;
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};
use uuid::Uuid;

/// An entry of a GPT (UEFI specification 2.10, table 5.6).
pub(super) type RawEntry = [u8; 128];

/// Where code ends and the records begin in a boot record; before it is what GRUB writes.
const RECORDS: usize = 440;

/// What stays of an old table.
#[derive(Debug)]
pub(super) enum KeptTable {
    /// Of a GPT.
    Gpt(KeptGpt),
    /// Of an MBR.
    Mbr(KeptRecord),
}

impl KeptTable {
    /// Takes what the plan keeps out of both ends of a disk as they were before the install, and out of the chain
    /// of logical partitions where the plan changes that.
    ///
    /// # Errors
    /// The table there is damaged, or not the one that the plan was made for.
    pub(super) fn read(
        table: &NewTable,
        head: Vec<u8>,
        tail: Vec<u8>,
        chain: Option<Chain>,
    ) -> Result<Self, TableError> {
        match table.id {
            TableId::Gpt(_) => KeptGpt::read(table, head, tail).map(Self::Gpt),
            TableId::Mbr(_) => KeptRecord::read(table, &head, chain).map(Self::Mbr),
        }
    }

    /// The records of an MBR's chain of logical partitions as they will be, where anything of it changes.
    pub(super) fn chain(&self) -> Vec<Piece> {
        match self {
            Self::Gpt(_) => Vec::new(),
            Self::Mbr(record) => record.chain().collect(),
        }
    }
}

/// What stays of an old GPT.
#[derive(Debug)]
pub(super) struct KeptGpt {
    /// By slot, with the length after the install.
    pub(super) entries: BTreeMap<u32, RawEntry>,
    /// The first sector of the disk.
    boot_record: Vec<u8>,
}

impl KeptGpt {
    fn read(table: &NewTable, head: Vec<u8>, tail: Vec<u8>) -> Result<Self, TableError> {
        let sector = usize::try_from(table.sector_size.bytes()).unwrap_or(usize::MAX);
        let boot_record = head.get(..sector).unwrap_or_default().to_vec();
        let mut old = entries(table, head, tail)?;
        let mut kept = BTreeMap::new();
        for partition in table.kept() {
            let found = old.remove(&partition.number);
            let Some(entry) = found.filter(|entry| is_planned(entry, partition)) else {
                let number = partition.number;
                return Err(TableError::Different(format!(
                    "partition {number}, which is to stay, is another one"
                )));
            };
            kept.insert(partition.number, changed(entry, partition));
        }
        Ok(Self {
            entries: kept,
            boot_record,
        })
    }

    /// Whether the disk's first sector still is the old one, its code apart.
    pub(super) fn has_boot_record(&self, head: &[u8], sector: SectorSize) -> bool {
        let sector = usize::try_from(sector.bytes()).unwrap_or(usize::MAX);
        head.get(RECORDS..sector) == self.boot_record.get(RECORDS..)
    }
}

/// The used entries of the primary table, by slot.
fn entries(
    table: &NewTable,
    head: Vec<u8>,
    tail: Vec<u8>,
) -> Result<BTreeMap<u32, RawEntry>, TableError> {
    let wrong = |what: String| Err(TableError::Different(what));
    let at = usize::try_from(table.sector_size.bytes()).unwrap_or(usize::MAX);
    let size = head.get(at.saturating_add(84)..at.saturating_add(88));
    if size != Some(&128_u32.to_le_bytes()) {
        return wrong("its entries don't have 128 bytes each".to_owned());
    }
    let block = block_size(table.sector_size)?;
    let ends = TwoEnds::filled(table.length.bytes(table.sector_size), head, tail)?;
    let disk = GptConfig::new()
        .logical_block_size(block)
        .open_from_device(ends)?;
    let header = disk.primary_header()?.clone();
    if header.disk_guid != guid(table)? {
        return wrong(format!("its GUID is {}", header.disk_guid));
    }
    // They are written behind the header again, over whatever somebody moved them away from: firmware of
    // some boards lies there.
    if header.part_start != 2 {
        return wrong(format!(
            "its entries begin at sector {}, and not right behind its header: such a table can't be \
             written anew without touching what lies between",
            header.part_start
        ));
    }
    let mut ends = disk.take_device();
    ends.seek(SeekFrom::Start(
        header.part_start.saturating_mul(block.as_u64()),
    ))?;
    let mut found = BTreeMap::new();
    for number in 1..=header.num_parts {
        let mut entry = [0; 128];
        ends.read_exact(&mut entry)?;
        if entry.iter().any(|byte| *byte != 0) {
            if number > SLOTS {
                return wrong(format!("it has a partition {number}"));
            }
            found.insert(number, entry);
        }
    }
    Ok(found)
}

fn is_planned(entry: &RawEntry, partition: &KeptPartition) -> bool {
    let guid_at = |at: usize| {
        let bytes = entry.get(at..at + 16)?.try_into().ok()?;
        Some(Uuid::from_bytes_le(bytes))
    };
    let lba = |at: usize| {
        let bytes = entry.get(at..at + 8)?.try_into().ok()?;
        Some(u64::from_le_bytes(bytes))
    };
    let last = partition.start.0 + partition.old_length().0.saturating_sub(1);
    guid_at(0).map(PartitionType::Gpt) == Some(partition.kind)
        && guid_at(16).map(PartitionId::Gpt) == Some(partition.id)
        && (lba(32), lba(40)) == (Some(partition.start.0), Some(last))
}

/// The entry with its last sector after the install, and the flags that are named; everything else stays,
/// its name and all other attributes included.
fn changed(mut entry: RawEntry, partition: &KeptPartition) -> RawEntry {
    let attributes = entry.get(48..56).and_then(|bytes| bytes.try_into().ok());
    let attributes = attributes.map_or(0, u64::from_le_bytes);
    let mut put = |at: usize, value: u64| {
        if let Some(field) = entry.get_mut(at..at + 8) {
            field.copy_from_slice(&value.to_le_bytes());
        }
    };
    put(40, partition.last().0);
    if let Some(flags) = &partition.flags {
        put(48, with_flags(attributes, flags));
    }
    entry
}

/// An entry from the beginning of some bytes.
///
/// # Errors
/// There are too few.
pub(super) fn raw_entry(bytes: &[u8]) -> io::Result<RawEntry> {
    let entry = bytes.get(..128).and_then(|bytes| bytes.try_into().ok());
    entry.ok_or_else(|| io::Error::other("an entry is cut short"))
}

#[cfg(test)]
#[path = "kept_table_tests.rs"]
mod tests;

#[cfg(test)]
pub(super) use tests::table_on;
