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
    /// Its name below `/dev/mapper`, here and in the installed system.
    pub name: MapperName,
    /// Whether TRIM reaches through it: an SSD lasts longer, and whoever gets hold of it sees which
    /// parts are unused.
    pub discards: bool,
}

impl NewLuks {
    /// What it shows once it is open.
    pub fn device(&self) -> Device {
        Device::Mapped {
            luks: self.uuid,
            name: self.name.clone(),
        }
    }
}

/// Argon2id (RFC 9106); cryptsetup measures how many passes the computer does in two seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyDerivation {
    /// The most memory that it takes, in whole MiB.
    pub memory: Bytes,
}

impl KeyDerivation {
    /// What cryptsetup takes at most by itself.
    const MOST: Bytes = Bytes::gib(1);

    /// For computers whose memory is not known.
    const CAUTIOUS: Bytes = Bytes::mib(256);

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
        assert_eq!(KeyDerivation::for_memory(None).memory, Bytes::mib(256));
        let odd = KeyDerivation::for_memory(Some(Bytes(1_234_567_891))).memory;
        assert_eq!(odd.0 % Bytes::mib(1).0, 0);
    }
}
