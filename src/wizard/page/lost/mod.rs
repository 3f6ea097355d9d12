//! What is lost and what gets another size, in the person's language: as a person loses it, and partition by
//! partition below that where everything is looked over.

mod groups;
mod told;
mod words;

use super::Context;
use crate::machine::Disk;
use crate::plan::{Fate, Loss, PlannedDisk, Resized};
use crate::units::Bytes;
use crate::wizard::Element;
use crate::wizard::theme::{mark, space};
use crate::wizard::widget::{Icon, Tone, body, icon, label, muted, notice, small, strong};
use groups::Groups;
use iced::widget::{Column, column, row};
use told::Told;

/// So many things are named where a person still chooses, what stands for the others included.
const IN_SHORT: usize = 6;

/// The same where all of them can be unfolded.
const AT_A_GLANCE: usize = 24;

/// What is lost on a disk, taken together.
pub(super) struct Gone {
    /// What the system is called that goes, where nothing else does.
    pub(super) system: Option<String>,
    /// The number of the partition, where what is on it is all that goes.
    pub(super) partition: Option<u32>,
    /// How much it is, where that is known.
    pub(super) size: Option<Bytes>,
}

impl Gone {
    pub(super) fn of(planned: &PlannedDisk) -> Self {
        let losses = &planned.losses;
        let mut systems = losses.iter().map(|loss| match loss {
            Loss::Partition { system, .. }
            | Loss::Inside { system, .. }
            | Loss::Subvolume { system, .. } => system.as_ref(),
            Loss::Unread { .. } | Loss::WholeDisk { .. } | Loss::SameVolume { .. } => None,
        });
        let first = systems.next().flatten();
        let system = first.filter(|first| systems.all(|other| other == Some(first)));
        let partition = match losses.as_slice() {
            [Loss::Partition { what, .. } | Loss::Inside { what, .. }] => Some(what.number),
            _ => None,
        };
        let sizes = losses.iter().map(|loss| match loss {
            Loss::Partition { size, .. } | Loss::Inside { size, .. } => Some(*size),
            Loss::Unread { .. } | Loss::WholeDisk { .. } => Some(planned.identity.size),
            // Something of it is on another disk.
            Loss::SameVolume { .. } => Some(Bytes(0)),
            Loss::Subvolume { .. } => None,
        });
        let add = |sum: Bytes, size: Option<Bytes>| Some(Bytes(sum.0.saturating_add(size?.0)));
        Self {
            system: system.cloned(),
            partition,
            size: sizes.into_iter().try_fold(Bytes(0), add),
        }
    }
}

/// What is lost, as soon as something is; of very many, the first.
pub(super) fn in_short<'a, M: 'a>(
    ctx: Context<'a>,
    (planned, disk): (&PlannedDisk, &Disk),
) -> Option<Element<'a, M>> {
    let told = told::at_most(ctx, disk, &Groups::of(&planned.losses, disk), IN_SHORT);
    let heading = label(ctx.palette(), ctx.t("losses"));
    let content = || column![heading, things(ctx, told)].spacing(space::S);
    (!planned.losses.is_empty()).then(|| content().into())
}

/// Everything that goes, as the last question has it, which nothing else stands beside: that a power cut can
/// damage what gets another size, too.
pub(super) fn asked<'a, M: 'a>(ctx: Context<'a>, of: (&PlannedDisk, &Disk)) -> Element<'a, M> {
    let head = |key: &str| Some(label(ctx.palette(), ctx.t(key)));
    view(ctx, of, usize::MAX, head)
}

/// The same where a notice tells what can damage the rest, and what is not named can be unfolded.
pub(super) fn overview<'a, M: 'a>(ctx: Context<'a>, of: (&PlannedDisk, &Disk)) -> Element<'a, M> {
    view(ctx, of, AT_A_GLANCE, |_| None)
}

/// Each thing that goes, or that nothing does; then what becomes smaller or larger, below what `heads` makes
/// of a key.
fn view<'a, M: 'a>(
    ctx: Context<'a>,
    (planned, disk): (&PlannedDisk, &Disk),
    most: usize,
    heads: impl Fn(&str) -> Option<Element<'a, M>>,
) -> Element<'a, M> {
    let p = ctx.palette();
    let good = |key| Some(notice(p, Tone::Good, ctx.t(key), None));
    let [smaller, larger] = resized(ctx, planned);
    let content = match planned.fate() {
        Fate::AllGoes | Fate::SomeGoes => {
            let told = told::at_most(ctx, disk, &Groups::of(&planned.losses, disk), most);
            let below = |key, lines: Option<Element<'a, M>>| {
                lines.map(|lines| column![].push(heads(key)).push(lines).spacing(space::S))
            };
            column![label(p, ctx.t("losses")), things(ctx, told)]
                .push(below("losses-smaller", smaller))
                .push(below("losses-larger", larger))
        }
        Fate::AllStays => column![].push(good("losses-none-beside")),
        Fate::SomeShrinks | Fate::SomeGrows => column![]
            .push(good("losses-nothing-erased"))
            .push(smaller)
            .push(larger),
        Fate::Blank => column![].push(good("losses-none")),
    };
    content.spacing(space::S).into()
}

/// What becomes smaller, and what larger, a line each.
fn resized<'a, M: 'a>(ctx: Context<'a>, planned: &PlannedDisk) -> [Option<Element<'a, M>>; 2] {
    let each = [
        (&planned.shrunk, "losses-becomes-smaller"),
        (&planned.grown, "losses-becomes-larger"),
    ];
    each.map(|(all, key): (&Vec<Resized>, &str)| {
        let lines = all
            .iter()
            .map(|one| body(ctx.palette(), told::resized(ctx, key, one)));
        (!all.is_empty()).then(|| Column::with_children(lines).spacing(space::XS).into())
    })
}

/// The things that go, and what belongs to none.
fn things<'a, M: 'a>(ctx: Context<'a>, told: Told) -> Element<'a, M> {
    let p = ctx.palette();
    let more = told.more;
    let more = (more > 0).then(|| ctx.tv("content-more", "count", more.to_string()));
    let sign = || icon(Icon::Error, mark::S, p.danger);
    let lines = told.things.into_iter().map(|thing| {
        let below = thing.below.into_iter().map(|text| small(text, p.muted));
        let words = column![strong(p, thing.head)].extend(below);
        row![sign(), words].spacing(space::S).into()
    });
    let more = more.map(|more| row![sign(), muted(p, more)].spacing(space::S));
    Column::with_children(lines)
        .push(more)
        .push(told.rest.map(|rest| small(rest, p.muted)))
        .spacing(space::S)
        .into()
}

/// What is lost by number, partition by partition.
pub(super) fn by_number<'a, M: 'a>(
    ctx: Context<'a>,
    (planned, disk): (&PlannedDisk, &Disk),
) -> Element<'a, M> {
    let losses = planned.losses.iter();
    let lines = losses.map(|loss| body(ctx.palette(), words::loss_words(ctx, disk, loss)));
    Column::with_children(lines).spacing(space::XS).into()
}

#[cfg(test)]
mod tests;
