//! On a BIOS, beside what stays: where GRUB's core image goes, and what that means for the others.

use super::{Request, impossible};
use crate::plan::{Problem, ProblemId, Severity};
use crate::storage::{ExistingTable, KeptPartition, NewTable, PartitionRole, Start, TableId};
use crate::units::Bytes;

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
                Some(core) if core.length.bytes(sector) < CORE_ROOM => Err(impossible(
                    &format!(
                        "GRUB would go into the BIOS boot partition {}, which is too small for it",
                        core.number
                    ),
                    "Remove that partition, erase the disk, or choose another one.",
                )),
                Some(_) => Ok(false),
                None => Ok(true),
            },
            TableId::Mbr(_) => {
                let first = rest.outer().map(|p| p.start).min();
                let room = first.map(|first| Bytes(first.bytes(sector).0.saturating_sub(512)));
                match room.filter(|room| *room < CORE_ROOM) {
                    Some(room) => Err(impossible(
                        &format!(
                            "GRUB has to lie before the first partition, where there are {room}, and \
                             it needs {CORE_ROOM}"
                        ),
                        "Erase the disk, choose another one, or start the medium in UEFI mode if this \
                         computer has it.",
                    )),
                    None => Ok(false),
                }
            }
        }
    }

    /// What replacing the start code of a disk means for the systems that stay on it.
    pub(super) fn start_code(&self, table: &NewTable) -> Option<Problem> {
        let others = table.kept().iter();
        let mut others = others.filter(|p| !p.kind.is(PartitionRole::BiosBoot));
        let replaced = self.contents.start == Start::BiosBoot && others.next().is_some();
        replaced.then(|| Problem {
            id: ProblemId::StartCodeReplaced,
            severity: Severity::Warning,
            field: "disk.layout".to_owned(),
            message:
                "the start code of this disk is replaced by GRUB: from now on its menu starts \
                      NixOS, and lists the other systems that it finds"
                    .to_owned(),
            mend:
                "The old start code is in the copy of the disk's first MiB, in /var/log/nevado of \
                   the new system."
                    .to_owned(),
        })
    }

    /// An MBR disk without an EFI system partition holds what starts by a BIOS, and no menu starts both.
    pub(super) fn other_mode(&self, table: &NewTable) -> Option<Problem> {
        let esp = table.kept().iter().any(|p| p.kind.is(PartitionRole::Esp));
        let is_mbr = table.id.guid().is_none() && !table.kept().is_empty();
        let differs = self.contents.start == Start::Esp && is_mbr && !esp;
        differs.then(|| Problem {
            id: ProblemId::OtherMode,
            severity: Severity::Warning,
            field: "disk.layout".to_owned(),
            message:
                "what is on this disk starts in BIOS mode, if it starts at all, and NixOS will \
                      start in UEFI mode: no boot menu offers both"
                    .to_owned(),
            mend:
                "Choose between them in the firmware's boot menu; or start the medium in BIOS mode."
                    .to_owned(),
        })
    }
}

/// The BIOS boot partition that GRUB takes: the first of the table's.
fn core_partition(partitions: &[KeptPartition]) -> Option<&KeptPartition> {
    let own = partitions.iter();
    let own = own.filter(|p| p.kind.is(PartitionRole::BiosBoot));
    own.min_by_key(|p| p.number)
}
