//! Volumes that span partitions (LVM, RAID, a btrfs on several): with one part of it gone, the others may be
//! worth nothing.

use super::Manual;
use super::draft::DiskDraft;
use super::wish::{Unlocked, What};
use crate::plan::{Problem, ProblemId, spanning};
use std::path::Path;

impl Manual<'_> {
    /// A part of a volume goes with all others of it, or stays.
    pub(super) fn parts_of_volumes(self, drafts: &[DiskDraft<'_>]) -> Vec<Problem> {
        let goes = |path: &Path| drafts.iter().any(|draft| draft.takes(path));
        let parts = drafts
            .iter()
            .flat_map(|draft| draft.parts.iter().map(move |part| (draft.disk, part)));
        let told = parts.filter_map(|(disk, (field, what))| {
            let (partition, why) = match what {
                What::Format { partition, .. } | What::Delete { partition } => (
                    partition,
                    spanning::refusal(self.machine(), disk, partition, goes)?,
                ),
                What::Unlock {
                    partition,
                    inside: Unlocked::Formatted(_),
                } => (
                    partition,
                    spanning::refusal_inside(self.machine(), disk, partition)?,
                ),
                _ => return None,
            };
            let number = partition.number;
            let problem = field.error(
                ProblemId::LayoutImpossible,
                "partition",
                format!("partition {number} is {why}"),
                "Take the volume apart first, let the partition stay, or let all of the volume go.",
            );
            Some(problem.telling(why.details.inside("stays").with("number", number)))
        });
        told.collect()
    }
}
