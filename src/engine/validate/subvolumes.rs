//! What a plan may do to subvolumes of a btrfs that stays: what it has looked for before anything is wiped.

use crate::machine::lies_in;
use crate::plan::{Action, Plan};
use crate::storage::{Device, KeptSubvolumes, SubvolumeName};

/// What is looked for in a partition that stays.
pub(super) fn of<'a>(plan: &'a Plan, device: &Device) -> Option<&'a KeptSubvolumes> {
    plan.steps.iter().find_map(|step| match &step.action {
        Action::FindSubvolumes(named) if Device::Partition(named.partition) == *device => {
            Some(named)
        }
        _ => None,
    })
}

/// Whether nothing that stays or is new lies in what goes, by its name.
pub(super) fn is_whole(named: &KeptSubvolumes) -> bool {
    let goes = |own: &SubvolumeName| {
        let mut gone = named.gone.iter();
        gone.any(|outer| own == outer || lies_in(own.as_str(), outer.as_str()))
    };
    let mut others = named.stay.iter().chain(&named.new);
    !others.any(goes)
}

/// Whether each subvolume that these options mount was looked for, as one that stays.
pub(super) fn stays(plan: &Plan, device: &Device, options: &[String]) -> bool {
    let mut names = options.iter().filter_map(|o| o.strip_prefix("subvol="));
    names.all(|name| {
        of(plan, device).is_some_and(|found| found.stay.iter().any(|own| own.as_str() == name))
    })
}

/// Whether what is mounted by these options is a subvolume that the plan makes in a btrfs that stays.
pub(super) fn is_new(plan: &Plan, device: &Device, options: &[String]) -> bool {
    let mut names = options.iter().filter_map(|o| o.strip_prefix("subvol="));
    let (name, more) = (names.next(), names.next());
    let made = |step: &crate::plan::Step| match &step.action {
        Action::MakeSubvolumes {
            device: other,
            subvolumes,
        } => other == device && subvolumes.iter().any(|own| Some(own.as_str()) == name),
        _ => false,
    };
    more.is_none() && of(plan, device).is_some() && plan.steps.iter().any(made)
}
