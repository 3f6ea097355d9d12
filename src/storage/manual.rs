//! Partition by partition: where each of a list of edits ends up, and which of them can't be.
//!
//! What can't be is left out and told, so that an editor has something to show at any time.

use super::beside::{NoRoom, Region, fill};
use super::contents::NeedSize;
use super::edit::{BadEdit, Edit, Next};
use super::existing::ExistingTable;
use super::identity::{PartitionType, TableId};
use super::table::KeptPartition;
use crate::preset::PartSize;
use crate::units::{Bytes, Sectors};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Where a partition that is made ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadePlace {
    /// Which edit makes it, from 0.
    pub edit: usize,
    /// Its slot in the table, from 1.
    pub number: u32,
    /// Its sectors, in whole MiB.
    pub region: Region,
}

/// A table after a list of edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// Those that stay, shorter and longer ones included.
    pub stays: ExistingTable,
    /// Those that are made, in the order of their first sectors.
    pub made: Vec<MadePlace>,
    /// The gaps that are left, each with the number of the partition before it, 0 for the beginning.
    pub free: Vec<(u32, Region)>,
    /// The edits that can't be, by their places in the list; they are left out of all the rest.
    pub bad: Vec<(usize, BadEdit)>,
}

impl ExistingTable {
    /// The table after a list of edits: what goes and what becomes shorter first, then what becomes longer,
    /// then what is new.
    pub fn edited(&self, edits: &[Edit]) -> Edited {
        let mut work = Work::new(self, edits);
        for (index, edit) in edits.iter().enumerate() {
            if let Err(bad) = work.change(index, *edit) {
                work.bad.push((index, bad));
            }
        }
        for (index, edit) in edits.iter().enumerate() {
            if let Edit::Lengthen { number, size } = *edit
                && work.bad.iter().all(|(bad, _)| *bad != index)
                && let Err(bad) = work.lengthen(number, size)
            {
                work.bad.push((index, bad));
            }
        }
        work.create(edits);
        work.finish()
    }
}

/// A table that is being edited.
struct Work<'t> {
    old: &'t ExistingTable,
    /// All that has a place, formatted ones included.
    taken: ExistingTable,
    /// Whether an extended partition goes with all that is in it.
    chain_goes: bool,
    named: Vec<u32>,
    made: Vec<MadePlace>,
    bad: Vec<(usize, BadEdit)>,
}

impl<'t> Work<'t> {
    fn new(old: &'t ExistingTable, edits: &[Edit]) -> Self {
        let mut chain = old.partitions.iter().filter(|p| is_chained(p));
        Self {
            old,
            taken: old.clone(),
            chain_goes: chain.all(|p| edits.contains(&Edit::Delete { number: p.number })),
            named: Vec::new(),
            made: Vec::new(),
            bad: Vec::new(),
        }
    }

    /// What an edit does to a partition that is there.
    fn change(&mut self, index: usize, edit: Edit) -> Result<(), BadEdit> {
        let number = match edit {
            Edit::Create { .. } => return Ok(()),
            Edit::Keep { number }
            | Edit::Format { number }
            | Edit::Delete { number }
            | Edit::Shorten { number, .. }
            | Edit::Lengthen { number, .. } => number,
        };
        let old = self.old.partitions.iter().find(|p| p.number == number);
        let old = old.ok_or(BadEdit::NoPartition(number))?;
        if self.named.contains(&number) {
            return Err(BadEdit::Twice(number));
        }
        self.named.push(number);
        match edit {
            Edit::Keep { .. } => {}
            Edit::Delete { .. } if self.chain_goes => {}
            Edit::Format { .. } | Edit::Lengthen { .. } if old.is_logical() => {}
            _ if old.is_extended() => return Err(BadEdit::Extended(number)),
            _ if old.is_logical() => return Err(BadEdit::Logical(number)),
            _ => {}
        }
        match edit {
            Edit::Create { .. } | Edit::Keep { .. } | Edit::Lengthen { .. } => {}
            Edit::Delete { .. } => self.taken.remove(number),
            Edit::Format { .. } => {
                // A record of the chain says where a logical one is, and stays.
                let region = match old.is_logical() {
                    true => region_of(old),
                    false => region_of(old).aligned(self.old.sector_size),
                };
                if region.length.bytes(self.old.sector_size) < Bytes::mib(1) {
                    return Err(BadEdit::TooSmall);
                }
                self.made.push(MadePlace {
                    edit: index,
                    number,
                    region,
                });
            }
            Edit::Shorten { size, .. } => {
                let unit = self.old.sector_size;
                let end = Sectors(old.start.0.saturating_add(size.whole_sectors(unit).0));
                let end = end.align_down(unit.per_mib());
                let length = Sectors(end.0.saturating_sub(old.start.0));
                if length.0 == 0 {
                    return Err(BadEdit::TooSmall);
                }
                let now = old.length.bytes(unit);
                let shorter = self.taken.shrunk(number, length);
                (self.taken, _) = shorter.ok_or(BadEdit::NotShorter { number, now })?;
            }
        }
        Ok(())
    }

