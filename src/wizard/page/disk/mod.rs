//! Disk: which one, what is on it now, and what it will hold.

mod bars;
mod cards;
mod contents;
pub(crate) mod encryption;
mod layouts;
mod lead;
mod offers;
mod places;
mod recovery;
mod share;
mod start;
mod unlock;
mod view;

pub(crate) use bars::{after, before, by_type, partition_words, words_of};
pub(crate) use cards::{details_of, drive_of, name_of, why_not};
pub(crate) use contents::summary;
pub(crate) use offers::name as layout_name;

use super::Context;
use crate::engine::RecoveryKey;
use crate::machine::{Disk, Machine, Unlocked};
use crate::plan::{EspChoice, Mode, Severity, SpotPlace};
use crate::preset::{DiskChoice, FileSystemKind, FoundSystem, Layout, Passphrase, Size, Swap};
use crate::secret::Secret;
use crate::wizard::Element;
use crate::wizard::draft::{Draft, choice_of};
use crate::wizard::widget::show;
use cards::Cards;
use iced::Task;
use std::path::{Path, PathBuf};

/// The fields of the manual layout.
const PARTITIONS: &str = "disk.disks";

#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// The disk at this place in the machine's list.
    Choose(usize),
    /// Of very many disks: what is searched for, and the way through those that are found.
    Search(String),
    Earlier,
    Further,
    Layout(Layout),
    /// In place of this whole system.
    Replace(FoundSystem),
    /// Shows what is not possible, or hides it.
    Impossible,
    /// Where on the disk.
    Place(SpotPlace),
    /// How much of that place; an even share if left out.
    Share(Option<Size>),
    /// The same as it is typed.
    ShareTyped(String),
    /// The EFI system partition with this number is the one that the new system starts from.
    Esp(u32),
    Encryption(encryption::Message),
    /// Shows file systems and swap, or hides them.
    More,
    FileSystem(FileSystemKind),
    Swap(Swap),
}

#[derive(Debug)]
pub(crate) struct State {
    cards: Cards,
    /// What can be done with the chosen disk.
    modes: Vec<Mode>,
    share: share::State,
    /// The EFI system partitions that there are to choose from.
    esps: Option<EspChoice>,
    encryption: encryption::State,
    /// Whether file systems and swap are shown.
    more: bool,
    /// Whether it is shown what is not possible.
    impossible: bool,
    /// Whether the chosen disk is erased because there was nothing on it, and not because somebody said so.
    taken_as_empty: bool,
    /// Whether it is being found out how small the file systems of the chosen disk can become.
    pub(crate) measuring: bool,
}

/// The end of a layout's keys.
const fn key(layout: Layout) -> &'static str {
    match layout {
        Layout::Erase => "erase",
        Layout::Alongside => "alongside",
        Layout::Free => "free",
        Layout::Replace => "replace",
        Layout::KeepHome => "keep-home",
        Layout::Manual => "manual",
    }
}

pub(crate) fn disks(draft: &Draft) -> &[Disk] {
    draft.machine().disks.known().map_or(&[], Vec::as_slice)
}

/// The disk that the preset means.
pub(crate) fn chosen_disk(draft: &Draft) -> Option<&Disk> {
    chosen(draft).and_then(|index| disks(draft).get(index))
}

/// The disk that the preset means, by its place in the list.
pub(crate) fn chosen(draft: &Draft) -> Option<usize> {
    let wanted = layouts::chosen_disk(&draft.preset().disk);
    disks(draft)
        .iter()
        .position(|disk| choice_of(disk) == *wanted)
}

impl State {
    /// With what a preset says already.
    pub(crate) fn new(draft: &Draft) -> Self {
        let disk = &draft.preset().disk;
        Self {
            cards: Cards::default(),
            modes: Vec::new(),
            share: share::State::default(),
            esps: None,
            encryption: encryption::State::new(draft),
            more: disk.file_system.is_some() || disk.swap.is_some(),
            impossible: false,
            measuring: false,
            taken_as_empty: false,
        }
    }

