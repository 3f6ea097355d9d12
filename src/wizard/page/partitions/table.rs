//! The disk as a bar and as a table: one row for each partition and each gap, one of them chosen.

use super::choices::mounts_at;
use super::problems::words;
use super::{FEW, Message, State, subvolumes};
use crate::machine::{Disk, Partition};
use crate::plan::{Row, RowKind};
use crate::preset::{
    Layout, ManualPartition, ManualTable, MountPath, PartitionFormat, PartitionType,
};
use crate::units::Sectors;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::{Context, disk};
use crate::wizard::theme::space;
use crate::wizard::widget::{
    Kind, Row as ListRow, Scope, Segment, SegmentKind, button, card, disk_strip, label, muted,
    small, table_row, toggle,
};
use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, Row as Line, column, container, row};
use iced::{Center, FillPortion};

/// A page narrower than this has no room for the form beside the table, in logical pixels.
const ROOM_FOR_BOTH: f32 = 640.0;

/// So many subvolumes that go are named in a row, what stands for the others included.
const NAMED: usize = 6;

/// How high the list of all disks is, in logical pixels.
const LIST: f32 = 260.0;

/// The id of a row.
pub(super) fn row_id(start: Sectors) -> String {
    format!("row-{start}")
}

/// What of a row is told in words.
struct Told {
    segment: Segment,
    /// What is wrong with it.
    errors: Vec<String>,
}

