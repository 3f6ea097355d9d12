//! What a layout takes away from the disks of a machine, wherever it is: what stays may need it.

use super::visible::visible;
use super::{DiskIdentity, Loss, PlannedDisk};
use crate::machine::{Content, Disk, Fact, FileSystem, FoundLinux, Machine, Partition, Table};
use std::path::Path;
use std::ptr;

/// A part of a disk that holds something: a partition, or all of a disk that has no table.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub disk: &'a Disk,
    /// Nothing where it is the whole disk.
    pub partition: Option<&'a Partition>,
    pub content: &'a Content,
}

impl<'a> Place<'a> {
    /// Each one of a disk.
    pub(super) fn all_of(disk: &'a Disk) -> impl Iterator<Item = Self> {
        let whole = match &disk.table {
            Fact::Known(Table::Whole { content }) => Some(Self {
                disk,
                partition: None,
                content,
            }),
            Fact::Known(Table::Partitioned { .. }) | Fact::Unknown(_) => None,
        };
        let partitions = disk.partitions().iter();
        let partitions = partitions.map(move |partition| Self::of(disk, partition));
        whole.into_iter().chain(partitions)
    }

    /// A partition of a disk.
    pub(super) const fn of(disk: &'a Disk, partition: &'a Partition) -> Self {
        Self {
            disk,
            partition: Some(partition),
            content: &partition.content,
        }
    }

    /// Each one of all disks.
    pub(super) fn all(machine: &'a Machine) -> impl Iterator<Item = Self> {
        let disks = machine.disks.known().into_iter().flatten();
        disks.flat_map(Self::all_of)
    }

    /// The device node.
    pub(super) fn path(&self) -> &'a Path {
        self.partition.map_or(&self.disk.path, |p| &p.path)
    }

    /// What is built on it, by kernel name.
    pub(super) fn holders(&self) -> &'a [String] {
        self.partition.map_or(&self.disk.holders, |p| &p.holders)
    }

    /// What is in it, if it has a signature.
    pub(super) const fn file_system(&self) -> Option<&'a FileSystem> {
        match self.content {
            Content::Formatted(found) => Some(found),
            Content::Blank | Content::Unknown(_) => None,
        }
    }

    /// How people know it.
    pub(super) fn description(&self) -> String {
        let disk = DiskIdentity::of(self.disk).description();
        match self.partition {
            Some(partition) => format!("partition {} of {disk}", partition.number),
            None => disk,
        }
    }
}

/// What goes inside a partition that stays itself.
pub(super) struct Part<'a> {
    pub partition: &'a Partition,
    /// A subvolume of its btrfs; nothing where it is all that is in its container.
    pub subvolume: Option<String>,
}

impl Part<'_> {
    /// Where it is, as `findmnt` writes it.
    pub(super) fn path(&self) -> String {
        let path = self.partition.path.display();
        match &self.subvolume {
            Some(subvolume) => format!("{path}[{subvolume}]"),
            None => path.to_string(),
        }
    }

    /// As it is called, for who knows the partition.
    pub(super) fn description(&self) -> String {
        let path = self.partition.path.display();
        match &self.subvolume {
            Some(subvolume) => format!("the subvolume {} in {path}", visible(subvolume)),
            None => format!("what is in {path}"),
        }
    }
}

/// All that a layout takes away.
pub(super) struct Gone<'a> {
    places: Vec<Place<'a>>,
    parts: Vec<Part<'a>>,
    /// The disks that they are on.
    disks: Vec<&'a Disk>,
    /// Each Linux that stays, by the place of its root: of thousands of places few have one, and they are
    /// gone through once.
    linuxes: Vec<(Place<'a>, &'a FoundLinux)>,
}

