//! Which disks could be erased for the new system, and for the others, why not: for lists of all disks.

use super::layout::{Common, Request};
use super::resolve::{contents, needed};
use super::{Problem, disk_choice};
use crate::machine::Machine;
use crate::preset::{Layout, Preset};
use crate::storage::Contents;
use uuid::Uuid;

/// Why each disk of the machine, in its order, can't be erased for what the preset asks for; nothing
/// for those that can. What is wrong with the preset itself is no reason here.
///
/// Far cheaper than a plan for each of them: no file is written.
pub fn obstacles(machine: &Machine, preset: &Preset) -> Vec<Option<Problem>> {
    let mut preset = preset.clone();
    preset.disk = preset.disk.with_layout(Layout::Erase);
    let contents = contents::contents(machine, &preset).ok();
    let needed = needed(&preset, contents.as_ref());
    let common = Common::for_disks(machine);
    let too_small = |disk, contents: &Contents| {
        let request = Request {
            machine,
            disk,
            preset: &preset.disk,
            contents,
            common: &common(),
        };
        request.place(Uuid::nil).err()
    };
    let disks = machine.disks.known().into_iter().flatten();
    let obstacle = |disk| {
        let obstacle = disk_choice::refusal(machine, disk, needed);
        obstacle.or_else(|| too_small(disk, contents.as_ref()?))
    };
    disks.map(obstacle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Disk;
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
            let told = obstacles(&machine, &preset);
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
}