impl State {
    /// Which disk is shown.
    pub(super) fn disks_view<'a>(
        &'a self,
        ctx: Context<'a>,
        shown: &'a Disk,
    ) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let all = disk::disks(ctx.draft);
        // Nothing can be made of the medium that this system runs from.
        let is_offered = |(index, disk): &(usize, &Disk)| !disk.live_medium || *index == self.shown;
        let offered = all.iter().enumerate().filter(is_offered);
        if offered.clone().count() < 2 {
            return None;
        }
        let named = |disk: &Disk| super::index_of(&ctx.draft.preset().disk, disk).is_some();
        let is_tab = |(index, disk): &(usize, &Disk)| {
            all.len() <= FEW || *index == self.shown || named(disk)
        };
        let tabs = offered.filter(is_tab);
        let tabs = tabs.map(|(index, disk)| {
            let words = ctx
                .texts
                .list(&[disk::name_of(ctx, disk), ctx.texts.size(disk.size)]);
            let tab = toggle(p, index == self.shown, words, Message::Show(index));
            tab.id(format!("disk-{index}")).into()
        });
        let others = (all.len() > FEW).then(|| {
            let words = ctx.t("part-other-disk");
            button(p, Kind::Quiet, words, Some(Message::OtherDisks)).id("other-disk")
        });
        let tabs = Scope::group(Line::with_children(tabs).spacing(space::S).wrap());
        let line = row![tabs].push(others).spacing(space::S).align_y(Center);
        let list = self.listed.then(|| {
            let words = (ctx.t("disk-search"), ctx.t("disk-search-nothing"));
            let list = self.list.view(p, words, Some(self.shown));
            container(list.map(Message::Disks)).height(LIST)
        });
        let which = small(disk::details_of(ctx, shown), p.muted);
        Some(column![line, which].push(list).spacing(space::S).into())
    }

    /// The list of all disks, for a computer with many.
    pub(super) fn fill_list(&mut self, draft: &Draft) {
        let rows = disk::disks(draft).iter().map(|disk| ListRow {
            title: disk.model.clone().unwrap_or_else(|| disk.name.clone()),
            note: format!("{}  ·  {}", disk.size, disk.path.display()),
            words: disk.serial.clone().unwrap_or_default().to_lowercase(),
        });
        self.list = crate::wizard::widget::List::new("partitions-disk", rows.collect());
    }

    /// Bar, tools, table and form.
    pub(super) fn editor<'a>(&'a self, ctx: Context<'a>, disk: &'a Disk) -> Element<'a, Message> {
        let told: Vec<(&Row, Told)> = self
            .rows()
            .iter()
            .map(|row| (row, self.told(ctx, disk, row)))
            .collect();
        let at = self.row().map(|row| row.start);
        let bar = disk_strip(
            ctx.palette(),
            "partition-bar",
            told.iter()
                .filter(|(row, _)| !self.is_frame(row))
                .map(|(row, told)| {
                    let select = Message::Select(row.start);
                    (&told.segment, Some(row.start) == at, select)
                }),
        );
        let table = self.table(ctx, told);
        let form = self.form(ctx, disk);
        let both: Element<'a, Message> = match ctx.width < ROOM_FOR_BOTH {
            true => column![table, form].spacing(space::M).into(),
            false => {
                let table = container(table).width(FillPortion(11));
                let form = container(form).width(FillPortion(10));
                row![table, form].spacing(space::M).into()
            }
        };
        // What may go stands with what stays, so that nothing below loses the focus with it.
        let bar = column![bar].push(self.start(ctx, disk)).spacing(space::M);
        column![bar, self.tools(ctx, disk), both]
            .spacing(space::M)
            .into()
    }

    /// Whether it is an extended partition that is shown by what lies in it.
    fn is_frame(&self, row: &Row) -> bool {
        let end = Sectors(row.start.0.saturating_add(row.length.0));
        let mut rows = self.rows().iter();
        rows.any(|other| other.start > row.start && other.start < end)
    }

    /// Something to begin with, while nothing is said yet.
    fn start<'a>(&'a self, ctx: Context<'a>, disk: &Disk) -> Option<Element<'a, Message>> {
        let p = ctx.palette();
        let manual = self.manual(ctx.draft, disk);
        let is_new = manual
            .is_none_or(|manual| manual.partitions.is_empty() && manual.table == ManualTable::Keep);
        let free = self.rows().iter();
        let free = free.filter(|row| matches!(row.kind, RowKind::Free { .. }));
        let has_partitions = !disk.partitions().is_empty();
        let free = free.count() > 0 && has_partitions;
        let begin = |key: &str, layout| {
            let words = ctx.t(&format!("part-begin-{key}"));
            let begin = button(p, Kind::Plain, words, Some(Message::Begin(layout)));
            begin.id(format!("begin-{key}"))
        };
        is_new.then(|| {
            let buttons = row![begin("erase", Layout::Erase)]
                .push(free.then(|| begin("free", Layout::Free)))
                .spacing(space::S)
                .wrap()
                .vertical_spacing(space::S);
            let words = label(p, ctx.t("part-begin"));
            column![words, buttons].spacing(space::XS).into()
        })
    }

    /// Undo, redo, all of it, and the table itself.
    fn tools<'a>(&'a self, ctx: Context<'a>, disk: &Disk) -> Element<'a, Message> {
        let p = ctx.palette();
        let tool = |key: &'static str, message: Option<Message>| {
            button(p, Kind::Plain, ctx.t(&format!("part-{key}")), message).id(key)
        };
        let manual = self.manual(ctx.draft, disk);
        let is_new = manual.is_some_and(|manual| manual.table == ManualTable::New);
        let said = &ctx.draft.preset().disk.disks;
        let any = said
            .iter()
            .any(|disk| disk.table == ManualTable::New || !disk.partitions.is_empty());
        let can_keep = !disk.partitions().is_empty();
        let table = match is_new {
            false => Some(tool("new-table", Some(Message::Table(ManualTable::New)))),
            true if can_keep => Some(tool("keep-table", Some(Message::Table(ManualTable::Keep)))),
            true => None,
        };
        row![
            tool("undo", self.history.can_undo().then_some(Message::Undo)),
            tool("redo", self.history.can_redo().then_some(Message::Redo)),
            tool("reset", any.then_some(Message::Reset)),
        ]
        .push(table)
        .spacing(space::S)
        .wrap()
        .vertical_spacing(space::S)
        .into()
    }

    fn table<'a>(&'a self, ctx: Context<'a>, told: Vec<(&Row, Told)>) -> Element<'a, Message> {
        let p = ctx.palette();
        let at = self.row().map(|row| row.start);
        if told.is_empty() {
            return card(p, muted(p, ctx.t("part-no-table"))).into();
        }
        let rows = told.into_iter().map(|(row, told)| {
            let chosen = Some(row.start) == at;
            let select = Message::Select(row.start);
            table_row(
                p,
                row_id(row.start),
                told.segment,
                told.errors,
                chosen,
                select,
            )
        });
        let rows = Column::with_children(rows).spacing(space::XS);
        Scope::keys(rows)
            .on_key(|key, modifiers| match key {
                Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
                Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
                Key::Named(Named::Delete) if modifiers.is_empty() => Some(Message::Delete),
                _ => None,
            })
            .into()
    }

    fn told(&self, ctx: Context<'_>, disk: &Disk, row: &Row) -> Told {
        let size = row.length.bytes(disk.sectors.logical);
        let wish = self.wish(ctx.draft, disk, row);
        let old = |number: u32| {
            let mut partitions = disk.partitions().iter();
            (disk, partitions.find(|p| p.number == number))
        };
        let fate = |key: &str| ctx.t(&format!("part-fate-{key}"));
        let (name, kind, fate) = match row.kind {
            RowKind::Free { .. } => (free(ctx), SegmentKind::Free, Vec::new()),
            RowKind::Stays { number, .. } => there(ctx, old(number), number, wish, fate("stays")),
            RowKind::Smaller { number, .. } => {
                there(ctx, old(number), number, wish, fate("smaller"))
            }
            RowKind::Larger { number, .. } => there(ctx, old(number), number, wish, fate("larger")),
            RowKind::Formatted { number, .. } => {
                formatted(ctx, old(number), number, wish, fate("formatted"))
            }
            RowKind::New { .. } => made(ctx, wish, fate("new")),
        };
        let size_in_words = match size.0 {
            0 => ctx.t("part-no-place"),
            _ => ctx.texts.size(size),
        };
        let details: Vec<String> = std::iter::once(size_in_words).chain(fate).collect();
        let errors = self.errors_of(ctx.draft, self.index(ctx.draft, disk), row);
        Told {
            segment: Segment {
                name: ctx.texts.list(&name),
                detail: ctx.texts.list(&details),
                size: size.0.max(1),
                kind,
            },
            errors: errors.map(|error| words(ctx, error).0).collect(),
        }
    }
}

