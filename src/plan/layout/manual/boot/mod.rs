//! What the firmware starts from: where the manual layout has the boot loader and the kernels.

use super::super::{bios, esp};
use super::NO_PARTITION;
use super::draft::{DiskDraft, is_esp};
use super::wish::{Field, FileSystem, Holds, Made, What};
use crate::machine::Partition;
use crate::plan::reason::Reason;
use crate::plan::{Detail, Details, Problem, ProblemId, Severity};
use crate::preset::{BootLoader, FileSystemKind, PartitionType};
use crate::storage::{EspUse, ExistingEsp, KERNEL_ROOM, MBR_END, PartitionRole, Start, TableId};
use crate::units::SectorSize;

/// Something that is mounted.
#[derive(Clone, Copy)]
pub(super) struct Mounted<'d, 'a> {
    pub field: Field,
    pub what: &'d What<'a>,
}

/// Where the system starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BootPlace {
    /// Which disk of the list.
    pub disk: usize,
    /// What the EFI system partition holds, where there is one.
    pub esp: Option<EspUse>,
}

/// What it is decided from.
pub(super) struct Boot<'d, 'a> {
    pub drafts: &'d [DiskDraft<'a>],
    pub start: Start,
    /// The boot loader that is asked for.
    pub loader: Option<BootLoader>,
    /// What is mounted at `/`, `/boot` and `/efi`.
    pub root: Option<Mounted<'d, 'a>>,
    pub boot: Option<Mounted<'d, 'a>>,
    pub efi: Option<Mounted<'d, 'a>>,
}

impl Boot<'_, '_> {
    /// The place.
    ///
    /// # Errors
    /// The firmware, or the boot loader, could not read it.
    pub(super) fn place(&self) -> Result<BootPlace, Problem> {
        match self.start {
            Start::Esp => self.for_uefi(),
            Start::BiosBoot => self.for_bios(),
        }
    }

    /// Whether what is mounted at /boot is what the firmware, or GRUB, reads by itself there.
    ///
    /// # Errors
    /// Why it is not.
    pub(super) fn check_boot(&self) -> Result<(), Problem> {
        match (self.start, self.boot) {
            (Start::Esp, Some(boot)) => self.check_esp(boot, EspUse::Everything),
            (Start::BiosBoot, Some(_)) => self.check_grub(),
            (_, None) => Ok(()),
        }
    }

    fn for_uefi(&self) -> Result<BootPlace, Problem> {
        match (self.efi, self.boot) {
            (None, None) => Err(Problem {
                id: ProblemId::NoBootPlace,
                severity: Severity::Error,
                field: NO_PARTITION.to_owned(),
                message: "no EFI system partition is mounted, and without one the firmware has \
                          nothing to start from"
                    .to_owned(),
                mend:
                    "Add a partition with `size = \"1 GiB\"` and `mount = \"/boot\"`; or mount the \
                     one that is there: `partition = { number = … }` with `mount = \"/boot\"`."
                        .to_owned(),
                details: Details::why("no_esp"),
            }),
            (None, Some(esp)) => {
                self.check_esp(esp, EspUse::Everything)?;
                Ok(BootPlace {
                    disk: esp.field.disk,
                    esp: Some(EspUse::Everything),
                })
            }
            (Some(esp), None) => {
                let problem = esp.field.error(
                    ProblemId::NoBootPlace,
                    "mount",
                    "kernels are kept in /boot, which would not be where the firmware reads them",
                    "Mount the EFI system partition at /boot, or add a partition at /boot beside it.",
                );
                Err(problem.because("no_boot"))
            }
            (Some(esp), Some(boot)) => {
                self.check_esp(esp, EspUse::LoaderOnly)?;
                self.check_kernels(esp, boot)?;
                Ok(BootPlace {
                    disk: esp.field.disk,
                    esp: Some(EspUse::LoaderOnly),
                })
            }
        }
    }

