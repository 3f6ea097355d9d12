//! Subvolumes of a btrfs that stays: which are mounted as they are, which are made, which go.

mod swap_file;
mod wishes;

pub(super) use swap_file::add_swap_file;
pub(super) use wishes::{made_twice, of_another, read};

use super::draft::DiskDraft;
use super::rules::{Mounts, Needs};
use super::wish::{Field, What, subvolume_key};
use crate::machine::{Content, Disk, FileSystem, Partition};
use crate::plan::{Loss, Problem, ProblemId, losses};
use crate::preset::{ManualSubvolume, SubvolumeAction, SubvolumePath};
use crate::storage::{BadVolume, KeptSubvolumes, KeptVolume, SubvolumeName, TargetPath};
use crate::units::{Bytes, SectorSize};
use std::path::PathBuf;

/// The key that all of them stand at.
const KEY: &str = "subvolumes";

impl ManualSubvolume {
    /// What is done with it in a btrfs that stays, said or not.
    pub(super) fn kept_action(&self) -> SubvolumeAction {
        self.action.unwrap_or(SubvolumeAction::Keep)
    }

    fn is(&self, action: SubvolumeAction) -> bool {
        self.kept_action() == action
    }

    fn is_at(&self, place: &str) -> bool {
        self.mount.as_ref().is_some_and(|at| at.as_str() == place)
    }
}

/// Whether what is mounted there is made, and does not lie there already.
pub(super) fn is_new_at(what: &What<'_>, place: &str) -> bool {
    let What::Subvolumes { subvolumes, .. } = what else {
        return false;
    };
    let mut own = subvolumes.iter();
    own.any(|own| own.is_at(place) && own.is(SubvolumeAction::Create))
}

/// The subvolume that stays and is mounted where home folders are, and the key that says so.
pub(super) fn home<'a>(what: &What<'a>) -> Option<(&'a Partition, &'a SubvolumePath, String)> {
    let What::Subvolumes {
        partition,
        subvolumes,
    } = *what
    else {
        return None;
    };
    let mut own = subvolumes.iter().enumerate();
    let (index, home) = own.find(|(_, own)| own.is_at("/home") && own.is(SubvolumeAction::Keep))?;
    Some((partition, &home.name, subvolume_key(index, "mount")))
}

/// Too little room for the system in a btrfs that stays, as far as that is known: what is used of it is not
/// known of every one, and what goes with a subvolume of none.
pub(super) fn no_room(
    field: Field,
    what: &What<'_>,
    mounts: &Mounts<'_, '_>,
    needs: Needs,
    sector: SectorSize,
) -> Option<Problem> {
    let What::Subvolumes {
        partition,
        subvolumes,
    } = what
    else {
        return None;
    };
    let holds_store = match mounts.contains_key("/nix") {
        true => is_new_at(what, "/nix"),
        false => is_new_at(what, "/"),
    };
    let goes = subvolumes.iter().any(|s| s.is(SubvolumeAction::Delete));
    let room = room(partition, goes, sector);
    (holds_store && room < needs.root).then(|| {
        field
            .error(
                ProblemId::PartitionTooSmall,
                KEY,
                format!(
                    "there is room for {room} in partition {}, and the system needs {}",
                    partition.number, needs.root
                ),
                "Make room in it, put the system into another partition, or delete subvolumes of it by name.",
            )
            .because("in_partition")
            .with("size", room)
            .with("number", partition.number)
            .with("needed", needs.root)
    })
}

/// The most that can be free in a btrfs.
fn room(partition: &Partition, something_goes: bool, sector: SectorSize) -> Bytes {
    let size = partition.length.bytes(sector);
    let fs: Option<&FileSystem> = match &partition.content {
        Content::Formatted(fs) => Some(fs),
        Content::Blank | Content::Unknown(_) => None,
    };
    let used = fs.and_then(|fs| fs.used).filter(|_| !something_goes);
    Bytes(size.0.saturating_sub(used.unwrap_or_default().0))
}

/// What is lost, by name.
pub(super) fn lost(disk: &Disk, what: &What<'_>) -> Vec<Loss> {
    let What::Subvolumes {
        partition,
        subvolumes,
    } = what
    else {
        return Vec::new();
    };
    let gone = subvolumes.iter().filter(|s| s.is(SubvolumeAction::Delete));
    gone.map(|gone| losses::subvolume(disk, partition, gone.name.as_str()))
        .collect()
}

/// What becomes of all that are named, on every disk, by the btrfs that they are in.
///
/// # Errors
/// Never: names were checked when the preset was read.
pub(super) fn all(drafts: &[DiskDraft<'_>]) -> Result<Vec<KeptSubvolumes>, BadVolume> {
    let mut all = Vec::new();
    for draft in drafts {
        for (_, what) in &draft.parts {
            let What::Subvolumes {
                partition,
                subvolumes,
            } = what
            else {
                continue;
            };
            let Some(kept) = draft.kept(partition) else {
                continue;
            };
            let mut named = KeptSubvolumes::of(kept.id);
            for subvolume in *subvolumes {
                let name = SubvolumeName::try_from(subvolume.name.to_string())?;
                let list = match subvolume.kept_action() {
                    SubvolumeAction::Keep => &mut named.stay,
                    SubvolumeAction::Create => &mut named.new,
                    SubvolumeAction::Delete => &mut named.gone,
                };
                // One that stays may be mounted at several places.
                if !list.contains(&name) {
                    list.push(name);
                }
            }
            all.push(named.in_order());
        }
    }
    Ok(all)
}

/// The one that is mounted there, as it is mounted.
///
/// # Errors
/// Never: names and paths were checked when the preset was read.
pub(super) fn mounted(
    partition: &Partition,
    subvolumes: &[ManualSubvolume],
    at: &str,
) -> Result<Option<KeptVolume>, BadVolume> {
    let Some(own) = subvolumes.iter().find(|own| own.is_at(at)) else {
        return Ok(None);
    };
    let target = TargetPath::try_from(PathBuf::from(at))?;
    let name = SubvolumeName::try_from(own.name.to_string())?;
    Ok(match own.is(SubvolumeAction::Create) {
        true => KeptVolume::new_subvolume(partition, name, target),
        false => KeptVolume::subvolume(partition, name, target),
    })
}
