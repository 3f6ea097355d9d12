//! What the text of a configuration is made from: everything decided, nothing open.

use super::{Computer, Pin};
use crate::machine::{Architecture, HardwareScan};
use crate::preset::{Choices, Release, UserName};
use crate::units::Bytes;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A system to be written down as `configuration.nix` and `hardware-configuration.nix`.
#[derive(Clone, Debug)]
pub struct System<'a> {
    /// What was asked for, defaults filled in.
    pub choices: &'a Choices,
    /// The release that is installed.
    pub release: &'a Release,
    /// What it runs on.
    pub architecture: Architecture,
    /// What its flake is locked to, if it is one.
    pub flake: Option<Pin>,
    /// How it starts.
    pub boot_loader: BootLoader,
    /// Whether a Windows stays on the computer: the two share its clock.
    pub windows_stays: bool,
    /// Whether a partition of another system stays on its disk that it would take into use by its type
    /// alone.
    pub would_take_others: bool,
    /// What it runs on, beyond the hardware scan.
    pub computer: Computer,
    /// What the hardware scan found.
    pub hardware: &'a HardwareScan,
    /// What is mounted, root first.
    pub file_systems: &'a [FileSystemEntry],
    /// What has to be opened with a passphrase first.
    pub encrypted: &'a [EncryptedEntry],
    /// Swap on the disk.
    pub swap: &'a [SwapEntry],
    /// The numbers of people (`id -u`) where home folders stay that belong to numbers; NixOS gives
    /// the others theirs.
    pub numbers: &'a BTreeMap<UserName, u16>,
}

/// How the system starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BootLoader {
    /// systemd-boot on a UEFI machine.
    SystemdBoot {
        /// Whether the firmware gets a boot entry; not on disks that move between machines, which
        /// start by the fallback path on the ESP.
        efi_variables: bool,
        /// Where the kernels are.
        kernels: Kernels,
    },
    /// GRUB on a UEFI machine.
    GrubEfi {
        /// As for systemd-boot.
        efi_variables: bool,
        /// Where the kernels are.
        kernels: Kernels,
        /// Whether its menu lists the other systems that it finds.
        lists_others: bool,
    },
    /// Limine on a UEFI machine, with kernels on the ESP.
    Limine {
        /// As for systemd-boot.
        efi_variables: bool,
    },
    /// GRUB on a BIOS machine.
    Grub {
        /// The disk whose first sector it starts from, by a name that lasts:
        /// `/dev/disk/by-id/…` where there is one.
        device: PathBuf,
        /// Whether its menu lists the other systems that it finds.
        lists_others: bool,
    },
}

/// Where the boot loader finds kernels and initrds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernels {
    /// On the ESP, which is `/boot`.
    OnEsp,
    /// On the extended boot loader partition, which is `/boot`; the ESP is `/efi` and holds the boot
    /// loader alone.
    OnXbootldr,
}

/// One entry of `fileSystems`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSystemEntry {
    /// Such as `/boot`.
    pub mount_point: String,
    /// Such as `/dev/disk/by-uuid/…`.
    pub device: String,
    /// Such as `ext4`.
    pub kind: String,
    /// Mount options beyond the defaults.
    pub options: Vec<String>,
}

/// One entry of `boot.initrd.luks.devices`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedEntry {
    /// Its name below `/dev/mapper` once it is open.
    pub name: String,
    /// The container, such as `/dev/disk/by-uuid/…`.
    pub device: String,
    /// Whether TRIM reaches through it.
    pub discards: bool,
}

/// One entry of `swapDevices`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwapEntry {
    /// A device or a file.
    pub device: String,
    /// A file's size; NixOS makes it anew where it is missing or of another size.
    pub file_size: Option<Bytes>,
    /// Whether the system resumes from it.
    pub hibernation: bool,
}
