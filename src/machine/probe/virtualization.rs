//! Whether this computer is a virtual machine or a container, and which.
//!
//! `systemd-detect-virt` is asked where it exists; the marks it goes by are looked at otherwise.

use super::processor;
use super::roots::Roots;
use super::sysfs;
use crate::machine::Virtualization;
use anyhow::{Result, ensure};

/// Beginnings of DMI names, and the machine they stand for by the name that
/// `systemd-detect-virt(1)` gives it.
const DMI_NAMES: [(&str, &str); 17] = [
    ("KVM", "kvm"),
    ("OpenStack", "kvm"),
    ("KubeVirt", "kvm"),
    ("Amazon EC2", "amazon"),
    ("QEMU", "qemu"),
    ("VMware", "vmware"),
    ("VMW", "vmware"),
    ("innotek GmbH", "oracle"),
    ("VirtualBox", "oracle"),
    ("Xen", "xen"),
    ("Bochs", "bochs"),
    ("Parallels", "parallels"),
    ("BHYVE", "bhyve"),
    ("Hyper-V", "microsoft"),
    ("Apple Virtualization", "apple"),
    ("Google Compute Engine", "google"),
    ("ACRN", "acrn"),
];

/// The kind of machine that the system runs in.
///
/// # Errors
/// When neither the program nor any of its marks can be read.
pub(super) fn virtualization(roots: &Roots) -> Result<Virtualization> {
    let printed = if roots.is_live() {
        // It prints "none" with status 1, so the status says nothing.
        roots
            .run("systemd-detect-virt", &[])
            .map(|output| super::roots::clean(&output.stdout))
    } else {
        roots.printed("systemd-detect-virt", &[])
    };
    match printed {
        Ok(name) if !name.is_empty() => Ok(named(&name)),
        _ => by_its_marks(roots).map(|name| named(&name)),
    }
}

/// The variant for a name that `systemd-detect-virt` prints.
fn named(name: &str) -> Virtualization {
    match name {
        "none" => Virtualization::None,
        "qemu" => Virtualization::Qemu,
        "kvm" => Virtualization::Kvm,
        "bochs" => Virtualization::Bochs,
        "oracle" => Virtualization::Oracle,
        "vmware" => Virtualization::Vmware,
        "microsoft" => Virtualization::Microsoft,
        "parallels" => Virtualization::Parallels,
        "systemd-nspawn" => Virtualization::SystemdNspawn,
        other => Virtualization::Other(other.to_owned()),
    }
}

/// Containers first, for they may run in a virtual machine.
fn by_its_marks(roots: &Roots) -> Result<String> {
    if let Some(name) = container(roots) {
        return Ok(name);
    }
    let dmi = dmi(roots);
    let clocks = roots
        .text("/sys/devices/system/clocksource/clocksource0/available_clocksource")
        .unwrap_or_default();
    match dmi {
        // QEMU's name stands in DMI with and without KVM.
        Some("qemu") | None if clocks.contains("kvm-clock") => return Ok("kvm".to_owned()),
        Some(name) => return Ok(name.to_owned()),
        None if clocks.contains("hyperv_clocksource") => return Ok("microsoft".to_owned()),
        None => {}
    }
    let hypervisor = roots.at("/sys/hypervisor");
    if let Some(name) = sysfs::attribute(&hypervisor, "type") {
        return Ok(name);
    }
    let tree = roots.at("/sys/firmware/devicetree/base");
    if let Some(name) = sysfs::attribute(&tree.join("hypervisor"), "compatible") {
        return Ok(if name.contains("kvm") {
            "kvm".to_owned()
        } else {
            name
        });
    }
    let flags = processor::flags(roots);
    ensure!(
        flags.is_ok() || roots.at("/sys/class/dmi/id").exists() || tree.exists(),
        "neither systemd-detect-virt, DMI, a device tree nor /proc/cpuinfo can be read"
    );
    let guest = flags.unwrap_or_default().iter().any(|f| f == "hypervisor");
    Ok(if guest { "vm-other" } else { "none" }.to_owned())
}

