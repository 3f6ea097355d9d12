//! The tables and volumes of a manual layout that is possible.

use super::boot::{BootPlace, Mounted};
use super::draft::DiskDraft;
use super::rules::Mounts;
use super::subvolumes;
use super::wish::{Around, FileSystem, Holds, Made, Unlocked, What};
use crate::identifiers::Identifiers;
use crate::machine::Architecture;
use crate::plan::{DiskIdentity, Loss, PlannedDisk, losses};
use crate::preset::{FileSystemKind, ManualTable, MountPath, PartitionType};
use crate::storage::{
    BadVolume, Container, Contents, EspUse, ExistingEsp, FileSystemVolume, KeptLuks, KeptVolume,
    MadePlace, MountPoint, NewFileSystem, NewLuks, NewPartition, NewSwap, NewTable, PartitionId,
    PartitionRole, SubvolumeName, SwapSpace, TableBase, Volume, VolumeContent,
};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What everything is built from.
pub(super) struct Builder<'d, 'a> {
    pub mounts: &'d Mounts<'d, 'a>,
    pub contents: &'d Contents,
    pub place: BootPlace,
}

/// A disk with what is made on it.
pub(super) struct BuiltDisk {
    pub planned: PlannedDisk,
    pub volumes: Vec<Volume>,
}

impl Builder<'_, '_> {
    /// A disk's table, and the volumes in it.
    ///
    /// # Errors
    /// Never: names and paths were checked when the preset was read.
    pub(super) fn disk(
        &self,
        draft: &DiskDraft<'_>,
        ids: &mut Identifiers<'_>,
    ) -> Result<BuiltDisk, BadVolume> {
        let mut partitions = Vec::new();
        let mut volumes = Vec::new();
        for place in &draft.edited.made {
            let Some((field, what)) = draft.parts.get(place.edit) else {
                continue;
            };
            let Some(holds) = what.holds() else {
                continue;
            };
            let table = draft.edited.stays.id;
            let id = table.partition(place.number, || ids.uuid());
            partitions.push(NewPartition {
                flags: draft.flags(*field).cloned().unwrap_or_default(),
                ..self.partition(*place, what, holds, id)
            });
            volumes.extend(self.volume(draft, what, holds, id, ids)?);
        }
        for (_, what) in &draft.parts {
            if let What::Unlock {
                partition,
                inside: Unlocked::Formatted(holds),
            } = what
                && let Some(kept) = draft.kept(partition)
            {
                volumes.extend(self.volume(draft, what, holds, kept.id, ids)?);
            }
        }
        let stays = &draft.edited.stays;
        let base = match draft.wanted {
            ManualTable::New => TableBase::New,
            ManualTable::Keep => TableBase::Kept {
                partitions: draft.kept_with_flags(),
            },
        };
        let shrunk = draft.smaller().into_iter().map(|(_, shrunk)| shrunk);
        let grown = draft.larger().into_iter().map(|(_, grown)| grown);
        let planned = PlannedDisk {
            identity: DiskIdentity::of(draft.disk),
            table: NewTable {
                id: stays.id,
                sector_size: stays.sector_size,
                length: stays.length,
                partitions,
                base,
            },
            losses: lost(draft),
            shrunk: shrunk.collect(),
            grown: grown.collect(),
        };
        Ok(BuiltDisk { planned, volumes })
    }

    fn partition(
        &self,
        place: MadePlace,
        what: &What<'_>,
        holds: &Holds<'_>,
        id: PartitionId,
    ) -> NewPartition {
        let role = self.role(what, holds);
        let made = what.made();
        let label = made.and_then(|made| made.label).map(ToString::to_string);
        NewPartition {
            number: place.number,
            role,
            id,
            name: label.unwrap_or_else(|| usual_name(role).to_owned()),
            start: place.region.start,
            length: place.region.length,
            flags: BTreeSet::new(),
        }
    }

