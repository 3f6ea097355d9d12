//! Beside a neighbour that is made smaller: which one, and how its room is shared.

use super::region::Place;
use super::{Request, asleep, impossible};
use crate::machine::{CannotShrink, Content, Measured, Partition, Shrink};
use crate::plan::reason::Reason;
use crate::plan::{Problem, ProblemId, Resized};
use crate::preset::Size;
use crate::storage::{ExistingTable, KeptPartition, Region, Share, Shrinkable, Smaller};
use crate::units::{Bytes, Sectors};

/// A partition that can be made smaller.
struct Neighbour<'a> {
    partition: &'a Partition,
    kept: &'a KeptPartition,
    file_system: Shrinkable,
    measured: Measured,
    share: Share,
}

impl<'a> Request<'a> {
    /// The place beside a neighbour, for something that takes `needed` at least.
    pub(super) fn alongside(
        &self,
        existing: &ExistingTable,
        needed: Bytes,
    ) -> Result<Place, Problem> {
        asleep::refuse(self.survey(), &[])?;
        let chosen = self.neighbour(existing, needed)?;
        let share = chosen.share;
        let size = match self.preset.size {
            None => share.recommended,
            Some(Size(size)) if (share.least..=share.most).contains(&size) => size,
            Some(wanted) => return Err(outside(wanted, share)),
        };
        let sector = existing.sector_size;
        let (number, gap) = (chosen.kept.number, existing.gap_behind(chosen.kept));
        let length = Share::kept_length(region(chosen.kept), gap, sector, size);
        let shorter = existing.shrunk(number, length);
        let (table, _) = shorter.ok_or_else(|| full(chosen.partition))?;
        let end = Sectors(chosen.kept.start.0 + length.0);
        let free = table.free().into_iter().find(|free| free.start >= end);
        let region = free.ok_or_else(|| full(chosen.partition))?;
        Ok(Place {
            region,
            smaller: Some((
                Smaller {
                    partition: chosen.kept.id,
                    file_system: chosen.file_system,
                    from: chosen.measured.size,
                    to: fitting(chosen.measured.size, length.bytes(sector)),
                },
                Resized::of(self.disk, chosen.partition, length),
            )),
            share: Some(share),
            table,
        })
    }

    /// The partition that is asked for, or the one that can give most.
    fn neighbour<'t>(
        &self,
        existing: &'t ExistingTable,
        needed: Bytes,
    ) -> Result<Neighbour<'t>, Problem>
    where
        'a: 't,
    {
        let in_disk = |wanted: &'a Partition| neighbour_in(existing, wanted, needed);
        if let Some(wanted) = &self.preset.partition {
            let partition = self.find("disk.partition", wanted)?;
            return in_disk(partition).map_err(|why| refused(partition, why));
        }
        let partitions = self.disk.partitions();
        let possible = partitions.iter().filter_map(|p| in_disk(p).ok());
        let gives = |neighbour: &Neighbour<'_>| {
            let gap = existing.gap_behind(neighbour.kept);
            neighbour.share.most.0
                - gap
                    .bytes(existing.sector_size)
                    .0
                    .min(neighbour.share.most.0)
        };
        if let Some(roomiest) = possible.max_by_key(gives) {
            return Ok(roomiest);
        }
        let largest = partitions.iter().max_by_key(|p| p.length);
        let largest = largest.ok_or_else(|| Problem {
            id: ProblemId::NoPartition,
            ..impossible(
                "there is no partition on this disk",
                "Use its free space, or erase it.",
            )
        })?;
        match in_disk(largest) {
            Ok(neighbour) => Ok(neighbour),
            Err(why) => Err(refused(largest, why)),
        }
    }
}

/// How a partition's room can be shared, or why it can't be.
fn neighbour_in<'t>(
    existing: &'t ExistingTable,
    partition: &'t Partition,
    needed: Bytes,
) -> Result<Neighbour<'t>, Reason> {
    let (file_system, measured) = measured(partition)?;
    let mut kept = existing.partitions.iter();
    let kept = kept.find(|kept| kept.number == partition.number);
    let kept = kept.ok_or_else(|| Reason::new("other", "it is not in the table"))?;
    if kept.is_logical() {
        return Err(Reason::new(
            "logical",
            "it is a logical partition, and the room that it would give away stays inside the \
             extended one",
        ));
    }
    let keep = measured.recommended.max(measured.minimum);
    let gap = existing.gap_behind(kept);
    let share = Share::of(region(kept), gap, existing.sector_size, keep, needed);
    Ok(Neighbour {
        partition,
        kept,
        file_system,
        measured,
        share: share?,
    })
}

/// How small a partition's file system can become, or why that is not known or can't be.
pub(super) fn measured(partition: &Partition) -> Result<(Shrinkable, Measured), Reason> {
    let fs = match &partition.content {
        Content::Formatted(fs) => fs,
        Content::Blank => return Err(Reason::new("blank", "there is no file system in it")),
        Content::Unknown(_) => return Err(Reason::new("unknown", "it is not known what is in it")),
    };
    let unsupported = || match fs.kind.as_str() {
        "BitLocker" => CannotShrink::BitLocker,
        kind => CannotShrink::Unsupported {
            kind: kind.to_owned(),
        },
    };
    let file_system = Shrinkable::of(&fs.kind).ok_or_else(unsupported)?;
    match &fs.shrink {
        Some(Shrink::Possible(measured)) => Ok((file_system, *measured)),
        Some(Shrink::Impossible(why)) => Err(why.into()),
        None => Err(Reason::new(
            "not_measured",
            "how small it can become has not been measured",
        )),
    }
}

const fn region(partition: &KeptPartition) -> Region {
    Region {
        start: partition.start,
        length: partition.length,
    }
}

/// The size of a file system in a partition that keeps `length`: whole MiB, and never more than now.
pub(super) fn fitting(now: Bytes, length: Bytes) -> Bytes {
    let whole = length.0 - length.0 % Bytes::mib(1).0;
    now.min(Bytes(whole))
}

/// Whether a tool could be asked how small its file system can become, and was not.
pub(super) fn is_unmeasured(partition: &Partition) -> bool {
    matches!(&partition.content, Content::Formatted(fs)
        if fs.shrink.is_none() && Shrinkable::of(&fs.kind).is_some())
}

fn full(partition: &Partition) -> Problem {
    refused(
        partition,
        Reason::new("full", "it has no room to give away"),
    )
}

fn refused(partition: &Partition, why: Reason) -> Problem {
    let (id, mend) = match is_unmeasured(partition) {
        true => (
            ProblemId::NotMeasured,
            "Record the computer with `nevado probe --measure`, as root; or choose another layout.",
        ),
        false => (
            ProblemId::NotSmaller,
            "Choose another partition or layout, or another disk.",
        ),
    };
    let number = partition.number;
    let message = format!("partition {number} can't be made smaller: {why}");
    let details = why.details.inside("number").with("number", number);
    Problem {
        id,
        ..impossible(&message, mend).telling(details)
    }
}

fn outside(wanted: Size, share: Share) -> Problem {
    Problem {
        field: "disk.size".to_owned(),
        ..impossible(
            &format!(
                "{wanted} are asked for, and from {} to {} are possible there",
                share.least, share.most
            ),
            "Leave it out to share the room evenly, or ask for a size between the two.",
        )
        .because("outside")
        .with("size", wanted.0)
        .with("least", share.least)
        .with("most", share.most)
    }
}
