//! The identifiers that are taken.

use crate::machine::{Content, Fact, Machine, Table, TableKind};

/// Every identifier that some disk of the machine already has.
pub(super) fn identifiers(machine: &Machine) -> Vec<String> {
    let disks = machine.disks.known().map(Vec::as_slice).unwrap_or_default();
    let content_id = |content: &Content| match content {
        Content::Formatted(fs) => fs.uuid.clone(),
        Content::Blank | Content::Unknown(_) => None,
    };
    let mut present = Vec::new();
    for disk in disks {
        match &disk.table {
            Fact::Known(Table::Partitioned {
                kind, partitions, ..
            }) => {
                present.push(match kind {
                    TableKind::Gpt { guid } => guid.clone(),
                    TableKind::Mbr { signature } => signature.clone(),
                });
                present.extend(partitions.iter().filter_map(|p| p.guid.clone()));
                present.extend(partitions.iter().filter_map(|p| content_id(&p.content)));
            }
            Fact::Known(Table::Whole { content }) => present.extend(content_id(content)),
            Fact::Unknown(_) => {}
        }
    }
    present
}
