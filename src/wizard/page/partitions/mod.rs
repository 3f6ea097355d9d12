//! Partitions: what becomes of each partition, said by the person.
//!
//! ```text
//! click, key ─▶ edit (plain data) ─▶ history ─▶ draft ─▶ plan ─▶ rows, bar, problems beside fields
//! ```
//!
//! What is edited is the preset itself; the page keeps older ones to undo.

mod choices;
mod edit;
mod fields;
mod form;
mod history;
mod problems;
mod suggest;
mod table;

pub(crate) use edit::{Change, Part, Purpose};
pub(crate) use fields::Field;

use super::disk::{self, encryption};
use super::{Context, Page, sheet};
use crate::machine::{Disk, Partition};
use crate::plan::{EditedDisk, Row, RowKind, Severity, edited_disk};
use crate::preset::{
    DiskPreset, Encryption, Keys, Layout, ManualDisk, ManualPartition, ManualTable, Preset,
};
use crate::units::{Bytes, Sectors};
use crate::wizard::Element;
use crate::wizard::draft::{Draft, choice_of};
use crate::wizard::theme::space;
use crate::wizard::widget::{List, ListMessage, show_focus};
use edit::Setting;
use fields::{is_wrong, meant};
use history::History;
use iced::Task;
use iced::keyboard::{Key, Modifiers};
use iced::widget::operation::focus;
use iced::widget::{Column, column};
use problems::general;
use std::collections::BTreeMap;

/// More disks than this are found in a list.
const FEW: usize = 4;

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// The disk at this place in the machine's list.
    Show(usize),
    /// Shows the list of all disks, or hides it.
    OtherDisks,
    Disks(ListMessage),
    /// The row that begins at a sector.
    Select(Sectors),
    /// So many rows down.
    Move(isize),
    /// Begins with what another layout would do.
    Begin(Layout),
    Table(ManualTable),
    Create(Purpose),
    Delete,
    /// A partition that went stays after all.
    BringBack(u32),
    Change(Change),
    Write(Field, String),
    /// Shows what few people need, or hides it.
    More,
    Undo,
    Redo,
    Reset,
    Passphrase(encryption::Message),
}

#[derive(Debug)]
pub(crate) struct State {
    /// The disk that is shown, by its place in the machine's list.
    shown: usize,
    /// It after all edits.
    edited: Option<EditedDisk>,
    /// The first sector of the row that is chosen.
    selected: Sectors,
    history: History<Vec<ManualDisk>, (usize, Sectors, Field)>,
    /// What is in fields as it was written, whatever it means.
    typed: BTreeMap<Field, String>,
    more: bool,
    /// The edits, while another layout is chosen.
    put_aside: Vec<ManualDisk>,
    /// Whether what is suggested is encrypted.
    encrypts: bool,
    list: List,
    listed: bool,
}

/// Whether the layout is the manual one.
pub(crate) fn is_manual(draft: &Draft) -> bool {
    draft.preset().disk.layout == Some(Layout::Manual)
}

/// What keys mean anywhere on the page.
pub(crate) fn shortcut(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let Key::Character(letter) = key else {
        return None;
    };
    match (letter.to_lowercase().as_str(), modifiers.shift()) {
        _ if !modifiers.command() => None,
        ("z", false) => Some(Message::Undo),
        ("z", true) | ("y", false) => Some(Message::Redo),
        _ => None,
    }
}

/// Leaves out disks of which nothing is said, but for the last one, and asks for a passphrase where
/// something is encrypted.
fn settle(preset: &mut Preset) {
    let disks = &mut preset.disk.disks;
    let first = disks.first().cloned();
    disks.retain(|disk| disk.table == ManualTable::New || !disk.partitions.is_empty());
    if disks.is_empty() {
        disks.extend(first);
    }
    let mut parts = disks.iter().flat_map(|disk| &disk.partitions);
    let any = parts.any(|part| part.encrypt == Some(true));
    let asked = matches!(preset.disk.encrypt, Some(Encryption::On(_)));
    if any != asked {
        preset.disk.encrypt = any.then_some(Encryption::On(Keys::default()));
    }
}

impl State {
    pub(crate) fn new() -> Self {
        Self {
            shown: 0,
            edited: None,
            selected: Sectors(0),
            history: History::new(),
            typed: BTreeMap::new(),
            more: false,
            put_aside: Vec::new(),
            encrypts: false,
            list: List::new("partitions-disk", Vec::new()),
            listed: false,
        }
    }