impl<'a> Gone<'a> {
    /// What goes where these disks are written to: everything where a table is new, else what is called
    /// lost.
    pub(super) fn of(machine: &'a Machine, planned: &[PlannedDisk]) -> Self {
        let disks = machine.disks.known().into_iter().flatten();
        let places = disks.flat_map(|disk| {
            let mut planned = planned.iter();
            let planned = planned.find(|planned| planned.identity.path == disk.path);
            let goes = move |place: &Place<'_>| {
                planned.is_some_and(|planned| {
                    planned.table.base.is_new()
                        || place.partition.is_some_and(|p| is_lost(planned, p.number))
                })
            };
            Place::all_of(disk).filter(goes)
        });
        let places: Vec<Place<'a>> = places.collect();
        let parts = parts(machine, planned);
        let mut disks: Vec<&Disk> = places.iter().map(|place| place.disk).collect();
        disks.dedup_by(|a, b| ptr::eq(*a, *b));
        let mut gone = Self {
            places,
            parts,
            disks,
            linuxes: Vec::new(),
        };
        let linux = |place: Place<'a>| Some((place, place.file_system()?.linux()?));
        let found = Place::all(machine).filter_map(linux);
        gone.linuxes = found.filter(|(place, _)| !gone.has_system(place)).collect();
        gone
    }

    /// Each Linux that stays, with the place of its root.
    pub(super) fn linuxes_that_stay(&self) -> impl Iterator<Item = (Place<'a>, &'a FoundLinux)> {
        self.linuxes.iter().copied()
    }

    /// Whether all stays.
    pub(super) const fn is_nothing(&self) -> bool {
        self.places.is_empty() && self.parts.is_empty()
    }

    /// What goes inside a partition that stays.
    pub(super) fn parts_of(&self, partition: &Partition) -> impl Iterator<Item = &Part<'a>> {
        let parts = self.parts.iter();
        parts.filter(move |part| ptr::eq(part.partition, partition))
    }

    /// Whether a system goes that has its root at a place.
    pub(super) fn has_system(&self, place: &Place<'_>) -> bool {
        let goes_with = |part: &Part<'_>| match &part.subvolume {
            None => true,
            Some(path) => {
                let found = place.file_system().and_then(FileSystem::linux);
                found.is_some_and(|linux| linux.is_in_subvolume(path))
            }
        };
        let mut parts = place.partition.into_iter().flat_map(|p| self.parts_of(p));
        self.has_place(place) || parts.any(goes_with)
    }

    /// Each of them that goes as a whole.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place<'a>> {
        self.places.iter()
    }

    /// Whether a place is one of them. Of a disk that nothing is taken from that is clear at once: a machine
    /// may have many thousands of places.
    pub(super) fn has_place(&self, place: &Place<'_>) -> bool {
        let is_touched = self.disks.iter().any(|disk| ptr::eq(*disk, place.disk));
        let same = |own: &Place<'_>| ptr::eq(own.content, place.content);
        is_touched && self.places.iter().any(same)
    }

    /// Whether a device node is one of them.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.places.iter().any(|place| place.path() == path)
    }
}

/// What goes inside partitions that stay.
fn parts<'a>(machine: &'a Machine, planned: &[PlannedDisk]) -> Vec<Part<'a>> {
    let disks = machine.disks.known().into_iter().flatten();
    let losses = disks.flat_map(|disk| {
        let planned = planned.iter();
        let own = planned.filter(|planned| planned.identity.path == disk.path);
        own.flat_map(|planned| &planned.losses)
            .map(move |loss| (disk, loss))
    });
    let parts = losses.filter_map(|(disk, loss)| {
        let (what, subvolume) = match loss {
            Loss::Inside { what, .. } => (what, None),
            Loss::Subvolume { what, path, .. } => (what, Some(path.clone())),
            Loss::Unread { .. }
            | Loss::WholeDisk { .. }
            | Loss::Partition { .. }
            | Loss::SameVolume { .. } => return None,
        };
        let mut partitions = disk.partitions().iter();
        Some(Part {
            partition: partitions.find(|p| p.number == what.number)?,
            subvolume,
        })
    });
    parts.collect()
}

fn is_lost(planned: &PlannedDisk, number: u32) -> bool {
    let mut losses = planned.losses.iter();
    losses.any(|loss| matches!(loss, Loss::Partition { what, .. } if what.number == number))
}
