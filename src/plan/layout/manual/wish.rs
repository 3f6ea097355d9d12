//! What the preset says of one partition, understood.

use crate::machine::Partition;
use crate::plan::{Problem, ProblemId, Severity};
use crate::preset::{
    FileSystemKind, ManualSubvolume, MountPath, PartSize, PartitionType, VolumeLabel,
};
use crate::storage::Edit;
use crate::units::Bytes;

/// Where in the preset a partition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub disk: usize,
    pub partition: usize,
}

impl Field {
    /// The name of one of its keys.
    pub(super) fn key(self, key: &str) -> String {
        format!(
            "disk.disks[{}].partitions[{}].{key}",
            self.disk, self.partition
        )
    }

    /// An error at one of its keys.
    pub(super) fn error(
        self,
        id: ProblemId,
        key: &str,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> Problem {
        Problem {
            id,
            severity: Severity::Error,
            field: self.key(key),
            message: message.into(),
            mend: mend.into(),
        }
    }

    pub(super) fn unclear(self, key: &str, message: impl Into<String>, mend: &str) -> Problem {
        self.error(ProblemId::PartitionUnclear, key, message, mend)
    }
}

/// What is done with a partition.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    /// It is new.
    Create {
        size: PartSize,
        gap_after: Option<u32>,
        holds: Holds<'a>,
    },
    /// It is made anew where it is.
    Format {
        partition: &'a Partition,
        holds: Holds<'a>,
    },
    /// It stays as it is.
    Keep {
        partition: &'a Partition,
        mount: Option<&'a MountPath>,
    },
    /// It stays and becomes smaller.
    Resize {
        partition: &'a Partition,
        size: Bytes,
        mount: Option<&'a MountPath>,
    },
    /// It goes.
    Delete { partition: &'a Partition },
}

/// What is made in a partition.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds<'a> {
    /// GRUB's core image.
    BiosBoot,
    /// Swap.
    Swap { hibernation: bool, encrypted: bool },
    /// A file system.
    FileSystem(Made<'a>),
}

impl Holds<'_> {
    /// Whether it is in a container.
    pub(super) const fn is_encrypted(&self) -> bool {
        match self {
            Self::BiosBoot => false,
            Self::Swap { encrypted, .. } => *encrypted,
            Self::FileSystem(made) => made.encrypted,
        }
    }
}

/// A file system that is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made<'a> {
    pub format: FileSystem,
    pub kind: Option<PartitionType>,
    pub mount: Option<&'a MountPath>,
    pub subvolumes: &'a [ManualSubvolume],
    pub label: Option<&'a VolumeLabel>,
    pub encrypted: bool,
}

/// The type of a file system that is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileSystem {
    Vfat,
    Linux(FileSystemKind),
}

impl<'a> What<'a> {
    /// As the tables of storage have it.
    pub(super) const fn edit(&self) -> Edit {
        match *self {
            Self::Create {
                size, gap_after, ..
            } => Edit::Create { size, gap_after },
            Self::Format { partition, .. } => Edit::Format {
                number: partition.number,
            },
            Self::Keep { partition, .. } => Edit::Keep {
                number: partition.number,
            },
            Self::Resize {
                partition, size, ..
            } => Edit::Shorten {
                number: partition.number,
                size,
            },
            Self::Delete { partition } => Edit::Delete {
                number: partition.number,
            },
        }
    }

    /// What is made, if something is.
    pub(super) const fn holds(&self) -> Option<&Holds<'a>> {
        match self {
            Self::Create { holds, .. } | Self::Format { holds, .. } => Some(holds),
            Self::Keep { .. } | Self::Resize { .. } | Self::Delete { .. } => None,
        }
    }

    /// The partition that is there already.
    pub(super) const fn partition(&self) -> Option<&'a Partition> {
        match *self {
            Self::Create { .. } => None,
            Self::Format { partition, .. }
            | Self::Keep { partition, .. }
            | Self::Resize { partition, .. }
            | Self::Delete { partition } => Some(partition),
        }
    }

    /// The places where it, or a subvolume of it, is mounted, with the key that says so.
    pub(super) fn mounts(&self) -> Vec<(&'static str, &'a MountPath)> {
        match *self {
            Self::Keep { mount, .. } | Self::Resize { mount, .. } => {
                mount.map(|at| ("mount", at)).into_iter().collect()
            }
            Self::Delete { .. } => Vec::new(),
            Self::Create { holds, .. } | Self::Format { holds, .. } => match holds {
                Holds::BiosBoot | Holds::Swap { .. } => Vec::new(),
                Holds::FileSystem(made) => {
                    let whole = made.mount.map(|at| ("mount", at));
                    let parts = made.subvolumes.iter();
                    let parts = parts.filter_map(|part| Some(("subvolumes", part.mount.as_ref()?)));
                    whole.into_iter().chain(parts).collect()
                }
            },
        }
    }
}
