//! What an installation puts onto a disk, before it is known where: the partitions that it needs.

use super::encryption::ContainerKeys;
use super::existing::MBR_END;
use super::table::PartitionRole;
use crate::machine::{Architecture, Disk, Firmware, Machine};
use crate::preset::FileSystemKind;
use crate::units::Bytes;

/// What the firmware starts the system from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// A UEFI firmware: an ESP, which holds the kernels and initrds of many generations.
    Esp,
    /// A BIOS: a BIOS boot partition for GRUB's core image. The GRUB manual, "BIOS installation",
    /// asks for 31 KiB at least and suggests 1 MiB.
    BiosBoot,
}

impl Start {
    /// What a machine starts from. For a firmware that nothing is started from, a problem is told.
    pub const fn of(machine: &Machine) -> Self {
        match machine.firmware.known() {
            Some(Firmware::Bios) => Self::BiosBoot,
            Some(Firmware::Uefi { .. } | Firmware::DeviceTree) | None => Self::Esp,
        }
    }
}

/// Where memory goes when it runs short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwapSpace {
    /// Nowhere that the plan makes: no swap at all, or compressed memory.
    None,
    /// Into a file in the root file system.
    File {
        /// How large it is.
        size: Bytes,
    },
    /// Into a partition.
    Partition {
        /// How large it is at least.
        size: Bytes,
        /// Whether the system sleeps into it and resumes from it.
        hibernation: bool,
    },
}

impl SwapSpace {
    /// How much of the disk it takes.
    pub const fn size(self) -> Bytes {
        match self {
            Self::None => Bytes(0),
            Self::File { size } | Self::Partition { size, .. } => size,
        }
    }
}

/// How much of a disk the firmware reads, and with it GRUB on a BIOS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Whole,
    /// With a BIOS perhaps the first 2³² sectors only, 2 TiB of 512 bytes: many have 32 bits for a sector's
    /// number, whatever the interface could do (GRUB manual, "BIOS installation"; T13's EDD).
    First32Bits,
}

/// Everything that goes onto the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// What the firmware starts from.
    pub start: Start,
    /// What the system runs on.
    pub architecture: Architecture,
    /// The least that the root file system must hold.
    pub root_minimum: Bytes,
    /// The type of the root file system.
    pub file_system: FileSystemKind,
    /// What opens root and swap, if they are encrypted.
    pub encryption: Option<ContainerKeys>,
    /// Whether TRIM reaches through the encryption.
    pub discards: bool,
    /// How much of the disk the firmware reads.
    pub reach: Reach,
    /// Swap on the disk.
    pub swap: SwapSpace,
    /// Whether the home folders stay where they are, on a partition of their own.
    pub keeps_home: bool,
}

/// A partition that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// What it is for.
    pub role: PartitionRole,
    /// Its name in the table.
    pub name: &'static str,
    /// Its size, in whole MiB.
    pub size: NeedSize,
}

/// How large a needed partition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedSize {
    /// Just this.
    Fixed(Bytes),
    /// What the others leave, and this at least. One need of a list has it.
    Rest(Bytes),
}

impl Need {
    /// The least that it takes.
    pub const fn minimum(&self) -> Bytes {
        self.size.minimum()
    }
}

impl NeedSize {
    /// The least that it is.
    pub const fn minimum(&self) -> Bytes {
        match self {
            Self::Fixed(size) | Self::Rest(size) => *size,
        }
    }
}

impl Contents {
    /// The same on this disk.
    pub fn on(&self, disk: &Disk) -> Self {
        let sectors = disk.size.whole_sectors(disk.sectors.logical);
        let far = self.start == Start::BiosBoot && sectors.0 > MBR_END;
        Self {
            discards: !disk.rotational,
            reach: if far {
                Reach::First32Bits
            } else {
                Reach::Whole
            },
            ..*self
        }
    }

    /// GRUB reads a plain ext4 whatever its version, where the firmware reads all of the disk; for
    /// anything else the kernels lie apart, near its beginning.
    const fn needs_boot_partition(&self) -> bool {
        let plain = self.encryption.is_none() && matches!(self.file_system, FileSystemKind::Ext4);
        let anywhere = plain && matches!(self.reach, Reach::Whole);
        matches!(self.start, Start::BiosBoot) && !anywhere
    }

    /// The partitions, in the order in which they lie on the disk: root is the last, so that it can
    /// grow with the disk of a virtual machine.
    pub fn needs(&self) -> Vec<Need> {
        let need = |role, name, size| Need { role, name, size };
        let fixed = NeedSize::Fixed;
        let mut needs = vec![match self.start {
            Start::Esp => need(PartitionRole::Esp, "ESP", fixed(Bytes::gib(1))),
            Start::BiosBoot => need(PartitionRole::BiosBoot, "BIOS boot", fixed(Bytes::mib(1))),
        }];
        if self.needs_boot_partition() {
            needs.push(need(PartitionRole::Boot, "boot", fixed(Bytes::gib(1))));
        }
        if let SwapSpace::Partition { size, .. } = self.swap {
            needs.push(need(PartitionRole::Swap, "swap", fixed(size)));
        }
        let root = match self.architecture {
            Architecture::X86_64 => PartitionRole::RootX86_64,
            Architecture::Aarch64 => PartitionRole::RootAarch64,
        };
        // A swap file lies in it.
        let file = match self.swap {
            SwapSpace::File { size } => size,
            SwapSpace::None | SwapSpace::Partition { .. } => Bytes(0),
        };
        let minimum = Bytes(self.root_minimum.0 + file.0);
        needs.push(need(root, "nixos", NeedSize::Rest(minimum)));
        needs
    }

    /// The smallest region that holds all of it; a whole disk needs the tables' room besides.
    pub fn minimum(&self) -> Bytes {
        Bytes(self.needs().iter().map(|need| need.minimum().0).sum())
    }
}