    /// An EFI system partition: new, or one that is there and has the room.
    fn check_esp(&self, esp: Mounted<'_, '_>, used: EspUse) -> Result<(), Problem> {
        let wrong = |why, kind: &str, message: String, mend: &str| {
            let problem = esp
                .field
                .error(ProblemId::NoBootPlace, "mount", message, mend);
            Err(problem.because(why).with("kind", Detail::code(kind)))
        };
        match made(esp.what) {
            Some(made) => match (made.format, made.kind) {
                (FileSystem::Vfat, None | Some(PartitionType::Esp)) => Ok(()),
                (FileSystem::Vfat, Some(kind)) => wrong(
                    "type",
                    &kind.to_string(),
                    format!(
                        "the firmware starts from an EFI system partition, and its type is {kind}"
                    ),
                    "Write `type = \"esp\"`, or leave the type out.",
                ),
                (FileSystem::Linux(kind), _) => wrong(
                    "format",
                    &kind.to_string(),
                    format!("the firmware starts from vfat, and can't read {kind}"),
                    "Write `file_system = \"vfat\"`; or mount an EFI system partition at /efi, too.",
                ),
            },
            None => {
                let Some(partition) = esp.what.partition() else {
                    return Ok(());
                };
                let found = match ExistingEsp::of(partition) {
                    Ok(found) => found,
                    Err(why) => {
                        return Err(esp
                            .field
                            .error(
                                ProblemId::EspUnusable,
                                "partition",
                                why.to_string(),
                                "Mount another one, or create one.",
                            )
                            .telling(Reason::from(why).details));
                    }
                };
                match used == EspUse::Everything && found.good_for() == EspUse::LoaderOnly {
                    false => Ok(()),
                    true => Err(esp
                        .field
                        .error(
                            ProblemId::EspUnusable,
                            "mount",
                            format!(
                                "only {} are free on it, and kernels take {KERNEL_ROOM}",
                                found.free
                            ),
                            "Mount it at /efi, and add a partition of `1 GiB` at /boot on the same disk.",
                        )
                        .because("no_kernels")
                        .with("free", found.free)
                        .with("needed", KERNEL_ROOM)),
                }
            }
        }
    }

    /// A partition for kernels beside the EFI system partition (Boot Loader Specification).
    fn check_kernels(&self, esp: Mounted<'_, '_>, boot: Mounted<'_, '_>) -> Result<(), Problem> {
        let wrong = |key, why: &Reason, mend: &str| {
            let problem = boot
                .field
                .error(ProblemId::NoBootPlace, key, &*why.message, mend);
            Err(problem.telling(why.details.clone()))
        };
        let Some(made) = made(boot.what) else {
            return wrong(
                "partition",
                &Reason::new(
                    "kernels_anew",
                    "a partition for kernels beside the EFI system partition has to be made anew",
                ),
                "Write `do = \"format\"`, or mount the EFI system partition itself at /boot.",
            );
        };
        // It is the usual one where an EFI system partition is on an MBR.
        let usual = self.loader.is_none() && self.mbr(esp.field).is_some();
        let is_grub = usual || self.loader == Some(BootLoader::Grub);
        let draft = self.drafts.get(esp.field.disk);
        if let Some(other) = draft.and_then(|draft| kernels_of_others(draft, boot.field))
            && !is_grub
        {
            return wrong(
                "mount",
                &other,
                "Delete that one, write `do = \"format\"` and `mount = \"/boot\"` for it, or create an EFI \
                 system partition of `1 GiB` for `/boot`.",
            );
        }
        match made.format {
            _ if boot.field.disk != esp.field.disk && !is_grub => wrong(
                "mount",
                &Reason::new(
                    "same_disk",
                    "systemd-boot finds kernels on the disk of the EFI system partition only",
                ),
                "Put /boot onto the same disk.",
            ),
            FileSystem::Vfat => Ok(()),
            FileSystem::Linux(FileSystemKind::Ext4) if is_grub => Ok(()),
            FileSystem::Linux(_) => wrong(
                "file_system",
                &Reason::new("kernels_vfat", "the firmware reads kernels from vfat only"),
                "Write `file_system = \"vfat\"`.",
            ),
        }
    }

    fn for_bios(&self) -> Result<BootPlace, Problem> {
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
                return Err(super::no_root());
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

    /// The disk of a field, if it is one whose MBR stays.
    fn mbr(&self, field: Field) -> Option<&DiskDraft<'_>> {
        let draft = self.drafts.get(field.disk)?;
        matches!(draft.edited.stays.id, TableId::Mbr(_)).then_some(draft)
    }

