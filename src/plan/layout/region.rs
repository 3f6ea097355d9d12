//! The region that new partitions go into.

use super::{Request, impossible};
use crate::machine::{Disk, Partition};
use crate::plan::reason::Reason;
use crate::plan::{Detail, Details, Problem, ProblemId, Resized, Severity, apple, spanning};
use crate::preset::{Layout, PartitionMatch, Size};
use crate::storage::{
    ExistingTable, Need, PRIMARY, PartitionId, PartitionRole, Region, Share, Smaller,
};
use crate::units::{Bytes, SectorSize, Sectors};
use std::borrow::Cow;

/// Where new partitions go.
pub(super) struct Place {
    /// The table without them.
    pub table: ExistingTable,
    /// The region that they get.
    pub region: Region,
    /// What is made smaller for them.
    pub smaller: Option<(Smaller, Resized)>,
    /// How much of it they could have.
    pub share: Option<Share>,
}

impl<'a> Request<'a> {
    /// The partitions that go; where a system is named, the one with its files comes first.
    pub(super) fn gone(&self) -> Result<Vec<&'a Partition>, Problem> {
        match (self.layout(), &self.preset.system) {
            (Layout::Replace, Some(system)) => self.replaced_system(system),
            (Layout::Replace | Layout::KeepHome, _) => Ok(vec![self.replaced()?]),
            (Layout::Erase | Layout::Alongside | Layout::Free | Layout::Manual, _) => {
                Ok(Vec::new())
            }
        }
    }

    /// The region, in what is left of the table that is there.
    pub(super) fn region(
        &self,
        existing: &ExistingTable,
        rest: Cow<'_, ExistingTable>,
        gone: &[&Partition],
        needs: &[Need],
    ) -> Result<Place, Problem> {
        let needed = needs.iter().map(|need| need.minimum().0);
        let needed = Bytes(needed.fold(0, u64::saturating_add));
        if self.layout() == Layout::Alongside {
            return self.alongside(existing, needed);
        }
        let mut share = None;
        let region = match gone {
            [] => {
                let gap = self.gap(existing)?;
                share = Share::of_gap(gap.bytes(existing.sector_size), needed);
                self.part_of_gap(gap, existing.sector_size)?
            }
            [gone] => {
                let region = existing.region_of(gone.number);
                region.ok_or_else(|| not_found("disk.partition", gone.number))?
            }
            [files, ..] => {
                let end = files.start.0.saturating_add(files.length.0);
                let is_there = |gap: &Region| {
                    gap.start.0 < end && gap.start.0.saturating_add(gap.length.0) > files.start.0
                };
                let region = rest.free().into_iter().find(is_there);
                region.ok_or_else(|| not_found("disk.system", files.number))?
            }
        };
        Ok(Place {
            table: rest.into_owned(),
            region,
            smaller: None,
            share,
        })
    }

    /// As much of the gap as is asked for.
    fn part_of_gap(&self, region: Region, sector: SectorSize) -> Result<Region, Problem> {
        match self.preset.size {
            None => Ok(region),
            Some(Size(wanted)) if wanted <= region.bytes(sector) => Ok(Region {
                length: wanted.whole_sectors(sector),
                ..region
            }),
            Some(wanted) => Err(larger_than(wanted, region.bytes(sector))),
        }
    }

    /// The gap that is asked for, or the largest.
    fn gap(&self, existing: &ExistingTable) -> Result<Region, Problem> {
        let gaps = existing.free();
        let Some(after) = self.preset.gap_after else {
            let largest = gaps.iter().rev().max_by_key(|region| region.length);
            return largest.copied().ok_or_else(|| Problem {
                id: ProblemId::NoFreeSpace,
                ..impossible(
                    "there is no free space between or behind the partitions of this disk",
                    "Make room first, choose another layout, or choose another disk.",
                )
            });
        };
        let from = match after {
            0 => Sectors(0),
            number => {
                let mut partitions = existing.partitions.iter();
                let before = partitions.find(|p| p.number == number);
                before
                    .ok_or_else(|| not_found("disk.gap_after", number))?
                    .last()
            }
        };
        let mut partitions = existing.partitions.iter();
        let to = partitions.find(|p| p.start > from).map(|p| p.start);
        let inside = |gap: &&Region| gap.start > from && to.is_none_or(|to| gap.start < to);
        let gap = gaps.iter().find(inside).copied();
        gap.ok_or_else(|| Problem {
            id: ProblemId::LayoutImpossible,
            severity: Severity::Error,
            field: "disk.gap_after".to_owned(),
            message: match after {
                0 => "there is no free space before the first partition".to_owned(),
                number => format!("there is no free space behind partition {number}"),
            },
            mend: "Leave it out to use the largest gap.".to_owned(),
            details: match after {
                0 => Details::why("no_gap_before"),
                number => Details::why("no_gap_behind").with("number", number),
            },
        })
    }

    /// The partition that is replaced.
    fn replaced(&self) -> Result<&'a Partition, Problem> {
        if self.disk.partitions().is_empty() {
            return Err(Problem {
                id: ProblemId::NoPartition,
                ..impossible(
                    "there is no partition on this disk",
                    "Use its free space, or erase it.",
                )
            });
        }
        let Some(wanted) = &self.preset.partition else {
            return Err(Problem {
                id: ProblemId::PartitionNotFound,
                severity: Severity::Error,
                field: "disk.partition".to_owned(),
                message: "which partition is replaced is not said".to_owned(),
                mend: "Add `partition = { number = … }`; `nevado probe` lists them.".to_owned(),
                details: Details::why("not_said"),
            });
        };
        let partition = self.find("disk.partition", wanted)?;
        if PartitionRole::Esp.is_of(partition) {
            return Err(Problem {
                id: ProblemId::PartitionHasToStay,
                field: "disk.partition".to_owned(),
                ..impossible(
                    "it is an EFI system partition, which the other systems start from",
                    "Replace the partition of a system instead.",
                )
                .because("esp")
            });
        }
        if let Some(problem) = apple::refusal(self.machine(), "disk.partition", partition) {
            return Err(problem);
        }
        if let Some(why) = in_chain(partition) {
            return Err(Problem {
                id: ProblemId::PartitionHasToStay,
                field: "disk.partition".to_owned(),
                ..impossible(
                    &why.message,
                    "Replace a primary partition, or erase the disk.",
                )
                .telling(why.details.inside("cause"))
            });
        }
        if let Some(why) = spanning::refusal(self.machine(), self.disk, partition, |_| false) {
            return Err(Problem {
                id: ProblemId::PartitionHasToStay,
                field: "disk.partition".to_owned(),
                ..impossible(
                    &format!("it is {why}"),
                    "Take the volume apart first, or replace another partition.",
                )
                .telling(why.details.inside("cause"))
            });
        }
        Ok(partition)
    }

    /// The one partition of the disk that is meant.
    pub(super) fn find(
        &self,
        field: &str,
        wanted: &PartitionMatch,
    ) -> Result<&'a Partition, Problem> {
        find(self.disk, field, wanted)
    }
}

