//! On a BIOS, beside what stays: where GRUB's core image goes, and what that means for the others.

use super::{Request, impossible, impossible_for};
use crate::plan::reason::Reason;
use crate::plan::{Details, Problem, ProblemId, Severity};
use crate::storage::{
    ExistingTable, KeptPartition, MBR_END, NewTable, PartitionRole, Start, TableId,
};
use crate::units::{Bytes, SectorSize, Sectors};

/// What must be free for the core image. Ours reads ext4 from a partition and takes about 32 KiB; the GRUB
/// manual ("BIOS installation") calls 31 KiB the least. A first partition at sector 63 leaves too little.
const CORE_ROOM: Bytes = Bytes::kib(64);

impl Request<'_> {
    /// Whether a BIOS boot partition has to be made, where there is a BIOS; `rest` is the table without
    /// what goes. In an MBR the core image lies in the gap before the first partition.
    pub(super) fn makes_core_partition(&self, rest: &ExistingTable) -> Result<bool, Problem> {
        if self.contents.start != Start::BiosBoot {
            return Ok(false);
        }
        let sector = rest.sector_size;
        match rest.id {
            TableId::Gpt(_) => match core_partition(&rest.partitions) {
                Some(core) if core.length.bytes(sector) < CORE_ROOM => Err(Problem {
                    id: ProblemId::NoRoomForGrub,
                    ..impossible(
                        &format!(
                            "GRUB would go into the BIOS boot partition {}, which is too small for it",
                            core.number
                        ),
                        "Remove that partition, erase the disk, or choose another one.",
                    )
                    .because("core")
                    .with("number", core.number)
                }),
                Some(_) => Ok(false),
                None => Ok(true),
            },
            TableId::Mbr(_) => match no_gap(rest.outer().map(|p| p.start).min(), sector) {
                Some(why) => Err(Problem {
                    id: ProblemId::NoRoomForGrub,
                    ..impossible_for(
                        &why,
                        "Erase the disk, choose another one, or start the medium in UEFI mode if this \
                     computer has it.",
                    )
                }),
                None => Ok(false),
            },
        }
    }

    /// What replacing the start code of a disk means for the systems that stay on it.
    pub(super) fn start_code(&self, table: &NewTable) -> Option<Problem> {
        let replaced = self.contents.start == Start::BiosBoot && others_stay(table);
        replaced.then(|| start_code_replaced("disk.layout"))
    }

    /// What it means that a BIOS may not reach the kernels.
    pub(super) fn beyond_reach(&self, table: &NewTable) -> Option<Problem> {
        let with_kernels = |role| table.partitions.iter().find(|p| p.role == role);
        let root = || table.partitions.iter().find(|p| p.role.is_root());
        let kernels = with_kernels(PartitionRole::Boot).or_else(root)?;
        let is_far = self.contents.start == Start::BiosBoot && kernels.last().0 >= MBR_END;
        is_far.then(|| kernels_beyond_reach("disk.layout"))
    }

    /// What it means that the new system starts in another mode than those that stay.
    pub(super) fn other_mode(&self, table: &NewTable) -> Option<Problem> {
        let differs = self.contents.start == Start::Esp && starts_by_bios(table.id, table.kept());
        differs.then(|| starts_otherwise("disk.layout"))
    }
}

/// Why GRUB finds no room before the first partition of an MBR, if it does not: the partition begins at
/// `first`, if there is one.
pub(super) fn no_gap(first: Option<Sectors>, sector: SectorSize) -> Option<Reason> {
    let room = first.map(|first| Bytes(first.bytes(sector).0.saturating_sub(512)));
    let room = room.filter(|room| *room < CORE_ROOM)?;
    let message = format!(
        "GRUB has to lie before the first partition, where there are {room}, and it needs {CORE_ROOM}"
    );
    Some(
        Reason::new("gap", message)
            .with("size", room)
            .with("needed", CORE_ROOM),
    )
}

/// Whether something stays that may be started by the start code of the disk.
fn others_stay(table: &NewTable) -> bool {
    let mut others = table.kept().iter();
    others.any(|p| !p.kind.is(PartitionRole::BiosBoot))
}

