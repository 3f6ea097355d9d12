//! The container that a volume lies in: one that the plan makes, or one that was there before and is
//! opened as it is.

use super::device::{Device, MapperName};
use super::encryption::NewLuks;
use crate::machine::{Content, Partition};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What libblkid calls a LUKS container of either version.
const LUKS: &str = "crypto_LUKS";

/// The container around what is in a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Container {
    /// The plan makes it.
    New(NewLuks),
    /// It stays.
    Kept(KeptLuks),
}

impl Container {
    /// Its UUID.
    pub const fn uuid(&self) -> Uuid {
        match self {
            Self::New(luks) => luks.uuid,
            Self::Kept(luks) => luks.uuid,
        }
    }

    /// Its name below `/dev/mapper`, here and in the installed system.
    pub const fn name(&self) -> &MapperName {
        match self {
            Self::New(luks) => &luks.name,
            Self::Kept(luks) => &luks.name,
        }
    }

    /// What it shows once it is open.
    pub fn device(&self) -> Device {
        match self {
            Self::New(luks) => luks.device(),
            Self::Kept(luks) => luks.device(),
        }
    }
}

/// A LUKS container that was there before. Its header is never written: what opened it before does so
/// afterwards, and nothing else. TRIM reaches through it if its own flags say so (cryptsetup(8),
/// `--persistent`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptLuks {
    /// Its UUID.
    pub uuid: Uuid,
    /// Its name below `/dev/mapper`, here and in the installed system.
    pub name: MapperName,
}

/// Why a partition can't be unlocked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoContainer {
    /// It holds something else.
    #[error("partition {0} holds {1}, and no LUKS container that could be unlocked")]
    OtherKind(u32, String),
    /// It can't be told from others.
    #[error("the LUKS container in partition {0} has no UUID")]
    NoIdentifier(u32),
}

impl KeptLuks {
    /// The container in a partition, whether it has been looked into or not.
    ///
    /// # Errors
    /// There is none that could be found again.
    pub fn of(partition: &Partition) -> Result<Self, NoContainer> {
        let number = partition.number;
        let fs = match &partition.content {
            Content::Formatted(fs) if fs.kind == LUKS => fs,
            Content::Formatted(fs) => return Err(NoContainer::OtherKind(number, fs.kind.clone())),
            Content::Blank | Content::Unknown(_) => {
                let nothing = "no known file system".to_owned();
                return Err(NoContainer::OtherKind(number, nothing));
            }
        };
        let uuid = fs.uuid.as_deref().and_then(|uuid| uuid.parse().ok());
        let uuid: Uuid = uuid.ok_or(NoContainer::NoIdentifier(number))?;
        Ok(Self {
            uuid,
            name: MapperName::of(uuid),
        })
    }

    /// What it shows once it is open.
    pub fn device(&self) -> Device {
        Device::Mapped {
            luks: self.uuid,
            name: self.name.clone(),
        }
    }
}
