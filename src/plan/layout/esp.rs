//! Which ESP the new system starts from, where the disk keeps its own.

use super::Request;
use crate::machine::{Content, Machine, Partition};
use crate::plan::{Problem, ProblemId, Severity};
use crate::storage::ExistingEsp;

impl<'a> Request<'a> {
    /// The ESP that is asked for, or the best one; none if a new one has to be made.
    pub(super) fn esp(&self, gone: &[&Partition]) -> Result<Option<ExistingEsp<'a>>, Problem> {
        let esp = match &self.preset.esp {
            None => ExistingEsp::best(self.disk, gone),
            Some(wanted) => {
                let partition = self.find("disk.esp", wanted)?;
                let esp = ExistingEsp::of(partition).map_err(|why| Problem {
                    id: ProblemId::EspUnusable,
                    severity: Severity::Error,
                    field: "disk.esp".to_owned(),
                    message: why.to_string(),
                    mend: "Leave it out: another one is used, or a new one made.".to_owned(),
                })?;
                Some(esp)
            }
        };
        if let Some(esp) = esp
            && self.is_elsewhere(esp.uuid, esp.partition)
        {
            return Err(Problem {
                id: ProblemId::DuplicateDisks,
                severity: Severity::Error,
                field: "disk.esp".to_owned(),
                message: format!(
                    "another file system has the identifier {} of the EFI system partition too: \
                     one of the two is a copy",
                    esp.uuid
                ),
                mend: "Detach the disk with the copy.".to_owned(),
            });
        }
        Ok(esp)
    }

    /// Whether the identifier of a partition's file system, by which it is mounted, is there once more.
    pub(super) fn is_elsewhere(&self, wanted: &str, own: &Partition) -> bool {
        twin_of_content(self.machine, own) == Some(wanted)
    }
}

/// The identifier of a partition's file system, if another partition has the same one.
pub(super) fn twin_of_content<'p>(machine: &Machine, own: &'p Partition) -> Option<&'p str> {
    let uuid = |p: &'p Partition| match &p.content {
        Content::Formatted(fs) => fs.uuid.as_deref(),
        Content::Blank | Content::Unknown(_) => None,
    };
    let wanted = uuid(own)?;
    let disks = machine.disks.known().into_iter().flatten();
    let mut others = disks.flat_map(|disk| disk.partitions());
    let same = |p: &Partition| match &p.content {
        Content::Formatted(fs) => fs.uuid.as_deref() == Some(wanted) && p.path != own.path,
        Content::Blank | Content::Unknown(_) => false,
    };
    others.any(same).then_some(wanted)
}
