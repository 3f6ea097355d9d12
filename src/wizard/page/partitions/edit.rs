//! Changes of the plain data: what is said of the partitions of one disk. Each leaves something that
//! can be written as a preset; whether it is possible is told by the plan.

use super::Purpose;
use super::flags::toggle_flag;
use super::subvolumes::{self, SubvolumeChange};
use crate::machine::{Disk, Partition};
use crate::preset::{
    FileSystemKind, ManualAction, ManualDisk, ManualPartition, ManualTable, MountPath, PartSize,
    PartitionFlag, PartitionFormat, PartitionMatch, PartitionType, Size, VolumeLabel,
};
use crate::storage::{PRIMARY, PartitionRole};
use crate::units::Bytes;

/// A partition: one that is there, by its number, or a new one, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Old(u32),
    New(usize),
}

/// What the changes depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// The file system where none is said.
    pub(super) usual: FileSystemKind,
    /// How much memory the computer has.
    pub(super) memory: Option<Bytes>,
    /// Whether something is mounted at `/`.
    pub(super) root_is_taken: bool,
}

/// A change of what becomes of a partition.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Action(ManualAction),
    Size(PartSize),
    Mount(Option<MountPath>),
    Label(Option<VolumeLabel>),
    Kind(Option<PartitionType>),
    /// It gets this flag, or loses it.
    Flag(PartitionFlag),
    Format(PartitionFormat),
    Encrypt(bool),
    /// The container that is there stays and is opened, or stays locked.
    Unlock(bool),
    Hibernation(bool),
    Subvolume(SubvolumeChange),
}

/// A new table, or the old one again; with either, all that was said of partitions is gone.
pub(super) fn set_table(disk: &mut ManualDisk, table: ManualTable) {
    disk.table = table;
    disk.partitions.clear();
}

/// A new partition behind all others of a gap.
pub(super) fn create(
    disk: &mut ManualDisk,
    (after, room): (Option<u32>, Bytes),
    purpose: Purpose,
    setting: Setting,
) {
    let size = purpose.size(setting.memory).filter(|size| *size < room);
    let size = size.map_or(PartSize::Rest, |size| PartSize::Exactly(Size(size)));
    let (kind, file_system) = match purpose {
        Purpose::Loader => (Some(PartitionType::BiosBoot), None),
        Purpose::Esp => (None, Some(PartitionFormat::Vfat)),
        Purpose::Kernels => (None, Some(PartitionFormat::Ext4)),
        Purpose::Swap => (None, Some(PartitionFormat::Swap)),
        Purpose::System | Purpose::Home | Purpose::Data => (None, Some(setting.usual.into())),
    };
    disk.partitions.push(ManualPartition {
        size: Some(size),
        gap_after: after,
        kind,
        file_system,
        mount: purpose.place().and_then(|place| place.parse().ok()),
        ..ManualPartition::default()
    });
}

/// Takes a new partition out of the list, or an old one off the disk.
pub(super) fn delete(disk: &mut ManualDisk, part: Part) {
    match part {
        Part::New(index) if index < disk.partitions.len() => {
            disk.partitions.remove(index);
        }
        Part::New(_) => {}
        Part::Old(number) => {
            with_wish(disk, number, |wish| {
                *wish = ManualPartition {
                    action: Some(ManualAction::Delete),
                    partition: wish.partition.take(),
                    ..ManualPartition::default()
                };
            });
        }
    }
}

/// The partitions that go with this one: with an extended one all that lie in it, the numbers from 5 on.
pub(super) fn going_with(disk: &Disk, part: Part) -> Vec<Part> {
    let number = match part {
        Part::Old(number) => number,
        Part::New(_) => return vec![part],
    };
    let mut all = disk.partitions().iter();
    let own = all.find(|p| p.number == number);
    match own.is_some_and(Partition::is_extended) {
        false => vec![part],
        true => {
            let inside = disk.partitions().iter().filter(|p| p.number > PRIMARY);
            let inside = inside.map(|p| Part::Old(p.number));
            [part].into_iter().chain(inside).collect()
        }
    }
}

