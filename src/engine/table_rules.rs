//! The rules that a table keeps, whoever made it.

use super::logical_chain::is_logical;
use super::table_image::{SLOTS, TableError};
use crate::preset::PartitionFlag;
use crate::storage::{
    KeptPartition, NewPartition, NewTable, PRIMARY, PartitionId, PartitionRole, PartitionType,
    TableId, is_of_gpt,
};
use crate::units::Sectors;
use std::collections::BTreeSet;

/// Looks a table through: slots, identities, places, names.
///
/// # Errors
/// The first rule that is broken.
pub(super) fn check(table: &NewTable) -> Result<(), TableError> {
    // Asked for here already, and not only when the disk has been wiped.
    if !table.sector_size.is_usual() {
        let bytes = table.sector_size.bytes();
        return wrong(format!("its sectors have {bytes} bytes"));
    }
    // Linux gives up after 256 logical partitions, which PARTUUID has two digits for.
    let most = if table.id.guid().is_some() {
        SLOTS
    } else {
        255
    };
    let mut numbers = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for (number, id) in identities(table) {
        if !(1..=most).contains(&number) || !numbers.insert(number) {
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
        if partition.name.encode_utf16().count() > 36 {
            return wrong(format!("the name of partition {number} is too long"));
        }
        // It is where one was.
        if is_logical(partition) {
            continue;
        }
        if partition.start.0 % mib.0 != 0 || partition.length.0 % mib.0 != 0 {
            return wrong(format!("partition {number} is not made of whole MiB"));
        }
        if partition.start < mib {
            return wrong(format!("partition {number} reaches into the table"));
        }
    }
    let is_gpt = table.id.guid().is_some();
    let strange = |p: &&KeptPartition| matches!(p.kind, PartitionType::Gpt(_)) != is_gpt;
    if let Some(p) = table.kept().iter().find(strange) {
        return wrong(format!("partition {} has a type of another kind", p.number));
    }
    flags(table, is_gpt)?;
    if !is_gpt {
        mbr(table)?;
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

/// Flags are of the table's kind, and one partition of an MBR is active: a primary one.
fn flags(table: &NewTable, is_gpt: bool) -> Result<(), TableError> {
    let new = table.partitions.iter().map(|p| (p.number, &p.flags));
    let kept = table.kept().iter();
    let kept = kept.filter_map(|p| Some((p.number, p.flags.as_ref()?)));
    let mut active = None;
    for (number, flags) in new.chain(kept) {
        if flags.iter().any(|flag| is_of_gpt(*flag) != is_gpt) {
            return wrong(format!("partition {number} has a flag of another kind"));
        }
        let is_active = flags.contains(&PartitionFlag::Active);
        if is_active && (number > PRIMARY || active.replace(number).is_some()) {
            return wrong(format!("partition {number} can't be the active one"));
        }
    }
    Ok(())
}

/// Number and identity of every partition.
fn identities(table: &NewTable) -> impl Iterator<Item = (u32, PartitionId)> {
    let new = table.partitions.iter().map(|p| (p.number, p.id));
    new.chain(table.kept().iter().map(|p| (p.number, p.id)))
}

/// Inside what the table leaves free, new ones and kept ones each in order, and apart from each other.
fn places(table: &NewTable) -> Result<(), TableError> {
    let in_order = table.partitions.is_sorted_by_key(|p| p.start)
        && table.kept().is_sorted_by_key(|p| p.start);
    if !in_order {
        return wrong("its partitions are not in order".to_owned());
    }
    let logical = |number: u32| table.id.guid().is_none() && number > PRIMARY;
    let (inner, outer) = table.places().into_iter().partition(|p| logical(p.0));
    apart(outer, usable(table))?;
    let mut extended = table.kept().iter().filter(|p| p.is_extended());
    let inside = match (extended.next(), extended.next()) {
        (None, _) => (Sectors(0), Sectors(0)),
        (Some(only), None) => (Sectors(only.start.0 + 1), Sectors(only.last().0 + 1)),
        (Some(_), Some(second)) => {
            let number = second.number;
            return wrong(format!("partition {number} is a second extended one"));
        }
    };
    apart(inner, inside)
}

/// The sectors that a table leaves to partitions.
fn usable(table: &NewTable) -> (Sectors, Sectors) {
    match table.id {
        // 16 KiB of entries, a header at each end, the boot record.
        TableId::Gpt(_) => {
            let array = 16 * 1024 / table.sector_size.bytes();
            let end = Sectors(table.length.0.saturating_sub(array + 1));
            (Sectors(array + 2), end)
        }
        // 32 bits.
        TableId::Mbr(_) => (Sectors(1), Sectors(table.length.0.min(1 << 32))),
    }
}

/// Whether each lies between two sectors, and none on another one.
fn apart(
    mut places: Vec<(u32, Sectors, Sectors)>,
    (first, end): (Sectors, Sectors),
) -> Result<(), TableError> {
    places.sort_by_key(|(_, start, _)| *start);
    let mut free_from = first;
    for (number, start, length) in places {
        let after = start.0.checked_add(length.0);
        if length.0 == 0 {
            return wrong(format!("partition {number} is empty"));
        }
        if start < first || after.is_none_or(|after| after > end.0) {
            return wrong(format!("partition {number} reaches into the table"));
        }
        if start < free_from {
            return wrong(format!("partition {number} overlaps the one before it"));
        }
        free_from = Sectors(after.unwrap_or(u64::MAX));
    }
    Ok(())
}

/// What else an MBR asks: it is only ever kept; what lies in a chain becomes no shorter, and what lies around it
/// becomes longer only as far as what lies in it.
fn mbr(table: &NewTable) -> Result<(), TableError> {
    if table.base.is_new() {
        return wrong("a new table is a GPT".to_owned());
    }
    let firmware = |p: &&NewPartition| is_logical(p) && p.role == PartitionRole::Esp;
    if let Some(made) = table.partitions.iter().find(firmware) {
        let number = made.number;
        return wrong(format!(
            "partition {number} is a logical one, where no firmware looks"
        ));
    }
    let chained = |p: &&KeptPartition| p.is_extended() || p.is_logical();
    if let Some(p) = table.kept().iter().find(|p| chained(p) && p.is_shorter()) {
        return wrong(format!("partition {} of a chain gets shorter", p.number));
    }
    let follows = |extended: &KeptPartition| {
        let mut logical = table.kept().iter().filter(|p| p.is_logical());
        logical.any(|p| p.is_longer() && p.last() == extended.last())
    };
    let mut extended = table.kept().iter().filter(|p| p.is_extended());
    match extended.find(|p| p.is_longer() && !follows(p)) {
        None => Ok(()),
        Some(p) => wrong(format!(
            "partition {} around a chain gets longer than that",
            p.number
        )),
    }
}

fn wrong(text: String) -> Result<(), TableError> {
    Err(TableError::Wrong(text))
}
