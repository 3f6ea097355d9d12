//! A partition table as bytes, pure: what is written to both ends of a disk, and what is read back. New
//! tables are GPTs; of an MBR that stays, the first sector is written, and records of its chain where logical
//! partitions change (`kept_record`, `logical_chain`).
//!
//! The `gpt` crate makes headers and entries. Its own way of writing packs the entries and so
//! renumbers partitions, and it takes overlapping ones; slots are therefore written one by one
//! here, after checks of our own.

use super::kept_table::{KeptGpt, KeptTable, raw_entry};
use super::system::Piece;
use super::table_rules;
use crate::storage::{NewPartition, NewTable, PartitionRole, attributes};
use crate::units::{Bytes, SectorSize};
use gpt::disk::LogicalBlockSize;
use gpt::header::Header;
use gpt::mbr::{PartRecord, ProtectiveMBR};
use gpt::partition::Partition;
use gpt::partition_types::{OperatingSystem, Type};
use gpt::{GptConfig, GptDisk};
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom, Write};
use uuid::Uuid;

/// How much of each end of a disk is written, kept and read back: the alignment of partitions, and
/// more than any table takes.
pub(super) const END: Bytes = Bytes::mib(1);

/// How many entries a table has room for, by the specification's minimum of 16 KiB.
pub(super) const SLOTS: u32 = 128;

