//! Who stays and may sleep beside what a layout touches. That is looked at again before anything is wiped: a
//! machine may not have been measured, and whoever is quick is not held up for it.

use super::{Arranged, asleep, impossible, system, windows_asleep};
use crate::machine::{CannotShrink, Content, Disk, Installed, Machine, Partition, Shrink};
use crate::plan::{Action, PlannedDisk, Problem, ProblemId, Severity};
use std::path::PathBuf;

/// The step that looks again; none where nobody could sleep, or nothing is touched that it could remember.
pub(in crate::plan) fn step(machine: &Machine, arranged: &Arranged) -> Option<Action> {
    let windows = drives_of_windows(machine, arranged);
    let windows: Vec<PathBuf> = windows.into_iter().map(|p| p.path.clone()).collect();
    let linux = swap(machine, arranged);
    let is_any = !windows.is_empty() || !linux.is_empty();
    is_any.then_some(Action::FindSleepers { windows, linux })
}

/// A warning for each drive of a Windows that stays where nobody has seen yet whether it sleeps.
pub(in crate::plan) fn unseen(machine: &Machine, arranged: &Arranged) -> Vec<Problem> {
    let drives = drives_of_windows(machine, arranged).into_iter();
    let unseen = drives.filter(|drive| !is_seen(drive));
    let warning = |drive: &Partition| {
        Problem {
        id: ProblemId::WindowsMaySleep,
        severity: Severity::Warning,
        ..impossible(
            &format!(
                "whether a Windows is hibernated in {} could not be seen yet; that is looked at before anything \
                 is written, and ends the installation if it is",
                drive.path.display()
            ),
            "To be sure, start Windows, and hold Shift while you choose to shut it down.",
        )
        .with("path", drive.path.as_path())
    }
    };
    unseen.map(warning).collect()
}

/// Whether somebody has seen whether a Windows sleeps in it.
fn is_seen(drive: &Partition) -> bool {
    let Content::Formatted(found) = &drive.content else {
        return false;
    };
    match &found.shrink {
        Some(Shrink::Possible(_)) => true,
        Some(Shrink::Impossible(why)) => {
            matches!(why, CannotShrink::Hibernated | CannotShrink::Dirty)
        }
        None => false,
    }
}

/// The drives that stay and that a Windows may sleep in, where another one of its drives, or one of them, is
/// touched.
fn drives_of_windows<'a>(machine: &'a Machine, arranged: &Arranged) -> Vec<&'a Partition> {
    if !touches_a_drive(machine, arranged) {
        return Vec::new();
    }
    let disks = machine.disks.known().into_iter().flatten();
    let drives = disks.flat_map(|disk| {
        let mut drives: Vec<&Partition> = disk.partitions().iter().collect();
        drives.retain(|drive| may_hold_windows(drive) && stays(arranged, disk, drive));
        drives
    });
    drives.collect()
}

/// Whether it is an NTFS with a Windows, or one that nobody has looked into and that does not only mend one.
fn may_hold_windows(partition: &Partition) -> bool {
    if partition.type_id == system::RECOVERY {
        return false;
    }
    let Content::Formatted(found) = &partition.content else {
        return false;
    };
    let looked = found.installed.as_ref();
    found.kind == "ntfs" && looked.is_none_or(|found| *found == Installed::Windows)
}

