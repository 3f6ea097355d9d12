//! What a disk holds now, by name: the list that a person confirms.

use super::visible::visible;
use super::{LostHomes, found_systems};
use crate::machine::{Content, Disk, Fact, Partition, Table};
use crate::units::Bytes;
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
    WholeDisk {
        /// What is on it.
        holds: Held,
        /// The systems on it, as they call themselves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        systems: Vec<String>,
        /// Folders of people that are known to be on it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        homes: Vec<LostHomes>,
    },
    /// A partition.
    Partition {
        /// Which one.
        what: NamedPartition,
        /// How large it is.
        size: Bytes,
        /// What the system is called that it is a part of, where that system goes as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        system: Option<String>,
        /// Folders of people that are known to be in it.
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
        /// Folders of people that are known to be in the container.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        homes: Vec<LostHomes>,
    },
    /// A subvolume of a btrfs that stays.
    Subvolume {
        /// The partition that the btrfs is in.
        what: NamedPartition,
        /// The subvolume, by its path from the top.
        path: String,
        /// What the system is called whose root it is, or lies in it; or that it is a part of, where that
        /// system goes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        system: Option<String>,
        /// Folders of people that are known to be in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        homes: Vec<LostHomes>,
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

/// A partition as people know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPartition {
    /// Its number in the table.
    pub number: u32,
    /// What it is called in the table, safe to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The systems in it, as they call themselves, safe to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub systems: Vec<String>,
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
        Fact::Known(Table::Whole { content }) => vec![whole(content)],
        Fact::Known(Table::Partitioned { partitions, .. }) => {
            partitions.iter().map(|p| partition(disk, p)).collect()
        }
    }
}

/// All of a disk without partitions.
fn whole(content: &Content) -> Loss {
    Loss::WholeDisk {
        holds: Held::of(content),
        systems: found_systems::in_content(content),
        homes: LostHomes::of(content),
    }
}

/// A partition that goes.
pub(super) fn partition(disk: &Disk, partition: &Partition) -> Loss {
    Loss::Partition {
        what: NamedPartition::of(disk, partition),
        size: partition.length.bytes(disk.sectors.logical),
        system: None,
        homes: LostHomes::of(&partition.content),
    }
}

/// What is in the container of a partition, which stays itself.
pub(super) fn inside(disk: &Disk, partition: &Partition) -> Loss {
    let inside = partition.inside();
    let mut what = NamedPartition::of(disk, partition);
    let systems = std::mem::take(&mut what.systems);
    Loss::Inside {
        what,
        size: partition.length.bytes(disk.sectors.logical),
        holds: inside.map(|inside| Held::of(&inside.content)),
        system: (!systems.is_empty()).then(|| systems.join(", ")),
        homes: LostHomes::of(&partition.content),
    }
}

/// A subvolume that goes, of the btrfs in a partition that stays.
pub(super) fn subvolume(disk: &Disk, partition: &Partition, path: &str) -> Loss {
    let found = match &partition.content {
        Content::Formatted(found) => found.linux(),
        Content::Blank | Content::Unknown(_) => None,
    };
    let system = found.filter(|linux| linux.is_in_subvolume(path));
    let system = system.map(|linux| visible(&linux.name));
    let mut what = NamedPartition::of(disk, partition);
    what.systems.retain(|name| Some(name) != system.as_ref());
    Loss::Subvolume {
        what,
        path: path.to_owned(),
        system,
        homes: LostHomes::of_subvolume(&partition.content, path)
            .into_iter()
            .collect(),
    }
}

impl Loss {
    /// As a part of a system of this name.
    pub(super) fn part_of(self, system: Option<String>) -> Self {
        match self {
            Self::Partition {
                mut what,
                size,
                homes,
                ..
            } => {
                // It is told once.
                what.systems.retain(|name| Some(name) != system.as_ref());
                Self::Partition {
                    what,
                    size,
                    system,
                    homes,
                }
            }
            Self::Subvolume {
                mut what,
                path,
                homes,
                ..
            } => {
                what.systems.retain(|name| Some(name) != system.as_ref());
                Self::Subvolume {
                    what,
                    path,
                    system,
                    homes,
                }
            }
            other => other,
        }
    }
}

impl NamedPartition {
    /// A partition of a disk.
    pub(super) fn of(disk: &Disk, partition: &Partition) -> Self {
        let name = partition.name.as_deref().filter(|name| !name.is_empty());
        let holds = match partition.content {
            _ if partition.is_extended() => Held::Extended,
            Content::Blank | Content::Unknown(_) if partition.holds_loader() => Held::Loader,
            _ => Held::of(&partition.content),
        };
        Self {
            number: partition.number,
            name: name.map(visible),
            systems: found_systems::in_partition(disk, partition),
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
            Self::WholeDisk {
                holds,
                systems,
                homes,
            } => {
                f.write_str("the whole disk: ")?;
                contents(f, systems, holds)?;
                with_homes(f, homes)
            }
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
                write!(f, ", {size}: ")?;
                contents(f, &what.systems, &what.holds)?;
                with_homes(f, homes)
            }
            Self::Inside {
                what,
                size,
                holds,
                system,
                homes,
            } => {
                what.head(f)?;
                write!(f, ", {size}: what is in its LUKS container (")?;
                match (system, holds) {
                    (_, Some(holds)) => contents(f, system.as_slice(), holds)?,
                    (Some(system), None) => f.write_str(system)?,
                    (None, None) => f.write_str("whatever it is")?,
                }
                with_homes(f, homes)?;
                f.write_str("); the container stays")
            }
            Self::Subvolume {
                what,
                path,
                system,
                homes,
            } => {
                if let Some(system) = system {
                    write!(f, "{system}: ")?;
                }
                write!(f, "subvolume {path} in {what}")?;
                with_homes(f, homes)?;
                f.write_str("; the rest of it stays")
            }
            Self::SameVolume { path, model, holds } => {
                let path = path.display();
                write!(f, "and with it, unless it is mirrored, what {path}")?;
                if let Some(model) = model {
                    write!(f, " of {model}")?;
                }
                write!(f, " holds of the same volume: {holds}")
            }
        }
    }
}

/// The systems in something, and what they are in.
fn contents(f: &mut fmt::Formatter<'_>, systems: &[String], holds: &Held) -> fmt::Result {
    let mut systems = systems.iter();
    systems.try_for_each(|system| write!(f, "{system}, "))?;
    write!(f, "{holds}")
}

fn with_homes(f: &mut fmt::Formatter<'_>, homes: &[LostHomes]) -> fmt::Result {
    let mut homes = homes.iter();
    homes.try_for_each(|homes| write!(f, ", with {homes}"))
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
        f.write_str(" (")?;
        contents(f, &self.systems, &self.holds)?;
        f.write_str(")")
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
#[path = "losses_tests.rs"]
mod tests;
