//! What can be done with a disk, and for what can't be done, the reason: the list that people choose
//! from.

use super::layout::{Common, Request, system};
use super::resolve::{contents, internal};
use super::{Problem, Severity, Survey, disk_choice, found_systems};
use crate::identifiers::{Identifiers, Seed, Taken};
use crate::machine::{Content, Disk, Fact, Machine, Partition, Table};
use crate::preset::{DiskPreset, FoundSystem, Layout, LinuxName, PartitionMatch, Preset};
use crate::storage::{Contents, ExistingHome, ExistingTable, NewTable, Region, Share};
use crate::units::Bytes;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A layout, and whether it is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mode {
    /// The layout.
    pub layout: Layout,
    /// Where on the disk it is possible, at least one place; or why nowhere.
    pub possible: Result<Vec<Spot>, Problem>,
}

/// A place that a layout could use, possible or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which one.
    pub place: SpotPlace,
    /// The numbers of the partitions that go, in their order, where a whole system does and it is clear
    /// which are its own.
    pub system: Vec<u32>,
    /// How large it is.
    pub size: Bytes,
    /// How much of it the new system can have, where that is a question.
    pub share: Option<Share>,
    /// The table that it would give, with GUIDs that are none; or why it is not possible.
    pub table: Result<NewTable, Problem>,
}

/// A place on a disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SpotPlace {
    /// All of it.
    WholeDisk,
    /// The gap behind the partition with this number; 0 is before the first.
    GapAfter(u32),
    /// The partition with this number.
    Partition(u32),
    /// All partitions that belong to this system alone.
    System(FoundSystem),
}

/// Every layout for a disk, in the order that lists show them. `preset` says what else is wanted,
/// as far as it needs room; its own layout does not matter.
pub fn modes(survey: &Survey<'_>, disk: &Disk, preset: &Preset) -> Vec<Mode> {
    let obstacle = disk_choice::unusable(survey.machine(), disk);
    let common = Common::new(survey);
    let mode = |layout| Mode {
        layout,
        possible: match &obstacle {
            Some(reason) => Err(reason.clone()),
            None => spots(disk, preset, layout, &common),
        },
    };
    Layout::ALL.into_iter().map(mode).collect()
}

/// The places for a layout; if none of them is possible, the reason of the largest.
fn spots(
    disk: &Disk,
    preset: &Preset,
    layout: Layout,
    common: &Common<'_>,
) -> Result<Vec<Spot>, Problem> {
    let machine = common.survey.machine();
    let preset = Preset {
        disk: chosen(&preset.disk, layout, None),
        ..preset.clone()
    };
    // The same in every place.
    let contents = contents::contents(machine, &preset)?.on(disk);
    let place = |at: Option<&SpotPlace>| {
        let request = Request {
            disk,
            preset: &chosen(&preset.disk, layout, at),
            contents: &contents,
            common,
        };
        request
            .place(Uuid::nil)
            .map(|placed| (placed.table, placed.share))
    };
    if let Some(found) = beside_homes(disk, &preset, &contents, common) {
        return found.map(|spot| vec![spot]);
    }
    let spot = |(at, size)| {
        let placed = place(Some(&at));
        let own = match &at {
            SpotPlace::System(system) => system::partitions(machine, disk, system),
            _ => Ok(Vec::new()),
        };
        let mut own: Vec<u32> = own.iter().flatten().map(|p| p.number).collect();
        own.sort_unstable();
        Spot {
            place: at,
            system: own,
            size,
            share: placed.as_ref().ok().and_then(|(_, share)| *share),
            table: placed.map(|(table, _)| table),
        }
    };
    let places = places(machine, disk, layout);
    if places.is_empty() {
        // Nothing is there to be tried: the reason is that of the layout as such.
        return place(None).map(|_| Vec::new());
    }
    let spots: Vec<Spot> = places.into_iter().map(spot).collect();
    if spots.iter().any(|spot| spot.table.is_ok()) {
        return Ok(spots);
    }
    let largest = spots.into_iter().max_by_key(|spot| spot.size);
    match largest.map(|spot| spot.table) {
        Some(Err(reason)) => Err(reason),
        Some(Ok(_)) | None => Ok(Vec::new()),
    }
}

/// The btrfs in which the home folders stay and the new system goes, where that is how they are kept.
fn beside_homes(
    disk: &Disk,
    preset: &Preset,
    contents: &Contents,
    common: &Common<'_>,
) -> Option<Result<Spot, Problem>> {
    let request = Request {
        disk,
        preset: &preset.disk,
        contents,
        common,
    };
    // What is made there has no identifier that anyone would see here.
    let none = Taken::default();
    let mut ids = Identifiers::new(Seed::new([0; 32]), &none);
    let arranged = request.beside_homes(preset, &mut ids)?;
    let number = request.partition_of_homes()?;
    let mut partitions = disk.partitions().iter();
    let own = partitions.find(|own| own.number == number)?;
    let reason = |told: Vec<Problem>| {
        let mut told = told.into_iter();
        told.find(|problem| problem.severity == Severity::Error)
            .unwrap_or_else(|| internal("a layout is not possible, and nothing says why"))
    };
    Some(arranged.map_err(reason).and_then(|arranged| {
        let planned = arranged.disks.into_iter().next();
        let planned = planned.ok_or_else(|| internal("a layout has no disk"))?;
        Ok(Spot {
            place: SpotPlace::Partition(number),
            system: Vec::new(),
            size: own.length.bytes(disk.sectors.logical),
            share: None,
            table: Ok(planned.table),
        })
    }))
}

