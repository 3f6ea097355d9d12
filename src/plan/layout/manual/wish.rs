//! What the preset says of one partition, understood.

use crate::machine::Partition;
use crate::plan::{Details, Problem, ProblemId, Severity};
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
            details: Details::NONE,
        }
    }

    /// What is said contradicts itself, or is not enough, in the way that `why` says.
    pub(super) fn unclear(
        self,
        key: &str,
        why: &'static str,
        message: impl Into<String>,
        mend: &str,
    ) -> Problem {
        self.error(ProblemId::PartitionUnclear, key, message, mend)
            .because(why)
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
    /// It stays as it is, and subvolumes of the btrfs in it are mounted.
    Subvolumes {
        partition: &'a Partition,
        subvolumes: &'a [ManualSubvolume],
    },
    /// It stays, and the container in it is unlocked.
    Unlock {
        partition: &'a Partition,
        inside: Unlocked<'a>,
    },
    /// It stays and becomes smaller.
    Shrink {
        partition: &'a Partition,
        size: Bytes,
        mount: Option<&'a MountPath>,
    },
    /// It stays and becomes larger; as large as it can where no size is said.
    Grow {
        partition: &'a Partition,
        size: Option<Bytes>,
        mount: Option<&'a MountPath>,
    },
    /// It goes.
    Delete { partition: &'a Partition },
}

impl What<'_> {
    /// Whether it is about what somebody may have mounted.
    pub(super) const fn touches(&self) -> bool {
        !matches!(self, Self::Create { .. } | Self::Keep { mount: None, .. })
    }
}

/// What becomes of what is in a container that stays.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unlocked<'a> {
    /// It stays, too, and is mounted.
    Mounted(&'a MountPath),
    /// It is made anew.
    Formatted(Holds<'a>),
}

/// The container that something is made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    /// None.
    Nothing,
    /// A new one.
    NewContainer,
    /// One that stays.
    KeptContainer,
}

impl Around {
    pub(super) fn is_container(self) -> bool {
        self != Self::Nothing
    }
}

/// What is made in a partition.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds<'a> {
    /// GRUB's core image.
    BiosBoot,
    /// Swap.
    Swap { hibernation: bool, around: Around },
    /// A file system.
    FileSystem(Made<'a>),
}

impl Holds<'_> {
    /// What it is in.
    pub(super) const fn around(&self) -> Around {
        match self {
            Self::BiosBoot => Around::Nothing,
            Self::Swap { around, .. } => *around,
            Self::FileSystem(made) => made.around,
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
    pub around: Around,
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
            Self::Keep { partition, .. }
            | Self::Subvolumes { partition, .. }
            | Self::Unlock { partition, .. } => Edit::Keep {
                number: partition.number,
            },
            Self::Shrink {
                partition, size, ..
            } => Edit::Shorten {
                number: partition.number,
                size,
            },
            Self::Grow {
                partition, size, ..
            } => Edit::Lengthen {
                number: partition.number,
                size,
            },
            Self::Delete { partition } => Edit::Delete {
                number: partition.number,
            },
        }
    }

    /// The file system that is made, if one is.
    pub(super) const fn made(&self) -> Option<&Made<'a>> {
        match self.holds() {
            Some(Holds::FileSystem(made)) => Some(made),
            Some(Holds::BiosBoot | Holds::Swap { .. }) | None => None,
        }
    }

    /// What is made, if something is.
    pub(super) const fn holds(&self) -> Option<&Holds<'a>> {
        match self {
            Self::Create { holds, .. }
            | Self::Format { holds, .. }
            | Self::Unlock {
                inside: Unlocked::Formatted(holds),
                ..
            } => Some(holds),
            Self::Keep { .. }
            | Self::Subvolumes { .. }
            | Self::Unlock { .. }
            | Self::Shrink { .. }
            | Self::Grow { .. }
            | Self::Delete { .. } => None,
        }
    }

    /// The partition that is there already.
    pub(super) const fn partition(&self) -> Option<&'a Partition> {
        match *self {
            Self::Create { .. } => None,
            Self::Format { partition, .. }
            | Self::Keep { partition, .. }
            | Self::Subvolumes { partition, .. }
            | Self::Unlock { partition, .. }
            | Self::Shrink { partition, .. }
            | Self::Grow { partition, .. }
            | Self::Delete { partition } => Some(partition),
        }
    }

    /// The places where it, or a subvolume of it, is mounted, with the key that says so.
    pub(super) fn mounts(&self) -> Vec<(String, &'a MountPath)> {
        let whole = |at| ("mount".to_owned(), at);
        match *self {
            Self::Keep { mount, .. } | Self::Shrink { mount, .. } | Self::Grow { mount, .. } => {
                mount.map(whole).into_iter().collect()
            }
            Self::Unlock {
                inside: Unlocked::Mounted(at),
                ..
            } => vec![whole(at)],
            Self::Subvolumes { subvolumes, .. } => places_of(subvolumes).collect(),
            Self::Delete { .. } => Vec::new(),
            Self::Create { holds, .. }
            | Self::Format { holds, .. }
            | Self::Unlock {
                inside: Unlocked::Formatted(holds),
                ..
            } => match holds {
                Holds::BiosBoot | Holds::Swap { .. } => Vec::new(),
                Holds::FileSystem(made) => {
                    let whole = made.mount.map(whole).into_iter();
                    whole.chain(places_of(made.subvolumes)).collect()
                }
            },
        }
    }
}

/// Where subvolumes are mounted, with the key that says so.
fn places_of(subvolumes: &[ManualSubvolume]) -> impl Iterator<Item = (String, &MountPath)> {
    let parts = subvolumes.iter().enumerate();
    parts.filter_map(|(index, part)| Some((subvolume_key(index, "mount"), part.mount.as_ref()?)))
}

/// A key of the subvolume at a place in a partition's list.
pub(super) fn subvolume_key(index: usize, key: &str) -> String {
    format!("subvolumes[{index}].{key}")
}
