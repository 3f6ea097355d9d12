//! Looks whether the subvolumes of a btrfs that stays are there, and the names of new ones free, before anything
//! is wiped: their names come from a person, and a new system that misses one at its start would not start.

use super::super::cleanup;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::{device, mount};
use crate::machine::lies_in;
use crate::plan::TARGET_ROOT;
use crate::storage::{Device, KeptSubvolumes, SubvolumeName};
use std::path::{Path, PathBuf};

pub(super) fn run(context: &mut Context<'_>, named: &KeptSubvolumes) -> Result<(), StepError> {
    let (path, listed) = look(context, named)?;
    let found = paths(&listed);
    let here = path.display();
    let is_there = |own: &SubvolumeName| found.contains(&own.as_str());
    let mut needed = named.stay.iter().chain(&named.gone);
    if let Some(missing) = needed.find(|own| !is_there(own)) {
        return StepError::refused(format!(
            "there is no subvolume `{}` in the btrfs in {here}; {}",
            missing.as_str(),
            told(&found)
        ));
    }
    let inside = |path: &&&str| {
        let mut gone = named.gone.iter();
        let outer = |own: &SubvolumeName| lies_in(path, own.as_str());
        let goes = named.gone.iter().any(|own| own.as_str() == **path);
        !goes && gone.any(outer)
    };
    if let Some(other) = found.iter().find(inside) {
        return StepError::refused(format!(
            "the subvolume `{}` in the btrfs in {here} lies in one that is to go, and nothing is said of it",
            other.escape_debug()
        ));
    }
    Ok(())
}

/// At the end, what stays is there, what is new is there, and what goes is gone.
pub(super) fn check(context: &mut Context<'_>, named: &KeptSubvolumes) -> Result<(), StepError> {
    let (path, listed) = look_at(context, named, |_, _| Ok(()))?;
    let found = paths(&listed);
    let is_there = |own: &SubvolumeName| found.contains(&own.as_str());
    let mut all = named.stay.iter().chain(&named.new);
    let missing = all.find(|own| !is_there(own));
    let left = named.gone.iter().find(|own| is_there(own));
    match (missing, left) {
        (Some(missing), _) => StepError::refused(format!(
            "the subvolume `{}` is not in the btrfs in {}",
            missing.as_str(),
            path.display()
        )),
        (None, Some(left)) => StepError::refused(format!(
            "the subvolume `{}` is still in the btrfs in {}",
            left.as_str(),
            path.display()
        )),
        (None, None) => Ok(()),
    }
}

/// The device, and what btrfs lists in it; nothing may have the names of what is new.
fn look(context: &mut Context<'_>, named: &KeptSubvolumes) -> Result<(PathBuf, String), StepError> {
    look_at(context, named, |context, path| {
        for name in &named.new {
            let own = Path::new(name.as_str());
            // A file or a folder has the name as well.
            if context.system.exists(Place::Target, own) {
                return StepError::refused(format!(
                    "there is something called `{}` in the btrfs in {} already: give the new subvolume \
                     another name",
                    name.as_str(),
                    path.display()
                ));
            }
            let folder = own.parent().filter(|folder| *folder != Path::new(""));
            let is_new = |folder: &Path| named.new.iter().any(|n| Path::new(n.as_str()) == folder);
            if let Some(folder) = folder
                && !is_new(folder)
                && !context.system.exists(Place::Target, folder)
            {
                return StepError::refused(format!(
                    "there is no folder `{}` in the btrfs in {}, where the subvolume `{}` is to be made",
                    folder.display(),
                    path.display(),
                    name.as_str()
                ));
            }
        }
        Ok(())
    })
}

/// Mounts the top of the file system, whatever its default subvolume is; nothing is written, not even what its
/// log has (btrfs(5)).
fn look_at(
    context: &mut Context<'_>,
    named: &KeptSubvolumes,
    more: impl FnOnce(&mut Context<'_>, &Path) -> Result<(), StepError>,
) -> Result<(PathBuf, String), StepError> {
    let path = device::own(context, &Device::Partition(named.partition))?;
    let top = Path::new(TARGET_ROOT);
    context.system.prepare_target_root().on("prepare", top)?;
    mount::mount(
        context,
        &path,
        top,
        "btrfs",
        "ro,subvolid=5,rescue=nologreplay",
    )?;
    let listed = context.ask(&Command::new("btrfs").args(["subvolume", "list"]).arg(top));
    let more = more(context, &path);
    let closed = cleanup::close_newest(context);
    let listed = listed?.stdout;
    more?;
    closed?;
    Ok((path, listed))
}

/// How many are told by name.
const SHOWN: usize = 20;

/// What there is instead. The names are whoever's, so what could redraw a terminal is escaped.
fn told(found: &[&str]) -> String {
    let names = found.iter().take(SHOWN).map(|name| name.escape_debug());
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
    match found.len() {
        0 => "it has none at all".to_owned(),
        1..=SHOWN => format!("it has {}", names.join(", ")),
        many => format!("it has {} and {} more", names.join(", "), many - SHOWN),
    }
}

/// The paths from the top in what `btrfs subvolume list` prints, a line each:
/// `ID 256 gen 30 top level 5 path @home`.
fn paths(listed: &str) -> Vec<&str> {
    let lines = listed.lines();
    let split = lines.filter_map(|line| line.split_once(" path "));
    split.map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn paths_are_found_in_what_btrfs_prints() {
        let printed = "ID 256 gen 30 top level 5 path root\nID 257 gen 31 top level 5 path home\n\
                       ID 258 gen 9 top level 256 path root/var/lib/machines\n";
        assert_eq!(paths(printed), ["root", "home", "root/var/lib/machines"]);
        assert!(paths("").is_empty());
    }
}
