//! An MBR that is kept, as bytes, pure: the disk's first sector before and after.
//!
//! Nothing of it is made anew but the entries of partitions that come, go or get another length; code,
//! signature and every other entry stay as they are. The chain of logical partitions lies elsewhere
//! (`logical_chain`), and is written only where one of them is made anew or becomes larger. Crates for MBRs read a table and write one of their own, without those bytes, and
//! there are 64 bytes to it; so this is done here. Layout: UEFI specification 2.10, section 5.2.1.

use super::logical_chain::Chain;
use super::mbr_entry::{self, LENGTH, place, put};
use super::system::Piece;
use super::table_image::TableError;
use crate::storage::{KeptPartition, NewTable, PRIMARY, PartitionType, TableId};
use crate::units::Bytes;

/// Where the disk's signature is; before it is what a boot loader writes.
const SIGNATURE: usize = 440;

/// The first sector of a disk whose MBR stays, and the chain of its logical partitions where that changes.
#[derive(Debug)]
pub(super) struct KeptRecord {
    /// As it will be.
    new: Vec<u8>,
    /// As it was, and as it will be.
    chain: Option<(Chain, Chain)>,
}

impl KeptRecord {
    /// Takes what the plan keeps out of the first MiB of a disk as it was before the install, and out of its
    /// chain where the plan changes that.
    ///
    /// # Errors
    /// The table there is not the one that the plan was made for.
    pub(super) fn read(
        table: &NewTable,
        head: &[u8],
        chain: Option<Chain>,
    ) -> Result<Self, TableError> {
        let sector = mbr_entry::sector(table.sector_size);
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
                (None, Some(made)) => entry.copy_from_slice(&mbr_entry::made(made)?),
                (None, None) => entry.fill(0),
            }
        }
        make_active(&mut new, table);
        let chain = match (chain, Chain::is_changed(table)) {
            (_, false) => None,
            (Some(old), true) => Some((old.clone(), old.changed(table)?)),
            (None, true) => return Err(TableError::Wrong("its chain was not read".to_owned())),
        };
        Ok(Self { new, chain })
    }

    /// What to write, in this order: an extended partition reaches as far as what lies in it at any time.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let first = Piece {
            at: Bytes(0),
            content: self.new.clone(),
        };
        let chain = self.chain.iter();
        let chain = chain.flat_map(|(before, after)| after.pieces_beside(before));
        std::iter::once(first).chain(chain).collect()
    }

    /// The records of the chain, as they will be; none where nothing of it changes.
    pub(super) fn chain(&self) -> impl Iterator<Item = Piece> {
        self.chain.iter().flat_map(|(_, after)| after.pieces())
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

/// Some BIOSes pass a disk by of which no partition is active. What is active stays so unless the preset
/// says otherwise; where nothing is, or it went, the first new partition becomes it. GRUB and UEFI firmware
/// don't look.
fn make_active(record: &mut [u8], table: &NewTable) {
    const ACTIVE: u8 = 0x80;
    let wanted = table.active();
    let is_named = |number| {
        let mut kept = table.kept().iter();
        kept.any(|p| p.number == number && p.flags.is_some())
    };
    for number in 1..=PRIMARY {
        if wanted == Some(number) {
            put(record, place(number), &[ACTIVE]);
        } else if wanted.is_some() || is_named(number) {
            put(record, place(number), &[0]);
        }
    }
    let is_active = |number| record.get(place(number)) == Some(&ACTIVE);
    if (1..=PRIMARY).any(is_active) {
        return;
    }
    let primary = table.partitions.iter().filter(|p| p.number <= PRIMARY);
    if let Some(made) = primary.min_by_key(|p| p.number) {
        put(record, place(made.number), &[ACTIVE]);
    }
}

/// Holds an entry against the plan, and gives it another length where the plan does.
fn keep(entry: &mut [u8], kept: &KeptPartition) -> Result<(), TableError> {
    let PartitionType::Mbr(kind) = kept.kind else {
        return Err(TableError::Wrong("it has types of a GPT".to_owned()));
    };
    if mbr_entry::read(entry) != Some((kind, kept.start, kept.old_length())) {
        return Err(TableError::Different(format!(
            "partition {}, which is to stay, is another one",
            kept.number
        )));
    }
    if kept.length_now.is_some() {
        mbr_entry::set_end(entry, kept.last(), kept.length)?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "kept_record_tests.rs"]
mod tests;

#[cfg(test)]
pub(super) use tests::{disk_of_others, head_of, kept, kept_of, record_on, sfdisk};
