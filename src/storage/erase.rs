//! Erase one disk: what the firmware starts from, and the rest for the root file system.

use super::table::{NewPartition, NewTable, PartitionRole};
use crate::machine::Architecture;
use crate::units::{Bytes, SectorSize, Sectors};
use uuid::Uuid;

/// What the firmware starts the system from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// A UEFI firmware: an ESP, which holds the kernels and initrds of many generations.
    Esp,
    /// A BIOS: a BIOS boot partition for GRUB's core image. The GRUB manual, "BIOS installation",
    /// asks for 31 KiB at least and suggests 1 MiB.
    BiosBoot,
}

impl Start {
    const fn size(self) -> Bytes {
        match self {
            Self::Esp => Bytes::gib(1),
            Self::BiosBoot => Bytes::mib(1),
        }
    }

    const fn role(self) -> PartitionRole {
        match self {
            Self::Esp => PartitionRole::Esp,
            Self::BiosBoot => PartitionRole::BiosBoot,
        }
    }

    const fn partition_name(self) -> &'static str {
        match self {
            Self::Esp => "ESP",
            Self::BiosBoot => "BIOS boot",
        }
    }
}

/// Sectors at the end of a disk that the backup table takes: 16 KiB of entries and a header.
const fn backup_sectors(size: SectorSize) -> Sectors {
    Sectors((16 * 1024) / size.bytes() + 1)
}

/// The disk is smaller than the system needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the disk holds {size}, and this installation needs at least {needed}")]
pub struct TooSmall {
    /// What the disk holds.
    pub size: Bytes,
    /// What it would have to hold.
    pub needed: Bytes,
}

/// The smallest disk that holds what is started from, a root partition of `root` and the tables.
pub const fn disk_minimum(start: Start, root: Bytes) -> Bytes {
    Bytes(start.size().0 + root.0 + Bytes::mib(3).0)
}

/// Lays out a whole disk of `size`: from the first MiB on the ESP (1 GiB) or the BIOS boot
/// partition (1 MiB), then root up to the last whole MiB before the backup table. `next` draws a
/// fresh GUID each time.
///
/// # Errors
/// The root partition would be smaller than `root_minimum`.
pub fn erase(
    size: Bytes,
    sector_size: SectorSize,
    start: Start,
    architecture: Architecture,
    root_minimum: Bytes,
    mut next: impl FnMut() -> Uuid,
) -> Result<NewTable, TooSmall> {
    let mib = sector_size.per_mib();
    let length = size.whole_sectors(sector_size);
    let start_length = start.size().whole_sectors(sector_size);
    let root_start = Sectors(mib.0 + start_length.0);
    let end = Sectors(length.0.saturating_sub(backup_sectors(sector_size).0)).align_down(mib);
    let root_length = Sectors(end.0.saturating_sub(root_start.0));
    if root_length.bytes(sector_size) < root_minimum {
        return Err(TooSmall {
            size,
            needed: disk_minimum(start, root_minimum),
        });
    }
    let root_role = match architecture {
        Architecture::X86_64 => PartitionRole::RootX86_64,
        Architecture::Aarch64 => PartitionRole::RootAarch64,
    };
    let guid = next();
    let mut partition = |number, role, name: &str, first, length| NewPartition {
        number,
        role,
        guid: next(),
        name: name.to_owned(),
        start: first,
        length,
    };
    let name = start.partition_name();
    let partitions = vec![
        partition(1, start.role(), name, mib, start_length),
        partition(2, root_role, "nixos", root_start, root_length),
    ];
    Ok(NewTable {
        guid,
        sector_size,
        length,
        partitions,
    })
}
