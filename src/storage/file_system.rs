//! File systems to make, with every identifier fixed.

use crate::identifiers::VolumeId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file system to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NewFileSystem {
    /// FAT32, for the ESP.
    Vfat {
        /// Its volume ID.
        id: VolumeId,
        /// Its label, at most 11 characters.
        label: String,
    },
    /// ext4.
    Ext4 {
        /// Its UUID.
        uuid: Uuid,
        /// Its label, at most 16 bytes.
        label: String,
    },
}

impl NewFileSystem {
    /// The name that mount(2), blkid and `fileSystems.<path>.fsType` have for it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Vfat { .. } => "vfat",
            Self::Ext4 { .. } => "ext4",
        }
    }

    /// The identifier as `/dev/disk/by-uuid` has it.
    pub fn identifier(&self) -> String {
        match self {
            Self::Vfat { id, .. } => id.to_string(),
            Self::Ext4 { uuid, .. } => uuid.to_string(),
        }
    }
}
