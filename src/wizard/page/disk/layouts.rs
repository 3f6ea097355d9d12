//! What becomes of the disk: which layout, and where on the disk.

use super::{Message, share};
use crate::machine::{Content, Disk, Table};
use crate::plan::{Mode, Spot, SpotPlace, modes};
use crate::preset::{DiskChoice, DiskPreset, Layout, ManualDisk, PartitionMatch, Swap};
use crate::storage::Share;
use crate::wizard::Element;
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::theme::space;
use crate::wizard::widget::{Scope, choice, label, small, strong};
use iced::widget::{Column, column};

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

/// What a layout is called.
pub(crate) fn name(ctx: Context<'_>, layout: Layout) -> String {
    ctx.t(&format!(
        "layout-{}",
        key_now(&ctx.draft.preset().disk, layout)
    ))
}

/// The same for how a layout stands now: what is replaced may be a whole system.
fn key_now(preset: &DiskPreset, layout: Layout) -> &'static str {
    match (layout, &preset.layout, &preset.system) {
        (Layout::Replace, Some(Layout::Replace), Some(_)) => "replace-system",
        _ => key(layout),
    }
}

/// Every layout for a disk that has partitions; none for a disk that can only be taken as a whole.
pub(super) fn of(draft: &Draft, disk: &Disk) -> Vec<Mode> {
    let is_divided = matches!(disk.table.known(), Some(Table::Partitioned { partitions, .. })
        if !partitions.is_empty());
    match is_divided {
        true => modes(draft.machine(), disk, draft.preset()),
        false => Vec::new(),
    }
}

/// The disk that is meant: with the manual layout, the first of its disks.
pub(super) fn chosen_disk(preset: &DiskPreset) -> &DiskChoice {
    let manual = preset.disks.first().map(|disk| &disk.choose);
    match preset.layout {
        Some(Layout::Manual) => manual.unwrap_or(&preset.choose),
        _ => &preset.choose,
    }
}

/// The preset with another layout on the same disk. The manual one names its disks by itself, and has
/// swap where a partition says so.
pub(super) fn on_its_disk(preset: &DiskPreset, layout: Layout) -> DiskPreset {
    let choose = chosen_disk(preset).clone();
    if layout != Layout::Manual {
        return DiskPreset {
            choose,
            ..preset.with_layout(layout)
        };
    }
    if preset.layout == Some(Layout::Manual) && !preset.disks.is_empty() {
        return preset.clone();
    }
    let in_partition = matches!(preset.swap, Some(Swap::Partition | Swap::Hibernate));
    DiskPreset {
        choose: DiskChoice::Only,
        swap: preset.swap.filter(|_| !in_partition),
        disks: vec![ManualDisk {
            choose,
            ..ManualDisk::default()
        }],
        ..preset.with_layout(layout)
    }
}

/// The preset with a layout, at the place that offers most. What goes is never chosen for anyone, but
/// where there is nothing to choose from.
pub(super) fn chosen(preset: &DiskPreset, mode: &Mode) -> DiskPreset {
    let preset = preset.with_layout(mode.layout);
    let spots = mode.possible.iter().flatten();
    let mut spots = spots.filter(|spot| spot.table.is_ok());
    let spot = match mode.layout {
        Layout::Erase | Layout::Manual => None,
        Layout::Alongside | Layout::Free => {
            spots.max_by_key(|spot| spot.share.map_or(spot.size, |share| share.most))
        }
        Layout::Replace | Layout::KeepHome => match (spots.next(), spots.next()) {
            (only, None) => only,
            _ => None,
        },
    };
    match spot {
        Some(spot) => at(&preset, &spot.place),
        None => preset,
    }
}

/// What becomes of a disk unless something else is said: one that holds anything is never erased unasked.
pub(super) fn unasked(disk: &Disk) -> Option<Layout> {
    let is_empty = match disk.table.known() {
        Some(Table::Partitioned { partitions, .. }) => partitions.is_empty(),
        Some(Table::Whole { content }) => *content == Content::Blank,
        None => false,
    };
    is_empty.then_some(Layout::Erase)
}

/// Whether it is still to be chosen what is replaced.
pub(super) const fn is_open(preset: &DiskPreset) -> bool {
    let replaces = matches!(preset.layout, Some(Layout::Replace | Layout::KeepHome));
    replaces && preset.partition.is_none() && preset.system.is_none()
}

/// The preset with another place.
pub(super) fn at(preset: &DiskPreset, place: &SpotPlace) -> DiskPreset {
    let (gap_after, number) = match place {
        SpotPlace::WholeDisk | SpotPlace::System(_) => (None, None),
        SpotPlace::GapAfter(number) => (Some(*number), None),
        SpotPlace::Partition(number) => (None, Some(*number)),
    };
    let system = match place {
        SpotPlace::System(system) => Some(system.clone()),
        _ => None,
    };
    DiskPreset {
        system,
        gap_after,
        partition: number.map(|number| PartitionMatch {
            number: Some(number),
            ..PartitionMatch::default()
        }),
        size: None,
        ..preset.clone()
    }
}

/// Whether the preset means this place.
pub(super) fn is_at(preset: &DiskPreset, place: &SpotPlace) -> bool {
    let now = at(preset, place);
    let where_of = |preset: &DiskPreset| {
        let (partition, system) = (preset.partition.clone(), preset.system.clone());
        (preset.gap_after, partition, system)
    };
    where_of(&now) == where_of(preset)
}

