//! Disks as the kernel, udev and the partition tables describe them.

use super::{Fact, FoundLinux, HomeFolder, Inside, Installed, Shrink, Subvolumes};
use crate::units::{Bytes, SectorSize, Sectors};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A whole disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disk {
    /// The kernel's name for it in this boot, such as `nvme0n1`.
    pub name: String,
    /// The device node, such as `/dev/nvme0n1`.
    pub path: PathBuf,
    /// Lasting names below `/dev/disk/by-id`, sorted.
    pub by_id: Vec<PathBuf>,
    /// Lasting names below `/dev/disk/by-path`, sorted.
    pub by_path: Vec<PathBuf>,
    /// The model, as udev decodes it.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// The World Wide Name (or EUI-64 / NGUID of NVMe).
    pub wwn: Option<String>,
    /// Its capacity.
    pub size: Bytes,
    /// Its sector sizes.
    pub sectors: SectorSizes,
    /// How it is attached.
    pub transport: Transport,
    /// Whether it has spinning platters.
    pub rotational: bool,
    /// Whether the kernel calls it removable, or it hangs on USB or a card reader.
    pub removable: bool,
    /// Whether it refuses writes.
    pub read_only: bool,
    /// The partition table, or what stands in its place.
    pub table: Fact<Table>,
    /// Where a file system directly on the disk is mounted, or its swap is in use; also those of
    /// partitions that the kernel shows and `table` does not have.
    pub mounts: Vec<PathBuf>,
    /// Devices built on top of the whole disk (mappers, arrays), or of such partitions, by kernel
    /// name.
    pub holders: Vec<String>,
    /// Whether the running live system was started from it, or it carries something that was.
    pub live_medium: bool,
}

impl Disk {
    /// The name to address it by after the next boot: by-id where there is one, else by-path, and
    /// only without either the device node, which may be another disk's then.
    pub fn lasting_path(&self) -> &PathBuf {
        let lasting = self.by_id.first().or_else(|| self.by_path.first());
        lasting.unwrap_or(&self.path)
    }

    /// Its partitions, none if the disk has no table or it can't be read.
    pub fn partitions(&self) -> &[Partition] {
        match &self.table {
            Fact::Known(Table::Partitioned { partitions, .. }) => partitions,
            Fact::Known(Table::Whole { .. }) | Fact::Unknown(_) => &[],
        }
    }
}

/// The sector sizes of a disk (`queue/logical_block_size`, `queue/physical_block_size`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorSizes {
    /// What commands count in; positions in tables are in this unit.
    pub logical: SectorSize,
    /// What the disk writes at once.
    pub physical: SectorSize,
}

/// How a disk is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Serial or parallel ATA.
    Ata,
    /// SCSI or SAS.
    Scsi,
    /// NVM Express.
    Nvme,
    /// Universal Serial Bus.
    Usb,
    /// SD card or eMMC.
    Mmc,
    /// A virtual machine's paravirtual disk.
    Virtio,
    /// Xen's paravirtual disk.
    Xen,
    /// Anything else.
    Other,
}

/// What stands at the beginning of a disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Table {
    /// A partition table.
    Partitioned {
        /// GPT or MBR, with its identifier.
        kind: TableKind,
        /// In the order of their first sectors.
        partitions: Vec<Partition>,
        /// Sectors that no partition covers, in order; slivers of alignment included.
        gaps: Vec<Gap>,
        /// Whether the boot record before a GPT lists partitions of its own as well (a hybrid MBR, as
        /// Boot Camp makes it): two tables for one disk.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        hybrid: bool,
        /// Why it can be read, and can't be written anew so that what is in it stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        flaw: Option<GptFlaw>,
    },
    /// No table: the whole disk is one region.
    Whole {
        /// What is in it.
        content: Content,
    },
}

/// What is wrong with a GPT that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GptFlaw {
    /// Of its two headers, the first is damaged; what is known of it comes from the second.
    FirstHeaderDamaged,
    /// Its entries do not begin right behind the first header, at sector 2, but at this one: firmware of some
    /// boards lies between.
    EntriesAt(Sectors),
}

/// The kind of a partition table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TableKind {
    /// GUID partition table.
    Gpt {
        /// The disk's GUID, lower case with dashes.
        guid: String,
    },
    /// Master boot record.
    Mbr {
        /// The disk signature, eight hexadecimal digits.
        signature: String,
    },
}

/// One partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partition {
    /// Its number in the table, from 1.
    pub number: u32,
    /// The device node, such as `/dev/sda1`.
    pub path: PathBuf,
    /// Its first sector (logical).
    pub start: Sectors,
    /// Its length (logical sectors).
    pub length: Sectors,
    /// GPT: the type GUID, lower case; MBR: the type as `0x83`.
    pub type_id: String,
    /// GPT: the partition's GUID; MBR: signature and number, as `PARTUUID` has it.
    pub guid: Option<String>,
    /// GPT: the partition's name.
    pub name: Option<String>,
    /// GPT: its attributes (UEFI specification 2.10, table 5.8); MBR: the first byte of its entry, 0x80 in the
    /// active one. A machine that was recorded without them has none.
    #[serde(default, skip_serializing_if = "is_none_set")]
    pub attributes: u64,
    /// What is in it.
    pub content: Content,
    /// Where it is mounted now; `[SWAP]` when in use as swap.
    pub mounts: Vec<PathBuf>,
    /// Devices built on top of it, by kernel name.
    pub holders: Vec<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_none_set(attributes: &u64) -> bool {
    *attributes == 0
}

