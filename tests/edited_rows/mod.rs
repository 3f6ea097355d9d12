//! What an editor shows of a disk, held against the table of the plan.

use nevado::plan::{EditedDisk, RowKind};
use nevado::units::Sectors;

/// Number, first sector and length of every partition that is shown, in the order of the numbers, as
/// [`nevado::storage::NewTable::places`] has them.
pub(crate) fn places(edited: &EditedDisk) -> Vec<(u32, Sectors, Sectors)> {
    let rows = edited.rows.iter().filter_map(|row| match row.kind {
        RowKind::Free { .. } => None,
        RowKind::Stays { number, .. }
        | RowKind::Smaller { number, .. }
        | RowKind::Larger { number, .. }
        | RowKind::Formatted { number, .. }
        | RowKind::New { number, .. } => Some((number, row.start, row.length)),
    });
    let mut places: Vec<_> = rows.collect();
    places.sort_unstable();
    places
}
