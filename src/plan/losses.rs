//! What the disk holds now, by name: the list that a person confirms.

use super::visible::visible;
use crate::machine::{Content, Disk, Fact, Partition, Table};
use crate::units::SectorSize;

/// One line for each thing on `disk` that an erased disk no longer has.
pub(super) fn of(disk: &Disk) -> Vec<String> {
    match &disk.table {
        Fact::Unknown(reason) => vec![format!(
            "whatever is on it: it could not be read ({reason})"
        )],
        Fact::Known(Table::Whole {
            content: Content::Blank,
        }) => Vec::new(),
        Fact::Known(Table::Whole { content }) => {
            vec![format!("the whole disk: {}", describe(content))]
        }
        Fact::Known(Table::Partitioned { partitions, .. }) => {
            let sector = disk.sectors.logical;
            partitions.iter().map(|p| partition(p, sector)).collect()
        }
    }
}

/// The line for a partition that goes.
pub(super) fn partition(partition: &Partition, sector: SectorSize) -> String {
    let size = partition.length.bytes(sector);
    let (called, holds) = words(partition);
    format!("partition {}{called}, {size}: {holds}", partition.number)
}

/// The line for what is in the container of a partition, which stays itself.
pub(super) fn inside(partition: &Partition, sector: SectorSize) -> String {
    let size = partition.length.bytes(sector);
    let (called, _) = words(partition);
    let holds = match partition.inside() {
        None => "whatever it is".to_owned(),
        Some(inside) => match &inside.system {
            Some(system) => format!("{}, {}", visible(system), describe(&inside.content)),
            None => describe(&inside.content),
        },
    };
    format!(
        "partition {}{called}, {size}: what is in its LUKS container ({holds}); the container stays",
        partition.number
    )
}

/// A partition by its number, its name and what is in it.
pub(super) fn name(partition: &Partition) -> String {
    let (called, holds) = words(partition);
    format!("partition {}{called} ({holds})", partition.number)
}

/// What a partition is called in the table, and what is in it.
fn words(partition: &Partition) -> (String, String) {
    let name = partition.name.as_deref().filter(|name| !name.is_empty());
    let called = name
        .map(|name| format!(" “{}”", visible(name)))
        .unwrap_or_default();
    let holds = match partition.content {
        _ if partition.is_extended() => "the extended partition around logical ones".to_owned(),
        Content::Formatted(_) => describe(&partition.content),
        _ if partition.holds_loader() => "a boot loader for a BIOS".to_owned(),
        _ => describe(&partition.content),
    };
    (called, holds)
}

fn describe(content: &Content) -> String {
    match content {
        Content::Blank => "no file system".to_owned(),
        Content::Unknown(reason) => format!("unknown content ({reason})"),
        Content::Formatted(fs) => match &fs.label {
            Some(label) => format!("{} labelled “{}”", fs.kind, visible(label)),
            None => fs.kind.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;

    #[test]
    fn a_boot_loaders_partition_is_known_by_its_type() {
        let machine = include_str!("../../tests/machines/windows-laptop.json");
        let machine: Machine = serde_json::from_str(machine).unwrap();
        let disks = machine.disks.known().unwrap();
        let sector = disks[0].sectors.logical;
        let mut boot = disks[0].partitions()[0].clone();
        boot.content = Content::Unknown("data without a known signature".to_owned());
        assert!(boot.unknown_content().is_some());
        assert!(partition(&boot, sector).contains("unknown content"));
        boot.type_id = "21686148-6449-6e6f-744e-656564454649".to_owned();
        assert_eq!(boot.unknown_content(), None);
        assert!(partition(&boot, sector).ends_with(": a boot loader for a BIOS"));
    }
}
