//! The boot loader.

use super::tree::{Attrs, NixError};
use super::{BootLoader, System};

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let BootLoader::SystemdBoot { efi_variables } = system.boot_loader;
    let mut section = Attrs::new();
    section.set_under("Boot loader.", "boot.loader.systemd-boot.enable", true)?;
    if efi_variables {
        section.set("boot.loader.efi.canTouchEfiVariables", true)?;
    }
    Ok(section)
}
