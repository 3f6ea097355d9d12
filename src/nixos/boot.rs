//! The boot loader.

use super::tree::{Attrs, NixError};
use super::{BootLoader, Kernels, System};

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    match &system.boot_loader {
        BootLoader::SystemdBoot {
            efi_variables,
            kernels,
        } => {
            section.set_under("Boot loader.", "boot.loader.systemd-boot.enable", true)?;
            section.set(
                "boot.loader.systemd-boot.configurationLimit",
                i32::from(system.choices.generations.get()),
            )?;
            if *kernels == Kernels::OnXbootldr {
                section.set("boot.loader.systemd-boot.xbootldrMountPoint", "/boot")?;
                section.set("boot.loader.efi.efiSysMountPoint", "/efi")?;
            }
            if *efi_variables {
                section.set("boot.loader.efi.canTouchEfiVariables", true)?;
            }
        }
        // GRUB is what NixOS takes when no other loader is asked for.
        BootLoader::Grub { device } => {
            section.set_under(
                "Boot loader: GRUB, at the start of this disk.",
                "boot.loader.grub.device",
                device.to_string_lossy().into_owned(),
            )?;
            section.set(
                "boot.loader.grub.configurationLimit",
                i32::from(system.choices.generations.get()),
            )?;
        }
    }
    Ok(section)
}
