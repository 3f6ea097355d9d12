//! A partition table as it will be written.

use crate::units::{SectorSize, Sectors};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A new GUID partition table, as the UEFI specification 2.10, chapter 5, has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTable {
    /// The disk's GUID.
    pub guid: Uuid,
    /// The unit of every position here.
    pub sector_size: SectorSize,
    /// The disk's length.
    pub length: Sectors,
    /// In the order of their first sectors.
    pub partitions: Vec<NewPartition>,
}

/// A new partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPartition {
    /// Its slot in the table, from 1.
    pub number: u32,
    /// What it is for; gives the type GUID.
    pub role: PartitionRole,
    /// Its own GUID, by which the engine finds it below `/dev/disk/by-partuuid`.
    pub guid: Uuid,
    /// Its name in the table, at most 36 UTF-16 units.
    pub name: String,
    /// Its first sector.
    pub start: Sectors,
    /// Its length.
    pub length: Sectors,
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
    /// The BIOS boot partition: GRUB's core image, and no file system.
    BiosBoot,
    /// Kernels for the boot loader, beside a root that it can't read (XBOOTLDR).
    Boot,
    /// Swap.
    Swap,
    /// The root file system of a 64-bit PC.
    #[serde(rename = "root_x86_64")]
    RootX86_64,
    /// The root file system of a 64-bit ARM machine.
    RootAarch64,
}

impl PartitionRole {
    /// The type GUID: UEFI specification, table 5.7, the Discoverable Partitions Specification, and
    /// for the BIOS boot partition the GRUB manual ("BIOS installation").
    pub const fn type_guid(self) -> Uuid {
        match self {
            Self::Esp => Uuid::from_u128(0xC12A7328_F81F_11D2_BA4B_00A0C93EC93B),
            Self::BiosBoot => Uuid::from_u128(0x21686148_6449_6E6F_744E_656564454649),
            Self::Boot => Uuid::from_u128(0xBC13C2FF_59E6_4262_A352_B275FD6F7172),
            Self::Swap => Uuid::from_u128(0x0657FD6D_A4AB_43C4_84E5_0933C84B4F4F),
            Self::RootX86_64 => Uuid::from_u128(0x4F68BCE3_E8CD_4DB1_96E7_FBCAF984B709),
            Self::RootAarch64 => Uuid::from_u128(0xB921B045_1DF0_41C3_AF44_4C6F280D3FAE),
        }
    }
}
