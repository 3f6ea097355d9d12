//! Beside what stays: the disk's table is kept, and new partitions go into one region of it: a gap, or the
//! place of a partition that goes.

use super::{
    Placed, Request, asleep, copies, home, impossible, impossible_for, in_use, warnings,
    windows_asleep,
};
use crate::machine::Partition;
use crate::plan::{Problem, ProblemId, losses, reason};
use crate::preset::Layout;
use crate::storage::{Contents, EspUse, ExistingTable, Need, PartitionRole, Reach, TableId};
use std::borrow::Cow;
use uuid::Uuid;

impl<'a> Request<'a> {
    /// The table that is there, if it can be kept.
    pub(super) fn existing(&self) -> Result<&'a ExistingTable, Problem> {
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

    /// Whether all of the new system fits between the partitions, with all of its own that the firmware starts
    /// from: the manual layout can do that, and touches nothing that is there.
    pub(in crate::plan) fn fits_into_a_gap(&self) -> bool {
        let Ok(existing) = self.existing() else {
            return false;
        };
        let Ok(needs) = self.needs(existing, None) else {
            return false;
        };
        let fits = |gap| existing.clone().with_new(gap, &needs, Uuid::nil).is_ok();
        existing.free().into_iter().any(fits)
    }

    /// The place beside what stays, what goes for it, and what should be known of both.
    pub(super) fn beside(&self, next: impl FnMut() -> Uuid) -> Result<Placed<'a>, Problem> {
        let existing = self.existing()?;
        // Whether anything can be kept is told before what is wrong with what goes.
        self.home(&[])?;
        let gone = self.gone()?;
        let home = self.home(&gone)?;
        let esp = self.esp(&gone)?;
        let mut told = Vec::new();
        let is_smaller = self.layout() == Layout::Alongside;
        // A Linux that sleeps knows nothing of a gap: what is all new there is not touched by it.
        if esp.is_some() || home.is_some() || !gone.is_empty() || is_smaller {
            let nodes = asleep::nodes(&gone);
            asleep::refuse(self.survey(), &nodes)?;
            told = asleep::may_sleep(self.survey(), &nodes);
        }
        let mut rest = Cow::Borrowed(existing);
        for partition in &gone {
            rest.to_mut().remove(partition.number);
        }
        let needs = self.needs(&rest, esp.map(|esp| esp.good_for()))?;
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
        let shared = |esp| warnings::shared_esp(esp, self.survey());
        told.extend(esp.as_ref().map(shared));
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

    /// What has to be made in a table, `rest` of which stays: all that is needed, but what is there already and
    /// good for it. With an ESP that has room for the loader alone, the kernels get a partition of their own.
    fn needs(&self, rest: &ExistingTable, esp: Option<EspUse>) -> Result<Vec<Need>, Problem> {
        let makes_core = self.makes_core_partition(rest)?;
        let contents = match rest.id {
            TableId::Gpt(_) => *self.contents,
            // Nothing in an MBR lies where a BIOS does not reach: both have 32 bits for a sector.
            TableId::Mbr(_) => Contents {
                reach: Reach::Whole,
                ..*self.contents
            },
        };
        let beside = |need: Need| match (need.role, esp) {
            (PartitionRole::BiosBoot, _) if !makes_core => None,
            (PartitionRole::Esp, Some(EspUse::Everything)) => None,
            (PartitionRole::Esp, Some(EspUse::LoaderOnly)) => Some(Need {
                role: PartitionRole::Xbootldr,
                name: "boot",
                ..need
            }),
            _ => Some(need),
        };
        Ok(contents.needs().into_iter().filter_map(beside).collect())
    }
}
