//! Which disks could be taken for the new system, and for the others, why not: for lists of all disks.

use super::layout::{Common, Request};
use super::resolve::{contents, needed};
use super::{Problem, ProblemId, Survey, disk_choice};
use crate::machine::Disk;
use crate::preset::{Layout, Preset};
use crate::storage::Contents;

/// Why each disk of the machine, in its order, can't be taken for what the preset asks for; nothing
/// for those that can: which can be erased, or, where a system that sleeps forbids that, have free space for
/// all of the new system. What is wrong with the preset itself is no reason here.
///
/// Far cheaper than a plan for each of them: no file is written.
pub fn obstacles(survey: &Survey<'_>, preset: &Preset) -> Vec<Option<Problem>> {
    let machine = survey.machine();
    let mut preset = preset.clone();
    preset.disk = preset.disk.with_layout(Layout::Erase);
    let contents = contents::contents(machine, &preset).ok();
    let needed = needed(&preset, contents.as_ref());
    let not_erased = |disk: &Disk, contents: &Contents| {
        let request = Request {
            disk,
            preset: &preset.disk,
            contents: &contents.on(disk),
            common: &Common::new(survey),
        };
        let why = request.refusal_to_erase()?;
        let sleeps = matches!(why.id, ProblemId::LinuxSleeps | ProblemId::WindowsSleeps);
        let is_beside = sleeps && request.fits_into_a_gap();
        (!is_beside).then_some(why)
    };
    let disks = machine.disks.known().into_iter().flatten();
    let obstacle = |disk| {
        let obstacle = disk_choice::refusal(machine, disk, needed);
        obstacle.or_else(|| not_erased(disk, contents.as_ref()?))
    };
    disks.map(obstacle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Fact, Machine, Table};
    use crate::plan::{Problems, Seed, Severity, resolve};
    use crate::preset::{DiskChoice, DiskMatch};
    use std::fs;
    use std::path::Path;

    /// What the resolver says of a disk when it is the chosen one.
    fn resolved(machine: &Machine, preset: &Preset, disk: &Disk) -> Option<Problem> {
        let mut preset = preset.clone();
        preset.disk.choose = DiskChoice::Match(DiskMatch {
            path: Some(disk.path.clone()),
            ..DiskMatch::default()
        });
        let Problems(problems) = resolve(machine, &preset, Seed::new([1; 32])).err()?;
        problems.into_iter().find(|problem| {
            problem.severity == Severity::Error && problem.field.starts_with("disk")
        })
    }

    #[test]
    fn they_are_what_the_resolver_says_of_every_disk_of_every_recorded_machine() {
        let text = "version = 1\n[root]\npassword = \"ask\"\n[desktop]\nenvironment = \"gnome\"\n\
                    [disk]\nlayout = \"erase\"\nswap = \"hibernate\"\n";
        let preset = crate::preset::read(text, "test").unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
        let (mut free, mut refused) = (0, 0);
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let machine: Machine = serde_json::from_str(&text).unwrap();
            // Of a computer whose memory is not known, the resolver has nothing to say of the disks.
            if contents::contents(&machine, &preset).is_err() {
                continue;
            }
            let told = obstacles(&Survey::of(&machine), &preset);
            let disks = machine.disks.known().map_or(&[][..], Vec::as_slice);
            assert_eq!(told.len(), disks.len());
            for (disk, told) in disks.iter().zip(told) {
                let wanted = resolved(&machine, &preset, disk);
                assert_eq!(told, wanted, "{}", disk.path.display());
                match wanted {
                    Some(_) => refused += 1,
                    None => free += 1,
                }
            }
        }
        assert!(free > 20 && refused > 5, "{free} {refused}");
    }

    #[test]
    fn a_disk_with_free_space_can_be_taken_while_a_linux_sleeps_on_another() {
        let machine = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
            fs::read_to_string(folder.join(format!("{name}.json"))).unwrap()
        };
        let read = |text: &str| -> Machine { serde_json::from_str(text).unwrap() };
        let told = |other: &str| {
            let mut asleep = read(&machine("table-linux-hibernated"));
            // Not a copy of the other disk.
            let mut other = read(&machine(other).replace("b04e93d7", "c15fa4e8"))
                .disks
                .known()
                .unwrap()[0]
                .clone();
            other.name = "sdz".to_owned();
            other.path = "/dev/sdz".into();
            if let Fact::Known(Table::Partitioned { partitions, .. }) = &mut other.table {
                for partition in partitions {
                    partition.path = format!("/dev/sdz{}", partition.number).into();
                }
            }
            let Fact::Known(disks) = &mut asleep.disks else {
                panic!("it has disks")
            };
            disks.push(other);
            let preset = crate::preset::read("version = 1\n", "test").unwrap();
            let told = obstacles(&Survey::of(&asleep), &preset).pop().unwrap();
            told.map(|problem| problem.id)
        };
        assert_eq!(told("table-windows-gap"), None);
        assert_eq!(told("table-windows-no-gap"), Some(ProblemId::LinuxSleeps));
    }

    /// On a BIOS, an MBR with one free place in its table has room for a system in one partition.
    #[test]
    fn a_disk_for_a_bios_needs_no_more_places_in_its_table_than_are_made() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
        let read = |name: &str| -> Machine {
            let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
            serde_json::from_str(&text).unwrap()
        };
        let mut machine = read("table-mbr-windows");
        let mut asleep = read("table-linux-hibernated").disks.known().unwrap()[0].clone();
        asleep.path = "/dev/sdz".into();
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        disks.push(asleep);
        let preset = crate::preset::read("version = 1\n", "test").unwrap();
        let told = obstacles(&Survey::of(&machine), &preset);
        assert_eq!(told.first(), Some(&None));
    }
}
