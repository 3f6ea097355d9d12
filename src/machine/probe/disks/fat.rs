//! Size and use of FAT file systems: the allocation table itself is counted, since the count beside
//! it is a hint that may be stale (Microsoft's "FAT: General Overview of On-Disk Format").

use super::measure::read;
use crate::units::Bytes;
use std::fs::File;
use std::os::unix::fs::FileExt;

/// The largest table that is read: that of an ESP has one MiB or less.
const LARGEST: u64 = 4 << 20;

/// What the first sector says.
struct Layout {
    /// Where the first table begins, in bytes.
    table: u64,
    /// How many clusters there are.
    clusters: u64,
    /// The size of one, in bytes.
    cluster: u64,
}

/// Size and use in bytes; none if it is not FAT16 or FAT32, or its table is large.
pub(super) fn measure(device: &File) -> Option<(Bytes, Bytes)> {
    let layout = layout(device)?;
    let width: u64 = match layout.clusters {
        0..4085 => return None,
        4085..65525 => 2,
        65525.. => 4,
    };
    // Two entries come before that of the first cluster.
    let length = (layout.clusters + 2).checked_mul(width)?;
    let mut table = vec![0; usize::try_from(length).ok().filter(|_| length <= LARGEST)?];
    device.read_exact_at(&mut table, layout.table).ok()?;
    let width = usize::try_from(width).ok()?;
    // The upper four bits of a FAT32 entry mean nothing.
    let is_free = |entry: &&[u8]| match entry {
        [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]) & 0x0FFF_FFFF == 0,
        other => other.iter().all(|byte| *byte == 0),
    };
    let free = table.chunks_exact(width).skip(2).filter(is_free).count();
    let used = layout.clusters.checked_sub(u64::try_from(free).ok()?)?;
    let bytes = |clusters: u64| Bytes(clusters.saturating_mul(layout.cluster));
    Some((bytes(layout.clusters), bytes(used)))
}

fn layout(device: &File) -> Option<Layout> {
    let short = |at| Some(u64::from(u16::from_le_bytes(read(device, at)?)));
    let long = |at| Some(u64::from(u32::from_le_bytes(read(device, at)?)));
    let byte = |at| Some(u64::from(u8::from_le_bytes(read(device, at)?)));
    let either = |first: u64, second: Option<u64>| if first > 0 { Some(first) } else { second };
    let sector = short(11)?;
    let per_cluster = byte(13)?;
    if !sector.is_power_of_two() || sector < 512 || !per_cluster.is_power_of_two() {
        return None;
    }
    let reserved = short(14)?;
    let table = either(short(22)?, long(36))?;
    let root = (short(17)? * 32).div_ceil(sector);
    let all = either(short(19)?, long(32))?;
    let before = reserved + byte(16)? * table + root;
    Some(Layout {
        table: reserved * sector,
        clusters: all.checked_sub(before)? / per_cluster,
        cluster: per_cluster * sector,
    })
}
