//! What this computer's devices need: graphics, fingerprint reader, power, firmware, guest tools.
//!
//! It stands in `configuration.nix`, since `nixos-generate-config` would not write it again.

use super::System;
use super::computer::{AMD, INTEL, NvidiaDriver};
use super::tree::{Attrs, Expr, NixError};
use crate::machine::{GraphicsCard, HardwareSetting, PciId};
use crate::preset::Environment;

/// The first release with `hardware.nvidia.branch`.
const NVIDIA_BRANCH_SINCE: &str = "26.11";

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let with_desktop = system.choices.desktop != Environment::None;
    if with_desktop {
        section.append(graphics(system)?)?;
    }
    section.append(laptop(system, with_desktop)?)?;
    if system.choices.broadcom_sta {
        section.append(broadcom()?)?;
    }
    let settings = &system.hardware.settings;
    if with_desktop && settings.contains(&HardwareSetting::Fingerprint) {
        let comment = "The fingerprint reader; fingers are enrolled in the desktop's settings, or \
                       with `fprintd-enroll`.";
        section.set_under(comment, "services.fprintd.enable", true)?;
    }
    if system.computer.physical && system.computer.uefi {
        let comment = "Updates of firmware: `fwupdmgr update`.";
        section.set_under(comment, "services.fwupd.enable", true)?;
    }
    if system.computer.qemu {
        let comment =
            "What the host needs to shut the virtual machine down and to see its address.";
        section.set_under(comment, "services.qemuGuest.enable", true)?;
        if with_desktop {
            // Clipboard and size of the screen, where the host shows it by SPICE.
            section.set("services.spice-vdagentd.enable", true)?;
        }
    }
    Ok(section)
}

/// Drivers beyond those of kernel and Mesa, which serve AMD, Intel and old NVIDIA cards by
/// themselves.
fn graphics(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let video = intel_video(&system.computer.graphics);
    if !video.is_empty() {
        let packages: Result<Vec<Expr>, NixError> =
            video.iter().map(|name| Expr::reference(name)).collect();
        section.set_under(
            "Videos are decoded by the graphics unit.",
            "hardware.graphics.extraPackages",
            packages?,
        )?;
    }
    if let Some((card, driver)) = system.computer.nvidia()
        && system.choices.unfree
    {
        section.append(nvidia(system, card, driver)?)?;
    }
    Ok(section)
}

/// The packages by which an Intel unit decodes videos: one driver since Broadwell, another before
/// it, and beside the first the runtime for Tiger Lake and newer.
fn intel_video(cards: &[GraphicsCard]) -> &'static [&'static str] {
    let ids = cards.iter().map(|card| card.id);
    let newest = ids
        .filter(|id| id.vendor == INTEL)
        .map(intel_generation)
        .max();
    match newest {
        Some(IntelGeneration::TigerLake) => &["pkgs.intel-media-driver", "pkgs.vpl-gpu-rt"],
        Some(IntelGeneration::Broadwell) => &["pkgs.intel-media-driver"],
        Some(IntelGeneration::Ironlake) => &["pkgs.intel-vaapi-driver"],
        Some(IntelGeneration::Older) | None => &[],
    }
}

/// Intel's graphics units by what decodes videos on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum IntelGeneration {
    /// Nothing.
    Older,
    /// From Ironlake to Haswell, Bay Trail included.
    Ironlake,
    /// From Broadwell on.
    Broadwell,
    /// From Tiger Lake on.
    TigerLake,
}

/// By the number; Intel gives its generations blocks of them (the kernel's `include/drm/intel/`
/// lists them all).
const fn intel_generation(id: PciId) -> IntelGeneration {
    match id.device {
        // Chipsets up to the G45, and Atoms with PowerVR.
        0x2500..=0x2fff | 0x7000..=0x7bff | 0x8100..=0x81ff | 0xa000..=0xa01f => {
            IntelGeneration::Older
        }
        0x0000..=0x003f | 0x0be0..=0x0bef => IntelGeneration::Older,
        0x4600..=0x46ff
        | 0x4c80..=0x4cff
        | 0x4900..=0x49ff
        | 0x5690..=0x56ff
        | 0x6400..=0x64ff
        | 0x7d00..=0x7dff
        | 0x9a00..=0x9aff
        | 0xa700..=0xa7ff
        | 0xb000..=0xb0ff
        | 0xe200..=0xe2ff
        | 0xfd00..=0xfdff => IntelGeneration::TigerLake,
        0x1600..=0xffff => IntelGeneration::Broadwell,
        _ => IntelGeneration::Ironlake,
    }
}

