//! What UEFI firmware starts from: an EFI system partition that is mounted, with the kernels on it or beside it.

use super::{Boot, BootPlace, Mounted};
use crate::machine::Partition;
use crate::plan::layout::esp;
use crate::plan::layout::manual::NO_PARTITION;
use crate::plan::layout::manual::draft::DiskDraft;
use crate::plan::layout::manual::wish::{Field, FileSystem};
use crate::plan::reason::Reason;
use crate::plan::{Detail, Details, Problem, ProblemId, Severity};
use crate::preset::{BootLoader, FileSystemKind, PartitionType};
use crate::storage::{EspUse, ExistingEsp, KERNEL_ROOM, PartitionRole};

impl Boot<'_, '_> {
    /// The EFI system partition, at `/boot`, or at `/efi` beside a `/boot` of its own.
    pub(super) fn for_uefi(&self) -> Result<BootPlace, Problem> {
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
    pub(super) fn check_esp(&self, esp: Mounted<'_, '_>, used: EspUse) -> Result<(), Problem> {
        let wrong = |why, kind: &str, message: String, mend: &str| {
            let problem = esp
                .field
                .error(ProblemId::NoBootPlace, "mount", message, mend);
            Err(problem.because(why).with("kind", Detail::code(kind)))
        };
        match esp.what.made() {
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
        let Some(made) = boot.what.made() else {
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
    let mut types = parts.filter_map(|(_, what)| what.made()?.kind);
    let is_second = types.any(|kind| kind == PartitionType::Xbootldr);
    is_second.then(|| {
        Reason::new(
            "two_for_kernels",
            "the boot loader looks for kernels on one partition of this type, and there are two",
        )
    })
}
