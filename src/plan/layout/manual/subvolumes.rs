//! Subvolumes of a btrfs that stays: which are mounted as they are, which are made, which go.

use super::super::Arranged;
use super::draft::DiskDraft;
use super::rules::{Mounts, Needs};
use super::wish::{Field, What, subvolume_key};
use crate::machine::{Content, Disk, FileSystem, Partition, Subvolumes, lies_in};
use crate::plan::visible::visible;
use crate::plan::{Detail, Loss, Problem, ProblemId, losses};
use crate::preset::{ManualPartition, ManualSubvolume, SubvolumeAction, SubvolumePath};
use crate::storage::{
    BadVolume, KeptSubvolumes, KeptVolume, NewSwapFile, SWAP_SUBVOLUME, SubvolumeName, TargetPath,
};
use crate::units::{Bytes, SectorSize};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The key that all of them stand at.
const KEY: &str = "subvolumes";

/// The swap file in a subvolume of its own.
const IN_ITS_OWN: &str = "/swap/swapfile";

/// How many are told by name.
const SHOWN: usize = 9;

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

/// Reads what the preset says of them. Whether they are there is looked at again before the first write.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn read<'a>(
    field: Field,
    partition: &'a Partition,
    wish: &'a ManualPartition,
) -> Result<What<'a>, Problem> {
    let number = partition.number;
    let wrong = |key, why, message: String, mend| {
        let problem = field.unclear(key, why, message, mend);
        Err(problem.with("number", number))
    };
    let fs = match &partition.content {
        Content::Formatted(fs) if fs.kind == "btrfs" && fs.uuid.is_some() => fs,
        Content::Formatted(fs) if fs.kind == "btrfs" => {
            let message = format!("the file system in partition {number} has no identifier");
            return wrong(
                KEY,
                "no_identifier",
                message,
                "Leave them out, or format it.",
            );
        }
        _ => {
            let message =
                format!("partition {number} holds no btrfs, and nothing else has subvolumes");
            let mend = "Leave them out, or name another partition.";
            return wrong(KEY, "no_btrfs", message, mend);
        }
    };
    if wish.mount.is_some() {
        let message = "either the whole file system is mounted, or its subvolumes are".to_owned();
        let mend = "Give each subvolume a `mount` of its own, and leave this one out.";
        return wrong("mount", "whole_or_parts", message, mend);
    }
    let subvolumes = wish.subvolumes.as_slice();
    alone(field, subvolumes)?;
    together(field, subvolumes)?;
    if let Some(there) = fs.subvolumes.as_deref() {
        against(field, subvolumes, there)?;
    }
    Ok(What::Subvolumes {
        partition,
        subvolumes,
    })
}

