//! Where on its disk the new system goes, what stays there and what is lost.
//!
//! Every layout but erasing keeps the disk's table and puts new partitions into one region of it: a
//! gap, or the place of a partition that goes.

mod alongside;
mod asleep;
mod bios;
mod copies;
mod esp;
mod home;
mod in_btrfs;
pub(super) mod linux;
pub(super) mod look_again;
pub(super) mod manual;

mod region;
#[cfg(feature = "wizard")]
mod serving;
pub(super) mod system;
mod warnings;
mod windows_asleep;

pub(crate) use asleep::problem_in_swap as linux_sleeps;
pub(super) use asleep::{any_may_sleep as any_linux_may_sleep, any_sleeps as any_linux_sleeps};
pub(super) use copies::alike;
#[cfg(feature = "wizard")]
pub(crate) use serving::{Service, Serving, serving};
pub(super) use windows_asleep::any_sleeps as any_windows_sleeps;
pub(crate) use windows_asleep::problem as windows_sleeps;

use super::checks::{Uses, used};
use super::gone::Place;
use super::reason::{self, Reason};
use super::{
    Details, Loss, PlannedDisk, Problem, ProblemId, Resized, Severity, Survey, apple, losses,
};
use crate::identifiers::Identifiers;
use crate::machine::{Disk, Machine, Partition};
use crate::preset::{DiskPreset, Layout};
use crate::storage::{
    self, BadVolume, Container, Contents, EspUse, ExistingEsp, ExistingHome, ExistingTable,
    KeptLuks, KeptSubvolumes, KeptVolume, Larger, Need, NewSwapFile, NewTable, PartitionId,
    PartitionRole, Reach, Share, Smaller, TableId, Volume,
};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::Path;
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

/// Where the new system goes.
pub(super) struct Placed<'a> {
    /// The table after the install.
    pub table: NewTable,
    /// The ESP that is used as it is, if one is.
    pub esp: Option<ExistingEsp<'a>>,
    /// The home folders that stay, if they do.
    pub home: Option<ExistingHome<'a>>,
    /// What is lost.
    pub losses: Vec<Loss>,
    /// What is made smaller, and how a person knows it.
    pub smaller: Option<(Smaller, Resized)>,
    /// How much of it the new system could have.
    pub share: Option<Share>,
    /// What should be known first.
    pub warnings: Vec<Problem>,
}

/// A whole layout: every disk that is written to, and what is on it afterwards.
pub(super) struct Arranged {
    /// At least one.
    pub disks: Vec<PlannedDisk>,
    /// What is made, in this order.
    pub volumes: Vec<Volume>,
    /// What stays and is mounted as it is.
    pub kept: Vec<KeptVolume>,
    /// What becomes of subvolumes in a btrfs that stays.
    pub subvolumes: Vec<KeptSubvolumes>,
    /// A swap file in a btrfs that stays.
    pub swap_file: Option<NewSwapFile>,
    /// What is made smaller.
    pub smaller: Vec<Smaller>,
    /// What is made larger.
    pub larger: Vec<Larger>,
    /// Which of the disks the firmware starts from, from 0.
    pub starts: usize,
    /// What the EFI system partition holds, where it is not all new.
    pub esp: Option<EspUse>,
    /// What should be known first.
    pub warnings: Vec<Problem>,
}

impl Arranged {
    /// What stays, or is new in what stays, and is mounted there.
    pub(super) fn mounted_at(&self, place: &str) -> Option<&KeptVolume> {
        let mut kept = self.kept.iter();
        kept.find(|kept| kept.mount.at.as_path() == Path::new(place))
    }

    /// The containers that stay and are opened, each with its partition.
    pub(super) fn kept_containers(&self) -> impl Iterator<Item = (PartitionId, &KeptLuks)> {
        let new = self.volumes.iter().filter_map(|volume| {
            let Some(Container::Kept(luks)) = &volume.container else {
                return None;
            };
            Some((volume.partition, luks))
        });
        let kept = self.kept.iter();
        new.chain(kept.filter_map(|kept| Some((kept.partition, kept.container.as_ref()?))))
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

    /// Why the disk can't be erased: what a list of all disks asks, without a word of what would be lost.
    pub(super) fn refusal_to_erase(&self) -> Option<Problem> {
        self.new_table(Uuid::nil).err()
    }

    fn erase(&self, next: impl FnMut() -> Uuid) -> Result<Placed<'a>, Problem> {
        let (table, warnings) = self.new_table(next)?;
        Ok(Placed {
            table,
            esp: None,
            home: None,
            losses: losses::of(self.disk),
            smaller: None,
            share: None,
            warnings,
        })
    }

