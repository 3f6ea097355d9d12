//! What the disk holds now, by name: the list that a person confirms.

use super::visible::visible;
use crate::machine::{Content, Disk, Fact, Partition, Table};
use crate::units::Bytes;

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
            let size = |p: &Partition| p.length.bytes(disk.sectors.logical);
            partitions.iter().map(|p| line(p, size(p))).collect()
        }
    }
}

fn line(partition: &Partition, size: Bytes) -> String {
    let name = partition.name.as_deref().filter(|name| !name.is_empty());
    let called = name
        .map(|name| format!(" “{}”", visible(name)))
        .unwrap_or_default();
    format!(
        "partition {}{called}, {size}: {}",
        partition.number,
        describe(&partition.content)
    )
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
