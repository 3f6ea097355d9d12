//! Master boot records, with the chain of logical partitions.
//!
//! Sources: UEFI specification 2.10, section 5.2.1 (legacy master boot record); for extended
//! partitions, what DOS, Windows and Linux agree on: a chain of records, each with one logical
//! partition and one pointer to the next, relative to the extended partition's first sector. Numbers are
//! Linux' (`parse_extended` in its `block/partitions/msdos.c`): they count partitions, not records.

use super::table::{Entry, RawTable};
use crate::machine::TableKind;
use crate::units::{SectorSize, Sectors};
use anyhow::{Context, Result, ensure};
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

/// Where the four entries stand, and how long each is.
const ENTRIES: Range<usize> = 446..510;
const ENTRY_LENGTH: usize = 16;
/// The type of the entry that keeps old tools away from a GPT.
const PROTECTIVE: u8 = 0xee;
/// Linux gives up after as many logical partitions.
const MOST_LOGICAL: u32 = 256;

/// Whether a partition of this type holds logical partitions (CHS, LBA, Linux).
pub(super) const fn is_extended(kind: u8) -> bool {
    matches!(kind, 0x05 | 0x0f | 0x85)
}

/// The first sector of a disk, if it is a master boot record.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BootRecord {
    /// There is none: no signature at its end, or what stands before is no table.
    Absent,
    /// It stands before a GPT.
    Protective,
    /// It stands before a GPT and lists partitions of its own besides: what starts by a BIOS goes by these.
    Hybrid,
    /// A table of its own.
    Table(RawTable),
}

/// One of the four entries.
#[derive(Clone, Copy, Debug)]
struct Slot {
    active: u8,
    kind: u8,
    start: u64,
    length: u64,
}

/// Reads the table and its logical partitions.
///
/// # Errors
/// When the disk can't be read, when partitions reach beyond its end, or when the chain of logical
/// partitions breaks.
pub(super) fn read<D: Read + Seek>(
    disk: &mut D,
    sector: SectorSize,
    total: Sectors,
) -> Result<BootRecord> {
    let Some((slots, signature)) = record(disk, sector, Sectors(0))? else {
        return Ok(BootRecord::Absent);
    };
    if slots.iter().any(|slot| slot.kind == PROTECTIVE) {
        let own = |slot: &Slot| !matches!(slot.kind, 0 | PROTECTIVE) && slot.length != 0;
        return Ok(match slots.iter().any(own) {
            true => BootRecord::Hybrid,
            false => BootRecord::Protective,
        });
    }
    // A boot sector of FAT or NTFS ends with the same two bytes; its code is no table.
    let plausible = slots.iter().all(|slot| matches!(slot.active, 0 | 0x80));
    let used = |slot: &&Slot| slot.length != 0;
    if !plausible || (signature == 0 && slots.iter().filter(used).count() == 0) {
        return Ok(BootRecord::Absent);
    }
    let mut entries = Vec::new();
    for (number, slot) in (1..).zip(&slots).filter(|(_, slot)| slot.length != 0) {
        entries.push(entry(number, signature, slot, slot.start));
        if is_extended(slot.kind) {
            logical(disk, sector, slot, signature, &mut entries)?;
        }
    }
    for entry in &entries {
        let end = entry.start.0.saturating_add(entry.length.0);
        ensure!(
            end <= total.0,
            "partition {} ends at sector {end}, beyond the disk's {total}",
            entry.number
        );
    }
    let kind = TableKind::Mbr {
        signature: format!("{signature:08x}"),
    };
    Ok(BootRecord::Table(RawTable {
        kind,
        entries,
        usable: usable(total),
        hybrid: false,
        flaw: None,
    }))
}

/// The sectors that partitions can be in: behind the record, as far as 32 bits reach.
pub(super) fn usable(total: Sectors) -> Range<u64> {
    1..total.0.min(1 << 32)
}

