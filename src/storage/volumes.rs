//! What goes onto partitions: encryption, file systems and where they are mounted, swap.

use super::container::Container;
use super::contents::{Contents, SwapSpace};
use super::encryption::NewLuks;
use super::file_system::{BadSubvolumeName, SubvolumeName};
use super::{
    BadTargetPath, Device, NewFileSystem, NewTable, PartitionId, PartitionRole, TargetPath,
};
use crate::identifiers::Identifiers;
use crate::preset::FileSystemKind;
use crate::units::Bytes;
use std::path::Path;
use uuid::Uuid;

/// What one partition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The partition.
    pub partition: PartitionId,
    /// The container around it, if it is encrypted.
    pub container: Option<Container>,
    /// What is in the partition or the container.
    pub content: VolumeContent,
}

/// What is made in a partition or a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VolumeContent {
    /// A file system.
    FileSystem(FileSystemVolume),
    /// Swap.
    Swap(NewSwap),
}

/// A file system and how it becomes part of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSystemVolume {
    /// What is made.
    pub file_system: NewFileSystem,
    /// The subvolumes of btrfs.
    pub subvolumes: Vec<SubvolumeName>,
    /// Where it is mounted.
    pub mounts: Vec<MountPoint>,
    /// A swap file in it.
    pub swap_file: Option<NewSwapFile>,
}

/// A place where a file system, or a part of it, is mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountPoint {
    /// Seen from the target.
    pub at: TargetPath,
    /// Mount options, as in `fileSystems.<path>.options`.
    pub options: Vec<String>,
}

/// Swap in a partition or a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSwap {
    /// Its UUID.
    pub uuid: Uuid,
    /// Whether the system sleeps into it and resumes from it.
    pub hibernation: bool,
}

/// A file that is swapped to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSwapFile {
    /// Seen from the target.
    pub at: TargetPath,
    /// How large it is, in whole MiB.
    pub size: Bytes,
}

