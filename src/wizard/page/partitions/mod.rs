//! Partitions: what becomes of each partition, said by the person.
//!
//! ```text
//! click, key ─▶ edit (plain data) ─▶ history ─▶ draft ─▶ plan ─▶ rows, bar, problems beside fields
//! ```
//!
//! What is edited is the preset itself; the page keeps older ones to undo.

mod aside;
mod choices;
mod edit;
mod fields;
mod flags;
mod form;
mod history;
mod offers;
mod problems;
mod purpose;
mod rows;
mod subvolume_form;
mod subvolumes;
mod suggest;
mod table;
mod update;

pub(crate) use edit::{Change, Part};
pub(crate) use fields::Field;
pub(crate) use flags::flag_key;
pub(crate) use purpose::Purpose;
pub(crate) use subvolumes::SubvolumeChange;

use super::disk::{self, encryption};
use super::{Context, Page, sheet};
use crate::machine::Disk;
use crate::plan::{EditedDisk, Row, Severity, edited_disk};
use crate::preset::{DiskPreset, Layout, ManualDisk, ManualPartition, ManualTable};
use crate::units::Sectors;
use crate::wizard::Element;
use crate::wizard::draft::{Draft, choice_of};
use crate::wizard::theme::space;
use crate::wizard::widget::{List, ListMessage};
use aside::Aside;
use fields::is_wrong;
use history::History;
use iced::Task;
use iced::keyboard::{Key, Modifiers};
use iced::widget::{Column, column};
use offers::Offers;
use rows::{add_unplaced, place_of};
use std::collections::BTreeMap;

/// More disks than this are found in a list.
const FEW: usize = 4;

/// The key of the text for what the plan finds wrong.
pub(crate) const INCOMPLETE: &str = "partitions-incomplete";

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
    /// Shows every subvolume, or the first few.
    AllSubvolumes,
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
    /// Whether the person chose that row.
    chosen: bool,
    /// Where its partition can be mounted.
    offers: Offers,
    history: History<Vec<ManualDisk>, (usize, Sectors, Field)>,
    /// What is in fields as it was written, whatever it means.
    typed: BTreeMap<Field, String>,
    more: bool,
    all_subvolumes: bool,
    aside: Aside,
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

impl State {
    /// With what a preset says already.
    pub(crate) fn new(draft: &Draft) -> Self {
        Self {
            shown: 0,
            edited: None,
            selected: Sectors(0),
            chosen: false,
            offers: Offers::default(),
            history: History::new(),
            typed: BTreeMap::new(),
            more: false,
            all_subvolumes: false,
            aside: Aside::new(&draft.preset().disk),
            list: List::new("partitions-disk", Vec::new()),
            listed: false,
        }
    }

    /// Follows the Disk page, where another layout or another disk may have been chosen.
    pub(crate) fn follow(&mut self, draft: &mut Draft) {
        draft.edit(|preset| self.aside.follow(&mut preset.disk));
    }

    /// Shows the first of the disks that the preset names, and of it the first row that is wrong.
    pub(crate) fn enter(&mut self, draft: &mut Draft) -> Task<Message> {
        let before = (self.shown, self.selected);
        self.chosen = false;
        self.follow(draft);
        if let Some(index) = disk::chosen(draft) {
            self.shown = index;
        }
        self.fill_list(draft);
        self.look(draft);
        if before != (self.shown, self.selected) {
            // What was written was about another row.
            self.typed.clear();
        }
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
        let index = place_in(&mut preset, disk);
        self.edited = edited_disk(draft.survey(), disk, &preset, index);
        if let (Some(edited), Some(manual)) = (&mut self.edited, preset.disks.get(index)) {
            add_unplaced(
                edited,
                manual,
                disk.size.whole_sectors(disk.sectors.logical),
            );
        }
        let is_wrong = |row: &&Row| self.errors_of(draft, index, row).next().is_some();
        let now = self.row();
        let wrong = now
            .filter(is_wrong)
            .or_else(|| self.rows().iter().find(is_wrong));
        let row = wrong.filter(|_| !self.chosen).or(now);
        self.selected = row.map_or(Sectors(0), |row| row.start);
        self.aside.note(&draft.preset().disk);
        self.offer(draft);
    }

    /// The disk that is shown.
    pub(crate) fn shown_disk<'a>(&self, draft: &'a Draft) -> Option<&'a Disk> {
        disk::disks(draft).get(self.shown)
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
            Some(INCOMPLETE)
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
        let passphrase = passphrase.map(|fields| fields.map(Message::Passphrase));
        // What is in a container is not known before: with its passphrase work begins.
        let (first, last) = match unlocks(&ctx.draft.preset().disk) {
            true => (passphrase, None),
            false => (None, passphrase),
        };
        let content = column![self.disks_view(ctx, disk)]
            .push(first)
            .push(self.editor(ctx, disk))
            .push(last)
            .push(self.general(ctx, self.index(ctx.draft, disk)))
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

/// Whether a container that stays is to be opened.
fn unlocks(preset: &DiskPreset) -> bool {
    let mut parts = preset.disks.iter().flat_map(|disk| &disk.partitions);
    parts.any(|part| part.unlock == Some(true))
}

/// The place of a disk in the preset's list, where it comes last if it is not named yet.
fn place_in(preset: &mut DiskPreset, disk: &Disk) -> usize {
    index_of(preset, disk).unwrap_or_else(|| {
        preset.disks.push(ManualDisk {
            choose: choice_of(disk),
            ..ManualDisk::default()
        });
        preset.disks.len() - 1
    })
}

fn index_of(preset: &DiskPreset, disk: &Disk) -> Option<usize> {
    let choice = choice_of(disk);
    preset
        .disks
        .iter()
        .position(|manual| manual.choose == choice)
}
