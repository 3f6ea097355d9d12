//! The layout in full: disk by disk, partition by partition.
//!
//! All of it is plain data without hidden state: an editor keeps older copies to undo, and whatever it
//! holds can be written as a preset. What belongs together is checked by the resolver, which tells each
//! mistake at its field.

use super::disk::{DiskChoice, FileSystemKind, PartitionMatch};
use super::disk_names::{MountPath, SubvolumePath, VolumeLabel};
use super::partition_flags::PartitionFlag;
use super::size::PartSize;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A disk of the manual layout. Disks that are in no list are never written to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ManualDisk {
    /// Which disk.
    pub choose: DiskChoice,
    /// What becomes of its partition table; it is kept if left out.
    pub table: ManualTable,
    /// What becomes of its partitions, and which are new. Those of a kept table that are not named stay
    /// as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partitions: Vec<ManualPartition>,
}

/// What becomes of a partition table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ManualTable {
    /// It stays, and with it all that is not named.
    #[default]
    Keep,
    /// It is replaced by a new GPT: everything on the disk is lost.
    New,
}

/// A partition of the manual layout: one that is there, named by `partition`, or a new one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ManualPartition {
    /// What is done: `create` if left out, or `keep` where `partition` names one.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    pub action: Option<ManualAction>,
    /// Which partition of a kept table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition: Option<PartitionMatch>,
    /// How large a new one is, or one that is resized; for the latter, `rest` is all of the free space right
    /// behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<PartSize>,
    /// In which gap of a kept table a new one lies, by the number of the partition before it, 0 for the
    /// beginning of the disk; the largest if left out. Several in one gap lie in the order of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_after: Option<u32>,
    /// Its type in the table; that of its use if left out.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PartitionType>,
    /// What is made in it; if left out, `vfat` for an EFI system partition, `btrfs` where there are
    /// subvolumes, and that of `[disk]` for everything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_system: Option<PartitionFormat>,
    /// Its label, which is its name in a GPT, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<VolumeLabel>,
    /// Its flags in the table: exactly these. If left out, one that stays has its own, and a new one none.
    /// A root, swap or home beside other systems has `no_auto` besides; in an MBR where nothing else is
    /// active, the first new partition is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<BTreeSet<PartitionFlag>>,
    /// Where it is mounted; nowhere if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mount: Option<MountPath>,
    /// The subvolumes of a new btrfs; or those of one that stays which are mounted, made or deleted. All
    /// others of one that stays, stay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subvolumes: Vec<ManualSubvolume>,
    /// Whether it is encrypted; the passphrase is that of `[disk]`, one for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypt: Option<bool>,
    /// Whether the LUKS container that is there is opened with the passphrase of `[disk]`, and kept: what
    /// is in it is mounted as it is, or made anew, and the container's header is not touched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlock: Option<bool>,
    /// Whether the computer hibernates into it, where it is swap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hibernation: Option<bool>,
}

/// What is done with a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ManualAction {
    /// It is new.
    Create,
    /// It stays as it is; it may be mounted.
    Keep,
    /// It stays where it is, and what is in it is replaced.
    Format,
    /// It goes.
    Delete,
    /// It is made smaller or larger together with its file system, and may be mounted. It begins where it
    /// did; it grows into the free space right behind it.
    Resize,
}

/// The type of a partition in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartitionType {
    /// The EFI system partition, which UEFI firmware starts from.
    Esp,
    /// Kernels beside an EFI system partition.
    Xbootldr,
    /// Where GRUB lies for a BIOS; it has no file system.
    BiosBoot,
    /// The root file system.
    Root,
    /// Home folders.
    Home,
    /// Swap.
    Swap,
    /// Any other file system of Linux.
    Linux,
}

/// What is made in a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartitionFormat {
    /// What firmware reads.
    Vfat,
    /// The usual one.
    Ext4,
    /// With subvolumes, compression and snapshots.
    Btrfs,
    /// For large files; can't be made smaller.
    Xfs,
    /// For flash memory; can't be made smaller.
    F2fs,
    /// Swap.
    Swap,
}

