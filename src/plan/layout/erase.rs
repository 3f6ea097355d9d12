//! A disk that is erased: nothing of it stays, and what sleeps on it does not wake.

use super::{Placed, Request, asleep, windows_asleep};
use crate::machine::Partition;
use crate::plan::{Details, Problem, ProblemId, Severity, apple, losses};
use crate::storage::{self, NewTable};
use uuid::Uuid;

impl<'a> Request<'a> {
    /// Why the disk can't be erased: what a list of all disks asks, without a word of what would be lost.
    pub(in crate::plan) fn refusal_to_erase(&self) -> Option<Problem> {
        self.new_table(Uuid::nil).err()
    }

    /// The whole disk, with a table of its own.
    pub(super) fn erase(&self, next: impl FnMut() -> Uuid) -> Result<Placed<'a>, Problem> {
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
}
