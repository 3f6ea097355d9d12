//! A disk after its edits, row by row: what an editor shows while a person works on it.
//!
//! Nothing here needs the whole preset to be possible. An editor calls [`edited_disk`] after each
//! change of the plain data, keeps older data to undo, and has all other problems from
//! [`resolve`](crate::plan::resolve).

use super::draft::{DiskDraft, Setting};
use super::wish::What;
use crate::machine::{Disk, Partition};
use crate::plan::layout::alongside;
use crate::plan::{Problem, Survey};
use crate::preset::DiskPreset;
use crate::storage::{Region, Start};
use crate::units::{Bytes, Sectors};
use uuid::Uuid;

/// A disk after its edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedDisk {
    /// In the order of their first sectors; nothing where there can be no table.
    pub rows: Vec<Row>,
    /// Partitions that go: their numbers, and where in the list that is said.
    pub gone: Vec<(u32, usize)>,
    /// What is wrong with this disk by itself.
    pub problems: Vec<Problem>,
}

/// A partition or a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its first sector.
    pub start: Sectors,
    /// How long it is afterwards.
    pub length: Sectors,
    /// What it is.
    pub kind: RowKind,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A gap; `gap_after` of a new partition that goes here.
    Free {
        /// The number of the partition before it, 0 for the beginning.
        after: u32,
    },
    /// A partition that stays, and where in the list it is named, if it is.
    Stays {
        /// Its number.
        number: u32,
        /// Its place in the preset's list.
        wish: Option<usize>,
    },
    /// A partition that becomes smaller.
    Smaller {
        /// Its number.
        number: u32,
        /// Its place in the preset's list.
        wish: usize,
    },
    /// A partition that becomes larger.
    Larger {
        /// Its number.
        number: u32,
        /// Its place in the preset's list.
        wish: usize,
    },
    /// A partition that is made anew where it is.
    Formatted {
        /// Its number.
        number: u32,
        /// Its place in the preset's list.
        wish: usize,
    },
    /// A new partition.
    New {
        /// Its number.
        number: u32,
        /// Its place in the preset's list.
        wish: usize,
    },
}

/// A disk after the edits that the preset has for it at `index` of its list, and what is wrong with
/// them; nothing if the list is shorter.
pub fn edited_disk(
    survey: &Survey<'_>,
    disk: &Disk,
    preset: &DiskPreset,
    index: usize,
) -> Option<EditedDisk> {
    let manual = preset.disks.get(index)?;
    let mut problems = Vec::new();
    let setting = Setting {
        survey,
        start: Start::of(survey.machine()),
        usual: preset.file_system.unwrap_or_default(),
    };
    let draft = DiskDraft::new(setting, index, disk, manual, Uuid::nil(), &mut problems);
    let (rows, gone) = match draft {
        Ok(draft) => (rows(&draft), gone(&draft)),
        Err(problem) => {
            problems.push(problem);
            Default::default()
        }
    };
    Some(EditedDisk {
        rows,
        gone,
        problems,
    })
}

/// The smallest size that a partition's file system can be given, or why it can't be made smaller.
///
/// # Errors
/// The reason, in words.
pub fn smallest(partition: &Partition) -> Result<Bytes, String> {
    let (_, measured) = alongside::measured(partition).map_err(|why| why.message)?;
    let least = measured.recommended.max(measured.minimum);
    // It ends at a whole MiB.
    Ok(Bytes(least.0.saturating_add(Bytes::mib(1).0)))
}

fn gone(draft: &DiskDraft<'_>) -> Vec<(u32, usize)> {
    let parts = draft.parts.iter().filter_map(|(field, what)| match what {
        What::Delete { partition } => Some((partition.number, field.partition)),
        _ => None,
    });
    parts.collect()
}

fn rows(draft: &DiskDraft<'_>) -> Vec<Row> {
    let wish_of = |number: u32| {
        let is_it = |what: &What<'_>| what.partition().is_some_and(|p| p.number == number);
        let found = draft.parts.iter().find(|(_, what)| is_it(what));
        found.map(|(field, _)| field.partition)
    };
    // Where the container stays and what is in it does not, it is as good as formatted.
    let is_made = |wish: usize| {
        let mut parts = draft.parts.iter();
        let own = parts.find(|(field, _)| field.partition == wish);
        own.is_some_and(|(_, what)| what.holds().is_some())
    };
    let stays = draft.edited.stays.partitions.iter().map(|kept| {
        let (number, wish) = (kept.number, wish_of(kept.number));
        Row {
            start: kept.start,
            length: kept.length,
            kind: match wish {
                Some(wish) if kept.is_shorter() => RowKind::Smaller { number, wish },
                Some(wish) if kept.is_longer() => RowKind::Larger { number, wish },
                Some(wish) if is_made(wish) => RowKind::Formatted { number, wish },
                _ => RowKind::Stays { number, wish },
            },
        }
    });
    let made = draft.edited.made.iter().filter_map(|made| {
        let (field, what) = draft.parts.get(made.edit)?;
        let (number, wish) = (made.number, field.partition);
        let kind = match what {
            What::Format { .. } => RowKind::Formatted { number, wish },
            _ => RowKind::New { number, wish },
        };
        Some(row(made.region, kind))
    });
    let free = draft.edited.free.iter();
    let free = free.map(|(after, gap)| row(*gap, RowKind::Free { after: *after }));
    let mut rows: Vec<Row> = stays.chain(made).chain(free).collect();
    rows.sort_unstable_by_key(|row| row.start);
    rows
}

const fn row(region: Region, kind: RowKind) -> Row {
    Row {
        start: region.start,
        length: region.length,
        kind,
    }
}
