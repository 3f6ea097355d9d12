//! Where on the disk, for what is chosen: which partition goes or makes room, which free space is taken.

use super::layouts::{meant, place_id};
use super::{Message, key, share};
use crate::machine::Disk;
use crate::plan::{Mode, Spot, SpotPlace};
use crate::preset::Layout;
use crate::wizard::Element;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Scope, choice, label, small, strong};
use iced::widget::{Column, column};

/// The places of the layout that is chosen, then how much of it.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    modes: &'a [Mode],
    disk: &Disk,
    share: &'a share::State,
) -> Option<Element<'a, Message>> {
    let p = ctx.palette();
    let preset = &ctx.draft.preset().disk;
    let layout = preset.layout?;
    // A system has a card of its own.
    let has_places = !matches!(layout, Layout::Erase | Layout::Manual) && preset.system.is_none();
    let mode = modes
        .iter()
        .find(|mode| mode.layout == layout && has_places)?;
    let spots = mode.possible.iter().flatten();
    let spots =
        spots.filter(|spot| spot.table.is_ok() && !matches!(spot.place, SpotPlace::System(_)));
    let possible: Vec<&Spot> = spots.collect();
    let here = meant(preset, mode);
    let shared = here.and_then(|spot| Some((spot, spot.share?)));
    let goes = matches!(layout, Layout::Replace | Layout::KeepHome);
    // What goes is named also where it is the only one.
    let asked = (goes || possible.len() > 1 || here.is_none()).then(|| {
        let question = label(p, ctx.t(&format!("layout-{}-where", key(layout))));
        column![question, places(ctx, disk, &possible, here)].spacing(space::S)
    });
    let only = match (layout, here) {
        (Layout::Alongside, Some(spot)) if asked.is_none() => makes_room(ctx, disk, spot),
        _ => None,
    };
    let content = Column::new().push(asked).push(only);
    let content = content.push(shared.map(|(spot, shares)| share.view(ctx, spot, shares)));
    Some(content.spacing(space::M).into())
}

/// Which partition makes room, where no other could.
fn makes_room<'a>(ctx: Context<'a>, disk: &Disk, spot: &Spot) -> Option<Element<'a, Message>> {
    let SpotPlace::Partition(number) = spot.place else {
        return None;
    };
    let what = what_of(ctx, disk, number);
    let values = [("number", number.to_string().into()), ("name", what.into())];
    let words = ctx.texts.with("layout-alongside-only", &values);
    Some(small(words, ctx.palette().text))
}

/// The places, with a mark on the one that NixOS goes to.
fn places<'a>(
    ctx: Context<'a>,
    disk: &Disk,
    spots: &[&Spot],
    here: Option<&Spot>,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let preset = &ctx.draft.preset().disk;
    let cards = spots.iter().map(|spot| {
        let size = ctx.texts.size(spot.size);
        let (name, note) = match &spot.place {
            SpotPlace::WholeDisk => (ctx.t("layout-whole"), size),
            SpotPlace::GapAfter(_) => (ctx.t("content-free"), size),
            SpotPlace::System(system) => (system.to_string(), size),
            SpotPlace::Partition(number) => {
                let name = name_of(ctx, disk, *number);
                match preset.layout {
                    Some(Layout::Replace) => (name, ctx.tv("layout-only-partition", "size", size)),
                    _ => (name, size),
                }
            }
        };
        let words = column![strong(p, name), small(note, p.muted)];
        let press = Some(Message::Place(spot.place.clone()));
        let is_here = here.is_some_and(|here| here.place == spot.place);
        let card = choice(p, is_here, words, press);
        card.id(place_id(&spot.place)).into()
    });
    Scope::group(Column::with_children(cards).spacing(space::S)).into()
}

/// A partition by its number and what is in it.
pub(super) fn name_of(ctx: Context<'_>, disk: &Disk, number: u32) -> String {
    let what = what_of(ctx, disk, number);
    ctx.texts.list(&[number.to_string(), what])
}

/// What is in a partition.
fn what_of(ctx: Context<'_>, disk: &Disk, number: u32) -> String {
    let mut partitions = disk.partitions().iter();
    let partition = partitions.find(|p| p.number == number);
    match partition {
        Some(partition) => super::partition_words(ctx, disk, partition).0,
        None => ctx.t("content-unknown"),
    }
}
