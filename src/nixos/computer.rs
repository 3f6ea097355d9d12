//! What the configuration has to know about the computer, beyond the hardware scan.

use crate::machine::{Firmware, GraphicsCard, Machine, PciId, Virtualization};

/// The computer, as far as `configuration.nix` speaks about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Computer {
    /// Graphics adapters, in the order of their addresses.
    pub graphics: Vec<GraphicsCard>,
    /// Whether it has a battery.
    pub laptop: bool,
    /// Whether the processor is Intel's.
    pub intel: bool,
    /// Whether it is a computer of its own, no virtual machine.
    pub physical: bool,
    /// Whether it is a virtual machine of QEMU.
    pub qemu: bool,
    /// Whether it was started by UEFI, the way by which firmware is updated.
    pub uefi: bool,
}

impl Computer {
    /// What is known about a machine; what is not known counts as not there.
    pub fn of(machine: &Machine) -> Self {
        let virtualization = machine.virtualization.known();
        Self {
            graphics: machine.graphics.known().cloned().unwrap_or_default(),
            laptop: machine.power.known().is_some_and(|p| p.battery.is_some()),
            intel: machine.processor.known().is_some_and(|cpu| cpu.is_intel()),
            physical: virtualization == Some(&Virtualization::None),
            qemu: matches!(
                virtualization,
                Some(Virtualization::Qemu | Virtualization::Kvm)
            ),
            uefi: matches!(machine.firmware.known(), Some(Firmware::Uefi { .. })),
        }
    }

    /// The NVIDIA card, if there is one that NVIDIA's present drivers know.
    pub fn nvidia(&self) -> Option<(&GraphicsCard, NvidiaDriver)> {
        self.graphics
            .iter()
            .find_map(|card| Some((card, NvidiaDriver::of(card.id)?)))
    }

    /// A card of another maker that the screen of a laptop hangs on.
    pub fn integrated(&self) -> Option<&GraphicsCard> {
        let mut others = self
            .graphics
            .iter()
            .filter(|card| matches!(card.id.vendor, INTEL | AMD));
        others.next().filter(|_| others.next().is_none())
    }
}

/// PCI vendors.
pub(super) const INTEL: u16 = 0x8086;
pub(super) const AMD: u16 = 0x1002;
const NVIDIA: u16 = 0x10de;

/// Which of NVIDIA's drivers a card needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NvidiaDriver {
    /// The present one, with open kernel modules: Turing and newer.
    Open,
    /// The last series that knows Maxwell, Pascal and Volta, with closed kernel modules.
    Legacy580,
}

impl NvidiaDriver {
    /// By the card's number, which NVIDIA counts up by generation: Maxwell begins at 0x1340 (the
    /// numbers below 0x1380 are its GM108), Turing at 0x1e00. Between Maxwell and Turing lie a few
    /// of Pascal's first chip (0x15f0) and Volta (0x1d81). Fermi's 0x1200 to 0x1251 and Kepler's up
    /// to 0x12ba are older than their last driver, and stay with nouveau.
    pub const fn of(id: PciId) -> Option<Self> {
        match (id.vendor, id.device) {
            (NVIDIA, 0x1340..=0x1dff) => Some(Self::Legacy580),
            (NVIDIA, 0x1e00..) => Some(Self::Open),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn driver(device: u16) -> Option<NvidiaDriver> {
        NvidiaDriver::of(PciId {
            vendor: NVIDIA,
            device,
        })
    }

    /// Numbers from the PCI ID database.
    #[test]
    fn each_generation_has_its_driver() {
        for (card, device, expected) in [
            ("GeForce GTX 480, Fermi", 0x06c0, None),
            ("GeForce GTX 560, Fermi", 0x1201, None),
            ("GeForce GTX 680, Kepler", 0x1180, None),
            ("GeForce GT 710, Kepler", 0x128b, None),
            (
                "GeForce 940M, Maxwell",
                0x1347,
                Some(NvidiaDriver::Legacy580),
            ),
            (
                "GeForce GTX 750 Ti, Maxwell",
                0x1380,
                Some(NvidiaDriver::Legacy580),
            ),
            (
                "GeForce GTX 970, Maxwell",
                0x13c2,
                Some(NvidiaDriver::Legacy580),
            ),
            (
                "GeForce GTX 1080, Pascal",
                0x1b80,
                Some(NvidiaDriver::Legacy580),
            ),
            ("TITAN V, Volta", 0x1d81, Some(NvidiaDriver::Legacy580)),
            (
                "GeForce RTX 2080 Ti, Turing",
                0x1e04,
                Some(NvidiaDriver::Open),
            ),
            ("GeForce GTX 1660, Turing", 0x2184, Some(NvidiaDriver::Open)),
            (
                "GeForce RTX 3080 Mobile, Ampere",
                0x249c,
                Some(NvidiaDriver::Open),
            ),
            (
                "GeForce RTX 5090, Blackwell",
                0x2b85,
                Some(NvidiaDriver::Open),
            ),
        ] {
            assert_eq!(driver(device), expected, "{card}");
        }
    }
}
