//! A partition table as it will be after the install.

use super::identity::{PartitionId, PartitionType, TableId};
use crate::machine::Partition;
use crate::preset::PartitionFlag;
use crate::units::{SectorSize, Sectors};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// A partition table after the install, as the UEFI specification 2.10, chapter 5, has them: a GPT or
/// an MBR.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTable {
    /// The disk's GUID or signature, which tells the kind of the table as well.
    pub id: TableId,
    /// The unit of every position here.
    pub sector_size: SectorSize,
    /// The disk's length.
    pub length: Sectors,
    /// The new partitions, in the order of their first sectors.
    pub partitions: Vec<NewPartition>,
    /// What stays of the table that is there.
    #[serde(default, skip_serializing_if = "TableBase::is_new")]
    pub base: TableBase,
}

impl NewTable {
    /// The partitions that stay, in the order of their first sectors.
    pub fn kept(&self) -> &[KeptPartition] {
        match &self.base {
            TableBase::New => &[],
            TableBase::Kept { partitions } => partitions,
        }
    }

    /// Number, first sector and length of every partition, in the order of the numbers.
    pub fn places(&self) -> Vec<(u32, Sectors, Sectors)> {
        let new = self
            .partitions
            .iter()
            .map(|p| (p.number, p.start, p.length));
        let kept = self.kept().iter().map(|p| (p.number, p.start, p.length));
        let mut all: Vec<_> = new.chain(kept).collect();
        all.sort_unstable();
        all
    }

    /// The number of the partition that is to be the active one, if the preset names it; an MBR has one.
    pub fn active(&self) -> Option<u32> {
        let is_active = |flags: &BTreeSet<PartitionFlag>| flags.contains(&PartitionFlag::Active);
        let new = self.partitions.iter().map(|p| (p.number, Some(&p.flags)));
        let kept = self.kept().iter().map(|p| (p.number, p.flags.as_ref()));
        let mut all = new.chain(kept);
        all.find(|(_, flags)| flags.is_some_and(is_active))
            .map(|(number, _)| number)
    }

    /// The number of a partition.
    pub fn number_of(&self, id: PartitionId) -> Option<u32> {
        let new = self.partitions.iter().map(|p| (p.id, p.number));
        let kept = self.kept().iter().map(|p| (p.id, p.number));
        let mut all = new.chain(kept);
        all.find(|(own, _)| *own == id).map(|(_, number)| number)
    }
}

/// What a table after the install is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "table", rename_all = "snake_case", deny_unknown_fields)]
pub enum TableBase {
    /// Nothing: it replaces whatever the disk begins and ends with.
    #[default]
    New,
    /// The disk's own: its GUID or signature, its boot record and these partitions stay, and those that
    /// are not in this list go.
    Kept {
        /// In the order of their first sectors.
        partitions: Vec<KeptPartition>,
    },
}

impl TableBase {
    /// Whether nothing of an old table stays.
    pub const fn is_new(&self) -> bool {
        matches!(self, Self::New)
    }
}

/// The name of a partition that stays. Tables are copied for every place that could be chosen, names are
/// not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct PartitionName(Arc<str>);

impl PartitionName {
    /// As the table has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for PartitionName {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl From<PartitionName> for String {
    fn from(name: PartitionName) -> Self {
        name.as_str().to_owned()
    }
}

/// A partition that stays: slot, identity, type, name and first sector are not touched, nor attributes that
/// have no name here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptPartition {
    /// Its slot in the table, from 1.
    pub number: u32,
    /// What it is known by.
    pub id: PartitionId,
    /// Its type.
    pub kind: PartitionType,
    /// Its name in the table, for people.
    pub name: Option<PartitionName>,
    /// Its first sector.
    pub start: Sectors,
    /// Its length after the install.
    pub length: Sectors,
    /// Its length now, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_now: Option<Sectors>,
    /// Its flags after the install, where the preset names them; its own otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flags: Option<BTreeSet<PartitionFlag>>,
}

impl KeptPartition {
    /// Its last sector after the install.
    pub const fn last(&self) -> Sectors {
        Sectors(self.start.0 + self.length.0.saturating_sub(1))
    }

    /// Whether logical partitions lie in it.
    pub const fn is_extended(&self) -> bool {
        self.kind.is_extended()
    }

    /// Whether it lies in an extended partition, where a chain of records numbers it from 5 on.
    pub const fn is_logical(&self) -> bool {
        matches!(self.id, PartitionId::Mbr(_, 5..))
    }

    /// How long Linux shows it, in sectors of 512 bytes.
    pub const fn shown_length(&self, length: Sectors, size: SectorSize) -> u64 {
        match self.is_extended() {
            true => shown_of_extended(length, size),
            false => length.bytes(size).0 / 512,
        }
    }

    /// How long it is before the install.
    pub fn old_length(&self) -> Sectors {
        self.length_now.unwrap_or(self.length)
    }

