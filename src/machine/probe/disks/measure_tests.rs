//! Tests of the superblock readers: superblocks made field by field, and ext4 as `mke2fs` makes it.

use super::*;
use std::process::Command;

/// An image with bytes at some places.
fn image(fields: &[(u64, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(1 << 20).unwrap();
    for (offset, bytes) in fields {
        file.as_file().write_all_at(bytes, *offset).unwrap();
    }
    file
}

/// A program that ordinary users of Debian have outside their path.
fn tool(name: &str) -> Command {
    let mut command = Command::new(name);
    command.env("PATH", "/usr/sbin:/sbin:/usr/bin:/bin");
    command
}

#[test]
fn ext4_is_measured_as_its_own_tools_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ext4");
    File::create(&file).unwrap().set_len(64 << 20).unwrap();
    let made = tool("mke2fs")
        .args(["-q", "-t", "ext4", "-b", "1024"])
        .arg(&file)
        .output()
        .expect("mke2fs is needed (Debian: e2fsprogs)");
    assert!(made.status.success(), "{made:?}");
    let shown = tool("dumpe2fs").arg("-h").arg(&file).output();
    let shown = String::from_utf8(shown.unwrap().stdout).unwrap();
    let count = |name: &str| -> u64 {
        let mut lines = shown.lines();
        let value = lines.find_map(|line| line.strip_prefix(name)).unwrap();
        value.trim().parse().unwrap()
    };
    let (all, free) = (count("Block count:"), count("Free blocks:"));
    let expected = Some((Bytes(all * 1024), Bytes((all - free) * 1024)));
    assert_eq!(unmounted("ext4", &file), expected);
    assert_eq!(unmounted("ntfs", &file), None);
}

/// What `mkfs.vfat` makes, and what `fsck.vfat` counts on it after something was written.
#[test]
fn fat_is_measured_as_its_own_tools_do() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, mib, cluster) in [("16", 64, 4), ("32", 260, 1), ("32", 512, 8)] {
        let file = folder.path().join(format!("fat{kind}-{mib}"));
        File::create(&file).unwrap().set_len(mib << 20).unwrap();
        let made = tool("mkfs.vfat")
            .args(["-F", kind, "-s", &cluster.to_string()])
            .arg(&file)
            .output()
            .expect("mkfs.vfat is needed (Debian: dosfstools)");
        assert!(made.status.success(), "{made:?}");
        let content = folder.path().join("content");
        std::fs::write(&content, vec![7; 3_000_000]).unwrap();
        let copied = tool("mcopy")
            .arg("-i")
            .arg(&file)
            .arg(&content)
            .arg("::")
            .output();
        let copied = copied.expect("mcopy is needed (Debian: mtools)");
        assert!(copied.status.success(), "{copied:?}");
        let checked = tool("fsck.vfat")
            .args(["-n", "-v"])
            .arg(&file)
            .output()
            .unwrap();
        let text = String::from_utf8(checked.stdout).unwrap();
        // "…: 1 files, 733/130812 clusters"
        let words = text.trim().rsplit(", ").next().unwrap();
        let (used, all) = words.split_once(' ').unwrap().0.split_once('/').unwrap();
        let bytes = |clusters: &str| Bytes(clusters.parse::<u64>().unwrap() * cluster * 512);
        let expected = Some((bytes(all), bytes(used)));
        assert_eq!(unmounted("vfat", &file), expected, "{text}");
    }
}

#[test]
fn ext4_block_counts_have_two_halves() {
    let low = |n: u32| n.to_le_bytes();
    let fields: [(u64, &[u8]); 6] = [
        (1024 + 0x4, &low(5)),
        (1024 + 0xc, &low(3)),
        (1024 + 0x18, &low(2)),
        (1024 + 0x60, &low(0x80)),
        (1024 + 0x150, &low(1)),
        (1024 + 0x158, &low(1)),
    ];
    let file = image(&fields);
    let all = Bytes(((1 << 32) + 5) * 4096);
    assert_eq!(unmounted("ext4", file.path()), Some((all, Bytes(2 * 4096))));
}

#[test]
fn btrfs_and_xfs_are_measured() {
    let (all, used) = (40_000_u64.to_le_bytes(), 12_000_u64.to_le_bytes());
    let btrfs = image(&[(0x10070, &all), (0x10078, &used)]);
    let expected = Some((Bytes(40_000), Bytes(12_000)));
    assert_eq!(unmounted("btrfs", btrfs.path()), expected);
    let (block, all, free) = (4096_u32, 100_u64, 30_u64);
    let xfs = image(&[
        (4, &block.to_be_bytes()),
        (8, &all.to_be_bytes()),
        (144, &free.to_be_bytes()),
    ]);
    let expected = Some((Bytes(100 * 4096), Bytes(70 * 4096)));
    assert_eq!(unmounted("xfs", xfs.path()), expected);
}

#[test]
fn numbers_that_contradict_each_other_are_not_believed() {
    let (all, used) = (12_000_u64.to_le_bytes(), 40_000_u64.to_le_bytes());
    let btrfs = image(&[(0x10070, &all), (0x10078, &used)]);
    assert_eq!(unmounted("btrfs", btrfs.path()), None);
}
