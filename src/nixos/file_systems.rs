//! What is mounted where, what is opened first, and swap.

use super::tree::{Attrs, NixError};
use super::{SwapEntry, System};
use crate::preset::Swap;
use crate::units::Bytes;

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

/// What the initrd opens, for `hardware-configuration.nix`. One question is enough for several that
/// have the same passphrase.
pub(super) fn encrypted(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    for container in system.encrypted {
        let mut entry = Attrs::new();
        entry.set("device", container.device.as_str())?;
        if container.discards {
            entry.set("allowDiscards", true)?;
        }
        let path = ("boot.initrd.luks.devices", container.name.as_str());
        section.set_apart(path, entry)?;
    }
    Ok(section)
}

/// Swap on the disk, for `hardware-configuration.nix`.
pub(super) fn swap_devices(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    if system.swap.is_empty() {
        return Ok(section);
    }
    let entries: Result<Vec<Attrs>, NixError> = system.swap.iter().map(swap_device).collect();
    section.set("swapDevices", entries?)?;
    if let Some(resumed) = system.swap.iter().find(|entry| entry.hibernation) {
        section.set("boot.resumeDevice", resumed.device.as_str())?;
    }
    Ok(section)
}

fn swap_device(swap: &SwapEntry) -> Result<Attrs, NixError> {
    let mut entry = Attrs::new();
    entry.set("device", swap.device.as_str())?;
    // In MiB; a file of ours has at most some GiB.
    let size = swap.file_size.map(|size| size.0 / Bytes::mib(1).0);
    if let Some(size) = size.and_then(|size| i32::try_from(size).ok()) {
        entry.set("size", size)?;
    }
    Ok(entry)
}

/// Swap that is a matter of taste, for `configuration.nix`.
pub(super) fn swap(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    match system.choices.swap {
        Swap::None | Swap::File | Swap::Partition | Swap::Hibernate => {}
        Swap::Zram => section.set_under(
            "Swap in compressed memory, for when memory runs short.",
            "zramSwap.enable",
            true,
        )?,
    }
    Ok(section)
}
