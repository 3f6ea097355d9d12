//! Erase one disk: an ESP, and the rest for the root file system.

use super::table::{NewPartition, NewTable, PartitionRole};
use crate::machine::Architecture;
use crate::units::{Bytes, SectorSize, Sectors};
use uuid::Uuid;

/// The ESP holds the kernels and initrds of many generations.
const ESP: Bytes = Bytes::gib(1);

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

/// The smallest disk that holds the ESP, a root partition of `root` and the tables.
pub const fn disk_minimum(root: Bytes) -> Bytes {
    Bytes(ESP.0 + root.0 + Bytes::mib(3).0)
}

/// Lays out a whole disk of `size`: 1 GiB ESP from the first MiB on, then root up to the last
/// whole MiB before the backup table. `next` draws a fresh GUID each time.
///
/// # Errors
/// The root partition would be smaller than `root_minimum`.
pub fn erase(
    size: Bytes,
    sector_size: SectorSize,
    architecture: Architecture,
    root_minimum: Bytes,
    mut next: impl FnMut() -> Uuid,
) -> Result<NewTable, TooSmall> {
    let mib = sector_size.per_mib();
    let length = size.whole_sectors(sector_size);
    let esp_start = mib;
    let esp_length = ESP.whole_sectors(sector_size);
    let root_start = Sectors(esp_start.0 + esp_length.0);
    let end = Sectors(length.0.saturating_sub(backup_sectors(sector_size).0)).align_down(mib);
    let root_length = Sectors(end.0.saturating_sub(root_start.0));
    if root_length.bytes(sector_size) < root_minimum {
        return Err(TooSmall {
            size,
            needed: disk_minimum(root_minimum),
        });
    }
    let root_role = match architecture {
        Architecture::X86_64 => PartitionRole::RootX86_64,
        Architecture::Aarch64 => PartitionRole::RootAarch64,
    };
    let guid = next();
    let mut partition = |number, role, name: &str, start, length| NewPartition {
        number,
        role,
        guid: next(),
        name: name.to_owned(),
        start,
        length,
    };
    let partitions = vec![
        partition(1, PartitionRole::Esp, "ESP", esp_start, esp_length),
        partition(2, root_role, "nixos", root_start, root_length),
    ];
    Ok(NewTable {
        guid,
        sector_size,
        length,
        partitions,
    })
}
