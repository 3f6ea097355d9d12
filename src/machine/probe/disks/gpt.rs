//! GUID partition tables, read through the `gpt` crate, which checks both headers' checksums.

use super::table::{Entry, RawTable};
use crate::machine::{GptFlaw, TableKind};
use crate::units::{SectorSize, Sectors};
use anyhow::{Context, Result, bail, ensure};
use gpt::disk::LogicalBlockSize;
use gpt::{GptConfig, GptDisk};
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;

/// The only entry size in use (UEFI 2.10, section 5.3.2); the crate stops the program at others.
const ENTRY_SIZE: u32 = 128;
/// More entries than any tool makes; the crate takes as much memory as the header says.
const MOST_ENTRIES: u32 = 4096;

/// Reads the table of a disk whose boot record says that there is one.
///
/// # Errors
/// When neither header is sound, when the entries don't match their checksum, or when the sector
/// size is one that the crate does not know.
pub(super) fn read(disk: &File, sector: SectorSize, total: Sectors) -> Result<RawTable> {
    let size = match sector.bytes() {
        512 => LogicalBlockSize::Lb512,
        4096 => LogicalBlockSize::Lb4096,
        other => bail!("a GPT on sectors of {other} bytes can't be read"),
    };
    check_entry_sizes(disk, sector, total)?;
    let disk = disk.try_clone().context("cannot open the disk once more")?;
    let table = GptConfig::new()
        .writable(false)
        .logical_block_size(size)
        .open_from_device(disk)
        .context("the GPT is damaged")?;
    let mut entries = Vec::new();
    for (number, partition) in table.partitions() {
        if !partition.is_used() {
            continue;
        }
        let length = partition
            .sectors_len()
            .with_context(|| format!("partition {number} ends before it begins"))?;
        entries.push(Entry {
            number: *number,
            start: Sectors(partition.first_lba),
            length: Sectors(length),
            type_id: partition.part_type_guid.guid.to_string(),
            guid: Some(partition.part_guid.to_string()),
            name: Some(partition.name.clone()).filter(|name| !name.is_empty()),
            attributes: partition.flags,
            extended: false,
        });
    }
    let header = table.header();
    let guid = table.guid().to_string();
    Ok(RawTable {
        kind: TableKind::Gpt { guid },
        entries,
        usable: header.first_usable..header.last_usable.saturating_add(1),
        hybrid: false,
        flaw: flaw(&table),
    })
}

/// The sector behind the first header, where every tool but a few for boards puts the entries.
const ENTRIES: u64 = 2;

/// What keeps a table that was read from being written anew.
fn flaw(table: &GptDisk<File>) -> Option<GptFlaw> {
    match table.primary_header() {
        Err(_) => Some(GptFlaw::FirstHeaderDamaged),
        Ok(header) if header.part_start != ENTRIES => {
            Some(GptFlaw::EntriesAt(Sectors(header.part_start)))
        }
        Ok(_) => None,
    }
}

/// The sectors that partitions can be in, for a table with 128 entries that can't be read.
pub(super) fn usable(sector: SectorSize, total: Sectors) -> Range<u64> {
    let array = u64::from(ENTRY_SIZE) * 128 / sector.bytes();
    // The boot record and a header before, a header behind.
    2 + array..total.0.saturating_sub(1 + array)
}

/// Looks at the two fields of both headers that the crate takes on trust.
fn check_entry_sizes(disk: &File, sector: SectorSize, total: Sectors) -> Result<()> {
    for at in [1, total.0.saturating_sub(1)] {
        let mut header = [0; 92];
        disk.read_exact_at(&mut header, Sectors(at).bytes(sector).0)
            .with_context(|| format!("cannot read sector {at}"))?;
        if !header.starts_with(b"EFI PART") {
            continue;
        }
        let field = |range: Range<usize>| {
            let four = header.get(range).and_then(|bytes| bytes.try_into().ok());
            four.map(u32::from_le_bytes).unwrap_or_default()
        };
        let (count, size) = (field(80..84), field(84..88));
        ensure!(
            size == ENTRY_SIZE && count <= MOST_ENTRIES,
            "the GPT has {count} entries of {size} bytes, which no tool makes"
        );
    }
    Ok(())
}
