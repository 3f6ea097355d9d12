//! What a disk holds now, by name: the list that a person confirms.

use super::visible::visible;
use crate::machine::{Content, Disk, Fact, Partition, Table};
use crate::units::{Bytes, SectorSize};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// A thing that a disk holds now and won't hold afterwards. What it prints is English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Loss {
    /// Whatever is on the disk.
    Unread {
        /// Why it could not be read.
        reason: String,
    },
    /// A disk without partitions.
    WholeDisk(Held),
    /// A partition.
    Partition {
        /// Which one.
        what: NamedPartition,
        /// How large it is.
        size: Bytes,
        /// What the system is called that it is a part of, where that system goes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        system: Option<String>,
        /// Home folders that are known to be in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        homes: Vec<LostHomes>,
    },
    /// What is in a LUKS container; the container itself stays.
    Inside {
        /// The partition that is the container.
        what: NamedPartition,
        /// How large it is.
        size: Bytes,
        /// What is in the container, where it was looked into.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds: Option<Held>,
        /// What the system in it calls itself, safe to show.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        system: Option<String>,
    },
    /// A subvolume of a btrfs that stays.
    Subvolume {
        /// The partition that the btrfs is in.
        what: NamedPartition,
        /// The subvolume, by its path from the top.
        path: String,
        /// What the system is called that it is a part of, where that system goes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        system: Option<String>,
    },
    /// What another device holds of a volume that loses a member here; a mirror goes on without it.
    SameVolume {
        /// Its device node.
        path: PathBuf,
        /// The model of its disk, safe to show.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// What is in it.
        holds: Held,
    },
}

/// Home folders in a subvolume of a btrfs that goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LostHomes {
    /// The subvolume, safe to show.
    pub subvolume: String,
    /// What each of the folders is called, safe to show.
    pub folders: Vec<String>,
}

impl LostHomes {
    /// Those in the btrfs of a partition, or of its container, as far as somebody has looked.
    pub(super) fn of(partition: &Partition) -> Vec<Self> {
        let found = match &partition.content {
            Content::Formatted(fs) => fs.seen(),
            Content::Blank | Content::Unknown(_) => None,
        };
        let all = found.and_then(|fs| fs.subvolumes.as_ref());
        let with_homes = all.into_iter().flat_map(|all| &all.all).filter_map(|one| {
            let folders = one
                .home_folders
                .as_deref()
                .filter(|homes| !homes.is_empty())?;
            Some(Self {
                subvolume: visible(&one.path),
                folders: folders.iter().map(|folder| visible(&folder.name)).collect(),
            })
        });
        with_homes.collect()
    }
}

impl fmt::Display for LostHomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subvolume, folders) = (&self.subvolume, self.folders.join(", "));
        write!(
            f,
            "the home folders in its subvolume {subvolume} ({folders})"
        )
    }
}

/// A partition as people know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPartition {
    /// Its number in the table.
    pub number: u32,
    /// What it is called in the table, safe to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is in it.
    pub holds: Held,
}

/// What is in a disk or a partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Held {
    /// No file system.
    Nothing,
    /// Something that nobody knows.
    Unknown {
        /// Why it is not known.
        reason: String,
    },
    /// A boot loader for a BIOS.
    Loader,
    /// Logical partitions: it is the extended one around them.
    Extended,
    /// A file system, or what is known by its signature as one is.
    FileSystem {
        /// What libblkid calls it.
        kind: String,
        /// Its label, safe to show.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
}

/// Each thing on `disk` that an erased disk no longer has.
pub(super) fn of(disk: &Disk) -> Vec<Loss> {
    match &disk.table {
        Fact::Unknown(reason) => vec![Loss::Unread {
            reason: reason.clone(),
        }],
        Fact::Known(Table::Whole {
            content: Content::Blank,
        }) => Vec::new(),
        Fact::Known(Table::Whole { content }) => vec![Loss::WholeDisk(Held::of(content))],
        Fact::Known(Table::Partitioned { partitions, .. }) => {
            let sector = disk.sectors.logical;
            partitions.iter().map(|p| partition(p, sector)).collect()
        }
    }
}

/// A partition that goes.
pub(super) fn partition(partition: &Partition, sector: SectorSize) -> Loss {
    Loss::Partition {
        what: NamedPartition::of(partition),
        size: partition.length.bytes(sector),
        system: None,
        homes: LostHomes::of(partition),
    }
}

/// What is in the container of a partition, which stays itself.
pub(super) fn inside(partition: &Partition, sector: SectorSize) -> Loss {
    let inside = partition.inside();
    Loss::Inside {
        what: NamedPartition::of(partition),
        size: partition.length.bytes(sector),
        holds: inside.map(|inside| Held::of(&inside.content)),
        system: inside.and_then(|inside| inside.system.as_deref().map(visible)),
    }
}

