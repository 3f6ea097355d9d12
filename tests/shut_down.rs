//! Whether an xfs or an f2fs was shut down cleanly, asked of the tools of this computer about images in files:
//! each as its own tool makes it, and as it is when its last unmount is taken back. No image changes meanwhile.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::CannotShrink;
use nevado::machine::probe::Here;
use nevado::machine::shrink::{Tools, f2fs_is_clean, xfs_is_clean};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

type Ask = fn(&Path, &mut dyn Tools) -> Result<(), CannotShrink>;

/// An empty file system of 320 MiB.
fn made(folder: &tempfile::TempDir, line: &str) -> PathBuf {
    let image = folder.path().join("image");
    File::create(&image).unwrap().set_len(320 << 20).unwrap();
    let mut words = line.split(' ');
    let output = Command::new(words.next().unwrap())
        .args(words)
        .arg(&image)
        .env("PATH", "/usr/sbin:/sbin:/usr/bin:/bin")
        .output()
        .unwrap_or_else(|error| panic!("{line}: {error} (see tests/install-dependencies.sh)"));
    assert!(output.status.success(), "{line}: {output:?}");
    image
}

fn asked(ask: Ask, image: &Path) -> Result<(), CannotShrink> {
    let before = std::fs::read(image).unwrap();
    let found = ask(image, &mut Here);
    assert!(before == std::fs::read(image).unwrap(), "it was written");
    found
}

fn big(bytes: &[u8], at: usize, length: usize) -> usize {
    let digits = bytes[at..at + length].iter();
    digits.fold(0, |value, byte| value << 8 | usize::from(*byte))
}

fn little(bytes: &[u8], at: usize) -> usize {
    let four: [u8; 4] = bytes[at..at + 4].try_into().unwrap();
    usize::try_from(u32::from_le_bytes(four)).unwrap()
}

/// The one record in the log says no more that this is an unmount ("XFS Algorithms & Data Structures", "Log
/// Operations": its flags).
fn leave_xfs(image: &mut [u8]) {
    const UNMOUNT: u8 = 0x20;
    let block = big(image, 4, 4);
    let start = big(image, 48, 8);
    let (group, in_group) = (start >> image[124], start & ((1 << image[124]) - 1));
    let log = (group * big(image, 84, 4) + in_group) * block;
    // Behind the header of the record: transaction, length, client, flags.
    let flags = log + 512 + 9;
    assert_eq!(image[flags], UNMOUNT);
    image[flags] = 0;
}

/// Both checkpoints say no more that they are those of an unmount (`f2fs_fs.h`: `CP_UMOUNT_FLAG`).
fn leave_f2fs(image: &mut [u8]) {
    const BLOCK: usize = 4096;
    const UNMOUNT: u8 = 1;
    let first = little(image, 1024 + 76);
    let segment = 1 << little(image, 1024 + 20);
    for pack in [first, first + segment] {
        let at = pack * BLOCK;
        let last = at + (little(image, at + 136) - 1) * BLOCK;
        let sum = little(image, at + 164);
        let mut checkpoint = image[at..at + BLOCK].to_vec();
        assert_eq!(checkpoint[132] & UNMOUNT, UNMOUNT);
        checkpoint[132] &= !UNMOUNT;
        let new = checksum(&checkpoint[..sum]).to_le_bytes();
        checkpoint[sum..sum + 4].copy_from_slice(&new);
        for copy in [at, last] {
            image[copy..copy + BLOCK].copy_from_slice(&checkpoint);
        }
    }
}

/// CRC 32 as f2fs has it: it begins with the magic number, and nothing is inverted.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0xF2F5_2010, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            sum >> 1 ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}

#[test]
fn what_was_left_mounted_is_told_from_what_was_not() {
    type Leave = fn(&mut [u8]);
    let cases: [(&str, Ask, Leave); 2] = [
        ("mkfs.xfs -q", xfs_is_clean, leave_xfs),
        ("mkfs.f2fs -q", f2fs_is_clean, leave_f2fs),
    ];
    for (line, ask, leave) in cases {
        let folder = tempfile::tempdir().unwrap();
        let image = made(&folder, line);
        assert_eq!(asked(ask, &image), Ok(()), "{line}");
        let mut bytes = std::fs::read(&image).unwrap();
        leave(&mut bytes);
        std::fs::write(&image, bytes).unwrap();
        assert_eq!(asked(ask, &image), Err(CannotShrink::Dirty), "{line}");
    }
}

/// An f2fs without its checkpoints is none, whatever its tool prints.
#[test]
fn what_is_damaged_is_told_as_that() {
    let folder = tempfile::tempdir().unwrap();
    let image = made(&folder, "mkfs.f2fs -q");
    let mut bytes = std::fs::read(&image).unwrap();
    bytes[0x20_0000..0x80_0000].fill(0);
    std::fs::write(&image, bytes).unwrap();
    let found = asked(f2fs_is_clean, &image);
    assert!(
        matches!(found, Err(CannotShrink::Damaged { .. })),
        "{found:?}"
    );
}
