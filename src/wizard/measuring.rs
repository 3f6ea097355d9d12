//! How small the file systems of the chosen disk can become: asked of the engine on the Disk page, once
//! for each disk as it is. Layout `alongside` is not possible without.

use super::Wizard;
use super::link::Order;
use super::page::{Page, disk};
use crate::machine::{Disk, Fact, Machine, Region, Shrink};
use std::path::{Path, PathBuf};

/// The disks that were asked about.
#[derive(Debug, Default)]
pub(super) struct Measuring {
    asked: Vec<Asked>,
    /// Counts the questions, so that a late answer about a disk that has changed is known as such.
    round: u64,
}

#[derive(Debug)]
struct Asked {
    round: u64,
    /// As it was then, with what was measured since.
    disk: Disk,
    /// The nodes without an answer.
    open: Vec<PathBuf>,
}

impl Asked {
    fn is_of(&self, disk: &Disk) -> bool {
        self.disk.unmeasured() == disk.unmeasured()
    }
}

/// The file systems of a disk of which nobody knows how small they can become.
fn unknown(disk: &Disk) -> Vec<PathBuf> {
    let is_unknown = |node: &&PathBuf| {
        let region = disk.region(node);
        let found = region.as_ref().and_then(Region::file_system);
        found.is_some_and(|found| found.shrink.is_none())
    };
    disk.measurable().filter(is_unknown).cloned().collect()
}

impl Measuring {
    /// Puts what was measured into the computer as it is found now, and forgets disks that have changed.
    pub(super) fn keep(&mut self, machine: &mut Machine) {
        let Fact::Known(disks) = &mut machine.disks else {
            self.asked.clear();
            return;
        };
        self.asked.retain(|asked| {
            let same = disks.iter_mut().find(|disk| asked.is_of(disk));
            same.is_some_and(|disk| {
                *disk = asked.disk.clone();
                true
            })
        });
    }

    /// The file systems to ask about, with the number of the question; nothing where that was done.
    fn ask(&mut self, disk: &Disk) -> Option<(u64, Vec<PathBuf>)> {
        let open = unknown(disk);
        if open.is_empty() || self.is_going_on(disk) {
            return None;
        }
        // What was asked for in vain is asked for again.
        self.asked.retain(|asked| !asked.is_of(disk));
        self.round += 1;
        self.asked.push(Asked {
            round: self.round,
            disk: disk.clone(),
            open: open.clone(),
        });
        Some((self.round, open))
    }

    /// Takes in an answer; whether it is about a disk as it still is.
    fn answer(&mut self, round: u64, device: &Path, found: Option<&Shrink>) -> bool {
        let Some(asked) = self.asked.iter_mut().find(|asked| asked.round == round) else {
            return false;
        };
        asked.open.retain(|open| open != device);
        if let Some(found) = found {
            asked.disk.note_shrink(device, found);
        }
        true
    }

    fn is_going_on(&self, disk: &Disk) -> bool {
        let mut asked = self.asked.iter();
        asked.any(|asked| !asked.open.is_empty() && asked.is_of(disk))
    }
}

impl Wizard {
    /// Has the chosen disk measured, while the Disk page is shown: what comes later changes no plan that
    /// a person is asked about. What a recording says of its disks is all there is to know.
    pub(super) fn measure(&mut self) {
        let is_asked = matches!(self.page, Page::Disk | Page::Partitions);
        let may = self.probed && !self.replayed && is_asked;
        let shown = match self.page {
            Page::Partitions => self.partitions.shown_disk(&self.draft),
            _ => disk::chosen_disk(&self.draft),
        };
        // Only beside partitions there is room to be had.
        let disk = shown.filter(|disk| !disk.partitions().is_empty());
        let question = disk
            .filter(|_| may)
            .and_then(|disk| self.measuring.ask(disk));
        if let Some((round, devices)) = question {
            self.order(Order::Measure { round, devices });
        }
        self.show_measuring();
    }

    /// One file system was measured, or could not be.
    pub(super) fn measured(&mut self, round: u64, device: &Path, found: Option<Shrink>) {
        if !self.measuring.answer(round, device, found.as_ref()) {
            return;
        }
        if let Some(found) = found {
            self.draft.measured(device, &found);
            self.disk.look(&self.draft);
            self.partitions.look(&self.draft);
        }
        self.show_measuring();
        if self.page == Page::Summary {
            self.evaluate();
        }
    }

    fn show_measuring(&mut self) {
        let disk = disk::chosen_disk(&self.draft);
        self.disk.measuring = disk.is_some_and(|disk| self.measuring.is_going_on(disk));
    }
}
