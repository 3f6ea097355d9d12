//! A partition table as bytes, pure: what is written to both ends of a disk, and what is read back.
//!
//! The `gpt` crate makes headers and entries. Its own way of writing packs the entries and so
//! renumbers partitions, and it takes overlapping ones; slots are therefore written one by one
//! here, after checks of our own.

use super::system::Piece;
use crate::storage::{NewPartition, NewTable};
use crate::units::{Bytes, SectorSize, Sectors};
use gpt::disk::LogicalBlockSize;
use gpt::header::Header;
use gpt::mbr::ProtectiveMBR;
use gpt::partition::Partition;
use gpt::partition_types::{OperatingSystem, Type};
use gpt::{GptConfig, GptDisk};
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// How much of each end of a disk is written, kept and read back: the alignment of partitions, and
/// more than any table takes.
pub(super) const END: Bytes = Bytes::mib(1);

/// How many entries a table has room for, by the specification's minimum of 16 KiB.
const SLOTS: u32 = 128;

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
///
/// # Errors
/// The table breaks a rule: see [`check`].
pub(super) fn pieces(table: &NewTable) -> Result<Vec<Piece>, TableError> {
    check(table)?;
    let block = block_size(table.sector_size)?;
    let ends = TwoEnds::blank(table.length.bytes(table.sector_size))?;
    let mut disk = GptConfig::new()
        .writable(true)
        .logical_block_size(block)
        .create_from_device(ends, Some(table.guid))?;
    let entries: BTreeMap<u32, Partition> = table
        .partitions
        .iter()
        .map(|p| (p.number, entry(p)))
        .collect();
    disk.update_partitions(entries.clone())?;
    let (mut primary, mut backup) = (
        disk.primary_header()?.clone(),
        disk.backup_header()?.clone(),
    );
    let mut ends = disk.take_device();
    for header in [&backup, &primary] {
        write_entries(&mut ends, header, &entries, block)?;
    }
    backup.write_backup(&mut ends, block)?;
    primary.write_primary(&mut ends, block)?;
    let covered = u32::try_from(table.length.0.saturating_sub(1)).unwrap_or(u32::MAX);
    ProtectiveMBR::with_lb_size(covered).overwrite_lba0(&mut ends)?;
    Ok(ends.into_pieces())
}

/// Every slot, used or not.
fn write_entries(
    ends: &mut TwoEnds,
    header: &Header,
    entries: &BTreeMap<u32, Partition>,
    block: LogicalBlockSize,
) -> io::Result<()> {
    for slot in 0..header.num_parts {
        let (start, size) = (header.part_start, header.part_size);
        match entries.get(&(slot + 1)) {
            Some(entry) => entry.write_to_device(ends, u64::from(slot), start, block, size)?,
            None => Partition::write_zero_entries_to_device(
                ends,
                u64::from(slot),
                1,
                start,
                block,
                size,
            )?,
        }
    }
    Ok(())
}

/// Holds what both ends of a disk hold against the plan.
///
/// # Errors
/// The first difference.
pub(super) fn compare(table: &NewTable, head: Vec<u8>, tail: Vec<u8>) -> Result<(), TableError> {
    let block = block_size(table.sector_size)?;
    let length = table.length.bytes(table.sector_size);
    let mut ends = TwoEnds::filled(length, head, tail)?;
    let mbr = ProtectiveMBR::from_disk(&mut ends, block)?;
    if mbr.partition(0).is_none_or(|record| record.os_type != 0xEE) {
        return Err(TableError::Different(
            "its MBR does not protect it".to_owned(),
        ));
    }
    let disk = GptConfig::new()
        .logical_block_size(block)
        .only_valid_headers(true)
        .open_from_device(ends)?;
    let difference = difference(table, &disk)?;
    // The crate reads the entries of one copy only.
    let (primary, backup) = (
        disk.primary_header()?.clone(),
        disk.backup_header()?.clone(),
    );
    let mut ends = disk.take_device();
    let mut entries = |header: &Header| entries_of(&mut ends, header, block);
    let copies_differ = entries(&primary)? != entries(&backup)?;
    match difference.or_else(|| copies_differ.then(|| "its two copies differ".to_owned())) {
        None => Ok(()),
        Some(what) => Err(TableError::Different(what)),
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
    if primary.disk_guid != table.guid || backup.disk_guid != table.guid {
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
    if found.len() != table.partitions.len() {
        return Ok(Some(format!("it has {} partitions", found.len())));
    }
    for partition in &table.partitions {
        let planned = entry(partition);
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

fn entry(partition: &NewPartition) -> Partition {
    Partition {
        part_type_guid: Type {
            guid: partition.role.type_guid(),
            os: OperatingSystem::None,
        },
        part_guid: partition.guid,
        first_lba: partition.start.0,
        last_lba: partition.last().0,
        flags: 0,
        name: partition.name.clone(),
    }
}

fn block_size(size: SectorSize) -> Result<LogicalBlockSize, TableError> {
    LogicalBlockSize::try_from(size.bytes()).map_err(TableError::from)
}

/// The rules that a table keeps, whoever made it.
///
/// # Errors
/// The first one that is broken.
pub(super) fn check(table: &NewTable) -> Result<(), TableError> {
    let wrong = |text: String| Err(TableError::Wrong(text));
    let mib = table.sector_size.per_mib();
    // The backup at the end: 16 KiB of entries and a header.
    let backup = 16 * 1024 / table.sector_size.bytes() + 1;
    let end = Sectors(table.length.0.saturating_sub(backup));
    let mut before: Option<&NewPartition> = None;
    let mut seen = (Vec::new(), vec![table.guid]);
    for partition in &table.partitions {
        let number = partition.number;
        if !(1..=SLOTS).contains(&number) || seen.0.contains(&number) {
            return wrong(format!("partition number {number} is taken or not there"));
        }
        if partition.guid.is_nil() || seen.1.contains(&partition.guid) {
            return wrong(format!("the GUID of partition {number} is not its own"));
        }
        if partition.length.0 == 0 {
            return wrong(format!("partition {number} is empty"));
        }
        if partition.start.0 % mib.0 != 0 || partition.length.0 % mib.0 != 0 {
            return wrong(format!("partition {number} is not made of whole MiB"));
        }
        let after = partition.start.0.checked_add(partition.length.0);
        if partition.start < mib || after.is_none_or(|after| after > end.0) {
            return wrong(format!("partition {number} reaches into the table"));
        }
        if before.is_some_and(|before| before.last() >= partition.start) {
            return wrong(format!("partition {number} overlaps the one before it"));
        }
        if partition.name.encode_utf16().count() > 36 {
            return wrong(format!("the name of partition {number} is too long"));
        }
        seen.0.push(number);
        seen.1.push(partition.guid);
        before = Some(partition);
    }
    Ok(())
}

/// A disk of which only both ends are there: whatever else is asked of it is an error.
#[derive(Debug)]
struct TwoEnds {
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

    fn filled(length: Bytes, head: Vec<u8>, tail: Vec<u8>) -> io::Result<Self> {
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

    fn into_pieces(self) -> Vec<Piece> {
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