/// Follows the chain from an extended partition's first sector.
fn logical<D: Read + Seek>(
    disk: &mut D,
    sector: SectorSize,
    extended: &Slot,
    signature: u32,
    entries: &mut Vec<Entry>,
) -> Result<()> {
    let (mut at, mut length) = (extended.start, extended.length);
    let mut number = 5;
    for _ in 0..MOST_LOGICAL {
        let (slots, _) = record(disk, sector, Sectors(at))?
            .with_context(|| format!("the chain of logical partitions breaks at sector {at}"))?;
        let is_next = |slot: &&Slot| is_extended(slot.kind) && slot.length != 0;
        let is_data = |slot: &&Slot| !is_extended(slot.kind) && slot.length != 0;
        let [first, second, third, fourth] = &slots;
        let data: Vec<&Slot> = [first, second].into_iter().filter(is_data).collect();
        let next = [first, second].into_iter().find(is_next);
        // Linux would take these as well; others never see them. Bytes that make no sense are neither's.
        let is_real = |slot: &&Slot| {
            let fits = slot.start + slot.length <= length;
            let end = at + slot.start + slot.length;
            is_data(slot) && fits && end <= extended.start + extended.length
        };
        let more = [third, fourth].into_iter().any(|slot| is_real(&slot));
        let hidden = next.is_none() && [third, fourth].into_iter().any(|slot| is_next(&slot));
        ensure!(
            data.len() < 2 && !more && !hidden,
            "a record of several partitions stands in the chain of logical partitions at sector {at}"
        );
        let empty = data.is_empty();
        if let [slot] = data.as_slice() {
            let start = at + slot.start;
            entries.push(entry(number, signature, slot, start));
            number += 1;
        }
        let Some(next) = next else {
            return Ok(());
        };
        // Tools leave an empty first record when the first partition is deleted.
        ensure!(
            !empty || at == extended.start,
            "an empty record stands in the chain of logical partitions at sector {at}"
        );
        let following = extended.start + next.start;
        ensure!(
            following > at && following < extended.start + extended.length,
            "the chain of logical partitions leads from sector {at} to {following}"
        );
        (at, length) = (following, next.length);
    }
    anyhow::bail!("the chain of logical partitions has more than {MOST_LOGICAL} links")
}

/// The partition of a slot, which begins at this sector of the disk.
fn entry(number: u32, signature: u32, slot: &Slot, start: u64) -> Entry {
    let kind = slot.kind;
    Entry {
        number,
        start: Sectors(start),
        length: Sectors(slot.length),
        type_id: format!("{kind:#04x}"),
        // Without a signature nobody could tell the partitions of two disks apart.
        guid: (signature != 0).then(|| format!("{signature:08x}-{number:02x}")),
        name: None,
        attributes: u64::from(slot.active),
        extended: is_extended(kind),
    }
}

/// The entries and the disk signature of the record in a sector, if one is there.
fn record<D: Read + Seek>(
    disk: &mut D,
    sector: SectorSize,
    at: Sectors,
) -> Result<Option<([Slot; 4], u32)>> {
    let mut bytes = [0; 512];
    disk.seek(SeekFrom::Start(at.bytes(sector).0))
        .and_then(|_| disk.read_exact(&mut bytes))
        .with_context(|| format!("cannot read sector {at}"))?;
    if !bytes.ends_with(&[0x55, 0xaa]) {
        return Ok(None);
    }
    let word = |bytes: &[u8], at: usize| {
        let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
        four.map(u32::from_le_bytes).unwrap_or_default()
    };
    let mut slots = [Slot {
        active: 0,
        kind: 0,
        start: 0,
        length: 0,
    }; 4];
    let table = bytes.get(ENTRIES).unwrap_or_default();
    for (slot, entry) in slots.iter_mut().zip(table.chunks_exact(ENTRY_LENGTH)) {
        slot.active = entry.first().copied().unwrap_or_default();
        slot.kind = entry.get(4).copied().unwrap_or_default();
        slot.start = u64::from(word(entry, 8));
        slot.length = u64::from(word(entry, 12));
    }
    Ok(Some((slots, word(&bytes, 440))))
}

#[cfg(test)]
#[path = "mbr_tests.rs"]
mod tests;
