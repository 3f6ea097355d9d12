//! The boot loader: the one that was asked for, or why it can't start the system here.

use super::Draft;
use crate::machine::{Disk, Firmware};
use crate::nixos::{self, Kernels};
use crate::plan::layout::Arranged;
use crate::plan::{Details, LoaderFound, Problem, ProblemId, Severity};
use crate::preset::{BootLoader, Choices};
use crate::storage::{EspUse, NewTable, Start, TableId};

impl Draft<'_> {
    /// What is installed; it is what `boot.nix` writes and the engine reads back.
    pub(super) fn loader(&self, choices: &Choices, table: &NewTable) -> BootLoader {
        let usual = match (self.contents.start, table.id) {
            (Start::Esp, TableId::Gpt(_)) => BootLoader::SystemdBoot,
            (Start::Esp, TableId::Mbr(_)) | (Start::BiosBoot, _) => BootLoader::Grub,
        };
        choices.boot_loader.unwrap_or(usual)
    }

    /// The same with all that the configuration says of it; `lists_others` is whether another system stays that
    /// GRUB has to look for.
    ///
    /// # Errors
    /// It can't start the system here.
    pub(super) fn boot_loader(
        &self,
        choices: &Choices,
        arranged: &Arranged,
        lists_others: bool,
    ) -> Result<nixos::BootLoader, Problem> {
        // A disk that moves between computers starts by the fallback path on each.
        let starts = self.starting_disk(arranged)?;
        let table = self.starting_table(arranged)?;
        let efi_variables = self.loader_found(starts) == LoaderFound::ByEntry;
        let kernels = match arranged.esp {
            Some(EspUse::LoaderOnly) => Kernels::OnXbootldr,
            Some(EspUse::Everything) | None => Kernels::OnEsp,
        };
        match (self.contents.start, self.loader(choices, table)) {
            // NixOS has bootctl install it, which takes no ESP of an MBR disk (systemd's `find-esp.c`).
            (Start::Esp, BootLoader::SystemdBoot) if table.id.guid().is_none() => Err(impossible(
                "gpt_only",
                "systemd-boot starts from GPT disks only, and this one has an MBR partition table",
            )),
            (Start::Esp, BootLoader::SystemdBoot) => Ok(nixos::BootLoader::SystemdBoot {
                efi_variables,
                kernels,
            }),
            (Start::Esp, BootLoader::Grub) => Ok(nixos::BootLoader::GrubEfi {
                efi_variables,
                kernels,
                lists_others,
            }),
            // NixOS has Limine keep kernels beside it on the ESP, wherever else there is room.
            (Start::Esp, BootLoader::Limine) => match kernels {
                Kernels::OnEsp => Ok(nixos::BootLoader::Limine { efi_variables }),
                Kernels::OnXbootldr => Err(impossible(
                    "kernels_on_esp",
                    "Limine keeps kernels on the EFI system partition, and the one that stays is \
                     too small for them",
                )),
            },
            (Start::BiosBoot, BootLoader::Grub) => Ok(nixos::BootLoader::Grub {
                device: starts.lasting_path().clone(),
                lists_others: !table.kept().is_empty(),
            }),
            (Start::BiosBoot, BootLoader::SystemdBoot) => Err(impossible(
                "uefi_only",
                "systemd-boot starts from UEFI only, and this computer was started by a BIOS",
            )),
            (Start::BiosBoot, BootLoader::Limine) => Err(impossible(
                "fat_only",
                "Limine reads kernels from FAT only, and on a BIOS computer they lie on ext4",
            )),
        }
    }

    /// Where the firmware finds the boot loader on the disk that it starts from.
    pub(super) fn loader_found(&self, starts: &Disk) -> LoaderFound {
        match !starts.removable && self.variables_are_writable() {
            true => LoaderFound::ByEntry,
            false => LoaderFound::AtFallback,
        }
    }

    /// Whether the firmware takes boot entries from the live system.
    fn variables_are_writable(&self) -> bool {
        match self.machine().firmware.known() {
            Some(Firmware::Uefi { variables, .. }) => variables.is_writable(),
            Some(Firmware::Bios | Firmware::DeviceTree) | None => true,
        }
    }
}

fn impossible(why: &'static str, message: &str) -> Problem {
    Problem {
        id: ProblemId::BootLoaderImpossible,
        severity: Severity::Error,
        field: "system.boot_loader".to_owned(),
        message: message.to_owned(),
        mend: "Leave it out, or write `boot_loader = \"grub\"`.".to_owned(),
        details: Details::why(why),
    }
}
