//! How the steps of a plan name what they work on: never by a path, which another disk could take.

use super::identity::PartitionId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A block device that a plan makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// A partition.
    Partition(PartitionId),
    /// What an opened LUKS container shows.
    Mapped {
        /// The container's UUID.
        luks: Uuid,
        /// Its name below `/dev/mapper`.
        name: MapperName,
    },
}

impl Device {
    /// The node under which the engine finds it; it has to look where the link leads first.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Partition(id) => Path::new("/dev/disk/by-partuuid").join(id.to_string()),
            Self::Mapped { name, .. } => name.path(),
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partition(id) => write!(f, "partition {id}"),
            Self::Mapped { name, .. } => write!(f, "mapper {name}"),
        }
    }
}

/// A name below `/dev/mapper`: a part of a path and a word of crypttab(5), so nothing but ASCII
/// letters, digits, `-` and `_`; at most 127 bytes (`DM_NAME_LEN` of the kernel, less the zero).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MapperName(String);

impl MapperName {
    /// The name for a container: no other one can be open under it.
    pub fn of(luks: Uuid) -> Self {
        Self(format!("luks-{luks}"))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its node.
    pub fn path(&self) -> PathBuf {
        Path::new("/dev/mapper").join(&self.0)
    }
}

/// A text that is no name below `/dev/mapper`.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no name for a mapper: 1 to 127 letters, digits, `-` and `_`")]
pub struct BadMapperName(String);

impl TryFrom<String> for MapperName {
    type Error = BadMapperName;

    fn try_from(text: String) -> Result<Self, BadMapperName> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if (1..=127).contains(&text.len()) && text.chars().all(plain) && text != "control" {
            Ok(Self(text))
        } else {
            Err(BadMapperName(text))
        }
    }
}

impl From<MapperName> for String {
    fn from(name: MapperName) -> String {
        name.0
    }
}

impl fmt::Display for MapperName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapper_name_is_one_part_of_a_path() {
        let name = |text: &str| MapperName::try_from(text.to_owned());
        let own = MapperName::of(Uuid::from_u128(7));
        assert_eq!(name(own.as_str()).unwrap(), own);
        assert!(own.path().starts_with("/dev/mapper"));
        for bad in ["", "..", "a/b", "a b", "control", "ä", &"a".repeat(128)] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }
}