/// The device nodes of swap that stays, where anything is touched that a Linux may have mounted.
fn swap(machine: &Machine, arranged: &Arranged) -> Vec<PathBuf> {
    let disks = || machine.disks.known().into_iter().flatten();
    let goes = |planned: &PlannedDisk| {
        let mut disks = disks();
        let disk = disks.find(|disk| disk.path == planned.identity.path);
        disk.is_some_and(|disk| match planned.table.base.is_new() {
            true => asleep::may_have_mounted(disk),
            false => disk.partitions().iter().any(|p| is_changed(planned, p)),
        })
    };
    let is_mounted = !arranged.kept.is_empty() || !arranged.subvolumes.is_empty();
    if !is_mounted && !arranged.disks.iter().any(goes) {
        return Vec::new();
    }
    let is_swap = |content: &Content| match content {
        Content::Formatted(found) => ["swap", "swsuspend"].contains(&found.kind.as_str()),
        Content::Blank | Content::Unknown(_) => false,
    };
    let swap = disks().flat_map(|disk| {
        let partitions = disk.partitions();
        let stays = move |node: &PathBuf| match partitions.iter().find(|p| p.path == *node) {
            Some(partition) => stays(arranged, disk, partition),
            None => planned(arranged, disk).is_none(),
        };
        let swap = asleep::regions(disk).filter(|(_, content)| is_swap(content));
        swap.map(|(node, _)| node.to_owned()).filter(stays)
    });
    swap.collect()
}

/// Whether something is touched that a Windows may have mounted.
fn touches_a_drive(machine: &Machine, arranged: &Arranged) -> bool {
    let disks = machine.disks.known().into_iter().flatten();
    let mut planned = disks.filter_map(|disk| Some((disk, planned(arranged, disk)?)));
    planned.any(|(disk, planned)| match planned.table.base.is_new() {
        true => windows_asleep::may_have_mounted_on(disk),
        false => {
            let drives = disk.partitions().iter();
            let mut drives = drives.filter(|p| windows_asleep::may_have_mounted(p));
            drives.any(|drive| is_changed(planned, drive))
        }
    })
}

/// What the layout makes of a disk, if it is one of its own.
fn planned<'a>(arranged: &'a Arranged, disk: &Disk) -> Option<&'a PlannedDisk> {
    let mut disks = arranged.disks.iter();
    disks.find(|planned| planned.identity.path == disk.path)
}

/// Whether a partition of a disk stays.
fn stays(arranged: &Arranged, disk: &Disk, partition: &Partition) -> bool {
    let stays_on = |planned: &PlannedDisk| {
        let mut kept = planned.table.kept().iter();
        kept.any(|kept| kept.number == partition.number)
    };
    planned(arranged, disk).is_none_or(stays_on)
}