    /// Follows the Disk page: edits come back with the manual layout, and are put aside with another.
    pub(crate) fn follow(&mut self, draft: &mut Draft) {
        if !is_manual(draft) {
            self.encrypts = matches!(draft.preset().disk.encrypt, Some(Encryption::On(_)));
            return;
        }
        let now = &draft.preset().disk.disks;
        let is_untouched = now.iter().all(|d| d.partitions.is_empty());
        if is_untouched && !self.put_aside.is_empty() {
            let aside = std::mem::take(&mut self.put_aside);
            draft.edit(|preset| preset.disk.disks = aside);
        }
        draft.edit(settle);
    }

    /// Shows the first of the disks that the preset names.
    pub(crate) fn enter(&mut self, draft: &mut Draft) -> Task<Message> {
        self.follow(draft);
        if let Some(index) = disk::chosen(draft) {
            self.shown = index;
        }
        self.fill_list(draft);
        self.look(draft);
        Task::none()
    }

    /// The id of what has the focus at first.
    pub(crate) fn first(&self) -> String {
        table::row_id(self.selected)
    }

    /// Looks at the disk again: it, or what becomes of it, may be another one now.
    pub(crate) fn look(&mut self, draft: &Draft) {
        self.edited = None;
        let Some(disk) = disk::disks(draft).get(self.shown) else {
            return;
        };
        let mut preset = draft.preset().disk.clone();
        let index = match index_of(&preset, disk) {
            Some(index) => index,
            None => {
                preset.disks.push(ManualDisk {
                    choose: choice_of(disk),
                    ..ManualDisk::default()
                });
                preset.disks.len() - 1
            }
        };
        self.edited = edited_disk(draft.machine(), disk, &preset, index);
        if let (Some(edited), Some(manual)) = (&mut self.edited, preset.disks.get(index)) {
            add_unplaced(
                edited,
                manual,
                disk.size.whole_sectors(disk.sectors.logical),
            );
        }
        let begin = self.row().map_or(Sectors(0), |row| row.start);
        self.selected = begin;
        if !preset.disks.iter().all(|d| d.partitions.is_empty()) {
            self.put_aside.clone_from(&draft.preset().disk.disks);
        }
    }

