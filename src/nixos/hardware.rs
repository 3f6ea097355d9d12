//! `hardware-configuration.nix`: what the hardware scan found, file systems and platform.

use super::tree::{Attrs, Comment, Expr, Module, NixError, ToExpr};
use super::{System, file_systems};
use crate::machine::HardwareSetting;

/// The whole file.
pub(super) fn module(system: &System<'_>) -> Result<Module, NixError> {
    let mut body = Attrs::new();
    for section in [
        profiles(system)?,
        kernel(system)?,
        file_systems::encrypted(system)?,
        file_systems::mounts(system)?,
        file_systems::swap_devices(system)?,
        platform(system)?,
    ] {
        body.append(section)?;
    }
    let header = Comment::new(
        "This file describes the computer that the system was installed on: drivers, file systems, \
         platform. Make changes in configuration.nix instead; nixos-generate-config overwrites \
         this file.",
    );
    Module::new(header, &["config", "lib", "pkgs", "modulesPath"], body)
}

/// Modules of nixpkgs for this kind of computer.
fn profiles(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let paths = system.hardware.imports.iter();
    let imports = paths.map(|path| Expr::concat("modulesPath", &format!("/{path}")));
    set_list(&mut section, "imports", imports)?;
    Ok(section)
}

/// Kernel modules, in the initrd and after it.
fn kernel(system: &System<'_>) -> Result<Attrs, NixError> {
    let found = system.hardware;
    let mut section = Attrs::new();
    for (path, modules) in [
        (
            "boot.initrd.availableKernelModules",
            &found.initrd_available_modules,
        ),
        ("boot.initrd.kernelModules", &found.initrd_modules),
        ("boot.kernelModules", &found.kernel_modules),
    ] {
        set_list(
            &mut section,
            path,
            modules.iter().map(|module| module.as_str().to_expr()),
        )?;
    }
    let packages = found.module_packages.iter();
    let packages =
        packages.map(|name| Expr::reference(&format!("config.boot.kernelPackages.{name}")));
    set_list(&mut section, "boot.extraModulePackages", packages)?;
    Ok(section)
}

/// Platform, microcode, guest tools. A module that the person adds may say otherwise where
/// `lib.mkDefault` stands.
fn platform(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let platform = Expr::apply("lib.mkDefault", system.architecture.nix_system())?;
    section.set("nixpkgs.hostPlatform", platform)?;
    for setting in &system.hardware.settings {
        let Some((path, value)) = option_of(*setting)? else {
            continue;
        };
        section.set(path, value)?;
        if *setting == HardwareSetting::ParallelsGuest {
            section.set("nixpkgs.config.allowUnfreePackages", vec!["prl-tools"])?;
        }
    }
    Ok(section)
}

/// The option that a piece of hardware asks for in this file, and its value.
fn option_of(setting: HardwareSetting) -> Result<Option<(&'static str, Expr)>, NixError> {
    let path = match setting {
        HardwareSetting::IntelMicrocode => "hardware.cpu.intel.updateMicrocode",
        HardwareSetting::AmdMicrocode => "hardware.cpu.amd.updateMicrocode",
        HardwareSetting::IntelNpu => "hardware.cpu.intel.npu.enable",
        HardwareSetting::Intel2200BgFirmware => "networking.enableIntel2200BGFirmware",
        HardwareSetting::Intel3945AbgFirmware => "networking.enableIntel3945ABGFirmware",
        HardwareSetting::VirtualBoxGuest => "virtualisation.virtualbox.guest.enable",
        HardwareSetting::VmwareGuest => "virtualisation.vmware.guest.enable",
        HardwareSetting::HypervGuest => "virtualisation.hypervGuest.enable",
        HardwareSetting::ParallelsGuest => "hardware.parallels.enable",
        HardwareSetting::NspawnContainer => "boot.isNspawnContainer",
        // In configuration.nix, with what belongs to them.
        HardwareSetting::Fingerprint | HardwareSetting::BroadcomSta => return Ok(None),
    };
    let value = match setting {
        HardwareSetting::IntelMicrocode | HardwareSetting::AmdMicrocode => {
            let firmware = Expr::reference("config.hardware.enableRedistributableFirmware")?;
            Expr::apply("lib.mkDefault", firmware)?
        }
        _ => Expr::Bool(true),
    };
    Ok(Some((path, value)))
}

/// Sets a list unless it is empty, which is every list's default.
fn set_list(
    section: &mut Attrs,
    path: &'static str,
    items: impl Iterator<Item = Result<Expr, NixError>>,
) -> Result<(), NixError> {
    let items: Vec<Expr> = items.collect::<Result<_, _>>()?;
    if items.is_empty() {
        return Ok(());
    }
    section.set(path, items)
}
