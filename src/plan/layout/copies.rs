//! Copies of disks. Partitions are found by their GUIDs: a clone of the disk beside it would be mistaken for it.

use super::impossible;
use crate::identifiers::beginning;
use crate::machine::{Disk, Partition, Table, TableKind};
use crate::plan::{DiskIdentity, Problem, ProblemId, Survey};
use crate::storage::{ExistingTable, PartitionId, TableId};

/// An error where another disk has an identifier of this disk's table.
pub(super) fn twin(survey: &Survey<'_>, disk: &Disk, existing: &ExistingTable) -> Option<Problem> {
    if !survey.has_alike(disk) {
        return None;
    }
    let own = |id: PartitionId| existing.partitions.iter().any(|p| p.id == id);
    let twice = |other: &&Disk| {
        let mut ids = guids(other).filter_map(|id| id.parse().ok());
        table_id(other) == Some(existing.id) || ids.any(own)
    };
    let others = survey.machine().disks.known().into_iter().flatten();
    let mut others = others.filter(|other| other.path != disk.path);
    let other = others.find(twice)?;
    Some(Problem {
        id: ProblemId::DuplicateDisks,
        ..impossible(
            &format!(
                "{} has the same identifiers in its partition table: one of the two is a copy",
                DiskIdentity::of(other).description()
            ),
            "Detach one of the two disks.",
        )
        .because("table")
        .with("disk", other)
    })
}

/// Of each disk, whether an identifier in its table may be in another's: far cheaper than to read tens of
/// thousands of them as what they are.
pub(in crate::plan) fn alike(disks: &[Disk]) -> Vec<bool> {
    let ids = |(index, disk)| {
        let ids = table_text(disk).into_iter().chain(guids(disk));
        ids.map(move |id| (beginning(id), index))
    };
    let mut all: Vec<(Option<u32>, usize)> = disks.iter().enumerate().flat_map(ids).collect();
    all.sort_unstable();
    all.dedup();
    let mut alike = vec![false; disks.len()];
    for pair in all.windows(2) {
        if let [(first, one), (second, other)] = pair
            && first == second
        {
            for index in [one, other] {
                alike.get_mut(*index).into_iter().for_each(|is| *is = true);
            }
        }
    }
    alike
}

fn guids(disk: &Disk) -> impl Iterator<Item = &str> {
    let partitions: &[Partition] = disk.partitions();
    partitions.iter().filter_map(|p| p.guid.as_deref())
}

fn table_text(disk: &Disk) -> Option<&str> {
    match kind(disk)? {
        TableKind::Gpt { guid } => Some(guid),
        TableKind::Mbr { signature } => Some(signature),
    }
}

/// What the table of a disk is known by.
fn table_id(disk: &Disk) -> Option<TableId> {
    TableId::of(kind(disk)?)
}

fn kind(disk: &Disk) -> Option<&TableKind> {
    match disk.table.known()? {
        Table::Partitioned { kind, .. } => Some(kind),
        Table::Whole { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Fact, Machine};

    #[test]
    fn disks_are_alike_by_one_identifier_however_it_is_written() {
        let text = include_str!("../../../tests/machines/table-windows-gap.json");
        let machine: Machine = serde_json::from_str(text).unwrap();
        let found = &machine.disks.known().unwrap()[0];
        // The same disk three times; of each, every identifier begins differently.
        let mut disks = [found.clone(), found.clone(), found.clone()];
        for (copy, disk) in disks.iter_mut().enumerate() {
            let Fact::Known(Table::Partitioned {
                kind, partitions, ..
            }) = &mut disk.table
            else {
                panic!("it has partitions")
            };
            let guid = |number: usize| format!("{copy}000000{number}-78b7-4ad8-8d6d-00aabbccddee");
            *kind = TableKind::Gpt { guid: guid(0) };
            for (number, partition) in (1..).zip(partitions.iter_mut()) {
                partition.guid = Some(guid(number));
            }
            if copy == 2 {
                partitions[1].guid = Some("10000003-78B7-4AD8-8D6D-00AABBCCDDEE".to_owned());
            }
        }
        assert_eq!(alike(&disks), [false, true, true]);
        assert_eq!(alike(&disks[..2]), [false, false]);
        assert_eq!(alike(&[found.clone(), found.clone()]), [true, true]);
    }
}
