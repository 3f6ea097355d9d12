//! Random edits of a disk, partition by partition.

use nevado::machine::{Content, Disk, Partition};
use nevado::preset::{
    DiskChoice, DiskMatch, Layout, ManualAction, ManualDisk, ManualPartition, ManualTable,
    PartSize, PartitionMatch, PartitionType, Preset, Size,
};
use nevado::units::{Bytes, Sectors};
use proptest::prelude::*;

/// What is done to a partition that is there, and its size after that, in thousandths of what it is; all that
/// is free behind it from 1300 on.
pub(crate) type Change = (Option<ManualAction>, u64);

/// What is edited: changes, what is new, and in their place one that becomes larger.
pub(crate) type Wanted = (Vec<Change>, Vec<New>, Option<usize>);

/// A new partition: how large, and behind which of those that are there.
pub(crate) type New = (PartSize, Option<usize>);

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let action = prop_oneof![
        200 => Just(None),
        6 => Just(Some(ManualAction::Keep)),
        2 => Just(Some(ManualAction::Format)),
        8 => Just(Some(ManualAction::Delete)),
        8 => Just(Some(ManualAction::Resize)),
    ];
    (action, 300..1400_u64)
}

pub(crate) fn new() -> impl Strategy<Value = New> {
    let size = prop_oneof![
        4 => (1..4000_u64).prop_map(|mib| PartSize::Exactly(Size(Bytes::mib(mib)))),
        2 => (1..60_u64).prop_map(|percent| PartSize::try_from(format!("{percent} %")).unwrap()),
        1 => Just(PartSize::Rest),
    ];
    (size, prop::option::weighted(0.4, 0..128_usize))
}

pub(crate) fn smallest() -> Preset {
    nevado::preset::read(include_str!("../presets/smallest.toml"), "smallest.toml").unwrap()
}

pub(crate) fn numbered(number: u32) -> Option<PartitionMatch> {
    let number = Some(number);
    let others = PartitionMatch::default();
    Some(PartitionMatch { number, ..others })
}

pub(crate) fn of_serial(serial: &str) -> DiskChoice {
    DiskChoice::Match(DiskMatch {
        serial: Some(serial.to_owned()),
        ..DiskMatch::default()
    })
}

pub(crate) fn created(size: PartSize, mount: &str) -> ManualPartition {
    ManualPartition {
        size: Some(size),
        mount: Some(mount.parse().unwrap()),
        ..ManualPartition::default()
    }
}

/// Those that could become larger: an ext4 with free space right behind it. Few of them are met by chance.
fn with_room_behind(disk: &Disk) -> Vec<u32> {
    let sector = disk.sectors.logical;
    let starts_by = |end: Sectors| {
        let room = Sectors(end.0 + Bytes::mib(4).whole_sectors(sector).0);
        move |p: &Partition| p.start >= end && p.start < room
    };
    let is_ext4 =
        |p: &&Partition| matches!(&p.content, Content::Formatted(fs) if fs.kind == "ext4");
    let old = disk.partitions();
    let has_room = |p: &&Partition| !old.iter().any(starts_by(Sectors(p.start.0 + p.length.0)));
    let found = old.iter().filter(is_ext4).filter(has_room);
    found.map(|p| p.number).collect()
}

/// The only change that is wanted: one becomes as large as it can.
fn only_larger(disk: &Disk, index: usize) -> Option<ManualPartition> {
    let possible = with_room_behind(disk);
    let number = possible.get(index.checked_rem(possible.len())?)?;
    Some(ManualPartition {
        action: Some(ManualAction::Resize),
        partition: numbered(*number),
        size: Some(PartSize::Rest),
        ..ManualPartition::default()
    })
}

/// Edits of a disk: of each partition that is there, and some that are new, /boot and / among them.
fn edits(
    disk: &Disk,
    changes: &[Change],
    news: &[New],
    grown: Option<usize>,
) -> Vec<ManualPartition> {
    let larger = grown.and_then(|index| only_larger(disk, index));
    if let Some(larger) = larger {
        let rest = created(PartSize::Rest, "/");
        let boot = created(PartSize::Exactly(Size(Bytes::gib(1))), "/boot");
        return vec![larger, boot, rest];
    }
    let old = disk.partitions().iter().zip(changes);
    let mut edits: Vec<ManualPartition> = old
        .filter_map(|(p, (action, part))| {
            let now = p.length.bytes(disk.sectors.logical);
            let size = match *part {
                1300.. => PartSize::Rest,
                part => PartSize::Exactly(Size(Bytes(now.0 / 1000 * part))),
            };
            let is_resized = *action == Some(ManualAction::Resize);
            let is_formatted = *action == Some(ManualAction::Format);
            Some(ManualPartition {
                action: Some((*action)?),
                partition: numbered(p.number),
                size: is_resized.then_some(size),
                kind: is_formatted.then_some(PartitionType::Linux),
                ..ManualPartition::default()
            })
        })
        .collect();
    edits.push(created(PartSize::Exactly(Size(Bytes::gib(1))), "/boot"));
    edits.push(created(PartSize::Exactly(Size(Bytes::gib(10))), "/"));
    let partitions = disk.partitions();
    for (index, (size, after)) in news.iter().enumerate() {
        let after = after.filter(|_| !partitions.is_empty());
        edits.push(ManualPartition {
            gap_after: after.map(|after| partitions[after % partitions.len()].number),
            ..created(*size, &format!("/srv/{index}"))
        });
    }
    edits
}

pub(crate) fn preset(disk: &Disk, (changes, news, grown): &Wanted, second: bool) -> Preset {
    let mut preset = smallest();
    preset.disk.layout = Some(Layout::Manual);
    preset.disk.disks = vec![ManualDisk {
        choose: of_serial("S"),
        table: ManualTable::Keep,
        partitions: edits(disk, changes, news, *grown),
    }];
    if second {
        preset.disk.disks.push(ManualDisk {
            choose: of_serial("T"),
            table: ManualTable::New,
            partitions: vec![created(PartSize::Rest, "/home")],
        });
    }
    preset
}
