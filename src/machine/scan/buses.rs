//! The rules for devices on PCI, USB, and for block devices.

use crate::machine::probe::{Roots, sysfs};
use crate::machine::{HardwareScan, HardwareSetting};
use anyhow::Result;
use std::path::Path;

const BROADCOM: u32 = 0x14e4;
const INTEL: u32 = 0x8086;
const VIRTIO: u32 = 0x1af4;

/// Broadcom FullMAC wireless cards, driven by `brcmfmac` with firmware from nixpkgs' module.
const BROADCOM_FULLMAC: [u32; 16] = [
    0x43a3, 0x43df, 0x43ec, 0x43d3, 0x43d9, 0x43e9, 0x43ba, 0x43bb, 0x43bc, 0xaa52, 0x43ca, 0x43cb,
    0x43cc, 0x43c3, 0x43c4, 0x43c5,
];
/// Broadcom wireless cards that no free driver serves well, or at all: BCM4312 (low power), BCM4331,
/// BCM4352 and BCM4360 (b43's list of supported devices; README of Broadcom's `wl`).
const BROADCOM_STA: [u32; 4] = [0x4315, 0x4331, 0x43b1, 0x43a0];
/// Makers of fingerprint readers that libfprint has drivers for (its list of supported devices):
/// Synaptics, Validity, Goodix, Egis, FocalTech, Fingerprint Cards, AuthenTec, Upek.
const FINGERPRINT_MAKERS: [&str; 8] = [
    "06cb", "138a", "27c6", "1c7a", "2808", "10a5", "08ff", "147e",
];
/// Virtio SCSI controllers, before and since virtio 1.0; QEMU may start with none bound.
const VIRTIO_SCSI: [u32; 2] = [0x1004, 0x1048];
/// Intel PRO/Wireless 2200 and 2915.
const INTEL_2200BG: [u32; 6] = [0x1043, 0x104f, 0x4220, 0x4221, 0x4223, 0x4224];
/// Intel PRO/Wireless 3945 and its successors of the same kind.
const INTEL_3945ABG: [u32; 4] = [0x4229, 0x4230, 0x4222, 0x4227];
/// Intel neural processing units.
const INTEL_NPU: [u32; 6] = [0x7d1d, 0xad1d, 0x643e, 0xb03e, 0xfd3e, 0xd71d];

/// PCI: drivers that disks, keyboards or FireWire disks hang on, and devices that need firmware.
pub(super) fn pci(roots: &Roots, scan: &mut HardwareScan) -> Result<()> {
    let bus = roots.at("/sys/bus/pci");
    // A board without PCI.
    if !bus.exists() && roots.at("/sys/bus").exists() {
        return Ok(());
    }
    for device in sysfs::entries(&bus.join("devices"))? {
        let class = sysfs::hexadecimal(&device, "class").unwrap_or_default();
        // Class 0x01 is storage; 0x0c00 FireWire; 0x0c03 USB (PCI Code and ID Assignment).
        if class >> 16 == 0x01 || matches!(class >> 8, 0x0c00 | 0x0c03) {
            scan.initrd_available_modules.extend(sysfs::module(&device));
        }
        let vendor = sysfs::hexadecimal(&device, "vendor").unwrap_or_default();
        let product = sysfs::hexadecimal(&device, "device").unwrap_or_default();
        pci_identifier(vendor, product, scan);
    }
    Ok(())
}

/// What a PCI device needs by its identifier.
fn pci_identifier(vendor: u32, device: u32, scan: &mut HardwareScan) {
    let setting = match vendor {
        BROADCOM if BROADCOM_FULLMAC.contains(&device) => {
            let import = "hardware/network/broadcom-43xx.nix";
            scan.imports.insert(import.to_owned());
            return;
        }
        BROADCOM if BROADCOM_STA.contains(&device) => HardwareSetting::BroadcomSta,
        VIRTIO if VIRTIO_SCSI.contains(&device) => {
            let module = "virtio_scsi";
            scan.initrd_available_modules.insert(module.to_owned());
            return;
        }
        INTEL if INTEL_2200BG.contains(&device) => HardwareSetting::Intel2200BgFirmware,
        INTEL if INTEL_3945ABG.contains(&device) => HardwareSetting::Intel3945AbgFirmware,
        INTEL if INTEL_NPU.contains(&device) => HardwareSetting::IntelNpu,
        _ => return,
    };
    scan.settings.insert(setting);
}

/// USB: drivers of disks (class 08) and of keyboards (class 03, protocol 01); fingerprint readers,
/// which have a class of their maker's own (ff).
pub(super) fn usb(roots: &Roots, scan: &mut HardwareScan) -> Result<()> {
    let bus = roots.at("/sys/bus/usb");
    if !bus.exists() && roots.at("/sys/bus").exists() {
        return Ok(());
    }
    for interface in sysfs::entries(&bus.join("devices"))? {
        let class = sysfs::attribute(&interface, "bInterfaceClass");
        let protocol = sysfs::attribute(&interface, "bInterfaceProtocol");
        if matches!(
            (class.as_deref(), protocol.as_deref()),
            (Some("08"), _) | (Some("03"), Some("01"))
        ) {
            let module = sysfs::module(&interface);
            scan.initrd_available_modules.extend(module);
        }
        if class.as_deref() == Some("ff") && is_of_fingerprint_maker(&bus, &interface) {
            scan.settings.insert(HardwareSetting::Fingerprint);
        }
    }
    Ok(())
}

/// Whether the device that an interface (`1-7:1.0`) belongs to (`1-7`) is by one of the makers.
fn is_of_fingerprint_maker(bus: &Path, interface: &Path) -> bool {
    let name = sysfs::name(interface).unwrap_or_default();
    let device = name.split(':').next().unwrap_or_default();
    let vendor = sysfs::attribute(&bus.join("devices").join(device), "idVendor");
    vendor.is_some_and(|vendor| FINGERPRINT_MAKERS.contains(&vendor.as_str()))
}

/// Drivers of block devices, and of the hosts that SD cards and eMMC hang on.
pub(super) fn block(roots: &Roots, scan: &mut HardwareScan) -> Result<()> {
    for class in ["/sys/class/block", "/sys/class/mmc_host"] {
        for device in sysfs::entries(&roots.at(class))? {
            let module = sysfs::module(Path::new(&device).join("device").as_path());
            scan.initrd_available_modules.extend(module);
        }
    }
    Ok(())
}