/// A subvolume of a btrfs: a new one, or one that is there in a btrfs that stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ManualSubvolume {
    /// Its path from the top, such as `@home`.
    pub name: SubvolumePath,
    /// What is done, in a btrfs that stays: `keep` if left out. In a new one, every subvolume is new.
    #[serde(rename = "do", default, skip_serializing_if = "Option::is_none")]
    pub action: Option<SubvolumeAction>,
    /// Where it is mounted; nowhere if left out. One that stays has to be mounted somewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mount: Option<MountPath>,
}

/// What is done with a subvolume of a btrfs that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubvolumeAction {
    /// It is new, and nothing has its name yet.
    Create,
    /// It stays as it is, and is mounted.
    Keep,
    /// It goes with all that is in it. Subvolumes that lie in it have to be named, too.
    Delete,
}

impl ManualPartition {
    /// What is done, said or not.
    pub fn action(&self) -> ManualAction {
        match (self.action, &self.partition) {
            (Some(action), _) => action,
            (None, Some(_)) => ManualAction::Keep,
            (None, None) => ManualAction::Create,
        }
    }
}

impl ManualPartition {
    /// Whether it, or a subvolume of it, is mounted at `/`.
    pub(super) fn has_root(&self) -> bool {
        let parts = self.subvolumes.iter().map(|part| &part.mount);
        let mut mounts = parts.chain([&self.mount]).flatten();
        mounts.any(MountPath::is_root)
    }

    /// The type of its file system, as far as it says it.
    pub(super) fn root_kind(&self) -> Option<FileSystemKind> {
        match self.file_system {
            Some(PartitionFormat::Ext4) => Some(FileSystemKind::Ext4),
            Some(PartitionFormat::Btrfs) => Some(FileSystemKind::Btrfs),
            Some(PartitionFormat::Xfs) => Some(FileSystemKind::Xfs),
            Some(PartitionFormat::F2fs) => Some(FileSystemKind::F2fs),
            Some(PartitionFormat::Vfat | PartitionFormat::Swap) => None,
            None => (!self.subvolumes.is_empty()).then_some(FileSystemKind::Btrfs),
        }
    }

    /// Whether it is made for swap.
    pub(super) fn is_swap(&self) -> bool {
        match self.file_system {
            Some(format) => format == PartitionFormat::Swap,
            None => self.kind == Some(PartitionType::Swap),
        }
    }
}

impl PartitionFormat {
    /// Every choice, in the order that lists show them.
    pub const ALL: [Self; 6] = [
        Self::Ext4,
        Self::Btrfs,
        Self::Xfs,
        Self::F2fs,
        Self::Vfat,
        Self::Swap,
    ];
}

impl From<FileSystemKind> for PartitionFormat {
    fn from(kind: FileSystemKind) -> Self {
        match kind {
            FileSystemKind::Ext4 => Self::Ext4,
            FileSystemKind::Btrfs => Self::Btrfs,
            FileSystemKind::Xfs => Self::Xfs,
            FileSystemKind::F2fs => Self::F2fs,
        }
    }
}

impl fmt::Display for PartitionFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vfat => "vfat",
            Self::Ext4 => "ext4",
            Self::Btrfs => "btrfs",
            Self::Xfs => "xfs",
            Self::F2fs => "f2fs",
            Self::Swap => "swap",
        })
    }
}

impl fmt::Display for PartitionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Esp => "EFI system partition",
            Self::Xbootldr => "partition for kernels",
            Self::BiosBoot => "BIOS boot partition",
            Self::Root => "root",
            Self::Home => "home",
            Self::Swap => "swap",
            Self::Linux => "Linux",
        })
    }
}

