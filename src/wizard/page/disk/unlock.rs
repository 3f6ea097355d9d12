//! Containers that stay: whether the passphrase opens each of them, and what is in it.
//!
//! What is found in a container is a fact of the computer and stays; that the passphrase opens it holds
//! until another one is typed.

use super::{Context, words_of};
use crate::i18n::Language;
use crate::machine::{Content, Disk, Fact, Inside, Machine, Unlocked};
use crate::plan::{KeptContainer, kept_containers};
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::sentence;
use crate::wizard::theme::space;
use crate::wizard::widget::{Tone, notice};
use iced::Fill;
use iced::widget::Column;
use std::path::{Path, PathBuf};

/// So many people are told by name.
const FEW: usize = 6;

/// How trying the passphrase of a container stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    Trying,
    Open,
    /// The computer is a recording: the answer is a stand-in's.
    Recorded,
    Wrong,
    /// It can't be opened, and why.
    Impossible(String),
}

impl Standing {
    /// Whether nothing is left to try.
    const fn is_done(&self) -> bool {
        matches!(self, Self::Open | Self::Recorded)
    }
}

/// A container that was tried.
#[derive(Debug)]
struct Tried {
    device: PathBuf,
    /// Its disk, as it was then.
    disk: Disk,
    round: u64,
    /// How it stands with the passphrase as it is now; nothing if that was not tried.
    standing: Option<Standing>,
    inside: Option<Inside>,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    tried: Vec<Tried>,
    /// Counts the attempts, so that a late answer about another passphrase is known as such.
    round: u64,
}

/// The containers that are to be unlocked.
pub(super) fn containers(draft: &Draft) -> Vec<KeptContainer> {
    kept_containers(draft.machine(), draft.preset())
}

impl State {
    /// The passphrase is another one now.
    pub(super) fn forget_attempts(&mut self) {
        for tried in &mut self.tried {
            tried.standing = None;
        }
    }

    fn standing(&self, container: &KeptContainer) -> Option<&Standing> {
        let mut all = self.tried.iter();
        let tried = all.find(|tried| tried.device == container.device)?;
        tried.standing.as_ref()
    }

    /// Whether a container is still to be opened, and none is being tried.
    pub(super) fn is_due(&self, draft: &Draft) -> bool {
        let all = containers(draft);
        let standings = || all.iter().map(|container| self.standing(container));
        let is_trying = standings().any(|standing| standing == Some(&Standing::Trying));
        !is_trying && !standings().all(|standing| standing.is_some_and(Standing::is_done))
    }

    /// Whether the passphrase as it is now was tried on none of them.
    pub(super) fn is_untried(&self, draft: &Draft) -> bool {
        let all = containers(draft);
        all.iter()
            .all(|container| self.standing(container).is_none())
    }

    /// Begins an attempt: its number, and the containers that the passphrase is tried on.
    pub(super) fn begin(&mut self, draft: &Draft) -> (u64, Vec<PathBuf>) {
        self.round += 1;
        let all = containers(draft).into_iter();
        let open = all.filter(|container| {
            let standing = self.standing(container);
            !standing.is_some_and(Standing::is_done)
        });
        let devices: Vec<PathBuf> = open.map(|container| container.device).collect();
        for device in &devices {
            let mut disks = super::disks(draft).iter();
            let holds = |disk: &&Disk| disk.partitions().iter().any(|p| p.path == *device);
            if let Some(disk) = disks.find(holds) {
                let before = self.tried.iter().position(|tried| tried.device == *device);
                let before = before.map(|before| self.tried.swap_remove(before));
                self.tried.push(Tried {
                    device: device.clone(),
                    disk: disk.unmeasured(),
                    round: self.round,
                    standing: Some(Standing::Trying),
                    inside: before.and_then(|before| before.inside),
                });
            }
        }
        (self.round, devices)
    }

    /// A stand-in answers the attempt: nothing can be opened on a recorded computer.
    pub(super) fn answer_for_recording(&mut self) {
        let trying = |tried: &&mut Tried| tried.standing == Some(Standing::Trying);
        for tried in self.tried.iter_mut().filter(trying) {
            tried.standing = Some(Standing::Recorded);
        }
    }

