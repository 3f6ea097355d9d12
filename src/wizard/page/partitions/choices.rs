//! The row that is chosen, what is wrong with it, and what is chosen of it with a click.

use super::problems::words;
use super::{Change, Message, Part, subvolumes};
use crate::i18n::Language;
use crate::machine::{Content, Disk, Partition, Subvolumes};
use crate::plan::{Problem, Row, Severity, growable, smallest};
use crate::preset::{ManualAction, ManualPartition, MountPath, PartitionFormat};
use crate::storage::KeptLuks;
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Scope, button, check, label, small};
use iced::widget::{Column, Row as Line, column};

/// The row that is chosen, with all that is known of it.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'a> {
    pub(super) ctx: Context<'a>,
    pub(super) disk: &'a Disk,
    pub(super) row: &'a Row,
    pub(super) part: Part,
    /// What is said of it.
    pub(super) wish: Option<&'a ManualPartition>,
    pub(super) old: Option<&'a Partition>,
    /// The disk's place in the preset's list.
    pub(super) index: usize,
}

impl<'a> Chosen<'a> {
    pub(super) fn action(self) -> ManualAction {
        match (self.part, self.wish) {
            (_, Some(wish)) => wish.action(),
            (Part::Old(_), None) => ManualAction::Keep,
            (Part::New(_), None) => ManualAction::Create,
        }
    }

    /// Whether something is made in it.
    pub(super) fn is_made(self) -> bool {
        matches!(self.action(), ManualAction::Create | ManualAction::Format)
    }

    /// Whether a LUKS container is there that can stay.
    pub(super) fn has_container(self) -> bool {
        let stays = matches!(self.action(), ManualAction::Keep | ManualAction::Format);
        stays && self.old.is_some_and(|old| KeptLuks::of(old).is_ok())
    }

    /// Whether it is said where it is mounted.
    pub(super) fn mounts(self) -> bool {
        self.wish.is_some_and(|wish| wish.mount.is_some())
    }

    /// Whether it stays and is opened.
    pub(super) fn is_unlocked(self) -> bool {
        self.wish.is_some_and(|wish| wish.unlock == Some(true))
    }

    /// Whether it stays as it is, and holds a btrfs, subvolumes of which can be mounted.
    pub(super) fn keeps_btrfs(self) -> bool {
        let content = self.old.map(|old| &old.content);
        let is_btrfs = matches!(content, Some(Content::Formatted(fs)) if fs.kind == "btrfs");
        is_btrfs && self.action() == ManualAction::Keep
    }

    /// The subvolumes that are there, where it is known and they stay.
    pub(super) fn found_subvolumes(self) -> Option<&'a Subvolumes> {
        let old = self.old.filter(|_| self.keeps_btrfs())?;
        subvolumes::found_in(old)
    }

    pub(super) fn has_found_subvolumes(self) -> bool {
        let found = self.found_subvolumes();
        found.is_some_and(|found| !found.all.is_empty())
    }

    /// The problems of some of its keys.
    pub(super) fn problems(self, keys: &[&str]) -> Vec<&'a Problem> {
        let Some(place) = super::rows::place_of(self.row) else {
            return Vec::new();
        };
        let field = format!("disk.disks[{}].partitions[{place}].", self.index);
        let all = self.ctx.draft.problems().iter();
        let here = all.filter(|problem| {
            let key = problem.field.strip_prefix(&field);
            key.is_some_and(|key| keys.contains(&key))
        });
        here.collect()
    }

    /// The problems of some of its keys, each with how to mend it.
    pub(super) fn told(self, keys: &[&str]) -> Option<Element<'a, Message>> {
        let p = self.ctx.palette();
        let told = self.problems(keys).into_iter().map(|problem| {
            let colour = match problem.severity {
                Severity::Error => p.danger,
                Severity::Warning => p.warning,
            };
            let (sentence, mend) = words(self.ctx, problem);
            column![small(sentence, colour), small(mend, p.muted)].into()
        });
        let told: Vec<Element<'a, Message>> = told.collect();
        let column = |told| Column::with_children(told).spacing(space::XS).into();
        (!told.is_empty()).then(|| column(told))
    }
}

pub(super) fn mounts_at(wish: &ManualPartition, place: &str) -> bool {
    let parts = wish
        .subvolumes
        .iter()
        .filter_map(|part| part.mount.as_ref());
    let mut mounts = parts.chain(&wish.mount).map(MountPath::as_str);
    mounts.any(|at| at == place)
}

