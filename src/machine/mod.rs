//! What this computer is: facts only, read-only, JSON out and in.
//!
//! A [`Machine`] recorded on one computer can be replayed on any other: every rule that depends on
//! a machine takes one as an argument and opens no file. What could not be found out is
//! [`Fact::Unknown`] with the reason, never an empty value.

pub mod asleep;
mod btrfs;
mod disk;
mod hardware;
mod homes;
mod inside;
mod installed;
mod measured;
mod medium;
mod nar_hash;
pub mod probe;
mod region;
mod scan;
pub mod shrink;
pub(crate) mod superblock;

pub(crate) use btrfs::lies_in;
pub use btrfs::{Subvolume, Subvolumes, TOP, subvolumes};
pub(crate) use disk::SPANNING;
pub use disk::{
    Content, Disk, FileSystem, Gap, GptFlaw, Partition, SectorSizes, Table, TableKind, Transport,
};
pub use hardware::{
    Battery, GraphicsCard, HardwareScan, HardwareSetting, LinkKind, NetworkLink, PciId, Power,
    Processor, Virtualization,
};
pub use homes::{HomeFolder, home_folders};
pub use inside::{Inside, Unlocked, system_name};
pub use installed::{CrypttabLine, FoundLinux, FstabLine, Installed, installed};
pub use measured::{CannotShrink, Measured, Shrink};
pub use medium::{Medium, Nixpkgs};
pub use nar_hash::{BadNarHash, NarHash};
pub use region::Region;

use crate::units::Bytes;
use serde::{Deserialize, Serialize};

/// The version of the JSON form that this program reads and writes.
pub const FORMAT: u32 = 1;

/// Something that was looked for: found out, or not, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact<T> {
    /// The probe succeeded and this is its answer.
    Known(T),
    /// The probe failed; the text says at what.
    Unknown(String),
}

impl<T> Fact<T> {
    /// The value, if the probe succeeded.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }

    /// A fact from the outcome of a probe; an error becomes the reason, with its causes.
    pub fn from_result(result: anyhow::Result<T>) -> Self {
        match result {
            Ok(value) => Self::Known(value),
            Err(error) => Self::Unknown(format!("{error:#}")),
        }
    }
}

/// Everything that is known about one computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// [`FORMAT`] when it was written.
    pub format: u32,
    /// What the maker calls it, from DMI or the device tree.
    pub product: Fact<Product>,
    /// The processor architecture that the running kernel has.
    pub architecture: Architecture,
    /// How the running system was booted.
    pub firmware: Fact<Firmware>,
    /// Whether a TPM of version 2 is there.
    pub tpm2: Fact<bool>,
    /// The first processor; all are taken to be alike.
    pub processor: Fact<Processor>,
    /// Memory that the kernel can use.
    pub memory: Fact<Bytes>,
    /// The virtual machine or container that this is, if any.
    pub virtualization: Fact<Virtualization>,
    /// Mains or battery.
    pub power: Fact<Power>,
    /// Graphics adapters, in the order of their PCI addresses.
    pub graphics: Fact<Vec<GraphicsCard>>,
    /// Network interfaces, loopback and virtual ones left out.
    pub network: Fact<Vec<NetworkLink>>,
    /// Whole disks, in the order of their kernel names.
    pub disks: Fact<Vec<Disk>>,
    /// What the hardware scan would put into `hardware-configuration.nix`.
    pub hardware: HardwareScan,
    /// The live medium that this program runs on.
    pub medium: Medium,
}

/// The maker's name for a computer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// For example `LENOVO`.
    pub vendor: String,
    /// For example `20XW004AGE`.
    pub name: String,
}

/// Processor architectures that NixOS installs on through this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Architecture {
    /// 64-bit PC.
    #[serde(rename = "x86_64")]
    X86_64,
    /// 64-bit ARM.
    Aarch64,
}

impl Architecture {
    /// The platform name that `nixpkgs.hostPlatform` takes.
    pub const fn nix_system(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64-linux",
            Self::Aarch64 => "aarch64-linux",
        }
    }
}

/// The firmware interface that the running system was started through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Firmware {
    /// UEFI; the width is the firmware's own, which may differ from the processor's.
    Uefi {
        /// 64 or 32 bit.
        bits: UefiBits,
        /// Whether Secure Boot is enforced (the `SecureBoot` variable).
        secure_boot: Fact<bool>,
        /// Whether its variables, boot entries among them, can be written.
        #[serde(default, skip_serializing_if = "Variables::is_writable")]
        variables: Variables,
    },
    /// BIOS, or UEFI's compatibility mode.
    Bios,
    /// Neither, as on boards that start from a device tree.
    DeviceTree,
}

/// Whether the variables of a UEFI firmware can be written (efivarfs).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variables {
    /// They can; so it is taken to be in recordings that do not say.
    #[default]
    Writable,
    /// They are mounted read-only.
    ReadOnly,
    /// They are not there: not mounted, or kept back by the kernel (`efi=noruntime`).
    Missing,
}

impl Variables {
    /// Whether they can be written.
    pub fn is_writable(&self) -> bool {
        *self == Self::Writable
    }
}

/// The width of a UEFI firmware (`/sys/firmware/efi/fw_platform_size`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UefiBits {
    /// 32 bit, found on some early tablets and Macs.
    #[serde(rename = "32")]
    B32,
    /// 64 bit.
    #[serde(rename = "64")]
    B64,
}