    /// Takes in an answer; whether it is one about the passphrase as it still is.
    pub(super) fn answer(&mut self, round: u64, device: &Path, found: &Unlocked) -> bool {
        let mut tried = self.tried.iter_mut();
        let is_asked = |tried: &&mut Tried| tried.device == device && tried.round == round;
        let tried = tried.find(is_asked);
        let Some(tried) = tried.filter(|it| it.standing == Some(Standing::Trying)) else {
            return false;
        };
        tried.standing = Some(match found {
            Unlocked::Inside(inside) => {
                tried.inside = Some(inside.clone());
                Standing::Open
            }
            Unlocked::WrongPassphrase => Standing::Wrong,
            Unlocked::Impossible { why } => Standing::Impossible(why.clone()),
        });
        true
    }

    /// Puts what was found into the computer as it is now, and forgets containers of disks that have
    /// changed.
    pub(super) fn keep(&mut self, machine: &mut Machine) {
        let Fact::Known(disks) = &mut machine.disks else {
            self.tried.clear();
            return;
        };
        self.tried.retain(|tried| {
            let mut disks = disks.iter_mut();
            let same = disks.find(|disk| disk.unmeasured() == tried.disk);
            let is_there = same.is_some();
            if let (Some(disk), Some(inside)) = (same, &tried.inside) {
                disk.note_inside(&tried.device, inside);
            }
            is_there
        });
    }

    /// What keeps the page from being complete, by the key of its text.
    pub(super) fn missing(&self, draft: &Draft) -> Option<&'static str> {
        let all = containers(draft);
        let mut open = all.iter().filter_map(|container| {
            let standing = self.standing(container);
            (!standing.is_some_and(Standing::is_done)).then_some(standing)
        });
        let is_trying = |standing: Option<&Standing>| standing == Some(&Standing::Trying);
        open.next().map(|first| match is_trying(first) {
            true => "unlock-trying",
            false => "disk-missing-unlock",
        })
    }

    /// What is wrong with the passphrase, to be told beside its field.
    pub(super) fn wrong(&self, ctx: Context<'_>) -> Option<String> {
        let all = containers(ctx.draft);
        let wrong = all
            .iter()
            .find(|container| self.standing(container) == Some(&Standing::Wrong))?;
        Some(ctx.tv("unlock-wrong", "number", wrong.number.to_string()))
    }

    /// How it stands with each container.
    pub(super) fn view<'a, M: 'a>(&self, ctx: Context<'a>) -> Element<'a, M> {
        let told = containers(ctx.draft).into_iter().filter_map(|container| {
            let standing = self.standing(&container)?;
            let words = |key: &str| ctx.tv(key, "number", container.number.to_string());
            let (tone, words, more) = match standing {
                // Told beside the field.
                Standing::Wrong => return None,
                Standing::Trying => (Tone::Info, ctx.t("unlock-trying"), None),
                Standing::Open => {
                    let inside = inside_of(ctx, &container);
                    (Tone::Good, words("unlock-open"), inside)
                }
                Standing::Recorded => {
                    let note = ctx.t("unlock-recorded-note");
                    (Tone::Info, words("unlock-recorded"), Some(note))
                }
                Standing::Impossible(why) => {
                    // The engine's own words are English.
                    let english = ctx.texts.language() == Language::English;
                    let why = english.then(|| sentence(why));
                    (Tone::Error, words("unlock-impossible"), why)
                }
            };
            Some(notice(ctx.palette(), tone, words, more))
        });
        Column::with_children(told)
            .spacing(space::S)
            .width(Fill)
            .into()
    }
}

/// What is in a container: file system, system and home folders.
fn inside_of(ctx: Context<'_>, container: &KeptContainer) -> Option<String> {
    let disks = super::disks(ctx.draft).iter();
    let mut partitions = disks.flat_map(Disk::partitions);
    let partition = partitions.find(|partition| partition.path == container.device)?;
    let inside = partition.inside()?;
    let (name, _) = words_of(ctx, &inside.content, None);
    let mut parts = vec![name];
    parts.extend(inside.system.clone());
    if let Content::Formatted(found) = &inside.content {
        let homes = found.home_folders.iter().flatten();
        let people = homes.filter(|home| home.is_somebodys());
        let people: Vec<&str> = people.map(|home| home.name.as_str()).collect();
        let few = (1..=FEW).contains(&people.len());
        parts.extend(few.then(|| people.join(", ")));
    }
    Some(ctx.texts.list(&parts))
}