    /// Looks which disks can be taken, and takes the only one there is.
    pub(crate) fn enter(&mut self, draft: &mut Draft) -> Task<Message> {
        self.look(draft);
        let only = self.cards.only(draft).map(choice_of);
        draft.edit(|preset| {
            let is_manual = preset.disk.layout == Some(Layout::Manual);
            if let (DiskChoice::Only, Some(only), false) = (&preset.disk.choose, only, is_manual) {
                preset.disk.choose = only;
            }
        });
        let unasked = chosen_disk(draft).and_then(layouts::unasked);
        if self.taken_as_empty && unasked.is_none() {
            // It holds something by now.
            draft.edit(|preset| {
                preset.disk.layout = preset.disk.layout.filter(|l| *l != Layout::Erase);
            });
            self.taken_as_empty = false;
        }
        if draft.preset().disk.layout.is_none() {
            draft.edit(|preset| preset.disk.layout = unasked);
            self.taken_as_empty = unasked.is_some();
        }
        self.look_at_layouts(draft);
        self.encryption.enter(draft).map(Message::Encryption)
    }

    /// Looks again which disks can be taken, and what can be done with the chosen one.
    pub(crate) fn look(&mut self, draft: &Draft) {
        self.cards.look(draft);
        self.look_at_layouts(draft);
    }

    fn look_at_layouts(&mut self, draft: &Draft) {
        let disk = chosen_disk(draft);
        self.modes = disk.map_or_else(Vec::new, |disk| layouts::of(draft, disk));
        // Without a place that is shared, there is no number to be wrong.
        if layouts::share_of(&draft.preset().disk, &self.modes).is_none() {
            self.share.forget();
        }
        self.esps = start::of(draft);
    }

    /// NixOS may need more or less than before: who takes as little as it needs still does, and a number of
    /// one's own stays. What it needed before is what was looked at last, so nothing looks between the change
    /// and this.
    pub(crate) fn follow(&mut self, draft: &mut Draft) {
        let Some(size) = draft.preset().disk.size else {
            return self.look_at_layouts(draft);
        };
        let least = |state: &Self, draft: &Draft| {
            let share = layouts::share_of(&draft.preset().disk, &state.modes);
            share.map(|share| share.least)
        };
        let before = least(self, draft);
        self.look_at_layouts(draft);
        if let Some(now) = least(self, draft).filter(|_| before == Some(size.0)) {
            draft.edit(|preset| preset.disk.size = Some(Size(now)));
        }
    }

    /// The id of what has the focus at first: what is replaced, where that is chosen, else the disk.
    pub(crate) fn first(&self, draft: &Draft) -> String {
        let replaced = layouts::replaced(&draft.preset().disk, &self.modes);
        replaced.unwrap_or_else(|| format!("disk-{}", chosen(draft).unwrap_or_default()))
    }

    fn choose_layout(&self, layout: Layout, draft: &mut Draft) {
        let mode = self.modes.iter().find(|mode| mode.layout == layout);
        draft.edit(|preset| {
            let wanted = layouts::on_its_disk(&preset.disk, layout);
            preset.disk = match mode {
                Some(mode) => layouts::chosen(&wanted, mode),
                None => wanted,
            };
        });
    }

    pub(crate) fn update(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        let task = self.take(message, draft);
        self.esps = start::of(draft);
        task
    }

