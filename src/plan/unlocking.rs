//! Which LUKS containers have to be looked into before a preset can become a plan, and what is to be
//! told when that fails: nothing has been written by then.

use super::{Details, Problem, ProblemId, Severity, chosen_disks};
use crate::machine::{Disk, Machine, Unlocked};
use crate::preset::{Layout, PartitionMatch, Preset};
use crate::storage::KeptLuks;
use std::path::PathBuf;

/// A LUKS container that stays, and that the preset asks to unlock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptContainer {
    /// The field of the preset that asks for it.
    pub field: String,
    /// The partition's device node.
    pub device: PathBuf,
    /// The partition's number.
    pub number: u32,
}

/// The containers that a preset unlocks and that are there, looked into or not. What names none is told
/// by [`resolve`](super::resolve).
pub fn kept_containers(machine: &Machine, preset: &Preset) -> Vec<KeptContainer> {
    let mut found = Vec::new();
    match preset.disk.layout {
        Some(Layout::Manual) => {
            let disks = chosen_disks(machine, preset).unwrap_or_default();
            let wishes = preset.disk.disks.iter().zip(disks);
            for (index, (manual, disk)) in wishes.enumerate() {
                for (place, wish) in manual.partitions.iter().enumerate() {
                    let field = format!("disk.disks[{index}].partitions[{place}].unlock");
                    let wanted = wish
                        .partition
                        .as_ref()
                        .filter(|_| wish.unlock == Some(true));
                    found.extend(wanted.and_then(|wanted| container(disk, wanted, field)));
                }
            }
        }
        Some(
            Layout::Erase | Layout::Alongside | Layout::Free | Layout::Replace | Layout::KeepHome,
        )
        | None => {}
    }
    found
}

/// The container in the one partition that is meant.
fn container(disk: &Disk, wanted: &PartitionMatch, field: String) -> Option<KeptContainer> {
    let mut meant = disk.partitions().iter().filter(|p| wanted.fits(p));
    let (Some(partition), None) = (meant.next(), meant.next()) else {
        return None;
    };
    KeptLuks::of(partition).ok()?;
    Some(KeptContainer {
        field,
        device: partition.path.clone(),
        number: partition.number,
    })
}

impl KeptContainer {
    /// Writes down what was found in it.
    ///
    /// # Errors
    /// It could not be looked into: the problem at the field that asks for it.
    pub fn note(&self, machine: &mut Machine, found: Unlocked) -> Result<(), Problem> {
        let wrong = |id, why, message: String, mend: &str| {
            Err(Problem {
                id,
                severity: Severity::Error,
                field: self.field.clone(),
                message,
                mend: mend.to_owned(),
                details: Details::why(why).with("number", self.number),
            })
        };
        match found {
            Unlocked::Inside(inside) => {
                machine.note_inside(&self.device, &inside);
                Ok(())
            }
            Unlocked::WrongPassphrase => wrong(
                ProblemId::WrongPassphrase,
                "number",
                format!(
                    "the passphrase does not open the LUKS container in partition {}; nothing was \
                     changed",
                    self.number
                ),
                "Give the one that opens it. Everything that is encrypted in an installation has the \
                 same passphrase; `cryptsetup luksAddKey` adds one to a container.",
            ),
            Unlocked::Impossible { why } => wrong(
                ProblemId::ContainerLocked,
                "impossible",
                format!(
                    "the LUKS container in partition {} can't be looked into: {why}",
                    self.number
                ),
                "Close it if it is open, or let it stay as it is, locked.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Problems, Seed, resolve};

    #[test]
    fn what_is_asked_for_is_found_and_a_wrong_passphrase_is_told_at_its_field() {
        let text = include_str!("../../tests/machines/table-luks-home.json");
        let mut machine: Machine = serde_json::from_str(text).unwrap();
        let locked = machine.clone();
        let text = include_str!("../../tests/presets/manual-unlock.toml");
        let preset = crate::preset::read(text, "test").unwrap();
        let found = kept_containers(&machine, &preset);
        let [container] = found.as_slice() else {
            panic!("{found:?}")
        };
        let field = "disk.disks[0].partitions[2].unlock";
        assert_eq!((container.field.as_str(), container.number), (field, 5));
        for (ends, id) in [
            (Unlocked::WrongPassphrase, ProblemId::WrongPassphrase),
            (
                Unlocked::Impossible {
                    why: "no".to_owned(),
                },
                ProblemId::ContainerLocked,
            ),
        ] {
            let problem = container.note(&mut machine, ends).unwrap_err();
            assert_eq!((problem.id, problem.field.as_str()), (id, field));
        }
        assert_eq!(machine, locked);
        // What was found makes the plan possible that was not before.
        let inside = machine.disks.known().unwrap()[0].partitions()[4].inside();
        let inside = inside.unwrap().clone();
        let mut machine: Machine = locked;
        if let crate::machine::Fact::Known(disks) = &mut machine.disks {
            disks[0] = disks[0].unmeasured();
        }
        let seed = || Seed::new([1; 32]);
        let Err(Problems(problems)) = resolve(&machine, &preset, seed()) else {
            panic!("nobody has looked into it");
        };
        let told = problems.iter().find(|p| p.id == ProblemId::ContainerLocked);
        assert_eq!(told.unwrap().field, field);
        container
            .note(&mut machine, Unlocked::Inside(inside))
            .unwrap();
        resolve(&machine, &preset, seed()).unwrap();
    }
}
