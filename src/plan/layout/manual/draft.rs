//! One disk of the manual layout: what its table becomes, and what can't be.

use super::super::{alongside, copies};
use super::grow;
use super::reader::Reader;
use super::wish::{Field, FileSystem, Holds, What};
use crate::machine::{Disk, Machine, Partition};
use crate::plan::reason::{self, Reason};
use crate::plan::{DiskIdentity, Problem, ProblemId, Resized, Severity, Survey, apple};
use crate::preset::{FileSystemKind, ManualDisk, ManualPartition, ManualTable, PartitionFlag};
use crate::storage::{
    BadEdit, Edit, Edited, ExistingTable, KeptPartition, Larger, PartitionId, PartitionRole,
    Smaller, Start, TableId,
};
use crate::units::{Bytes, Sectors};
use std::collections::BTreeSet;
use std::path::Path;
use uuid::Uuid;

/// What every disk of the layout is read with.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub survey: &'a Survey<'a>,
    /// What firmware starts from.
    pub start: Start,
    /// The file system of partitions that don't say theirs.
    pub usual: FileSystemKind,
}

/// One disk, with all that could be understood of its wishes.
pub(super) struct DiskDraft<'a> {
    pub disk: &'a Disk,
    pub wanted: ManualTable,
    /// What the preset says of its partitions; a [`Field`] names one.
    wishes: &'a [ManualPartition],
    /// What is done, in the order of the list, with where it stands there.
    pub parts: Vec<(Field, What<'a>)>,
    /// The table afterwards; its edits are [`Self::parts`].
    pub edited: Edited,
}

impl<'a> DiskDraft<'a> {
    /// Reads the wishes for a disk, the one with this index in the preset. A new table gets `guid`.
    ///
    /// # Errors
    /// There can be no such table at all.
    pub(super) fn new(
        setting: Setting<'a>,
        index: usize,
        disk: &'a Disk,
        manual: &'a ManualDisk,
        guid: Uuid,
        problems: &mut Vec<Problem>,
    ) -> Result<Self, Problem> {
        let base = base(setting.survey, index, disk, manual.table, guid)?;
        let mut parts = Vec::new();
        for (partition, wish) in manual.partitions.iter().enumerate() {
            let field = Field {
                disk: index,
                partition,
            };
            let reader = Reader {
                disk,
                field,
                wish,
                start: setting.start,
                usual: setting.usual,
            };
            match reader.read() {
                Ok(what) => parts.push((field, what)),
                Err(told) => problems.extend(told),
            }
        }
        let edits: Vec<Edit> = parts.iter().map(|(_, what)| what.edit()).collect();
        let edited = base.edited(&edits);
        let draft = Self {
            disk,
            wanted: manual.table,
            wishes: &manual.partitions,
            parts,
            edited,
        };
        problems.extend(draft.bad_edits());
        problems.extend(
            draft
                .parts
                .iter()
                .filter_map(|(field, what)| forbidden(setting.survey.machine(), *field, what)),
        );
        Ok(draft)
    }

    fn bad_edits(&self) -> impl Iterator<Item = Problem> {
        self.edited.bad.iter().filter_map(|(edit, bad)| {
            let (field, _) = self.parts.get(*edit)?;
            Some(bad_edit(*field, *bad))
        })
    }

    /// How large what the part with this index makes will be.
    pub(super) fn size_of(&self, part: usize) -> Option<Bytes> {
        let unit = self.disk.sectors.logical;
        if let Some((_, What::Unlock { partition, .. })) = self.parts.get(part) {
            return Some(partition.length.bytes(unit));
        }
        let mut made = self.edited.made.iter();
        let made = made.find(|made| made.edit == part)?;
        Some(made.region.bytes(unit))
    }

    /// A partition that stays, as it will stand in the table.
    pub(super) fn kept(&self, partition: &Partition) -> Option<&KeptPartition> {
        let mut stays = self.edited.stays.partitions.iter();
        stays.find(|kept| kept.number == partition.number)
    }

