//! What is wrong with what the preset says of subvolumes: of one by itself, of two beside each other, and
//! against what is known of the btrfs.

use super::KEY;
use crate::machine::{Content, Partition, Subvolumes, lies_in};
use crate::plan::layout::manual::wish::{Field, What, subvolume_key};
use crate::plan::visible::visible;
use crate::plan::{Detail, Problem, ProblemId};
use crate::preset::{ManualPartition, ManualSubvolume, SubvolumeAction, SubvolumePath};
use std::collections::BTreeSet;

/// How many are told by name.
const SHOWN: usize = 9;

/// Reads what the preset says of them. Whether they are there is looked at again before the first write.
///
/// # Errors
/// The first thing that is wrong with it.
pub(in crate::plan::layout::manual) fn read<'a>(
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
        // One that stays may be mounted at several places.
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

/// What is said of subvolumes of a new btrfs and holds for one that stays only.
pub(in crate::plan::layout::manual) fn of_another(
    field: Field,
    subvolumes: &[ManualSubvolume],
) -> Option<Problem> {
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
pub(in crate::plan::layout::manual) fn made_twice(
    field: Field,
    subvolumes: &[ManualSubvolume],
) -> Option<Problem> {
    let mut names = BTreeSet::new();
    let mut all = subvolumes.iter().enumerate();
    let (index, again) = all.find(|(_, own)| !names.insert(own.name.as_str()))?;
    let problem = field.error(
        ProblemId::SubvolumeTaken,
        &subvolume_key(index, "name"),
        format!("two subvolumes are called {}", again.name),
        "Give each a name of its own.",
    );
    Some(
        problem
            .because("twice")
            .with("subvolume", Detail::name(&again.name)),
    )
}

#[cfg(test)]
#[path = "wishes_tests.rs"]
mod tests;