/// A name or path of this module is not well-formed; a test rules it out.
#[derive(Debug, thiserror::Error)]
pub enum BadVolume {
    /// A place.
    #[error(transparent)]
    Path(#[from] BadTargetPath),
    /// A subvolume.
    #[error(transparent)]
    Subvolume(#[from] BadSubvolumeName),
}

impl Volume {
    /// What its content is made in.
    pub fn device(&self) -> Device {
        match &self.container {
            Some(luks) => luks.device(),
            None => Device::Partition(self.partition),
        }
    }

    /// The device's name in the configuration, in the notation of `nixos-generate-config`.
    pub fn configured_device(&self) -> String {
        let identifier = match (&self.container, &self.content) {
            (Some(luks), _) => return luks.name().path().to_string_lossy().into_owned(),
            (None, VolumeContent::FileSystem(made)) => made.file_system.identifier(),
            (None, VolumeContent::Swap(swap)) => swap.uuid.to_string(),
        };
        format!("/dev/disk/by-uuid/{identifier}")
    }

    /// The file system, if that is what it holds.
    pub const fn file_system(&self) -> Option<&FileSystemVolume> {
        match &self.content {
            VolumeContent::FileSystem(made) => Some(made),
            VolumeContent::Swap(_) => None,
        }
    }

    /// The swap, if that is what it holds.
    pub const fn swap(&self) -> Option<&NewSwap> {
        match &self.content {
            VolumeContent::Swap(swap) => Some(swap),
            VolumeContent::FileSystem(_) => None,
        }
    }

    /// The least number of parts that one of its mount points has; swap comes last.
    fn depth(&self) -> usize {
        let mounts = self.file_system().map_or(&[][..], |made| &made.mounts);
        mounts
            .iter()
            .map(MountPoint::depth)
            .min()
            .unwrap_or(usize::MAX)
    }
}

/// A volume for every new partition that holds something, root first and swap last.
///
/// # Errors
/// Never: the names here are well-formed, which a test shows.
pub fn volumes(
    contents: &Contents,
    table: &NewTable,
    ids: &mut Identifiers<'_>,
) -> Result<Vec<Volume>, BadVolume> {
    let mut volumes = Vec::new();
    for partition in &table.partitions {
        let (encrypted, content) = match partition.role {
            PartitionRole::BiosBoot => continue,
            PartitionRole::Esp | PartitionRole::Xbootldr => {
                (false, VolumeContent::FileSystem(esp(ids)?))
            }
            PartitionRole::Boot => (false, VolumeContent::FileSystem(boot(ids)?)),
            PartitionRole::RootX86_64 | PartitionRole::RootAarch64 => {
                (true, VolumeContent::FileSystem(root(contents, ids)?))
            }
            PartitionRole::Swap => (true, VolumeContent::Swap(swap(contents, ids))),
            // Only the manual layout has these, and makes their volumes itself.
            PartitionRole::Home | PartitionRole::Linux => continue,
        };
        let keys = contents.encryption.filter(|_| encrypted);
        let luks = keys.map(|keys| NewLuks::new(ids.uuid(), keys, contents.discards));
        volumes.push(Volume {
            partition: partition.id,
            container: luks.map(Container::New),
            content,
        });
    }
    in_order(&mut volumes);
    Ok(volumes)
}

/// Puts volumes into the order in which they are made: root first and swap last.
pub fn in_order(volumes: &mut [Volume]) {
    volumes.sort_by_key(Volume::depth);
}

impl MountPoint {
    /// How far below `/` it is.
    pub fn depth(&self) -> usize {
        self.at.as_path().components().count()
    }
}

fn esp(ids: &mut Identifiers<'_>) -> Result<FileSystemVolume, BadVolume> {
    let file_system = NewFileSystem::Vfat {
        id: ids.volume_id(),
        label: "BOOT".to_owned(),
    };
    whole(file_system, "/boot", FileSystemVolume::for_root())
}

impl FileSystemVolume {
    /// Mount options for what the firmware reads: random seeds and, one day, keys lie there, for root's
    /// eyes only.
    pub fn for_root() -> Vec<String> {
        ["fmask=0077", "dmask=0077"].map(str::to_owned).to_vec()
    }

    /// Mount options for a btrfs, or one of its subvolumes.
    pub fn for_btrfs(subvolume: Option<&SubvolumeName>) -> Vec<String> {
        let usual = ["compress=zstd", "noatime"].map(str::to_owned);
        let subvolume = subvolume.map(SubvolumeName::option);
        subvolume.into_iter().chain(usual).collect()
    }

    /// Adds a swap file to the root. Where that has subvolumes, the file gets one of its own, of which
    /// there are no snapshots; `taken` says that something else is mounted where that would be.
    ///
    /// # Errors
    /// Never: the names here are well-formed.
    pub fn add_swap_file(&mut self, size: Bytes, taken: bool) -> Result<(), BadVolume> {
        let (name, place) = SWAP_SUBVOLUME;
        let own = |mount: &MountPoint| mount.at.as_path() == Path::new(place);
        let is_named = self.subvolumes.iter().any(|other| other.as_str() == name);
        let mut apart = self.mounts.iter().any(own);
        if !apart && !taken && !is_named && !self.subvolumes.is_empty() {
            let subvolume = SubvolumeName::try_from(name.to_owned())?;
            self.mounts.push(MountPoint {
                at: place.parse()?,
                options: vec![subvolume.option(), "noatime".to_owned()],
            });
            self.subvolumes.push(subvolume);
            apart = true;
        }
        let at = if apart { "/swap/swapfile" } else { "/swapfile" };
        let at = at.parse()?;
        self.swap_file = Some(NewSwapFile { at, size });
        Ok(())
    }
}

fn boot(ids: &mut Identifiers<'_>) -> Result<FileSystemVolume, BadVolume> {
    let file_system = NewFileSystem::Ext4 {
        uuid: ids.uuid(),
        label: "boot".to_owned(),
    };
    whole(file_system, "/boot", Vec::new())
}

/// A file system that is mounted as a whole.
fn whole(
    file_system: NewFileSystem,
    at: &str,
    options: Vec<String>,
) -> Result<FileSystemVolume, BadVolume> {
    let at = at.parse()?;
    Ok(FileSystemVolume {
        file_system,
        subvolumes: Vec::new(),
        mounts: vec![MountPoint { at, options }],
        swap_file: None,
    })
}

fn swap(contents: &Contents, ids: &mut Identifiers<'_>) -> NewSwap {
    NewSwap {
        uuid: ids.uuid(),
        hibernation: matches!(
            contents.swap,
            SwapSpace::Partition {
                hibernation: true,
                ..
            }
        ),
    }
}

fn root(contents: &Contents, ids: &mut Identifiers<'_>) -> Result<FileSystemVolume, BadVolume> {
    let file_system = NewFileSystem::root(contents.file_system, ids.uuid());
    let is_btrfs = contents.file_system == FileSystemKind::Btrfs;
    let size = match contents.swap {
        SwapSpace::File { size } => Some(size),
        SwapSpace::None | SwapSpace::Partition { .. } => None,
    };
    let mut made = match is_btrfs {
        true => subvolumes(contents, file_system)?,
        false => whole(file_system, "/", Vec::new())?,
    };
    if let Some(size) = size {
        let at = if is_btrfs {
            "/swap/swapfile"
        } else {
            "/swapfile"
        };
        made.swap_file = Some(NewSwapFile {
            at: at.parse()?,
            size,
        });
    }
    Ok(made)
}

/// The subvolumes of a btrfs and where they are mounted: apart what is kept, thrown away or rolled
/// back apart.
const SUBVOLUMES: [(&str, &str); 4] = [
    ("@", "/"),
    ("@home", "/home"),
    ("@nix", "/nix"),
    ("@log", "/var/log"),
];

/// A subvolume that is never part of a snapshot: there is no snapshot of a file that is swapped to.
pub(crate) const SWAP_SUBVOLUME: (&str, &str) = ("@swap", "/swap");

fn subvolumes(
    contents: &Contents,
    file_system: NewFileSystem,
) -> Result<FileSystemVolume, BadVolume> {
    let mut made = FileSystemVolume {
        file_system,
        subvolumes: Vec::new(),
        mounts: Vec::new(),
        swap_file: None,
    };
    let with_swap = matches!(contents.swap, SwapSpace::File { .. });
    let swap = with_swap.then_some(SWAP_SUBVOLUME);
    let needed = SUBVOLUMES.into_iter().chain(swap);
    for (name, at) in needed.filter(|(_, at)| !(contents.keeps_home && *at == "/home")) {
        let subvolume = SubvolumeName::try_from(name.to_owned())?;
        let mut options = vec![subvolume.option()];
        if name != SWAP_SUBVOLUME.0 {
            options.push("compress=zstd".to_owned());
        }
        options.push("noatime".to_owned());
        made.subvolumes.push(subvolume);
        made.mounts.push(MountPoint {
            at: at.parse()?,
            options,
        });
    }
    Ok(made)
}

/// Every place where something is mounted, each after those that it lies below.
pub fn in_mount_order(volumes: &[Volume]) -> Vec<(&Volume, &FileSystemVolume, &MountPoint)> {
    let mut ordered = Vec::new();
    for volume in volumes {
        let Some(made) = volume.file_system() else {
            continue;
        };
        ordered.extend(made.mounts.iter().map(|mount| (volume, made, mount)));
    }
    ordered.sort_by_key(|(_, _, mount)| mount.depth());
    ordered
}