    /// GRUB reads kernels from a plain ext4: `/boot`, or the root without one.
    fn check_grub(&self) -> Result<(), Problem> {
        let plain = |mounted: Mounted<'_, '_>| {
            let ext4 = FileSystem::Linux(FileSystemKind::Ext4);
            made(mounted.what)
                .is_some_and(|made| made.format == ext4 && !made.around.is_container())
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

/// What is wrong with a partition for kernels, if the disk has another one afterwards.
fn kernels_of_others(draft: &DiskDraft<'_>, own: Field) -> Option<Reason> {
    let gone = draft.gone();
    let stays = |p: &&Partition| gone.iter().all(|gone| gone.number != p.number);
    let mut kept = draft.disk.partitions().iter().filter(stays);
    if let Some(kept) = kept.find(|p| PartitionRole::Xbootldr.is_of(p)) {
        return Some(esp::second_for_kernels(kept));
    }
    let parts = draft.parts.iter().filter(|(field, _)| *field != own);
    let mut types = parts.filter_map(|(_, what)| made(what)?.kind);
    let is_second = types.any(|kind| kind == PartitionType::Xbootldr);
    is_second.then(|| {
        Reason::new(
            "two_for_kernels",
            "the boot loader looks for kernels on one partition of this type, and there are two",
        )
    })
}

/// The file system that is made, if one is.
pub(super) fn made<'w, 'a>(what: &'w What<'a>) -> Option<&'w Made<'a>> {
    match what.holds() {
        Some(Holds::FileSystem(made)) => Some(made),
        Some(Holds::BiosBoot | Holds::Swap { .. }) | None => None,
    }
}

/// What becomes of partitions that other systems start from.
/// `kernels` is what is mounted at `/boot`, or at `/` without one.
pub(super) fn warnings(
    drafts: &[DiskDraft<'_>],
    start: Start,
    place: BootPlace,
    kernels: Option<Mounted<'_, '_>>,
) -> Vec<Problem> {
    let mut told = Vec::new();
    for draft in drafts {
        for (field, what) in &draft.parts {
            let (What::Format { partition, .. } | What::Delete { partition }) = what else {
                continue;
            };
            if is_esp(partition) {
                told.push(Problem {
                    severity: Severity::Warning,
                    ..field.error(
                        ProblemId::EspFormatted,
                        "do",
                        format!(
                            "partition {} is an EFI system partition: every system that starts from \
                             it, Windows included, will not start any more",
                            partition.number
                        ),
                        "Keep it and mount it, if another system is to stay.",
                        )
                        .with("number", partition.number)
                });
            }
        }
    }
    told.extend(kernels.and_then(|kernels| beyond_reach(drafts, start, kernels)));
    told.extend(
        drafts
            .get(place.disk)
            .and_then(|draft| others_start(draft, start, place)),
    );
    told
}

/// A BIOS may not read where the kernels end.
fn beyond_reach(
    drafts: &[DiskDraft<'_>],
    start: Start,
    kernels: Mounted<'_, '_>,
) -> Option<Problem> {
    let draft = drafts.get(kernels.field.disk)?;
    let part = draft
        .parts
        .iter()
        .position(|(field, _)| *field == kernels.field)?;
    let made = draft.edited.made.iter().find(|made| made.edit == part)?;
    let end = made.region.start.0.saturating_add(made.region.length.0);
    let is_far = start == Start::BiosBoot && end > MBR_END;
    is_far.then(|| bios::kernels_beyond_reach(&kernels.field.key("size")))
}

/// What becomes of systems that start from the same disk now.
fn others_start(draft: &DiskDraft<'_>, start: Start, place: BootPlace) -> Option<Problem> {
    let stays = &draft.edited.stays;
    let field = format!("disk.disks[{}].table", place.disk);
    match (start, stays.id) {
        _ if stays.partitions.is_empty() => None,
        (Start::BiosBoot, TableId::Mbr(_)) => Some(bios::start_code_replaced(&field)),
        (Start::BiosBoot, TableId::Gpt(_)) => Some(Problem {
            id: ProblemId::LoaderReplaced,
            severity: Severity::Warning,
            field,
            message:
                "the boot loader at the beginning of this disk is replaced by GRUB: a system that \
                      stays there starts from GRUB's menu, if it is entered there"
                    .to_owned(),
            mend: "Put the BIOS boot partition onto another disk to leave it alone.".to_owned(),
            details: Details::NONE,
        }),
        (Start::Esp, _) if bios::starts_by_bios(stays.id, &stays.partitions) => {
            Some(bios::starts_otherwise(&field))
        }
        (Start::Esp, _) => None,
    }
}
