//! What goes onto partitions: file systems, and where they are mounted.

use super::{BadTargetPath, Device, NewFileSystem, NewTable, PartitionRole, TargetPath};
use crate::identifiers::Identifiers;
use uuid::Uuid;

/// What one partition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The partition's GUID.
    pub partition: Uuid,
    /// The file system that is made in it.
    pub file_system: NewFileSystem,
    /// Where it is mounted.
    pub mounts: Vec<MountPoint>,
}

/// A place where a file system, or a part of it, is mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountPoint {
    /// Seen from the target.
    pub at: TargetPath,
    /// Mount options, as in `fileSystems.<path>.options`.
    pub options: Vec<String>,
}

impl Volume {
    /// What the file system is made in.
    pub const fn device(&self) -> Device {
        Device::Partition(self.partition)
    }

    /// The device's name in the configuration.
    pub fn configured_device(&self) -> String {
        format!("/dev/disk/by-uuid/{}", self.file_system.identifier())
    }
}

/// A volume for every new partition that holds a file system, root first.
///
/// # Errors
/// Never: the paths here are well-formed, which a test shows.
pub fn volumes(table: &NewTable, ids: &mut Identifiers) -> Result<Vec<Volume>, BadTargetPath> {
    let mut volumes = Vec::new();
    for partition in &table.partitions {
        let (file_system, mounts) = match partition.role {
            PartitionRole::BiosBoot => continue,
            PartitionRole::Esp => esp(ids)?,
            PartitionRole::RootX86_64 | PartitionRole::RootAarch64 => root(ids),
        };
        volumes.push(Volume {
            partition: partition.guid,
            file_system,
            mounts,
        });
    }
    volumes.sort_by_key(|volume| volume.mounts.iter().map(depth).min());
    Ok(volumes)
}

/// How far below `/` a place is.
fn depth(mount: &MountPoint) -> usize {
    mount.at.as_path().components().count()
}

fn esp(ids: &mut Identifiers) -> Result<(NewFileSystem, Vec<MountPoint>), BadTargetPath> {
    let file_system = NewFileSystem::Vfat {
        id: ids.volume_id(),
        label: "BOOT".to_owned(),
    };
    // Random seeds and, one day, keys lie here: for root's eyes only.
    let options = ["fmask=0077", "dmask=0077"].map(str::to_owned).to_vec();
    let at = "/boot".parse()?;
    Ok((file_system, vec![MountPoint { at, options }]))
}

fn root(ids: &mut Identifiers) -> (NewFileSystem, Vec<MountPoint>) {
    let file_system = NewFileSystem::Ext4 {
        uuid: ids.uuid(),
        label: "nixos".to_owned(),
    };
    let at = TargetPath::root();
    let options = Vec::new();
    (file_system, vec![MountPoint { at, options }])
}

/// Every place where something is mounted, each after those that it lies below.
pub fn in_mount_order(volumes: &[Volume]) -> Vec<(&Volume, &MountPoint)> {
    let of = |volume| move |mount| (volume, mount);
    let all = volumes.iter().flat_map(|v| v.mounts.iter().map(of(v)));
    let mut ordered: Vec<_> = all.collect();
    ordered.sort_by_key(|(_, mount)| depth(mount));
    ordered
}