/// How much there is to share at the place that is chosen.
pub(super) fn share_of(preset: &DiskPreset, modes: &[Mode]) -> Option<Share> {
    let layout = preset.layout.unwrap_or(Layout::Erase);
    let mode = modes.iter().find(|mode| mode.layout == layout)?;
    let mut spots = mode.possible.iter().flatten();
    spots.find(|spot| is_at(preset, &spot.place))?.share
}

/// The layouts, then the places of the chosen one, then how much of it.
pub(super) fn view<'a>(
    ctx: Context<'a>,
    modes: &'a [Mode],
    disk: &'a Disk,
    share: &'a share::State,
    measuring: bool,
) -> Element<'a, Message> {
    let p = ctx.palette();
    let preset = &ctx.draft.preset().disk;
    let now = preset.layout;
    let layouts = modes.iter().map(|mode| {
        let key = key_now(preset, mode.layout);
        let note = match &mode.possible {
            Ok(_) => small(ctx.t(&format!("layout-{key}-note")), p.muted),
            // Why not is not known before.
            Err(_) if measuring && mode.layout == Layout::Alongside => {
                small(ctx.t("layout-measuring"), p.muted)
            }
            Err(reason) => small(ctx.words(reason).0, p.danger),
        };
        let words = column![strong(p, ctx.t(&format!("layout-{key}"))), note];
        let press = mode
            .possible
            .is_ok()
            .then_some(Message::Layout(mode.layout));
        let card = choice(p, now == Some(mode.layout), words, press);
        card.id(format!("layout-{}", self::key(mode.layout))).into()
    });
    let whole = modes.is_empty().then_some(Layout::Erase);
    let others = whole.into_iter().chain([Layout::Manual]);
    let others = others.map(|layout| {
        let key = key(layout);
        let note = small(ctx.t(&format!("layout-{key}-note")), p.muted);
        let words = column![strong(p, ctx.t(&format!("layout-{key}"))), note];
        let card = choice(p, now == Some(layout), words, Some(Message::Layout(layout)));
        card.id(format!("layout-{key}")).into()
    });
    let layouts = Column::with_children(layouts.chain(others)).spacing(space::S);
    let mode = modes.iter().find(|mode| now == Some(mode.layout));
    let spots = mode.and_then(|mode| mode.possible.as_ref().ok());
    let mut content = column![label(p, ctx.t("disk-layout")), Scope::group(layouts)];
    let has_places = now.filter(|now| !matches!(now, Layout::Erase | Layout::Manual));
    if let Some((now, spots)) = has_places.zip(spots) {
        let possible: Vec<&Spot> = spots.iter().filter(|spot| spot.table.is_ok()).collect();
        content = content.push(label(p, ctx.t(&format!("layout-{}-where", key(now)))));
        content = content.push(places(ctx, disk, &possible));
        let here = possible.iter().find(|spot| is_at(preset, &spot.place));
        let shared = here.and_then(|spot| Some((spot, spot.share?)));
        content = content.push(shared.map(|(spot, shares)| share.view(ctx, spot, shares)));
    }
    content.spacing(space::S).into()
}

fn places<'a>(ctx: Context<'a>, disk: &Disk, spots: &[&Spot]) -> Element<'a, Message> {
    let p = ctx.palette();
    let preset = &ctx.draft.preset().disk;
    let cards = spots.iter().map(|spot| {
        let name = match &spot.place {
            SpotPlace::WholeDisk => ctx.t("layout-whole"),
            SpotPlace::GapAfter(_) => ctx.t("content-free"),
            SpotPlace::Partition(number) => name_of(ctx, disk, *number),
            SpotPlace::System(system) => {
                let numbers = spot.system.iter();
                let numbers: Vec<String> = numbers.map(ToString::to_string).collect();
                format!("{}  ·  {system}", numbers.join(" + "))
            }
        };
        let words = column![strong(p, name), small(spot.size.to_string(), p.muted)];
        let press = Some(Message::Place(spot.place.clone()));
        let card = choice(p, is_at(preset, &spot.place), words, press);
        card.id(place_id(&spot.place)).into()
    });
    Scope::group(Column::with_children(cards).spacing(space::S)).into()
}

/// The id of a place's card.
fn place_id(place: &SpotPlace) -> String {
    match place {
        SpotPlace::WholeDisk => "place-whole".to_owned(),
        SpotPlace::GapAfter(after) => format!("place-gap-{after}"),
        SpotPlace::Partition(number) => format!("place-part-{number}"),
        SpotPlace::System(system) => format!("place-system-{}", system.to_string().to_lowercase()),
    }
}

/// The id of the card of what is replaced, once that is chosen.
pub(super) fn replaced(preset: &DiskPreset, modes: &[Mode]) -> Option<String> {
    let layout = preset.layout?;
    let replaces = matches!(layout, Layout::Replace | Layout::KeepHome) && !is_open(preset);
    let mode = modes
        .iter()
        .find(|mode| mode.layout == layout && replaces)?;
    let mut spots = mode.possible.iter().flatten();
    let chosen = spots.find(|spot| spot.table.is_ok() && is_at(preset, &spot.place))?;
    Some(place_id(&chosen.place))
}

/// A partition by its number and what is in it.
fn name_of(ctx: Context<'_>, disk: &Disk, number: u32) -> String {
    let mut partitions = disk.partitions().iter();
    let content = partitions.find(|p| p.number == number).map(|p| &p.content);
    let what = match content {
        Some(Content::Formatted(fs)) => match &fs.label {
            Some(label) if !label.is_empty() => format!("{label} ({})", fs.kind),
            _ => fs.kind.clone(),
        },
        Some(Content::Blank) => ctx.t("content-blank"),
        Some(Content::Unknown(_)) | None => ctx.t("content-unknown"),
    };
    format!("{number}  ·  {what}")
}