    /// Moves the end of a partition into the free space right behind it.
    fn lengthen(&mut self, number: u32, size: Option<Bytes>) -> Result<(), BadEdit> {
        let unit = self.old.sector_size;
        let all = &self.taken.partitions;
        let own = all.iter().find(|p| p.number == number);
        let own = own.ok_or(BadEdit::NoPartition(number))?;
        let now = own.length.bytes(unit);
        let after = Sectors(own.start.0.saturating_add(own.length.0));
        let (next, limit) = self.following(own);
        let limit = limit.align_down(unit.per_mib());
        if limit <= after {
            return Err(BadEdit::NothingBehind { number, next });
        }
        let end = match size {
            None => limit,
            Some(size) => Sectors(own.start.0.saturating_add(size.whole_sectors(unit).0)),
        };
        let end = end.align_down(unit.per_mib());
        if end > limit {
            let most = Sectors(limit.0 - own.start.0).bytes(unit);
            return Err(BadEdit::TooLittleBehind { number, most, next });
        }
        if end <= after {
            return Err(BadEdit::NotLonger { number, now });
        }
        let length = Sectors(end.0 - own.start.0);
        let around = all.iter().find(|p| p.is_extended() && own.is_logical());
        let around = around.map(|p| (p.number, Sectors(end.0.saturating_sub(p.start.0))));
        self.taken.lengthen(number, length);
        // The extended partition reaches as far as the last one in it.
        if let Some((extended, reaches)) = around {
            self.taken.lengthen(extended, reaches);
        }
        Ok(())
    }

    /// What follows a partition that is to become longer, and up to where it can.
    fn following(&self, own: &KeptPartition) -> (Next, Sectors) {
        let all = &self.taken.partitions;
        let behind = |p: &&KeptPartition| p.start > own.start;
        let mut logical = all.iter().filter(|p| p.is_logical());
        if own.is_logical()
            && let Some(next) = logical.find(behind)
        {
            // Its record stands somewhere before it: a MiB at most, as tools make them.
            let record = next
                .start
                .0
                .saturating_sub(self.taken.sector_size.per_mib().0);
            return (Next::Partition(next.number), Sectors(record));
        }
        // The extended partition can become longer together with the last one in it.
        match self.taken.outer().find(behind) {
            Some(next) => (Next::Partition(next.number), next.start),
            None => (Next::End, self.taken.usable().1),
        }
    }

    /// Lays the new ones into the gaps, each gap in the order of the list.
    fn create(&mut self, edits: &[Edit]) {
        let gaps = self.taken.free();
        let mut by_gap: BTreeMap<usize, Vec<(usize, PartSize)>> = BTreeMap::new();
        for (index, edit) in edits.iter().enumerate() {
            let Edit::Create { size, gap_after } = *edit else {
                continue;
            };
            match self.gap(&gaps, gap_after) {
                Ok(gap) => by_gap.entry(gap).or_default().push((index, size)),
                Err(bad) => self.bad.push((index, bad)),
            }
        }
        let mut places = Vec::new();
        for (gap, wanted) in by_gap {
            if let Some(gap) = gaps.get(gap) {
                places.extend(self.fill_gap(*gap, wanted));
            }
        }
        // Slots follow the list, whatever gap each is in.
        places.sort_unstable_by_key(|(index, _)| *index);
        let mut slots = (1..=places.len()).rev().find_map(|count| {
            let slots = self.taken.free_slots(count).ok()?;
            Some(slots.into_iter())
        });
        for (edit, region) in places {
            match slots.as_mut().and_then(Iterator::next) {
                Some(number) => self.made.push(MadePlace {
                    edit,
                    number,
                    region,
                }),
                None => self.bad.push((edit, self.no_slot())),
            }
        }
    }

    const fn no_slot(&self) -> BadEdit {
        match self.old.id {
            TableId::Gpt(_) => BadEdit::NoSlot,
            TableId::Mbr(_) => BadEdit::NoPrimary,
        }
    }