/// The type GUID of a BIOS boot partition, as [`Partition::type_id`] has it: the core image of a GRUB
/// lies there, in no file system (GRUB manual, "BIOS installation").
const BIOS_BOOT: &str = "21686148-6449-6e6f-744e-656564454649";

impl Partition {
    /// Why it is not known what it holds, if it is not: neither by its content nor by its type.
    pub fn unknown_content(&self) -> Option<&str> {
        match &self.content {
            Content::Unknown(reason) if !self.holds_loader() => Some(reason),
            Content::Unknown(_) | Content::Formatted(_) | Content::Blank => None,
        }
    }

    /// What is in its LUKS container, where somebody has looked into it.
    pub fn inside(&self) -> Option<&Inside> {
        match &self.content {
            Content::Formatted(fs) => fs.inside.as_deref(),
            Content::Blank | Content::Unknown(_) => None,
        }
    }

    /// Whether logical partitions of an MBR lie in it: the types for CHS, for LBA and of Linux.
    pub fn is_extended(&self) -> bool {
        matches!(self.type_id.as_str(), "0x05" | "0x0f" | "0x85")
    }

    /// Whether it is a boot loader's own, by its type.
    pub fn holds_loader(&self) -> bool {
        self.type_id == BIOS_BOOT
    }
}

/// Sectors that no partition covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The first free sector (logical).
    pub start: Sectors,
    /// How many are free (logical).
    pub length: Sectors,
}

/// What a region of a disk holds. Unknown is not blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Something with a signature.
    Formatted(FileSystem),
    /// Looked at: no signature, and every sample reads as never written.
    Blank,
    /// Could not be looked at, or holds data without a known signature; the text says which.
    Unknown(String),
}

/// A file system, or another format with a signature (`crypto_LUKS`, `LVM2_member`, `swap`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSystem {
    /// The name that libblkid gives it, such as `ext4` or `ntfs`.
    pub kind: String,
    /// Its label.
    pub label: Option<String>,
    /// Its identifier in its own notation (vfat: `1234-ABCD`).
    pub uuid: Option<String>,
    /// Its own size, where it is known without mounting it.
    pub size: Option<Bytes>,
    /// How much of it is in use, where that is known.
    pub used: Option<Bytes>,
    /// How small it can become, where that was measured: it takes time, and its own tools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shrink: Option<Shrink>,
    /// The folders at its top with their owners, where it can hold home folders and was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_folders: Option<Vec<HomeFolder>>,
    /// The system whose root it is, where it was looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installed: Option<Installed>,
    /// What is in it, where it is a LUKS container and was unlocked to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Box<Inside>>,
    /// The subvolumes in it, where it is a btrfs and was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subvolumes: Option<Box<Subvolumes>>,
}

/// What libblkid calls parts of a volume that may span others: what makes one anew breaks them. A journal
/// apart from its file system is one.
pub(crate) const SPANNING: [&str; 12] = [
    "linux_raid_member",
    "LVM2_member",
    "zfs_member",
    "bcache",
    "bcachefs",
    "isw_raid_member",
    "ddf_raid_member",
    "stratis",
    "drbd",
    "jbd",
    "xfs_external_log",
    "VMFS_volume_member",
];

impl FileSystem {
    /// Whether it may be a part of a volume on several devices.
    pub fn may_span_devices(&self) -> bool {
        SPANNING.contains(&self.kind.as_str())
    }

    /// One of this kind, of which nothing else is known.
    pub fn of_kind(kind: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            label: None,
            uuid: None,
            size: None,
            used: None,
            shrink: None,
            home_folders: None,
            installed: None,
            inside: None,
            subvolumes: None,
        }
    }

    /// The folders at its top with their owners, or at that of a subvolume, where they are known.
    pub fn folders_in(&self, subvolume: Option<&str>) -> Option<&[HomeFolder]> {
        match subvolume {
            None => self.home_folders.as_deref(),
            Some(path) => self.subvolumes.as_ref()?.at(path)?.home_folders.as_deref(),
        }
    }

    /// The Linux whose root it is, or is in the container that it is, if one was found.
    pub fn linux(&self) -> Option<&FoundLinux> {
        match &self.seen()?.installed {
            Some(Installed::Linux(linux)) => Some(linux),
            Some(Installed::Nothing | Installed::Windows) | None => None,
        }
    }

    /// What can be seen: where somebody has looked into a container, the file system in it, if there is one.
    pub fn seen(&self) -> Option<&Self> {
        match &self.inside {
            None => Some(self),
            Some(inside) => match &inside.content {
                Content::Formatted(found) => Some(found),
                Content::Blank | Content::Unknown(_) => None,
            },
        }
    }
}
