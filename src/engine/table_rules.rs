//! The rules that a table keeps, whoever made it.

use super::table_image::{SLOTS, TableError};
use crate::storage::{NewTable, PartitionId, TableId};
use crate::units::Sectors;
use std::collections::BTreeSet;

/// Looks a table through: slots, identities, places, names.
///
/// # Errors
/// The first rule that is broken.
pub(super) fn check(table: &NewTable) -> Result<(), TableError> {
    let mut numbers = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for (number, id) in identities(table) {
        if !(1..=SLOTS).contains(&number) || !numbers.insert(number) {
            return wrong(format!("partition number {number} is taken or not there"));
        }
        if id.is_nil() || !is_of(id, table.id, number) || !ids.insert(id) {
            return wrong(format!(
                "the identifier of partition {number} is not its own"
            ));
        }
    }
    let mib = table.sector_size.per_mib();
    for partition in &table.partitions {
        let number = partition.number;
        if partition.start.0 % mib.0 != 0 || partition.length.0 % mib.0 != 0 {
            return wrong(format!("partition {number} is not made of whole MiB"));
        }
        if partition.start < mib {
            return wrong(format!("partition {number} reaches into the table"));
        }
        if partition.name.encode_utf16().count() > 36 {
            return wrong(format!("the name of partition {number} is too long"));
        }
    }
    if let Some(grown) = table.kept().iter().find(|p| p.length > p.old_length()) {
        return wrong(format!("partition {} grows", grown.number));
    }
    places(table)
}

/// Whether a partition of this number can be known so in a table.
fn is_of(partition: PartitionId, table: TableId, number: u32) -> bool {
    match (table, partition) {
        (TableId::Gpt(disk), PartitionId::Gpt(own)) => own != disk,
        (TableId::Mbr(disk), PartitionId::Mbr(own, place)) => own == disk && place == number,
        (TableId::Gpt(_) | TableId::Mbr(_), _) => false,
    }
}

/// Number and identity of every partition.
fn identities(table: &NewTable) -> impl Iterator<Item = (u32, PartitionId)> {
    let new = table.partitions.iter().map(|p| (p.number, p.id));
    new.chain(table.kept().iter().map(|p| (p.number, p.id)))
}

/// Inside what a GPT leaves free, new ones and kept ones each in order, and apart from each other.
fn places(table: &NewTable) -> Result<(), TableError> {
    // 16 KiB of entries, a header at each end, the boot record.
    let array = 16 * 1024 / table.sector_size.bytes();
    let end = Sectors(table.length.0.saturating_sub(array + 1));
    let in_order = table.partitions.is_sorted_by_key(|p| p.start)
        && table.kept().is_sorted_by_key(|p| p.start);
    if !in_order {
        return wrong("its partitions are not in order".to_owned());
    }
    let mut places: Vec<_> = table.places();
    places.sort_by_key(|(_, start, _)| *start);
    let mut free_from = Sectors(array + 2);
    for (number, start, length) in places {
        let after = start.0.checked_add(length.0);
        if length.0 == 0 {
            return wrong(format!("partition {number} is empty"));
        }
        if start.0 < array + 2 || after.is_none_or(|after| after > end.0) {
            return wrong(format!("partition {number} reaches into the table"));
        }
        if start < free_from {
            return wrong(format!("partition {number} overlaps the one before it"));
        }
        free_from = Sectors(after.unwrap_or(u64::MAX));
    }
    Ok(())
}

fn wrong(text: String) -> Result<(), TableError> {
    Err(TableError::Wrong(text))
}
