//! What the steps of a plan run: better missed before the disk has been wiped.

use crate::plan::Action;
use crate::preset::FileSystemKind;
use crate::storage::{Growable, NewFileSystem, Shrinkable};
use std::collections::BTreeSet;

/// What every plan needs.
const ALWAYS: [&str; 10] = [
    "blkid",
    "chroot",
    "mount",
    "nix-build",
    "nix-instantiate",
    "nixos-install",
    "partx",
    "udevadm",
    "umount",
    "wipefs",
];

/// The programs that these steps need, sorted.
pub(super) fn needed<'a>(actions: impl Iterator<Item = &'a Action>) -> BTreeSet<&'static str> {
    let mut programs = BTreeSet::from(ALWAYS);
    for action in actions {
        programs.extend(of(action));
    }
    programs
}

fn of(action: &Action) -> &'static [&'static str] {
    match action {
        Action::Release { .. } => &["swapoff"],
        Action::Shrink(smaller) => match smaller.file_system {
            Shrinkable::Ext => &["dumpe2fs", "e2fsck", "resize2fs"],
            Shrinkable::Btrfs => &["btrfs"],
            Shrinkable::Ntfs => &["ntfsresize", "ntfsinfo"],
        },
        Action::LookOver(larger) | Action::Grow(larger) => match larger.file_system {
            Growable::Ext => &["dumpe2fs", "e2fsck", "resize2fs"],
            Growable::Btrfs => &["btrfs"],
            Growable::Xfs => &["xfs_growfs", "xfs_repair"],
            Growable::F2fs => &["resize.f2fs", "fsck.f2fs"],
            Growable::Ntfs => &["ntfsresize", "ntfsinfo"],
        },
        // Those of a container are there where its passphrase is tried.
        Action::TryMount { kind, .. } => of_kept(kind),
        Action::Encrypt { .. }
        | Action::OpenEncrypted { .. }
        | Action::TryContainer { .. }
        | Action::OpenKept { .. } => &["cryptsetup"],
        Action::MakeFileSystem { file_system, .. } => match file_system {
            NewFileSystem::Vfat { .. } => &["mkfs.vfat", "fsck.vfat"],
            NewFileSystem::Ext4 { .. } => &["mkfs.ext4", "e2fsck"],
            NewFileSystem::Btrfs { .. } => &["mkfs.btrfs", "btrfs"],
            NewFileSystem::Xfs { .. } => &["mkfs.xfs", "xfs_repair"],
            NewFileSystem::F2fs { .. } => &["mkfs.f2fs", "fsck.f2fs"],
        },
        Action::Build { flake: Some(_) } => &["nix"],
        Action::MakeSubvolumes { .. }
        | Action::FindSubvolumes(_)
        | Action::DeleteSubvolumes { .. } => &["btrfs"],
        Action::MakeSwap { .. } => &["mkswap"],
        Action::MakeSwapFile { file_system, .. } => match file_system {
            FileSystemKind::Btrfs => &["btrfs"],
            FileSystemKind::Ext4 | FileSystemKind::Xfs | FileSystemKind::F2fs => {
                &["chmod", "fallocate", "mkswap"]
            }
        },
        _ => &[],
    }
}

/// What looks at a file system that stays.
fn of_kept(kind: &str) -> &'static [&'static str] {
    match kind {
        "vfat" => &["fsck.vfat"],
        "ext3" | "ext4" => &["dumpe2fs"],
        _ => &[],
    }
}