    /// Which gap is meant: one behind a partition that stays, or one where a partition goes.
    fn gap(&self, gaps: &[Region], after: Option<u32>) -> Result<usize, BadEdit> {
        let Some(after) = after else {
            let all = gaps.iter().enumerate().rev();
            let largest = all.max_by_key(|(_, gap)| gap.length);
            return largest.map(|(index, _)| index).ok_or(BadEdit::NoFreeSpace);
        };
        if after == 0 {
            let first = self.taken.partitions.first().map(|p| p.start);
            let before = |gap: &Region| first.is_none_or(|first| gap.start < first);
            return gaps.iter().position(before).ok_or(BadEdit::NoGapBefore);
        }
        let is_it = |p: &&KeptPartition| p.number == after;
        let old = self.old.outer().find(is_it);
        let old = old.ok_or(BadEdit::NoGap(after))?;
        let found = match self.taken.outer().find(is_it) {
            Some(stays) => {
                let next = self.taken.outer().find(|p| p.start > stays.start);
                let inside = |gap: &Region| {
                    gap.start > stays.start && next.is_none_or(|next| gap.start < next.start)
                };
                gaps.iter().position(inside)
            }
            None => gaps.iter().position(|gap| touch(*gap, region_of(old))),
        };
        found.ok_or(BadEdit::NoGap(after))
    }

    /// The places of those that go into one gap; those that can't are told.
    fn fill_gap(&mut self, gap: Region, wanted: Vec<(usize, PartSize)>) -> Vec<(usize, Region)> {
        let unit = self.old.sector_size;
        let available = gap.bytes(unit);
        let mut needed = Bytes(0);
        let mut has_rest = false;
        let mut taken = Vec::new();
        for (index, size) in wanted {
            let bytes = match size {
                PartSize::Exactly(size) => size.0,
                PartSize::Percent(percent) => percent.of(available),
                PartSize::Rest => Bytes::mib(1),
            };
            let is_rest = size == PartSize::Rest;
            let whole = Bytes(bytes.0 - bytes.0 % Bytes::mib(1).0);
            let sum = Bytes(needed.0.saturating_add(whole.0));
            if is_rest && has_rest {
                self.bad.push((index, BadEdit::SecondRest));
            } else if whole.0 == 0 {
                self.bad.push((index, BadEdit::TooSmall));
            } else if sum > available {
                let needed = sum;
                self.bad
                    .push((index, BadEdit::NoRoom { available, needed }));
            } else {
                needed = sum;
                has_rest |= is_rest;
                let size = match is_rest {
                    true => NeedSize::Rest(whole),
                    false => NeedSize::Fixed(whole),
                };
                taken.push((index, size));
            }
        }
        let sizes: Vec<NeedSize> = taken.iter().map(|(_, size)| *size).collect();
        let indices = taken.into_iter().map(|(index, _)| index);
        match fill(gap, &sizes, unit) {
            Ok(places) => indices.zip(places).collect(),
            Err(NoRoom::TooSmall { available, needed }) => {
                let bad = BadEdit::NoRoom { available, needed };
                self.bad.extend(indices.map(|index| (index, bad)));
                Vec::new()
            }
            Err(NoRoom::NoSlot(_) | NoRoom::NoPrimary { .. }) => Vec::new(),
        }
    }

    fn finish(mut self) -> Edited {
        self.made.sort_unstable_by_key(|made| made.region.start);
        self.bad.sort_unstable_by_key(|(index, _)| *index);
        let free = self.left();
        let formatted = |p: &KeptPartition| self.made.iter().any(|made| made.number == p.number);
        let mut stays = self.taken.clone();
        stays.partitions.retain(|p| !formatted(p));
        Edited {
            stays,
            made: self.made,
            free,
            bad: self.bad,
        }
    }

    /// The gaps beside all that stays and all that is new.
    fn left(&self) -> Vec<(u32, Region)> {
        let mut all = self.taken.clone();
        for made in &self.made {
            if all.partitions.iter().all(|p| p.number != made.number) {
                all.partitions.push(KeptPartition {
                    number: made.number,
                    id: all.id.partition(made.number, Uuid::nil),
                    kind: PartitionType::Gpt(Uuid::nil()),
                    name: None,
                    start: made.region.start,
                    length: made.region.length,
                    length_now: None,
                    flags: None,
                });
            }
        }
        all.partitions.sort_unstable_by_key(|p| p.start);
        let before = |gap: &Region| {
            let before = all.outer().take_while(|p| p.start < gap.start);
            before.last().map_or(0, |p| p.number)
        };
        let gaps = all.free();
        gaps.into_iter().map(|gap| (before(&gap), gap)).collect()
    }
}

/// Whether it is an extended partition, or lies in one.
const fn is_chained(partition: &KeptPartition) -> bool {
    partition.is_extended() || partition.is_logical()
}

const fn region_of(partition: &KeptPartition) -> Region {
    Region {
        start: partition.start,
        length: partition.length,
    }
}

/// Whether two regions share sectors.
const fn touch(one: Region, other: Region) -> bool {
    one.start.0 < other.start.0 + other.length.0 && other.start.0 < one.start.0 + one.length.0
}

#[cfg(test)]
#[path = "manual_tests.rs"]
mod tests;
