//! The files of `/etc/nixos`.

use super::{Draft, internal, people};
use crate::machine::{Content, HomeFolder};
use crate::nixos::{self, EncryptedEntry, FileSystemEntry, SwapEntry};
use crate::plan::layout::Arranged;
use crate::plan::{Problem, TargetFile, TargetPath};
use crate::preset::{Choices, Shape};
use crate::storage::{
    Container, FileSystemVolume, KeptLuks, KeptVolume, MountPoint, NewLuks, NewSwapFile,
    SubvolumeName, Volume, VolumeContent, in_mount_order, would_take,
};

impl Draft<'_> {
    /// The configuration, as it is written into the target.
    pub(super) fn files(
        &self,
        choices: &Choices,
        arranged: &Arranged,
        windows_stays: bool,
        lists_others: bool,
    ) -> Result<Vec<TargetFile>, Problem> {
        let (volumes, kept) = (&arranged.volumes, &arranged.kept);
        let new = in_mount_order(volumes).into_iter().map(entry);
        let entries: Vec<FileSystemEntry> = new.chain(kept.iter().map(kept_entry)).collect();
        let new = volumes.iter().filter_map(|volume| match &volume.container {
            Some(Container::New(luks)) => Some(new_container(luks)),
            Some(Container::Kept(_)) | None => None,
        });
        let stays = arranged
            .kept_containers()
            .map(|(_, luks)| kept_container(luks));
        let encrypted: Vec<EncryptedEntry> = new.chain(stays).collect();
        let stays = arranged.swap_file.iter().map(swap_file);
        let swaps = volumes.iter().filter_map(swap).chain(stays);
        let system = nixos::System {
            choices,
            release: &self.release,
            architecture: self.machine().architecture,
            flake: self.pin(choices),
            boot_loader: self.boot_loader(choices, arranged, lists_others)?,
            windows_stays,
            would_take_others: would_take_others(arranged),
            computer: nixos::Computer::of(self.machine()),
            hardware: &self.machine().hardware,
            file_systems: &entries,
            encrypted: &encrypted,
            swap: &swaps.collect::<Vec<_>>(),
            numbers: &people::numbers(&self.preset.users, self.home_folders(kept)),
        };
        let written = nixos::files(&system).map_err(|error| internal(&error.to_string()))?;
        let file = |file: nixos::ConfigurationFile| {
            let path = TargetPath::try_from(std::path::Path::new("/etc/nixos").join(file.name))
                .map_err(|error| internal(&error.to_string()))?;
            Ok(TargetFile {
                path,
                mode: 0o644,
                text: file.text,
            })
        };
        written.into_iter().map(file).collect()
    }

    /// The folders of the home folders that stay, where they are known.
    fn home_folders(&self, kept: &[KeptVolume]) -> Option<&[HomeFolder]> {
        let mut kept = kept.iter();
        let home = kept.find(|kept| kept.mount.at.to_string() == "/home")?;
        let mut partitions = self.disks.iter().flat_map(|disk| disk.partitions());
        partitions.find_map(|partition| {
            let content = match &home.container {
                Some(_) => &partition.inside()?.content,
                None => &partition.content,
            };
            match content {
                Content::Formatted(found) if found.uuid.as_ref() == Some(&home.uuid) => {
                    found.folders_in(home.subvolume.as_ref().map(SubvolumeName::as_str))
                }
                _ => None,
            }
        })
    }

    /// What the flake is locked to, if a flake was asked for. One that can't be locked is a problem of
    /// the medium, told with those; the plan is outlined without it.
    fn pin(&self, choices: &Choices) -> Option<nixos::Pin> {
        match choices.shape {
            Shape::Classic => None,
            Shape::Flake => nixos::Pin::of(self.nixpkgs).ok(),
        }
    }
}

/// Whether the disk of the root keeps what is not ours and would be taken as if it were.
fn would_take_others(arranged: &Arranged) -> bool {
    let mut new = in_mount_order(&arranged.volumes).into_iter();
    let new = new.find(|(.., mount)| mount.at.is_root());
    let new = new.map(|(volume, ..)| volume.partition);
    // It may be a new subvolume of a btrfs that stays.
    let kept = || arranged.mounted_at("/").map(|kept| kept.partition);
    let Some(root) = new.or_else(kept) else {
        return false;
    };
    let named = |id| {
        arranged.volumes.iter().any(|volume| volume.partition == id)
            || arranged.kept.iter().any(|kept| kept.partition == id)
    };
    let mut tables = arranged.disks.iter().map(|disk| &disk.table);
    let of_root = tables.find(|table| table.number_of(root).is_some());
    of_root.is_some_and(|table| would_take(table, named))
}

fn entry((volume, made, mount): (&Volume, &FileSystemVolume, &MountPoint)) -> FileSystemEntry {
    FileSystemEntry {
        mount_point: mount.at.to_string(),
        device: volume.configured_device(),
        kind: made.file_system.name().to_owned(),
        options: mount.options.clone(),
    }
}

fn kept_entry(kept: &KeptVolume) -> FileSystemEntry {
    FileSystemEntry {
        mount_point: kept.mount.at.to_string(),
        device: kept.configured_device(),
        kind: kept.kind.clone(),
        options: kept.mount.options.clone(),
    }
}

fn new_container(luks: &NewLuks) -> EncryptedEntry {
    EncryptedEntry {
        name: luks.name.to_string(),
        device: format!("/dev/disk/by-uuid/{}", luks.uuid),
        discards: luks.discards,
    }
}

/// Discards are as the container's own flags say.
fn kept_container(luks: &KeptLuks) -> EncryptedEntry {
    EncryptedEntry {
        name: luks.name.to_string(),
        device: format!("/dev/disk/by-uuid/{}", luks.uuid),
        discards: false,
    }
}

fn swap(volume: &Volume) -> Option<SwapEntry> {
    match &volume.content {
        VolumeContent::Swap(swap) => Some(SwapEntry {
            device: volume.configured_device(),
            file_size: None,
            hibernation: swap.hibernation,
        }),
        VolumeContent::FileSystem(made) => made.swap_file.as_ref().map(swap_file),
    }
}

fn swap_file(file: &NewSwapFile) -> SwapEntry {
    SwapEntry {
        device: file.at.to_string(),
        file_size: Some(file.size),
        hibernation: false,
    }
}
