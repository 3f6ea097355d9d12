//! Measuring file systems in image files with the tools of this computer; no image changes meanwhile.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::probe::Here;
use nevado::machine::shrink::measure;
use nevado::machine::{CannotShrink, Content, FileSystem, Measured, Region, Shrink};
use nevado::units::Bytes;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder for images; `make` runs a tool that has to succeed.
struct Images(tempfile::TempDir);

impl Images {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn empty(&self, name: &str, size: Bytes) -> PathBuf {
        let path = self.path(name);
        File::create(&path).unwrap().set_len(size.0).unwrap();
        path
    }

    /// Runs a program with words and the image as its last argument.
    fn make(line: &str, image: &Path) {
        let mut words = line.split(' ');
        let output = Command::new(words.next().unwrap())
            .args(words)
            .arg(image)
            .env("PATH", "/usr/sbin:/sbin:/usr/bin:/bin")
            .output()
            .unwrap_or_else(|error| panic!("{line}: {error} (see tests/install-dependencies.sh)"));
        assert!(output.status.success(), "{line}: {output:?}");
    }
}

fn measured(kind: &str, image: &Path) -> Shrink {
    let content = Content::Formatted(FileSystem::of_kind(kind));
    let region = Region {
        content: &content,
        mounts: &[],
        holders: &[],
    };
    let before = std::fs::read(image).unwrap();
    let found = measure(region, image, &mut Here);
    assert!(
        before == std::fs::read(image).unwrap(),
        "{kind} was written"
    );
    found
}

fn possible(kind: &str, image: &Path) -> Measured {
    match measured(kind, image) {
        Shrink::Possible(found) => found,
        Shrink::Impossible(why) => panic!("{kind}: {why}"),
    }
}

#[test]
fn ext4_shrinks_to_what_was_measured() {
    let images = Images::new();
    let image = images.empty("ext4", Bytes::mib(256));
    Images::make("mkfs.ext4 -q", &image);
    let found = possible("ext4", &image);
    assert_eq!(found.size, Bytes::mib(256));
    Images::make("e2fsck -f -p", &image);
    let kib = found.minimum.0.div_ceil(1024);
    let shrunk = Command::new("resize2fs")
        .arg(&image)
        .arg(format!("{kib}K"))
        .env("PATH", "/usr/sbin:/sbin")
        .output()
        .unwrap();
    assert!(shrunk.status.success(), "{shrunk:?}");
    assert_eq!(possible("ext4", &image).size, found.minimum);
}

#[test]
fn ext4_with_an_open_journal_stays() {
    let images = Images::new();
    let image = images.empty("ext4", Bytes::mib(64));
    Images::make("mkfs.ext4 -q", &image);
    let debugfs = |request: &str| {
        let output = Command::new("debugfs")
            .args(["-w", "-R", request])
            .arg(&image)
            .env("PATH", "/usr/sbin:/sbin")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    debugfs("feature needs_recovery");
    assert_eq!(
        measured("ext4", &image),
        Shrink::Impossible(CannotShrink::Dirty)
    );
}

#[test]
fn ntfs_is_measured_unless_windows_sleeps() {
    let images = Images::new();
    let image = images.empty("ntfs", Bytes::mib(256));
    Images::make("mkfs.ntfs -q -F", &image);
    let found = possible("ntfs", &image);
    assert!(found.size <= Bytes::mib(256) && found.size > Bytes::mib(255));
    assert!(found.minimum < Bytes::mib(16), "{found:?}");
    let memory = images.path("memory");
    for (magic, sleeps) in [(b"wake", false), (b"HIBR", true)] {
        let mut content = vec![0; 100_000];
        content[..4].copy_from_slice(magic);
        std::fs::write(&memory, content).unwrap();
        let output = Command::new("ntfscp")
            .arg(&image)
            .arg(&memory)
            .arg("hiberfil.sys")
            .env("PATH", "/usr/sbin:/usr/bin:/bin")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let hibernated = Shrink::Impossible(CannotShrink::Hibernated);
        assert_eq!(measured("ntfs", &image) == hibernated, sleeps);
    }
}

#[test]
fn btrfs_is_measured_without_a_mount() {
    let images = Images::new();
    let image = images.empty("btrfs", Bytes::mib(256));
    Images::make("mkfs.btrfs -q", &image);
    let found = possible("btrfs", &image);
    assert_eq!(found.size, Bytes::mib(256));
    assert!(found.minimum > Bytes::mib(16) && found.minimum < Bytes::mib(256));
}

#[test]
fn noise_is_damaged() {
    let images = Images::new();
    let image = images.empty("noise", Bytes::mib(8));
    for kind in ["ext4", "ntfs", "btrfs"] {
        let found = measured(kind, &image);
        let damaged = matches!(found, Shrink::Impossible(CannotShrink::Damaged { .. }));
        assert!(damaged, "{kind}: {found:?}");
    }
}
