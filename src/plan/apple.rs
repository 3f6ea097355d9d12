//! What a Mac with Apple's own processor needs on its disk to start at all: without it, not even its
//! recovery starts, and a second Mac has to restore it (Asahi Linux, "Partitioning cheatsheet").

use super::{Details, Problem, ProblemId, Severity};
use crate::machine::{Architecture, Disk, Machine, Partition};

/// The types of Apple's two: what iBoot starts with, and the system's recovery. Macs with an Intel
/// processor have neither.
const TYPES: [&str; 2] = [
    "69646961-6700-11aa-aa11-00306543ecac",
    "52637672-7900-11aa-aa11-00306543ecac",
];

/// Why a partition has to stay, if it is one of the two.
pub(super) fn refusal(machine: &Machine, field: &str, partition: &Partition) -> Option<Problem> {
    // On another computer, they are the copy of a Mac's disk.
    let is_needed = machine.architecture == Architecture::Aarch64
        && TYPES
            .iter()
            .any(|kind| partition.type_id.eq_ignore_ascii_case(kind));
    is_needed.then(|| Problem {
        id: ProblemId::AppleFirmware,
        severity: Severity::Error,
        field: field.to_owned(),
        message: format!(
            "partition {} is what this Mac starts with: without it nothing starts any more, the recovery \
             included, until a second Mac restores it",
            partition.number
        ),
        mend: "Let Apple's own partitions stay, and use free space or the partition of a system.".to_owned(),
        details: Details::NONE.with("number", partition.number),
    })
}

/// Why a disk can't be erased, if such a partition is on it.
pub(super) fn refusal_to_erase(machine: &Machine, field: &str, disk: &Disk) -> Option<Problem> {
    let mut partitions = disk.partitions().iter();
    partitions.find_map(|partition| refusal(machine, field, partition))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Problems, Seed, resolve};

    /// What the resolver says of the Mac's disk, or of its copy in another computer.
    fn told(architecture: Architecture, disk: &str) -> Vec<ProblemId> {
        let recorded = include_str!("../../tests/machines/table-apple-silicon.json");
        let mut machine: Machine = serde_json::from_str(recorded).unwrap();
        machine.architecture = architecture;
        let text = format!("version = 1\nroot = {{ password = 'ask' }}\n[disk]\n{disk}\n");
        let preset = crate::preset::read(&text, "test").unwrap();
        match resolve(&machine, &preset, Seed::new([7; 32])) {
            Ok(_) => Vec::new(),
            Err(Problems(problems)) => problems.iter().map(|problem| problem.id).collect(),
        }
    }

    fn manual(disk: &str) -> String {
        format!("layout = 'manual'\n[[disk.disks]]\nchoose = 'only'\n{disk}")
    }

    #[test]
    fn nothing_takes_what_the_mac_starts_with() {
        let part = |what: &str| manual(&format!("[[disk.disks.partitions]]\n{what}"));
        for disk in [
            "layout = 'erase'".to_owned(),
            "layout = 'replace'\npartition = { number = 1 }".to_owned(),
            "layout = 'replace'\npartition = { number = 4 }".to_owned(),
            manual("table = 'new'\n[[disk.disks.partitions]]\nsize = 'rest'\nmount = '/'"),
            part("partition = { number = 1 }\ndo = 'delete'"),
            part("partition = { number = 4 }\ndo = 'format'\nfile_system = 'ext4'\nmount = '/'"),
        ] {
            let on = |architecture| told(architecture, &disk).contains(&ProblemId::AppleFirmware);
            assert!(on(Architecture::Aarch64), "{disk}");
            assert!(!on(Architecture::X86_64), "a copy of it: {disk}");
        }
    }

    #[test]
    fn layouts_that_keep_it_are_possible() {
        assert_eq!(told(Architecture::Aarch64, "layout = 'free'"), []);
    }
}
