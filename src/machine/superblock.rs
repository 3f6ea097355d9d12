//! How large a file system says it is, from the beginning of its device: what a tool has done to it is looked at
//! without that tool.
//!
//! As their documentation lays superblocks out: ext4 (kernel.org, "Ext4 Disk Layout"), btrfs ("On-disk
//! Format"), XFS ("XFS Filesystem Structure"), f2fs (`f2fs_fs.h`), NTFS (its boot sector).

use crate::units::Bytes;

/// How much of a device has to be read for [`size`].
pub(crate) const HEAD: Bytes = Bytes(128 << 10);

/// The size of a file system of this kind, as libblkid calls it; none if its beginning is another one.
pub(crate) fn size(kind: &str, head: &[u8]) -> Option<Bytes> {
    match kind {
        "ext2" | "ext3" | "ext4" => ext(head.get(1024..)?),
        "btrfs" => btrfs(head.get(0x1_0000..)?),
        "xfs" => xfs(head),
        "f2fs" => f2fs(head.get(1024..)?),
        "ntfs" => ntfs(head),
        _ => None,
    }
}

fn ext(block: &[u8]) -> Option<Bytes> {
    const INCOMPAT_64BIT: u32 = 0x80;
    if block.get(0x38..0x3A)? != [0x53, 0xEF] {
        return None;
    }
    let wide = little_32(block, 0x60)? & INCOMPAT_64BIT != 0;
    let high = if wide { little_32(block, 0x150)? } else { 0 };
    let count = u64::from(high) << 32 | u64::from(little_32(block, 0x4)?);
    shifted(count, little_32(block, 0x18)?.checked_add(10)?)
}

/// Of all devices together; there is one, or it is not resized.
fn btrfs(block: &[u8]) -> Option<Bytes> {
    let is_one = block.get(0x40..0x48)? == b"_BHRfS_M";
    let size = little_64(block, 0x70)?;
    is_one.then_some(Bytes(size))
}

/// Most significant byte first.
fn xfs(block: &[u8]) -> Option<Bytes> {
    let is_one = block.get(..4)? == b"XFSB";
    let unit = u32::from_be_bytes(bytes(block, 4)?);
    let count = u64::from_be_bytes(bytes(block, 8)?);
    let size = count.checked_mul(u64::from(unit))?;
    is_one.then_some(Bytes(size))
}

fn f2fs(block: &[u8]) -> Option<Bytes> {
    const MAGIC: u32 = 0xF2F5_2010;
    let is_one = little_32(block, 0)? == MAGIC;
    let size = shifted(little_64(block, 36)?, little_32(block, 16)?)?;
    is_one.then_some(size)
}

/// The last sector of the device is a copy of the first, and no part of it.
fn ntfs(block: &[u8]) -> Option<Bytes> {
    let is_one = block.get(3..11)? == b"NTFS    ";
    let sector = u64::from(u16::from_le_bytes(bytes(block, 11)?));
    let size = little_64(block, 0x28)?
        .checked_add(1)?
        .checked_mul(sector)?;
    is_one.then_some(Bytes(size))
}

fn shifted(count: u64, shift: u32) -> Option<Bytes> {
    let unit = 1_u64.checked_shl(shift)?;
    count.checked_mul(unit).map(Bytes)
}

fn little_32(block: &[u8], at: usize) -> Option<u32> {
    bytes(block, at).map(u32::from_le_bytes)
}

fn little_64(block: &[u8], at: usize) -> Option<u64> {
    bytes(block, at).map(u64::from_le_bytes)
}

fn bytes<const N: usize>(block: &[u8], at: usize) -> Option<[u8; N]> {
    block.get(at..at.checked_add(N)?)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_something_else_has_no_size() {
        let zeros = vec![0; usize::try_from(HEAD.0).unwrap()];
        for kind in ["ext4", "btrfs", "xfs", "f2fs", "ntfs", "vfat"] {
            assert_eq!(size(kind, &zeros), None, "{kind}");
            assert_eq!(size(kind, &zeros[..100]), None, "{kind}");
        }
    }
}
