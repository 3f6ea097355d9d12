//! The programs themselves, on images in files, and what they print.

use super::*;
use crate::process::{self, Output};
use std::fs::File;
use std::path::PathBuf;

const SMALLER: Bytes = Bytes::mib(40);

/// A file system in a file of 64 MiB.
fn image(folder: &tempfile::TempDir, mkfs: Command) -> PathBuf {
    let path = folder.path().join("image");
    File::create(&path).unwrap().set_len(64 << 20).unwrap();
    ran(&mkfs.arg(&path));
    path
}

fn ran(command: &Command) -> Output {
    process::run(command, None, &mut |_, _| {}).unwrap()
}

#[test]
fn the_size_is_found_in_what_ntfsresize_prints() {
    let output = "Cluster size       : 4096 bytes\n\
                  Current volume size: 157282816 bytes (158 MB)\n\
                  Current device size: 314572800 bytes (315 MB)\n";
    assert_eq!(volume_size(output), Some(Bytes(157_282_816)));
    assert_eq!(volume_size("Current volume size: many\n"), None);
}

#[test]
fn ntfs_takes_the_commands_and_says_no_when_it_was_not_shut_down() {
    let folder = tempfile::tempdir().unwrap();
    let mkfs = Command::new("mkntfs").args(["-q", "-Q", "-F"]);
    let path = image(&folder, mkfs);
    ran(&ntfsresize(&["--no-action"], SMALLER, &path));
    ran(&ntfsresize(&["--force"], SMALLER, &path));
    let info = Command::new("ntfsresize").args(["--info", "--force", "--no-progress-bar"]);
    let size = volume_size(&ran(&info.arg(&path)).stdout).unwrap();
    assert!(size <= SMALLER && size.0 > SMALLER.0 - (1 << 20), "{size}");
    // It waits for Windows now: nothing makes it smaller again unasked.
    let again = ntfsresize(&["--no-action"], Bytes::mib(30), &path);
    assert!(process::run(&again, None, &mut |_, _| {}).is_err());
}

#[test]
fn ext4_takes_the_commands_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = image(&folder, Command::new("mkfs.ext4").args(["-q", "-F"]));
    for _ in 0..2 {
        ran(&Command::new("e2fsck").args(["-f", "-p"]).arg(&path));
        ran(&resize2fs(&path, SMALLER));
        ran(&Command::new("e2fsck").args(["-f", "-n"]).arg(&path));
    }
    let shown = ran(&Command::new("dumpe2fs").arg("-h").arg(&path)).stdout;
    let count = shown.lines().find_map(|l| l.strip_prefix("Block count:"));
    let block = shown.lines().find_map(|l| l.strip_prefix("Block size:"));
    let number = |text: Option<&str>| text.unwrap().trim().parse::<u64>().unwrap();
    assert_eq!(number(count) * number(block), SMALLER.0);
}
