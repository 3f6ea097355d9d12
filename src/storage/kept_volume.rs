//! What stays on a partition that stays, and is mounted as it is: an ESP, or the home folders.

use super::{
    BadTargetPath, Device, EspUse, ExistingEsp, FileSystemVolume, KeptLuks, MountPoint,
    NoContainer, PartitionId, SWAP_SUBVOLUME, SubvolumeName, TargetPath,
};
use crate::machine::{Content, FileSystem, HomeFolder, Partition};
use std::path::Path;

/// The type of a partition with home folders (Discoverable Partitions Specification).
const HOME: &str = "933ac7e1-2eb4-4f13-b844-0e14e2aef915";

/// File systems that hold home folders at their top. A btrfs keeps them in a subvolume, and which one
/// that is can't be seen from outside.
const FOR_HOMES: [&str; 5] = ["ext2", "ext3", "ext4", "xfs", "f2fs"];

/// A file system that stays as it is, and where it is mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptVolume {
    /// The partition.
    pub partition: PartitionId,
    /// The container in the partition that it lies in, which stays, too.
    pub container: Option<KeptLuks>,
    /// The identifier of its file system.
    pub uuid: String,
    /// Its type, as mount(2) has it.
    pub kind: String,
    /// The subvolume of btrfs that is mounted; the whole if there is none.
    pub subvolume: Option<SubvolumeName>,
    /// Where it is mounted.
    pub mount: MountPoint,
}

/// Why a partition can't become `/home`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoHome {
    /// It holds something else.
    #[error(
        "partition {0} holds {1}, and home folders can be kept on ext4, xfs and f2fs of their own, and in a btrfs"
    )]
    OtherKind(u32, String),
    /// They are in a subvolume, and nobody could look which.
    #[error("partition {0} holds btrfs, and which subvolumes it has is not known")]
    UnseenBtrfs(u32),
    /// It can't be told from others.
    #[error("the file system in partition {0} has no identifier")]
    NoIdentifier(u32),
}

/// Why a partition that stays can't be mounted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMounted {
    /// It holds none.
    #[error("there is no known file system in partition {0}")]
    NoFileSystem(u32),
    /// It holds something else.
    #[error(
        "partition {0} holds {1}, and what is mounted as it is has to be ext4, btrfs, xfs or f2fs"
    )]
    OtherKind(u32, String),
    /// Home folders are in a subvolume, and which one can't be seen from outside.
    #[error("partition {0} holds btrfs, and which of its subvolumes has home folders is not known")]
    HomesInBtrfs(u32),
    /// It can't be told from others.
    #[error("the file system in partition {0} has no identifier")]
    NoIdentifier(u32),
    /// It is to be unlocked, and is no container.
    #[error(transparent)]
    NoContainer(#[from] NoContainer),
    /// Nobody has looked into the container.
    #[error("what is in the LUKS container in partition {0} is not known until it is unlocked")]
    Locked(u32),
}

impl KeptVolume {
    /// An ESP of a disk that is kept; none if the partition has no identifier.
    ///
    /// # Errors
    /// Never: the paths here are well-formed.
    pub fn esp(esp: &ExistingEsp<'_>) -> Result<Option<Self>, BadTargetPath> {
        Self::esp_as(esp, esp.good_for())
    }

    /// The same for one use.
    ///
    /// # Errors
    /// Never: the paths here are well-formed.
    pub fn esp_as(esp: &ExistingEsp<'_>, used: EspUse) -> Result<Option<Self>, BadTargetPath> {
        let at = match used {
            EspUse::Everything => "/boot",
            EspUse::LoaderOnly => "/efi",
        };
        let mount = MountPoint {
            at: at.parse()?,
            options: FileSystemVolume::for_root(),
        };
        Ok(Self::of(esp.partition, None, esp.uuid, "vfat", mount))
    }

    /// The home folders; none if the partition has no identifier.
    ///
    /// # Errors
    /// Never: the path here is well-formed.
    pub fn home(home: &ExistingHome<'_>) -> Result<Option<Self>, BadTargetPath> {
        let mount = MountPoint {
            at: "/home".parse()?,
            options: Vec::new(),
        };
        Ok(Self::of(home.partition, None, home.uuid, home.kind, mount))
    }

    /// A partition that is mounted as a whole where people keep data; none if it has no GUID.
    ///
    /// # Errors
    /// What is in it can't be mounted there.
    pub fn data(partition: &Partition, at: TargetPath) -> Result<Option<Self>, NotMounted> {
        Self::of_data(partition, None, &partition.content, at)
    }

    /// What is in the LUKS container of a partition, mounted as a whole where people keep data; none if
    /// the partition has no GUID.
    ///
    /// # Errors
    /// There is no container, nobody has looked into it, or what is in it can't be mounted there.
    pub fn unlocked(partition: &Partition, at: TargetPath) -> Result<Option<Self>, NotMounted> {
        let luks = KeptLuks::of(partition)?;
        let inside = partition.inside();
        let inside = inside.ok_or(NotMounted::Locked(partition.number))?;
        Self::of_data(partition, Some(luks), &inside.content, at)
    }

    /// A subvolume of the btrfs in a partition; none if that holds something else or has no identifiers.
    /// Nothing is compressed that was not, and nothing else is changed of how it was used.
    pub fn subvolume(partition: &Partition, name: SubvolumeName, at: TargetPath) -> Option<Self> {
        let options = vec![name.option()];
        Self::of_subvolume(partition, name, MountPoint { at, options })
    }