/// Lets a partition stay after all.
pub(super) fn bring_back(disk: &mut ManualDisk, number: u32) {
    disk.partitions.retain(|wish| !is_about(wish, number));
}

/// Whether this is said of the partition with a number.
pub(super) fn is_about(wish: &ManualPartition, number: u32) -> bool {
    let named = wish.partition.as_ref();
    named.and_then(|named| named.number) == Some(number)
}

/// Where in the list it is said what becomes of a partition, if anything is said.
pub(super) fn place_of(disk: &ManualDisk, part: Part) -> Option<usize> {
    match part {
        Part::New(index) => Some(index),
        Part::Old(number) => disk.partitions.iter().position(|w| is_about(w, number)),
    }
}

/// What is said of a partition that is there, which may be nothing so far: the change is made to
/// that, and stands in the list afterwards unless it says nothing.
fn with_wish(disk: &mut ManualDisk, number: u32, change: impl FnOnce(&mut ManualPartition)) {
    let found = place_of(disk, Part::Old(number));
    let index = found.unwrap_or(disk.partitions.len());
    let mut wish = match found {
        Some(index) => disk.partitions.remove(index),
        None => ManualPartition {
            partition: Some(PartitionMatch {
                number: Some(number),
                ..PartitionMatch::default()
            }),
            ..ManualPartition::default()
        },
    };
    change(&mut wish);
    // What stays as it is need not be said.
    let is_mounted = wish.mount.is_some() || !wish.subvolumes.is_empty();
    let is_said = is_mounted || wish.unlock.is_some() || wish.flags.is_some();
    if wish.action() != ManualAction::Keep || is_said {
        disk.partitions.insert(index, wish);
    }
}

/// Whether a partition that is there is an EFI system partition.
pub(super) fn is_esp(partition: &Partition) -> bool {
    PartitionRole::Esp.is_of(partition)
}

/// Changes what becomes of a partition; `old` is the one that is there.
pub(super) fn change(
    disk: &mut ManualDisk,
    part: Part,
    old: Option<(&Partition, Bytes)>,
    change: Change,
    setting: Setting,
) {
    let apply = |wish: &mut ManualPartition| set(wish, old, change, setting);
    match part {
        Part::Old(number) => with_wish(disk, number, apply),
        Part::New(index) => {
            if let Some(wish) = disk.partitions.get_mut(index) {
                apply(wish);
            }
        }
    }
}

fn set(
    wish: &mut ManualPartition,
    old: Option<(&Partition, Bytes)>,
    change: Change,
    setting: Setting,
) {
    match change {
        Change::Action(action) => set_action(wish, action, old, setting),
        Change::Size(size) => wish.size = Some(size),
        Change::Mount(mount) => wish.mount = mount,
        Change::Label(label) => wish.label = label,
        Change::Kind(kind) => set_kind(wish, kind, setting),
        Change::Flag(flag) => toggle_flag(wish, old.map(|(partition, _)| partition), flag),
        Change::Format(format) => set_format(wish, format),
        Change::Encrypt(on) => {
            wish.encrypt = on.then_some(true);
            // A new container takes the place of the one that is there.
            wish.unlock = wish.unlock.filter(|_| !on);
        }
        Change::Unlock(on) => set_unlock(wish, on),
        Change::Hibernation(on) => wish.hibernation = on.then_some(true),
        Change::Subvolume(change) => {
            let found = old.and_then(|(partition, _)| subvolumes::found_in(partition));
            subvolumes::change(wish, found, setting.root_is_taken, change);
        }
    }
}

