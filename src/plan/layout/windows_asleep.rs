//! A Windows that sleeps, which it mostly does when it is "shut down" (Fast Startup): it remembers the drives
//! that it had mounted, and may write to their old places when it wakes. What it can't have mounted, such as
//! the file systems of Linux, is none of its business.

use super::impossible_for;
use crate::machine::{CannotShrink, Content, Disk, Machine, Partition, Shrink, Table};
use crate::plan::reason::Reason;
use crate::plan::{Problem, ProblemId, Survey};
use crate::storage::PartitionRole;
use std::path::Path;

/// What can be done about it.
pub(super) const MEND: &str = "Start Windows, and hold Shift while you choose to shut it down; or choose \
                               another layout.";

/// What Windows mounts, by libblkid's names; whether a BitLocker drive was open can't be seen.
const DRIVES: [&str; 5] = ["ntfs", "exfat", "vfat", "ReFS", "BitLocker"];

/// The partition of a Windows that sleeps, on whatever disk, but for those behind the device nodes in `gone`.
pub(super) fn hibernated<'a>(survey: &'a Survey<'_>, gone: &[&Path]) -> Option<&'a Partition> {
    if !survey.windows_sleeps() {
        return None;
    }
    let mut sleeping = sleeping(survey.machine());
    sleeping.find(|p| !gone.contains(&p.path.as_path()))
}

/// Whether a Windows sleeps, on whatever disk.
pub(in crate::plan) fn any_sleeps(machine: &Machine) -> bool {
    sleeping(machine).next().is_some()
}

fn sleeping(machine: &Machine) -> impl Iterator<Item = &Partition> {
    let disks = machine.disks.known().into_iter().flatten();
    disks.flat_map(Disk::partitions).filter(|p| sleeps(p))
}

/// Whether the memory of a Windows that sleeps is in it.
pub(super) fn sleeps(partition: &Partition) -> bool {
    let Content::Formatted(found) = &partition.content else {
        return false;
    };
    found.shrink == Some(Shrink::Impossible(CannotShrink::Hibernated))
}

/// Whether it may have mounted what is in a partition; it leaves the EFI system partition alone.
pub(super) fn may_have_mounted(partition: &Partition) -> bool {
    is_drive(&partition.content) && !PartitionRole::Esp.is_of(partition)
}

/// The same of anything on a disk.
pub(super) fn may_have_mounted_on(disk: &Disk) -> bool {
    match disk.table.known() {
        Some(Table::Whole { content }) => is_drive(content),
        Some(Table::Partitioned { .. }) | None => disk.partitions().iter().any(may_have_mounted),
    }
}

fn is_drive(content: &Content) -> bool {
    matches!(content, Content::Formatted(fs) if DRIVES.contains(&fs.kind.as_str()))
}

/// Why none of that is touched.
pub(super) fn still_remembered(windows: &Path) -> Reason {
    let message = format!(
        "the Windows in {} is hibernated, as it mostly is after it was shut down with Fast Startup, and would \
         go on with what it remembers of its drives",
        windows.display()
    );
    Reason::new("path", message).with("path", windows)
}

/// The error that the Windows behind a device node sleeps.
pub(crate) fn problem(windows: &Path) -> Problem {
    Problem {
        id: ProblemId::WindowsSleeps,
        ..impossible_for(&still_remembered(windows), MEND)
    }
}

/// An error where a Windows sleeps on and something that it may have mounted is touched.
pub(super) fn refuse(
    survey: &Survey<'_>,
    gone: &[&Path],
    touches_a_drive: impl FnOnce() -> bool,
) -> Result<(), Problem> {
    match hibernated(survey, gone) {
        Some(windows) if touches_a_drive() => Err(problem(&windows.path)),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Fact, FileSystem};
    use crate::plan::{Problems, Seed, resolve};
    use crate::units::Sectors;

    /// A computer whose Windows sleeps, with another drive of it behind, and a second disk with a third.
    fn machine() -> Machine {
        let text = include_str!("../../../tests/machines/table-windows-gap.json");
        let mut machine: Machine = serde_json::from_str(text).unwrap();
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
            panic!("it has partitions")
        };
        partitions[3].start = Sectors(599_998_464);
        partitions[3].length = Sectors(325_615_616);
        let Content::Formatted(windows) = &mut partitions[2].content else {
            panic!("it has a Windows")
        };
        windows.shrink = Some(Shrink::Impossible(CannotShrink::Hibernated));
        let other = include_str!("../../../tests/machines/empty-uefi.json");
        let other: Machine = serde_json::from_str(other).unwrap();
        let Fact::Known(others) = other.disks else {
            panic!("it has disks")
        };
        let mut second = others.into_iter().next().unwrap();
        second.path = "/dev/sdz".into();
        second.serial = Some("SECOND".to_owned());
        second.by_id.clear();
        second.table = Fact::Known(Table::Whole {
            content: Content::Formatted(FileSystem::of_kind("ntfs")),
        });
        disks.push(second);
        machine
    }

    /// What is said of a preset for it.
    fn told(disk: &str) -> Vec<Problem> {
        let text = format!("version = 1\nroot = {{ password = 'ask' }}\n{disk}");
        let preset = crate::preset::read(&text, "test").unwrap();
        match resolve(&machine(), &preset, Seed::new([7; 32])) {
            Ok(plan) => plan.warnings,
            Err(Problems(problems)) => problems,
        }
    }

    fn sleeping(disk: &str) -> Vec<String> {
        let told = told(disk).into_iter();
        let told = told.filter(|problem| problem.id == ProblemId::WindowsSleeps);
        told.map(|problem| problem.field).collect()
    }

    fn serial() -> String {
        let disks = machine().disks;
        let disks = disks.known().unwrap();
        disks[0].serial.clone().unwrap()
    }

    #[test]
    fn what_it_remembers_is_not_touched() {
        let first = format!("choose = {{ serial = '{}' }}", serial());
        let replaced = "layout = 'replace'\npartition = { number = 4 }";
        assert_eq!(
            sleeping(&format!("[disk]\n{first}\n{replaced}")),
            ["disk.layout"]
        );
        let second = "[disk]\nchoose = { serial = 'SECOND' }\nlayout = 'erase'";
        assert_eq!(sleeping(second), ["disk.layout"]);
        let manual = "[disk]\nlayout = 'manual'\n[[disk.disks]]\n";
        let deleted = "[[disk.disks.partitions]]\npartition = { number = 4 }\ndo = 'delete'\n";
        assert_eq!(
            sleeping(&format!("{manual}{first}\n{deleted}")),
            ["disk.disks[0].partitions[0].partition"]
        );
        let anew = "choose = { serial = 'SECOND' }\ntable = 'new'\n";
        assert_eq!(
            sleeping(&format!("{manual}{anew}")),
            ["disk.disks[0].table"]
        );
    }

    /// Beside it there is room, and a Windows that goes whole does not wake.
    #[test]
    fn what_it_does_not_know_may_be_used() {
        let first = format!("[disk]\nchoose = {{ serial = '{}' }}", serial());
        for layout in ["layout = 'free'", "layout = 'erase'"] {
            assert_eq!(
                sleeping(&format!("{first}\n{layout}")),
                Vec::<String>::new()
            );
        }
        let replaced = format!("{first}\nlayout = 'replace'\npartition = {{ number = 3 }}");
        assert_eq!(sleeping(&replaced), Vec::<String>::new());
    }
}
