//! Problems of the plan in words for who clicks.

use super::Message;
use crate::plan::{Problem, Severity};
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Tone, notice};
use iced::Fill;
use iced::widget::Column;

/// Problems that belong to no row of the disk that is shown.
pub(super) fn general<'a>(ctx: Context<'a>, index: usize) -> Option<Element<'a, Message>> {
    let p = ctx.palette();
    let here = format!("disk.disks[{index}].partitions[");
    let told = ctx.draft.problems_of("disk");
    let told = told.filter(|problem| !problem.field.starts_with(&here));
    let notices: Vec<Element<'a, Message>> = told
        .map(|problem| {
            let tone = match problem.severity {
                Severity::Error => Tone::Error,
                Severity::Warning => Tone::Warning,
            };
            let (sentence, mend) = words(ctx, problem);
            notice(p, tone, sentence, Some(mend))
        })
        .collect();
    let column = |notices| Column::with_children(notices).spacing(space::S).width(Fill);
    (!notices.is_empty()).then(|| column(notices).into())
}

/// What a problem is, and how to mend it by clicks.
pub(super) fn words(ctx: Context<'_>, problem: &Problem) -> (String, String) {
    ctx.words(problem)
}
