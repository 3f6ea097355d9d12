//! Encryption: LUKS2 containers with every identifier fixed.

use super::device::{Device, MapperName};
use crate::units::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A LUKS2 container to make (LUKS2 On-Disk Format Specification 1.1.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewLuks {
    /// Its UUID.
    pub uuid: Uuid,
    /// How its key is made from the passphrase.
    pub key_derivation: KeyDerivation,
    /// What opens it.
    #[serde(default, skip_serializing_if = "KeySlots::is_usual")]
    pub key_slots: KeySlots,
    /// Its name below `/dev/mapper`, here and in the installed system.
    pub name: MapperName,
    /// Whether TRIM reaches through it: an SSD lasts longer, and whoever gets hold of it sees which
    /// parts are unused.
    pub discards: bool,
}

impl NewLuks {
    /// One with this UUID, which is its name, too.
    pub fn new(uuid: Uuid, keys: ContainerKeys, discards: bool) -> Self {
        Self {
            uuid,
            key_derivation: keys.derivation,
            key_slots: keys.slots,
            name: MapperName::of(uuid),
            discards,
        }
    }

    /// What it shows once it is open.
    pub fn device(&self) -> Device {
        Device::Mapped {
            luks: self.uuid,
            name: self.name.clone(),
        }
    }
}

/// What opens the containers of an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContainerKeys {
    /// How a key is made from what is typed.
    pub derivation: KeyDerivation,
    /// What can be typed.
    pub slots: KeySlots,
}

/// The key slots of a container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySlots {
    /// One, for the passphrase.
    #[default]
    Passphrase,
    /// A second one, for a recovery key.
    PassphraseAndRecoveryKey,
}

impl KeySlots {
    fn is_usual(&self) -> bool {
        *self == Self::Passphrase
    }

    /// How many there are.
    pub const fn count(self) -> usize {
        match self {
            Self::Passphrase => 1,
            Self::PassphraseAndRecoveryKey => 2,
        }
    }
}

/// Argon2id (RFC 9106); cryptsetup measures what the computer does in two seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyDerivation {
    /// The most memory that it takes, in whole MiB.
    pub memory: Bytes,
}

impl KeyDerivation {
    /// What it takes at least, however slow the computer is or however busy it was when it was measured:
    /// twice the smaller of the two choices of RFC 9106, section 4, which is also where cryptsetup's own
    /// measurement stops. So a disk opens in at most twice the two seconds where that would be all.
    const LEAST: Bytes = Bytes::mib(128);

    /// Passes over the memory at the least, cryptsetup's minimum; RFC 9106 has three.
    pub const LEAST_PASSES: u32 = 4;

    /// What cryptsetup takes at most by itself.
    const MOST: Bytes = Bytes::gib(1);

    /// For computers whose memory is not known.
    const CAUTIOUS: Bytes = Bytes::mib(256);

    /// The least memory that it takes, in whole MiB.
    pub fn least(&self) -> Bytes {
        self.memory.min(Self::LEAST)
    }

    /// What a computer with this much memory can spare: the initrd has to find as much again at
    /// every start, and the live system keeps its own files in memory.
    pub fn for_memory(memory: Option<Bytes>) -> Self {
        let quarter = memory.map_or(Self::CAUTIOUS.0, |memory| memory.0 / 4);
        let whole = quarter - quarter % Bytes::mib(1).0;
        Self {
            memory: Bytes(whole.clamp(Bytes::mib(32).0, Self::MOST.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_computer_can_open_its_own_disk() {
        let memory = |mib| KeyDerivation::for_memory(Some(Bytes::mib(mib))).memory;
        assert_eq!(memory(1536), Bytes::mib(384));
        assert_eq!(memory(16 * 1024), Bytes::gib(1));
        assert_eq!(memory(64), Bytes::mib(32));
        let least = |mib| KeyDerivation::for_memory(Some(Bytes::mib(mib))).least();
        assert_eq!(least(16 * 1024), Bytes::mib(128));
        assert_eq!(least(256), Bytes::mib(64), "no more than it can spare");
        assert_eq!(KeyDerivation::for_memory(None).memory, Bytes::mib(256));
        let odd = KeyDerivation::for_memory(Some(Bytes(1_234_567_891))).memory;
        assert_eq!(odd.0 % Bytes::mib(1).0, 0);
    }
}
