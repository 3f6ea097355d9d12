//! The disks of a plan: each that is written to, and none besides.

use super::{DiskIdentity, Loss, Plan, Resized, TableIdentity};
use crate::storage::{NewTable, PartitionId};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A disk that is written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedDisk {
    /// Which one.
    pub identity: DiskIdentity,
    /// The partition table that it gets.
    pub table: NewTable,
    /// What it holds now and won't hold afterwards.
    pub losses: Vec<Loss>,
    /// What is made smaller on it and otherwise stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shrunk: Vec<Resized>,
    /// What is made larger on it and otherwise stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grown: Vec<Resized>,
}

impl PlannedDisk {
    /// Whether its table is written at all. It is not where every partition stays and some are only
    /// mounted.
    pub fn changes_table(&self) -> bool {
        let TableIdentity::Partitioned { partitions, .. } = &self.identity.table else {
            return true;
        };
        let (new, kept) = (&self.table.partitions, self.table.kept());
        self.table.base.is_new()
            || !new.is_empty()
            || kept.len() != partitions.len()
            || kept
                .iter()
                .any(|p| p.length_now.is_some() || p.flags.is_some())
    }
}

impl Plan {
    /// Every disk that is written to, the one that the preset names first before the others.
    pub fn disks(&self) -> impl Iterator<Item = &PlannedDisk> {
        std::iter::once(&self.disk).chain(&self.others)
    }

    /// The disk behind a device node.
    pub fn disk_at(&self, path: &Path) -> Option<&PlannedDisk> {
        self.disks().find(|disk| disk.identity.path == path)
    }

    /// The disk that has the partition with this identity, once its table is written.
    pub fn disk_of(&self, partition: PartitionId) -> Option<&PlannedDisk> {
        let has_it = |disk: &&PlannedDisk| disk.table.number_of(partition).is_some();
        self.disks().find(has_it)
    }

    /// What is lost on all of them.
    pub fn losses(&self) -> impl Iterator<Item = &Loss> {
        self.disks().flat_map(|disk| &disk.losses)
    }

    /// What is made smaller on any of them.
    pub fn shrunk(&self) -> impl Iterator<Item = &Resized> {
        self.disks().flat_map(|disk| &disk.shrunk)
    }
}
