//! The flags of a partition in the table: those that its table has, on or off.

use super::choices::{Chosen, toggle, toggles};
use super::form::is_mbr;
use super::{Change, Message, State};
use crate::machine::Partition;
use crate::preset::{ManualAction, ManualPartition, ManualTable, PartitionFlag};
use crate::storage::{PRIMARY, flags_of, is_of_gpt};
use crate::wizard::Element;
use crate::wizard::theme::space;
use crate::wizard::widget::label;
use iced::widget::column;
use std::collections::BTreeSet;

impl State {
    /// The flags; nothing where a partition can have none.
    pub(super) fn flags<'a>(&'a self, chosen: Chosen<'a>) -> Option<Element<'a, Message>> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let manual = self.manual(ctx.draft, chosen.disk);
        let is_new = manual.is_some_and(|manual| manual.table == ManualTable::New);
        let is_gpt = is_new || !is_mbr(chosen.disk);
        // A BIOS starts from a primary partition.
        let is_outside = |old: &Partition| old.number > PRIMARY || old.is_extended();
        if !is_gpt && chosen.old.is_some_and(is_outside) {
            return None;
        }
        let named = chosen.wish.and_then(|wish| wish.flags.clone());
        let now = named.unwrap_or_else(|| usual_flags(chosen.wish, chosen.old));
        let all = PartitionFlag::ALL.into_iter();
        let all = all.filter(|flag| is_of_gpt(*flag) == is_gpt).map(|flag| {
            let change = Message::Change(Change::Flag(flag));
            let id = format!("flag-{flag}");
            toggle(ctx, now.contains(&flag), ctx.t(flag_key(flag)), change, id)
        });
        let all = column![label(p, ctx.t("part-flags")), toggles(all)];
        Some(all.push(chosen.told(&["flags"])).spacing(space::XS).into())
    }
}

/// The flags that a partition has where none is named: its own if it stays, none if it is made.
fn usual_flags(wish: Option<&ManualPartition>, old: Option<&Partition>) -> BTreeSet<PartitionFlag> {
    let action = wish.map_or(ManualAction::Keep, ManualPartition::action);
    let stays = matches!(action, ManualAction::Keep | ManualAction::Resize);
    let old = old.filter(|_| stays);
    // A type of a GPT is a GUID.
    let own = old.map(|old| flags_of(old.attributes, !old.type_id.starts_with("0x")));
    own.unwrap_or_default()
}

/// Names the flags with this one, or without it; not at all where they are what they were.
pub(super) fn toggle_flag(
    wish: &mut ManualPartition,
    old: Option<&Partition>,
    flag: PartitionFlag,
) {
    let usual = usual_flags(Some(wish), old);
    let mut flags = wish.flags.take().unwrap_or_else(|| usual.clone());
    if !flags.remove(&flag) {
        flags.insert(flag);
    }
    wish.flags = (flags != usual).then_some(flags);
}

/// What a flag is called.
pub(crate) const fn flag_key(flag: PartitionFlag) -> &'static str {
    match flag {
        PartitionFlag::Required => "part-flag-required",
        PartitionFlag::NoBlockIo => "part-flag-no-block-io",
        PartitionFlag::LegacyBoot => "part-flag-legacy-boot",
        PartitionFlag::GrowFileSystem => "part-flag-grow-file-system",
        PartitionFlag::ReadOnly => "part-flag-read-only",
        PartitionFlag::NoAuto => "part-flag-no-auto",
        PartitionFlag::Active => "part-flag-active",
    }
}
