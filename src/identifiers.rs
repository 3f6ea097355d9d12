//! Identifiers from a seed: every UUID of an installation is fixed before the first write.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// What all identifiers of one run are drawn from: 256 bits from the operating system.
///
/// Never derived from the machine or the preset, since a second installation would then repeat the
/// UUIDs of the first one's backups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// A seed from 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// A text that is no seed.
#[derive(Debug, thiserror::Error)]
#[error("a seed is 64 hexadecimal digits")]
pub struct BadSeed;

impl FromStr for Seed {
    type Err = BadSeed;

    fn from_str(text: &str) -> Result<Self, BadSeed> {
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(BadSeed);
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            let digits = text.get(2 * i..2 * i + 2).ok_or(BadSeed)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| BadSeed)?;
        }
        Ok(Self(bytes))
    }
}

/// Identifiers that are there already: how each begins. Tens of thousands are looked through in
/// microseconds so, and what differs in its first 32 bits differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken(Vec<u32>);

impl Taken {
    /// Of identifiers in the notation that udev gives them.
    pub fn of<'a>(present: impl IntoIterator<Item = &'a str>) -> Self {
        Self(present.into_iter().filter_map(beginning).collect())
    }

    fn has(&self, beginning: u32) -> bool {
        // Each is looked at: that is faster than to stop at the first, since the processor takes many
        // at once.
        let same = self.0.iter().filter(|taken| **taken == beginning);
        same.count() > 0
    }
}

/// Draws identifiers, none twice and none that a disk of the machine already has.
pub struct Identifiers<'t> {
    random: ChaCha20Rng,
    present: &'t Taken,
    drawn: Taken,
}

impl<'t> Identifiers<'t> {
    /// Draws from `seed` what is not present.
    pub fn new(seed: Seed, present: &'t Taken) -> Self {
        Self {
            random: ChaCha20Rng::from_seed(seed.0),
            present,
            drawn: Taken::default(),
        }
    }

    /// Whether none that is taken begins like this; from now on one does.
    fn take(&mut self, beginning: u32) -> bool {
        let is_free = !self.present.has(beginning) && !self.drawn.has(beginning);
        self.drawn.0.push(beginning);
        is_free
    }

    /// A random UUID (RFC 9562, version 4).
    pub fn uuid(&mut self) -> Uuid {
        loop {
            let mut bytes = [0; 16];
            self.random.fill_bytes(&mut bytes);
            let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
            let (beginning, ..) = uuid.as_fields();
            if self.take(beginning) {
                return uuid;
            }
        }
    }

    /// A volume ID for FAT; never zero, which some programs take for "none".
    pub fn volume_id(&mut self) -> VolumeId {
        loop {
            let id = VolumeId(self.random.next_u32());
            if id.0 != 0 && self.take(id.0) {
                return id;
            }
        }
    }

    /// A number that names this installation.
    pub fn nonce(&mut self) -> Nonce {
        let mut bytes = [0; 16];
        self.random.fill_bytes(&mut bytes);
        Nonce(u128::from_be_bytes(bytes))
    }
}

/// The first eight hexadecimal digits of an identifier; none if it has others first, or too few: nothing
/// that is drawn here looks like that. To compare it first is the fastest way through many thousands.
pub(crate) fn beginning(id: &str) -> Option<u32> {
    // Nearly all have them at once. Nothing is decided in this loop, which many thousands go through.
    if let Some(first) = id.as_bytes().first_chunk::<8>() {
        let (mut number, mut is_one) = (0, true);
        for byte in first {
            // Letters, large and small, lie 9 further than what their lower half says.
            number = number << 4 | u32::from((byte & 15) + 9 * (byte >> 6));
            is_one &= byte.is_ascii_hexdigit();
        }
        if is_one {
            return Some(number);
        }
    }
    let digits = id.chars().filter(|letter| *letter != '-');
    let digits = digits.map(|letter| letter.to_digit(16)).take(8);
    let (number, count) = digits
        .into_iter()
        .try_fold((0, 0), |(number, count), digit| {
            Some((number << 4 | digit?, count + 1))
        })?;
    (count == 8).then_some(number)
}

