//! Which disk is meant: enough of it to notice that another one has taken its place.

use super::visible::visible;
use crate::machine::{Disk, Fact, Table, TableKind};
use crate::storage::{NewTable, PartitionId, PartitionType};
use crate::units::{Bytes, SectorSize, Sectors};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A disk as it was when the plan was made and confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiskIdentity {
    /// The device node.
    pub path: PathBuf,
    /// The first lasting name, if it has any.
    pub by_id: Option<PathBuf>,
    /// The model.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// The World Wide Name.
    pub wwn: Option<String>,
    /// The capacity.
    pub size: Bytes,
    /// The logical sector size.
    pub sector_size: SectorSize,
    /// The partition table.
    pub table: TableIdentity,
}

/// A partition table, reduced to what tells it from another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TableIdentity {
    /// There is one.
    Partitioned {
        /// GPT or MBR, and its identifier.
        kind: TableKind,
        /// Where its partitions are.
        partitions: Vec<UsedPartition>,
    },
    /// There is none.
    Whole,
    /// It could not be read.
    Unknown,
}

/// Where a partition of the confirmed disk is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedPartition {
    /// Its number.
    pub number: u32,
    /// Its first sector.
    pub start: Sectors,
    /// Its length.
    pub length: Sectors,
    /// Its GUID, if it has one.
    pub guid: Option<String>,
    /// Its type, as the table has it.
    pub type_id: String,
}

/// How a disk differs from the one that was confirmed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the {what} of {path} was {confirmed}, and is {found} now", path = .path.display())]
pub struct Difference {
    /// The disk that was looked at.
    pub path: PathBuf,
    /// Which property.
    pub what: &'static str,
    /// As the plan has it.
    pub confirmed: String,
    /// As it is now.
    pub found: String,
}

impl DiskIdentity {
    /// What identifies `disk`.
    pub fn of(disk: &Disk) -> Self {
        Self {
            path: disk.path.clone(),
            by_id: disk.by_id.first().cloned(),
            model: disk.model.clone(),
            serial: disk.serial.clone(),
            wwn: disk.wwn.clone(),
            size: disk.size,
            sector_size: disk.sectors.logical,
            table: TableIdentity::of(&disk.table),
        }
    }

    /// What a disk's table will be once `table` is written.
    pub fn table_of(table: &NewTable) -> TableIdentity {
        let used =
            |number, start, length, id: PartitionId, kind: Option<PartitionType>| UsedPartition {
                number,
                start,
                length,
                guid: Some(id.to_string()),
                type_id: kind.map(|kind| kind.to_string()).unwrap_or_default(),
            };
        let new = table.partitions.iter();
        let new = new.map(|p| used(p.number, p.start, p.length, p.id, p.role.kind(table.id)));
        let kept = table.kept().iter();
        let kept = kept.map(|p| used(p.number, p.start, p.length, p.id, Some(p.kind)));
        let mut partitions: Vec<UsedPartition> = new.chain(kept).collect();
        partitions.sort_by_key(|p| (p.start, p.number));
        TableIdentity::Partitioned {
            kind: table.id.kind(),
            partitions,
        }
    }

    /// How it is called where people read it: `Samsung SSD 990 PRO (477 GiB, serial S6B0…)`.
    pub fn description(&self) -> String {
        let name = self.model.as_deref().unwrap_or("disk without a model name");
        let serial = self
            .serial
            .iter()
            .map(|serial| format!(", serial {serial}"));
        let serial: String = serial.collect();
        let path = self.path.display();
        visible(&format!("{name} ({}{serial}) at {path}", self.size))
    }

    /// Holds the disk that is there now against the confirmed one.
    ///
    /// # Errors
    /// The first property that differs.
    pub fn check(&self, found: &Self) -> Result<(), Difference> {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "not there".to_owned());
        let pairs = [
            ("serial number", text(&self.serial), text(&found.serial)),
            ("World Wide Name", text(&self.wwn), text(&found.wwn)),
            ("model", text(&self.model), text(&found.model)),
            ("size", self.size.0.to_string(), found.size.0.to_string()),
            (
                "sector size",
                self.sector_size.bytes().to_string(),
                found.sector_size.bytes().to_string(),
            ),
            (
                "partition table",
                self.table.in_words(),
                found.table.in_words(),
            ),
        ];
        match pairs
            .into_iter()
            .find(|(_, confirmed, found)| confirmed != found)
        {
            None => Ok(()),
            Some((what, confirmed, found)) => Err(Difference {
                path: self.path.clone(),
                what,
                confirmed,
                found,
            }),
        }
    }
}

impl TableIdentity {
    fn of(table: &Fact<Table>) -> Self {
        match table {
            Fact::Known(Table::Partitioned {
                kind, partitions, ..
            }) => Self::Partitioned {
                kind: kind.clone(),
                partitions: partitions
                    .iter()
                    .map(|p| UsedPartition {
                        number: p.number,
                        start: p.start,
                        length: p.length,
                        guid: p.guid.clone(),
                        type_id: p.type_id.clone(),
                    })
                    .collect(),
            },
            Fact::Known(Table::Whole { .. }) => Self::Whole,
            Fact::Unknown(_) => Self::Unknown,
        }
    }

    /// Two tables read the same exactly if they are the same.
    fn in_words(&self) -> String {
        let Self::Partitioned { kind, partitions } = self else {
            return match self {
                Self::Whole => "none".to_owned(),
                _ => "unreadable".to_owned(),
            };
        };
        let kind = match kind {
            TableKind::Gpt { guid } => format!("GPT {guid}"),
            TableKind::Mbr { signature } => format!("MBR {signature}"),
        };
        let parts: Vec<String> = partitions
            .iter()
            .map(|p| {
                let guid = p.guid.as_deref().unwrap_or("no GUID");
                let (number, start, length, kind) = (p.number, p.start, p.length, &p.type_id);
                format!("{number}: {start}+{length} {guid} of type {kind}")
            })
            .collect();
        format!("{kind} [{}]", parts.join(", "))
    }
}
