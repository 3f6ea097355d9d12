//! Subvolumes in the form of a partition: those of a btrfs that is made, which are written down, and those of
//! one that stays, which are there and are chosen from.

use super::choices::{Chosen, toggle, toggles};
use super::subvolumes::place_of;
use super::{Change, Field, Message, State, SubvolumeChange};
use crate::machine::{Subvolume, Subvolumes};
use crate::preset::{ManualSubvolume, SubvolumeAction, SubvolumePath};
use crate::wizard::Element;
use crate::wizard::theme::space;
use crate::wizard::widget::{Kind, button, field, field_alone, label, small};
use iced::widget::{column, container, row};
use iced::{Center, Fill};

/// So many of those that are there are shown at first; a system with snapshots has hundreds.
const FEW: usize = 8;

/// What becomes of a subvolume of which nobody knows whether it is there, and the ends of the keys.
const FATES: [(SubvolumeAction, &str); 3] = [
    (SubvolumeAction::Keep, "there"),
    (SubvolumeAction::Create, "new"),
    (SubvolumeAction::Delete, "delete"),
];

/// What can be wrong with one.
const KEYS: [&str; 2] = ["name", "mount"];

/// Sends a change of subvolumes.
const fn sends(change: SubvolumeChange) -> Message {
    Message::Change(Change::Subvolume(change))
}

impl State {
    pub(super) fn subvolumes<'a>(&'a self, chosen: Chosen<'a>) -> Element<'a, Message> {
        let ctx = chosen.ctx;
        let found = chosen.found_subvolumes();
        let there = found.map(|found| self.found(chosen, found));
        let said = chosen.wish.map(|wish| wish.subvolumes.as_slice());
        let said = said.unwrap_or_default().iter().enumerate();
        let lines = said.filter_map(|(index, own)| self.line(chosen, found, index, own));
        let stays = chosen.keeps_btrfs();
        let unknown = (stays && found.is_none()).then(|| ctx.t("part-subvolumes-unknown"));
        let words = match stays && found.is_some() {
            true => ctx.t("part-subvolume-make"),
            false => ctx.t("part-subvolume-add"),
        };
        let add = sends(SubvolumeChange::Add);
        let add = button(ctx.palette(), Kind::Plain, words, Some(add));
        column![]
            .push(unknown.map(|words| small(words, ctx.palette().muted)))
            .push(there)
            .extend(lines)
            .push(chosen.told(&["subvolumes"]))
            .push(add.id("subvolume-add"))
            .spacing(space::S)
            .into()
    }

