//! What can be done with the row that is chosen, and what is wrong with it, beside each field.

use super::choices::{Chosen, actions, formats, mounts_at, ticks, toggle, toggles, unlock};
use super::problems::words;
use super::rows::most;
use super::{Change, Field, Message, Purpose, State, is_wrong};
use crate::machine::{Disk, Firmware, Partition, Table, TableKind};
use crate::plan::{Row, growable, smallest};
use crate::preset::{
    ManualAction, ManualPartition, ManualTable, PartSize, PartitionFormat, PartitionType,
};
use crate::wizard::Element;
use crate::wizard::page::{Context, disk};
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, Scope, button, card, check, field, head, label, small};
use iced::widget::{Column, Row as Line, column, row};
use iced::{Center, Fill};

/// The types that are offered, and the ends of their keys.
const TYPES: [(Option<PartitionType>, &str); 8] = [
    (None, "usual"),
    (Some(PartitionType::Esp), "esp"),
    (Some(PartitionType::Xbootldr), "xbootldr"),
    (Some(PartitionType::BiosBoot), "bios-boot"),
    (Some(PartitionType::Root), "root"),
    (Some(PartitionType::Home), "home"),
    (Some(PartitionType::Swap), "swap"),
    (Some(PartitionType::Linux), "linux"),
];

