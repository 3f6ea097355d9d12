//! What a message does: each operation is one change of the preset, which can be undone.

use super::choices::mounts_at;
use super::edit::Setting;
use super::fields::meant;
use super::rows::place_of;
use super::{Change, Field, Message, Part, State, edit, index_of, suggest, table};
use crate::plan::Row;
use crate::preset::{Layout, ManualDisk, ManualTable};
use crate::units::Sectors;
use crate::wizard::draft::{Draft, choice_of};
use crate::wizard::page::disk;
use crate::wizard::widget::show_focus;
use iced::Task;
use iced::widget::operation::focus;

impl State {
    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        if !matches!(message, Message::Write(..)) {
            self.history.pause();
        }
        match message {
            Message::Show(index) => {
                self.listed = false;
                self.show(index, draft);
            }
            Message::OtherDisks => self.listed = !self.listed,
            Message::Disks(message) => {
                let (row, task) = self.list.update(message, Some(self.shown));
                if let Some(row) = row {
                    self.show(row, draft);
                }
                return task;
            }
            Message::Select(start) => return self.select(start, draft),
            Message::Move(by) => {
                let rows = self.rows();
                let now = rows.iter().position(|row| row.start == self.selected);
                let next = now.map_or(0, |now| now.saturating_add_signed(by));
                let start = rows.get(next).map(|row| row.start);
                return start.map_or_else(Task::none, |start| self.select(start, draft));
            }
            Message::Begin(layout) => self.begin(layout, draft),
            Message::Table(table) => {
                self.change(draft, None, |disk| edit::set_table(disk, table));
                return self.select(self.selected, draft);
            }
            Message::Create(purpose) => {
                if let Some(gap) = self.gap(draft) {
                    let setting = setting(draft);
                    self.change(draft, None, |disk| {
                        edit::create(disk, gap, purpose, setting)
                    });
                    return self.select(self.selected, draft);
                }
            }
            Message::Delete => {
                if let Some((part, _)) = self.part(draft) {
                    let shown = disk::disks(draft).get(self.shown);
                    let gone = shown.map_or(vec![part], |disk| edit::going_with(disk, part));
                    self.change(draft, None, |disk| {
                        gone.into_iter().for_each(|part| edit::delete(disk, part));
                    });
                    return self.select(self.selected, draft);
                }
            }
            Message::BringBack(number) => {
                self.change(draft, None, |disk| edit::bring_back(disk, number));
                return self.select(self.selected, draft);
            }
            Message::Change(change) => {
                let is_unlock = matches!(change, Change::Unlock(true));
                self.typed.clear();
                self.make(change, None, draft);
                if is_unlock {
                    // What opens it is typed next.
                    return focus("passphrase").chain(show_focus());
                }
            }
            Message::Write(field, text) => {
                let meant = meant(field, &text);
                self.typed.insert(field, text);
                if let Some(change) = meant {
                    self.make(change, Some(field), draft);
                }
            }
            Message::More => self.more = !self.more,
            Message::AllSubvolumes => self.all_subvolumes = !self.all_subvolumes,
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
                self.chosen = false;
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

    fn show(&mut self, index: usize, draft: &Draft) {
        self.shown = index;
        (self.selected, self.chosen) = (Sectors(0), false);
        self.typed.clear();
        self.look(draft);
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
            self.offer(draft);
        }
    }

    fn begin(&mut self, layout: Layout, draft: &mut Draft) {
        self.chosen = false;
        let Some(disk) = disk::disks(draft).get(self.shown) else {
            return;
        };
        let mut preset = draft.preset().clone();
        if let Some(encryption) = self.aside.encryption() {
            preset.disk.encrypt = Some(encryption);
        }
        let suggested = suggest::suggestion(draft.survey(), &preset, disk, layout);
        if let Some(suggested) = suggested {
            self.change(draft, None, |disk| *disk = suggested);
        }
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
            self.aside.settle(&mut preset.disk);
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
                self.aside.settle(&mut preset.disk);
            });
            self.typed.clear();
            self.look(draft);
        }
    }

    fn select(&mut self, start: Sectors, draft: &Draft) -> Task<Message> {
        (self.selected, self.chosen) = (start, true);
        self.offer(draft);
        self.typed.clear();
        self.history.pause();
        focus(table::row_id(start)).chain(show_focus())
    }
}

pub(super) fn setting(draft: &Draft) -> Setting {
    let disk = &draft.preset().disk;
    let mut said = disk.disks.iter().flat_map(|disk| &disk.partitions);
    Setting {
        usual: disk.file_system.unwrap_or_default(),
        memory: draft.machine().memory.known().copied(),
        root_is_taken: said.any(|wish| mounts_at(wish, "/")),
    }
}
