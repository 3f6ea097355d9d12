//! Making a partition that stays larger: which file systems can follow it.

use super::file_system::{F2FS_LARGEST, largest};
use super::identity::PartitionId;
use crate::machine::CannotShrink;
use crate::preset::FileSystemKind;
use crate::units::Bytes;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A file system that tools can make larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Growable {
    /// ext2, ext3 or ext4, while it is not mounted (resize2fs).
    Ext,
    /// btrfs, while it is mounted.
    Btrfs,
    /// xfs, while it is mounted (xfs_growfs).
    Xfs,
    /// f2fs, while it is not mounted (resize.f2fs).
    F2fs,
    /// NTFS, while it is not mounted (ntfsresize).
    Ntfs,
}

/// Why what is in a partition can't become larger with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotGrow {
    /// What is inside would have to follow, through a container that has to be open for that.
    #[error("what is in a LUKS container is not made larger here")]
    Container,
    /// BitLocker encrypts it.
    #[error("BitLocker encrypts it; turn BitLocker off in Windows, and wait until it is decrypted")]
    BitLocker,
    /// The programs for vfat only make new ones.
    #[error("no program on this medium makes a vfat larger")]
    Vfat,
    /// Nothing makes it larger, or not this program.
    #[error("a file system of the kind {0} can't be made larger")]
    OtherKind(String),
    /// There is none.
    #[error("there is no file system in it")]
    Blank,
    /// It could not be looked at.
    #[error("it is not known what is in it")]
    Unknown,
    /// Another part of it is elsewhere.
    #[error("it lies on several disks together")]
    SeveralDisks,
    /// Whoever uses it still would go on with what they remember of it.
    #[error(transparent)]
    NotReady(CannotShrink),
    /// Nobody has looked.
    #[error("whether Windows was shut down fully has not been looked at")]
    NotLookedAt,
}

impl CannotGrow {
    /// What to do about it.
    pub const fn mend(&self) -> &'static str {
        match self {
            Self::NotLookedAt => "Record the computer with `nevado probe --measure`, as root.",
            Self::NotReady(_) | Self::BitLocker => {
                "Do that first, and ask again then; or let it stay as it is."
            }
            Self::Container => {
                "Let it stay as it is, and leave the space behind it free: once it is open in the new system, the \
                 partition (parted), the container (`cryptsetup resize`) and what is in it become larger there."
            }
            Self::Vfat | Self::OtherKind(_) | Self::Blank | Self::Unknown | Self::SeveralDisks => {
                "Let it stay as it is, and make a partition of its own in the free space."
            }
        }
    }
}

impl Growable {
    /// For what libblkid calls it.
    ///
    /// # Errors
    /// Nothing makes it larger.
    pub fn of(kind: &str) -> Result<Self, CannotGrow> {
        match kind {
            "ext2" | "ext3" | "ext4" => Ok(Self::Ext),
            "btrfs" => Ok(Self::Btrfs),
            "xfs" => Ok(Self::Xfs),
            "f2fs" => Ok(Self::F2fs),
            "ntfs" => Ok(Self::Ntfs),
            "crypto_LUKS" => Err(CannotGrow::Container),
            "BitLocker" => Err(CannotGrow::BitLocker),
            "vfat" => Err(CannotGrow::Vfat),
            other => Err(CannotGrow::OtherKind(other.to_owned())),
        }
    }

    /// The largest that it can become, by its kind alone. An old ext4 can count its blocks with 32 bits, and the
    /// clusters of an NTFS can be small: their own programs refuse more.
    pub const fn largest(self) -> Bytes {
        match self {
            Self::F2fs => F2FS_LARGEST,
            Self::Ext | Self::Ntfs => largest(FileSystemKind::Ext4),
            Self::Btrfs => largest(FileSystemKind::Btrfs),
            Self::Xfs => largest(FileSystemKind::Xfs),
        }
    }

    /// The type that mount(8) takes for those that have to be mounted: while they become larger, or before,
    /// so that their journal is replayed.
    pub const fn mounted_as(self) -> Option<&'static str> {
        match self {
            Self::Btrfs => Some("btrfs"),
            Self::Xfs => Some("xfs"),
            Self::F2fs => Some("f2fs"),
            Self::Ext | Self::Ntfs => None,
        }
    }
}

impl fmt::Display for Growable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ext => "ext4",
            Self::Btrfs => "btrfs",
            Self::Xfs => "xfs",
            Self::F2fs => "f2fs",
            Self::Ntfs => "NTFS",
        })
    }
}

/// A file system that becomes larger, once its partition has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Larger {
    /// The partition.
    pub partition: PartitionId,
    /// What is in it.
    pub file_system: Growable,
    /// How long the partition is before.
    pub from: Bytes,
    /// How long it is afterwards: the file system takes all of it, but for [`Self::SLACK`].
    pub to: Bytes,
}

impl Larger {
    /// What a file system may leave free at its end: a last group of blocks that would hold little more
    /// than its own tables (resize2fs), a segment (f2fs), a cluster (NTFS).
    pub const SLACK: Bytes = Bytes::mib(16);

    /// Whether a file system of this size has grown as it should.
    pub fn is_reached(&self, size: Bytes) -> bool {
        let least = self.to.0.saturating_sub(Self::SLACK.0);
        (least..=self.to.0).contains(&size.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_their_names() {
        assert_eq!(Growable::of("ext3"), Ok(Growable::Ext));
        assert_eq!(Growable::of("xfs"), Ok(Growable::Xfs));
        for kind in ["vfat", "crypto_LUKS", "swap", "LVM2_member", "BitLocker"] {
            assert!(Growable::of(kind).is_err(), "{kind}");
        }
    }

    #[test]
    fn a_little_is_left_at_the_end_and_not_more() {
        let larger = Larger {
            partition: PartitionId::Gpt(uuid::Uuid::nil()),
            file_system: Growable::Ext,
            from: Bytes::gib(1),
            to: Bytes::gib(2),
        };
        for (size, reached) in [
            (Bytes::gib(2), true),
            (Bytes::mib(2032), true),
            (Bytes::mib(2031), false),
            (Bytes::gib(1), false),
            (Bytes(Bytes::gib(2).0 + 1), false),
        ] {
            assert_eq!(larger.is_reached(size), reached, "{size}");
        }
    }
}
