//! The chain of records that logical partitions stand in, as bytes, pure: before and after.
//!
//! A record has one logical partition, counted from the record, and leads to the next record, counted from the
//! extended partition's first sector, with how much of that belongs to it (`parse_extended` in Linux'
//! `block/partitions/msdos.c`, and what DOS and Windows agree on). Only what the plan changes is written: the
//! type of a partition that is made anew in its place, the length of one that becomes longer, and the length
//! that the record before says of it. Records stay where they are, and none comes or goes.

use super::mbr_entry::{self, LENGTH, place};
use super::system::Piece;
use super::table_image::TableError;
use crate::storage::{KeptPartition, NewPartition, NewTable, PRIMARY, PartitionType};
use crate::units::{SectorSize, Sectors};

/// Linux gives up after as many.
const MOST: usize = 256;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Its sector.
    pub(super) at: Sectors,
    /// All of the sector.
    pub(super) record: Vec<u8>,
}

/// The records in their order, which is that of their sectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    sector_size: SectorSize,
    /// Where the extended partition begins.
    first: Sectors,
    links: Vec<Link>,
}

/// The partition that a record has.
#[derive(Clone, Copy, Debug)]
struct Found {
    /// Which of the record's entries, from 1.
    entry: u32,
    kind: u8,
    start: Sectors,
    length: Sectors,
}

impl Found {
    const fn end(&self) -> u64 {
        self.start.0.saturating_add(self.length.0)
    }
}

impl Chain {
    /// Whether a table changes anything in its chain, so that it has to be read.
    pub(super) fn is_changed(table: &NewTable) -> bool {
        let longer = |p: &KeptPartition| p.is_logical() && p.length_now.is_some();
        table.partitions.iter().any(is_logical) || table.kept().iter().any(longer)
    }

    /// Follows it from the extended partition of a table, as that was before.
    ///
    /// # Errors
    /// It can't be read, or is no chain.
    pub(super) fn follow<E: From<TableError>>(
        table: &NewTable,
        mut read: impl FnMut(Sectors) -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        let extended = extended(table)?;
        let end = extended.start.0 + extended.old_length().0;
        let mut links: Vec<Link> = Vec::new();
        let mut at = extended.start;
        while links.len() < MOST {
            let record = read(at)?;
            check_signature(&record, at)?;
            let next = next(&record).map(|(_, start, _)| Sectors(extended.start.0 + start));
            links.push(Link { at, record });
            match next {
                None => {
                    return Ok(Self {
                        sector_size: table.sector_size,
                        first: extended.start,
                        links,
                    });
                }
                Some(next) if next > at && next.0 < end => at = next,
                Some(next) => {
                    return Err(
                        different(format!("its chain leads from sector {at} to {next}")).into(),
                    );
                }
            }
        }
        Err(different(format!("its chain has more than {MOST} records")).into())
    }

    /// From [`Self::to_bytes`].
    ///
    /// # Errors
    /// It is cut short.
    pub(super) fn from_bytes(table: &NewTable, bytes: &[u8]) -> Result<Self, TableError> {
        let sector = mbr_entry::sector(table.sector_size);
        let links = bytes.chunks(8 + sector).map(|chunk| {
            let (at, record) = chunk.split_first_chunk::<8>()?;
            let (at, record) = (Sectors(u64::from_le_bytes(*at)), record.to_vec());
            (record.len() == sector).then_some(Link { at, record })
        });
        let links: Option<Vec<Link>> = links.collect();
        Ok(Self {
            sector_size: table.sector_size,
            first: extended(table)?.start,
            links: links
                .ok_or_else(|| different("the copy of its chain is cut short".to_owned()))?,
        })
    }

