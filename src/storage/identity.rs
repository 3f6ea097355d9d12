//! By what a partition table, a partition and its type are known: GUIDs in a GPT, the disk's signature,
//! numbers and a byte in an MBR. Each is written as Linux' tools write it (`PTUUID`, `PARTUUID`).

use super::PartitionRole;
use crate::machine::TableKind;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use uuid::Uuid;

/// The four bytes at 440 of an MBR by which its disk is known; without them it can't be told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DiskSignature(pub NonZeroU32);

/// What a partition table is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TableId {
    /// The disk's GUID.
    Gpt(Uuid),
    /// The disk's signature.
    Mbr(DiskSignature),
}

/// What a partition is known by, as in `/dev/disk/by-partuuid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartitionId {
    /// Its own GUID.
    Gpt(Uuid),
    /// Its disk's signature, and its number in the table.
    Mbr(DiskSignature, u32),
}

/// What a partition is for, as its table says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartitionType {
    /// A type GUID.
    Gpt(Uuid),
    /// A byte, such as 0x83 for Linux.
    Mbr(u8),
}

/// A text that is none of these.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a GUID nor what an MBR partition table has in its place")]
pub struct BadIdentity(String);

impl TableId {
    /// From the machine's facts; none if it has none.
    pub fn of(kind: &TableKind) -> Option<Self> {
        match kind {
            TableKind::Gpt { guid } => guid.parse().ok().map(Self::Gpt),
            TableKind::Mbr { signature } => signature.parse().ok().map(Self::Mbr),
        }
    }

    /// The GUID of a GPT.
    pub const fn guid(self) -> Option<Uuid> {
        match self {
            Self::Gpt(guid) => Some(guid),
            Self::Mbr(_) => None,
        }
    }

    /// As the machine's facts have it.
    pub fn kind(self) -> TableKind {
        match self {
            Self::Gpt(guid) => TableKind::Gpt {
                guid: guid.to_string(),
            },
            Self::Mbr(signature) => TableKind::Mbr {
                signature: signature.to_string(),
            },
        }
    }

    /// What the partition of this number is known by; `next` draws a fresh GUID where one is needed.
    pub fn partition(self, number: u32, next: impl FnOnce() -> Uuid) -> PartitionId {
        match self {
            Self::Gpt(_) => PartitionId::Gpt(next()),
            Self::Mbr(disk) => PartitionId::Mbr(disk, number),
        }
    }
}

impl PartitionId {
    /// The GUID of a partition in a GPT.
    pub const fn guid(self) -> Option<Uuid> {
        match self {
            Self::Gpt(guid) => Some(guid),
            Self::Mbr(..) => None,
        }
    }

    /// Whether it tells nothing: a GUID of zeros, or the number 0.
    pub const fn is_nil(self) -> bool {
        match self {
            Self::Gpt(guid) => guid.is_nil(),
            Self::Mbr(_, number) => number == 0,
        }
    }
}

impl PartitionType {
    /// Whether logical partitions lie in such a one: the types for CHS, for LBA and of Linux.
    pub const fn is_extended(self) -> bool {
        matches!(self, Self::Mbr(0x05 | 0x0F | 0x85))
    }

    /// Whether it is the one that new partitions for this get.
    pub fn is(self, role: PartitionRole) -> bool {
        match self {
            Self::Gpt(guid) => guid == role.type_guid(),
            Self::Mbr(byte) => Some(byte) == role.mbr_type(),
        }
    }
}

impl fmt::Display for DiskSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Display for TableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gpt(guid) => guid.fmt(f),
            Self::Mbr(signature) => signature.fmt(f),
        }
    }
}

impl fmt::Display for PartitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gpt(guid) => guid.fmt(f),
            Self::Mbr(signature, number) => write!(f, "{signature}-{number:02x}"),
        }
    }
}