/// A table that must not be written, or that is not the one that was.
#[derive(Debug, thiserror::Error)]
pub(super) enum TableError {
    /// The plan's table breaks a rule.
    #[error("the table of the plan is wrong: {0}")]
    Wrong(String),
    /// What is on the disk is not what the plan says.
    #[error("the table on the disk is not the planned one: {0}")]
    Different(String),
    /// The crate could not make or read it.
    #[error("the table can't be handled: {0}")]
    Gpt(#[from] gpt::GptError),
    /// A header could not be made or read.
    #[error("a header of the table can't be handled: {0}")]
    Header(#[from] gpt::header::HeaderError),
    /// The protective MBR could not be made or read.
    #[error("the protective MBR can't be handled: {0}")]
    Mbr(#[from] gpt::mbr::MBRError),
    /// It does not fit into the ends.
    #[error("the table can't be laid out: {0}")]
    Layout(#[from] io::Error),
}

/// The pieces to write, in this order: the backup first, so that one of the two is always whole.
/// `kept` is what stays of the table that is there now; without it, both ends are written in full.
///
/// # Errors
/// The table breaks a rule: see [`table_rules`].
pub(super) fn pieces(table: &NewTable, kept: Option<&KeptTable>) -> Result<Vec<Piece>, TableError> {
    table_rules::check(table)?;
    let kept = match kept {
        Some(KeptTable::Mbr(record)) => return Ok(record.pieces()),
        Some(KeptTable::Gpt(kept)) => Some(kept),
        None => None,
    };
    let guid = guid(table)?;
    let block = block_size(table.sector_size)?;
    let ends = TwoEnds::blank(table.length.bytes(table.sector_size))?;
    let disk = GptConfig::new()
        .writable(true)
        .logical_block_size(block)
        .create_from_device(ends, Some(guid))?;
    let (mut primary, mut backup) = (
        disk.primary_header()?.clone(),
        disk.backup_header()?.clone(),
    );
    let mut ends = disk.take_device();
    for header in [&backup, &primary] {
        write_entries(&mut ends, header, table, kept, block)?;
    }
    backup.write_backup(&mut ends, block)?;
    primary.write_primary(&mut ends, block)?;
    if kept.is_some() {
        return Ok(ends.into_tables(table.sector_size));
    }
    let covered = u32::try_from(table.length.0.saturating_sub(1)).unwrap_or(u32::MAX);
    let mut record = ProtectiveMBR::with_lb_size(covered);
    let mut protective = PartRecord::new_protective(Some(covered));
    protective.boot_indicator = active(table);
    record.set_partition(0, protective);
    record.overwrite_lba0(&mut ends)?;
    Ok(ends.into_pieces())
}

/// Whether the entry that protects a new GPT is active: some BIOSes pass a disk by where none is, and the
/// UEFI specification wants it not to be (2.10, table 5.4).
fn active(table: &NewTable) -> u8 {
    let mut partitions = table.partitions.iter();
    match partitions.any(|p| p.role == PartitionRole::BiosBoot) {
        true => 0x80,
        false => 0,
    }
}

/// Every slot that is used; the others are blank already.
fn write_entries(
    ends: &mut TwoEnds,
    header: &Header,
    table: &NewTable,
    kept: Option<&KeptGpt>,
    block: LogicalBlockSize,
) -> io::Result<()> {
    let (start, size) = (header.part_start, header.part_size);
    for partition in &table.partitions {
        let slot = u64::from(partition.number.saturating_sub(1));
        entry(table, partition).write_to_device(ends, slot, start, block, size)?;
    }
    for (number, entry) in kept.iter().flat_map(|kept| &kept.entries) {
        let slot = u64::from(number.saturating_sub(1));
        let at = start * block.as_u64() + slot * u64::from(size);
        ends.seek(SeekFrom::Start(at))?;
        ends.write_all(entry)?;
    }
    Ok(())
}

/// Holds what both ends of a disk hold against the plan, and against what was to be kept.
///
/// # Errors
/// The first difference.
pub(super) fn compare(
    table: &NewTable,
    kept: Option<&KeptTable>,
    head: Vec<u8>,
    tail: Vec<u8>,
) -> Result<(), TableError> {
    let kept = match kept {
        Some(KeptTable::Mbr(record)) => return record.compare(&head),
        Some(KeptTable::Gpt(kept)) => Some(kept),
        None => None,
    };
    let block = block_size(table.sector_size)?;
    let length = table.length.bytes(table.sector_size);
    let old_record = kept.map(|kept| kept.has_boot_record(&head, table.sector_size));
    let mut ends = TwoEnds::filled(length, head, tail)?;
    let mbr = ProtectiveMBR::from_disk(&mut ends, block)?;
    let protects = || {
        mbr.partition(0)
            .is_some_and(|record| (record.os_type, record.boot_indicator) == (0xEE, active(table)))
    };
    if !old_record.unwrap_or_else(protects) {
        return Err(TableError::Different(
            "its boot record is not the planned one".to_owned(),
        ));
    }
    let disk = GptConfig::new()
        .logical_block_size(block)
        .only_valid_headers(true)
        .open_from_device(ends)?;
    let mut difference = difference(table, &disk)?;
    // The crate reads the entries of one copy only.
    let (primary, backup) = (
        disk.primary_header()?.clone(),
        disk.backup_header()?.clone(),
    );
    let mut ends = disk.take_device();
    let mut entries = |header: &Header| entries_of(&mut ends, header, block);
    let first = entries(&primary)?;
    if first != entries(&backup)? {
        difference.get_or_insert("its two copies differ".to_owned());
    }
    for (number, planned) in kept.iter().flat_map(|kept| &kept.entries) {
        let at = usize::try_from(number.saturating_sub(1)).unwrap_or_default() * 128;
        if raw_entry(first.get(at..).unwrap_or_default())? != *planned {
            difference.get_or_insert(format!("partition {number} has not stayed as it was"));
        }
    }
    match difference {
        None => Ok(()),
        Some(what) => Err(TableError::Different(what)),
    }
}

/// Holds both ends of a disk whose GPT is not written against what they were before: whatever its two
/// copies were like, where a disk has been cloned onto a larger one for instance, they still are.
///
/// # Errors
/// An end where a table is has changed.
pub(super) fn unchanged(
    table: &NewTable,
    [old_head, old_tail]: [&[u8]; 2],
    [head, tail]: [&[u8]; 2],
) -> Result<(), TableError> {
    let array = u64::from(SLOTS) * 128;
    let sector = table.sector_size.bytes();
    let cut = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    // The code in front of the boot record's signature is no table.
    let first = |end: &[u8]| end.get(440..cut(2 * sector + array)).map(<[u8]>::to_vec);
    let last = |end: &[u8]| {
        let from = end.len().checked_sub(cut(sector + array))?;
        end.get(from..).map(<[u8]>::to_vec)
    };
    let same = |old: Option<Vec<u8>>, now| old.is_some() && old == now;
    match same(first(old_head), first(head)) && same(last(old_tail), last(tail)) {
        true => Ok(()),
        false => Err(TableError::Different(
            "it was to stay as it was, and has changed".to_owned(),
        )),
    }
}

/// All entries of one copy, as they are.
fn entries_of(
    ends: &mut TwoEnds,
    header: &Header,
    block: LogicalBlockSize,
) -> Result<Vec<u8>, TableError> {
    let mut entries = vec![0; SLOTS as usize * 128];
    ends.seek(SeekFrom::Start(
        header.part_start.saturating_mul(block.as_u64()),
    ))?;
    ends.read_exact(&mut entries)?;
    Ok(entries)
}

fn difference(table: &NewTable, disk: &GptDisk<TwoEnds>) -> Result<Option<String>, TableError> {
    let (primary, backup) = (disk.primary_header()?, disk.backup_header()?);
    let guid = guid(table)?;
    if primary.disk_guid != guid || backup.disk_guid != guid {
        return Ok(Some(format!("its GUID is {}", primary.disk_guid)));
    }
    if primary.backup_lba != table.length.0 - 1 {
        return Ok(Some(format!(
            "its backup is at sector {}",
            primary.backup_lba
        )));
    }
    let found: BTreeMap<u32, &Partition> = disk
        .partitions()
        .iter()
        .filter(|(_, entry)| entry.is_used())
        .map(|(number, entry)| (*number, entry))
        .collect();
    if found.len() != table.partitions.len() + table.kept().len() {
        return Ok(Some(format!("it has {} partitions", found.len())));
    }
    for partition in &table.partitions {
        let planned = entry(table, partition);
        let same = found.get(&partition.number).is_some_and(|entry| {
            entry.part_type_guid.guid == planned.part_type_guid.guid
                && entry.part_guid == planned.part_guid
                && (entry.first_lba, entry.last_lba) == (planned.first_lba, planned.last_lba)
                && (entry.flags, &entry.name) == (planned.flags, &planned.name)
        });
        if !same {
            let now = found.get(&partition.number);
            return Ok(Some(format!("partition {} is {now:?}", partition.number)));
        }
    }
    Ok(None)
}

/// The GUID of a GPT.
///
/// # Errors
/// It is a table of another kind.
pub(super) fn guid(table: &NewTable) -> Result<Uuid, TableError> {
    let guid = table.id.guid();
    guid.ok_or_else(|| TableError::Wrong("it is no GPT".to_owned()))
}

fn entry(table: &NewTable, partition: &NewPartition) -> Partition {
    Partition {
        part_type_guid: Type {
            guid: partition.role.type_guid(),
            os: OperatingSystem::None,
        },
        part_guid: partition.id.guid().unwrap_or_default(),
        first_lba: partition.start.0,
        last_lba: partition.last().0,
        flags: attributes(table, partition),
        name: partition.name.clone(),
    }
}

pub(super) fn block_size(size: SectorSize) -> Result<LogicalBlockSize, TableError> {
    LogicalBlockSize::try_from(size.bytes()).map_err(TableError::from)
}

/// A disk of which only both ends are there: whatever else is asked of it is an error.
#[derive(Debug)]
pub(super) struct TwoEnds {
    length: u64,
    head: Vec<u8>,
    tail: Vec<u8>,
    position: u64,
}

impl TwoEnds {
    fn blank(length: Bytes) -> io::Result<Self> {
        let end = usize::try_from(END.0).map_err(io::Error::other)?;
        Self::filled(length, vec![0; end], vec![0; end])
    }

    pub(super) fn filled(length: Bytes, head: Vec<u8>, tail: Vec<u8>) -> io::Result<Self> {
        let whole = head.len() as u64 == END.0 && tail.len() as u64 == END.0;
        if length.0 < 2 * END.0 || !whole {
            return Err(io::Error::other("the disk is smaller than two MiB"));
        }
        Ok(Self {
            length: length.0,
            head,
            tail,
            position: 0,
        })
    }

    pub(super) fn into_pieces(self) -> Vec<Piece> {
        let tail = Piece {
            at: Bytes(self.length - END.0),
            content: self.tail,
        };
        let head = Piece {
            at: Bytes(0),
            content: self.head,
        };
        vec![tail, head]
    }

    /// As [`Self::into_pieces`], without what is not table: the boot record, and what may lie
    /// between the entries and the first MiB.
    fn into_tables(self, size: SectorSize) -> Vec<Piece> {
        let array = u64::from(SLOTS) * 128;
        let [mut tail, mut head] = [self.tail, self.head];
        let backup = array + size.bytes();
        let cut = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let tail = tail.split_off(tail.len().saturating_sub(cut(backup)));
        head.truncate(cut(2 * size.bytes() + array));
        let head = head.split_off(cut(size.bytes()).min(head.len()));
        let piece = |at, content| Piece {
            at: Bytes(at),
            content,
        };
        vec![piece(self.length - backup, tail), piece(size.bytes(), head)]
    }

    /// The bytes from the present position to the end of the end that it is in.
    fn here(&mut self) -> io::Result<&mut [u8]> {
        let tail_start = self.length - END.0;
        let (end, offset) = if self.position < END.0 {
            (&mut self.head, self.position)
        } else if self.position >= tail_start {
            (&mut self.tail, self.position - tail_start)
        } else {
            return Err(io::Error::other("this is in the middle of the disk"));
        };
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        Ok(end.get_mut(offset..).unwrap_or_default())
    }
}

impl Read for TwoEnds {
    fn read(&mut self, mut into: &mut [u8]) -> io::Result<usize> {
        let count = into.write(self.here()?)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl Write for TwoEnds {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        let count = self.here()?.write(from)?;
        self.position += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for TwoEnds {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(distance) => self.length.checked_add_signed(distance),
            SeekFrom::Current(distance) => self.position.checked_add_signed(distance),
        };
        self.position = position.ok_or_else(|| io::Error::other("before the beginning"))?;
        Ok(self.position)
    }
}

#[cfg(test)]
#[path = "table_image_tests.rs"]
mod tests;