/// The one partition of a disk that is meant.
pub(super) fn find<'a>(
    disk: &'a Disk,
    field: &str,
    wanted: &PartitionMatch,
) -> Result<&'a Partition, Problem> {
    let mut found = disk.partitions().iter().filter(|p| wanted.fits(p));
    let (why, message) = match (found.next(), found.next()) {
        (Some(partition), None) => return Ok(partition),
        (None, _) => ("missing", format!("the disk does not have {wanted}")),
        (Some(_), Some(_)) => (
            "several",
            format!("{wanted} is not the only one on the disk"),
        ),
    };
    Err(Problem {
        id: ProblemId::PartitionNotFound,
        severity: Severity::Error,
        field: field.to_owned(),
        message,
        mend: "Name it by its number; `nevado probe` lists them.".to_owned(),
        details: Details::why(why).with("known_by", known_by(wanted)),
    })
}

/// What the preset knows a partition by.
fn known_by(wanted: &PartitionMatch) -> Detail {
    let number = wanted.number.map(Detail::from);
    let guid = wanted.guid.as_ref().map(Detail::code);
    let label = wanted
        .label
        .as_ref()
        .map(|label| Detail::name(label.to_string()));
    Detail::List([number, guid, label].into_iter().flatten().collect())
}

/// Why a partition of an MBR can't go, where that would change the chain of logical partitions.
pub(super) fn in_chain(partition: &Partition) -> Option<Reason> {
    let id = partition.guid.as_deref()?.parse::<PartitionId>().ok()?;
    let PartitionId::Mbr(_, number) = id else {
        return None;
    };
    match partition {
        _ if partition.is_extended() => Some(Reason::new(
            "extended",
            "it is the extended partition, which holds the logical ones",
        )),
        _ if number > PRIMARY => Some(Reason::new(
            "logical",
            "it is a logical partition: the new system gets primary ones, and to take this one out of \
             the chain would give others new numbers",
        )),
        _ => None,
    }
}

fn not_found(field: &str, number: u32) -> Problem {
    Problem {
        id: ProblemId::PartitionNotFound,
        severity: Severity::Error,
        field: field.to_owned(),
        message: format!("the disk has no partition {number}"),
        mend: "`nevado probe` lists them.".to_owned(),
        details: Details::why("missing").with("known_by", Detail::List(vec![number.into()])),
    }
}

fn larger_than(wanted: Size, available: Bytes) -> Problem {
    Problem {
        field: "disk.size".to_owned(),
        ..impossible(
            &format!("{wanted} are asked for, and there is room for {available}"),
            "Leave it out to use all of it, or ask for less.",
        )
        .because("too_much")
        .with("size", wanted.0)
        .with("most", available)
    }
}