/// Whether a partition of a disk whose table is kept goes, is made anew, or gets another size.
fn is_changed(planned: &PlannedDisk, partition: &Partition) -> bool {
    let mut kept = planned.table.kept().iter();
    let kept = kept.find(|kept| kept.number == partition.number);
    kept.is_none_or(|kept| kept.length_now.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Fact, FileSystem, Table};
    use crate::plan::{Plan, Seed, resolve};
    use crate::units::Sectors;
    use std::path::Path;

    /// A computer with a Windows in partition 3 and another drive behind it, and a second disk with a third.
    fn machine() -> Machine {
        let text = include_str!("../../../tests/machines/table-windows-gap.json");
        let mut machine: Machine = serde_json::from_str(text).unwrap();
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
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        disks[0].serial = Some("FIRST".to_owned());
        disks.push(second);
        let drive = partition(&mut machine, 3);
        drive.start = Sectors(599_998_464);
        drive.length = Sectors(325_615_616);
        machine
    }

    fn partition(machine: &mut Machine, at: usize) -> &mut Partition {
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
            panic!("it has partitions")
        };
        &mut partitions[at]
    }

    fn windows(machine: &mut Machine) -> &mut FileSystem {
        match &mut partition(machine, 2).content {
            Content::Formatted(found) => found,
            other => panic!("{other:?}"),
        }
    }

    fn planned(machine: &Machine, disk: &str) -> Plan {
        let text = format!("version = 1\nroot = {{ password = 'ask' }}\n[disk]\n{disk}");
        let preset = crate::preset::read(&text, "test").unwrap();
        resolve(machine, &preset, Seed::new([7; 32])).unwrap()
    }

    /// Where a plan looks again for a Windows, and how many warnings it has of one that was not looked at.
    fn told(machine: &Machine, disk: &str) -> (Vec<PathBuf>, usize) {
        let plan = planned(machine, disk);
        let mut steps = plan.steps.iter();
        let found = steps.find_map(|step| match &step.action {
            Action::FindSleepers { windows, .. } => Some(windows.clone()),
            _ => None,
        });
        let of_it = |problem: &&Problem| problem.id == ProblemId::WindowsMaySleep;
        let warnings = plan.warnings.iter().filter(of_it).count();
        (found.unwrap_or_default(), warnings)
    }

    const REPLACED: &str =
        "choose = { serial = 'FIRST' }\nlayout = 'replace'\npartition = { number = 4 }";
    const SECOND: &str = "choose = { serial = 'SECOND' }\nlayout = 'erase'";

    #[test]
    fn a_windows_that_stays_beside_what_it_knows_is_looked_at_again() {
        let machine = machine();
        let drive = Path::new("/dev/nvme0n1p3").to_owned();
        assert_eq!(told(&machine, REPLACED), (vec![drive.clone()], 1));
        assert_eq!(told(&machine, SECOND), (vec![drive.clone()], 1));
        let manual = "layout = 'manual'\n[[disk.disks]]\nchoose = { serial = 'FIRST' }\n\
                      [[disk.disks.partitions]]\nsize = '1 GiB'\nmount = '/boot'\n\
                      [[disk.disks.partitions]]\npartition = { number = 4 }\ndo = 'format'\nmount = '/'\n";
        assert_eq!(told(&machine, manual), (vec![drive], 1));
    }

    #[test]
    fn nothing_is_looked_at_where_nothing_is_touched_that_it_knows() {
        let machine = machine();
        let first = |rest: &str| format!("choose = {{ serial = 'FIRST' }}\n{rest}");
        for disk in [
            first("layout = 'free'"),
            // It goes itself; of the drive on the other disk nothing is known.
            first("layout = 'erase'"),
            first("layout = 'replace'\npartition = { number = 3 }"),
        ] {
            let (found, warnings) = told(&machine, &disk);
            let other = Path::new("/dev/nvme0n1p4").to_owned();
            assert!(found.is_empty() || found == [other], "{disk}: {found:?}");
            assert_eq!(warnings, found.len(), "{disk}");
        }
    }

    #[test]
    fn what_was_looked_at_is_no_reason_to_warn() {
        let mut machine = machine();
        let drive = Path::new("/dev/nvme0n1p3").to_owned();
        for (why, warnings) in [
            (CannotShrink::Dirty, 0),
            (CannotShrink::InUse, 1),
            (
                CannotShrink::NoTool {
                    program: "ntfsinfo".to_owned(),
                },
                1,
            ),
        ] {
            windows(&mut machine).shrink = Some(Shrink::Impossible(why));
            assert_eq!(told(&machine, REPLACED), (vec![drive.clone()], warnings));
        }
        // A drive of data only.
        windows(&mut machine).installed = Some(Installed::Nothing);
        assert_eq!(told(&machine, REPLACED), (Vec::new(), 0));
    }

    #[test]
    fn swap_that_stays_is_looked_at_again_where_anything_is_touched() {
        let text = include_str!("../../../tests/machines/table-dual-linux.json");
        let machine: Machine = serde_json::from_str(text).unwrap();
        let looked = |disk: &str| {
            let plan = planned(&machine, disk);
            let mut steps = plan.steps.into_iter();
            steps.find_map(|step| match step.action {
                Action::FindSleepers { linux, .. } => Some(linux),
                _ => None,
            })
        };
        let replaced = "choose = 'only'\nlayout = 'replace'\npartition = { number = 3 }";
        let swap = Path::new("/dev/nvme0n1p4").to_owned();
        assert_eq!(looked(replaced), Some(vec![swap]));
        assert_eq!(looked("choose = 'only'\nlayout = 'erase'"), None);
    }
}
