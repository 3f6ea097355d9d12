//! Reading what the preset says of one partition: each mistake is told at its key.

mod contents;
mod keys;

use super::subvolumes;
use super::wish::{Around, Field, Unlocked, What};
use crate::machine::{Disk, Partition};
use crate::plan::Problem;
use crate::plan::layout::region;
use crate::plan::reason::Reason;
use crate::preset::{
    FileSystemKind, ManualAction, ManualPartition, MountPath, PartSize, PartitionType,
};
use crate::storage::{KeptLuks, Start};

/// What a wish is read with.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub disk: &'a Disk,
    pub field: Field,
    pub wish: &'a ManualPartition,
    /// What firmware starts from.
    pub start: Start,
    /// The file system of partitions that don't say theirs.
    pub usual: FileSystemKind,
}

impl<'a> Reader<'a> {
    /// Reads it.
    ///
    /// # Errors
    /// Everything that is wrong with it by itself.
    pub(super) fn read(self) -> Result<What<'a>, Vec<Problem>> {
        let mut problems = self.strange_keys();
        let what = self.what();
        match what {
            Ok(what) if problems.is_empty() => Ok(what),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }

    fn what(self) -> Result<What<'a>, Problem> {
        let wish = self.wish;
        let mount = wish.mount.as_ref();
        match wish.action() {
            ManualAction::Create => Ok(What::Create {
                size: self.size()?,
                gap_after: wish.gap_after,
                holds: self.holds()?,
            }),
            ManualAction::Format if self.unlocks() => Ok(What::Unlock {
                partition: self.container()?,
                inside: Unlocked::Formatted(self.holds()?),
            }),
            ManualAction::Format => Ok(What::Format {
                partition: self.partition()?,
                holds: self.holds()?,
            }),
            ManualAction::Keep if self.unlocks() && !wish.subvolumes.is_empty() => {
                Err(self.field.unclear(
                    "subvolumes",
                    "unseen_subvolumes",
                    "which subvolumes there are in a container is not known before it is unlocked",
                    "Leave them out, and mount the whole file system.",
                ))
            }
            ManualAction::Keep if self.unlocks() => Ok(What::Unlock {
                partition: self.container()?,
                inside: Unlocked::Mounted(mount.ok_or_else(|| {
                    self.field.unclear(
                        "unlock",
                        "no_mount",
                        "where what is in the container is to be mounted is not said",
                        "Add a `mount`, such as `/home`, or leave `unlock` out.",
                    )
                })?),
            }),
            ManualAction::Keep if !wish.subvolumes.is_empty() => {
                subvolumes::read(self.field, self.partition()?, wish)
            }
            ManualAction::Keep => Ok(What::Keep {
                partition: self.partition()?,
                mount,
            }),
            ManualAction::Delete => Ok(What::Delete {
                partition: self.partition()?,
            }),
            ManualAction::Resize => self.resized(mount),
        }
    }

    /// A partition that gets another size.
    fn resized(self, mount: Option<&'a MountPath>) -> Result<What<'a>, Problem> {
        let size = match self.size()? {
            PartSize::Exactly(size) => Some(size.0),
            PartSize::Rest => None,
            PartSize::Percent(_) => {
                return Err(self.field.unclear(
                    "size",
                    "percent",
                    "a partition that is there gets a size of its own, or all that is free behind it",
                    "Write a size such as `40 GiB`, or `rest`.",
                ));
            }
        };
        let partition = self.partition()?;
        let now = partition.length.bytes(self.disk.sectors.logical);
        match size {
            Some(size) if size == now => Err(self
                .field
                .unclear(
                    "size",
                    "same_size",
                    format!("partition {} has {now} already", partition.number),
                    "Write another size, or leave `do` and `size` out.",
                )
                .with("number", partition.number)
                .with("size", now)),
            Some(size) if size < now => Ok(What::Shrink {
                partition,
                size,
                mount,
            }),
            size => Ok(What::Grow {
                partition,
                size,
                mount,
            }),
        }
    }

    fn size(&self) -> Result<PartSize, Problem> {
        self.wish.size.ok_or_else(|| {
            self.field.unclear(
                "size",
                "no_size",
                "how large the partition is to be is not said",
                "Add a `size`: `40 GiB`, `25 %` or `rest`.",
            )
        })
    }

    /// The one partition of the disk that is named.
    fn partition(&self) -> Result<&'a Partition, Problem> {
        let Some(wanted) = &self.wish.partition else {
            return Err(self.field.unclear(
                "partition",
                "not_said",
                "which partition is meant is not said",
                "Add `partition = { number = … }`; `nevado probe` lists them.",
            ));
        };
        region::find(self.disk, &self.field.key("partition"), wanted)
    }

    fn unlocks(&self) -> bool {
        self.wish.unlock == Some(true)
    }

    /// The partition that is named, with the container in it that stays.
    fn container(&self) -> Result<&'a Partition, Problem> {
        let partition = self.partition()?;
        let wrong =
            |key, why, message: String, mend| Err(self.field.unclear(key, why, message, mend));
        if let Err(why) = KeptLuks::of(partition) {
            let mend = "Leave `unlock` out, or name the partition that is encrypted.";
            return wrong("unlock", "no_container", why.to_string(), mend)
                .map_err(|problem| problem.telling(Reason::from(why).details));
        }
        if self.wish.encrypt == Some(true) {
            let message = "either the container that is there stays, or a new one is made";
            let mend = "Leave `encrypt` out to keep it, or `unlock` to replace it.";
            return wrong("encrypt", "stays_or_new", message.to_owned(), mend);
        }
        // Swap says what is made in the container: the partition keeps its own type.
        if let Some(kind) = self.wish.kind
            && !matches!(kind, PartitionType::Swap)
        {
            let message = "the type of a partition that stays is not changed";
            return wrong("type", "type_stays", message.to_owned(), "Leave it out.");
        }
        Ok(partition)
    }

    /// What is made around what it holds, or stays there.
    fn around(&self) -> Around {
        match (self.unlocks(), self.wish.encrypt == Some(true)) {
            (true, _) => Around::KeptContainer,
            (false, true) => Around::NewContainer,
            (false, false) => Around::Nothing,
        }
    }
}
