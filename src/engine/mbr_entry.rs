//! One of the entries of a boot record, or of a record in a chain, as bytes: UEFI specification 2.10, section
//! 5.2.1.

use super::table_image::TableError;
use crate::storage::NewPartition;
use crate::units::{SectorSize, Sectors};

/// Where the first of the four entries is.
const ENTRIES: usize = 446;

/// How long one is.
pub(super) const LENGTH: usize = 16;

/// Heads and sectors per track that every BIOS and partitioning tool counts with on disks of this century.
const GEOMETRY: (u64, u64) = (255, 63);

/// Where the entry of a number is, from 1.
pub(super) fn place(number: u32) -> usize {
    ENTRIES + LENGTH * usize::try_from(number.saturating_sub(1)).unwrap_or_default()
}

/// How many bytes a sector has.
pub(super) fn sector(size: SectorSize) -> usize {
    usize::try_from(size.bytes()).unwrap_or(usize::MAX)
}

/// Type, first sector and length; nothing if it is cut short.
pub(super) fn read(entry: &[u8]) -> Option<(u8, Sectors, Sectors)> {
    let word = |at: usize| {
        let four = entry.get(at..at + 4)?.try_into().ok()?;
        Some(Sectors(u64::from(u32::from_le_bytes(four))))
    };
    Some((*entry.get(4)?, word(8)?, word(12)?))
}

/// The entry of a new partition.
///
/// # Errors
/// An MBR has no such partition, or does not reach so far.
pub(super) fn made(made: &NewPartition) -> Result<[u8; LENGTH], TableError> {
    let kind = made.role.mbr_type();
    let kind = kind.ok_or_else(|| TableError::Wrong("an MBR has no such partition".to_owned()))?;
    let mut entry = [0; LENGTH];
    put(&mut entry, 1, &chs(made.start));
    put(&mut entry, 4, &[kind]);
    put(&mut entry, 5, &chs(made.last()));
    put(&mut entry, 8, &word(made.start)?);
    put(&mut entry, 12, &word(made.length)?);
    Ok(entry)
}

/// Gives an entry of a record another length; its first sector is counted from `base`.
///
/// # Errors
/// An MBR does not reach so far.
pub(super) fn set_length(
    record: &mut [u8],
    number: u32,
    base: Sectors,
    length: Sectors,
) -> Result<(), TableError> {
    let Some(entry) = record.get_mut(place(number)..) else {
        return Ok(());
    };
    let start = read(entry).map_or(0, |(_, start, _)| start.0);
    let end = base.0.saturating_add(start).saturating_add(length.0);
    set_end(entry, Sectors(end.saturating_sub(1)), length)
}

/// Gives an entry another length, and the last sector that goes with it, counted from the disk's first.
///
/// # Errors
/// An MBR does not reach so far.
pub(super) fn set_end(entry: &mut [u8], last: Sectors, length: Sectors) -> Result<(), TableError> {
    put(entry, 5, &chs(last));
    put(entry, 12, &word(length)?);
    Ok(())
}

/// Gives an entry of a record another type.
pub(super) fn set_kind(record: &mut [u8], number: u32, kind: u8) {
    put(record, place(number) + 4, &[kind]);
}

/// Writes bytes into a record or an entry, if they are in it.
pub(super) fn put(into: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(field) = into.get_mut(at..at + bytes.len()) {
        field.copy_from_slice(bytes);
    }
}

/// A number of sectors as an entry has it.
///
/// # Errors
/// It is more than 32 bits.
pub(super) fn word(sectors: Sectors) -> Result<[u8; 4], TableError> {
    match u32::try_from(sectors.0) {
        Ok(number) => Ok(number.to_le_bytes()),
        Err(_) => Err(TableError::Wrong(
            "a partition reaches beyond the 32 bits of an MBR".to_owned(),
        )),
    }
}

/// A sector as cylinder, head and sector: what is beyond the 1024th cylinder is told by the largest values.
fn chs(sector: Sectors) -> [u8; 3] {
    let (heads, per_track) = GEOMETRY;
    let cylinder = sector.0 / (heads * per_track);
    if cylinder > 1023 {
        return [0xFE, 0xFF, 0xFF];
    }
    let head = sector.0 / per_track % heads;
    let in_track = sector.0 % per_track + 1;
    let byte = |value: u64| u8::try_from(value & 0xFF).unwrap_or_default();
    [
        byte(head),
        byte(in_track | (cylinder >> 2 & 0xC0)),
        byte(cylinder),
    ]
}