    fn take(&mut self, message: Message, draft: &mut Draft) -> Task<Message> {
        match message {
            // What is chosen already stays as it is, with all that was said of it.
            Message::Choose(index) if chosen(draft) == Some(index) => {}
            Message::Layout(layout) if layouts::is_layout(&draft.preset().disk, layout) => {}
            Message::Replace(ref system) if layouts::is_system(&draft.preset().disk, system) => {}
            Message::Place(ref place) if layouts::is_at(&draft.preset().disk, place) => {}
            Message::Choose(index) => {
                let disk = disks(draft).get(index);
                if let Some((choice, unasked)) = disk.map(|d| (choice_of(d), layouts::unasked(d))) {
                    self.taken_as_empty = unasked.is_some();
                    draft.edit(|preset| {
                        let layout = match preset.disk.layout {
                            Some(Layout::Manual) => Some(Layout::Manual),
                            _ => unasked,
                        };
                        preset.disk.choose = choice;
                        preset.disk.disks.clear();
                        let ends = layout.unwrap_or(Layout::Erase);
                        preset.disk = layouts::on_its_disk(&preset.disk, ends);
                        preset.disk.layout = layout;
                    });
                    self.look_at_layouts(draft);
                }
            }
            Message::Search(query) => self.cards.search(query, draft),
            Message::Earlier => self.cards.earlier(),
            Message::Further => self.cards.further(),
            Message::Layout(layout) => {
                self.share.forget();
                self.choose_layout(layout, draft);
                return show(offers::CHOSEN);
            }
            Message::Replace(system) => {
                self.share.forget();
                draft.edit(|preset| preset.disk = layouts::replacing(&preset.disk, system));
                return show(offers::CHOSEN);
            }
            Message::Impossible => {
                self.impossible = !self.impossible;
                return show(offers::IMPOSSIBLE);
            }
            Message::Place(place) => {
                self.share.forget();
                draft.edit(|preset| preset.disk = layouts::at(&preset.disk, &place));
            }
            Message::Share(size) => {
                self.share.forget();
                draft.edit(|preset| preset.disk.size = size);
            }
            Message::ShareTyped(text) => {
                let share = layouts::share_of(&draft.preset().disk, &self.modes);
                self.share.typed(text, share, draft);
            }
            Message::Esp(number) => {
                draft.edit(|preset| start::put(number, self.esps.as_ref(), &mut preset.disk));
            }
            Message::Encryption(message) => {
                let task = self.encryption.update(message, draft);
                return task.map(Message::Encryption);
            }
            Message::More => {
                self.more = !self.more;
                return show(view::MORE);
            }
            Message::FileSystem(kind) => {
                draft.edit(|preset| preset.disk.file_system = Some(kind));
                self.cards.look(draft);
                self.follow(draft);
            }
            Message::Swap(swap) => {
                draft.edit(|preset| preset.disk.swap = Some(swap));
                self.cards.look(draft);
                self.follow(draft);
            }
        }
        Task::none()
    }

    /// What NixOS gets of a neighbour's room unless something else is said.
    #[cfg(test)]
    pub(crate) fn even_share(&self, draft: &Draft) -> Option<crate::units::Bytes> {
        let share = layouts::share_of(&draft.preset().disk, &self.modes);
        share.map(|share| share.recommended)
    }

    /// Begins anew with the answers of another preset. What was found in containers stays known.
    pub(crate) fn take_preset(&mut self, draft: &Draft) {
        let mut unlock = std::mem::take(&mut self.encryption.unlock);
        unlock.forget_attempts();
        *self = Self::new(draft);
        self.encryption.unlock = unlock;
    }

    /// The passphrase, where there is one and a container that stays was not opened with it.
    pub(crate) fn passphrase_to_try(&self, draft: &Draft) -> Option<Passphrase> {
        let passphrase = match encryption::asked(draft)? {
            Passphrase::File(path) => Passphrase::File(path.clone()),
            Passphrase::Ask | Passphrase::Plain(_) => Passphrase::Plain(self.passphrase().clone()),
        };
        let is_empty =
            matches!(&passphrase, Passphrase::Plain(secret) if secret.expose().is_empty());
        let is_due = self.encryption.unlock.is_due(draft) && !is_empty;
        is_due.then_some(passphrase)
    }

