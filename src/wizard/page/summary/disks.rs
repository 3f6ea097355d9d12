//! The disks of the plan: before, after, and what is lost.

use super::Message;
use crate::machine::Disk;
use crate::plan::{Plan, PlannedDisk};
use crate::wizard::Element;
use crate::wizard::page::{Context, disk, lost};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, button, card, disk_change, drive, label, small, strong};
use iced::Center;
use iced::widget::{Column, column, container, row};

/// The id of the part with what is lost by number.
pub(super) const BY_NUMBER: &str = "losses-by-number";

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

/// What becomes of the disks: what is lost first, which nobody has to scroll for, and then the bars.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    plan: &Plan,
    by_number: bool,
) -> Option<Element<'a, Message>> {
    let p = ctx.palette();
    let disks = of(ctx, plan);
    let is_one = disks.len() == 1;
    let lost = disks.iter().map(|(planned, disk)| {
        let content = column![which(ctx, disk), lost::overview(ctx, (planned, disk))];
        content.spacing(space::M).into()
    });
    let bars = disks.iter().map(|(planned, disk)| {
        let name = (!is_one).then(|| label(p, disk::name_of(ctx, disk)));
        let change = disk_change(
            p,
            (ctx.t("disk-before"), &disk::before(ctx, disk)),
            (
                ctx.t("disk-then"),
                Ok(&disk::after(ctx, plan, planned, disk)),
            ),
        );
        Column::new().push(name).push(change).spacing(space::S)
    });
    let all = Column::with_children(lost)
        .push(self::by_number(ctx, &disks, by_number))
        .extend(bars.map(Element::from));
    (!disks.is_empty()).then(|| card(p, all.spacing(space::L)).into())
}

/// What is lost by number, behind a button, where anything is.
fn by_number<'a>(
    ctx: Context<'a>,
    disks: &[(&PlannedDisk, &Disk)],
    is_open: bool,
) -> Option<Element<'a, Message>> {
    let p = ctx.palette();
    let mut losing = disks
        .iter()
        .filter(|(planned, _)| !planned.losses.is_empty());
    let lists = losing.clone().filter(|_| is_open).map(|(planned, disk)| {
        let name = (disks.len() > 1).then(|| label(p, disk::name_of(ctx, disk)));
        let list = Column::new()
            .push(name)
            .push(lost::by_number(ctx, (planned, disk)));
        list.spacing(space::S).into()
    });
    let lists: Vec<Element<'a, Message>> = lists.collect();
    losing.next()?;
    let words = ctx.t("losses-by-number");
    let toggle = button(p, Kind::Quiet, words, Some(Message::ByNumber)).id("by-number");
    let all = column![toggle].extend(lists).spacing(space::S);
    Some(container(all).id(BY_NUMBER).into())
}

/// Which disk it is.
pub(super) fn which<'a>(ctx: Context<'a>, disk: &Disk) -> Element<'a, Message> {
    let p = ctx.palette();
    row![
        drive(disk::drive_of(disk), true),
        column![
            strong(p, disk::name_of(ctx, disk)),
            small(disk::details_of(ctx, disk), p.muted)
        ]
    ]
    .spacing(space::M)
    .align_y(Center)
    .into()
}
