//! Sizes and positions: bytes and sectors are types of their own, so that they can't be mixed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount of data in bytes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Bytes(pub u64);

impl Bytes {
    /// `n` kibibytes (2^10 bytes each), at most `u64::MAX` bytes.
    pub const fn kib(n: u64) -> Self {
        Self(n.saturating_mul(1 << 10))
    }

    /// `n` mebibytes (2^20 bytes each), at most `u64::MAX` bytes.
    pub const fn mib(n: u64) -> Self {
        Self(n.saturating_mul(1 << 20))
    }

    /// `n` gibibytes (2^30 bytes each), at most `u64::MAX` bytes.
    pub const fn gib(n: u64) -> Self {
        Self(n.saturating_mul(1 << 30))
    }

    /// How many whole sectors of `size` fit into this amount.
    pub const fn whole_sectors(self, size: SectorSize) -> Sectors {
        Sectors(self.0 / size.bytes())
    }
}

impl fmt::Display for Bytes {
    /// Binary units with one decimal below ten, as `lsblk` prints them: `9.5 GiB`, `512 MiB`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        if self.0 < 1024 {
            return write!(f, "{} bytes", self.0);
        }
        let mut value = self.0 as f64 / 1024.0;
        let mut units = UNITS.iter();
        let mut unit = units.next().unwrap_or(&"KiB");
        for next in units {
            if value < 1023.95 {
                break;
            }
            value /= 1024.0;
            unit = next;
        }
        let rounded = (value * 10.0).round() / 10.0;
        if rounded >= 100.0 || rounded.fract() == 0.0 {
            write!(f, "{rounded:.0} {unit}")
        } else {
            write!(f, "{rounded:.1} {unit}")
        }
    }
}

/// A number of logical sectors, or the position of one (an LBA).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Sectors(pub u64);

impl Sectors {
    /// The amount of data in this many sectors of `size`; saturates at `u64::MAX` bytes.
    pub const fn bytes(self, size: SectorSize) -> Bytes {
        Bytes(self.0.saturating_mul(size.bytes()))
    }

    /// The nearest multiple of `unit` at or above this position.
    pub const fn align_up(self, unit: Sectors) -> Sectors {
        if unit.0 == 0 {
            return self;
        }
        Sectors(self.0.div_ceil(unit.0).saturating_mul(unit.0))
    }

    /// The nearest multiple of `unit` at or below this position.
    pub const fn align_down(self, unit: Sectors) -> Sectors {
        if unit.0 == 0 {
            return self;
        }
        Sectors(self.0 - self.0 % unit.0)
    }
}

impl fmt::Display for Sectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The size of one logical sector: a power of two from 512 to 65536 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct SectorSize(u32);

impl SectorSize {
    /// The size that nearly every disk shows to the outside (512n and 512e).
    pub const B512: Self = Self(512);
    /// The size of 4Kn disks.
    pub const B4096: Self = Self(4096);

    /// In bytes.
    pub const fn bytes(self) -> u64 {
        self.0 as u64
    }

    /// Whether it is one of the two sizes that disks of computers have, and tables are written for.
    pub const fn is_usual(self) -> bool {
        matches!(self, Self::B512 | Self::B4096)
    }

    /// How many sectors make one mebibyte, the alignment that every partition gets.
    pub const fn per_mib(self) -> Sectors {
        Sectors((1 << 20) / self.bytes())
    }
}

/// A sector size that no disk has.
#[derive(Debug, thiserror::Error)]
#[error("{0} bytes is no sector size: it must be a power of two from 512 to 65536")]
pub struct BadSectorSize(u32);

impl TryFrom<u32> for SectorSize {
    type Error = BadSectorSize;

    fn try_from(bytes: u32) -> Result<Self, Self::Error> {
        if bytes.is_power_of_two() && (512..=65536).contains(&bytes) {
            Ok(Self(bytes))
        } else {
            Err(BadSectorSize(bytes))
        }
    }
}

impl From<SectorSize> for u32 {
    fn from(size: SectorSize) -> u32 {
        size.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_a_person_would_write_them() {
        let cases = [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1 KiB"),
            (1 << 30, "1 GiB"),
            (10_200_547_328, "9.5 GiB"),
            (512_110_190_592, "477 GiB"),
            ((1 << 40) - 1, "1 TiB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(Bytes(bytes).to_string(), text, "{bytes}");
        }
    }

    #[test]
    fn alignment_goes_the_right_way() {
        let mib = SectorSize::B512.per_mib();
        assert_eq!(Sectors(34).align_up(mib), Sectors(2048));
        assert_eq!(Sectors(2048).align_up(mib), Sectors(2048));
        assert_eq!(Sectors(4095).align_down(mib), Sectors(2048));
        assert_eq!(SectorSize::B4096.per_mib(), Sectors(256));
    }

    #[test]
    fn odd_sector_sizes_are_refused() {
        for bad in [0, 1, 511, 520, 131_072] {
            assert!(SectorSize::try_from(bad).is_err(), "{bad}");
        }
        assert_eq!(
            serde_json::from_str::<SectorSize>("4096").unwrap(),
            SectorSize::B4096
        );
        assert!(serde_json::from_str::<SectorSize>("4095").is_err());
    }
}
