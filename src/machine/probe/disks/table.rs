//! The partition table of a disk, and what lies between its partitions.
//!
//! The table itself is read where the disk may be. Without root, the kernel's partitions and udev's
//! notes on them say the same, apart from the exact end of the usable sectors.

use super::mbr::BootRecord;
use super::mounts::InUse;
use super::{Block, SYSFS_SECTOR, content, gpt, mbr};
use crate::machine::probe::Roots;
use crate::machine::probe::sysfs;
use crate::machine::{Content, Fact, FileSystem, Gap, GptFlaw, Partition, Table, TableKind};
use crate::units::{Bytes, SectorSize, Sectors};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A table without what its partitions hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawTable {
    pub kind: TableKind,
    pub entries: Vec<Entry>,
    /// The sectors that partitions can be in.
    pub usable: Range<u64>,
    /// Whether there are two tables for one disk, see [`Table::Partitioned`].
    pub hybrid: bool,
    /// Of a GPT, what keeps it from being written anew.
    pub flaw: Option<GptFlaw>,
}

/// A partition without what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub number: u32,
    pub start: Sectors,
    pub length: Sectors,
    pub type_id: String,
    pub guid: Option<String>,
    pub name: Option<String>,
    /// As [`Partition::attributes`] has them.
    pub attributes: u64,
    /// Whether logical partitions lie in it.
    pub extended: bool,
}

/// The table of a disk, or what is on the disk in its place.
///
/// # Errors
/// When neither the disk nor udev's record of it can be read, or the table is damaged or of a kind
/// that is not known here.
pub(super) fn table(
    roots: &Roots,
    block: &Block,
    sector: SectorSize,
    size: Bytes,
    in_use: &InUse,
) -> Result<Table> {
    let total = size.whole_sectors(sector);
    let raw = match File::open(&block.node) {
        Ok(disk) => from_disk(&disk, block, sector, total)?,
        Err(error) => from_kernel(roots, block, sector, total)
            .with_context(|| format!("/dev/{} can't be read ({error}), and", block.name))?,
    };
    let Some(raw) = raw else {
        let mounts = in_use.points(roots, block);
        let content = content::content(roots, block, &mounts);
        return Ok(Table::Whole { content });
    };
    let mut entries = raw.entries;
    entries.sort_by_key(|entry| (entry.start, entry.number));
    Ok(Table::Partitioned {
        kind: raw.kind,
        gaps: gaps(&entries, raw.usable),
        partitions: entries
            .into_iter()
            .map(|entry| partition(roots, block, entry, in_use))
            .collect(),
        hybrid: raw.hybrid,
        flaw: raw.flaw,
    })
}

/// Reads the table from the disk; none where the disk has none.
fn from_disk(
    mut disk: &File,
    block: &Block,
    sector: SectorSize,
    total: Sectors,
) -> Result<Option<RawTable>> {
    let seen = block.property("ID_PART_TABLE_TYPE");
    match mbr::read(&mut disk, sector, total)? {
        BootRecord::Protective => gpt::read(disk, sector, total).map(Some),
        BootRecord::Hybrid => gpt::read(disk, sector, total).map(|table| {
            Some(RawTable {
                hybrid: true,
                ..table
            })
        }),
        // libblkid knows more kinds of boot sector than the two bytes at its end tell.
        BootRecord::Table(_) if seen.is_none() && block.property("ID_FS_TYPE").is_some() => {
            Ok(None)
        }
        BootRecord::Table(table) => Ok(Some(table)),
        BootRecord::Absent => match seen {
            Some(kind) => bail!("a partition table of the kind {kind} can't be read"),
            None => Ok(None),
        },
    }
}

/// Puts the table together from the kernel's partitions and udev's records.
fn from_kernel(
    roots: &Roots,
    block: &Block,
    sector: SectorSize,
    total: Sectors,
) -> Result<Option<RawTable>> {
    let record = block.record.as_ref().context("udev has no record of it")?;
    let without_table = record.get("ID_PART_TABLE_TYPE").is_none();
    if without_table && record.get("ID_FS_TYPE").is_some() {
        return Ok(None);
    }
    let mut entries = Vec::new();
    for child in kernel_partitions(&block.sysfs)? {
        let part = Block::new(roots, &child).context("a partition vanished")?;
        entries.push(kernel_entry(&part, sector)?);
    }
    let id = record.get("ID_PART_TABLE_UUID").unwrap_or_default();
    let (kind, usable) = match record.get("ID_PART_TABLE_TYPE") {
        Some("gpt") => {
            let guid = id.to_lowercase();
            (TableKind::Gpt { guid }, gpt::usable(sector, total))
        }
        Some("dos") => {
            let signature = id.to_lowercase();
            (TableKind::Mbr { signature }, mbr::usable(total))
        }
        Some(other) => bail!("udev found a partition table of the kind {other}"),
        None if entries.is_empty() => return Ok(None),
        None => bail!("the kernel has partitions on it whose table udev does not know"),
    };
    Ok(Some(RawTable {
        kind,
        entries,
        usable,
        // The kernel goes by the GPT, and tells nothing of the record before it.
        hybrid: false,
        flaw: None,
    }))
}

