//! The disks as cards to choose from. Of very many, some are shown at a time, the chosen one among
//! them, and a search finds the others: nobody reads two hundred cards, and no computer lays them out
//! within a frame.

use super::{Message, before, chosen, disks};
use crate::machine::{Disk, Transport};
use crate::plan::{Problem, ProblemId};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Drive, Kind, Scope, button, choice, disk_bar, drive, muted, search, small, strong,
};
use iced::widget::{Column, column, row};
use iced::{Center, Fill};

/// How many cards are shown at a time.
const AT_A_TIME: usize = 8;

#[derive(Debug, Default)]
pub(super) struct Cards {
    /// Why each disk can't be taken, where it can't.
    obstacles: Vec<Option<Problem>>,
    /// What is searched for.
    query: String,
    /// The disks that are found, by their place in the machine's list: first those that can be taken.
    found: Vec<usize>,
    /// How many of those come before the first that is shown.
    skipped: usize,
}

impl Cards {
    /// Looks which disks there are, and which can be taken.
    pub(super) fn look(&mut self, draft: &Draft) {
        self.obstacles = draft.obstacles().to_vec();
        self.find(draft);
    }

    /// The one disk that can be taken and does not come and go, where there is only one.
    pub(super) fn only<'a>(&self, draft: &'a Draft) -> Option<&'a Disk> {
        let all = disks(draft).iter().zip(&self.obstacles);
        let mut fit =
            all.filter(|(disk, obstacle)| can_be_taken(obstacle.as_ref()) && !disk.removable);
        match (fit.next(), fit.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    /// Whether no disk can be taken, also where there is none.
    pub(super) fn none_fits(&self) -> bool {
        self.obstacles.iter().all(Option::is_some)
    }

    pub(super) fn search(&mut self, query: String, draft: &Draft) {
        self.query = query;
        self.skipped = 0;
        self.find(draft);
    }

    fn find(&mut self, draft: &Draft) {
        let query = self.query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let disks = disks(draft).iter().enumerate();
        self.found = disks
            .filter(|(_, disk)| {
                let known = searched(disk);
                words.iter().all(|word| known.contains(word))
            })
            .map(|(index, _)| index)
            .collect();
        let obstacle = |index: usize| self.obstacles.get(index).and_then(Option::as_ref);
        // A sort that keeps the order otherwise.
        self.found
            .sort_by_key(|index| !can_be_taken(obstacle(*index)));
        while self.skipped >= self.found.len() && self.skipped > 0 {
            self.earlier();
        }
    }

    pub(super) fn earlier(&mut self) {
        self.skipped = self.skipped.saturating_sub(AT_A_TIME);
    }

    pub(super) fn further(&mut self) {
        if self.skipped + AT_A_TIME < self.found.len() {
            self.skipped += AT_A_TIME;
        }
    }

    pub(super) fn view<'a>(&'a self, ctx: Context<'a>) -> Element<'a, Message> {
        let p = ctx.palette();
        let all = disks(ctx.draft);
        let chosen = chosen(ctx.draft);
        let seen = self.found.iter().skip(self.skipped).take(AT_A_TIME);
        let seen: Vec<usize> = seen.copied().collect();
        // The chosen one is never out of sight.
        let elsewhere = chosen.filter(|chosen| !seen.contains(chosen));
        let shown = elsewhere.into_iter().chain(seen.iter().copied());
        let cards = shown.filter_map(|index| {
            let obstacle = self.obstacles.get(index).and_then(Option::as_ref);
            let disk = all.get(index)?;
            Some(card_of(ctx, index, disk, chosen == Some(index), obstacle))
        });
        let cards = Scope::group(Column::with_children(cards).spacing(space::M));
        if all.len() <= AT_A_TIME {
            return cards.into();
        }
        let hint = ctx.t("disk-search");
        let field = search(p, "disk-search", &hint, &self.query, Message::Search);
        let nothing = self.found.is_empty();
        let nothing = nothing.then(|| muted(p, ctx.t("disk-search-nothing")));
        column![field]
            .push(nothing)
            .push(cards)
            .push(self.pager(ctx))
            .spacing(space::M)
            .into()
    }

    /// Which of the disks these are, and the way to the others.
    fn pager<'a>(&self, ctx: Context<'a>) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let all = self.found.len();
        let end = all.min(self.skipped + AT_A_TIME);
        let number = |number: usize| number.to_string().into();
        let numbers = [
            ("from", number(self.skipped + 1)),
            ("to", number(end)),
            ("all", number(all)),
        ];
        let words = small(ctx.texts.with("disk-range", &numbers), p.muted);
        let earlier = (self.skipped > 0).then_some(Message::Earlier);
        let further = (end < all).then_some(Message::Further);
        let line = row![
            button(p, Kind::Plain, ctx.t("disk-earlier"), earlier).id("disk-earlier"),
            button(p, Kind::Plain, ctx.t("disk-further"), further).id("disk-further"),
            words
        ];
        let line = line.spacing(space::M).align_y(Center);
        (all > AT_A_TIME).then(|| line.into())
    }
}