/// A subvolume that goes, of the btrfs in a partition that stays.
pub(super) fn subvolume(partition: &Partition, path: &str) -> Loss {
    Loss::Subvolume {
        what: NamedPartition::of(partition),
        path: path.to_owned(),
        system: None,
    }
}

impl Loss {
    /// As a part of a system of this name.
    pub(super) fn part_of(self, system: Option<String>) -> Self {
        match self {
            Self::Partition {
                what, size, homes, ..
            } => Self::Partition {
                what,
                size,
                system,
                homes,
            },
            Self::Subvolume { what, path, .. } => Self::Subvolume { what, path, system },
            other => other,
        }
    }
}

impl NamedPartition {
    pub(super) fn of(partition: &Partition) -> Self {
        let name = partition.name.as_deref().filter(|name| !name.is_empty());
        let holds = match partition.content {
            _ if partition.is_extended() => Held::Extended,
            Content::Blank | Content::Unknown(_) if partition.holds_loader() => Held::Loader,
            _ => Held::of(&partition.content),
        };
        Self {
            number: partition.number,
            name: name.map(visible),
            holds,
        }
    }
}

impl Held {
    pub(super) fn of(content: &Content) -> Self {
        match content {
            Content::Blank => Self::Nothing,
            Content::Unknown(reason) => Self::Unknown {
                reason: reason.clone(),
            },
            Content::Formatted(fs) => Self::FileSystem {
                kind: fs.kind.clone(),
                label: fs.label.as_deref().map(visible),
            },
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread { reason } => {
                write!(f, "whatever is on it: it could not be read ({reason})")
            }
            Self::WholeDisk(holds) => write!(f, "the whole disk: {holds}"),
            Self::Partition {
                what,
                size,
                system,
                homes,
            } => {
                if let Some(system) = system {
                    write!(f, "{system}: ")?;
                }
                what.head(f)?;
                write!(f, ", {size}: {}", what.holds)?;
                homes
                    .iter()
                    .try_for_each(|homes| write!(f, ", with {homes}"))
            }
            Self::Inside {
                what,
                size,
                holds,
                system,
            } => {
                what.head(f)?;
                write!(f, ", {size}: what is in its LUKS container (")?;
                match (system, holds) {
                    (Some(system), Some(holds)) => write!(f, "{system}, {holds}")?,
                    (Some(system), None) => f.write_str(system)?,
                    (None, Some(holds)) => write!(f, "{holds}")?,
                    (None, None) => f.write_str("whatever it is")?,
                }
                f.write_str("); the container stays")
            }
            Self::Subvolume { what, path, system } => {
                if let Some(system) = system {
                    write!(f, "{system}: ")?;
                }
                write!(f, "subvolume {path} in ")?;
                what.head(f)?;
                write!(f, " ({}); the rest of it stays", what.holds)
            }
            Self::SameVolume { path, model, holds } => {
                write!(
                    f,
                    "and with it, unless it is mirrored, what {}",
                    path.display()
                )?;
                if let Some(model) = model {
                    write!(f, " of {model}")?;
                }
                write!(f, " holds of the same volume: {holds}")
            }
        }
    }
}

impl NamedPartition {
    /// Its number and its name.
    fn head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "partition {}", self.number)?;
        match &self.name {
            Some(name) => write!(f, " “{name}”"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for NamedPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head(f)?;
        write!(f, " ({})", self.holds)
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("no file system"),
            Self::Unknown { reason } => write!(f, "unknown content ({reason})"),
            Self::Loader => f.write_str("a boot loader for a BIOS"),
            Self::Extended => f.write_str("the extended partition around logical ones"),
            Self::FileSystem { kind, label } => match label {
                Some(label) => write!(f, "{kind} labelled “{label}”"),
                None => f.write_str(kind),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;

    #[test]
    fn a_boot_loaders_partition_is_known_by_its_type() {
        let machine = include_str!("../../tests/machines/windows-laptop.json");
        let machine: Machine = serde_json::from_str(machine).unwrap();
        let disks = machine.disks.known().unwrap();
        let sector = disks[0].sectors.logical;
        let mut boot = disks[0].partitions()[0].clone();
        boot.content = Content::Unknown("data without a known signature".to_owned());
        assert!(boot.unknown_content().is_some());
        assert!(
            partition(&boot, sector)
                .to_string()
                .contains("unknown content")
        );
        boot.type_id = "21686148-6449-6e6f-744e-656564454649".to_owned();
        assert_eq!(boot.unknown_content(), None);
        let told = partition(&boot, sector).to_string();
        assert!(told.ends_with(": a boot loader for a BIOS"));
    }
}