/// One of several that stand side by side.
pub(super) fn toggle<'a>(
    ctx: Context<'a>,
    chosen: bool,
    words: String,
    message: Message,
    id: String,
) -> Element<'a, Message> {
    crate::wizard::widget::toggle(ctx.palette(), chosen, words, message)
        .id(id)
        .into()
}

pub(super) fn toggles<'a>(
    all: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let line = Line::with_children(all).spacing(space::XS).wrap();
    Scope::group(line.vertical_spacing(space::XS)).into()
}

/// Whether it stays, is made anew, gets another size, or goes.
pub(super) fn actions<'a>(chosen: Chosen<'a>) -> Element<'a, Message> {
    let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
    let now = chosen.action();
    let not_smaller = chosen.old.and_then(|old| smallest(old).err());
    let not_larger = chosen.old.and_then(|old| growable(old).err());
    let can_be_resized = not_smaller.is_none() || not_larger.is_none();
    let mut all: Vec<Element<'a, Message>> = Vec::new();
    let kinds = [
        (ManualAction::Keep, "keep"),
        (ManualAction::Format, "format"),
        (ManualAction::Resize, "resize"),
    ];
    for (action, key) in kinds {
        if action == ManualAction::Resize && !can_be_resized && now != action {
            continue;
        }
        let words = ctx.t(&format!("part-action-{key}"));
        let change = Message::Change(Change::Action(action));
        all.push(toggle(
            ctx,
            now == action,
            words,
            change,
            format!("action-{key}"),
        ));
    }
    let delete = button(
        p,
        Kind::Plain,
        ctx.t("part-action-delete"),
        Some(Message::Delete),
    );
    all.push(delete.id("delete").into());
    let told = |why: Option<String>, key: &str| {
        let why = why.map(|why| match ctx.texts.language() {
            Language::English => ctx.tv(key, "why", why),
            _ => ctx.t(&format!("{key}-short")),
        });
        why.map(|why| small(why, p.muted))
    };
    let not_smaller = told(not_smaller, "part-not-smaller");
    // Where it can be neither, that it has no other size is said once.
    let not_larger = not_larger.filter(|_| can_be_resized);
    let not_larger = told(not_larger.map(|why| why.to_string()), "part-not-larger");
    column![toggles(all)]
        .push(not_smaller)
        .push(not_larger)
        .spacing(space::XS)
        .into()
}

pub(super) fn formats<'a>(
    chosen: Chosen<'a>,
    now: Option<PartitionFormat>,
) -> Element<'a, Message> {
    let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
    let all = PartitionFormat::ALL.map(|format| {
        let change = Message::Change(Change::Format(format));
        let id = format!("format-{format}");
        toggle(ctx, now == Some(format), format.to_string(), change, id)
    });
    column![label(p, ctx.t("file-system")), toggles(all)]
        .push(chosen.told(&["file_system"]))
        .spacing(space::XS)
        .into()
}

/// Whether the container that is there is opened.
pub(super) fn unlock<'a>(chosen: Chosen<'a>) -> Option<Element<'a, Message>> {
    let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
    let on = chosen.is_unlocked();
    (on || chosen.has_container()).then(|| {
        let change = Message::Change(Change::Unlock(!on));
        let note = Some(ctx.t("part-unlock-note"));
        let tick = check(p, on, ctx.t("part-unlock"), note, change).id("part-unlock");
        column![tick].push(chosen.told(&["unlock"])).into()
    })
}

/// What is on or off.
pub(super) fn ticks<'a>(
    chosen: Chosen<'a>,
    format: Option<PartitionFormat>,
) -> Element<'a, Message> {
    let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
    let wish = chosen.wish;
    let encrypted = wish.is_some_and(|wish| wish.encrypt == Some(true));
    let can_encrypt = format != Some(PartitionFormat::Vfat) && !chosen.is_unlocked();
    let encrypt = can_encrypt.then(|| {
        let change = Message::Change(Change::Encrypt(!encrypted));
        check(p, encrypted, ctx.t("part-encrypt"), None, change).id("encrypt")
    });
    let sleeps = wish.is_some_and(|wish| wish.hibernation == Some(true));
    let is_swap = format == Some(PartitionFormat::Swap);
    let sleep = is_swap.then(|| {
        let change = Message::Change(Change::Hibernation(!sleeps));
        check(p, sleeps, ctx.t("part-hibernation"), None, change).id("hibernation")
    });
    column![]
        .push(encrypt)
        .push(chosen.told(&["encrypt"]))
        .push(sleep)
        .push(chosen.told(&["hibernation"]))
        .into()
}