    /// The disk that is shown.
    pub(crate) fn shown_disk<'a>(&self, draft: &'a Draft) -> Option<&'a Disk> {
        disk::disks(draft).get(self.shown)
    }

    fn rows(&self) -> &[Row] {
        self.edited.as_ref().map_or(&[], |edited| &edited.rows)
    }

    /// The row that is chosen: the one that begins at the sector or holds it.
    fn row(&self) -> Option<&Row> {
        let before = |row: &&Row| row.start <= self.selected;
        let rows = self.rows();
        rows.iter().rev().find(before).or_else(|| rows.first())
    }

    fn change(
        &mut self,
        draft: &mut Draft,
        field: Option<Field>,
        change: impl FnOnce(&mut ManualDisk),
    ) {
        let Some(disk) = disk::disks(draft).get(self.shown) else {
            return;
        };
        let choose = choice_of(disk);
        let index = index_of(&draft.preset().disk, disk);
        self.change_all(draft, field, |disks| {
            let index = index.unwrap_or_else(|| {
                disks.push(ManualDisk {
                    choose,
                    ..ManualDisk::default()
                });
                disks.len() - 1
            });
            if let Some(disk) = disks.get_mut(index) {
                change(disk);
            }
        });
    }

    fn change_all(
        &mut self,
        draft: &mut Draft,
        field: Option<Field>,
        change: impl FnOnce(&mut Vec<ManualDisk>),
    ) {
        let before = draft.preset().disk.disks.clone();
        draft.edit(|preset| {
            change(&mut preset.disk.disks);
            settle(preset);
        });
        if draft.preset().disk.disks != before {
            let field = field.map(|field| (self.shown, self.selected, field));
            self.history.note(before, field);
        }
        self.look(draft);
    }

    /// Puts back how it was, or what was undone.
    fn put(&mut self, draft: &mut Draft, disks: Option<Vec<ManualDisk>>) {
        if let Some(disks) = disks {
            draft.edit(|preset| {
                preset.disk.disks = disks;
                settle(preset);
            });
            self.typed.clear();
            self.look(draft);
        }
    }

    fn select(&mut self, start: Sectors) -> Task<Message> {
        self.selected = start;
        self.typed.clear();
        self.history.pause();
        focus(table::row_id(start)).chain(show_focus())
    }

    /// The partition of the chosen row, and what it is now.
    fn part<'a>(&self, draft: &'a Draft) -> Option<(Part, Option<(&'a Partition, Bytes)>)> {
        let disk = disk::disks(draft).get(self.shown)?;
        let old = |number: u32| {
            let partition = disk.partitions().iter().find(|p| p.number == number)?;
            let size = partition.length.bytes(disk.sectors.logical);
            Some((Part::Old(number), Some((partition, size))))
        };
        match self.row()?.kind {
            RowKind::Free { .. } => None,
            RowKind::New { wish, .. } => Some((Part::New(wish), None)),
            RowKind::Stays { number, .. }
            | RowKind::Smaller { number, .. }
            | RowKind::Formatted { number, .. } => old(number),
        }
    }

    /// The number of the partition before the free space that is chosen, and how much there is.
    fn gap(&self, draft: &Draft) -> Option<(Option<u32>, Bytes)> {
        let disk = disk::disks(draft).get(self.shown)?;
        let row = self.row()?;
        let RowKind::Free { .. } = row.kind else {
            return None;
        };
        let old = |row: &&Row| row.start < self.selected && number_of_old(row).is_some();
        let before = self.rows().iter().rev().find(old).and_then(number_of_old);
        let index = index_of(&draft.preset().disk, disk);
        let manual = index.and_then(|index| draft.preset().disk.disks.get(index));
        let is_new = manual.is_some_and(|manual| manual.table == ManualTable::New);
        let after = (!is_new).then(|| before.unwrap_or(0));
        Some((after, row.length.bytes(disk.sectors.logical)))
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        if !matches!(message, Message::Write(..)) {
            self.history.pause();
        }
        match message {
            Message::Show(index) => {
                (self.shown, self.listed) = (index, false);
                self.selected = Sectors(0);
                self.typed.clear();
                self.look(draft);
            }
            Message::OtherDisks => self.listed = !self.listed,
            Message::Disks(message) => {
                let (row, task) = self.list.update(message, Some(self.shown));
                if let Some(row) = row {
                    self.shown = row;
                    self.selected = Sectors(0);
                    self.look(draft);
                }
                return task;
            }
            Message::Select(start) => return self.select(start),
            Message::Move(by) => {
                let rows = self.rows();
                let now = rows.iter().position(|row| row.start == self.selected);
                let next = now.map_or(0, |now| now.saturating_add_signed(by));
                let start = rows.get(next).map(|row| row.start);
                return start.map_or_else(Task::none, |start| self.select(start));
            }
            Message::Begin(layout) => self.begin(layout, draft),
            Message::Table(table) => {
                self.change(draft, None, |disk| edit::set_table(disk, table));
                return self.select(self.selected);
            }
            Message::Create(purpose) => {
                if let Some(gap) = self.gap(draft) {
                    let setting = setting(draft);
                    self.change(draft, None, |disk| {
                        edit::create(disk, gap, purpose, setting)
                    });
                    return self.select(self.selected);
                }
            }
            Message::Delete => {
                if let Some((part, _)) = self.part(draft) {
                    self.change(draft, None, |disk| edit::delete(disk, part));
                    return self.select(self.selected);
                }
            }
            Message::BringBack(number) => {
                self.change(draft, None, |disk| edit::bring_back(disk, number));
                return self.select(self.selected);
            }
            Message::Change(change) => {
                self.typed.clear();
                self.make(change, None, draft);
            }
            Message::Write(field, text) => {
                let meant = meant(field, &text);
                self.typed.insert(field, text);
                if let Some(change) = meant {
                    self.make(change, Some(field), draft);
                }
            }
            Message::More => self.more = !self.more,
            Message::Undo => {
                let now = draft.preset().disk.disks.clone();
                let before = self.history.undo(now);
                self.put(draft, before);
            }
            Message::Redo => {
                let now = draft.preset().disk.disks.clone();
                let after = self.history.redo(now);
                self.put(draft, after);
            }
            Message::Reset => {
                self.typed.clear();
                self.change_all(draft, None, |disks| {
                    disks.truncate(1);
                    for disk in disks {
                        edit::set_table(disk, ManualTable::Keep);
                    }
                });
            }
            // The Disk page has the passphrase.
            Message::Passphrase(_) => {}
        }
        Task::none()
    }

    fn make(&mut self, change: Change, field: Option<Field>, draft: &mut Draft) {
        let Some((part, old)) = self.part(draft) else {
            return;
        };
        let old = old.map(|(partition, size)| (partition.clone(), size));
        let setting = setting(draft);
        self.change(draft, field, |disk| {
            let old = old.as_ref().map(|(partition, size)| (partition, *size));
            edit::change(disk, part, old, change, setting);
        });
        // It may have another place now, or none.
        let new = |row: &&Row| match part {
            Part::New(wish) => place_of(row) == Some(wish),
            Part::Old(_) => false,
        };
        if let Some(row) = self.rows().iter().find(new) {
            self.selected = row.start;
        }
    }

    fn begin(&mut self, layout: Layout, draft: &mut Draft) {
        let Some(disk) = disk::disks(draft).get(self.shown) else {
            return;
        };
        let mut preset = draft.preset().clone();
        if self.encrypts {
            preset.disk.encrypt = Some(Encryption::On(Keys::default()));
        }
        let suggested = suggest::suggestion(draft.machine(), &preset, disk, layout);
        if let Some(suggested) = suggested {
            self.change(draft, None, |disk| *disk = suggested);
        }
    }

    /// What keeps the page from being complete, by the key of its text.
    pub(crate) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        if !is_manual(draft) {
            return None;
        }
        let wrong = |(field, text): (&Field, &String)| is_wrong(*field, text);
        let errors = draft.problems_of("disk");
        let mut errors = errors.filter(|problem| problem.severity == Severity::Error);
        if self.typed.iter().any(wrong) {
            Some("partitions-form")
        } else if errors.next().is_some() || draft.outline().is_none() {
            Some("partitions-incomplete")
        } else {
            None
        }
    }

    pub(crate) fn view<'a>(
        &'a self,
        ctx: Context<'a>,
        passphrase: Option<Element<'a, encryption::Message>>,
    ) -> Element<'a, Message> {
        let Some(disk) = disk::disks(ctx.draft).get(self.shown) else {
            return sheet(ctx, Page::Partitions, Column::new());
        };
        let content = column![self.disks_view(ctx, disk), self.editor(ctx, disk)]
            .push(passphrase.map(|fields| fields.map(Message::Passphrase)))
            .push(general(ctx, self.index(ctx.draft, disk)))
            .spacing(space::M);
        sheet(ctx, Page::Partitions, content)
    }

    /// The place of the disk in the preset's list; that of a disk that would come next.
    fn index(&self, draft: &Draft, disk: &Disk) -> usize {
        let preset = &draft.preset().disk;
        index_of(preset, disk).unwrap_or(preset.disks.len())
    }

    /// What the preset says of the disk that is shown.
    fn manual<'a>(&self, draft: &'a Draft, disk: &Disk) -> Option<&'a ManualDisk> {
        let preset = &draft.preset().disk;
        preset.disks.get(index_of(preset, disk)?)
    }

    /// What the preset says of a row.
    fn wish<'a>(&self, draft: &'a Draft, disk: &Disk, row: &Row) -> Option<&'a ManualPartition> {
        self.manual(draft, disk)?.partitions.get(place_of(row)?)
    }
}