fn set_action(
    wish: &mut ManualPartition,
    action: ManualAction,
    old: Option<(&Partition, Bytes)>,
    setting: Setting,
) {
    if action == wish.action() {
        return;
    }
    let before = std::mem::take(wish);
    let mut now = ManualPartition {
        action: Some(action),
        partition: before.partition,
        ..ManualPartition::default()
    };
    match action {
        ManualAction::Keep => {
            now.mount = before.mount;
            now.unlock = before.unlock;
            now.flags = before.flags;
        }
        ManualAction::Resize => {
            now.mount = before.mount;
            now.flags = before.flags;
            now.size = old.map(|(partition, size)| resized(partition, size));
        }
        ManualAction::Format => {
            now.mount = before.mount;
            now.unlock = before.unlock;
            let is_esp = old.is_some_and(|(partition, _)| is_esp(partition));
            now.file_system = Some(match is_esp {
                true => PartitionFormat::Vfat,
                false => setting.usual.into(),
            });
        }
        ManualAction::Create | ManualAction::Delete => {}
    }
    *wish = now;
}

/// The container that is there stays, or not: none is made in its place, and the partition's type is
/// its own.
fn set_unlock(wish: &mut ManualPartition, on: bool) {
    wish.unlock = on.then_some(true);
    if on {
        (wish.encrypt, wish.kind) = (None, None);
    } else if wish.action() == ManualAction::Keep {
        // Locked, there is nothing to mount.
        wish.mount = None;
    }
}

/// Smaller where it can be, as large as it can be otherwise.
fn resized(partition: &Partition, size: Bytes) -> PartSize {
    match crate::plan::smallest(partition) {
        Ok(least) if least < size => PartSize::Exactly(smaller(partition, size)),
        _ => PartSize::Rest,
    }
}

/// Half of what can be given away goes, in whole GiB where there is that much.
fn smaller(partition: &Partition, size: Bytes) -> Size {
    let least = crate::plan::smallest(partition).unwrap_or(size).min(size);
    let half = least.0 + (size.0 - least.0) / 2;
    let unit = match half >= Bytes::gib(4).0 && size.0 - least.0 >= Bytes::gib(4).0 {
        true => Bytes::gib(1).0,
        false => Bytes::mib(1).0,
    };
    let rounded = half - half % unit;
    Size(Bytes(if rounded < least.0 { half } else { rounded }))
}

fn set_kind(wish: &mut ManualPartition, kind: Option<PartitionType>, setting: Setting) {
    let was_loader = wish.kind == Some(PartitionType::BiosBoot);
    wish.kind = kind;
    match kind {
        Some(PartitionType::BiosBoot) => {
            *wish = ManualPartition {
                action: wish.action,
                partition: wish.partition.take(),
                size: wish.size,
                gap_after: wish.gap_after,
                kind,
                ..ManualPartition::default()
            };
        }
        Some(PartitionType::Esp | PartitionType::Xbootldr) => {
            set_format(wish, PartitionFormat::Vfat);
        }
        Some(PartitionType::Swap) => set_format(wish, PartitionFormat::Swap),
        _ if was_loader => wish.file_system = Some(setting.usual.into()),
        _ => {}
    }
}

/// Another file system: what this one does not have goes with the old one.
fn set_format(wish: &mut ManualPartition, format: PartitionFormat) {
    wish.file_system = Some(format);
    if format != PartitionFormat::Btrfs {
        let parts = std::mem::take(&mut wish.subvolumes);
        let mut mounts = parts.into_iter().filter_map(|part| part.mount);
        if wish.mount.is_none() {
            wish.mount = mounts.next();
        }
    }
    let is_swap = format == PartitionFormat::Swap;
    if is_swap {
        (wish.mount, wish.label) = (None, None);
    } else {
        wish.hibernation = None;
    }
    if format == PartitionFormat::Vfat {
        wish.encrypt = None;
    }
    let fits = match wish.kind {
        Some(PartitionType::Swap) => is_swap,
        Some(PartitionType::Esp | PartitionType::Xbootldr) => format == PartitionFormat::Vfat,
        Some(PartitionType::BiosBoot) => false,
        Some(PartitionType::Root | PartitionType::Home | PartitionType::Linux) => {
            !is_swap && format != PartitionFormat::Vfat
        }
        None => true,
    };
    if !fits {
        wish.kind = None;
    }
}