    /// The table of an erased disk, and what to say to it.
    fn new_table(&self, next: impl FnMut() -> Uuid) -> Result<(NewTable, Vec<Problem>), Problem> {
        let disk = self.disk;
        if let Some(problem) = apple::refusal_to_erase(self.machine(), "disk.layout", disk) {
            return Err(problem);
        }
        let gone: Vec<&Partition> = disk.partitions().iter().collect();
        let mut warnings = Vec::new();
        if asleep::may_have_mounted(disk) {
            let mut gone = asleep::nodes(&gone);
            gone.push(&disk.path);
            asleep::refuse(self.survey(), &gone)?;
            windows_asleep::refuse(self.survey(), &gone, || {
                windows_asleep::may_have_mounted_on(disk)
            })?;
            warnings = asleep::may_sleep(self.survey(), &gone);
        }
        let sector = disk.sectors.logical;
        let table = storage::erase(disk.size, sector, &self.contents.needs(), next);
        let table = table.map_err(|too_small| Problem {
            id: ProblemId::DiskTooSmall,
            severity: Severity::Error,
            field: "disk.choose".to_owned(),
            message: too_small.to_string(),
            mend: "Choose a larger disk.".to_owned(),
            details: Details::why("holds")
                .with("size", too_small.size)
                .with("needed", too_small.needed),
        })?;
        Ok((table, warnings))
    }

