//! The boot loader.

use super::tree::{Attrs, NixError};
use super::{BootLoader, Kernels, System};

/// GRUB's device where it starts from an EFI system partition and no disk's first sector.
const NO_DEVICE: &str = "nodev";

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let generations = i32::from(system.choices.generations.get());
    match &system.boot_loader {
        BootLoader::SystemdBoot {
            efi_variables,
            kernels,
        } => {
            section.set_under("Boot loader.", "boot.loader.systemd-boot.enable", true)?;
            section.set("boot.loader.systemd-boot.configurationLimit", generations)?;
            if *kernels == Kernels::OnXbootldr {
                section.set("boot.loader.systemd-boot.xbootldrMountPoint", "/boot")?;
            }
            firmware(&mut section, *efi_variables, *kernels)?;
        }
        BootLoader::GrubEfi {
            efi_variables,
            kernels,
            lists_others,
        } => {
            let mut grub = Attrs::new();
            grub.set("device", NO_DEVICE)?;
            grub.set("efiSupport", true)?;
            if !*efi_variables {
                grub.set("efiInstallAsRemovable", true)?;
            }
            if *lists_others {
                // systemd-boot finds a Windows by itself, GRUB only in this way.
                grub.set("useOSProber", true)?;
            }
            grub.set("configurationLimit", generations)?;
            let comment = "Boot loader: GRUB, on the EFI system partition.";
            section.set_under(comment, "boot.loader.grub", grub)?;
            firmware(&mut section, *efi_variables, *kernels)?;
        }
        BootLoader::Limine { efi_variables } => {
            section.set_under("Boot loader: Limine.", "boot.loader.limine.enable", true)?;
            section.set("boot.loader.limine.maxGenerations", generations)?;
            firmware(&mut section, *efi_variables, Kernels::OnEsp)?;
        }
        // GRUB is what NixOS takes when no other loader is asked for.
        BootLoader::Grub {
            device,
            lists_others,
        } => {
            section.set_under(
                "Boot loader: GRUB, at the start of this disk.",
                "boot.loader.grub.device",
                device.to_string_lossy().into_owned(),
            )?;
            if *lists_others {
                section.set("boot.loader.grub.useOSProber", true)?;
            }
            section.set("boot.loader.grub.configurationLimit", generations)?;
        }
    }
    Ok(section)
}

/// Where the ESP is, if that is not `/boot`, and whether the firmware gets an entry.
fn firmware(section: &mut Attrs, efi_variables: bool, kernels: Kernels) -> Result<(), NixError> {
    if kernels == Kernels::OnXbootldr {
        section.set("boot.loader.efi.efiSysMountPoint", "/efi")?;
    }
    if efi_variables {
        section.set("boot.loader.efi.canTouchEfiVariables", true)?;
    }
    Ok(())
}
