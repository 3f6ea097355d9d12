//! File systems to make, with every identifier fixed.

use crate::identifiers::VolumeId;
use crate::preset::FileSystemKind;
use crate::units::Bytes;
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
    /// btrfs.
    Btrfs {
        /// Its UUID.
        uuid: Uuid,
        /// Its label, at most 255 bytes.
        label: String,
    },
    /// XFS.
    Xfs {
        /// Its UUID.
        uuid: Uuid,
        /// Its label, at most 12 bytes.
        label: String,
    },
    /// F2FS.
    F2fs {
        /// Its UUID.
        uuid: Uuid,
        /// Its label, at most 512 bytes in UTF-16.
        label: String,
    },
}

/// The largest that a file system of this type can be, its device included.
///
/// | type | why |
/// |---|---|
/// | ext4 | 2^48 blocks of 4 KiB, as `mkfs.ext4` makes them (kernel.org, "ext4 Data Structures") |
/// | btrfs, xfs | Linux counts bytes of a device with 63 bits |
/// | f2fs | 2^32 blocks of 4 KiB (`F2FS_MAX_SEGMENT` in `f2fs_fs.h`) |
pub const fn largest(kind: FileSystemKind) -> Bytes {
    match kind {
        FileSystemKind::Ext4 => Bytes(1 << 60),
        FileSystemKind::Btrfs | FileSystemKind::Xfs => Bytes(i64::MAX.unsigned_abs()),
        FileSystemKind::F2fs => F2FS_LARGEST,
    }
}

/// f2fs numbers its blocks of 4 KiB with 32 bits.
pub(super) const F2FS_LARGEST: Bytes = Bytes::gib(16 << 10);

/// FAT32 counts sectors with 32 bits (Microsoft, "FAT32 File System Specification", `BPB_TotSec32`), and
/// other systems take them for 512 bytes: less than 2 TiB, in whole MiB.
pub const VFAT_LARGEST: Bytes = Bytes(Bytes::gib(2 << 10).0 - Bytes::mib(1).0);

impl NewFileSystem {
    /// One of a type for the root file system.
    pub fn root(kind: FileSystemKind, uuid: Uuid) -> Self {
        Self::of(kind, uuid, "nixos".to_owned())
    }

    /// One of a type.
    pub const fn of(kind: FileSystemKind, uuid: Uuid, label: String) -> Self {
        match kind {
            FileSystemKind::Ext4 => Self::Ext4 { uuid, label },
            FileSystemKind::Btrfs => Self::Btrfs { uuid, label },
            FileSystemKind::Xfs => Self::Xfs { uuid, label },
            FileSystemKind::F2fs => Self::F2fs { uuid, label },
        }
    }

    /// Its type, if it can be that of the root file system.
    pub const fn kind(&self) -> Option<FileSystemKind> {
        match self {
            Self::Vfat { .. } => None,
            Self::Ext4 { .. } => Some(FileSystemKind::Ext4),
            Self::Btrfs { .. } => Some(FileSystemKind::Btrfs),
            Self::Xfs { .. } => Some(FileSystemKind::Xfs),
            Self::F2fs { .. } => Some(FileSystemKind::F2fs),
        }
    }

    /// The largest that it can be, its device included: see [`largest`].
    pub fn largest(&self) -> Bytes {
        self.kind().map_or(VFAT_LARGEST, largest)
    }

    /// The name that mount(2), blkid and `fileSystems.<path>.fsType` have for it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Vfat { .. } => "vfat",
            Self::Ext4 { .. } => "ext4",
            Self::Btrfs { .. } => "btrfs",
            Self::Xfs { .. } => "xfs",
            Self::F2fs { .. } => "f2fs",
        }
    }

    /// The identifier as `/dev/disk/by-uuid` has it.
    pub fn identifier(&self) -> String {
        match self {
            Self::Vfat { id, .. } => id.to_string(),
            Self::Ext4 { uuid, .. }
            | Self::Btrfs { uuid, .. }
            | Self::Xfs { uuid, .. }
            | Self::F2fs { uuid, .. } => uuid.to_string(),
        }
    }

    /// What people see in lists of disks.
    pub fn label(&self) -> &str {
        match self {
            Self::Vfat { label, .. }
            | Self::Ext4 { label, .. }
            | Self::Btrfs { label, .. }
            | Self::Xfs { label, .. }
            | Self::F2fs { label, .. } => label,
        }
    }
}

/// A subvolume of btrfs by its path from the top: parts of letters, digits, `@`, `-`, `_` and `.`,
/// none of them `.` or `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubvolumeName(String);

impl SubvolumeName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The option that mounts it.
    pub fn option(&self) -> String {
        format!("subvol={}", self.0)
    }
}

/// A text that can't be the name of a subvolume.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no name for a subvolume: letters, digits, `@`, `-`, `_` and `.`")]
pub struct BadSubvolumeName(String);

impl TryFrom<String> for SubvolumeName {
    type Error = BadSubvolumeName;

    fn try_from(text: String) -> Result<Self, BadSubvolumeName> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "@-_.".contains(c);
        let part =
            |part: &str| !part.is_empty() && part != "." && part != ".." && part.chars().all(plain);
        if text.len() <= 255 && text.split('/').all(part) && !text.starts_with('-') {
            Ok(Self(text))
        } else {
            Err(BadSubvolumeName(text))
        }
    }
}

impl From<SubvolumeName> for String {
    fn from(name: SubvolumeName) -> String {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subvolume_stays_below_the_top() {
        let name = |text: &str| SubvolumeName::try_from(text.to_owned());
        assert_eq!(name("@home").unwrap().option(), "subvol=@home");
        assert!(name("@/a.b").is_ok());
        for bad in ["", "/", "/@", "@/../x", "..", "a,ro", "a b", "-f"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }
}