    /// Those that are there: where each is mounted, or that it goes.
    fn found<'a>(&'a self, chosen: Chosen<'a>, found: &'a Subvolumes) -> Element<'a, Message> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let all = found.all.len();
        let is_named = |subvolume: &Subvolume| {
            let named = chosen.wish.map(|wish| place_of(wish, &subvolume.path));
            named.flatten().is_some()
        };
        let mut room = FEW;
        let shown = found.all.iter().enumerate().filter(|(_, subvolume)| {
            let is_shown = self.all_subvolumes
                || all <= FEW
                || is_named(subvolume)
                || room > 0 && !subvolume.read_only;
            room -= usize::from(is_shown && room > 0);
            is_shown
        });
        let lines: Vec<Element<'a, Message>> = shown
            .map(|(at, subvolume)| self.found_line(chosen, at, subvolume))
            .collect();
        let more = (all > FEW).then(|| {
            let words = match self.all_subvolumes {
                true => ctx.t("part-subvolumes-few"),
                false => ctx.texts.count("part-subvolumes-all", all),
            };
            let more = button(p, Kind::Quiet, words, Some(Message::AllSubvolumes));
            more.id("subvolumes-all")
        });
        let heading = (all > 0).then(|| label(p, ctx.t("part-subvolumes-there")));
        column![]
            .push(heading)
            .extend(lines)
            .push(more)
            .spacing(space::S)
            .into()
    }

    fn found_line<'a>(
        &'a self,
        chosen: Chosen<'a>,
        at: usize,
        subvolume: &'a Subvolume,
    ) -> Element<'a, Message> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let place = chosen.wish.and_then(|wish| place_of(wish, &subvolume.path));
        let said = chosen.wish.zip(place);
        let said = said.and_then(|(wish, place)| wish.subvolumes.get(place));
        let goes = said.is_some_and(|own| own.action == Some(SubvolumeAction::Delete));
        let mut name = vec![crate::plan::visible(&subvolume.path)];
        name.extend(
            subvolume
                .read_only
                .then(|| ctx.t("part-subvolume-read-only")),
        );
        let name = label(p, ctx.texts.list(&name));
        if SubvolumePath::try_from(subvolume.path.clone()).is_err() {
            return column![name, small(ctx.t("part-fate-stays"), p.muted)].into();
        }
        let key = Field::FoundMount(at);
        let wrong = self.form_of(ctx, key, "part-mount-form");
        // Who can't write there can't work there.
        let is_mountable = !subvolume.read_only || said.is_some();
        let left: Element<'a, Message> = if goes {
            small(ctx.t("part-subvolume-goes"), p.danger)
        } else if is_mountable {
            let now = said.and_then(|own| own.mount.as_ref());
            let text = self.text(key, now.map(ToString::to_string));
            let hint = ctx.t("part-mount");
            let write = move |text| Message::Write(key, text);
            field_alone(
                p,
                format!("found-{at}"),
                &hint,
                &text,
                wrong.is_some(),
                write,
            )
        } else {
            small(ctx.t("part-fate-stays"), p.muted)
        };
        let (words, change) = match goes {
            true => ("part-bring-back", SubvolumeChange::KeepFound(at)),
            false => ("part-delete", SubvolumeChange::DeleteFound(at)),
        };
        let fate = button(p, Kind::Quiet, ctx.t(words), Some(sends(change)));
        let fate = fate.id(format!("found-fate-{at}"));
        column![
            name,
            row![container(left).width(Fill), fate]
                .spacing(space::M)
                .align_y(Center)
        ]
        .push(wrong.map(|wrong| small(wrong, p.danger)))
        .push(place.and_then(|place| told_at(chosen, place, &KEYS)))
        .spacing(space::XS)
        .into()
    }

    /// What is said of one, unless it is told where it was found.
    fn line<'a>(
        &'a self,
        chosen: Chosen<'a>,
        found: Option<&Subvolumes>,
        index: usize,
        own: &'a ManualSubvolume,
    ) -> Option<Element<'a, Message>> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let path = own.name.as_str();
        let is_new = own.action == Some(SubvolumeAction::Create);
        let place = chosen.wish.and_then(|wish| place_of(wish, path));
        let stays = chosen.keeps_btrfs();
        let is_there = found.is_some_and(|found| found.at(path).is_some());
        if stays && !is_new && is_there && place == Some(index) {
            return None;
        }
        let remove = Some(sends(SubvolumeChange::Remove(index)));
        let remove = button(p, Kind::Quiet, ctx.t("part-subvolume-remove"), remove);
        let remove = remove.id(format!("subvolume-remove-{index}"));
        let what: Element<'a, Message> = match stays && found.is_some() && !is_new {
            // What is there has no other name, so it can't be written.
            true => {
                let mount = own.mount.as_ref().map(ToString::to_string);
                let words = std::iter::once(path.to_owned()).chain(mount);
                let words = label(p, ctx.texts.list(&words.collect::<Vec<_>>()));
                let told = told_at(chosen, index, &KEYS);
                column![words].push(told).spacing(space::XS).into()
            }
            false => self.fields(chosen, index, own),
        };
        let fates = (stays && found.is_none()).then(|| fates(chosen, index, own));
        let line = column![what].push(fates);
        Some(line.push(remove).spacing(space::XS).width(Fill).into())
    }

    /// Name and mount point, to be written, each with what is wrong with it.
    fn fields<'a>(
        &'a self,
        chosen: Chosen<'a>,
        index: usize,
        own: &'a ManualSubvolume,
    ) -> Element<'a, Message> {
        let (ctx, p) = (chosen.ctx, chosen.ctx.palette());
        let name = Field::SubvolumeName(index);
        let text = self.text(name, Some(own.name.to_string()));
        let wrong = self.form_of(ctx, name, "part-subvolume-form");
        let write = move |text| Message::Write(name, text);
        let id = format!("subvolume-{index}");
        let words = match own.action == Some(SubvolumeAction::Create) {
            true => ctx.t("part-subvolume-new"),
            false => ctx.t("part-subvolume"),
        };
        let named = field(p, id, words, &text, wrong, write);
        let mounted = (own.action != Some(SubvolumeAction::Delete)).then(|| {
            let mount = Field::SubvolumeMount(index);
            let text = self.text(mount, own.mount.as_ref().map(ToString::to_string));
            let wrong = self.form_of(ctx, mount, "part-mount-form");
            let write = move |text| Message::Write(mount, text);
            let id = format!("subvolume-mount-{index}");
            let mounted = field(p, id, ctx.t("part-mount"), &text, wrong, write);
            let told = told_at(chosen, index, &["mount"]);
            column![mounted].push(told).spacing(space::XS).width(Fill)
        });
        let of_name = match mounted {
            Some(_) => told_at(chosen, index, &["name"]),
            None => told_at(chosen, index, &KEYS),
        };
        let named = column![named].push(of_name).spacing(space::XS).width(Fill);
        row![named].push(mounted).spacing(space::S).into()
    }
}

/// What is wrong with some keys of the one at a place in the list.
fn told_at<'a>(chosen: Chosen<'a>, place: usize, keys: &[&str]) -> Option<Element<'a, Message>> {
    let keys: Vec<String> = keys
        .iter()
        .map(|key| format!("subvolumes[{place}].{key}"))
        .collect();
    chosen.told(&keys.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Whether it is there, is made, or goes.
fn fates<'a>(chosen: Chosen<'a>, index: usize, own: &ManualSubvolume) -> Element<'a, Message> {
    let ctx = chosen.ctx;
    let now = own.action.unwrap_or(SubvolumeAction::Keep);
    toggles(FATES.map(|(action, key)| {
        let words = ctx.t(&format!("part-subvolume-is-{key}"));
        let change = Message::Change(Change::Subvolume(SubvolumeChange::Do(index, action)));
        toggle(
            ctx,
            action == now,
            words,
            change,
            format!("subvolume-{key}-{index}"),
        )
    }))
}
