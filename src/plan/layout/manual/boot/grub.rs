//! What a BIOS starts from: GRUB, in a BIOS boot partition of a GPT or before the first partition of an MBR.

use super::{Boot, BootPlace, Mounted};
use crate::plan::layout::bios;
use crate::plan::layout::manual::wish::{FileSystem, Holds, What};
use crate::plan::layout::manual::{NO_PARTITION, no_root};
use crate::plan::{Detail, Details, Problem, ProblemId, Severity};
use crate::preset::FileSystemKind;
use crate::storage::TableId;
use crate::units::SectorSize;

impl Boot<'_, '_> {
    /// The one BIOS boot partition, or the gap of an MBR.
    pub(super) fn for_bios(&self) -> Result<BootPlace, Problem> {
        let parts = self.drafts.iter().flat_map(|draft| {
            let parts = draft.parts.iter();
            parts.map(move |(field, what)| (draft, *field, what))
        });
        let is_core = |what: &What<'_>| matches!(what.holds(), Some(Holds::BiosBoot));
        let mut cores = parts.filter(|(_, _, what)| is_core(what));
        let Some((draft, field, _)) = cores.next() else {
            return self.in_gap();
        };
        if let Some(found) = self.mbr(field) {
            let path = found.disk.path.as_path();
            let message = format!(
                "a BIOS boot partition belongs to a GPT, and {} has an MBR, where GRUB lies before the \
                 first partition",
                path.display()
            );
            let problem = field.unclear("type", "core_on_mbr", message, "Leave the partition out.");
            return Err(problem.with("path", path));
        }
        if let Some((_, second, _)) = cores.next() {
            return Err(second
                .error(
                    ProblemId::PartitionUnclear,
                    "type",
                    "GRUB starts from one BIOS boot partition, and there are two",
                    "Leave one of them out.",
                )
                .because("two_cores"));
        }
        if draft.disk.sectors.logical != SectorSize::B512 {
            return Err(field
                .error(
                    ProblemId::BiosSectorSize,
                    "type",
                    "a BIOS can hardly ever start from a disk with sectors of this size",
                    "Put the BIOS boot partition onto another disk.",
                )
                .with("sector", Detail::Number(draft.disk.sectors.logical.bytes()))
                .with("disk", draft.disk));
        }
        self.check_grub()?;
        Ok(BootPlace {
            disk: field.disk,
            esp: None,
        })
    }

    /// Without a BIOS boot partition: the kernels are on a disk whose MBR stays, and GRUB lies before its
    /// first partition.
    fn in_gap(&self) -> Result<BootPlace, Problem> {
        let kernels = self.boot.or(self.root).map(|mounted| mounted.field);
        let found = kernels.and_then(|field| Some((field.disk, self.mbr(field)?)));
        let Some((disk, draft)) = found else {
            // Once there is a place for kernels, there is one for GRUB: an MBR has no BIOS boot partition.
            let mut disks = self.drafts.iter();
            if kernels.is_none()
                && disks.any(|draft| matches!(draft.edited.stays.id, TableId::Mbr(_)))
            {
                return Err(no_root());
            }
            return Err(Problem {
                id: ProblemId::NoPlaceForGrub,
                severity: Severity::Error,
                field: NO_PARTITION.to_owned(),
                message: "this computer was started by a BIOS, and there is no partition that GRUB could \
                          start from".to_owned(),
                mend: "Add a partition with `size = \"1 MiB\"` and `type = \"bios_boot\"`.".to_owned(),
                details: Details::NONE,
            });
        };
        let wrong = |id, message: String, details, mend: &str| {
            Err(Problem {
                id,
                severity: Severity::Error,
                field: format!("disk.disks[{disk}].table"),
                message,
                mend: mend.to_owned(),
                details,
            })
        };
        let sector = draft.disk.sectors.logical;
        if sector != SectorSize::B512 {
            return wrong(
                ProblemId::BiosSectorSize,
                "a BIOS can hardly ever start from a disk with sectors of this size".to_owned(),
                Details::NONE
                    .with("sector", Detail::Number(sector.bytes()))
                    .with("disk", draft.disk),
                "Put /boot onto another disk.",
            );
        }
        if let Some(why) = bios::no_gap(draft.first(), sector) {
            return wrong(
                ProblemId::NoBootPlace,
                why.message,
                why.details,
                "Put /boot onto another disk, write `table = \"new\"` if everything on this one may be \
                 lost, or start the medium in UEFI mode if this computer has it.",
            );
        }
        self.check_grub()?;
        Ok(BootPlace { disk, esp: None })
    }

    /// GRUB reads kernels from a plain ext4: `/boot`, or the root without one.
    pub(super) fn check_grub(&self) -> Result<(), Problem> {
        let plain = |mounted: Mounted<'_, '_>| {
            let ext4 = FileSystem::Linux(FileSystemKind::Ext4);
            let made = mounted.what.made();
            made.is_some_and(|made| made.format == ext4 && !made.around.is_container())
        };
        match (self.boot, self.root) {
            (Some(boot), _) if !plain(boot) => Err(boot
                .field
                .error(
                    ProblemId::NoBootPlace,
                    "mount",
                    "GRUB reads kernels from a new, plain ext4",
                    "Write `file_system = \"ext4\"`, without `encrypt`.",
                )
                .because("plain_ext4")),
            (None, Some(root)) if !plain(root) => Err(Problem {
                id: ProblemId::NoBootPlace,
                severity: Severity::Error,
                field: NO_PARTITION.to_owned(),
                message: "GRUB can't read kernels from a root that is encrypted or not ext4"
                    .to_owned(),
                mend: "Add a partition with `size = \"1 GiB\"` and `mount = \"/boot\"`.".to_owned(),
                details: Details::why("root_unread"),
            }),
            _ => Ok(()),
        }
    }
}