    /// What the table says of it: what the preset says, or what it is for.
    fn role(&self, what: &What<'_>, holds: &Holds<'_>) -> PartitionRole {
        let made = match holds {
            Holds::BiosBoot => return PartitionRole::BiosBoot,
            Holds::Swap { .. } => return PartitionRole::Swap,
            Holds::FileSystem(made) => made,
        };
        let root = match self.contents.architecture {
            Architecture::X86_64 => PartitionRole::RootX86_64,
            Architecture::Aarch64 => PartitionRole::RootAarch64,
        };
        let kernels = match made.format {
            FileSystem::Vfat => PartitionRole::Xbootldr,
            FileSystem::Linux(_) => PartitionRole::Boot,
        };
        match made.kind {
            Some(PartitionType::Esp) => return PartitionRole::Esp,
            Some(PartitionType::Xbootldr) => return kernels,
            Some(PartitionType::BiosBoot) => return PartitionRole::BiosBoot,
            Some(PartitionType::Root) => return root,
            Some(PartitionType::Home) => return PartitionRole::Home,
            Some(PartitionType::Swap) => return PartitionRole::Swap,
            Some(PartitionType::Linux) => return PartitionRole::Linux,
            None => {}
        }
        let is_at = |place: &str| what.mounts().iter().any(|(_, at)| at.as_str() == place);
        match self.place.esp {
            Some(_) if is_at("/efi") => PartitionRole::Esp,
            Some(EspUse::Everything) if is_at("/boot") => PartitionRole::Esp,
            _ if is_at("/boot") => kernels,
            _ if is_at("/") => root,
            _ if is_at("/home") => PartitionRole::Home,
            _ => PartitionRole::Linux,
        }
    }

    /// What is made in a partition, if anything is.
    fn volume(
        &self,
        draft: &DiskDraft<'_>,
        what: &What<'_>,
        holds: &Holds<'_>,
        partition: PartitionId,
        ids: &mut Identifiers<'_>,
    ) -> Result<Option<Volume>, BadVolume> {
        let content = match holds {
            Holds::BiosBoot => return Ok(None),
            Holds::Swap { hibernation, .. } => VolumeContent::Swap(NewSwap {
                uuid: ids.uuid(),
                hibernation: *hibernation,
            }),
            Holds::FileSystem(made) => {
                VolumeContent::FileSystem(self.file_system(what, *made, ids)?)
            }
        };
        let container = match holds.around() {
            Around::Nothing => None,
            Around::NewContainer => {
                let keys = self.contents.encryption;
                let new = |keys| NewLuks::new(ids.uuid(), keys, !draft.disk.rotational);
                keys.map(new).map(Container::New)
            }
            Around::KeptContainer => {
                let luks = what.partition().and_then(|p| KeptLuks::of(p).ok());
                luks.map(Container::Kept)
            }
        };
        Ok(Some(Volume {
            partition,
            container,
            content,
        }))
    }

    fn file_system(
        &self,
        what: &What<'_>,
        made: Made<'_>,
        ids: &mut Identifiers<'_>,
    ) -> Result<FileSystemVolume, BadVolume> {
        let label = made.label.map(ToString::to_string);
        let label = label.unwrap_or_else(|| default_label(what, made));
        let file_system = match made.format {
            FileSystem::Vfat => NewFileSystem::Vfat {
                id: ids.volume_id(),
                label,
            },
            FileSystem::Linux(kind) => NewFileSystem::of(kind, ids.uuid(), label),
        };
        let mut volume = FileSystemVolume {
            file_system,
            subvolumes: Vec::new(),
            mounts: Vec::new(),
            swap_file: None,
        };
        if let Some(at) = made.mount {
            let options = match made.format {
                FileSystem::Vfat => FileSystemVolume::for_root(),
                FileSystem::Linux(FileSystemKind::Btrfs) => FileSystemVolume::for_btrfs(None),
                FileSystem::Linux(_) => Vec::new(),
            };
            volume.mounts.push(mount_point(at, options)?);
        }
        for subvolume in made.subvolumes {
            let name = SubvolumeName::try_from(subvolume.name.to_string())?;
            if let Some(at) = &subvolume.mount {
                let options = FileSystemVolume::for_btrfs(Some(&name));
                volume.mounts.push(mount_point(at, options)?);
            }
            volume.subvolumes.push(name);
        }
        let is_root = volume.mounts.iter().any(|mount| mount.at.is_root());
        if let SwapSpace::File { size } = self.contents.swap
            && is_root
        {
            let apart = self.mounts.contains_key("/swap");
            volume.add_swap_file(size, apart)?;
        }
        Ok(volume)
    }
}

