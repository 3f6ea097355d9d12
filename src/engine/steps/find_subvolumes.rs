//! Looks whether the subvolumes of a btrfs that stays are there, before anything is wiped: their names come from
//! a person, and a new system that misses one at its start would not start.

use super::super::cleanup;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::{device, mount};
use crate::plan::TARGET_ROOT;
use crate::storage::{Device, PartitionId, SubvolumeName};
use std::path::Path;

pub(super) fn run(
    context: &mut Context<'_>,
    partition: PartitionId,
    subvolumes: &[SubvolumeName],
) -> Result<(), StepError> {
    let path = device::own(context, &Device::Partition(partition))?;
    let top = Path::new(TARGET_ROOT);
    context.system.prepare_target_root().on("prepare", top)?;
    // The top of the file system, whatever its default subvolume is; nothing is written, not even what its
    // log has (btrfs(5)).
    mount::mount(
        context,
        &path,
        top,
        "btrfs",
        "ro,subvolid=5,rescue=nologreplay",
    )?;
    let listed = context.ask(&Command::new("btrfs").args(["subvolume", "list"]).arg(top));
    let closed = cleanup::close_newest(context);
    let listed = listed?.stdout;
    closed?;
    let found = paths(&listed);
    let missing = subvolumes.iter().find(|own| !found.contains(&own.as_str()));
    match missing {
        None => Ok(()),
        Some(missing) => StepError::refused(format!(
            "there is no subvolume `{}` in the btrfs in {}; {}",
            missing.as_str(),
            path.display(),
            told(&found)
        )),
    }
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
