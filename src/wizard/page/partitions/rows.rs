//! The rows of the disk that is shown: which one is chosen, and what of the preset is about it.

use super::{Part, State, edit, index_of};
use crate::machine::Partition;
use crate::plan::{EditedDisk, Row, RowKind};
use crate::preset::{ManualDisk, ManualTable};
use crate::units::{Bytes, Sectors};
use crate::wizard::draft::Draft;
use crate::wizard::page::disk;

impl State {
    pub(crate) fn rows(&self) -> &[Row] {
        self.edited.as_ref().map_or(&[], |edited| &edited.rows)
    }

    /// The row that is chosen: the one that begins at the sector or holds it.
    pub(crate) fn row(&self) -> Option<&Row> {
        let before = |row: &&Row| row.start <= self.selected;
        let rows = self.rows();
        rows.iter().rev().find(before).or_else(|| rows.first())
    }

    /// The partition of the chosen row, and what it is now.
    pub(super) fn part<'a>(
        &self,
        draft: &'a Draft,
    ) -> Option<(Part, Option<(&'a Partition, Bytes)>)> {
        let disk = disk::disks(draft).get(self.shown)?;
        let old = |number: u32| {
            let partition = disk.partitions().iter().find(|p| p.number == number)?;
            let size = partition.length.bytes(disk.sectors.logical);
            Some((Part::Old(number), Some((partition, size))))
        };
        match self.row()?.kind {
            RowKind::Free { .. } => None,
            RowKind::New { wish, .. } => Some((Part::New(wish), None)),
            RowKind::Stays { number, .. }
            | RowKind::Smaller { number, .. }
            | RowKind::Larger { number, .. }
            | RowKind::Formatted { number, .. } => old(number),
        }
    }

    /// The number of the partition before the free space that is chosen, and how much there is.
    pub(super) fn gap(&self, draft: &Draft) -> Option<(Option<u32>, Bytes)> {
        let disk = disk::disks(draft).get(self.shown)?;
        let row = self.row()?;
        let RowKind::Free { .. } = row.kind else {
            return None;
        };
        let old = |row: &&Row| row.start < self.selected && number_of_old(row).is_some();
        let before = self.rows().iter().rev().find(old).and_then(number_of_old);
        let index = index_of(&draft.preset().disk, disk);
        let manual = index.and_then(|index| draft.preset().disk.disks.get(index));
        let is_new = manual.is_some_and(|manual| manual.table == ManualTable::New);
        let after = (!is_new).then(|| before.unwrap_or(0));
        Some((after, row.length.bytes(disk.sectors.logical)))
    }
}

/// How large the partition of a row could be: with the free space right behind it.
pub(super) fn most(rows: &[Row], own: &Row) -> Sectors {
    let after = |row: &Row| Sectors(row.start.0.saturating_add(row.length.0));
    let behind = rows.iter().skip_while(|row| row.start <= own.start);
    let free = behind.take_while(|row| matches!(row.kind, RowKind::Free { .. }));
    let end = free.last().map_or(after(own), after);
    Sectors(end.0.saturating_sub(own.start.0))
}

/// Rows for what has no place, because it contradicts itself or does not fit: they stand at the end, so
/// that what is wrong with them is seen and can be changed.
pub(super) fn add_unplaced(edited: &mut EditedDisk, manual: &ManualDisk, end: Sectors) {
    for row in &mut edited.rows {
        if let RowKind::Stays { number, wish } = &mut row.kind {
            let mut all = manual.partitions.iter();
            *wish = wish.or_else(|| all.position(|said| edit::is_about(said, *number)));
        }
    }
    let gone = edited.gone.iter().map(|(_, wish)| *wish);
    let placed: Vec<usize> = edited
        .rows
        .iter()
        .filter_map(place_of)
        .chain(gone)
        .collect();
    let said = manual.partitions.iter().enumerate();
    let unplaced = said.filter(|(wish, said)| said.partition.is_none() && !placed.contains(wish));
    let rows = unplaced.map(|(wish, _)| Row {
        start: Sectors(end.0.saturating_add(wish as u64)),
        length: Sectors(0),
        kind: RowKind::New { number: 0, wish },
    });
    let rows: Vec<Row> = rows.collect();
    edited.rows.extend(rows);
}

/// Where in the list it is said what becomes of a row.
pub(super) const fn place_of(row: &Row) -> Option<usize> {
    match row.kind {
        RowKind::Free { .. } => None,
        RowKind::Stays { wish, .. } => wish,
        RowKind::Smaller { wish, .. }
        | RowKind::Larger { wish, .. }
        | RowKind::Formatted { wish, .. }
        | RowKind::New { wish, .. } => Some(wish),
    }
}

/// The number of a partition that was there before and has a place afterwards.
const fn number_of_old(row: &Row) -> Option<u32> {
    match row.kind {
        RowKind::Free { .. } | RowKind::New { .. } => None,
        RowKind::Stays { number, .. }
        | RowKind::Smaller { number, .. }
        | RowKind::Larger { number, .. }
        | RowKind::Formatted { number, .. } => Some(number),
    }
}