/// Whether what stays is on an MBR without an EFI system partition: it starts by a BIOS, and no menu
/// starts both.
pub(super) fn starts_by_bios(id: TableId, kept: &[KeptPartition]) -> bool {
    let esp = kept.iter().any(|p| p.kind.is(PartitionRole::Esp));
    id.guid().is_none() && !kept.is_empty() && !esp
}

/// The start code of the disk becomes GRUB's.
pub(super) fn start_code_replaced(field: &str) -> Problem {
    Problem {
        id: ProblemId::StartCodeReplaced,
        severity: Severity::Warning,
        field: field.to_owned(),
        message: "the start code of this disk is replaced by GRUB: from now on its menu starts NixOS, \
                  and lists the other systems that it finds".to_owned(),
        mend: "The old start code is in the copy of the disk's first MiB, in /var/log/nevado of the new \
               system.".to_owned(),
        details: Details::NONE,
    }
}

/// Kernels end behind the sectors that 32 bits count.
pub(super) fn kernels_beyond_reach(field: &str) -> Problem {
    Problem {
        id: ProblemId::BeyondReach,
        severity: Severity::Warning,
        field: field.to_owned(),
        message: "the kernels of the new system lie behind the first 2 TiB of the disk, where many a BIOS \
                  does not read: it may start today, and not after the next change".to_owned(),
        mend: "Use free space nearer to the beginning of the disk, or start the medium in UEFI mode if \
               this computer has it.".to_owned(),
        details: Details::NONE,
    }
}

/// What stays starts in BIOS mode, and NixOS does not.
pub(super) fn starts_otherwise(field: &str) -> Problem {
    Problem {
        id: ProblemId::OtherMode,
        severity: Severity::Warning,
        field: field.to_owned(),
        message: "what is on this disk starts in BIOS mode, if it starts at all, and NixOS will start in \
                  UEFI mode: no boot menu offers both".to_owned(),
        mend: "Choose between them in the firmware's boot menu; or start the medium in BIOS mode.".to_owned(),
        details: Details::NONE,
    }
}

/// The BIOS boot partition that GRUB takes: the first of the table's.
fn core_partition(partitions: &[KeptPartition]) -> Option<&KeptPartition> {
    let own = partitions.iter();
    let own = own.filter(|p| p.kind.is(PartitionRole::BiosBoot));
    own.min_by_key(|p| p.number)
}

#[cfg(test)]
mod tests {
    use crate::machine::{Fact, Firmware, Machine};
    use crate::plan::{Plan, ProblemId, Seed, resolve};
    use crate::storage::{MBR_END, PartitionRole};

    fn plan(machine: &str, layout: &str) -> Plan {
        let text = std::fs::read_to_string(format!("tests/machines/{machine}.json")).unwrap();
        let mut machine: Machine = serde_json::from_str(&text).unwrap();
        machine.firmware = Fact::Known(Firmware::Bios);
        let text = format!("version = 1\n[root]\npassword = \"ask\"\n[disk]\n{layout}\n");
        let preset = crate::preset::read(&text, "test").unwrap();
        resolve(&machine, &preset, Seed::new([1; 32])).unwrap()
    }

    #[test]
    fn a_bios_finds_the_kernels_at_the_beginning_of_a_large_disk() {
        let plan = plan("bios-6tb", "layout = \"erase\"");
        let partitions = &plan.disk.table.partitions;
        let boot = partitions.iter().find(|p| p.role == PartitionRole::Boot);
        assert!(boot.unwrap().last().0 < MBR_END);
        assert!(partitions.iter().any(|p| p.last().0 > MBR_END));
        assert_eq!(plan.warnings, []);
    }

    #[test]
    fn kernels_behind_what_a_bios_reads_are_told() {
        let plan = plan("table-6tb-end-free", "layout = \"free\"");
        let told = plan.warnings.iter();
        assert!(
            told.map(|problem| problem.id)
                .any(|id| id == ProblemId::BeyondReach),
            "{:?}",
            plan.warnings
        );
    }
}
