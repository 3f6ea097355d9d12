//! Making a partition larger: what keeps its file system from following it.

use crate::machine::{CannotShrink, Content, Partition, Shrink};
use crate::storage::{CannotGrow, Growable};

/// The file system of a partition that can follow it when it becomes larger. Whether a Linux sleeps that may
/// have it mounted is told for the layout as a whole.
///
/// # Errors
/// Why it can't.
pub fn growable(partition: &Partition) -> Result<Growable, CannotGrow> {
    let fs = match &partition.content {
        Content::Formatted(fs) => fs,
        Content::Blank => return Err(CannotGrow::Blank),
        Content::Unknown(_) => return Err(CannotGrow::Unknown),
    };
    let kind = Growable::of(&fs.kind)?;
    match (&fs.shrink, kind) {
        (Some(Shrink::Impossible(CannotShrink::SeveralDisks)), _) => Err(CannotGrow::SeveralDisks),
        (
            Some(Shrink::Impossible(
                why @ (CannotShrink::Damaged { .. }
                | CannotShrink::Dirty
                | CannotShrink::Hibernated
                | CannotShrink::InUse),
            )),
            _,
        )
        | (Some(Shrink::Impossible(why)), Growable::Ntfs) => Err(CannotGrow::NotReady(why.clone())),
        (None, Growable::Ntfs) => Err(CannotGrow::NotLookedAt),
        _ => Ok(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Disk, Machine};
    use crate::plan::{ProblemId, Seed, resolve};

    fn disks() -> Vec<Disk> {
        let text = include_str!("../../../../tests/machines/table-odd-measured.json");
        let machine: Machine = serde_json::from_str(text).unwrap();
        machine.disks.known().unwrap().clone()
    }

    /// What helps depends on why, and not on the table that the partition is in.
    #[test]
    fn an_ntfs_that_was_not_looked_at_is_to_be_looked_at() {
        let disks: Vec<Disk> = disks().iter().map(Disk::unmeasured).collect();
        let mut all = disks.iter().flat_map(Disk::partitions);
        let ntfs = all.find(|p| matches!(&p.content, Content::Formatted(fs) if fs.kind == "ntfs"));
        let mut ntfs = ntfs.unwrap().clone();
        for id in ["b04e93d7-0002-4c6e-9a35-d2e08b91f6c4", "1234abcd-02"] {
            ntfs.guid = Some(id.to_owned());
            let why = growable(&ntfs).unwrap_err();
            assert_eq!(why, CannotGrow::NotLookedAt);
            assert!(why.mend().contains("--measure"), "{}", why.mend());
        }
    }

    /// Swap goes, and its neighbour becomes larger in its place: whoever slept in it does not wake.
    #[test]
    fn what_a_linux_had_mounted_becomes_larger_once_its_memory_goes() {
        let text = include_str!("../../../../tests/machines/table-linux-hibernated.json");
        let sleeping: Machine = serde_json::from_str(text).unwrap();
        let planned = |swap: &str| {
            let text = format!(
                "version = 1\n[disk]\nlayout = \"manual\"\n[[disk.disks]]\n\
                 [[disk.disks.partitions]]\npartition = {{ number = 3 }}\ndo = \"resize\"\n\
                 size = \"rest\"\nmount = \"/srv/old\"\n{swap}\
                 [[disk.disks.partitions]]\npartition = {{ number = 1 }}\ndo = \"format\"\n\
                 type = \"esp\"\nmount = \"/boot\"\n\
                 [[disk.disks.partitions]]\nsize = \"rest\"\nmount = \"/\"\n\
                 [[users]]\nname = \"ada\"\nadministrator = true\n"
            );
            let preset = crate::preset::read(&text, "test").unwrap();
            resolve(&sleeping, &preset, Seed::new([1; 32]))
        };
        let goes = "[[disk.disks.partitions]]\npartition = { number = 4 }\ndo = \"delete\"\n";
        let plan = planned(goes).unwrap();
        assert_eq!(plan.disk.grown.len(), 1);
        let told = planned("").unwrap_err().0;
        let sleeps = |field: &str| {
            let mut told = told.iter().filter(|p| p.id == ProblemId::LinuxSleeps);
            told.any(|problem| problem.field.ends_with(field))
        };
        assert!(
            sleeps("partitions[0].size") && sleeps("partitions[1].partition"),
            "{told:?}"
        );
    }
}
