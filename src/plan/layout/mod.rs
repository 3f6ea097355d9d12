//! Where on its disk the new system goes, what stays there and what is lost.
//!
//! On one disk, a [`Request`] finds a place (`erase`, `beside` what stays) and comes to an [`Arranged`]
//! layout. The `manual` layout comes to one by itself, on several disks.

mod alongside;
mod arranged;
mod asleep;
mod beside;
mod bios;
mod copies;
mod erase;
mod esp;
mod home;
mod in_btrfs;
mod keys;
pub(super) mod linux;
pub(super) mod look_again;
pub(super) mod manual;
mod region;
#[cfg(feature = "wizard")]
mod serving;
pub(super) mod system;
mod warnings;
mod windows_asleep;

pub(super) use arranged::Arranged;
use arranged::Placed;
pub(crate) use asleep::problem_in_swap as linux_sleeps;
pub(super) use asleep::{any_may_sleep as any_linux_may_sleep, any_sleeps as any_linux_sleeps};
pub(super) use copies::alike;
#[cfg(feature = "wizard")]
pub(crate) use serving::{Service, Serving, serving};
pub(super) use windows_asleep::any_sleeps as any_windows_sleeps;
pub(crate) use windows_asleep::problem as windows_sleeps;

use super::checks::{Uses, used};
use super::gone::Place;
use super::reason::Reason;
use super::{Details, PlannedDisk, Problem, ProblemId, Severity, Survey};
use crate::identifiers::Identifiers;
use crate::machine::{Disk, Machine, Partition};
use crate::preset::{DiskPreset, Layout};
use crate::storage::{self, BadVolume, Contents, ExistingTable, KeptVolume};
use std::cell::OnceCell;
use uuid::Uuid;

/// What a layout is decided from.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub disk: &'a Disk,
    pub preset: &'a DiskPreset,
    /// What goes onto the disk.
    pub contents: &'a Contents,
    /// What every place of the disk has in common.
    pub common: &'a Common<'a>,
}

/// What every place of a disk has in common: found out when it is first asked for, once for all that are
/// tried.
pub(super) struct Common<'a> {
    /// The computer.
    pub survey: &'a Survey<'a>,
    /// The table of the disk, or why it can't be kept.
    existing: OnceCell<Result<ExistingTable, Problem>>,
}

impl<'a> Common<'a> {
    /// Of a disk that nothing was asked of yet.
    pub(super) const fn new(survey: &'a Survey<'a>) -> Self {
        Self {
            survey,
            existing: OnceCell::new(),
        }
    }
}

impl<'a> Request<'a> {
    fn survey(&self) -> &'a Survey<'a> {
        self.common.survey
    }

    fn machine(&self) -> &'a Machine {
        self.survey().machine()
    }

    /// The whole layout, on one disk.
    ///
    /// # Errors
    /// Why it is not possible on this disk.
    pub(super) fn arrange(&self, ids: &mut Identifiers<'_>) -> Result<Arranged, Problem> {
        let placed = self.place(|| ids.uuid())?;
        let defect = |error: BadVolume| super::resolve::internal(&error.to_string());
        let esp = placed.esp.as_ref().map(KeptVolume::esp).transpose();
        let home = placed.home.as_ref().map(KeptVolume::home).transpose();
        let kept = esp.and_then(|esp| Ok([esp.flatten(), home?.flatten()]));
        let kept = kept.map_err(|error| defect(error.into()))?;
        let volumes = storage::volumes(self.contents, &placed.table, ids).map_err(defect)?;
        let (smaller, shrunk) = placed.smaller.unzip();
        let disk = PlannedDisk {
            identity: super::DiskIdentity::of(self.disk),
            table: placed.table,
            losses: placed.losses,
            shrunk: shrunk.into_iter().collect(),
            grown: Vec::new(),
        };
        Ok(Arranged {
            disks: vec![disk],
            volumes,
            kept: kept.into_iter().flatten().collect(),
            subvolumes: Vec::new(),
            swap_file: None,
            smaller: smaller.into_iter().collect(),
            larger: Vec::new(),
            starts: 0,
            esp: placed.esp.map(|esp| esp.good_for()),
            warnings: placed.warnings,
        })
    }

    /// The layout that is asked for.
    pub(super) fn layout(&self) -> Layout {
        self.preset.layout.unwrap_or(Layout::Erase)
    }

    /// Finds the place. `next` draws a fresh GUID each time.
    ///
    /// # Errors
    /// Why the layout is not possible on this disk.
    pub(super) fn place(&self, next: impl FnMut() -> Uuid) -> Result<Placed<'a>, Problem> {
        self.check_keys()?;
        match self.layout() {
            Layout::Erase => self.erase(next),
            Layout::Alongside | Layout::Free | Layout::Replace | Layout::KeepHome => {
                self.beside(next)
            }
            // It is arranged by itself, on several disks.
            Layout::Manual => Err(impossible(
                "the manual layout is not for one disk alone",
                "Name its disks in `[[disk.disks]]`.",
            )
            .because("manual_alone")),
        }
    }
}

/// A warning if a partition that is replaced or mounted anew is in use.
fn in_use(disk: &Disk, partition: &Partition) -> Option<Problem> {
    let uses = Uses::new(partition.mounts.iter(), partition.holders.iter());
    (!uses.is_empty()).then(|| Problem {
        id: ProblemId::DiskInUse,
        severity: Severity::Warning,
        field: "disk".to_owned(),
        message: format!(
            "partition {} of {} is in use: {uses}",
            partition.number,
            super::DiskIdentity::of(disk).description()
        ),
        mend: "It is unmounted and closed before anything is written; save open files first."
            .to_owned(),
        details: used((&Place::of(disk, partition)).into(), &uses),
    })
}

/// An error that says why the layout is not possible.
fn impossible(message: &str, mend: &str) -> Problem {
    Problem {
        id: ProblemId::LayoutImpossible,
        severity: Severity::Error,
        field: "disk.layout".to_owned(),
        message: message.to_owned(),
        mend: mend.to_owned(),
        details: Details::NONE,
    }
}

/// The same with the details of a reason.
fn impossible_for(why: &Reason, mend: &str) -> Problem {
    impossible(&why.message, mend).telling(why.details.clone())
}