impl fmt::Display for PartitionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gpt(guid) => guid.fmt(f),
            Self::Mbr(byte) => write!(f, "{byte:#04x}"),
        }
    }
}

impl FromStr for DiskSignature {
    type Err = BadIdentity;

    fn from_str(text: &str) -> Result<Self, BadIdentity> {
        let number = hexadecimal(text, 8).and_then(NonZeroU32::new);
        number.map(Self).ok_or_else(|| bad(text))
    }
}

impl FromStr for TableId {
    type Err = BadIdentity;

    fn from_str(text: &str) -> Result<Self, BadIdentity> {
        match text.parse() {
            Ok(guid) => Ok(Self::Gpt(guid)),
            Err(_) => text.parse().map(Self::Mbr),
        }
    }
}

impl FromStr for PartitionId {
    type Err = BadIdentity;

    fn from_str(text: &str) -> Result<Self, BadIdentity> {
        if let Ok(guid) = text.parse() {
            return Ok(Self::Gpt(guid));
        }
        let (disk, number) = text.split_once('-').ok_or_else(|| bad(text))?;
        let number = hexadecimal(number, 2).ok_or_else(|| bad(text))?;
        Ok(Self::Mbr(disk.parse()?, number))
    }
}

impl FromStr for PartitionType {
    type Err = BadIdentity;

    fn from_str(text: &str) -> Result<Self, BadIdentity> {
        if let Ok(guid) = text.parse() {
            return Ok(Self::Gpt(guid));
        }
        let byte = text
            .strip_prefix("0x")
            .and_then(|text| hexadecimal(text, 2));
        let byte = byte.and_then(|byte| u8::try_from(byte).ok());
        byte.map(Self::Mbr).ok_or_else(|| bad(text))
    }
}

/// A number of this many hexadecimal digits and nothing else.
fn hexadecimal(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| u32::from_str_radix(text, 16).ok()).flatten()
}

fn bad(text: &str) -> BadIdentity {
    BadIdentity(text.to_owned())
}

/// Texts to and fro, for JSON.
macro_rules! as_text {
    ($($kind:ty),*) => {$(
        impl TryFrom<String> for $kind {
            type Error = BadIdentity;

            fn try_from(text: String) -> Result<Self, BadIdentity> {
                text.parse()
            }
        }

        impl From<$kind> for String {
            fn from(own: $kind) -> Self {
                own.to_string()
            }
        }
    )*};
}

as_text!(TableId, PartitionId, PartitionType);

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "11111111-2222-4333-8444-555555555555";

    #[test]
    fn texts_are_those_of_linux_tools() {
        for text in ["1234abcd-02", "00000001-0f", GUID] {
            let id: PartitionId = text.parse().unwrap();
            assert_eq!(id.to_string(), text);
            assert_eq!(serde_json::to_string(&id).unwrap(), format!("{text:?}"));
        }
        for text in ["1234abcd", GUID] {
            assert_eq!(text.parse::<TableId>().unwrap().to_string(), text);
        }
        for text in ["0x83", "0x07", GUID] {
            assert_eq!(text.parse::<PartitionType>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn nothing_else_is_taken_for_one() {
        for text in [
            "",
            "1234abcd",
            "1234abcd-2",
            "00000000-01",
            "+234abcd-02",
            "1234abcd-01-",
        ] {
            assert!(text.parse::<PartitionId>().is_err(), "{text}");
        }
        for text in ["00000000", "1234abcd-02", "12345678901"] {
            assert!(text.parse::<TableId>().is_err(), "{text}");
        }
        for text in ["83", "0x083", "0x"] {
            assert!(text.parse::<PartitionType>().is_err(), "{text}");
        }
    }

    #[test]
    fn partitions_are_known_by_their_disk() {
        let disk: TableId = "1234abcd".parse().unwrap();
        let third = disk.partition(3, Uuid::nil);
        assert_eq!(third.to_string(), "1234abcd-03");
        assert!(!third.is_nil());
    }
}