/// Partitions that the kernel shows and `table` does not have: the table can't be read, or a file
/// system on the whole disk looks like one to the kernel. They may be in use.
pub(super) fn strays(roots: &Roots, disk: &Block, table: &Fact<Table>) -> Vec<Block> {
    let known = match table {
        Fact::Known(Table::Partitioned { partitions, .. }) => partitions.as_slice(),
        Fact::Known(Table::Whole { .. }) | Fact::Unknown(_) => &[],
    };
    let is_known = |block: &Block| {
        let number = sysfs::number(&block.sysfs, "partition");
        known.iter().any(|p| Some(u64::from(p.number)) == number)
    };
    let children = kernel_partitions(&disk.sysfs).unwrap_or_default();
    let blocks = children.iter().filter_map(|child| Block::new(roots, child));
    blocks.filter(|block| !is_known(block)).collect()
}

/// The folders of a disk's partitions in sysfs.
fn kernel_partitions(disk: &Path) -> Result<Vec<PathBuf>> {
    let mut children = sysfs::entries(disk)?;
    children.retain(|child| child.join("partition").exists());
    Ok(children)
}

/// One partition as the kernel and udev see it.
fn kernel_entry(part: &Block, sector: SectorSize) -> Result<Entry> {
    let name = &part.name;
    let number =
        sysfs::number(&part.sysfs, "partition").with_context(|| format!("{name} has no number"))?;
    let record = part.record.as_ref();
    // The kernel shows only the first two sectors of an extended partition; udev has it whole.
    let sectors = |property: &str, attribute: &str| -> Result<Sectors> {
        let seen = record.and_then(|record| record.number(property));
        let units = seen.or_else(|| sysfs::number(&part.sysfs, attribute));
        let units = units.with_context(|| format!("{name} has no {attribute}"))?;
        Ok(Bytes(units.saturating_mul(SYSFS_SECTOR)).whole_sectors(sector))
    };
    let kind = part
        .property("ID_PART_ENTRY_TYPE")
        .with_context(|| format!("udev does not know the type of {name}"))?;
    let code = kind.strip_prefix("0x");
    let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
    // libblkid tells none where none is set.
    let flags = part.property("ID_PART_ENTRY_FLAGS");
    let flags = flags.and_then(|flags| flags.strip_prefix("0x"));
    let flags = flags.and_then(|digits| u64::from_str_radix(digits, 16).ok());
    Ok(Entry {
        number: u32::try_from(number)?,
        start: sectors("ID_PART_ENTRY_OFFSET", "start")?,
        length: sectors("ID_PART_ENTRY_SIZE", "size")?,
        type_id: code.map_or_else(|| kind.to_lowercase(), |code| format!("{code:#04x}")),
        guid: part.property("ID_PART_ENTRY_UUID").map(str::to_lowercase),
        name: record.and_then(|record| record.text("ID_PART_ENTRY_NAME")),
        attributes: flags.unwrap_or_default(),
        extended: code.is_some_and(mbr::is_extended),
    })
}

/// A partition with what it holds and what uses it.
fn partition(roots: &Roots, disk: &Block, entry: Entry, in_use: &InUse) -> Partition {
    let ends_with_digit = disk.name.ends_with(|c: char| c.is_ascii_digit());
    let middle = if ends_with_digit { "p" } else { "" };
    let name = format!("{}{middle}{}", disk.name, entry.number);
    let block = Block::new(roots, &disk.sysfs.join(&name));
    let mounts = match &block {
        Some(block) => in_use.points(roots, block),
        None => Vec::new(),
    };
    let content = match &block {
        _ if entry.extended => extended(),
        Some(block) => content::content(roots, block, &mounts),
        None => Content::Unknown("the kernel does not show this partition".to_owned()),
    };
    Partition {
        number: entry.number,
        path: PathBuf::from(format!("/dev/{name}")),
        start: entry.start,
        length: entry.length,
        type_id: entry.type_id,
        guid: entry.guid,
        name: entry.name,
        attributes: entry.attributes,
        content,
        mounts,
        holders: block.map(|block| block.holders()).unwrap_or_default(),
    }
}

/// What an extended partition holds is the chain of its logical ones, `dos` to libblkid.
fn extended() -> Content {
    Content::Formatted(FileSystem::of_kind("dos"))
}

/// What no partition covers. Entries are sorted by their start and may overlap.
fn gaps(entries: &[Entry], usable: Range<u64>) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut free = usable.start;
    let edges = entries
        .iter()
        .map(|entry| (entry.start.0, entry.start.0.saturating_add(entry.length.0)))
        .chain([(usable.end, usable.end)]);
    for (start, end) in edges {
        let start = start.min(usable.end);
        if start > free {
            found.push(Gap {
                start: Sectors(free),
                length: Sectors(start - free),
            });
        }
        free = free.max(end);
    }
    found
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