/// The 32-bit identifier of a FAT file system, printed as `1234-ABCD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VolumeId(u32);

impl VolumeId {
    /// The form that `mkfs.vfat -i` takes: eight hexadecimal digits.
    pub fn for_mkfs(self) -> String {
        format!("{:08X}", self.0)
    }
}

impl fmt::Display for VolumeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}-{:04X}", self.0 >> 16, self.0 & 0xFFFF)
    }
}

impl From<VolumeId> for String {
    fn from(id: VolumeId) -> String {
        id.to_string()
    }
}

/// A text that is no volume ID.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no FAT volume ID such as 1234-ABCD")]
pub struct BadVolumeId(String);

impl TryFrom<String> for VolumeId {
    type Error = BadVolumeId;

    fn try_from(text: String) -> Result<Self, BadVolumeId> {
        let digits = text.replacen('-', "", 1);
        match u32::from_str_radix(&digits, 16) {
            Ok(id) if digits.len() == 8 && text.len() == 9 => Ok(Self(id)),
            _ => Err(BadVolumeId(text)),
        }
    }
}

/// The number that names an installation, printed as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nonce(u128);

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl From<Nonce> for String {
    fn from(nonce: Nonce) -> String {
        nonce.to_string()
    }
}

/// A text that is no nonce.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no nonce: it has 32 hexadecimal digits")]
pub struct BadNonce(String);

impl TryFrom<String> for Nonce {
    type Error = BadNonce;

    fn try_from(text: String) -> Result<Self, BadNonce> {
        match u128::from_str_radix(&text, 16) {
            Ok(number) if text.len() == 32 => Ok(Self(number)),
            _ => Err(BadNonce(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_taken_identifier_is_drawn_again() {
        let seed = Seed::new([7; 32]);
        let none = Taken::default();
        let first = Identifiers::new(seed, &none).uuid();
        let taken = Taken::of([first.to_string().to_uppercase().as_str()]);
        assert_ne!(Identifiers::new(seed, &taken).uuid(), first);
        let id = Identifiers::new(seed, &none).volume_id();
        for written in [id.to_string(), id.to_string().to_lowercase()] {
            let taken = Taken::of([written.as_str()]);
            assert_ne!(Identifiers::new(seed, &taken).volume_id(), id);
        }
    }

    #[test]
    fn nothing_is_drawn_twice() {
        let none = Taken::default();
        let mut ids = Identifiers::new(Seed::new([7; 32]), &none);
        let drawn: BTreeSet<Uuid> = (0..1000).map(|_| ids.uuid()).collect();
        assert_eq!(drawn.len(), 1000);
        assert!(drawn.iter().all(|uuid| !ids.take(uuid.as_fields().0)));
    }

    #[test]
    fn identifiers_of_other_forms_take_nothing() {
        for other in ["", "1234-ABC", "win-data", "2025-1é"] {
            assert_eq!(beginning(other), None, "{other}");
        }
        assert_eq!(beginning("1234-abcd"), Some(0x1234_ABCD));
        assert_eq!(beginning("01D9ABCDEF012345"), Some(0x01D9_ABCD));
        // Each byte that is a digit, and no other.
        for byte in 0..=u8::MAX {
            let letter = char::from(byte);
            let digit = letter.to_digit(16);
            let found = beginning(&format!("{letter}0000000"));
            let expected = digit.map(|digit| digit << 28);
            assert_eq!(found, expected, "{letter:?}");
        }
    }

    #[test]
    fn identifiers_read_back() {
        let none = Taken::default();
        let mut ids = Identifiers::new(Seed::new([1; 32]), &none);
        let (id, nonce) = (ids.volume_id(), ids.nonce());
        assert_eq!(VolumeId::try_from(id.to_string()).unwrap(), id);
        assert_eq!(Nonce::try_from(nonce.to_string()).unwrap(), nonce);
        assert!(VolumeId::try_from("12345678".to_owned()).is_err());
        assert!(Nonce::try_from("12".to_owned()).is_err());
        assert!("00".parse::<Seed>().is_err());
        assert_eq!("07".repeat(32).parse::<Seed>().unwrap(), Seed::new([7; 32]));
    }
}
