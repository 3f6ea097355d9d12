//! What becomes of the disk in the preset: which layout, and where on the disk.

use crate::machine::{Content, Disk, Table};
use crate::plan::{Mode, Spot, SpotPlace, modes};
use crate::preset::{
    DiskChoice, DiskPreset, FoundSystem, Layout, ManualDisk, PartitionMatch, Swap,
};
use crate::storage::Share;
use crate::wizard::draft::Draft;

/// Every layout for a disk that has partitions; none for a disk that can only be taken as a whole.
pub(super) fn of(draft: &Draft, disk: &Disk) -> Vec<Mode> {
    let is_divided = matches!(disk.table.known(), Some(Table::Partitioned { partitions, .. })
        if !partitions.is_empty());
    match is_divided {
        true => modes(draft.survey(), disk, draft.preset()),
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
    match of_itself(mode) {
        Some(spot) => at(&preset, &spot.place),
        None => preset,
    }
}

/// The place that is taken where none is named: the roomiest, or of what goes the only one.
fn of_itself(mode: &Mode) -> Option<&Spot> {
    let spots = mode.possible.iter().flatten();
    let mut spots = spots.filter(|spot| spot.table.is_ok());
    match mode.layout {
        Layout::Erase | Layout::Manual => None,
        Layout::Alongside | Layout::Free => {
            spots.max_by_key(|spot| spot.share.map_or(spot.size, |share| share.most))
        }
        Layout::Replace | Layout::KeepHome => match (spots.next(), spots.next()) {
            (only, None) => only,
            _ => None,
        },
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

/// The preset with a whole system replaced on the same disk.
pub(super) fn replacing(preset: &DiskPreset, system: FoundSystem) -> DiskPreset {
    let preset = on_its_disk(preset, Layout::Replace);
    at(&preset, &SpotPlace::System(system))
}

/// Whether the preset replaces this system as a whole. A Linux may be meant by its first words.
pub(super) fn is_system(preset: &DiskPreset, system: &FoundSystem) -> bool {
    let is_meant = match (&preset.system, system) {
        (Some(FoundSystem::Linux(meant)), FoundSystem::Linux(_)) => meant.fits(&system.to_string()),
        (meant, system) => meant.as_ref() == Some(system),
    };
    preset.layout == Some(Layout::Replace) && is_meant
}

/// Whether the preset has this layout, and no system of a card of its own.
pub(super) fn is_layout(preset: &DiskPreset, layout: Layout) -> bool {
    preset.layout == Some(layout) && preset.system.is_none()
}

/// Whether the preset means this place.
pub(super) fn is_at(preset: &DiskPreset, place: &SpotPlace) -> bool {
    if let SpotPlace::System(system) = place {
        return is_system(preset, system);
    }
    let now = at(preset, place);
    let where_of = |preset: &DiskPreset| {
        let (partition, system) = (preset.partition.clone(), preset.system.clone());
        (preset.gap_after, partition, system)
    };
    where_of(&now) == where_of(preset)
}

/// The place that is meant of those where NixOS can be.
pub(super) fn meant<'a>(preset: &DiskPreset, mode: &'a Mode) -> Option<&'a Spot> {
    let is_partition = preset.partition.is_some() || preset.gap_after.is_some();
    if !is_partition && preset.system.is_none() {
        return of_itself(mode);
    }
    let mut spots = mode.possible.iter().flatten();
    spots.find(|spot| is_at(preset, &spot.place))
}

/// How much there is to share at the place that is chosen.
pub(super) fn share_of(preset: &DiskPreset, modes: &[Mode]) -> Option<Share> {
    let layout = preset.layout.unwrap_or(Layout::Erase);
    let mode = modes.iter().find(|mode| mode.layout == layout)?;
    meant(preset, mode)?.share
}

/// The id of a place's card.
pub(super) fn place_id(place: &SpotPlace) -> String {
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
