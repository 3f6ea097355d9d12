//! The disks of the plan: before, after, and what is lost.

use super::Message;
use crate::machine::Disk;
use crate::plan::{Plan, PlannedDisk};
use crate::wizard::Element;
use crate::wizard::page::{Context, disk, lost};
use crate::wizard::theme::space;
use crate::wizard::widget::{card, disk_bar, drive, head, label, small};
use iced::Center;
use iced::widget::{column, row};

/// The disks of the plan, beside how the machine has them.
pub(super) fn of<'a, 'p>(ctx: Context<'a>, plan: &'p Plan) -> Vec<(&'p PlannedDisk, &'a Disk)> {
    let disks = ctx.draft.machine().disks.known().map(Vec::as_slice);
    let disks = disks.unwrap_or_default();
    let found = |planned: &'p PlannedDisk| {
        let mut disks = disks.iter();
        Some((
            planned,
            disks.find(|disk| disk.path == planned.identity.path)?,
        ))
    };
    plan.disks().filter_map(found).collect()
}

fn bars<'a>(
    ctx: Context<'a>,
    plan: &Plan,
    planned: &PlannedDisk,
    disk: &Disk,
) -> Element<'a, Message> {
    let p = ctx.palette();
    column![
        label(p, ctx.t("disk-before")),
        disk_bar(p, &disk::before(ctx, disk)),
        label(p, ctx.t("disk-after")),
        disk_bar(p, &disk::after(ctx, plan, planned, disk)),
    ]
    .spacing(space::S)
    .into()
}

/// A disk: which one it is, its bars, and what is lost on it.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    plan: &Plan,
    planned: &PlannedDisk,
    disk: &Disk,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let name = row![
        drive(disk::drive_of(disk), true),
        column![
            head(p, disk::name_of(ctx, disk)),
            small(disk::details_of(ctx, disk), p.muted)
        ]
    ]
    .spacing(space::M)
    .align_y(Center);
    let content = column![
        name,
        bars(ctx, plan, planned, disk),
        lost::view(ctx, planned)
    ];
    card(p, content.spacing(space::L)).into()
}
