//! Which ESP the new system starts from, where the disk keeps its own.

use super::Request;
use crate::machine::{Content, Machine, Partition};
use crate::plan::reason::Reason;
use crate::plan::{Detail, Details, Problem, ProblemId, Severity};
use crate::storage::{EspUse, ExistingEsp, PartitionRole, Start};

impl<'a> Request<'a> {
    /// The ESP that is asked for, or the best one; none if a new one has to be made, or if a BIOS starts
    /// the system, which knows none.
    pub(super) fn esp(&self, gone: &[&Partition]) -> Result<Option<ExistingEsp<'a>>, Problem> {
        let unusable = |why: Reason, mend: &str| Problem {
            id: ProblemId::EspUnusable,
            severity: Severity::Error,
            field: "disk.esp".to_owned(),
            message: why.message,
            mend: mend.to_owned(),
            details: why.details,
        };
        if self.contents.start == Start::BiosBoot {
            return match &self.preset.esp {
                None => Ok(None),
                Some(_) => Err(unusable(
                    Reason::new(
                        "bios",
                        "this computer was started by a BIOS, which starts from no EFI system partition",
                    ),
                    "Leave it out, or start the medium in UEFI mode if this computer has it.",
                )),
            };
        }
        let esp = match &self.preset.esp {
            None => ExistingEsp::best(self.disk, gone)
                .filter(|esp| self.kernels_of_others(esp, gone).is_none()),
            Some(wanted) => {
                let partition = self.find("disk.esp", wanted)?;
                let other = "Leave it out: another one is used, or a new one made.";
                let esp = ExistingEsp::of(partition).map_err(|why| unusable(why.into(), other))?;
                if let Some(kernels) = self.kernels_of_others(&esp, gone) {
                    return Err(unusable(second_for_kernels(kernels), other));
                }
                Some(esp)
            }
        };
        if let Some(esp) = esp
            && self.is_elsewhere(esp.uuid, esp.partition)
        {
            return Err(Problem {
                id: ProblemId::DuplicateDisks,
                severity: Severity::Error,
                field: "disk.esp".to_owned(),
                message: format!(
                    "another file system has the identifier {} of the EFI system partition too: \
                     one of the two is a copy",
                    esp.uuid
                ),
                mend: "Detach the disk with the copy.".to_owned(),
                details: Details::why("esp").with("uuid", Detail::code(esp.uuid)),
            });
        }
        Ok(esp)
    }

    /// The partition for kernels that stays, where this ESP would need a new one beside it.
    fn kernels_of_others(
        &self,
        esp: &ExistingEsp<'_>,
        gone: &[&Partition],
    ) -> Option<&'a Partition> {
        let stays = |p: &&Partition| gone.iter().all(|gone| gone.number != p.number);
        let mut others = self.disk.partitions().iter().filter(stays);
        match esp.good_for() {
            EspUse::Everything => None,
            EspUse::LoaderOnly => others.find(|p| PartitionRole::Xbootldr.is_of(p)),
        }
    }

    /// Whether the identifier of a partition's file system, by which it is mounted, is there once more.
    pub(super) fn is_elsewhere(&self, wanted: &str, own: &Partition) -> bool {
        twin_of_content(self.machine(), own) == Some(wanted)
    }
}

/// Why there is no second partition for kernels on a disk: systemd-boot opens the first one of that type
/// (systemd, `part-discovery.c`), whatever is in it.
pub(super) fn second_for_kernels(first: &Partition) -> Reason {
    let message = format!(
        "the EFI system partition has no room for kernels, and partition {} is for those of another system: \
         the boot loader would look there for the new ones, too",
        first.number
    );
    Reason::new("kernels_of_others", message).with("number", first.number)
}