    /// The flags that the preset names for a partition, if it names any.
    pub(super) fn flags(&self, field: Field) -> Option<&'a BTreeSet<PartitionFlag>> {
        self.wishes.get(field.partition)?.flags.as_ref()
    }

    /// The partitions that stay, as they will stand in the table.
    pub(super) fn kept_with_flags(&self) -> Vec<KeptPartition> {
        let named = |number: u32| {
            let own = |(_, what): &&(Field, What<'_>)| {
                what.partition().is_some_and(|own| own.number == number)
            };
            let (field, _) = self.parts.iter().find(own)?;
            self.flags(*field).cloned()
        };
        let kept = self.edited.stays.partitions.iter();
        let kept = kept.map(|kept| KeptPartition {
            flags: named(kept.number),
            ..kept.clone()
        });
        kept.collect()
    }

    /// Where the first partition of the table afterwards begins, if it has any.
    pub(super) fn first(&self) -> Option<Sectors> {
        let kept = self.edited.stays.outer().map(|p| p.start);
        let made = self.edited.made.iter().map(|made| made.region.start);
        kept.chain(made).min()
    }

    /// The partitions whose content goes.
    pub(super) fn gone(&self) -> Vec<&'a Partition> {
        if self.wanted == ManualTable::New {
            return self.disk.partitions().iter().collect();
        }
        let gone = self.parts.iter().filter_map(|(_, what)| match what {
            What::Format { partition, .. } | What::Delete { partition } => Some(*partition),
            What::Create { .. }
            | What::Keep { .. }
            | What::Subvolumes { .. }
            | What::Unlock { .. }
            | What::Shrink { .. }
            | What::Grow { .. } => None,
        });
        gone.collect()
    }

    /// Whether what is behind a device node goes with this disk.
    pub(super) fn takes(&self, path: &Path) -> bool {
        let whole = self.wanted == ManualTable::New && self.disk.path == path;
        whole || self.gone().iter().any(|gone| gone.path == path)
    }

    /// What is made smaller, and how a person knows it.
    pub(super) fn smaller(&self) -> Vec<(Smaller, Resized)> {
        let unit = self.disk.sectors.logical;
        let parts = self.parts.iter().filter_map(|(_, what)| {
            let What::Shrink { partition, .. } = what else {
                return None;
            };
            let (file_system, measured) = alongside::measured(partition).ok()?;
            let kept = self.kept(partition)?;
            let smaller = Smaller {
                partition: kept.id,
                file_system,
                from: measured.size,
                to: alongside::fitting(measured.size, kept.length.bytes(unit)),
            };
            Some((smaller, Resized::of(self.disk, partition, kept.length)))
        });
        parts.collect()
    }

    /// What is made larger, and how a person knows it.
    pub(super) fn larger(&self) -> Vec<(Larger, Resized)> {
        let unit = self.disk.sectors.logical;
        let parts = self.parts.iter().filter_map(|(_, what)| {
            let What::Grow { partition, .. } = what else {
                return None;
            };
            let kept = self.kept(partition).filter(|kept| kept.is_longer())?;
            let larger = Larger {
                partition: kept.id,
                file_system: grow::growable(partition).ok()?,
                from: kept.old_length().bytes(unit),
                to: kept.length.bytes(unit),
            };
            Some((larger, Resized::of(self.disk, partition, kept.length)))
        });
        parts.collect()
    }
}

/// The table that the edits begin with.
fn base(
    survey: &Survey<'_>,
    index: usize,
    disk: &Disk,
    wanted: ManualTable,
    guid: Uuid,
) -> Result<ExistingTable, Problem> {
    let sector_size = disk.sectors.logical;
    if wanted == ManualTable::New {
        let field = format!("disk.disks[{index}].table");
        if let Some(problem) = apple::refusal_to_erase(survey.machine(), &field, disk) {
            return Err(problem);
        }
        return Ok(ExistingTable {
            id: TableId::Gpt(guid),
            sector_size,
            length: disk.size.whole_sectors(sector_size),
            partitions: Vec::new(),
        });
    }
    let field = format!("disk.disks[{index}].table");
    let existing = ExistingTable::of(disk).map_err(|why| Problem {
        details: reason::not_kept(&why)
            .inside("nothing_kept")
            .with("disk", disk),
        id: ProblemId::LayoutImpossible,
        severity: Severity::Error,
        field: field.clone(),
        message: format!(
            "nothing on {} can be kept: {why}",
            DiskIdentity::of(disk).description()
        ),
        mend: "Write `table = \"new\"` if everything on it may be lost, or choose another disk."
            .to_owned(),
    })?;
    let twin = copies::twin(survey, disk, &existing);
    match twin {
        None => Ok(existing),
        Some(mut problem) => {
            problem.field = field;
            Err(problem)
        }
    }
}

