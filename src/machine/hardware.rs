//! Processor, power, graphics, network links, and the result of the hardware scan.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A processor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Processor {
    /// `GenuineIntel`, `AuthenticAMD`, or whatever `/proc/cpuinfo` says; empty where it has none.
    pub vendor: String,
    /// The model in words.
    pub model: String,
    /// Logical processors.
    pub threads: u32,
}

/// What this computer runs in (`systemd-detect-virt`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Virtualization {
    /// A computer of its own.
    None,
    /// QEMU without KVM.
    Qemu,
    /// QEMU with KVM.
    Kvm,
    /// Bochs.
    Bochs,
    /// VirtualBox.
    Oracle,
    /// VMware.
    Vmware,
    /// Hyper-V.
    Microsoft,
    /// Parallels Desktop.
    Parallels,
    /// A systemd-nspawn container.
    SystemdNspawn,
    /// Anything else, by the name that the detection gives it.
    Other(String),
}

/// Where the power comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Power {
    /// Whether mains power is connected; true on a computer without a battery.
    pub mains: bool,
    /// The battery, on a laptop.
    pub battery: Option<Battery>,
}

/// A battery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Battery {
    /// Charge, 0 to 100.
    pub percent: u8,
}

/// Vendor and device of a PCI function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PciId {
    /// Such as 0x8086.
    pub vendor: u16,
    /// Such as 0x9a49.
    pub device: u16,
}

/// A graphics adapter (PCI class 0x03).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphicsCard {
    /// The PCI address, such as `0000:00:02.0`.
    pub address: String,
    /// Who made it, and which.
    pub id: PciId,
    /// The kernel module that drives it now.
    pub driver: Option<String>,
}

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkLink {
    /// The kernel's name, such as `enp3s0`.
    pub name: String,
    /// Wired, wireless, or else.
    pub kind: LinkKind,
    /// Whether a carrier is there (`carrier`, or `operstate` is `up`).
    pub up: bool,
    /// The kernel module that drives it.
    pub driver: Option<String>,
}

/// The kind of a network interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Ethernet.
    Wired,
    /// Wi-Fi.
    Wireless,
    /// Mobile broadband.
    Mobile,
}

/// What a hardware scan puts into `hardware-configuration.nix`.
///
/// The rules are those of NixOS' own scan; each set is free of duplicates and sorted, so the same
/// machine always gives the same text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HardwareScan {
    /// `boot.initrd.availableKernelModules`.
    pub initrd_available_modules: BTreeSet<String>,
    /// `boot.initrd.kernelModules`.
    pub initrd_modules: BTreeSet<String>,
    /// `boot.kernelModules`.
    pub kernel_modules: BTreeSet<String>,
    /// `boot.extraModulePackages`, names below `config.boot.kernelPackages`.
    pub module_packages: BTreeSet<String>,
    /// Modules of nixpkgs to import, as paths below `modulesPath`, such as
    /// `installer/scan/not-detected.nix`.
    pub imports: BTreeSet<String>,
    /// Options that the machine needs.
    pub settings: BTreeSet<HardwareSetting>,
    /// What the probe could not look at.
    pub unknown: Vec<String>,
    /// What the medium's own `nixos-generate-config` found beyond our scan, one line each.
    pub added_from_medium: Vec<String>,
}

/// An option that a piece of hardware asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HardwareSetting {
    /// `hardware.cpu.intel.updateMicrocode`
    IntelMicrocode,
    /// `hardware.cpu.amd.updateMicrocode`
    AmdMicrocode,
    /// `hardware.cpu.intel.npu.enable`
    IntelNpu,
    /// `networking.enableIntel2200BGFirmware`
    Intel2200BgFirmware,
    /// `networking.enableIntel3945ABGFirmware`
    Intel3945AbgFirmware,
    /// `services.fprintd.enable`, with a desktop
    Fingerprint,
    /// Broadcom's own Wi-Fi driver, if the person agrees
    BroadcomSta,
    /// `virtualisation.virtualbox.guest.enable`
    VirtualBoxGuest,
    /// `virtualisation.vmware.guest.enable`
    VmwareGuest,
    /// `virtualisation.hypervGuest.enable`
    HypervGuest,
    /// `hardware.parallels.enable` with its unfree package
    ParallelsGuest,
    /// `boot.isNspawnContainer`
    NspawnContainer,
}

impl Processor {
    /// Whether microcode for it comes from Intel.
    pub fn is_intel(&self) -> bool {
        self.vendor == "GenuineIntel"
    }

    /// Whether microcode for it comes from AMD.
    pub fn is_amd(&self) -> bool {
        self.vendor == "AuthenticAMD"
    }
}
