//! Reading what the preset says of one partition: each mistake is told at its key.

use super::subvolumes;
use super::wish::{Around, Field, FileSystem, Holds, Made, Unlocked, What};
use crate::machine::{Disk, Partition};
use crate::plan::layout::region;
use crate::plan::reason::Reason;
use crate::plan::{Detail, Problem, ProblemId};
use crate::preset::{
    FileSystemKind, ManualAction, ManualPartition, MountPath, PartSize, PartitionFormat,
    PartitionType, VolumeLabel,
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

    /// Keys that mean nothing where this is done.
    fn strange_keys(&self) -> Vec<Problem> {
        use ManualAction::{Create, Delete, Format, Keep, Resize};
        let wish = self.wish;
        let keys: [(&str, bool, &[ManualAction]); 12] = [
            (
                "partition",
                wish.partition.is_some(),
                &[Keep, Format, Delete, Resize],
            ),
            ("size", wish.size.is_some(), &[Create, Resize]),
            ("gap_after", wish.gap_after.is_some(), &[Create]),
            ("type", wish.kind.is_some(), &[Create, Format]),
            ("file_system", wish.file_system.is_some(), &[Create, Format]),
            ("label", wish.label.is_some(), &[Create, Format]),
            (
                "flags",
                wish.flags.is_some(),
                &[Create, Format, Keep, Resize],
            ),
            (
                "mount",
                wish.mount.is_some(),
                &[Create, Format, Keep, Resize],
            ),
            (
                "subvolumes",
                !wish.subvolumes.is_empty(),
                &[Create, Format, Keep],
            ),
            ("encrypt", wish.encrypt.is_some(), &[Create, Format]),
            ("unlock", wish.unlock.is_some(), &[Keep, Format]),
            ("hibernation", wish.hibernation.is_some(), &[Create, Format]),
        ];
        let action = wish.action();
        let strange =
            |(_, given, fits): &(&str, bool, &[ManualAction])| *given && !fits.contains(&action);
        let told = keys.into_iter().filter(strange).map(|(key, ..)| {
            let (word, done) = match action {
                Create => ("create", "is new"),
                Keep => ("keep", "stays as it is"),
                Format => ("format", "stays where it is"),
                Delete => ("delete", "goes"),
                Resize => ("resize", "gets another size"),
            };
            let mend = match key {
                "encrypt" if action == Keep && self.names_container() => {
                    "Write `unlock = true` to open the container that is there, or leave it out."
                }
                _ => "Leave it out, or say something else to `do`.",
            };
            self.field
                .unclear(
                    key,
                    "no_meaning",
                    format!("`{key}` has no meaning for a partition that {done}"),
                    mend,
                )
                .with("key", Detail::Word(key.into()))
                .with("done", Detail::Word(word.into()))
        });
        told.collect()
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

    /// Whether the partition that is named holds a LUKS container.
    fn names_container(&self) -> bool {
        self.partition()
            .is_ok_and(|partition| KeptLuks::of(partition).is_ok())
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

    /// What is made in it.
    fn holds(&self) -> Result<Holds<'a>, Problem> {
        let wish = self.wish;
        let unclear = |key, why, message: &str| {
            Err(self
                .field
                .unclear(key, why, message, "Leave one of the two out."))
        };
        if wish.kind == Some(PartitionType::BiosBoot) {
            let more = self.given(&["file_system", "mount", "subvolumes", "encrypt", "label"]);
            return match more {
                None if self.start == Start::Esp => Err(self.field.unclear(
                    "type",
                    "core_on_uefi",
                    "this computer was started by UEFI, which a BIOS boot partition is not for",
                    "Leave the partition out, and mount an EFI system partition at /boot.",
                )),
                Some(key) => unclear(
                    key,
                    "core_alone",
                    "a BIOS boot partition holds GRUB's image and nothing else",
                ),
                None => Ok(Holds::BiosBoot),
            };
        }
        let is_swap = match (wish.file_system, wish.kind) {
            (Some(format), _) => format == PartitionFormat::Swap,
            (None, kind) => kind == Some(PartitionType::Swap),
        };
        if is_swap {
            let more = self.given(&["mount", "subvolumes", "label"]);
            return match more {
                Some(key) => unclear(key, "swap_alone", "swap is no file system"),
                None => Ok(Holds::Swap {
                    hibernation: wish.hibernation == Some(true),
                    around: self.around(),
                }),
            };
        }
        if wish.hibernation.is_some() {
            return unclear(
                "hibernation",
                "not_swap",
                "only into swap can a computer hibernate",
            );
        }
        if wish.kind == Some(PartitionType::Swap) {
            return unclear(
                "type",
                "type_swap",
                "its type says swap, and it holds something else",
            );
        }
        self.file_system().map(Holds::FileSystem)
    }

    /// The first of these keys that is given.
    fn given(&self, keys: &[&'static str]) -> Option<&'static str> {
        let wish = self.wish;
        let is_given = |key: &&'static str| match *key {
            "file_system" => wish.file_system.is_some(),
            "mount" => wish.mount.is_some(),
            "subvolumes" => !wish.subvolumes.is_empty(),
            "encrypt" => wish.encrypt == Some(true),
            _ => wish.label.is_some(),
        };
        keys.iter().copied().find(|key| is_given(key))
    }

    fn file_system(&self) -> Result<Made<'a>, Problem> {
        let wish = self.wish;
        let format = self.format()?;
        if !wish.subvolumes.is_empty() {
            if format != FileSystem::Linux(FileSystemKind::Btrfs) {
                return Err(self.field.unclear(
                    "subvolumes",
                    "only_btrfs",
                    "only btrfs has subvolumes",
                    "Write `file_system = \"btrfs\"`, or leave them out.",
                ));
            }
            if wish.mount.is_some() {
                return Err(self.field.unclear(
                    "mount",
                    "whole_or_parts",
                    "either the whole file system is mounted, or its subvolumes are",
                    "Give each subvolume a `mount` of its own, and leave this one out.",
                ));
            }
            let wrong = subvolumes::of_another(self.field, &wish.subvolumes);
            let wrong = wrong.or_else(|| subvolumes::made_twice(self.field, &wish.subvolumes));
            if let Some(problem) = wrong {
                return Err(problem);
            }
        }
        let made = Made {
            format,
            kind: wish.kind,
            mount: wish.mount.as_ref(),
            subvolumes: &wish.subvolumes,
            label: wish.label.as_ref(),
            around: self.around(),
        };
        self.check_label(made)?;
        self.check_kind(made)?;
        Ok(made)
    }

    /// What it is formatted as, said or by what it is for.
    fn format(&self) -> Result<FileSystem, Problem> {
        let wish = self.wish;
        let is_esp = wish.kind == Some(PartitionType::Esp);
        let linux = |kind| Ok(FileSystem::Linux(kind));
        match wish.file_system {
            Some(PartitionFormat::Vfat) => return Ok(FileSystem::Vfat),
            Some(PartitionFormat::Ext4) => return linux(FileSystemKind::Ext4),
            Some(PartitionFormat::Btrfs) => return linux(FileSystemKind::Btrfs),
            Some(PartitionFormat::Xfs) => return linux(FileSystemKind::Xfs),
            Some(PartitionFormat::F2fs) => return linux(FileSystemKind::F2fs),
            Some(PartitionFormat::Swap) | None => {}
        }
        let mount = wish.mount.as_ref().map(MountPath::as_str);
        match mount {
            _ if is_esp => Ok(FileSystem::Vfat),
            _ if !wish.subvolumes.is_empty() => linux(FileSystemKind::Btrfs),
            Some("/boot" | "/efi") if self.start == Start::Esp => Ok(FileSystem::Vfat),
            Some("/boot") => linux(FileSystemKind::Ext4),
            Some(_) => linux(self.usual),
            None if wish.kind.is_some() => linux(self.usual),
            None => Err(self.field.unclear(
                "file_system",
                "no_purpose",
                "what the partition is for is not said",
                "Add `mount`, `file_system`, `subvolumes` or `type`.",
            )),
        }
    }

    /// The longest label that each file system takes: mkfs.vfat(8), mke2fs(8), mkfs.btrfs(8),
    /// mkfs.xfs(8), mkfs.f2fs(8).
    fn check_label(&self, made: Made<'_>) -> Result<(), Problem> {
        let Some(label) = made.label.map(VolumeLabel::as_str) else {
            return Ok(());
        };
        let sign = |c: char| c.is_ascii_alphanumeric() || " -_".contains(c);
        let (fits, why, rule) = match made.format {
            FileSystem::Vfat => (
                label.len() <= 11 && label.chars().all(sign) && !label.starts_with([' ', '-']),
                "label_vfat",
                "11 letters, digits, `-` and `_`",
            ),
            FileSystem::Linux(FileSystemKind::Ext4) => {
                (label.len() <= 16, "label_ext4", "16 bytes")
            }
            FileSystem::Linux(FileSystemKind::Xfs) => (
                label.len() <= 12 && !label.contains(' '),
                "label_xfs",
                "12 bytes without a blank",
            ),
            FileSystem::Linux(FileSystemKind::Btrfs | FileSystemKind::F2fs) => (true, "label", ""),
        };
        match fits {
            true => Ok(()),
            false => Err(self.field.unclear(
                "label",
                why,
                format!("the label of this file system has at most {rule}"),
                "Shorten it.",
            )),
        }
    }

    /// A type that says one thing and a content that says another.
    fn check_kind(&self, made: Made<'_>) -> Result<(), Problem> {
        let at = made.mount.map(MountPath::as_str);
        let is_vfat = made.format == FileSystem::Vfat;
        match made.kind {
            Some(PartitionType::Esp) if !is_vfat => Err(self.field.unclear(
                "file_system",
                "esp_vfat",
                "firmware reads nothing but vfat on an EFI system partition",
                "Write `file_system = \"vfat\"`.",
            )),
            Some(PartitionType::Esp) if !matches!(at, None | Some("/boot" | "/efi")) => Err(self
                .field
                .error(
                    ProblemId::MountPointImpossible,
                    "mount",
                    "an EFI system partition is mounted at /boot, or at /efi beside a /boot of its own",
                    "Write `mount = \"/boot\"`.",
                )
                .because("new_esp")),
            Some(PartitionType::Xbootldr) if at.is_some_and(|at| at != "/boot") => Err(self
                .field
                .error(
                    ProblemId::MountPointImpossible,
                    "mount",
                    "a partition for kernels is mounted at /boot",
                    "Write `mount = \"/boot\"`.",
                )
                .because("kernels")),
            Some(PartitionType::Root | PartitionType::Home | PartitionType::Linux) if is_vfat => {
                Err(self.field.unclear(
                    "file_system",
                    "vfat",
                    "vfat knows neither owners nor permissions",
                    "Choose a file system of Linux, such as ext4.",
                ))
            }
            _ => Ok(()),
        }
    }
}
