//! What a system that sleeps remembers: nothing that it had mounted is written to before it has woken.

use super::Manual;
use super::draft::DiskDraft;
use super::wish::What;
use crate::machine::{Disk, Partition};
use crate::plan::layout::{asleep, windows_asleep};
use crate::plan::reason::Reason;
use crate::plan::{Problem, ProblemId, Severity};
use crate::preset::ManualTable;

/// A system that sleeps, and would go on with what it remembers.
struct Sleeper {
    id: ProblemId,
    remembers: Reason,
    mend: &'static str,
}

impl Sleeper {
    /// Why a field can't be as it is.
    fn error(&self, field: String) -> Problem {
        Problem {
            id: self.id,
            severity: Severity::Error,
            field,
            message: self.remembers.message.clone(),
            mend: self.mend.to_owned(),
            details: self.remembers.details.clone(),
        }
    }
}

impl Manual<'_> {
    /// What is mounted, made anew or gets another size must not be what a Linux that sleeps has mounted; one
    /// whose memory goes in the same layout does not wake.
    pub(super) fn remembered(self, drafts: &[DiskDraft<'_>]) -> Vec<Problem> {
        let gone: Vec<&Partition> = drafts.iter().flat_map(DiskDraft::gone).collect();
        let mut gone = asleep::nodes(&gone);
        let disks = || self.preset.disk.disks.iter().zip(self.disks).enumerate();
        let anew = disks().filter(|(_, (wanted, _))| wanted.table == ManualTable::New);
        gone.extend(anew.map(|(_, (_, disk))| disk.path.as_path()));
        let windows = windows_asleep::hibernated(self.survey, &gone);
        if let Some(memory) = asleep::hibernated(self.survey, &gone) {
            let linux = Sleeper {
                id: ProblemId::LinuxSleeps,
                remembers: asleep::still_remembered(memory),
                mend: asleep::MEND,
            };
            let all = |_: &What<'_>, _: &Partition| true;
            return self.touched(drafts, &linux, all, asleep::may_have_mounted);
        }
        let mut told = windows.map_or_else(Vec::new, |windows| {
            let windows = Sleeper {
                id: ProblemId::WindowsSleeps,
                remembers: windows_asleep::still_remembered(&windows.path),
                mend: windows_asleep::MEND,
            };
            // Why the drive that it sleeps in keeps its size is told at that size.
            let drive = |what: &What<'_>, partition: &Partition| {
                let keeps_size = matches!(what, What::Shrink { .. } | What::Grow { .. });
                windows_asleep::may_have_mounted(partition)
                    && !(keeps_size && windows_asleep::sleeps(partition))
            };
            self.touched(drafts, &windows, drive, windows_asleep::may_have_mounted_on)
        });
        let mut parts = drafts.iter().flat_map(|draft| &draft.parts);
        let touches = parts.any(|(_, what)| what.touches())
            || disks().any(|(_, (wanted, _))| wanted.table == ManualTable::New);
        if touches {
            told.extend(asleep::may_sleep(self.survey, &gone));
        }
        told
    }

    /// An error at each key that touches what somebody who sleeps may have mounted: a partition, or a disk that
    /// goes whole.
    fn touched(
        self,
        drafts: &[DiskDraft<'_>],
        sleeper: &Sleeper,
        mounted: impl Fn(&What<'_>, &Partition) -> bool,
        mounted_on: impl Fn(&Disk) -> bool,
    ) -> Vec<Problem> {
        let parts = drafts.iter().flat_map(|draft| &draft.parts);
        let touched = parts.filter_map(|(field, what)| {
            let key = match what {
                What::Keep { mount: Some(_), .. } => "mount",
                What::Subvolumes { .. } => "subvolumes",
                What::Format { .. } | What::Delete { .. } | What::Unlock { .. } => "partition",
                What::Shrink { .. } | What::Grow { .. } => "size",
                What::Keep { mount: None, .. } | What::Create { .. } => return None,
            };
            let partition = what.partition()?;
            mounted(what, partition).then(|| sleeper.error(field.key(key)))
        });
        let disks = self.preset.disk.disks.iter().zip(self.disks).enumerate();
        let erased = disks
            .filter(|(_, (wanted, disk))| wanted.table == ManualTable::New && mounted_on(disk));
        let erased = erased.map(|(index, _)| sleeper.error(format!("disk.disks[{index}].table")));
        touched.chain(erased).collect()
    }
}