    /// Whether the install makes it shorter.
    pub fn is_shorter(&self) -> bool {
        self.length < self.old_length()
    }

    /// Whether the install makes it longer.
    pub fn is_longer(&self) -> bool {
        self.length > self.old_length()
    }
}

/// How long Linux shows an extended partition, in sectors of 512 bytes: only what may hold a loader's first
/// stage, so that nobody makes a file system over the chain (`block/partitions/msdos.c`).
pub const fn shown_of_extended(length: Sectors, size: SectorSize) -> u64 {
    let length = length.bytes(size).0 / 512;
    let stage = if size.bytes() > 1024 {
        size.bytes() / 512
    } else {
        2
    };
    if length > stage { stage } else { length }
}

/// A new partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPartition {
    /// Its slot in the table, from 1.
    pub number: u32,
    /// What it is for; gives the type GUID.
    pub role: PartitionRole,
    /// What it is known by; the engine finds it below `/dev/disk/by-partuuid`.
    pub id: PartitionId,
    /// Its name in the table, at most 36 UTF-16 units.
    pub name: String,
    /// Its first sector.
    pub start: Sectors,
    /// Its length.
    pub length: Sectors,
    /// The flags that are asked for; more come by what it is for, see [`attributes`](super::attributes).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<PartitionFlag>,
}

impl NewPartition {
    /// Its last sector.
    pub const fn last(&self) -> Sectors {
        Sectors(self.start.0 + self.length.0.saturating_sub(1))
    }
}

/// What a partition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartitionRole {
    /// The EFI system partition.
    Esp,
    /// The extended boot loader partition: kernels, where the ESP has no room for them.
    Xbootldr,
    /// The BIOS boot partition: GRUB's core image, and no file system.
    BiosBoot,
    /// Kernels for the boot loader, beside a root that it can't read (XBOOTLDR).
    Boot,
    /// Swap.
    Swap,
    /// Home folders.
    Home,
    /// Any other file system of Linux.
    Linux,
    /// The root file system of a 64-bit PC.
    #[serde(rename = "root_x86_64")]
    RootX86_64,
    /// The root file system of a 64-bit ARM machine.
    RootAarch64,
}

impl PartitionRole {
    /// Whether it holds the root file system, on whatever machine.
    pub const fn is_root(self) -> bool {
        matches!(self, Self::RootX86_64 | Self::RootAarch64)
    }

    /// Whether a partition that is there is for this, by its type.
    pub fn is_of(self, partition: &Partition) -> bool {
        let kind = partition.type_id.parse::<PartitionType>();
        kind.is_ok_and(|kind| kind.is(self))
    }

    /// The type in an MBR: UEFI specification, section 5.2.2, for the ESP, and what Linux' tools have
    /// for the others; none where an MBR has no such partition.
    pub const fn mbr_type(self) -> Option<u8> {
        match self {
            Self::Esp => Some(0xEF),
            Self::Xbootldr => Some(0xEA),
            Self::BiosBoot => None,
            Self::Swap => Some(0x82),
            Self::Boot | Self::Home | Self::Linux | Self::RootX86_64 | Self::RootAarch64 => {
                Some(0x83)
            }
        }
    }

    /// The type in a table of this kind; none where it has no such partition.
    pub fn kind(self, table: TableId) -> Option<PartitionType> {
        match table {
            TableId::Gpt(_) => Some(PartitionType::Gpt(self.type_guid())),
            TableId::Mbr(_) => self.mbr_type().map(PartitionType::Mbr),
        }
    }

    /// The type GUID: UEFI specification, table 5.7, the Discoverable Partitions Specification, and
    /// for the BIOS boot partition the GRUB manual ("BIOS installation").
    pub const fn type_guid(self) -> Uuid {
        match self {
            Self::Esp => Uuid::from_u128(0xC12A7328_F81F_11D2_BA4B_00A0C93EC93B),
            Self::Xbootldr => Uuid::from_u128(0xBC13C2FF_59E6_4262_A352_B275FD6F7172),
            Self::BiosBoot => Uuid::from_u128(0x21686148_6449_6E6F_744E_656564454649),
            Self::Boot => Uuid::from_u128(0xBC13C2FF_59E6_4262_A352_B275FD6F7172),
            Self::Swap => Uuid::from_u128(0x0657FD6D_A4AB_43C4_84E5_0933C84B4F4F),
            Self::Home => Uuid::from_u128(0x933AC7E1_2EB4_4F13_B844_0E14E2AEF915),
            Self::Linux => Uuid::from_u128(0x0FC63DAF_8483_4772_8E79_3D69D8477DE4),
            Self::RootX86_64 => Uuid::from_u128(0x4F68BCE3_E8CD_4DB1_96E7_FBCAF984B709),
            Self::RootAarch64 => Uuid::from_u128(0xB921B045_1DF0_41C3_AF44_4C6F280D3FAE),
        }
    }
}
