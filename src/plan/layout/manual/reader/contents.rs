//! What is made in a partition, by what the preset says of it or leaves to what it is for.

use super::Reader;
use crate::plan::layout::manual::subvolumes;
use crate::plan::layout::manual::wish::{FileSystem, Holds, Made};
use crate::plan::{Problem, ProblemId};
use crate::preset::{FileSystemKind, MountPath, PartitionFormat, PartitionType, VolumeLabel};
use crate::storage::Start;

impl<'a> Reader<'a> {
    /// What is made in it.
    pub(super) fn holds(&self) -> Result<Holds<'a>, Problem> {
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
