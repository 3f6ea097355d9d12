//! Size and use of file systems, from the kernel or from their superblocks.
//!
//! Superblocks are read as their documentation lays them out: ext4 (kernel.org, "Ext4 Disk
//! Layout"), btrfs ("On-disk Format"), XFS ("XFS Filesystem Structure").

use super::fat;
use crate::units::Bytes;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Size and use of what is mounted at `point`.
pub(super) fn mounted(point: &Path) -> Option<(Bytes, Bytes)> {
    let stat = rustix::fs::statvfs(point).ok()?;
    let bytes = |blocks: u64| Bytes(blocks.saturating_mul(stat.f_frsize));
    let used = stat.f_blocks.saturating_sub(stat.f_bfree);
    Some((bytes(stat.f_blocks), bytes(used)))
}

/// Size and use by the superblock, for the kinds that keep both there; none without permission.
pub(super) fn unmounted(kind: &str, node: &Path) -> Option<(Bytes, Bytes)> {
    let device = File::open(node).ok()?;
    match kind {
        "ext2" | "ext3" | "ext4" => ext(&device),
        "btrfs" => btrfs(&device),
        "xfs" => xfs(&device),
        "vfat" => fat::measure(&device),
        _ => None,
    }
}

/// The superblock begins at byte 1024; blocks are counted in two halves since ext4's 64bit feature.
fn ext(device: &File) -> Option<(Bytes, Bytes)> {
    const INCOMPAT_64BIT: u32 = 0x80;
    let field = |offset: u64| little_endian_32(device, 1024 + offset);
    let shift = field(0x18)?;
    let block = 1024_u64.checked_shl(shift).filter(|_| shift <= 6)?;
    let wide = field(0x60)? & INCOMPAT_64BIT != 0;
    let count = |low: u64, high: u64| -> Option<u64> {
        let high = if wide { field(high)? } else { 0 };
        Some(u64::from(high) << 32 | u64::from(field(low)?))
    };
    let (all, free) = (count(0x4, 0x150)?, count(0xc, 0x158)?);
    Some(measures(all, all.checked_sub(free)?, block))
}

/// The superblock begins at 64 KiB; both numbers are in bytes. With several devices they are those
/// of all together.
fn btrfs(device: &File) -> Option<(Bytes, Bytes)> {
    let field = |offset: u64| little_endian_64(device, 0x10000 + offset);
    let (all, used) = (field(0x70)?, field(0x78)?);
    (used <= all).then_some((Bytes(all), Bytes(used)))
}

/// The superblock is the first sector, most significant byte first.
fn xfs(device: &File) -> Option<(Bytes, Bytes)> {
    let block = u64::from(u32::from_be_bytes(read(device, 4)?));
    let all = u64::from_be_bytes(read(device, 8)?);
    let free = u64::from_be_bytes(read(device, 144)?);
    Some(measures(all, all.checked_sub(free)?, block))
}

fn measures(all: u64, used: u64, block: u64) -> (Bytes, Bytes) {
    let bytes = |blocks: u64| Bytes(blocks.saturating_mul(block));
    (bytes(all), bytes(used))
}

fn little_endian_32(device: &File, offset: u64) -> Option<u32> {
    read(device, offset).map(u32::from_le_bytes)
}

fn little_endian_64(device: &File, offset: u64) -> Option<u64> {
    read(device, offset).map(u64::from_le_bytes)
}

pub(super) fn read<const N: usize>(device: &File, offset: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    device.read_exact_at(&mut bytes, offset).ok()?;
    Some(bytes)
}

#[cfg(test)]
#[path = "measure_tests.rs"]
mod tests;