    /// Whether a preset brings the passphrase, and it was not tried yet: nobody types it.
    pub(crate) fn brings_passphrase(&self, draft: &Draft) -> bool {
        let asked = encryption::asked(draft);
        let is_given = asked.is_some_and(|asked| *asked != Passphrase::Ask);
        is_given && self.encryption.unlock.is_untried(draft)
    }

    /// Begins to try it: the number of the attempt, and the containers.
    pub(crate) fn begin_unlocking(&mut self, draft: &Draft) -> (u64, Vec<PathBuf>) {
        self.encryption.unlock.begin(draft)
    }

    /// The answer of a stand-in: the computer is a recording.
    pub(crate) fn answer_for_recording(&mut self) {
        self.encryption.unlock.answer_for_recording();
    }

    /// How trying it on a container ended; whether that is still of use.
    pub(crate) fn unlocked(&mut self, round: u64, device: &Path, found: &Unlocked) -> bool {
        self.encryption.unlock.answer(round, device, found)
    }

    /// Puts what was found in containers into the computer as it is found now.
    pub(crate) fn keep_unlocked(&mut self, machine: &mut Machine) {
        self.encryption.unlock.keep(machine);
    }

    /// Whether a container that stays is still to be opened, and none is being tried.
    pub(crate) fn is_locked(&self, draft: &Draft) -> bool {
        encryption::asked(draft).is_some() && self.encryption.unlock.is_due(draft)
    }

    /// The passphrase as it was typed.
    pub(crate) const fn passphrase(&self) -> &Secret {
        self.encryption.passphrase()
    }

    /// The recovery key, once it is written down.
    pub(crate) fn recovery_key(&self) -> Option<&RecoveryKey> {
        self.encryption.recovery_key()
    }

    /// The recovery key as it is shown.
    #[cfg(test)]
    pub(crate) fn shown_key(&self) -> Option<&RecoveryKey> {
        self.encryption.shown_key()
    }

    /// Wipes passphrase and recovery key: the engine has them now.
    pub(crate) fn forget(&mut self) {
        self.encryption.forget();
    }

    /// What keeps the page from being complete, by the key of its text.
    pub(crate) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        let is_manual = draft.preset().disk.layout == Some(Layout::Manual);
        let errors = draft.problems_of("disk");
        let mut errors = errors.filter(|problem| {
            // Those have a page of their own.
            let is_elsewhere = is_manual && problem.field.starts_with(PARTITIONS);
            problem.severity == Severity::Error && !is_elsewhere
        });
        let is_undecided = draft.preset().disk.layout.is_none();
        match errors.next() {
            _ if is_undecided && chosen(draft).is_some() => Some("layout-undecided"),
            Some(_) if chosen(draft).is_none() => Some("disk-choose"),
            Some(_) if layouts::is_open(&draft.preset().disk) => Some("layout-choose"),
            Some(_) => Some("disk-impossible"),
            None if is_manual => chosen(draft).is_none().then_some("disk-choose"),
            // While other pages are open, the resolver does not come to the layout.
            None if layouts::is_open(&draft.preset().disk) && draft.outline().is_none() => {
                Some("layout-choose")
            }
            None if self.share.is_wrong() => Some("layout-share-wrong"),
            None if !self.modes.is_empty() && draft.outline().is_none() => Some("disk-impossible"),
            None => self.encryption.missing(draft),
        }
    }

    /// Which of the disk's keys is still to be typed, by the key of its text.
    pub(crate) fn missing_key(&self, draft: &Draft) -> Option<&'static str> {
        self.encryption.missing(draft)
    }

    /// The fields for passphrase and recovery key, where something is encrypted.
    pub(crate) fn keys_view<'a>(
        &'a self,
        ctx: Context<'a>,
    ) -> Option<Element<'a, encryption::Message>> {
        self.encryption.keys_view(ctx)
    }
}
