//! Which disk to install on, and what to do with it.

use super::encryption::Encryption;
use super::size::Size;
use crate::machine::Transport;
use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::path::PathBuf;

/// The disk, and what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DiskPreset {
    /// Which disk.
    pub choose: DiskChoice,
    /// What to do with it.
    pub layout: Option<Layout>,
    /// The type of the root file system.
    pub file_system: Option<FileSystemKind>,
    /// Whether it is encrypted.
    pub encrypt: Option<Encryption>,
    /// Where memory goes when it runs short.
    pub swap: Option<Swap>,
}

/// Which disk is meant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiskChoice {
    /// The only one that fits: refused when there are several.
    #[default]
    Only,
    /// The one that has all of these properties: refused when there are none or several.
    #[serde(rename = "match", untagged)]
    Match(DiskMatch),
}

impl<'de> Deserialize<'de> for DiskChoice {
    /// By hand: a derived untagged enum forgets where in the text a mistake is.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = DiskChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"only\" or a table such as { serial = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<DiskChoice, E> {
                match text {
                    "only" => Ok(DiskChoice::Only),
                    _ => Err(E::custom(
                        "write \"only\", or what the disk is known by: { serial = \"…\" }, \
                         { by_id = \"…\" } or { path = \"/dev/…\" }",
                    )),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DiskChoice, A::Error> {
                DiskMatch::deserialize(MapAccessDeserializer::new(map)).map(DiskChoice::Match)
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// Properties that a disk must have; those left out don't matter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DiskMatch {
    /// The device node in this boot, such as `/dev/nvme0n1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    /// A lasting name, with or without `/dev/disk/by-id/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_id: Option<PathBuf>,
    /// The whole model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The whole serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// From and to which size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<SizeRange>,
    /// How it is attached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<Transport>,
}

/// A range of sizes, both ends included; an end left out is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SizeRange {
    /// At least this much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Size>,
    /// At most this much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Size>,
}

/// What to do with the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Replace everything on it.
    Erase,
}

/// The type of the root file system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileSystemKind {
    /// The usual one.
    #[default]
    Ext4,
    /// With subvolumes, compression and snapshots.
    Btrfs,
    /// For large files; can't be made smaller.
    Xfs,
    /// For flash memory; can't be made smaller.
    F2fs,
}

impl FileSystemKind {
    /// Every choice, in the order that lists show them.
    pub const ALL: [Self; 4] = [Self::Ext4, Self::Btrfs, Self::Xfs, Self::F2fs];
}

impl fmt::Display for FileSystemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ext4 => "ext4",
            Self::Btrfs => "btrfs",
            Self::Xfs => "xfs",
            Self::F2fs => "f2fs",
        })
    }
}

/// Where memory goes when it runs short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Swap {
    /// Nowhere.
    None,
    /// Into compressed memory.
    #[default]
    Zram,
    /// Into a file of the root file system.
    File,
    /// Into a partition.
    Partition,
    /// Into a partition that holds the whole memory while the computer hibernates.
    Hibernate,
}

impl Swap {
    /// Every choice, in the order that lists show them.
    pub const ALL: [Self; 5] = [
        Self::Zram,
        Self::File,
        Self::Partition,
        Self::Hibernate,
        Self::None,
    ];
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Erase => "erase the whole disk",
        })
    }
}

impl fmt::Display for Swap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Zram => "compressed memory (zram)",
            Self::File => "a file",
            Self::Partition => "a partition",
            Self::Hibernate => "a partition, with hibernation",
        })
    }
}
