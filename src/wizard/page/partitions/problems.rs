//! Problems of the plan in words for who clicks.

use super::rows::place_of;
use super::{Message, State};
use crate::machine::Disk;
use crate::plan::{Problem, Row, Severity};
use crate::preset::ManualTable;
use crate::wizard::Element;
use crate::wizard::draft::{Draft, choice_of};
use crate::wizard::page::{Context, disk};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Tone, button, notice};
use iced::Fill;
use iced::widget::{Column, column};

impl State {
    /// What is wrong with what is said of a row, on the disk at a place in the preset's list.
    pub(super) fn errors_of<'a>(
        &self,
        draft: &'a Draft,
        index: usize,
        row: &Row,
    ) -> impl Iterator<Item = &'a Problem> + use<'a> {
        let place = place_of(row);
        draft.problems().iter().filter(move |problem| {
            let is_here = place.is_some_and(|place| is_about(problem, index, place));
            is_here && problem.severity == Severity::Error
        })
    }

    fn of_no_row<'a>(&self, draft: &'a Draft, index: usize) -> impl Iterator<Item = &'a Problem> {
        let places: Vec<usize> = self.rows().iter().filter_map(place_of).collect();
        draft.problems_of("disk").filter(move |problem| {
            let mut places = places.iter();
            !places.any(|place| is_about(problem, index, *place))
        })
    }

    /// The first error that belongs to no row, in a sentence: it stands below everything else, and in a low
    /// window out of sight.
    pub(crate) fn error_of_no_row(&self, ctx: Context<'_>) -> Option<String> {
        let disk = self.shown_disk(ctx.draft)?;
        let mut told = self.of_no_row(ctx.draft, self.index(ctx.draft, disk));
        let error = told.find(|problem| problem.severity == Severity::Error)?;
        Some(words(ctx, error).0)
    }

    /// Problems that belong to no row of the disk that is shown; those of another disk lead to it.
    pub(super) fn general<'a>(
        &self,
        ctx: Context<'a>,
        index: usize,
    ) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let told = self.of_no_row(ctx.draft, index);
        let notices: Vec<Element<'a, Message>> = told
            .map(|problem| {
                let tone = match problem.severity {
                    Severity::Error if is_begun(ctx.draft) => Tone::Error,
                    // What is still to be done is no mistake.
                    Severity::Error => Tone::Info,
                    Severity::Warning => Tone::Warning,
                };
                let (sentence, mend) = words(ctx, problem);
                let notice = notice(p, tone, sentence, Some(mend));
                let other = other_disk(ctx, problem, self.shown);
                let lead = other.map(|(at, disk)| {
                    let words = ctx.tv("part-show-disk", "disk", disk::name_of(ctx, disk));
                    let show = button(p, Kind::Quiet, words, Some(Message::Show(at)));
                    show.id(format!("show-disk-{at}"))
                });
                column![notice].push(lead).into()
            })
            .collect();
        let column = |notices| Column::with_children(notices).spacing(space::S).width(Fill);
        (!notices.is_empty()).then(|| column(notices).into())
    }
}

/// Whether anything was said of any partition.
fn is_begun(draft: &Draft) -> bool {
    let mut disks = draft.preset().disk.disks.iter();
    disks.any(|disk| disk.table == ManualTable::New || !disk.partitions.is_empty())
}

/// Whether a problem is about what is said of a partition: the one at a place in the list of the disk
/// at an index.
fn is_about(problem: &Problem, index: usize, place: usize) -> bool {
    let field = format!("disk.disks[{index}].partitions[{place}]");
    let rest = problem.field.strip_prefix(&field);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The disk that a problem is about, if it is another one than that which is shown.
fn other_disk<'a>(ctx: Context<'a>, problem: &Problem, shown: usize) -> Option<(usize, &'a Disk)> {
    let rest = problem.field.strip_prefix("disk.disks[")?;
    let (index, _) = rest.split_once(']')?;
    let manual = ctx
        .draft
        .preset()
        .disk
        .disks
        .get(index.parse::<usize>().ok()?)?;
    let mut all = disk::disks(ctx.draft).iter().enumerate();
    let found = all.find(|(_, disk)| choice_of(disk) == manual.choose);
    found.filter(|(at, _)| *at != shown)
}

/// What a problem is, and how to mend it by clicks.
pub(super) fn words(ctx: Context<'_>, problem: &Problem) -> (String, String) {
    ctx.words(problem)
}