    /// Each record behind the number of its sector, which has eight bytes, the least significant first.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let links = self.links.iter();
        links
            .flat_map(|link| {
                link.at
                    .0
                    .to_le_bytes()
                    .into_iter()
                    .chain(link.record.iter().copied())
            })
            .collect()
    }

    /// The chain as the plan has it.
    ///
    /// # Errors
    /// It is another one than the plan was made for, or there is no room in it.
    pub(super) fn changed(mut self, table: &NewTable) -> Result<Self, TableError> {
        let mut number = PRIMARY;
        for place in 0..self.links.len() {
            let Some(found) = self.found(place)? else {
                continue;
            };
            number += 1;
            let kept = table.kept().iter().find(|p| p.number == number);
            let made = table.partitions.iter().find(|p| p.number == number);
            match (kept, made) {
                (Some(kept), None) => self.keep(place, found, kept)?,
                (None, Some(made)) => self.make(place, found, made)?,
                _ => return Err(another(number)),
            }
        }
        let logical = table.kept().iter().filter(|p| p.is_logical()).count()
            + table.partitions.iter().filter(|p| is_logical(p)).count();
        match usize::try_from(number - PRIMARY) == Ok(logical) {
            true => Ok(self),
            false => Err(different(
                "its chain has fewer partitions than are to stay".to_owned(),
            )),
        }
    }

    /// All of its records.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece> {
        let piece = |link: &Link| Piece {
            at: link.at.bytes(self.sector_size),
            content: link.record.clone(),
        };
        self.links.iter().map(piece)
    }

    /// The records that differ from those of another one; in this order each is whole by itself.
    pub(super) fn pieces_beside(&self, before: &Self) -> Vec<Piece> {
        let all = self.pieces().zip(&before.links);
        let differ = all.filter(|(piece, old)| piece.content != old.record);
        differ.map(|(piece, _)| piece).collect()
    }

    fn keep(&mut self, place: usize, found: Found, kept: &KeptPartition) -> Result<(), TableError> {
        let (was, length) = (kept.old_length(), kept.length);
        if PartitionType::Mbr(found.kind) != kept.kind
            || (found.start, found.length) != (kept.start, was)
        {
            return Err(another(kept.number));
        }
        if length == was {
            return Ok(());
        }
        let end = kept.start.0 + length.0;
        let mut records = self.links.iter().map(|link| link.at.0);
        if let Some(record) = records.find(|at| (found.end()..end).contains(at)) {
            return Err(TableError::Wrong(format!(
                "a record of its chain lies in sector {record}, which partition {} would take: it can become \
                 larger up to there",
                kept.number
            )));
        }
        let link = self.link(place)?;
        let base = link.at;
        mbr_entry::set_length(&mut link.record, found.entry, base, length)?;
        // The record before says how far this one and its partition reach.
        let Some(before) = place.checked_sub(1) else {
            return Ok(());
        };
        let (first, link) = (self.first, self.link(before)?);
        let Some((entry, start, says)) = next(&link.record) else {
            return Ok(());
        };
        let needs = Sectors(end.saturating_sub(first.0 + start));
        match needs > says {
            true => mbr_entry::set_length(&mut link.record, entry, first, needs),
            false => Ok(()),
        }
    }

    /// It stays where it is, and gets another type.
    fn make(&mut self, place: usize, found: Found, made: &NewPartition) -> Result<(), TableError> {
        if (found.start, found.length) != (made.start, made.length) {
            return Err(another(made.number));
        }
        let kind = made.role.mbr_type();
        let kind =
            kind.ok_or_else(|| TableError::Wrong("an MBR has no such partition".to_owned()))?;
        mbr_entry::set_kind(&mut self.link(place)?.record, found.entry, kind);
        Ok(())
    }

    fn link(&mut self, place: usize) -> Result<&mut Link, TableError> {
        let link = self.links.get_mut(place);
        link.ok_or_else(|| different("a record of its chain is gone".to_owned()))
    }

    /// The partition of a record; the first may have none.
    fn found(&self, place: usize) -> Result<Option<Found>, TableError> {
        let Some(link) = self.links.get(place) else {
            return Ok(None);
        };
        let mut all =
            entries(&link.record).filter(|(_, kind, ..)| !PartitionType::Mbr(*kind).is_extended());
        let found = all.next().map(|(entry, kind, start, length)| Found {
            entry,
            kind,
            start: Sectors(link.at.0.saturating_add(start)),
            length,
        });
        match all.next() {
            Some(_) => Err(different(format!(
                "a record of its chain, in sector {}, has two partitions",
                link.at
            ))),
            None => Ok(found),
        }
    }
}

/// Whether a new partition is made in the place of a logical one.
pub(super) const fn is_logical(made: &NewPartition) -> bool {
    made.number > PRIMARY && made.id.guid().is_none()
}

fn extended(table: &NewTable) -> Result<&KeptPartition, TableError> {
    let extended = table.kept().iter().find(|p| p.is_extended());
    extended.ok_or_else(|| TableError::Wrong("logical partitions have no extended one".to_owned()))
}

/// The entries of a record that are used: number, type, first sector by its own counting, length. The other two
/// of the four are nobody's.
fn entries(record: &[u8]) -> impl Iterator<Item = (u32, u8, u64, Sectors)> {
    (1..=2).filter_map(|number| {
        let entry = record.get(place(number)..)?.get(..LENGTH)?;
        let (kind, start, length) = mbr_entry::read(entry)?;
        (length.0 != 0).then_some((number, kind, start.0, length))
    })
}

/// The entry that leads to the next record: its number, where that is behind the extended partition's first
/// sector, and how much belongs to it.
fn next(record: &[u8]) -> Option<(u32, u64, Sectors)> {
    let mut all = entries(record).filter(|(_, kind, ..)| PartitionType::Mbr(*kind).is_extended());
    all.next()
        .map(|(number, _, start, length)| (number, start, length))
}

fn check_signature(record: &[u8], at: Sectors) -> Result<(), TableError> {
    match record.get(510..512) == Some(&[0x55, 0xAA]) {
        true => Ok(()),
        false => Err(different(format!("its chain breaks at sector {at}"))),
    }
}

fn another(number: u32) -> TableError {
    different(format!(
        "partition {number}, which is to stay where it is, is another one"
    ))
}

fn different(what: String) -> TableError {
    TableError::Different(what)
}

#[cfg(test)]
#[path = "logical_chain_tests.rs"]
mod tests;

#[cfg(test)]
pub(super) use tests::chain_on;
