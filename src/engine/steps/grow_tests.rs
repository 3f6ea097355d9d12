//! The programs themselves, on images in files, as far as they need no mount, and what superblocks say.

use super::*;
use crate::process::{self, Output};
use std::fs::{File, OpenOptions};
use std::path::PathBuf;

const BEFORE: Bytes = Bytes::mib(320);
const AFTER: Bytes = Bytes::mib(600);

/// A file system in a file that has become longer since.
fn image(folder: &tempfile::TempDir, mkfs: Command) -> PathBuf {
    let path = folder.path().join("image");
    File::create(&path).unwrap().set_len(BEFORE.0).unwrap();
    ran(&mkfs.arg(&path));
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(AFTER.0).unwrap();
    path
}

fn ran(command: &Command) -> Output {
    process::run(command, None, &mut |_, _| {}).unwrap()
}

fn size_in(kind: &str, path: &Path) -> Bytes {
    let mut head = std::fs::read(path).unwrap();
    head.truncate(usize::try_from(superblock::HEAD.0).unwrap());
    superblock::size(kind, &head).unwrap()
}

fn larger(file_system: Growable) -> Larger {
    Larger {
        partition: crate::storage::PartitionId::Gpt(uuid::Uuid::nil()),
        file_system,
        from: BEFORE,
        to: AFTER,
    }
}

#[test]
fn superblocks_say_how_large_each_kind_is() {
    let made = [
        ("ext2", Command::new("mkfs.ext2").args(["-q", "-F"])),
        (
            "ext4",
            Command::new("mkfs.ext4").args(["-q", "-F", "-b", "1024"]),
        ),
        ("btrfs", Command::new("mkfs.btrfs").arg("-q")),
        ("xfs", Command::new("mkfs.xfs").arg("-q")),
        ("f2fs", Command::new("mkfs.f2fs").arg("-q")),
        ("ntfs", Command::new("mkntfs").args(["-q", "-Q", "-F"])),
    ];
    for (kind, mkfs) in made {
        let folder = tempfile::tempdir().unwrap();
        let path = image(&folder, mkfs);
        let size = size_in(kind, &path);
        let short = BEFORE.0 - size.0;
        assert!(short < 4096, "{kind}: {size}");
    }
}

#[test]
fn ext4_grows_to_the_end_of_its_device_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = image(&folder, Command::new("mkfs.ext4").args(["-q", "-F"]));
    for _ in 0..2 {
        ran(&Command::new("e2fsck").args(["-f", "-p"]).arg(&path));
        ran(&Command::new("resize2fs").arg(&path));
        ran(&Command::new("e2fsck").args(["-f", "-n"]).arg(&path));
        assert_eq!(size_in("ext4", &path), AFTER);
    }
}

#[test]
fn f2fs_grows_to_the_end_of_its_device() {
    let folder = tempfile::tempdir().unwrap();
    let path = image(&folder, Command::new("mkfs.f2fs").arg("-q"));
    let resize = Command::new("resize.f2fs").arg(&path);
    ran(&resize.input(Secret::new("y\n")));
    ran(&Command::new("fsck.f2fs").arg("--dry-run").arg(&path));
    assert!(larger(Growable::F2fs).is_reached(size_in("f2fs", &path)));
}

#[test]
fn ntfs_grows_to_the_end_of_its_device_and_waits_for_windows_then() {
    let folder = tempfile::tempdir().unwrap();
    let path = image(&folder, Command::new("mkntfs").args(["-q", "-Q", "-F"]));
    ran(&ntfsresize("--no-action", &path));
    assert!(!larger(Growable::Ntfs).is_reached(size_in("ntfs", &path)));
    ran(&ntfsresize("--force", &path));
    assert!(larger(Growable::Ntfs).is_reached(size_in("ntfs", &path)));
    let again = process::run(&ntfsresize("--no-action", &path), None, &mut |_, _| {});
    assert!(again.is_err());
}
