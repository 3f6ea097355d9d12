//! What an installation that did not come to its end, or is to be stopped, leaves of the disk: as far as
//! its plan and its steps tell.

use super::step::Change;
use super::track::Track;
use crate::engine::Outcome;
use crate::plan::Plan;

/// How the disk is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aftermath {
    /// As it was.
    Untouched,
    /// Something that stays may have become smaller; nothing is erased.
    MadeRoom,
    /// What was to be lost is lost, and other systems on it start as before.
    Beside,
    /// The same, and the firmware may start the new system first, which is not ready.
    BesideStarts,
    /// All of it is erased.
    Erased,
    /// What was to be lost is lost; what that was is not known.
    Lost,
}

impl Aftermath {
    /// After the steps that have begun.
    pub(crate) fn of(plan: Option<&Plan>, track: &Track) -> Self {
        let failed = match track.outcome {
            Some(Outcome::Failed { step, .. }) => step.and_then(|step| step.checked_sub(1)),
            _ => None,
        };
        let failed = failed.and_then(|index| usize::try_from(index).ok());
        let steps = track.steps.iter().enumerate();
        let begun = steps.filter(|(index, step)| {
            step.seconds.is_some() || [track.current, failed].contains(&Some(*index))
        });
        let changes = begun.map(|(_, step)| step.change());
        match (changes.max().unwrap_or(Change::None), plan) {
            (Change::None, _) => Self::Untouched,
            (Change::MakesRoom, _) => Self::MadeRoom,
            (Change::Erases | Change::Starts, None) => Self::Lost,
            (_, Some(plan)) if plan.disks().all(|disk| disk.table.base.is_new()) => Self::Erased,
            (Change::Erases, Some(_)) => Self::Beside,
            (Change::Starts, Some(_)) => Self::BesideStarts,
        }
    }

    /// The key of its text.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Untouched => "aftermath-untouched",
            Self::MadeRoom => "aftermath-made-room",
            Self::Beside => "aftermath-beside",
            Self::BesideStarts => "aftermath-beside-starts",
            Self::Erased => "aftermath-erased",
            Self::Lost => "aftermath-lost",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::protocol::PlannedStep;
    use crate::engine::{Event, EventKind};
    use crate::plan::Action;
    use crate::preset::Layout;
    use crate::wizard::tests::driver::plan_of;

    /// After every step up to one that is found, which has only begun.
    fn after(plan: &Plan, is_last: impl Fn(&Action) -> bool) -> Track {
        let mut track = Track::new(plan);
        let mut tell = |kind| track.event(&Event::new(std::time::UNIX_EPOCH, kind));
        for step in &plan.steps {
            let (title, number) = (PlannedStep::of(&step.action).title, step.number);
            tell(EventKind::StepStarted {
                step: number,
                title,
            });
            if is_last(&step.action) {
                break;
            }
            tell(EventKind::StepFinished {
                step: number,
                seconds: 1.0,
            });
        }
        track
    }

    #[test]
    fn before_and_after_the_point_of_no_return() {
        let erase = plan_of("qemu-uefi", Layout::Erase);
        let beside = plan_of("table-windows-measured", Layout::Alongside);
        let of = |plan: &Plan, track: &Track| Aftermath::of(Some(plan), track);
        for plan in [&erase, &beside] {
            let release = after(plan, |action| matches!(action, Action::Release { .. }));
            assert_eq!(of(plan, &release), Aftermath::Untouched);
        }
        let shrink = after(&beside, |action| matches!(action, Action::Shrink(_)));
        assert_eq!(of(&beside, &shrink), Aftermath::MadeRoom);
        let wipe = |action: &Action| matches!(action, Action::Wipe { .. });
        assert_eq!(of(&erase, &after(&erase, wipe)), Aftermath::Erased);
        assert_eq!(of(&beside, &after(&beside, wipe)), Aftermath::Beside);
        let loader = |action: &Action| matches!(action, Action::InstallSystem { .. });
        assert_eq!(
            of(&beside, &after(&beside, loader)),
            Aftermath::BesideStarts
        );
        assert_eq!(
            Aftermath::of(None, &after(&beside, loader)),
            Aftermath::Lost
        );
    }
}