    /// The table that is there, if it can be kept.
    fn existing(&self) -> Result<&'a ExistingTable, Problem> {
        let found = self.common.existing.get_or_init(|| {
            let existing = ExistingTable::of(self.disk).map_err(|why| {
                let message = format!("nothing on this disk can be kept: {why}");
                let problem = impossible(&message, "Erase the disk, or choose another one.");
                Problem {
                    id: ProblemId::NothingKept,
                    ..problem.telling(reason::not_kept(&why).inside("cause"))
                }
            })?;
            match copies::twin(self.survey(), self.disk, &existing) {
                Some(twin) => Err(twin),
                None => Ok(existing),
            }
        });
        found.as_ref().map_err(Problem::clone)
    }

    /// Whether all of the new system fits between the partitions, with an EFI system partition of its own:
    /// what the manual layout can do, and touches nothing that is there.
    pub(super) fn fits_into_a_gap(&self) -> bool {
        let Ok(existing) = self.existing() else {
            return false;
        };
        let fits = |gap| {
            let table = existing.clone();
            table
                .with_new(gap, &self.contents.needs(), Uuid::nil)
                .is_ok()
        };
        existing.free().into_iter().any(fits)
    }

    /// Beside what stays.
    fn beside(&self, next: impl FnMut() -> Uuid) -> Result<Placed<'a>, Problem> {
        let existing = self.existing()?;
        // Whether anything can be kept comes before the question what goes.
        self.home(&[])?;
        let gone = self.gone()?;
        let home = self.home(&gone)?;
        let esp = self.esp(&gone)?;
        let mut told = Vec::new();
        let is_smaller = self.layout() == Layout::Alongside;
        if esp.is_some() || home.is_some() || !gone.is_empty() || is_smaller {
            let nodes = asleep::nodes(&gone);
            asleep::refuse(self.survey(), &nodes)?;
            told = asleep::may_sleep(self.survey(), &nodes);
        }
        let mut rest = Cow::Borrowed(existing);
        for partition in &gone {
            rest.to_mut().remove(partition.number);
        }
        let makes_core = self.makes_core_partition(&rest)?;
        let mut needs = needs(self.contents, existing.id, esp.map(|esp| esp.good_for()));
        needs.retain(|need| need.role != PartitionRole::BiosBoot || makes_core);
        let place = self.region(existing, rest, &gone, &needs)?;
        let table = place.table.with_new(place.region, &needs, next);
        let table = table.map_err(|no_room| {
            let mend = "Make room first, choose another layout, or choose another disk.";
            Problem {
                id: ProblemId::NoRoom,
                ..impossible_for(&no_room.into(), mend)
            }
        })?;
        let name = self.system_name(&gone);
        let lost = |p: &&Partition| losses::partition(self.disk, p).part_of(name.clone());
        let losses = gone.iter().map(lost).collect();
        let shrunk = place.smaller.as_ref().map(|(_, shrunk)| shrunk);
        let mut partitions = self.disk.partitions().iter();
        let smaller = partitions.find(|p| shrunk.is_some_and(|s| s.what.number == p.number));
        let touched = gone.iter().copied().chain(smaller);
        windows_asleep::refuse(self.survey(), &asleep::nodes(&gone), || {
            touched.clone().any(windows_asleep::may_have_mounted)
        })?;
        let touched = touched.chain(esp.map(|esp| esp.partition));
        let touched = touched.chain(home.map(|home| home.partition));
        told.extend(touched.filter_map(|p| in_use(self.disk, p)));
        told.extend(esp.as_ref().map(warnings::shared_esp));
        told.extend(self.homes_go(&gone));
        told.extend(self.loader_stays(&gone));
        told.extend(smaller.zip(shrunk).map(|(p, s)| warnings::smaller(p, s)));
        told.extend(home.as_ref().map(home::owners));
        told.extend(warnings::bitlocker(self.disk, &table));
        told.extend(warnings::beyond_mbr(self.disk, &table));
        told.extend(self.start_code(&table));
        told.extend(self.beyond_reach(&table));
        told.extend(self.other_mode(&table));
        Ok(Placed {
            table,
            esp,
            home,
            losses,
            smaller: place.smaller,
            share: place.share,
            warnings: told,
        })
    }

    /// Keys that belong to another layout than the one that is asked for.
    fn check_keys(&self) -> Result<(), Problem> {
        let (preset, layout) = (self.preset, self.layout());
        let keys = [
            (
                preset.partition.is_some(),
                "disk.partition",
                matches!(
                    layout,
                    Layout::Alongside | Layout::Replace | Layout::KeepHome
                ),
            ),
            (
                preset.system.is_some(),
                "disk.system",
                layout == Layout::Replace,
            ),
            (
                preset.gap_after.is_some(),
                "disk.gap_after",
                layout == Layout::Free,
            ),
            (
                preset.size.is_some(),
                "disk.size",
                matches!(layout, Layout::Alongside | Layout::Free),
            ),
            (
                preset.home.is_some(),
                "disk.home",
                layout == Layout::KeepHome,
            ),
            (preset.esp.is_some(), "disk.esp", layout != Layout::Erase),
            (
                !preset.disks.is_empty(),
                "disk.disks",
                layout == Layout::Manual,
            ),
        ];
        match keys.into_iter().find(|(given, _, fits)| *given && !fits) {
            None => Ok(()),
            Some((_, field, _)) => Err(Problem {
                id: ProblemId::KeyOfOtherLayout,
                severity: Severity::Error,
                field: field.to_owned(),
                message: format!("this has no meaning where the layout is to {layout}"),
                mend: "Leave it out, or ask for another `layout`.".to_owned(),
                details: Details::NONE,
            }),
        }
    }
}

/// What has to be made: all that is needed, but what the ESP that is there has room for.
fn needs(contents: &Contents, kept: TableId, esp: Option<EspUse>) -> Vec<Need> {
    let contents = match kept {
        TableId::Gpt(_) => *contents,
        // It does not reach farther than a BIOS.
        TableId::Mbr(_) => Contents {
            reach: Reach::Whole,
            ..*contents
        },
    };
    let beside = |need: Need| match (need.role, esp) {
        (PartitionRole::Esp, Some(EspUse::Everything)) => None,
        (PartitionRole::Esp, Some(EspUse::LoaderOnly)) => Some(Need {
            role: PartitionRole::Xbootldr,
            name: "boot",
            ..need
        }),
        _ => Some(need),
    };
    contents.needs().into_iter().filter_map(beside).collect()
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
