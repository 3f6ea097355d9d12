//! What is mounted where, and swap.

use super::System;
use super::tree::{Attrs, NixError};
use crate::preset::Swap;

/// The mounts, for `hardware-configuration.nix`.
pub(super) fn mounts(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    for mount in system.file_systems {
        let mut entry = Attrs::new();
        entry.set("device", mount.device.as_str())?;
        entry.set("fsType", mount.kind.as_str())?;
        if !mount.options.is_empty() {
            entry.set("options", mount.options.clone())?;
        }
        section.set_apart(("fileSystems", mount.mount_point.as_str()), entry)?;
    }
    Ok(section)
}

/// Swap that is a matter of taste, for `configuration.nix`.
pub(super) fn swap(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    match system.choices.swap {
        Swap::None => {}
        Swap::Zram => section.set_under(
            "Swap in compressed memory, for when memory runs short.",
            "zramSwap.enable",
            true,
        )?,
    }
    Ok(section)
}
