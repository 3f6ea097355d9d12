//! An MBR that is kept, as bytes, pure: the disk's first sector before and after.
//!
//! Nothing of it is made anew but the entries of partitions that come, go or become shorter; code,
//! signature and every other entry stay as they are. The chain of logical partitions lies elsewhere and
//! is never written. Crates for MBRs read a table and write one of their own, without those bytes, and
//! there are 64 bytes to it; so this is done here. Layout: UEFI specification 2.10, section 5.2.1.

use super::system::Piece;
use super::table_image::TableError;
use crate::storage::{KeptPartition, NewPartition, NewTable, PRIMARY, PartitionType, TableId};
use crate::units::{Bytes, SectorSize, Sectors};

/// Where the disk's signature is; before it is what a boot loader writes.
const SIGNATURE: usize = 440;

/// Where the first of the four entries is.
const ENTRIES: usize = 446;

/// How long one is.
const LENGTH: usize = 16;

/// Heads and sectors per track that every BIOS and partitioning tool counts with on disks of this century.
const GEOMETRY: (u64, u64) = (255, 63);

/// The first sector of a disk whose MBR stays.
#[derive(Debug)]
pub(super) struct KeptRecord {
    /// As it will be.
    new: Vec<u8>,
}

impl KeptRecord {
    /// Takes what the plan keeps out of the first MiB of a disk as it was before the install.
    ///
    /// # Errors
    /// The table there is not the one that the plan was made for.
    pub(super) fn read(table: &NewTable, head: &[u8]) -> Result<Self, TableError> {
        let sector = length(table.sector_size);
        let mut new = head.get(..sector).unwrap_or_default().to_vec();
        let TableId::Mbr(signature) = table.id else {
            return Err(TableError::Wrong("it is no MBR".to_owned()));
        };
        if new.get(510..512) != Some(&[0x55, 0xAA]) {
            return Err(TableError::Different("it has no boot record".to_owned()));
        }
        if new.get(SIGNATURE..SIGNATURE + 4) != Some(&signature.0.get().to_le_bytes()) {
            return Err(TableError::Different(format!(
                "its signature is not {signature}"
            )));
        }
        for number in 1..=PRIMARY {
            let at = place(number);
            let entry = new.get_mut(at..at + LENGTH);
            let entry = entry.ok_or_else(|| TableError::Different("it is cut short".to_owned()))?;
            let kept = table.kept().iter().find(|p| p.number == number);
            let made = table.partitions.iter().find(|p| p.number == number);
            match (kept, made) {
                (Some(kept), _) => keep(entry, kept)?,
                (None, Some(made)) => entry.copy_from_slice(&made_entry(made)?),
                (None, None) => entry.fill(0),
            }
        }
        make_active(&mut new, table);
        Ok(Self { new })
    }

    /// The sector to write.
    pub(super) fn piece(&self) -> Piece {
        Piece {
            at: Bytes(0),
            content: self.new.clone(),
        }
    }

    /// Holds the first MiB of the disk against it; the code is the boot loader's.
    ///
    /// # Errors
    /// It is another one.
    pub(super) fn compare(&self, head: &[u8]) -> Result<(), TableError> {
        match head.get(SIGNATURE..self.new.len()) == self.new.get(SIGNATURE..) {
            true => Ok(()),
            false => Err(TableError::Different(
                "its boot record is not the planned one".to_owned(),
            )),
        }
    }
}

/// Some BIOSes pass a disk by of which no partition is active. What is active stays so; where nothing is,
/// or it went, the first new partition becomes it. GRUB and UEFI firmware don't look.
fn make_active(record: &mut [u8], table: &NewTable) {
    const ACTIVE: u8 = 0x80;
    let is_active = |number| record.get(place(number)) == Some(&ACTIVE);
    if (1..=PRIMARY).any(is_active) {
        return;
    }
    let first = table.partitions.iter().min_by_key(|p| p.number);
    if let Some(made) = first {
        put(record, place(made.number), &[ACTIVE]);
    }
}

fn length(size: SectorSize) -> usize {
    usize::try_from(size.bytes()).unwrap_or(usize::MAX)
}

/// Where the entry of a partition is.
fn place(number: u32) -> usize {
    ENTRIES + LENGTH * usize::try_from(number.saturating_sub(1)).unwrap_or_default()
}

/// Holds an entry against the plan, and makes it shorter where the plan does.
fn keep(entry: &mut [u8], kept: &KeptPartition) -> Result<(), TableError> {
    let word = |at: usize| {
        let four = entry.get(at..at + 4).and_then(|four| four.try_into().ok());
        four.map(u32::from_le_bytes).map(u64::from)
    };
    let found = (entry.get(4).copied(), word(8), word(12));
    let PartitionType::Mbr(kind) = kept.kind else {
        return Err(TableError::Wrong("it has types of a GPT".to_owned()));
    };
    if found != (Some(kind), Some(kept.start.0), Some(kept.old_length().0)) {
        return Err(TableError::Different(format!(
            "partition {}, which is to stay, is another one",
            kept.number
        )));
    }
    if kept.length_now.is_some() {
        put(entry, 5, &chs(kept.last()));
        put(entry, 12, &word32(kept.length)?);
    }
    Ok(())
}

/// The entry of a new partition.
fn made_entry(made: &NewPartition) -> Result<[u8; LENGTH], TableError> {
    let kind = made.role.mbr_type();
    let kind = kind.ok_or_else(|| TableError::Wrong("an MBR has no such partition".to_owned()))?;
    let mut entry = [0; LENGTH];
    put(&mut entry, 1, &chs(made.start));
    put(&mut entry, 4, &[kind]);
    put(&mut entry, 5, &chs(made.last()));
    put(&mut entry, 8, &word32(made.start)?);
    put(&mut entry, 12, &word32(made.length)?);
    Ok(entry)
}

fn put(entry: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(field) = entry.get_mut(at..at + bytes.len()) {
        field.copy_from_slice(bytes);
    }
}

fn word32(sectors: Sectors) -> Result<[u8; 4], TableError> {
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

#[cfg(test)]
#[path = "kept_record_tests.rs"]
mod tests;

#[cfg(test)]
pub(super) use tests::record_on;
