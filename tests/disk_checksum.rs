//! The checksum by which the virtual machine's scenarios see that a disk was not written to: whatever
//! is done to an image changes it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "vm/checksum.rs"]
mod checksum;

use checksum::checksum;
use rustix::fs::{FallocateFlags, fallocate};
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A mebibyte of a pattern, then a hole of the same size.
fn image(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("checksum-{name}.img"));
    fs::write(&path, vec![0x5A; 1 << 20]).unwrap();
    let file = File::options().write(true).open(&path).unwrap();
    file.set_len(2 << 20).unwrap();
    path
}

/// Whether the checksum sees what is done to the image.
fn is_seen(name: &str, harm: impl FnOnce(&mut File)) -> bool {
    let path = image(name);
    let before = checksum(&path).unwrap();
    let mut file = File::options().write(true).open(&path).unwrap();
    harm(&mut file);
    file.sync_all().unwrap();
    drop(file);
    let after = checksum(&path).unwrap();
    fs::remove_file(&path).unwrap();
    before != after
}

fn write_at(file: &mut File, at: u64, bytes: &[u8]) {
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

#[test]
fn an_image_that_nobody_writes_to_keeps_its_checksum() {
    assert!(!is_seen("idle", |_| ()));
    assert!(!is_seen("same", |file| write_at(file, 512, &[0x5A; 512])));
}

#[test]
fn one_bit_in_the_pattern_is_seen() {
    assert!(is_seen("first", |file| write_at(file, 0, &[0x5B])));
    assert!(is_seen("last", |file| write_at(
        file,
        (1 << 20) - 1,
        &[0x5B]
    )));
}

#[test]
fn zeros_in_a_hole_are_seen() {
    assert!(is_seen("zero", |file| write_at(
        file,
        (2 << 20) - 512,
        &[0; 512]
    )));
}

#[test]
fn a_discard_is_seen() {
    let punch = FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE;
    assert!(is_seen("discard", |file| fallocate(
        &*file,
        punch,
        1 << 16,
        1 << 16
    )
    .unwrap()));
}

#[test]
fn another_size_is_seen() {
    assert!(is_seen("longer", |file| file.set_len(3 << 20).unwrap()));
}
