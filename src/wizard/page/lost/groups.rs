//! What goes from a disk as a person loses it: systems first, then what else holds something of theirs; what
//! only serves a system stands with it, and what serves none for certain at the end.

use crate::machine::{Disk, Partition};
use crate::plan::{Held, Loss, NamedPartition, Service, Serving, serving};
use crate::units::Bytes;
use crate::wizard::page::disk as disk_page;

/// All that goes from a disk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Groups<'l> {
    pub(super) things: Vec<Thing<'l>>,
    /// What holds nothing of a person's, and serves none of the systems for certain.
    pub(super) small: Vec<Small>,
}

/// Something that a person misses.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Thing<'l> {
    /// The system whose files it is, by its name.
    pub(super) system: Option<String>,
    pub(super) first: &'l Loss,
    /// More subvolumes of the same file system, where the first is one.
    pub(super) more: Vec<&'l Loss>,
    /// What holds nothing of a person's and goes with it.
    pub(super) small: Vec<Small>,
}

/// A partition that holds nothing of a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Small {
    /// What it is for, by the key of its words.
    pub(super) key: &'static str,
    pub(super) size: Bytes,
}

/// What Windows made for itself.
const OF_WINDOWS: [&str; 2] = ["content-reserved", "content-recovery"];

/// What a Linux says that it swaps to or starts from, where it can be that.
const SWAP: [&str; 3] = ["swap", "swsuspend", "crypto_LUKS"];
const BOOT: [&str; 6] = ["ext2", "ext3", "ext4", "xfs", "btrfs", "vfat"];

impl<'l> Groups<'l> {
    pub(super) fn of(losses: &'l [Loss], disk: &Disk) -> Self {
        let serving = serving(disk);
        let mut things: Vec<Thing<'l>> = Vec::new();
        let mut small = Vec::new();
        for loss in losses {
            match small_one(disk, &serving, loss) {
                Some(one) => small.push((loss, one)),
                None => add(&mut things, loss),
            }
        }
        // In its order the disk has what is small first.
        things.sort_by_key(|thing| thing.system.is_none());
        let mut groups = Self {
            things,
            small: Vec::new(),
        };
        for (loss, one) in small {
            let owner = groups.owner(&serving, loss, one);
            let owner = owner.and_then(|owner| groups.things.get_mut(owner));
            owner
                .map_or(&mut groups.small, |own| &mut own.small)
                .push(one);
        }
        groups
    }

    /// The place of the system that something small serves, where that is certain.
    fn owner(&self, serving: &[Serving], loss: &Loss, small: Small) -> Option<usize> {
        let Loss::Partition { what, system, .. } = loss else {
            return None;
        };
        if system.is_some() {
            return self.only(|thing| thing.system == *system);
        }
        if OF_WINDOWS.contains(&small.key) {
            return self.only(|thing| thing.system.as_deref() == Some("Windows"));
        }
        let mut served = serving.iter().filter(|one| one.number == what.number);
        match (served.next(), served.next()) {
            (Some(one), None) => self.only(|thing| thing.number() == Some(one.root)),
            (Some(_), Some(_)) => None,
            // Where nothing else goes, no other system can have had it.
            (None, _) => self
                .only(|thing| thing.system.is_some())
                .filter(|_| self.things.len() == 1),
        }
    }

    fn only(&self, is_meant: impl Fn(&Thing<'_>) -> bool) -> Option<usize> {
        let mut meant = { self.things.iter().enumerate() }.filter(|(_, thing)| is_meant(thing));
        match (meant.next(), meant.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    }
}

impl Thing<'_> {
    /// The number of the partition that goes.
    fn number(&self) -> Option<u32> {
        match self.first {
            Loss::Partition { what, .. } => Some(what.number),
            _ => None,
        }
    }
}

/// A loss, with others of the same file system or by itself.
fn add<'l>(things: &mut Vec<Thing<'l>>, loss: &'l Loss) {
    let same = things.iter_mut().find(|thing| is_beside(thing.first, loss));
    if let Some(same) = same {
        same.more.push(loss);
        return;
    }
    let system = system_of(loss);
    // Of a system that goes as a whole, its files come first, and home folders of their own later.
    let is_whole = matches!(
        loss,
        Loss::Partition {
            system: Some(_),
            ..
        }
    );
    let is_later = is_whole && things.iter().any(|thing| thing.system == system);
    let system = system.filter(|_| !is_later);
    things.push(Thing {
        system,
        first: loss,
        more: Vec::new(),
        small: Vec::new(),
    });
}

/// Whether both are subvolumes of a file system, and of the same system.
fn is_beside(one: &Loss, other: &Loss) -> bool {
    match (one, other) {
        (
            Loss::Subvolume { what, system, .. },
            Loss::Subvolume {
                what: others,
                system: of,
                ..
            },
        ) => what.number == others.number && system == of,
        _ => false,
    }
}

/// The system whose files go, or more than one that are in the same place.
fn system_of(loss: &Loss) -> Option<String> {
    let systems = match loss {
        Loss::Partition {
            system: Some(system),
            ..
        } => return Some(system.clone()),
        Loss::Inside { system, .. } | Loss::Subvolume { system, .. } => return system.clone(),
        Loss::Partition { what, .. } => &what.systems,
        Loss::WholeDisk { systems, .. } => systems,
        Loss::Unread { .. } | Loss::SameVolume { .. } => return None,
    };
    (!systems.is_empty()).then(|| systems.join(", "))
}

/// What is lost, as something that holds nothing of a person's, if it is that.
fn small_one(disk: &Disk, serving: &[Serving], loss: &Loss) -> Option<Small> {
    let Loss::Partition {
        what, size, homes, ..
    } = loss
    else {
        return None;
    };
    if !homes.is_empty() || !what.systems.is_empty() {
        return None;
    }
    let mut partitions = disk.partitions().iter();
    let found = partitions.find(|own| own.number == what.number);
    let key = found
        .and_then(by_type)
        .or_else(|| by_content(serving, what))?;
    Some(Small { key, size: *size })
}

/// What a partition is for by its type, as the bars have it.
fn by_type(partition: &Partition) -> Option<&'static str> {
    disk_page::by_type(partition).map(|(key, _)| key)
}

/// What a partition is for by what is in it, or by what the system says that it serves.
fn by_content(serving: &[Serving], what: &NamedPartition) -> Option<&'static str> {
    let mut served = serving.iter().filter(|one| one.number == what.number);
    let is_for = |service| move |one: &Serving| one.service == service;
    match &what.holds {
        Held::Nothing => Some("losses-held-nothing"),
        Held::Loader => Some("losses-held-loader"),
        Held::Extended => Some("losses-held-extended"),
        Held::Unknown { .. } => None,
        Held::FileSystem { kind, .. } => match kind.as_str() {
            "swap" | "swsuspend" => Some("losses-swap"),
            kind if SWAP.contains(&kind) && served.clone().any(is_for(Service::Swap)) => {
                Some("losses-swap")
            }
            kind if BOOT.contains(&kind) && served.any(is_for(Service::Boot)) => {
                Some("losses-boot")
            }
            _ => None,
        },
    }
}
