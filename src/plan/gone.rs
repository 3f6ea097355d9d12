//! What a layout takes away from the disks of a machine, wherever it is: what stays may need it.

use super::{DiskIdentity, Loss, PlannedDisk};
use crate::machine::{Content, Disk, Fact, FileSystem, Machine, Partition, Table};
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

/// All that a layout takes away.
pub(super) struct Gone<'a> {
    places: Vec<Place<'a>>,
    /// The disks that they are on.
    disks: Vec<&'a Disk>,
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
        let mut disks: Vec<&Disk> = places.iter().map(|place| place.disk).collect();
        disks.dedup_by(|a, b| ptr::eq(*a, *b));
        Self { places, disks }
    }

    /// Each of them.
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

fn is_lost(planned: &PlannedDisk, number: u32) -> bool {
    let mut losses = planned.losses.iter();
    losses.any(|loss| matches!(loss, Loss::Partition { what, .. } if what.number == number))
}
