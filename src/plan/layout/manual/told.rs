//! What should be known before a disk is written to as the preset says.

use super::draft::{self, DiskDraft};
use super::subvolumes;
use super::wish::{Unlocked, What};
use crate::plan::layout::{home, in_use, warnings};
use crate::plan::{Problem, Survey, checks};
use crate::preset::ManualTable;
use crate::storage::{ExistingEsp, ExistingHome, NewTable};

/// The warnings of one disk, each at the key that brings it about.
pub(super) fn of_disk(
    survey: &Survey<'_>,
    draft: &DiskDraft<'_>,
    table: &NewTable,
) -> Vec<Problem> {
    if draft.wanted == ManualTable::New {
        return checks::erased(draft.disk);
    }
    let mut told = Vec::new();
    let (shrunk, grown) = (draft.smaller(), draft.larger());
    for (field, what) in &draft.parts {
        let here = |problem: Problem| Problem {
            field: field.key("partition"),
            ..problem
        };
        let Some(partition) = what.partition() else {
            continue;
        };
        if !matches!(what, What::Keep { mount: None, .. }) {
            told.extend(in_use(draft.disk, partition));
        }
        let own = shrunk
            .iter()
            .find(|(_, shrunk)| shrunk.what.number == partition.number);
        if let (What::Shrink { .. }, Some((_, shrunk))) = (what, own) {
            told.push(here(warnings::smaller(partition, shrunk)));
        }
        let own = grown
            .iter()
            .find(|(_, own)| own.what.number == partition.number);
        if let (What::Grow { .. }, Some((_, grown))) = (what, own) {
            told.push(here(warnings::larger(partition, grown)));
        }
        told.extend(kept_home(what).map(|home| Problem {
            field: field.key("mount"),
            ..home::owners(&home)
        }));
        told.extend(
            subvolumes::home(what).map(|(partition, name, key)| Problem {
                field: field.key(&key),
                ..home::owners_in_subvolume(partition, name.as_str())
            }),
        );
        if let What::Keep { mount: Some(_), .. } = what
            && draft::is_esp(partition)
            && let Ok(esp) = ExistingEsp::of(partition)
        {
            told.push(here(warnings::shared_esp(&esp, survey)));
        }
    }
    told.extend(warnings::bitlocker(draft.disk, table));
    told.extend(warnings::beyond_mbr(draft.disk, table));
    told
}

/// The home folders that stay in a partition, if it is mounted where they are.
fn kept_home<'a>(what: &What<'a>) -> Option<ExistingHome<'a>> {
    let (partition, mount) = match *what {
        What::Keep { partition, mount }
        | What::Shrink {
            partition, mount, ..
        }
        | What::Grow {
            partition, mount, ..
        } => (partition, mount?),
        What::Unlock {
            partition,
            inside: Unlocked::Mounted(mount),
        } => (partition, mount),
        _ => return None,
    };
    let is_home = mount.as_str() == "/home";
    is_home
        .then(|| ExistingHome::seen(partition).ok())
        .flatten()
}
