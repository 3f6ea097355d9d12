//! The hardware scan: what `hardware-configuration.nix` has to say about a computer.
//!
//! Its rules are those of NixOS' `nixos-generate-config`, bus by bus, over a sysfs root; file
//! systems are left out, since the plan knows them. Beyond the rules, VMware gets its guest tools,
//! which the tool forgets. Where the medium has the tool, whatever it finds beyond our scan is
//! added, because the right option names are those of the medium's own release.

mod buses;
mod medium_tool;

use super::probe::{Roots, processor, sysfs};
use super::{Fact, HardwareScan, HardwareSetting, Processor, Virtualization};
use anyhow::Result;

/// Scans the hardware of a computer whose processor and virtualization are known already.
pub(crate) fn scan(
    roots: &Roots,
    cpu: &Fact<Processor>,
    virtualization: &Fact<Virtualization>,
) -> HardwareScan {
    let mut scan = HardwareScan::default();
    let outcomes = [
        kvm(roots, &mut scan),
        buses::pci(roots, &mut scan),
        buses::usb(roots, &mut scan),
        buses::block(roots, &mut scan),
        bcache(roots, &mut scan),
        logical_volumes(roots, &mut scan),
    ];
    let failed = outcomes.into_iter().filter_map(Result::err);
    scan.unknown
        .extend(failed.map(|error| format!("{error:#}")));
    match virtualization {
        Fact::Known(kind) => guest(kind, cpu, &mut scan),
        Fact::Unknown(why) => scan.unknown.push(format!(
            "whether this is a virtual machine, so neither guest tools nor microcode: {why}"
        )),
    }
    medium_tool::add(roots, &mut scan);
    scan
}

/// Hardware virtualization: the module for whichever extension the processor has.
fn kvm(roots: &Roots, scan: &mut HardwareScan) -> Result<()> {
    for flag in processor::flags(roots)? {
        match flag.as_str() {
            "vmx" => scan.kernel_modules.insert("kvm-intel".to_owned()),
            "svm" => scan.kernel_modules.insert("kvm-amd".to_owned()),
            _ => continue,
        };
    }
    Ok(())
}

/// A bcache device is in use (`/dev/bcache0`; `bcachefs` control nodes don't count).
fn bcache(roots: &Roots, scan: &mut HardwareScan) -> Result<()> {
    let nodes = sysfs::entries(&roots.at("/dev"))?;
    let mut names = nodes.iter().filter_map(|node| sysfs::name(node));
    if names.any(|name| name.starts_with("bcache") && !name.starts_with("bcachefs")) {
        scan.initrd_available_modules.insert("bcache".to_owned());
    }
    Ok(())
}

/// A logical volume is active; the device mapper's UUID tells whose a mapping is.
fn logical_volumes(roots: &Roots, scan: &mut HardwareScan) -> Result<()> {
    let devices = sysfs::entries(&roots.at("/sys/class/block"))?;
    let mut uuids = devices
        .iter()
        .filter_map(|device| sysfs::attribute(&device.join("dm"), "uuid"));
    if uuids.any(|uuid| uuid.starts_with("LVM-")) {
        scan.initrd_modules.insert("dm-snapshot".to_owned());
    }
    Ok(())
}

/// Guest tools for a virtual machine; microcode and firmware for a computer of its own.
fn guest(kind: &Virtualization, cpu: &Fact<Processor>, scan: &mut HardwareScan) {
    let setting = match kind {
        Virtualization::Oracle => HardwareSetting::VirtualBoxGuest,
        Virtualization::Parallels => HardwareSetting::ParallelsGuest,
        Virtualization::Microsoft => HardwareSetting::HypervGuest,
        Virtualization::SystemdNspawn => HardwareSetting::NspawnContainer,
        // Not one of the tool's rules.
        Virtualization::Vmware => HardwareSetting::VmwareGuest,
        Virtualization::Qemu | Virtualization::Kvm | Virtualization::Bochs => {
            scan.imports.insert("profiles/qemu-guest.nix".to_owned());
            return;
        }
        Virtualization::None => {
            let not_detected = "installer/scan/not-detected.nix";
            scan.imports.insert(not_detected.to_owned());
            microcode(cpu, scan);
            return;
        }
        Virtualization::Other(_) => return,
    };
    scan.settings.insert(setting);
}

/// Microcode by the processor's vendor.
fn microcode(cpu: &Fact<Processor>, scan: &mut HardwareScan) {
    match cpu {
        Fact::Known(cpu) if cpu.is_intel() => {
            scan.settings.insert(HardwareSetting::IntelMicrocode);
        }
        Fact::Known(cpu) if cpu.is_amd() => {
            scan.settings.insert(HardwareSetting::AmdMicrocode);
        }
        Fact::Known(_) => {}
        Fact::Unknown(why) => scan
            .unknown
            .push(format!("the processor's vendor, so no microcode: {why}")),
    }
}