/// What a disk is found by, in lower case.
fn searched(disk: &Disk) -> String {
    let by_id = disk.by_id.first().map(|path| path.display().to_string());
    let parts = [
        disk.model.clone(),
        disk.serial.clone(),
        disk.wwn.clone(),
        by_id,
        Some(disk.path.display().to_string()),
        Some(disk.size.to_string()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" ").to_lowercase()
}

/// A disk as a person knows it.
pub(crate) fn name_of(ctx: Context<'_>, disk: &Disk) -> String {
    disk.model.clone().unwrap_or_else(|| ctx.t("disk-unnamed"))
}

/// Size, transport, node and serial number in a line.
pub(crate) fn details_of(ctx: Context<'_>, disk: &Disk) -> String {
    let transport = match disk.transport {
        Transport::Ata => "SATA".to_owned(),
        Transport::Scsi => "SCSI".to_owned(),
        Transport::Nvme => "NVMe".to_owned(),
        Transport::Usb => "USB".to_owned(),
        Transport::Mmc => ctx.t("transport-card"),
        Transport::Virtio | Transport::Xen => ctx.t("transport-virtual"),
        Transport::Other => String::new(),
    };
    let node = disk.path.display().to_string();
    let serial = disk.serial.as_ref();
    let serial = serial.map(|serial| ctx.tv("disk-serial", "serial", serial.clone()));
    let parts = [
        Some(ctx.texts.size(disk.size)),
        Some(transport),
        Some(node),
        serial,
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|s| !s.is_empty())
        .collect();
    ctx.texts.list(&parts)
}

/// What a disk looks like from outside.
pub(crate) const fn drive_of(disk: &Disk) -> Drive {
    match disk.transport {
        Transport::Nvme => Drive::Nvme,
        Transport::Mmc => Drive::Card,
        Transport::Virtio | Transport::Xen => Drive::Virtual,
        // The kernel takes most sticks for platters.
        Transport::Usb if disk.removable => Drive::Stick,
        _ if disk.rotational => Drive::Platters,
        Transport::Usb | Transport::Ata | Transport::Scsi | Transport::Other => Drive::Ssd,
    }
}

/// Whether something can be installed on a disk. Where it can't be erased for what a Mac starts with, the
/// layouts that keep that are possible.
fn can_be_taken(obstacle: Option<&Problem>) -> bool {
    obstacle.is_none_or(|problem| problem.id == ProblemId::AppleFirmware)
}

/// Why a disk can't be taken, on its own card, which says already which one it is.
pub(crate) fn why_not(ctx: Context<'_>, problem: &Problem) -> String {
    match problem.id {
        ProblemId::DiskIsLiveMedium => ctx.t("problem-disk-is-live-medium"),
        ProblemId::DiskReadOnly => ctx.t("problem-disk-read-only"),
        ProblemId::DiskTooSmall => ctx.texts.told("disk-too-small", &problem.details, ""),
        _ => ctx.words(problem).0,
    }
}

fn card_of<'a>(
    ctx: Context<'a>,
    index: usize,
    disk: &'a Disk,
    chosen: bool,
    obstacle: Option<&Problem>,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let why = obstacle.map(|problem| small(why_not(ctx, problem), p.muted));
    let head = row![
        drive(drive_of(disk), can_be_taken(obstacle)),
        column![
            strong(p, name_of(ctx, disk)),
            small(details_of(ctx, disk), p.muted)
        ]
        .push(why)
        .width(Fill)
    ]
    .spacing(space::M)
    .align_y(Center);
    let mut words = column![head].spacing(space::M).width(Fill);
    if can_be_taken(obstacle) {
        words = words.push(disk_bar(p, &before(ctx, disk)));
    }
    let on_press = can_be_taken(obstacle).then_some(Message::Choose(index));
    choice(p, chosen, words, on_press)
        .id(format!("disk-{index}"))
        .into()
}
