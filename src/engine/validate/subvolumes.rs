//! What a plan may do to subvolumes of a btrfs that stays: what it has looked for before anything is wiped.

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
    let lies_in = |own: &SubvolumeName, outer: &SubvolumeName| {
        let rest = own.as_str().strip_prefix(outer.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut others = named.stay.iter().chain(&named.new);
    !others.any(|own| named.gone.iter().any(|outer| lies_in(own, outer)))
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