/// Rows for what has no place, because it contradicts itself or does not fit: they stand at the end, so
/// that what is wrong with them is seen and can be changed.
fn add_unplaced(edited: &mut EditedDisk, manual: &ManualDisk, end: Sectors) {
    for row in &mut edited.rows {
        if let RowKind::Stays { number, wish } = &mut row.kind {
            let mut all = manual.partitions.iter();
            *wish = wish.or_else(|| all.position(|said| edit::is_about(said, *number)));
        }
    }
    let gone = edited.gone.iter().map(|(_, wish)| *wish);
    let placed: Vec<usize> = edited
        .rows
        .iter()
        .filter_map(place_of)
        .chain(gone)
        .collect();
    let said = manual.partitions.iter().enumerate();
    let unplaced = said.filter(|(wish, said)| said.partition.is_none() && !placed.contains(wish));
    let rows = unplaced.map(|(wish, _)| Row {
        start: Sectors(end.0.saturating_add(wish as u64)),
        length: Sectors(0),
        kind: RowKind::New { number: 0, wish },
    });
    let rows: Vec<Row> = rows.collect();
    edited.rows.extend(rows);
}

fn index_of(preset: &DiskPreset, disk: &Disk) -> Option<usize> {
    let choice = choice_of(disk);
    preset
        .disks
        .iter()
        .position(|manual| manual.choose == choice)
}

/// Where in the list it is said what becomes of a row.
const fn place_of(row: &Row) -> Option<usize> {
    match row.kind {
        RowKind::Free { .. } => None,
        RowKind::Stays { wish, .. } => wish,
        RowKind::Smaller { wish, .. }
        | RowKind::Formatted { wish, .. }
        | RowKind::New { wish, .. } => Some(wish),
    }
}

/// The number of a partition that was there before and has a place afterwards.
const fn number_of_old(row: &Row) -> Option<u32> {
    match row.kind {
        RowKind::Free { .. } | RowKind::New { .. } => None,
        RowKind::Stays { number, .. }
        | RowKind::Smaller { number, .. }
        | RowKind::Formatted { number, .. } => Some(number),
    }
}

fn setting(draft: &Draft) -> Setting {
    Setting {
        usual: draft.preset().disk.file_system.unwrap_or_default(),
        memory: draft.machine().memory.known().copied(),
    }
}
