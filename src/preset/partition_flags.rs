//! What a table says of a partition besides its type and its place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A flag of a partition. All but [`Self::Active`] belong to a GPT: the first three are UEFI's, the others
/// those of the Discoverable Partitions Specification.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PartitionFlag {
    /// The computer needs it to work: tools don't delete it.
    Required,
    /// Firmware makes no block device of it.
    NoBlockIo,
    /// A BIOS may start from it.
    LegacyBoot,
    /// systemd makes its file system as large as the partition when it is mounted by its type.
    GrowFileSystem,
    /// systemd mounts it read-only when it is mounted by its type.
    ReadOnly,
    /// systemd does not mount it by its type.
    NoAuto,
    /// A BIOS starts from it: the one of an MBR that has the mark. The others lose it.
    Active,
}

impl PartitionFlag {
    /// Every flag, in the order that lists show them.
    pub const ALL: [Self; 7] = [
        Self::Required,
        Self::NoBlockIo,
        Self::LegacyBoot,
        Self::GrowFileSystem,
        Self::ReadOnly,
        Self::NoAuto,
        Self::Active,
    ];
}

/// As a preset has it.
impl fmt::Display for PartitionFlag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Required => "required",
            Self::NoBlockIo => "no_block_io",
            Self::LegacyBoot => "legacy_boot",
            Self::GrowFileSystem => "grow_file_system",
            Self::ReadOnly => "read_only",
            Self::NoAuto => "no_auto",
            Self::Active => "active",
        })
    }
}
