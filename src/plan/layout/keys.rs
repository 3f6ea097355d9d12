//! Which keys of `[disk]` have a meaning for which layout. Whoever writes another one means something that
//! would not come about, and learns of it before anything is decided.

use super::Request;
use crate::plan::{Details, Problem, ProblemId, Severity};
use crate::preset::Layout;

impl Request<'_> {
    /// Keys that belong to another layout than the one that is asked for.
    pub(super) fn check_keys(&self) -> Result<(), Problem> {
        let (preset, layout) = (self.preset, self.layout());
        let keys = [
            (
                preset.partition.is_some(),
                "disk.partition",
                matches!(
                    layout,
                    Layout::Alongside | Layout::Replace | Layout::KeepHome
                ),
            ),
            (
                preset.system.is_some(),
                "disk.system",
                layout == Layout::Replace,
            ),
            (
                preset.gap_after.is_some(),
                "disk.gap_after",
                layout == Layout::Free,
            ),
            (
                preset.size.is_some(),
                "disk.size",
                matches!(layout, Layout::Alongside | Layout::Free),
            ),
            (
                preset.home.is_some(),
                "disk.home",
                layout == Layout::KeepHome,
            ),
            (preset.esp.is_some(), "disk.esp", layout != Layout::Erase),
            (
                !preset.disks.is_empty(),
                "disk.disks",
                layout == Layout::Manual,
            ),
        ];
        match keys.into_iter().find(|(given, _, fits)| *given && !fits) {
            None => Ok(()),
            Some((_, field, _)) => Err(Problem {
                id: ProblemId::KeyOfOtherLayout,
                severity: Severity::Error,
                field: field.to_owned(),
                message: format!("this has no meaning where the layout is to {layout}"),
                mend: "Leave it out, or ask for another `layout`.".to_owned(),
                details: Details::NONE,
            }),
        }
    }
}