impl State {
    /// The form beside the table.
    pub(super) fn form<'a>(&'a self, ctx: Context<'a>, disk: &'a Disk) -> Element<'a, Message> {
        let p = ctx.palette();
        let Some(row) = self.row() else {
            let told = self.edited.iter().flat_map(|edited| &edited.problems);
            let told = told.map(|problem| small(words(ctx, problem).0, p.text));
            return Column::with_children(told).width(Fill).into();
        };
        let content = match self.part(ctx.draft) {
            None => self.gap_form(ctx, disk, row),
            Some((part, old)) => self.part_form(Chosen {
                ctx,
                disk,
                row,
                part,
                wish: self.wish(ctx.draft, disk, row),
                old: old.map(|(partition, _)| partition),
                index: self.index(ctx.draft, disk),
            }),
        };
        card(p, content).padding(space::M).into()
    }

    /// What can be made in free space.
    fn gap_form<'a>(&'a self, ctx: Context<'a>, disk: &'a Disk, at: &Row) -> Element<'a, Message> {
        let p = ctx.palette();
        let size = at.length.bytes(disk.sectors.logical);
        let title = column![
            head(p, ctx.t("content-free")),
            small(ctx.texts.size(size), p.muted)
        ];
        let offers = self.purposes(ctx, disk).into_iter().map(|purpose| {
            let key = purpose.key();
            let words = ctx.t(&format!("part-purpose-{key}"));
            let make = button(p, Kind::Plain, words, Some(Message::Create(purpose)));
            make.id(format!("make-{key}")).into()
        });
        let offers = Line::with_children(offers).spacing(space::S).wrap();
        let offers = Scope::group(offers.vertical_spacing(space::S));
        let gone = self.gone_here(ctx, disk, at);
        column![title, label(p, ctx.t("part-create")), offers]
            .push(gone)
            .spacing(space::M)
            .into()
    }

    /// What a new partition may be for, what is missing first.
    fn purposes(&self, ctx: Context<'_>, disk: &Disk) -> Vec<Purpose> {
        let machine = ctx.draft.machine();
        let bios = machine.firmware.known() == Some(&Firmware::Bios);
        let said = ctx.draft.preset().disk.disks.iter();
        let said: Vec<&ManualPartition> = said.flat_map(|disk| &disk.partitions).collect();
        let is_mounted = |place: &str| said.iter().any(|wish| mounts_at(wish, place));
        let has_loader = said
            .iter()
            .any(|wish| wish.kind == Some(PartitionType::BiosBoot));
        // GRUB lies before its first partition.
        let is_new = self
            .manual(ctx.draft, disk)
            .is_some_and(|m| m.table == ManualTable::New);
        let stays_mbr = !is_new && is_mbr(disk);
        let fits = |purpose: &Purpose| match purpose {
            Purpose::Esp => !bios && !is_mounted("/boot"),
            Purpose::Loader => bios && !has_loader && !stays_mbr,
            Purpose::Kernels => bios && !is_mounted("/boot"),
            Purpose::System => !is_mounted("/"),
            Purpose::Home => !is_mounted("/home"),
            Purpose::Swap | Purpose::Data => true,
        };
        Purpose::ALL.into_iter().filter(fits).collect()
    }

    /// Partitions that went and have left this space.
    fn gone_here<'a>(
        &'a self,
        ctx: Context<'a>,
        disk: &'a Disk,
        at: &Row,
    ) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let gone = self.edited.iter().flat_map(|edited| &edited.gone);
        let end = at.start.0.saturating_add(at.length.0);
        let here = gone.filter_map(|(number, _)| {
            let mut all = disk.partitions().iter();
            let old = all.find(|partition| partition.number == *number)?;
            let inside = old.start >= at.start && old.start.0 < end;
            inside.then_some(old)
        });
        let lines = here.map(|old| {
            let number = old.number;
            let (name, _) = disk::partition_words(ctx, disk, old);
            let words = small(ctx.texts.list(&[number.to_string(), name]), p.text);
            let back = Some(Message::BringBack(number));
            let back = button(p, Kind::Quiet, ctx.t("part-bring-back"), back);
            row![words, back.id(format!("back-{number}"))]
                .spacing(space::S)
                .align_y(Center)
                .into()
        });
        let lines: Vec<Element<'a, Message>> = lines.collect();
        (!lines.is_empty()).then(|| {
            let title = small(ctx.t("part-goes"), p.danger);
            column![title, Column::with_children(lines)].into()
        })
    }

    fn part_form<'a>(&'a self, chosen: Chosen<'a>) -> Element<'a, Message> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let size = chosen.row.length.bytes(chosen.disk.sectors.logical);
        let name = match chosen.old {
            Some(old) => disk::partition_words(ctx, chosen.disk, old).0,
            None => ctx.t("part-new"),
        };
        let title = column![head(p, name), small(ctx.texts.size(size), p.muted)];
        let mut content = column![title].spacing(space::M);
        if chosen.old.is_some() {
            content = content.push(actions(chosen));
        }
        content = content.push(chosen.told(&["do", "partition"]));
        content = content.push(self.size(chosen));
        content = content.push(unlock(chosen));
        if chosen.is_made() {
            content = content.push(self.contents(chosen));
        } else if chosen.keeps_btrfs() {
            let has_parts = chosen.wish.is_some_and(|wish| !wish.subvolumes.is_empty());
            let whole = (!has_parts).then(|| self.mount(chosen));
            // It stands last, so that what is written above does not move when it goes.
            content = content.push(self.subvolumes(chosen)).push(whole);
        } else if chosen.is_unlocked() || !chosen.has_container() || chosen.mounts() {
            content = content.push(self.mount(chosen));
        }
        if !chosen.is_made() {
            let flags = self.flags(chosen);
            let flags = flags.map(|flags| self.behind(chosen, "part-more-flags", flags));
            content = content.push(flags);
        }
        if chosen.old.is_none() {
            let delete = button(p, Kind::Plain, ctx.t("part-delete"), Some(Message::Delete));
            content = content.push(delete.id("delete"));
        }
        content.into()
    }

    /// What is in a field: as it was written, or as it is.
    pub(super) fn text(&self, field: Field, now: Option<String>) -> String {
        let typed = self.typed.get(&field).cloned();
        typed.or(now).unwrap_or_default()
    }

    /// What is wrong with the form of what is in a field.
    pub(super) fn form_of(&self, ctx: Context<'_>, field: Field, key: &str) -> Option<String> {
        self.is_wrong(field).then(|| ctx.t(key))
    }

    /// Whether what is in a field has no form that it can have.
    fn is_wrong(&self, field: Field) -> bool {
        let typed = self.typed.get(&field);
        typed.is_some_and(|typed| is_wrong(field, typed))
    }

    fn size<'a>(&'a self, chosen: Chosen<'a>) -> Option<Element<'a, Message>> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let action = chosen.action();
        if !matches!(action, ManualAction::Create | ManualAction::Resize) {
            return None;
        }
        let said = chosen.wish.and_then(|wish| wish.size);
        let is_rest = said == Some(PartSize::Rest);
        let now = chosen.row.length.bytes(chosen.disk.sectors.logical);
        let sector = chosen.disk.sectors.logical;
        let most = most(self.rows(), chosen.row).bytes(sector);
        let grows = |old: &&Partition| most > old.length.bytes(sector) && growable(old).is_ok();
        let old = chosen.old.filter(|_| action == ManualAction::Resize);
        let can_grow = old.as_ref().is_some_and(grows);
        let words = match action {
            ManualAction::Create => Some("part-rest"),
            _ if can_grow || is_rest => Some("part-rest-behind"),
            _ => None,
        };
        let rest = words.map(|words| {
            let other = match is_rest {
                true => PartSize::Exactly(crate::preset::Size(now)),
                false => PartSize::Rest,
            };
            let change = Message::Change(Change::Size(other));
            check(p, is_rest, ctx.t(words), None, change).id("rest")
        });
        let written = (!is_rest).then(|| {
            let text = self.text(Field::Size, said.map(|size| size.to_string()));
            let wrong = self.form_of(ctx, Field::Size, "part-size-form");
            let write = |text| Message::Write(Field::Size, text);
            field(p, "size", ctx.t("part-size"), &text, wrong, write)
        });
        let least = old.and_then(|old| smallest(old).ok());
        let least = least.map(|least| {
            let words = ctx.tv("part-least", "size", ctx.texts.size(least));
            small(words, p.muted)
        });
        let most =
            can_grow.then(|| small(ctx.tv("part-most", "size", ctx.texts.size(most)), p.muted));
        let told = chosen.told(&["size", "gap_after"]);
        let all = column![].push(rest).push(written).push(told);
        let all = all.push(least).push(most);
        Some(all.spacing(space::XS).into())
    }

    /// Where it is mounted.
    fn mount<'a>(&'a self, chosen: Chosen<'a>) -> Element<'a, Message> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let name = match chosen.has_found_subvolumes() {
            true => ctx.t("part-mount-whole"),
            false => ctx.t("part-mount"),
        };
        let now = chosen.wish.and_then(|wish| wish.mount.as_ref());
        let text = self.text(Field::Mount, now.map(ToString::to_string));
        let wrong = self.form_of(ctx, Field::Mount, "part-mount-form");
        let write = |text| Message::Write(Field::Mount, text);
        if let Some(why) = self.offers.why_nowhere.as_ref()
            && text.is_empty()
        {
            let (sentence, mend) = words(ctx, why);
            let told = column![small(sentence, p.muted), small(mend, p.muted)];
            return column![label(p, name), told].into();
        }
        let written = field(p, "mount", name, &text, wrong, write);
        let offers = self.offers.places.iter().map(|place| {
            let change = place.parse().ok();
            let change = Message::Change(Change::Mount(change));
            button(p, Kind::Quiet, *place, Some(change)).into()
        });
        let offers = Line::with_children(offers).spacing(space::L).wrap();
        column![written]
            .push(chosen.told(&["mount"]))
            .push(offers)
            .spacing(space::XS)
            .into()
    }

    /// What is made in it.
    fn contents<'a>(&'a self, chosen: Chosen<'a>) -> Element<'a, Message> {
        let wish = chosen.wish;
        let format = wish.and_then(|wish| wish.file_system);
        let is_loader = wish.is_some_and(|wish| wish.kind == Some(PartitionType::BiosBoot));
        let mut content = Column::new().spacing(space::M);
        if !is_loader {
            let is_swap = format == Some(PartitionFormat::Swap);
            let has_parts = wish.is_some_and(|wish| !wish.subvolumes.is_empty());
            content = content.push(formats(chosen, format));
            if !is_swap && !has_parts {
                content = content.push(self.mount(chosen));
            }
            if format == Some(PartitionFormat::Btrfs) {
                content = content.push(self.subvolumes(chosen));
            }
            content = content.push(ticks(chosen, format));
        }
        let rare = self.rare(chosen, is_loader);
        content.push(self.behind(chosen, "part-more", rare)).into()
    }

    /// What few people need: behind a button, unless something is wrong with it.
    fn behind<'a>(
        &'a self,
        chosen: Chosen<'a>,
        words: &str,
        rare: Element<'a, Message>,
    ) -> Element<'a, Message> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let words = if self.more { "part-less" } else { words };
        let toggle = button(p, Kind::Quiet, ctx.t(words), Some(Message::More)).id("more");
        let is_wrong = self.is_wrong(Field::Label);
        let more =
            self.more || is_wrong || !chosen.problems(&["label", "type", "flags"]).is_empty();
        column![toggle]
            .push(more.then_some(rare))
            .spacing(space::M)
            .into()
    }

    /// Label, type and flags, which few people need.
    fn rare<'a>(&'a self, chosen: Chosen<'a>, is_loader: bool) -> Element<'a, Message> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let wish = chosen.wish;
        let is_swap = wish.is_some_and(|w| w.file_system == Some(PartitionFormat::Swap));
        let named = (!is_loader && !is_swap).then(|| {
            let now = wish.and_then(|wish| wish.label.as_ref());
            let text = self.text(Field::Label, now.map(ToString::to_string));
            let wrong = self.form_of(ctx, Field::Label, "part-label-form");
            let write = |text| Message::Write(Field::Label, text);
            field(p, "label", ctx.t("part-label"), &text, wrong, write)
        });
        let now = wish.and_then(|wish| wish.kind);
        let types = TYPES.map(|(kind, key)| {
            let words = ctx.t(&format!("part-type-{key}"));
            let change = Message::Change(Change::Kind(kind));
            toggle(ctx, kind == now, words, change, format!("type-{key}"))
        });
        // A container that stays has its partition's type.
        let types = (!chosen.is_unlocked()).then(|| toggles(types));
        column![]
            .push(named)
            .push(chosen.told(&["label"]))
            .push(types.is_some().then(|| label(p, ctx.t("part-type"))))
            .push(types)
            .push(chosen.told(&["type"]))
            .push(self.flags(chosen))
            .spacing(space::XS)
            .into()
    }
}

/// Whether a disk has an MBR.
pub(super) fn is_mbr(disk: &Disk) -> bool {
    let table = disk.table.known();
    table.is_some_and(|table| {
        matches!(
            table,
            Table::Partitioned {
                kind: TableKind::Mbr { .. },
                ..
            }
        )
    })
}
