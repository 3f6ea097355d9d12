//! Which disk to install on, and what to do with it.

use super::encryption::Encryption;
use super::found_system::FoundSystem;
use super::manual::{ManualAction, ManualDisk};
use super::size::Size;
use crate::machine::{Content, Partition, Transport};
use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
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
    /// Which partition is replaced or made smaller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition: Option<PartitionMatch>,
    /// Which system is replaced with all of its partitions, in place of one `partition`: `windows`, or a
    /// Linux by its name. Refused where it is not clear which they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<FoundSystem>,
    /// Which gap is used, by the number of the partition before it, 0 for the beginning of the disk;
    /// the largest if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_after: Option<u32>,
    /// How much of the disk is used where other systems stay; all that is free, or what is
    /// recommended, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Which EFI system partition is used where other systems stay; the best one if left out. It
    /// is never formatted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub esp: Option<PartitionMatch>,
    /// Which partition becomes `/home` as it is, where the home folders are kept; the one that is
    /// for them by its type or its name, if left out. It is never formatted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<PartitionMatch>,
    /// Where memory goes when it runs short.
    pub swap: Option<Swap>,
    /// The disks of the manual layout, in their order; no other disk is written to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disks: Vec<ManualDisk>,
}

impl DiskPreset {
    /// Whether something that stays is made smaller.
    pub fn makes_smaller(&self) -> bool {
        let mut parts = self.disks.iter().flat_map(|disk| &disk.partitions);
        match self.layout {
            Some(Layout::Alongside) => true,
            Some(Layout::Manual) => parts.any(|part| part.action() == ManualAction::Resize),
            _ => false,
        }
    }

    /// The type of the root file system, said or not.
    pub fn root_file_system(&self) -> FileSystemKind {
        let parts = self.disks.iter().flat_map(|disk| &disk.partitions);
        let root = parts.into_iter().find(|part| part.has_root());
        let is_manual = self.layout == Some(Layout::Manual);
        let own = root.filter(|_| is_manual).and_then(|root| root.root_kind());
        own.or(self.file_system).unwrap_or_default()
    }

    /// Where memory goes when it runs short, if that is not said: nowhere else where a partition is
    /// made for it.
    pub fn usual_swap(&self) -> Swap {
        let parts = self.disks.iter().flat_map(|disk| &disk.partitions);
        let mut swaps = parts.filter(|part| part.is_swap());
        match self.layout == Some(Layout::Manual) && swaps.next().is_some() {
            true => Swap::None,
            false => Swap::default(),
        }
    }

    /// The same wishes with another layout: what says where on the disk is left out.
    pub fn with_layout(&self, layout: Layout) -> Self {
        Self {
            layout: Some(layout),
            partition: None,
            system: None,
            gap_after: None,
            size: None,
            esp: None,
            home: None,
            disks: Vec::new(),
            ..self.clone()
        }
    }
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
    /// An ordered list: the first of these that exactly one disk fits; refused when there is none. For one
    /// preset on computers that differ.
    #[serde(rename = "first_of", untagged)]
    FirstOf(#[schemars(length(min = 1))] Vec<DiskMatch>),
}

impl<'de> Deserialize<'de> for DiskChoice {
    /// By hand: a derived untagged enum forgets where in the text a mistake is.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = DiskChoice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"only\", a table such as { serial = \"…\" } or a list of such tables")
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

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<DiskChoice, A::Error> {
                let list: Vec<DiskMatch> = Vec::deserialize(SeqAccessDeserializer::new(list))?;
                match list.is_empty() {
                    false => Ok(DiskChoice::FirstOf(list)),
                    true => Err(de::Error::custom(
                        "the list is empty: leave `choose` out to mean the only disk that fits",
                    )),
                }
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

/// What a partition is known by; those left out don't matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PartitionMatch {
    /// Its number in the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Its GUID (`PARTUUID`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guid: Option<String>,
    /// The label of its file system, or its name in the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl PartitionMatch {
    /// Whether `partition` is meant; without any property, none is.
    pub fn fits(&self, partition: &Partition) -> bool {
        if *self == Self::default() {
            return false;
        }
        let same_guid = |guid: &String| {
            let own = partition.guid.as_ref();
            own.is_some_and(|own| own.eq_ignore_ascii_case(guid))
        };
        let same_label = |label: &String| {
            let own = match &partition.content {
                Content::Formatted(fs) => fs.label.as_ref(),
                Content::Blank | Content::Unknown(_) => None,
            };
            own == Some(label) || partition.name.as_ref() == Some(label)
        };
        self.number.is_none_or(|number| number == partition.number)
            && self.guid.as_ref().is_none_or(same_guid)
            && self.label.as_ref().is_none_or(same_label)
    }
}

impl fmt::Display for PartitionMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number.map(|number| format!("number {number}"));
        let guid = self.guid.as_ref().map(|guid| format!("GUID {guid}"));
        let label = self.label.as_ref().map(|label| format!("label “{label}”"));
        let parts: Vec<String> = [number, guid, label].into_iter().flatten().collect();
        if parts.is_empty() {
            return f.write_str("a partition that is known by nothing");
        }
        write!(f, "the partition with {}", parts.join(" and "))
    }
}

/// What to do with the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Replace everything on it.
    Erase,
    /// Keep everything, make one partition smaller, and use what becomes free.
    Alongside,
    /// Keep everything, and use a gap between or behind the partitions.
    Free,
    /// Keep everything but one partition, or but the partitions of one system.
    Replace,
    /// As above, and one of those that stay becomes `/home` as it is.
    KeepHome,
    /// As `disks` say, partition by partition.
    Manual,
}

impl Layout {
    /// Every choice that Nevado finds a place for, in the order that lists show them; so not
    /// [`Manual`](Self::Manual).
    pub const ALL: [Self; 5] = [
        Self::Alongside,
        Self::Free,
        Self::KeepHome,
        Self::Replace,
        Self::Erase,
    ];
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
            Self::Alongside => "make a partition smaller",
            Self::Free => "use free space",
            Self::Replace => "replace a partition or a system",
            Self::KeepHome => "install anew and keep the home folders",
            Self::Manual => "partition by partition",
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