    /// The same for a subvolume that is made in it, used as one of a new btrfs, but not compressed: that
    /// would hold for all of the file system (btrfs(5), "Mount options").
    pub fn new_subvolume(
        partition: &Partition,
        name: SubvolumeName,
        at: TargetPath,
    ) -> Option<Self> {
        let mut options = FileSystemVolume::for_btrfs(Some(&name));
        options.retain(|option| !option.starts_with("compress"));
        Self::of_subvolume(partition, name, MountPoint { at, options })
    }

    /// A new subvolume for a swap file.
    pub fn swap_subvolume(partition: &Partition) -> Option<Self> {
        let (name, place) = SWAP_SUBVOLUME;
        let name = SubvolumeName::try_from(name.to_owned()).ok()?;
        let at = place.parse().ok()?;
        let options = vec![name.option(), "noatime".to_owned()];
        Self::of_subvolume(partition, name, MountPoint { at, options })
    }

    fn of_subvolume(partition: &Partition, name: SubvolumeName, mount: MountPoint) -> Option<Self> {
        let fs = match &partition.content {
            Content::Formatted(fs) if fs.kind == "btrfs" => fs,
            _ => return None,
        };
        let whole = Self::of(partition, None, fs.uuid.as_deref()?, &fs.kind, mount)?;
        Some(Self {
            subvolume: Some(name),
            ..whole
        })
    }

    fn of_data(
        partition: &Partition,
        container: Option<KeptLuks>,
        content: &Content,
        at: TargetPath,
    ) -> Result<Option<Self>, NotMounted> {
        let number = partition.number;
        let fs: &FileSystem = match content {
            Content::Formatted(fs) => fs,
            Content::Blank | Content::Unknown(_) => return Err(NotMounted::NoFileSystem(number)),
        };
        let is_btrfs = fs.kind == "btrfs";
        if is_btrfs && at.as_path() == Path::new("/home") {
            return Err(NotMounted::HomesInBtrfs(number));
        }
        if !is_btrfs && !FOR_HOMES.contains(&fs.kind.as_str()) {
            return Err(NotMounted::OtherKind(number, fs.kind.clone()));
        }
        let uuid = fs.uuid.as_deref().ok_or(NotMounted::NoIdentifier(number))?;
        let mount = MountPoint {
            at,
            options: Vec::new(),
        };
        Ok(Self::of(partition, container, uuid, &fs.kind, mount))
    }

    /// What is mounted.
    pub fn device(&self) -> Device {
        match &self.container {
            Some(luks) => luks.device(),
            None => Device::Partition(self.partition),
        }
    }

    /// The device's name in the configuration, in the notation of `nixos-generate-config`.
    pub fn configured_device(&self) -> String {
        match &self.container {
            Some(luks) => luks.name.path().to_string_lossy().into_owned(),
            None => format!("/dev/disk/by-uuid/{}", self.uuid),
        }
    }

    fn of(
        partition: &Partition,
        container: Option<KeptLuks>,
        uuid: &str,
        kind: &str,
        mount: MountPoint,
    ) -> Option<Self> {
        Some(Self {
            partition: partition.guid.as_ref()?.parse().ok()?,
            container,
            uuid: uuid.to_owned(),
            kind: kind.to_owned(),
            subvolume: None,
            mount,
        })
    }
}

/// A partition with home folders that stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExistingHome<'d> {
    /// The partition.
    pub partition: &'d Partition,
    /// The identifier of its file system, as in `/dev/disk/by-uuid`.
    pub uuid: &'d str,
    /// The type of its file system.
    pub kind: &'d str,
    /// The folders at its top with their owners, where they are known.
    pub folders: Option<&'d [HomeFolder]>,
}

impl<'d> ExistingHome<'d> {
    /// Looks a partition over.
    ///
    /// # Errors
    /// It can't be mounted as `/home`.
    pub fn of(partition: &'d Partition) -> Result<Self, NoHome> {
        Self::in_content(partition, &partition.content)
    }

    /// The same of what can be seen: where somebody has looked into a container, what is in it.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn seen(partition: &'d Partition) -> Result<Self, NoHome> {
        let inside = partition.inside();
        let content = inside.map_or(&partition.content, |inside| &inside.content);
        Self::in_content(partition, content)
    }

    fn in_content(partition: &'d Partition, content: &'d Content) -> Result<Self, NoHome> {
        let number = partition.number;
        let fs = match content {
            Content::Formatted(fs) if FOR_HOMES.contains(&fs.kind.as_str()) => fs,
            Content::Formatted(fs) if fs.kind == "btrfs" => {
                return Err(NoHome::UnseenBtrfs(number));
            }
            Content::Formatted(fs) => return Err(NoHome::OtherKind(number, fs.kind.clone())),
            Content::Blank | Content::Unknown(_) => {
                return Err(NoHome::OtherKind(number, "no file system".to_owned()));
            }
        };
        let uuid = fs.uuid.as_deref().ok_or(NoHome::NoIdentifier(number))?;
        Ok(Self {
            partition,
            uuid,
            kind: &fs.kind,
            folders: fs.home_folders.as_deref(),
        })
    }

    /// Whether a partition is for home folders, by its type, its name or the label in it.
    pub fn is_meant(partition: &Partition) -> bool {
        let label = match &partition.content {
            Content::Formatted(fs) => fs.label.as_deref(),
            Content::Blank | Content::Unknown(_) => None,
        };
        let names = [label, partition.name.as_deref()];
        let mut names = names.into_iter().flatten();
        partition.type_id.eq_ignore_ascii_case(HOME)
            || names.any(|name| name.eq_ignore_ascii_case("home"))
    }
}