/// The identifier of a partition's file system, if another partition has the same one.
pub(super) fn twin_of_content<'p>(machine: &Machine, own: &'p Partition) -> Option<&'p str> {
    let uuid = |p: &'p Partition| match &p.content {
        Content::Formatted(fs) => fs.uuid.as_deref(),
        Content::Blank | Content::Unknown(_) => None,
    };
    let wanted = uuid(own)?;
    let disks = machine.disks.known().into_iter().flatten();
    let mut others = disks.flat_map(|disk| disk.partitions());
    let same = |p: &Partition| match &p.content {
        Content::Formatted(fs) => fs.uuid.as_deref() == Some(wanted) && p.path != own.path,
        Content::Blank | Content::Unknown(_) => false,
    };
    others.any(same).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Fact, Firmware, Table};
    use crate::plan::{Action, Plan, Problems, Seed, resolve};

    /// A Linux replaced, on a disk with an ESP, in a computer that a BIOS started.
    fn on_a_bios(disk: &str) -> Result<Plan, Problems> {
        let recorded = include_str!("../../../tests/machines/table-dual-linux.json");
        let mut machine: Machine = serde_json::from_str(recorded).unwrap();
        machine.firmware = Fact::Known(Firmware::Bios);
        let text = format!(
            "version = 1\nroot = {{ password = 'ask' }}\n[disk]\nlayout = 'replace'\n\
             partition = {{ label = 'debian' }}\n{disk}"
        );
        let preset = crate::preset::read(&text, "test").unwrap();
        resolve(&machine, &preset, Seed::new([7; 32]))
    }

    /// Beside a Windows with a small ESP, and a Linux that keeps its kernels on a partition of their own.
    fn beside_kernels_of_others(disk: &str) -> Result<Plan, Problems> {
        let recorded = include_str!("../../../tests/machines/table-windows-gap.json");
        let mut machine: Machine = serde_json::from_str(recorded).unwrap();
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
            panic!("it has partitions")
        };
        partitions[3].type_id = PartitionRole::Xbootldr.type_guid().to_string();
        let text = format!("version = 1\nroot = {{ password = 'ask' }}\n[disk]\n{disk}");
        let preset = crate::preset::read(&text, "test").unwrap();
        resolve(&machine, &preset, Seed::new([7; 32]))
    }

    /// systemd-boot would look for the kernels of both at the same place.
    #[test]
    fn beside_the_kernels_of_others_there_is_a_new_esp() {
        let plan = beside_kernels_of_others("layout = 'free'").unwrap();
        let roles = plan.disk.table.partitions.iter().map(|p| p.role);
        let roles: Vec<_> = roles.collect();
        assert_eq!(roles, [PartitionRole::Esp, PartitionRole::RootX86_64]);
        let Err(Problems(problems)) =
            beside_kernels_of_others("layout = 'free'\nesp = { number = 1 }")
        else {
            panic!("two for kernels");
        };
        let told = problems.iter().find(|p| p.id == ProblemId::EspUnusable);
        assert!(
            told.unwrap().message.contains("partition 4 "),
            "{problems:?}"
        );
    }

    #[test]
    fn the_manual_layout_has_one_place_for_kernels_too() {
        let text = |other: &str| {
            format!(
                "layout = 'manual'\n[[disk.disks]]\nchoose = 'only'\n{other}\
                 [[disk.disks.partitions]]\npartition = {{ number = 1 }}\nmount = '/efi'\n\
                 [[disk.disks.partitions]]\nsize = '1 GiB'\nmount = '/boot'\n\
                 file_system = 'vfat'\n[[disk.disks.partitions]]\nsize = 'rest'\nmount = '/'\n"
            )
        };
        let Err(Problems(problems)) = beside_kernels_of_others(&text("")) else {
            panic!("two for kernels");
        };
        let told = problems.iter().find(|p| p.id == ProblemId::NoBootPlace);
        assert!(
            told.unwrap().message.contains("partition 4 "),
            "{problems:?}"
        );
        let deleted = "[[disk.disks.partitions]]\npartition = { number = 4 }\ndo = 'delete'\n";
        beside_kernels_of_others(&text(deleted)).unwrap();
    }

    #[test]
    fn a_bios_needs_no_esp_and_leaves_it_alone() {
        for (disk, mounted) in [("", vec!["/"]), ("file_system = 'xfs'", vec!["/", "/boot"])] {
            let steps = on_a_bios(disk).unwrap().steps.into_iter();
            let mounts = steps.filter_map(|step| match step.action {
                Action::Mount { at, .. } => Some(at.to_string()),
                _ => None,
            });
            assert_eq!(mounts.collect::<Vec<_>>(), mounted, "{disk}");
        }
        let Err(Problems(problems)) = on_a_bios("esp = { number = 1 }") else {
            panic!("an ESP for a BIOS");
        };
        assert!(
            problems.iter().any(|p| p.id == ProblemId::EspUnusable),
            "{problems:?}"
        );
    }
}