/// The container manager, if one left its name.
fn container(roots: &Roots) -> Option<String> {
    let marked = ["/run/systemd/container", "/run/host/container-manager"];
    let name = marked.iter().find_map(|file| roots.text(file).ok());
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        return Some(name);
    }
    if roots.at("/.dockerenv").exists() {
        return Some("docker".to_owned());
    }
    let kernel = roots.text("/proc/sys/kernel/osrelease").ok()?;
    kernel.contains("WSL").then(|| "wsl".to_owned())
}

/// What the makers' names in DMI say.
fn dmi(roots: &Roots) -> Option<&'static str> {
    let id = roots.at("/sys/class/dmi/id");
    let text = |name| sysfs::attribute(&id, name).unwrap_or_default();
    // Microsoft makes real computers too.
    if text("sys_vendor") == "Microsoft Corporation" && text("product_name") == "Virtual Machine" {
        return Some("microsoft");
    }
    ["product_name", "sys_vendor", "board_vendor", "bios_vendor"]
        .into_iter()
        .map(text)
        .find_map(|found| {
            let known = DMI_NAMES.iter().find(|(start, _)| found.starts_with(start));
            known.map(|(_, name)| *name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found on a computer that has these files, one line each, and no program.
    fn found(files: &[(&str, &str)]) -> Virtualization {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        virtualization(&Roots::recorded(folder.path())).unwrap()
    }

    fn by_dmi(vendor: &str, product: &str) -> Virtualization {
        found(&[
            ("sys/class/dmi/id/sys_vendor", vendor),
            ("sys/class/dmi/id/product_name", product),
        ])
    }

    #[test]
    fn each_maker_of_virtual_machines_is_known_by_dmi() {
        assert_eq!(by_dmi("QEMU", "Standard PC"), Virtualization::Qemu);
        assert_eq!(by_dmi("Red Hat", "KVM"), Virtualization::Kvm);
        assert_eq!(by_dmi("Bochs", "Bochs"), Virtualization::Bochs);
        assert_eq!(by_dmi("innotek GmbH", "VirtualBox"), Virtualization::Oracle);
        assert_eq!(by_dmi("VMware, Inc.", "VMware7,1"), Virtualization::Vmware);
        let parallels = by_dmi("Parallels International GmbH.", "Parallels ARM");
        assert_eq!(parallels, Virtualization::Parallels);
        let hyper_v = by_dmi("Microsoft Corporation", "Virtual Machine");
        assert_eq!(hyper_v, Virtualization::Microsoft);
        let surface = by_dmi("Microsoft Corporation", "Surface Pro 9");
        assert_eq!(surface, Virtualization::None);
        let cloud = by_dmi("Google", "Google Compute Engine");
        assert_eq!(cloud, Virtualization::Other("google".to_owned()));
    }

    #[test]
    fn a_container_comes_before_the_machine_that_it_runs_in() {
        let marks = [
            ("run/systemd/container", "systemd-nspawn\n"),
            ("sys/class/dmi/id/sys_vendor", "QEMU"),
        ];
        assert_eq!(found(&marks), Virtualization::SystemdNspawn);
    }

    #[test]
    fn an_unnamed_hypervisor_is_not_none() {
        let cpuinfo = |flags| [("proc/cpuinfo", flags)];
        let unnamed = found(&cpuinfo("flags\t: fpu hypervisor lm\n"));
        assert_eq!(unnamed, Virtualization::Other("vm-other".to_owned()));
        assert_eq!(found(&cpuinfo("flags\t: fpu lm\n")), Virtualization::None);
    }

    #[test]
    fn what_the_program_prints_is_believed() {
        let marks = [
            ("commands/systemd-detect-virt", "bochs\n"),
            ("sys/class/dmi/id/sys_vendor", "QEMU"),
        ];
        assert_eq!(found(&marks), Virtualization::Bochs);
    }
}
