//! The disks that the preset names: each is there, can be written to, and is named once.

use crate::machine::{Disk, Machine};
use crate::plan::{Details, Problem, ProblemId, Severity, disk_choice};
use crate::preset::{DiskChoice, Preset, Swap};

/// The disks that the preset names, in its order; none twice.
///
/// # Errors
/// Those that are not there or can't be written to, and keys that belong to other layouts.
pub(in crate::plan) fn disks<'a>(
    machine: &'a Machine,
    preset: &Preset,
) -> Result<Vec<&'a Disk>, Vec<Problem>> {
    let mut problems = strange_keys(preset);
    let mut disks: Vec<&Disk> = Vec::new();
    for (index, manual) in preset.disk.disks.iter().enumerate() {
        let field = format!("disk.disks[{index}].choose");
        match disk_choice::choose_one_of_several(machine, &manual.choose) {
            Ok(disk) if disks.iter().any(|other| other.path == disk.path) => {
                problems.push(Problem {
                    id: ProblemId::SeveralDisks,
                    severity: Severity::Error,
                    field,
                    message: format!("{} is named twice", disk.path.display()),
                    mend: "Say in one place what becomes of it.".to_owned(),
                    details: Details::why("twice").with("path", disk.path.as_path()),
                });
            }
            Ok(disk) => disks.push(disk),
            Err(problem) => problems.push(Problem { field, ..problem }),
        }
    }
    if preset.disk.disks.is_empty() {
        problems.push(Problem {
            id: ProblemId::NoDisk,
            severity: Severity::Error,
            field: "disk.disks".to_owned(),
            message: "the manual layout names no disk".to_owned(),
            mend: "Add `[[disk.disks]]` with what the disk is known by and its partitions."
                .to_owned(),
            details: Details::why("manual"),
        });
    }
    match problems.is_empty() {
        true => Ok(disks),
        false => Err(problems),
    }
}

/// Keys of `[disk]` that belong to other layouts.
fn strange_keys(preset: &Preset) -> Vec<Problem> {
    let disk = &preset.disk;
    let keys = [
        ("choose", disk.choose != DiskChoice::Only),
        ("partition", disk.partition.is_some()),
        ("system", disk.system.is_some()),
        ("gap_after", disk.gap_after.is_some()),
        ("size", disk.size.is_some()),
        ("esp", disk.esp.is_some()),
        ("home", disk.home.is_some()),
    ];
    let strange = keys.into_iter().filter(|(_, given)| *given);
    let mut problems: Vec<Problem> = strange
        .map(|(key, _)| Problem {
            id: ProblemId::KeyOfOtherLayout,
            severity: Severity::Error,
            field: format!("disk.{key}"),
            message: format!("`{key}` has no meaning here where the layout is manual"),
            mend: "Say it in `[[disk.disks]]` and its partitions, and leave it out here."
                .to_owned(),
            details: Details::NONE,
        })
        .collect();
    if matches!(disk.swap, Some(Swap::Partition | Swap::Hibernate)) {
        problems.push(Problem {
            id: ProblemId::KeyOfOtherLayout,
            severity: Severity::Error,
            field: "disk.swap".to_owned(),
            message: "which partition is swap is said at the partition where the layout is manual"
                .to_owned(),
            mend: "Leave it out, and add a partition with `file_system = \"swap\"`, and \
                   `hibernation = true` for hibernation."
                .to_owned(),
            details: Details::NONE,
        });
    }
    problems
}
