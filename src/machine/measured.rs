//! How small a file system can become, measured without writing to it.

use crate::units::Bytes;
use serde::{Deserialize, Serialize};

/// The sizes of a file system that can be made smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// What the file system takes now; its partition may be larger.
    pub size: Bytes,
    /// The smallest size that its own tool would shrink it to.
    pub minimum: Bytes,
    /// The smallest size that leaves whoever lives in it some room; never less than `minimum`, and
    /// more than `size` if there is no room to give away.
    pub recommended: Bytes,
}

/// Room that is left beside what is in use: a tenth, and at least this much.
const ROOM: Bytes = Bytes::gib(2);

impl Measured {
    /// With the usual room: a tenth of the minimum, at least 2 GiB.
    pub fn new(size: Bytes, minimum: Bytes) -> Self {
        let room = ROOM.max(Bytes(minimum.0 / 10));
        Self {
            size,
            minimum,
            recommended: Bytes(minimum.0.saturating_add(room.0)),
        }
    }

    /// What can be given away without making the system in it suffer; nothing if that is nothing.
    pub fn spare(&self) -> Option<Bytes> {
        let spare = self.size.0.checked_sub(self.recommended.0)?;
        (spare > 0).then_some(Bytes(spare))
    }
}

/// What measuring a file system found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shrink {
    /// It can become smaller.
    Possible(Measured),
    /// It can't, and why.
    Impossible(CannotShrink),
}

impl Shrink {
    /// The sizes, if it can become smaller.
    pub const fn possible(&self) -> Option<&Measured> {
        match self {
            Self::Possible(measured) => Some(measured),
            Self::Impossible(_) => None,
        }
    }
}

impl From<Result<Measured, CannotShrink>> for Shrink {
    fn from(result: Result<Measured, CannotShrink>) -> Self {
        match result {
            Ok(measured) => Self::Possible(measured),
            Err(why) => Self::Impossible(why),
        }
    }
}

/// Why a file system stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case", deny_unknown_fields)]
pub enum CannotShrink {
    /// Windows sleeps in it (hibernation or Fast Startup): its memory refers to what is on the disk.
    #[error(
        "Windows is hibernated on it; start Windows, turn Fast Startup off, and shut it down fully"
    )]
    Hibernated,
    /// It was not unmounted cleanly, or its journal has not been replayed.
    #[error("it was not shut down cleanly; start the system on it, and shut it down fully")]
    Dirty,
    /// BitLocker encrypts it.
    #[error("BitLocker encrypts it; turn BitLocker off in Windows, and wait until it is decrypted")]
    BitLocker,
    /// It is mounted or otherwise in use.
    #[error("it is in use; unmount it first")]
    InUse,
    /// It lies on several disks together.
    #[error("it lies on several disks together, and can't be made smaller on one of them")]
    SeveralDisks,
    /// Nothing can make a file system of this kind smaller, or not this program.
    #[error("a file system of the kind {kind} can't be made smaller")]
    Unsupported {
        /// As libblkid calls it; empty if there is none.
        kind: String,
    },
    /// Its own tool finds fault with it, or can't read it.
    #[error("its size can't be found out: {why}")]
    Damaged {
        /// The tool's words.
        why: String,
    },
    /// The tool for its kind is not on this medium.
    #[error("{program} is missing on this medium")]
    NoTool {
        /// The program.
        program: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_left_to_who_lives_there() {
        let small = Measured::new(Bytes::gib(20), Bytes::gib(8));
        assert_eq!(small.recommended, Bytes::gib(10));
        assert_eq!(small.spare(), Some(Bytes::gib(10)));
        let large = Measured::new(Bytes::gib(400), Bytes::gib(200));
        assert_eq!(large.recommended, Bytes::gib(220));
        assert_eq!(
            Measured::new(Bytes::gib(9), Bytes::gib(8)).spare(),
            None,
            "a gigabyte is not room enough"
        );
    }
}
