//! The identifiers that are taken.

use crate::machine::{Content, Fact, Machine, Table, TableKind};

/// Every identifier that some disk of the machine already has.
pub(super) fn identifiers(machine: &Machine) -> Vec<&str> {
    let disks = machine.disks.known().map(Vec::as_slice).unwrap_or_default();
    let mut present = Vec::new();
    for disk in disks {
        match &disk.table {
            Fact::Known(Table::Partitioned {
                kind, partitions, ..
            }) => {
                present.push(match kind {
                    TableKind::Gpt { guid } => guid.as_str(),
                    TableKind::Mbr { signature } => signature.as_str(),
                });
                for partition in partitions {
                    present.extend(partition.guid.as_deref());
                    present.extend(of_content(&partition.content));
                    let inside = partition.inside();
                    present.extend(inside.and_then(|inside| of_content(&inside.content)));
                }
            }
            Fact::Known(Table::Whole { content }) => present.extend(of_content(content)),
            Fact::Unknown(_) => {}
        }
    }
    present
}

fn of_content(content: &Content) -> Option<&str> {
    match content {
        Content::Formatted(fs) => fs.uuid.as_deref(),
        Content::Blank | Content::Unknown(_) => None,
    }
}
