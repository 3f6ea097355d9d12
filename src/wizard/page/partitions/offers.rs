//! Where the partition that is chosen can be mounted: a place that the plan would refuse is not offered,
//! and if there is none at all, the page says why.

use super::choices::mounts_at;
use super::{Change, State, edit, place_in, update};
use crate::plan::{Problem, mountable};
use crate::preset::{ManualPartition, MountPath};
use crate::storage::PartitionRole;
use crate::wizard::draft::Draft;

/// Places that are offered.
const PLACES: [&str; 5] = ["/", "/home", "/boot", "/var", "/nix"];

/// Where people keep data that no page knows the place of.
const ANYWHERE: &str = "/srv";

/// Where an EFI system partition belongs.
const FOR_ESP: &str = "/boot";

/// Where a partition can be mounted.
#[derive(Debug, Default)]
pub(super) struct Offers {
    pub(super) places: Vec<&'static str>,
    /// Why it can be mounted nowhere.
    pub(super) why_nowhere: Option<Problem>,
}

impl State {
    /// Looks where the partition that is chosen now can be mounted.
    pub(super) fn offer(&mut self, draft: &Draft) {
        let said = draft.preset().disk.disks.iter();
        let said: Vec<&ManualPartition> = said.flat_map(|disk| &disk.partitions).collect();
        let is_free = |place: &&str| !said.iter().any(|wish| mounts_at(wish, place));
        let free = PLACES.into_iter().filter(is_free);
        let places = free.filter(|place| self.refusal(draft, place).is_none());
        let places: Vec<&str> = places.collect();
        let why_nowhere = match places.is_empty() {
            true => self.refusal(draft, self.likeliest(draft)),
            false => None,
        };
        self.offers = Offers {
            places,
            why_nowhere,
        };
    }

    /// The place that people would most likely mount the partition at that is chosen: why not there is what
    /// they would ask.
    fn likeliest(&self, draft: &Draft) -> &'static str {
        let old = self.part(draft).and_then(|(_, old)| old);
        match old.is_some_and(|(old, _)| PartitionRole::Esp.is_of(old)) {
            true => FOR_ESP,
            false => ANYWHERE,
        }
    }

    /// Why the partition that is chosen can't be mounted at a place.
    fn refusal(&self, draft: &Draft, place: &str) -> Option<Problem> {
        let (part, old) = self.part(draft)?;
        let shown = self.shown_disk(draft)?;
        let at: MountPath = place.parse().ok()?;
        let mut preset = draft.preset().disk.clone();
        let index = place_in(&mut preset, shown);
        let manual = preset.disks.get_mut(index)?;
        let change = Change::Mount(Some(at));
        edit::change(manual, part, old, change, update::setting(draft));
        let wish = edit::place_of(manual, part)?;
        mountable(draft.survey(), shown, &preset, (index, wish)).err()
    }
}