impl fmt::Display for ManualDisk {
    /// In a line, for the list of decisions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.table {
            ManualTable::Keep => "table kept",
            ManualTable::New => "new table",
        })?;
        for partition in &self.partitions {
            write!(f, "; {partition}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ManualPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.action() {
            ManualAction::Create => "create",
            ManualAction::Keep => "keep",
            ManualAction::Format => "format",
            ManualAction::Delete => "delete",
            ManualAction::Resize => "resize",
        };
        f.write_str(verb)?;
        if let Some(partition) = &self.partition {
            write!(f, " {partition}")?;
        }
        if let Some(size) = &self.size {
            write!(f, " {size}")?;
        }
        if let Some(kind) = self.kind {
            write!(f, " {kind}")?;
        }
        if let Some(format) = self.file_system {
            write!(f, " {format}")?;
        }
        if self.encrypt == Some(true) {
            f.write_str(" encrypted")?;
        }
        if self.unlock == Some(true) {
            f.write_str(" unlocked")?;
        }
        if let Some(flags) = &self.flags {
            f.write_str(" flags")?;
            flags.iter().try_for_each(|flag| write!(f, " {flag}"))?;
            if flags.is_empty() {
                f.write_str(" none")?;
            }
        }
        if let Some(mount) = &self.mount {
            write!(f, " at {mount}")?;
        }
        for (index, subvolume) in self.subvolumes.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            match subvolume.action {
                Some(SubvolumeAction::Create) => f.write_str(" new")?,
                Some(SubvolumeAction::Delete) => f.write_str(" without")?,
                Some(SubvolumeAction::Keep) | None => {}
            }
            write!(f, " {}", subvolume.name)?;
            if let Some(mount) = &subvolume.mount {
                write!(f, " at {mount}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{read, write};

    const TEXT: &str = "version = 1\n[disk]\nlayout = \"manual\"\nencrypt = true\n\
        [[disk.disks]]\nchoose = { serial = \"A\" }\ntable = \"new\"\n\
        [[disk.disks.partitions]]\nsize = \"1 GiB\"\nmount = \"/boot\"\n\
        [[disk.disks.partitions]]\nsize = \"25 %\"\nencrypt = true\n\
        subvolumes = [{ name = \"@\", mount = \"/\" }, { name = \"@old\" }]\n\
        [[disk.disks]]\nchoose = { serial = \"B\" }\n\
        [[disk.disks.partitions]]\npartition = { number = 3 }\ndo = \"resize\"\nsize = \"40 GiB\"\n\
        [[disk.disks.partitions]]\npartition = { number = 4 }\nmount = \"/data\"\n\
        [[disk.disks.partitions]]\npartition = { number = 5 }\n\
        subvolumes = [{ name = \"@new\", do = \"create\", mount = \"/srv\" }, { name = \"@old\", do = \"delete\" }]\n\
        [[disk.disks.partitions]]\nsize = \"rest\"\ntype = \"home\"\nlabel = \"homes\"\n\
        flags = [\"grow_file_system\", \"no_auto\"]\n";

    #[test]
    fn the_form_comes_back_the_same() {
        let preset = read(TEXT, "a.toml").unwrap();
        let disks = &preset.disk.disks;
        assert_eq!(disks.len(), 2);
        assert_eq!(disks[0].table, ManualTable::New);
        let actions: Vec<ManualAction> = disks[1]
            .partitions
            .iter()
            .map(ManualPartition::action)
            .collect();
        let expected = [
            ManualAction::Resize,
            ManualAction::Keep,
            ManualAction::Keep,
            ManualAction::Create,
        ];
        assert_eq!(actions, expected);
        let again = read(&write(&preset).unwrap(), "b.toml").unwrap();
        assert_eq!(again, preset);
    }

    #[test]
    fn a_mistake_is_told_where_it_is() {
        for (line, words) in [
            ("size = \"101 %\"", "101 %"),
            ("size = \"much\"", "40 GiB"),
            ("mount = \"home\"", "home"),
            ("mount = \"/a/../b\"", "/a/../b"),
            ("subvolumes = [{ name = \"/@\" }]", "/@"),
            ("subvolumes = [{ name = \"@\", do = \"format\" }]", "delete"),
            ("label = \"\"", "label"),
            ("file_system = \"ext5\"", "ext4"),
            ("do = \"grow\"", "resize"),
            ("flags = [\"bootable\"]", "legacy_boot"),
        ] {
            let text = format!(
                "version = 1\n[disk]\nlayout = \"manual\"\n[[disk.disks]]\n\
                 [[disk.disks.partitions]]\n{line}\n"
            );
            let error = read(&text, "a.toml").unwrap_err().to_string();
            assert!(error.contains("a.toml:6:"), "{error}");
            assert!(error.contains(words), "{error}");
        }
    }
}