/// What is wrong with one by itself.
fn alone(field: Field, subvolumes: &[ManualSubvolume]) -> Result<(), Problem> {
    for (index, subvolume) in subvolumes.iter().enumerate() {
        let name = &subvolume.name;
        match (subvolume.kept_action(), &subvolume.mount) {
            (SubvolumeAction::Keep, None) => {
                let message =
                    format!("nothing is said of the subvolume {name} of a btrfs that stays");
                let mend = "Give it a `mount`, or leave it out: it stays all the same.";
                let problem = field.unclear(
                    &subvolume_key(index, "name"),
                    "subvolume_idle",
                    message,
                    mend,
                );
                return Err(problem.with("subvolume", Detail::name(name.as_str())));
            }
            (SubvolumeAction::Delete, Some(_)) => {
                let message = format!("the subvolume {name} goes, and so can't be mounted");
                let key = subvolume_key(index, "mount");
                let problem = field.unclear(
                    &key,
                    "subvolume_goes",
                    message,
                    "Leave `mount` or `do` out.",
                );
                return Err(problem.with("subvolume", Detail::name(name.as_str())));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is wrong with two beside each other.
fn together(field: Field, subvolumes: &[ManualSubvolume]) -> Result<(), Problem> {
    for (index, subvolume) in subvolumes.iter().enumerate() {
        let (name, action) = (&subvolume.name, subvolume.kept_action());
        let mut others = subvolumes.iter().take(index);
        let twice = others.any(|other| {
            other.name == *name
                && (action, other.kept_action()) != (SubvolumeAction::Keep, SubvolumeAction::Keep)
        });
        if twice {
            let message = format!("the subvolume {name} is named twice");
            let key = subvolume_key(index, "name");
            let problem = field.unclear(
                &key,
                "subvolume_twice",
                message,
                "Say in one place what becomes of it.",
            );
            return Err(problem.with("subvolume", Detail::name(name.as_str())));
        }
        let mut goes = subvolumes.iter().enumerate();
        let outer = goes.find(|(_, outer)| {
            outer.is(SubvolumeAction::Delete) && lies_in(name.as_str(), outer.name.as_str())
        });
        if let Some((at, outer)) = outer
            && action != SubvolumeAction::Delete
        {
            let key = subvolume_key(at, "name");
            return Err(holds_others(field, &key, &outer.name, &[name.as_str()]));
        }
    }
    Ok(())
}

/// What is wrong where it is known which there are.
fn against(
    field: Field,
    subvolumes: &[ManualSubvolume],
    there: &Subvolumes,
) -> Result<(), Problem> {
    for (index, subvolume) in subvolumes.iter().enumerate() {
        let name = &subvolume.name;
        let key = subvolume_key(index, "name");
        match (subvolume.kept_action(), there.at(name.as_str())) {
            (SubvolumeAction::Create, Some(_)) => {
                return Err(field
                    .error(
                        ProblemId::SubvolumeTaken,
                        &key,
                        format!("there is a subvolume {name} already"),
                        "Give the new one another name, or write `do = \"keep\"` to mount the one that is there.",
                    )
                    .with("subvolume", Detail::name(name.as_str())));
            }
            (SubvolumeAction::Keep | SubvolumeAction::Delete, None) => {
                let names: Vec<&str> = there.all.iter().map(|s| s.path.as_str()).collect();
                return Err(field
                    .error(
                        ProblemId::SubvolumeMissing,
                        &key,
                        format!("there is no subvolume {name}"),
                        match names.is_empty() {
                            true => "It has none at all: leave it out, or write `do = \"create\"`."
                                .to_owned(),
                            false => {
                                format!("Name one of those that there are: {}.", listed(&names))
                            }
                        },
                    )
                    .because(if names.is_empty() { "none" } else { "others" })
                    .with("subvolume", Detail::name(name.as_str()))
                    .with("others", some(&names)));
            }
            (SubvolumeAction::Delete, Some(outer)) => {
                let stays = |path: &str| {
                    let mut all = subvolumes.iter();
                    !all.any(|s| s.is(SubvolumeAction::Delete) && s.name.as_str() == path)
                };
                let inside = there.inside(outer).map(|inner| inner.path.as_str());
                let inside: Vec<&str> = inside.filter(|path| stays(path)).collect();
                if !inside.is_empty() {
                    return Err(holds_others(field, &key, name, &inside));
                }
            }
            (SubvolumeAction::Keep, Some(found)) if found.read_only => {
                return Err(field
                    .error(
                        ProblemId::SubvolumeReadOnly,
                        &key,
                        format!("the subvolume {name} is read-only, as snapshots are: nobody could write there"),
                        "Name another one, or make a snapshot of it first that can be written to.",
                    )
                    .with("subvolume", Detail::name(name.as_str())));
            }
            (SubvolumeAction::Create, None) | (SubvolumeAction::Keep, Some(_)) => {}
        }
    }
    Ok(())
}

fn holds_others(field: Field, key: &str, outer: &SubvolumePath, inside: &[&str]) -> Problem {
    field
        .error(
            ProblemId::SubvolumeHoldsOthers,
            key,
            format!(
                "the subvolume {outer} goes, and what lies in it would go, too: {}",
                listed(inside)
            ),
            "Write `do = \"delete\"` for each of them, or let it stay.",
        )
        .with("subvolume", Detail::name(outer.as_str()))
        .with("inside", some(inside))
}

/// Names from a disk, which are whoever's: safe to show, and not too many.
fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(SHOWN).map(|name| visible(name));
    let mut shown: Vec<String> = shown.collect();
    if names.len() > SHOWN {
        shown.push(format!("and {} more", names.len() - SHOWN));
    }
    shown.join(", ")
}

/// The same for who says it in another language.
fn some(names: &[&str]) -> Detail {
    let shown = names.iter().take(SHOWN);
    let dots = (names.len() > SHOWN).then(|| Detail::code("…"));
    Detail::List(shown.map(Detail::name).chain(dots).collect())
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

/// What becomes of those of every disk, a btrfs each.
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

/// What is said of subvolumes of a new btrfs and holds for one that stays only.
pub(super) fn of_another(field: Field, subvolumes: &[ManualSubvolume]) -> Option<Problem> {
    let is_new = |s: &ManualSubvolume| matches!(s.action, None | Some(SubvolumeAction::Create));
    let mut all = subvolumes.iter().enumerate();
    let (index, other) = all.find(|(_, own)| !is_new(own))?;
    let message = format!(
        "the btrfs is new, and has no subvolume {} that could stay or go",
        other.name
    );
    Some(
        field
            .unclear(
                &subvolume_key(index, "name"),
                "subvolume_of_new",
                message,
                "Leave `do` out there.",
            )
            .with("subvolume", Detail::name(other.name.as_str())),
    )
}

/// What is wrong with the names of those of a btrfs that is made: of each name there can be one.
pub(super) fn made_twice(field: Field, subvolumes: &[ManualSubvolume]) -> Option<Problem> {
    let mut names = BTreeSet::new();
    let mut all = subvolumes.iter().enumerate();
    let (index, again) = all.find(|(_, own)| !names.insert(own.name.as_str()))?;
    Some(field.error(
        ProblemId::SubvolumeTaken,
        &subvolume_key(index, "name"),
        format!("two subvolumes are called {}", again.name),
        "Give each a name of its own.",
    ))
}

/// Adds a swap file, where the root is a new subvolume of a btrfs that stays: in a subvolume of its own, of which
/// there are no snapshots, if that can be had.
///
/// # Errors
/// Never: the names here are well-formed.
pub(super) fn add_swap_file(
    arranged: &mut Arranged,
    drafts: &[DiskDraft<'_>],
    size: Bytes,
) -> Result<(), BadVolume> {
    let parts = drafts.iter().flat_map(|draft| &draft.parts);
    let mut roots = parts.filter_map(|(_, what)| match what {
        What::Subvolumes {
            partition,
            subvolumes,
        } if is_new_at(what, "/") => Some((*partition, *subvolumes)),
        _ => None,
    });
    let Some((partition, subvolumes)) = roots.next() else {
        return Ok(());
    };
    let (name, place) = SWAP_SUBVOLUME;
    if subvolumes
        .iter()
        .any(|s| s.is_at(place) && s.is(SubvolumeAction::Create))
    {
        arranged.swap_file = Some(NewSwapFile {
            at: IN_ITS_OWN.parse()?,
            size,
        });
        return Ok(());
    }
    let there = match &partition.content {
        Content::Formatted(fs) => fs.subvolumes.as_deref(),
        Content::Blank | Content::Unknown(_) => None,
    };
    let is_free = there.is_some_and(|there| there.at(name).is_none())
        && subvolumes.iter().all(|own| own.name.as_str() != name)
        && arranged.mounted_at(place).is_none();
    let own = KeptVolume::swap_subvolume(partition).filter(|_| is_free);
    let mut named = arranged.subvolumes.iter_mut();
    let root = named.find(|named| {
        own.as_ref()
            .is_some_and(|own| own.partition == named.partition)
    });
    let at = match (own, root) {
        (Some(own), Some(root)) => {
            root.new.extend(own.subvolume.clone());
            root.new.sort();
            arranged.kept.push(own);
            IN_ITS_OWN
        }
        _ => "/swapfile",
    };
    arranged.swap_file = Some(NewSwapFile {
        at: at.parse()?,
        size,
    });
    Ok(())
}

#[cfg(test)]
#[path = "subvolumes_tests.rs"]
mod tests;