fn places(machine: &Machine, disk: &Disk, layout: Layout) -> Vec<(SpotPlace, Bytes)> {
    let sector = disk.sectors.logical;
    match layout {
        Layout::Erase => vec![(SpotPlace::WholeDisk, disk.size)],
        Layout::Free => {
            let existing = ExistingTable::of(disk);
            let gaps = existing.iter().flat_map(|table| {
                let before = |gap: &Region| {
                    let partitions = table.partitions.iter().rev();
                    let mut partitions = partitions.filter(|p| !p.is_logical());
                    partitions
                        .find(|p| p.start < gap.start)
                        .map_or(0, |p| p.number)
                };
                let gaps = table.free().into_iter();
                gaps.map(move |gap| (SpotPlace::GapAfter(before(&gap)), gap.bytes(sector)))
            });
            gaps.collect()
        }
        Layout::KeepHome => {
            let partitions = disk.partitions().iter().filter(|p| holds_linux(p));
            let place = |p: &Partition| (SpotPlace::Partition(p.number), p.length.bytes(sector));
            partitions.map(place).collect()
        }
        // Its places are those that a person says.
        Layout::Manual => Vec::new(),
        Layout::Alongside => each(disk).collect(),
        Layout::Replace => {
            let system = |system: FoundSystem| {
                let own = system::partitions(machine, disk, &system);
                // What a Linux is called is known, so it is listed with the reason; a Windows is not.
                if own.is_err() && system == FoundSystem::Windows {
                    return None;
                }
                let sizes = own.iter().flatten().map(|p| p.length.bytes(sector).0);
                let size = Bytes(sizes.fold(0, u64::saturating_add));
                Some((SpotPlace::System(system), size))
            };
            let systems = [FoundSystem::Windows].into_iter().chain(linuxes(disk));
            each(disk).chain(systems.filter_map(system)).collect()
        }
    }
}

/// What the systems on a disk are called, as far as they are found: each once, safe to show.
pub fn systems(disk: &Disk) -> Vec<String> {
    let whole = match &disk.table {
        Fact::Known(Table::Whole { content }) => found_systems::in_content(content),
        Fact::Known(Table::Partitioned { .. }) | Fact::Unknown(_) => Vec::new(),
    };
    let partitions = disk.partitions().iter();
    let all = partitions.flat_map(|p| found_systems::in_partition(disk, p));
    let mut names = Vec::new();
    for name in whole.into_iter().chain(all) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The systems in a partition of a disk, by the names that people know them by.
pub fn systems_in(disk: &Disk, partition: &Partition) -> Vec<String> {
    found_systems::in_partition(disk, partition)
}

/// Each Linux that is known by its name, whole; of one name once, however many there are.
fn linuxes(disk: &Disk) -> impl Iterator<Item = FoundSystem> {
    let found = disk.partitions().iter().filter_map(|p| match &p.content {
        Content::Formatted(fs) => LinuxName::new(&fs.linux()?.name).ok(),
        Content::Blank | Content::Unknown(_) => None,
    });
    let mut seen = BTreeSet::new();
    let found = found.map(FoundSystem::Linux);
    found.filter(move |system| seen.insert(system.to_string()))
}

/// Each partition of a disk, as a place.
fn each(disk: &Disk) -> impl Iterator<Item = (SpotPlace, Bytes)> {
    let sector = disk.sectors.logical;
    let place = move |p: &Partition| (SpotPlace::Partition(p.number), p.length.bytes(sector));
    disk.partitions().iter().map(place)
}

/// Whether a system like the new one may be in it, and not its home folders alone.
fn holds_linux(partition: &Partition) -> bool {
    const KINDS: [&str; 5] = ["ext4", "btrfs", "xfs", "f2fs", "ext3"];
    let kind = match &partition.content {
        Content::Formatted(fs) => fs.kind.as_str(),
        Content::Blank | Content::Unknown(_) => "",
    };
    KINDS.contains(&kind) && !ExistingHome::is_meant(partition)
}

/// The preset with a layout and a place instead of its own.
fn chosen(preset: &DiskPreset, layout: Layout, at: Option<&SpotPlace>) -> DiskPreset {
    let (gap_after, partition) = match at {
        None | Some(SpotPlace::WholeDisk | SpotPlace::System(_)) => (None, None),
        Some(SpotPlace::GapAfter(number)) => (Some(*number), None),
        Some(SpotPlace::Partition(number)) => {
            let number = Some(*number);
            let partition = PartitionMatch {
                number,
                ..PartitionMatch::default()
            };
            (None, Some(partition))
        }
    };
    let system = match at {
        Some(SpotPlace::System(system)) => Some(system.clone()),
        _ => None,
    };
    DiskPreset {
        system,
        gap_after,
        partition,
        ..preset.with_layout(layout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_on_a_disk_is_named_once() {
        let found = |name: &str| {
            let text = std::fs::read_to_string(format!("tests/machines/{name}.json")).unwrap();
            let machine: Machine = serde_json::from_str(&text).unwrap();
            let disks = machine.disks.known().unwrap();
            systems(&disks[0])
        };
        assert_eq!(found("windows-laptop"), ["Windows"]);
        assert_eq!(
            found("table-linux-systems"),
            [
                "Ubuntu 24.04.1 LTS",
                "Debian GNU/Linux 12 (bookworm)",
                "openSUSE Leap 15.6",
                "Void"
            ]
        );
        assert_eq!(found("table-macos"), ["macOS"]);
        assert_eq!(found("table-hybrid-mbr"), ["macOS"]);
        assert!(found("empty-uefi").is_empty());
    }
}