/// The parts of a row's name, what kind of thing it is, and what else is told below.
type Parts = (Vec<String>, SegmentKind, Vec<String>);

fn free(ctx: Context<'_>) -> Vec<String> {
    vec![ctx.t("content-free")]
}

/// Number and name of a partition that is there.
fn named(
    ctx: Context<'_>,
    (on, partition): (&Disk, Option<&Partition>),
    number: u32,
) -> (Vec<String>, SegmentKind) {
    let (name, kind) = match partition {
        Some(partition) => disk::partition_words(ctx, on, partition),
        None => (ctx.t("content-unknown"), SegmentKind::Other),
    };
    (vec![number.to_string(), name], kind)
}

/// A partition that stays, with where it or what is in it is mounted.
fn there(
    ctx: Context<'_>,
    partition: (&Disk, Option<&Partition>),
    number: u32,
    wish: Option<&ManualPartition>,
    fate: String,
) -> Parts {
    let (mut name, kind) = named(ctx, partition, number);
    name.extend(wish.and_then(mounts_of));
    let gone = wish.and_then(|wish| subvolumes_go(ctx, wish));
    (name, kind, std::iter::once(fate).chain(gone).collect())
}

/// Which subvolumes go, by name; of very many, the first.
fn subvolumes_go(ctx: Context<'_>, wish: &ManualPartition) -> Option<String> {
    let all: Vec<&str> = subvolumes::going(wish).collect();
    let named = if all.len() > NAMED {
        NAMED - 1
    } else {
        all.len()
    };
    let mut names = all
        .iter()
        .take(named)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if all.len() > named {
        let more = ctx.tv("content-more", "count", (all.len() - named).to_string());
        names = format!("{names}, {more}");
    }
    let names = [("names", names.into())];
    (!all.is_empty()).then(|| {
        ctx.texts
            .count_with("part-fate-subvolumes", all.len(), &names)
    })
}

/// A partition whose content is made anew: what it was, and what it becomes.
fn formatted(
    ctx: Context<'_>,
    partition: (&Disk, Option<&Partition>),
    number: u32,
    wish: Option<&ManualPartition>,
    fate: String,
) -> Parts {
    let (mut name, kind) = named(ctx, partition, number);
    let Some(wish) = wish else {
        return (name, kind, vec![fate]);
    };
    let is_swap = wish.file_system == Some(PartitionFormat::Swap);
    name.extend(mounts_of(wish));
    let format = match is_swap {
        true => Some(ctx.t("content-swap")),
        false => wish.file_system.map(|format| format.to_string()),
    };
    let becomes = format.into_iter().chain(encrypted(ctx, wish));
    (name, kind_of(wish), becomes.chain([fate]).collect())
}

/// A partition that is made: where it is mounted, or what it is for, and what it holds.
fn made(ctx: Context<'_>, wish: Option<&ManualPartition>, fate: String) -> Parts {
    let Some(wish) = wish else {
        return (free(ctx), SegmentKind::Free, Vec::new());
    };
    let is_swap = wish.file_system == Some(PartitionFormat::Swap);
    let name = match wish.kind {
        Some(PartitionType::BiosBoot) => ctx.t("content-bios-boot"),
        _ if is_swap => ctx.t("content-swap"),
        _ => mounts_of(wish).unwrap_or_else(|| ctx.t("part-not-mounted")),
    };
    let format = wish.file_system.filter(|_| !is_swap);
    let format = format.map(|format| format.to_string());
    let name = std::iter::once(name).chain(format);
    let name = name.chain(encrypted(ctx, wish)).collect();
    (name, kind_of(wish), vec![fate])
}

/// That it is encrypted, if it is.
fn encrypted(ctx: Context<'_>, wish: &ManualPartition) -> Option<String> {
    let is_encrypted = wish.encrypt == Some(true) || wish.unlock == Some(true);
    is_encrypted.then(|| ctx.t("content-encrypted"))
}

/// Where it and its subvolumes are mounted.
fn mounts_of(wish: &ManualPartition) -> Option<String> {
    let parts = wish.subvolumes.iter();
    let parts = parts.filter_map(|part| part.mount.as_ref());
    let all: Vec<&str> = parts.chain(&wish.mount).map(MountPath::as_str).collect();
    (!all.is_empty()).then(|| all.join("  "))
}

/// What kind of thing is made.
fn kind_of(wish: &ManualPartition) -> SegmentKind {
    let is_boot = |at: &str| mounts_at(wish, at);
    match wish.file_system {
        _ if is_boot("/boot") || is_boot("/efi") => SegmentKind::Boot,
        _ if wish.kind == Some(PartitionType::BiosBoot) => SegmentKind::Boot,
        Some(PartitionFormat::Swap) => SegmentKind::Linux,
        _ => SegmentKind::Nixos,
    }
}
