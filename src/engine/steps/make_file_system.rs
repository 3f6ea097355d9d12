//! Makes a file system.

use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::StepError;
use super::{device, wipe, write_table};
use crate::storage::{Device, NewFileSystem};
use std::path::Path;

pub(super) fn run(
    context: &mut Context<'_>,
    device: &Device,
    file_system: &NewFileSystem,
) -> Result<(), StepError> {
    let path = device::own(context, device)?;
    // What lay here before may have left signatures that the new file system does not overwrite.
    context.run(&wipe::wipe_signatures(&path))?;
    let command = match file_system {
        NewFileSystem::Vfat { id, label } => Command::new("mkfs.vfat")
            .args(["-F", "32", "-i"])
            .arg(id.for_mkfs())
            .args(["-n", label]),
        // No feature is turned off for GRUB: of what e2fsprogs 1.47 turns on, 2.12 ignores
        // metadata_csum_seed and never looks at orphan_file, which is no incompatible one
        // (EXT2_DRIVER_IGNORED_INCOMPAT in its grub-core/fs/ext2.c).
        NewFileSystem::Ext4 { uuid, label } => Command::new("mkfs.ext4")
            .args(["-q", "-F", "-U"])
            .arg(uuid.to_string())
            .args(["-L", label]),
        NewFileSystem::Btrfs { uuid, label } => Command::new("mkfs.btrfs")
            .args(["-q", "-f", "-U"])
            .arg(uuid.to_string())
            .args(["-L", label]),
        NewFileSystem::Xfs { uuid, label } => Command::new("mkfs.xfs")
            .args(["-q", "-f", "-m"])
            .arg(format!("uuid={uuid}"))
            .args(["-L", label]),
        // With checksums of the inodes, which needs room in them.
        NewFileSystem::F2fs { uuid, label } => Command::new("mkfs.f2fs")
            .args(["-q", "-f", "-O", "extra_attr,inode_checksum,sb_checksum"])
            .arg("-U")
            .arg(uuid.to_string())
            .args(["-l", label]),
    };
    context.run(&command.arg(&path).within(LONG))?;
    // Links to the old content are stale until udev has looked again.
    write_table::trigger(context, &path)?;
    // Links to what lies in a container are left to other rules of udev.
    if matches!(device, Device::Mapped { .. }) {
        return Ok(());
    }
    let link = Path::new("/dev/disk/by-uuid").join(file_system.identifier());
    write_table::wait_for(context, &link)
}