/// What may not be done to a partition, however much room there is.
fn forbidden(machine: &Machine, field: Field, what: &What<'_>) -> Option<Problem> {
    match what {
        What::Format {
            partition,
            holds: Holds::FileSystem(made),
        } if made.format == FileSystem::Vfat && is_logical(partition) => {
            let number = partition.number;
            let problem = field.error(
                ProblemId::LayoutImpossible,
                "partition",
                format!(
                    "partition {number} is a logical one, and firmware starts from one of the four primary \
                     ones"
                ),
                "Format a primary partition for it, or give this one a file system of Linux.",
            );
            Some(problem.because("logical_start").with("number", number))
        }
        What::Grow { partition, .. } => grow::growable(partition).err().map(|why| {
            let message = format!("partition {} can't be made larger: {why}", partition.number);
            let details = Reason::from(&why)
                .details
                .inside("number")
                .with("number", partition.number);
            field
                .error(ProblemId::CannotGrow, "size", message, why.mend())
                .telling(details)
        }),
        What::Shrink {
            partition, size, ..
        } => unshrinkable(partition, *size).map(|(why, mend)| {
            let message = format!(
                "partition {} can't be made smaller: {why}",
                partition.number
            );
            let details = why.details.with("number", partition.number);
            field
                .error(ProblemId::LayoutImpossible, "size", message, mend)
                .telling(details)
        }),
        // Whether it may go depends on what else does, too.
        What::Format { partition, .. } | What::Delete { partition } => {
            apple::refusal(machine, &field.key("partition"), partition)
        }
        What::Create { .. } | What::Keep { .. } | What::Subvolumes { .. } | What::Unlock { .. } => {
            None
        }
    }
}

/// Why a partition can't get this size, and what to do.
fn unshrinkable(partition: &Partition, size: Bytes) -> Option<(Reason, String)> {
    match alongside::measured(partition) {
        Err(why) => {
            let mend = match alongside::is_unmeasured(partition) {
                true => "Record the computer with `nevado probe --measure`, as root.",
                false => "Let it stay as it is.",
            };
            Some((
                Reason {
                    details: why.details.inside("not_smaller"),
                    ..why
                },
                mend.to_owned(),
            ))
        }
        Ok((_, measured)) => {
            let least = measured.recommended.max(measured.minimum);
            // It ends at a whole MiB.
            let least = Bytes(least.0.saturating_add(Bytes::mib(1).0));
            (size < least).then(|| {
                let mend = format!("Leave it {least} at least.");
                let why = Reason::new("needs", format!("it would get {size}, and needs {least}"));
                (why.with("size", size).with("least", least), mend)
            })
        }
    }
}

fn bad_edit(field: Field, bad: BadEdit) -> Problem {
    let (id, key, mend) = match bad {
        BadEdit::NoPartition(_) => (
            ProblemId::PartitionNotFound,
            "partition",
            "`nevado probe` lists them.",
        ),
        BadEdit::Twice(_) => (
            ProblemId::PartitionUnclear,
            "partition",
            "Say in one place what becomes of it.",
        ),
        BadEdit::NoGap(_) | BadEdit::NoGapBefore => (
            ProblemId::PartitionHasNoRoom,
            "gap_after",
            "Leave it out to use the largest gap.",
        ),
        BadEdit::SecondRest => (
            ProblemId::PartitionHasNoRoom,
            "size",
            "Give one of the two a size of its own.",
        ),
        BadEdit::NotShorter { .. } | BadEdit::NotLonger { .. } => (
            ProblemId::PartitionUnclear,
            "size",
            "Write another size, or let it stay as it is.",
        ),
        BadEdit::NothingBehind { .. } | BadEdit::TooLittleBehind { .. } => (
            ProblemId::NoRoomBehind,
            "size",
            "Ask for less, or make room right behind it: it begins where it did, and only its end moves.",
        ),
        BadEdit::Logical(_) | BadEdit::Extended(_) => (
            ProblemId::LayoutImpossible,
            "partition",
            "Let it stay as it is; or delete them all, and create what you need in their place.",
        ),
        BadEdit::NoPrimary => (
            ProblemId::PartitionHasNoRoom,
            "size",
            "Delete a partition or format one in place; or write `table = \"new\"` if everything on the \
             disk may be lost.",
        ),
        BadEdit::NoFreeSpace | BadEdit::TooSmall | BadEdit::NoRoom { .. } | BadEdit::NoSlot => (
            ProblemId::PartitionHasNoRoom,
            "size",
            "Ask for less, or make room: delete a partition, or make one smaller.",
        ),
    };
    field
        .error(id, key, bad.to_string(), mend)
        .telling(Reason::from(bad).details)
}

/// Whether a partition that is there lies in an extended one.
fn is_logical(partition: &Partition) -> bool {
    let id = partition.guid.as_deref().map(str::parse);
    matches!(id, Some(Ok(PartitionId::Mbr(_, 5..))))
}

/// Whether a partition that is there is an EFI system partition.
pub(super) fn is_esp(partition: &Partition) -> bool {
    PartitionRole::Esp.is_of(partition)
}
