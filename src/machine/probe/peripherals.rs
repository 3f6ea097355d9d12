//! Power supply, graphics adapters and network interfaces.

use super::roots::Roots;
use super::sysfs;
use crate::machine::{Battery, GraphicsCard, LinkKind, NetworkLink, PciId, Power};
use anyhow::{Context, Result};
use std::path::Path;

/// Mains and battery (`/sys/class/power_supply`). Several batteries count as one with the mean
/// charge; those of mice and headsets (scope `Device`) don't count.
///
/// # Errors
/// When the class can't be listed.
pub(super) fn power(roots: &Roots) -> Result<Power> {
    let class = roots.at("/sys/class/power_supply");
    class
        .metadata()
        .context("the kernel shows no /sys/class/power_supply")?;
    let supplies = sysfs::entries(&class)?;
    let is = |supply: &Path, kinds: &[&str]| {
        sysfs::attribute(supply, "type").is_some_and(|kind| kinds.contains(&kind.as_str()))
            && sysfs::attribute(supply, "scope").as_deref() != Some("Device")
    };
    let batteries: Vec<_> = supplies.iter().filter(|s| is(s, &["Battery"])).collect();
    let charges: Vec<u64> = batteries
        .iter()
        .filter_map(|battery| sysfs::number(battery, "capacity"))
        .collect();
    let sum: u64 = charges.iter().sum();
    let mean = sum.checked_div(u64::try_from(charges.len())?);
    let battery = mean.map(|percent| Battery {
        percent: u8::try_from(percent.min(100)).unwrap_or(100),
    });
    let plugs: Vec<_> = supplies
        .iter()
        .filter(|supply| is(supply, &["Mains", "USB"]))
        .collect();
    let discharging = batteries
        .iter()
        .any(|battery| sysfs::attribute(battery, "status").as_deref() == Some("Discharging"));
    let mains = battery.is_none()
        || plugs.iter().any(|plug| sysfs::flag(plug, "online"))
        || (plugs.is_empty() && !discharging);
    Ok(Power { mains, battery })
}

/// PCI functions of class 0x03, display controllers.
///
/// # Errors
/// When sysfs has no buses.
pub(super) fn graphics(roots: &Roots) -> Result<Vec<GraphicsCard>> {
    let mut cards = Vec::new();
    for device in sysfs::entries(&roots.at("/sys/bus/pci/devices"))
        .or_else(|error| without_bus(roots).then(Vec::new).ok_or(error))?
    {
        let class = sysfs::hexadecimal(&device, "class").unwrap_or_default();
        let id = sysfs::hexadecimal(&device, "vendor").zip(sysfs::hexadecimal(&device, "device"));
        if class >> 16 == 0x03
            && let Some((vendor, product)) = id
            && let Some(address) = sysfs::name(&device)
        {
            cards.push(GraphicsCard {
                address,
                id: PciId {
                    vendor: u16::try_from(vendor)?,
                    device: u16::try_from(product)?,
                },
                driver: sysfs::driver(&device),
            });
        }
    }
    Ok(cards)
}

/// Whether sysfs is there, but no PCI bus: a board without one.
fn without_bus(roots: &Roots) -> bool {
    roots.at("/sys/bus").exists() && !roots.at("/sys/bus/pci").exists()
}

/// Network interfaces that belong to a device.
///
/// # Errors
/// When the class can't be listed.
pub(super) fn network(roots: &Roots) -> Result<Vec<NetworkLink>> {
    let class = roots.at("/sys/class/net");
    let links = sysfs::entries(&class)?;
    Ok(links.iter().filter_map(|link| network_link(link)).collect())
}

/// One interface, unless it is virtual or of a kind that no installer uses.
fn network_link(link: &Path) -> Option<NetworkLink> {
    let device = link.join("device");
    let up = sysfs::flag(link, "carrier")
        || sysfs::attribute(link, "operstate").as_deref() == Some("up");
    device.exists().then_some(())?;
    Some(NetworkLink {
        name: sysfs::name(link)?,
        kind: link_kind(link)?,
        up,
        driver: sysfs::driver(&device),
    })
}

/// `DEVTYPE` of the kernel's event tells wireless and mobile; type 1 is Ethernet (ARPHRD_ETHER).
fn link_kind(link: &Path) -> Option<LinkKind> {
    let event = sysfs::attribute(link, "uevent").unwrap_or_default();
    let kind = event.lines().find_map(|line| line.strip_prefix("DEVTYPE="));
    match kind {
        Some("wlan") => Some(LinkKind::Wireless),
        Some("wwan") => Some(LinkKind::Mobile),
        Some("bluetooth" | "bridge" | "vlan" | "bond") => None,
        _ if link.join("wireless").exists() || link.join("phy80211").exists() => {
            Some(LinkKind::Wireless)
        }
        _ => (sysfs::number(link, "type") == Some(1)).then_some(LinkKind::Wired),
    }
}