fn nvidia(
    system: &System<'_>,
    card: &GraphicsCard,
    driver: NvidiaDriver,
) -> Result<Attrs, NixError> {
    let mut settings = Attrs::new();
    // Without it the console stays at the firmware's resolution, and Wayland does not start.
    settings.set("modesetting.enable", true)?;
    settings.set("open", driver == NvidiaDriver::Open)?;
    if driver == NvidiaDriver::Legacy580 {
        if system.release.as_str() < NVIDIA_BRANCH_SINCE {
            let package = "config.boot.kernelPackages.nvidiaPackages.legacy_580";
            settings.set("package", Expr::reference(package)?)?;
        } else {
            settings.set("branch", "legacy_580")?;
        }
    }
    if system.computer.laptop
        && let Some(integrated) = system.computer.integrated()
        && let (Some(first), Some(second)) = (bus_id(integrated), bus_id(card))
    {
        let mut prime = Attrs::new();
        prime.set("offload.enable", true)?;
        prime.set("offload.enableOffloadCmd", true)?;
        match integrated.id.vendor {
            AMD => prime.set("amdgpuBusId", first)?,
            _ => prime.set("intelBusId", first)?,
        }
        prime.set("nvidiaBusId", second)?;
        settings.set_under(
            "The other graphics unit draws the desktop; `nvidia-offload PROGRAM` runs a program on \
             this one.",
            "prime",
            prime,
        )?;
    }
    let mut section = Attrs::new();
    let comment = match driver {
        NvidiaDriver::Open => "NVIDIA's own driver.",
        NvidiaDriver::Legacy580 => "NVIDIA's own driver, of the last series that knows this card.",
    };
    let drivers = vec!["nvidia"];
    section.set_under(comment, "services.xserver.videoDrivers", drivers)?;
    section.set("hardware.nvidia", settings)?;
    Ok(section)
}

/// `0000:01:00.0` as `PCI:1@0:0:0`: bus, domain, device and function, decimal.
fn bus_id(card: &GraphicsCard) -> Option<String> {
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    let mut parts = card.address.split([':', '.']);
    let domain = number(parts.next()?)?;
    let bus = number(parts.next()?)?;
    let device = number(parts.next()?)?;
    let function = number(parts.next()?)?;
    Some(format!("PCI:{bus}@{domain}:{device}:{function}"))
}

fn laptop(system: &System<'_>, with_desktop: bool) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    if !system.computer.laptop || !system.computer.physical {
        return Ok(section);
    }
    if with_desktop {
        let comment = "The battery: the desktop offers profiles between saving and speed.";
        section.set_under(comment, "services.power-profiles-daemon.enable", true)?;
    }
    if system.computer.intel {
        let comment = "Keeps the processor from overheating.";
        section.set_under(comment, "services.thermald.enable", true)?;
    }
    Ok(section)
}

/// Broadcom's own Wi-Fi driver. NixOS marks it insecure: nobody mends its known holes.
fn broadcom() -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    section.set_under(
        "Broadcom's own Wi-Fi driver. It has known security holes that nobody mends; take these \
         lines out when another driver serves the card.",
        "boot.extraModulePackages",
        vec![Expr::reference("config.boot.kernelPackages.broadcom_sta")?],
    )?;
    section.set("boot.kernelModules", vec!["wl"])?;
    section.set(
        "nixpkgs.config.allowInsecurePredicate",
        Expr::package_named("broadcom-sta")?,
    )?;
    Ok(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(vendor: u16, device: u16, address: &str) -> GraphicsCard {
        GraphicsCard {
            address: address.to_owned(),
            id: PciId { vendor, device },
            driver: None,
        }
    }

    #[test]
    fn an_address_becomes_decimal() {
        let id = |address| bus_id(&card(INTEL, 0, address));
        assert_eq!(id("0000:01:00.0").as_deref(), Some("PCI:1@0:0:0"));
        assert_eq!(id("10000:c1:1f.7").as_deref(), Some("PCI:193@65536:31:7"));
        assert_eq!(id("virtio0"), None);
    }

    /// Numbers from the PCI ID database.
    #[test]
    fn each_intel_unit_has_its_video_driver() {
        for (unit, device, expected) in [
            ("GMA 950", 0x27a2, IntelGeneration::Older),
            ("GMA 4500", 0x2e12, IntelGeneration::Older),
            ("HD Graphics, Ironlake", 0x0046, IntelGeneration::Ironlake),
            ("HD 4000", 0x0166, IntelGeneration::Ironlake),
            ("HD 4600", 0x0412, IntelGeneration::Ironlake),
            ("Bay Trail", 0x0f31, IntelGeneration::Ironlake),
            ("HD 5500", 0x1616, IntelGeneration::Broadwell),
            ("Cherry Trail", 0x22b0, IntelGeneration::Broadwell),
            ("UHD 620", 0x5917, IntelGeneration::Broadwell),
            ("Ice Lake", 0x8a52, IntelGeneration::Broadwell),
            ("Iris Xe, Tiger Lake", 0x9a49, IntelGeneration::TigerLake),
            ("Alder Lake-P", 0x46a6, IntelGeneration::TigerLake),
            ("Arc A770", 0x56a0, IntelGeneration::TigerLake),
            ("Meteor Lake", 0x7d55, IntelGeneration::TigerLake),
        ] {
            let id = PciId {
                vendor: INTEL,
                device,
            };
            assert_eq!(intel_generation(id), expected, "{unit}");
        }
    }
}