fn mount_point(at: &MountPath, options: Vec<String>) -> Result<MountPoint, BadVolume> {
    Ok(MountPoint {
        at: at.as_str().parse()?,
        options,
    })
}

/// The label of a file system that the preset gives none.
fn default_label(what: &What<'_>, made: Made<'_>) -> String {
    let at = what.mounts().first().map(|(_, at)| at.as_str());
    let is_root = what.mounts().iter().any(|(_, at)| at.is_root());
    let name = match (at, made.format) {
        (Some("/efi"), _) => "EFI",
        (_, FileSystem::Vfat) => "BOOT",
        _ if is_root => "nixos",
        (Some(at), _) => at.rsplit('/').next().unwrap_or_default(),
        (None, _) => "data",
    };
    let most = match made.format {
        FileSystem::Vfat => 11,
        FileSystem::Linux(FileSystemKind::Xfs) => 12,
        FileSystem::Linux(_) => 16,
    };
    // All of it is ASCII.
    name.chars().take(most).collect()
}

/// The name in the table of a partition that the preset gives none.
const fn usual_name(role: PartitionRole) -> &'static str {
    match role {
        PartitionRole::Esp => "ESP",
        PartitionRole::BiosBoot => "BIOS boot",
        PartitionRole::Xbootldr | PartitionRole::Boot => "boot",
        PartitionRole::Swap => "swap",
        PartitionRole::RootX86_64 | PartitionRole::RootAarch64 => "nixos",
        PartitionRole::Home => "home",
        PartitionRole::Linux => "data",
    }
}

/// What is lost on a disk, a line for each thing.
fn lost(draft: &DiskDraft<'_>) -> Vec<Loss> {
    if draft.wanted == ManualTable::New {
        return losses::of(draft.disk);
    }
    let gone = draft.parts.iter().flat_map(|(_, what)| match what {
        What::Format { partition, .. } | What::Delete { partition } => {
            vec![losses::partition(draft.disk, partition)]
        }
        What::Unlock {
            partition,
            inside: Unlocked::Formatted(_),
        } => vec![losses::inside(draft.disk, partition)],
        What::Subvolumes { .. } => subvolumes::lost(draft.disk, what),
        What::Create { .. }
        | What::Keep { .. }
        | What::Unlock { .. }
        | What::Shrink { .. }
        | What::Grow { .. } => Vec::new(),
    });
    gone.collect()
}

/// What stays and is mounted as it is.
///
/// # Errors
/// Never: paths were checked when the preset was read.
pub(super) fn kept(
    mounts: &Mounts<'_, '_>,
    place: BootPlace,
) -> Result<Vec<KeptVolume>, BadVolume> {
    let mut kept = Vec::new();
    for (at, Mounted { what, .. }) in mounts {
        let target = crate::storage::TargetPath::try_from(PathBuf::from(at))?;
        let partition = match what {
            What::Keep { partition, .. }
            | What::Shrink { partition, .. }
            | What::Grow { partition, .. } => *partition,
            What::Unlock {
                partition,
                inside: Unlocked::Mounted(_),
            } => {
                kept.extend(KeptVolume::unlocked(partition, target).ok().flatten());
                continue;
            }
            What::Subvolumes {
                partition,
                subvolumes,
            } => {
                kept.extend(subvolumes::mounted(partition, subvolumes, at)?);
                continue;
            }
            What::Create { .. }
            | What::Unlock { .. }
            | What::Format { .. }
            | What::Delete { .. } => continue,
        };
        let volume = match (*at, place.esp) {
            ("/boot" | "/efi", Some(used)) => {
                let esp = ExistingEsp::of(partition).ok();
                esp.map(|esp| KeptVolume::esp_as(&esp, used))
                    .transpose()?
                    .flatten()
            }
            _ => KeptVolume::data(partition, target).ok().flatten(),
        };
        kept.extend(volume);
    }
    Ok(kept)
}
