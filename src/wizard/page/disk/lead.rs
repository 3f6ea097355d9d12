//! The sentence below the page's title: what is done to the chosen disk, as the plan has it.

use super::chosen_disk;
use crate::plan::{Fate, PlannedDisk};
use crate::preset::Layout;
use crate::wizard::page::Context;
use crate::wizard::page::lost::Gone;

/// What the plan does to the chosen disk, where what is chosen is enough for one.
pub(super) fn planned(ctx: Context<'_>) -> Option<&PlannedDisk> {
    ctx.draft.preset().disk.layout?;
    ctx.draft.outline()?.disk_at(&chosen_disk(ctx.draft)?.path)
}

/// The sentence itself.
pub(super) fn of(ctx: Context<'_>) -> String {
    if ctx.draft.preset().disk.layout == Some(Layout::Manual) {
        return ctx.t("disk-lead-manual");
    }
    let Some(planned) = planned(ctx) else {
        return ctx.t("disk-lead-open");
    };
    match planned.fate() {
        Fate::Blank => ctx.t("disk-lead-blank"),
        Fate::AllGoes => ctx.t("disk-lead"),
        Fate::SomeGoes => match Gone::of(planned).system {
            Some(system) => ctx.tv("disk-lead-system", "system", system),
            None => ctx.t("disk-lead-replace"),
        },
        Fate::SomeShrinks => ctx.t("disk-lead-smaller"),
        Fate::SomeGrows | Fate::AllStays => ctx.t("disk-lead-free"),
    }
}
