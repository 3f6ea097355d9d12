//! Volumes that lie on several devices: who takes one of them breaks what is on the others.
//!
//! | known by | which |
//! |---|---|
//! | an identifier that all members have | btrfs, bcachefs, md, the pool of a ZFS |
//! | a device that is built on all of them | whatever is active: LVM, bcache, multipath |
//! | not at all, but by its kind | LVM that sleeps, firmware RAID, Stratis … |

use super::checks::problem;
use super::gone::{Gone, Place};
use super::losses::Held;
use super::reason::Reason;
use super::visible::visible;
use super::{Detail, Loss, PlannedDisk, Problem, ProblemId, Severity};
use crate::machine::{CannotShrink, Content, Disk, FileSystem, Machine, Partition, Shrink};
use std::collections::HashMap;
use std::path::Path;

/// Kinds whose identifier is the one of the volume, and not of the device (libblkid has another field for
/// that, `UUID_SUB`).
const SAME_IDENTIFIER: [&str; 4] = ["btrfs", "bcachefs", "linux_raid_member", "zfs_member"];

/// Why a partition can't go: what it is, to stand behind "it is". `goes` says what else goes with it, for a
/// volume may go as a whole.
pub(super) fn refusal(
    machine: &Machine,
    disk: &Disk,
    partition: &Partition,
    goes: impl Fn(&Path) -> bool,
) -> Option<Reason> {
    let place = Place::of(disk, partition);
    let found = place.file_system()?;
    let others = Members::of(machine, std::iter::once(&place)).others(&place);
    if others.is_empty() {
        return by_kind(found).or_else(|| formats(&place).find_map(on_several));
    }
    let stay = others.iter().filter(|other| !goes(other.path()));
    let stay: Vec<String> = stay
        .map(|stays| stays.path().display().to_string())
        .collect();
    (!stay.is_empty()).then(|| {
        let kind = formats(&place)
            .last()
            .map_or(found.kind.as_str(), |fs| &fs.kind);
        let message = format!(
            "a part of a volume that {} is a part of as well ({kind})",
            stay.join(", ")
        );
        let reason = Reason::new("part_of_volume", message).with("paths", Detail::codes(&stay));
        reason.with("kind", Detail::code(kind))
    })
}

/// The same for what is in the container of a partition, which stays itself.
pub(super) fn refusal_inside(
    machine: &Machine,
    disk: &Disk,
    partition: &Partition,
) -> Option<Reason> {
    let inside = formats(&Place::of(disk, partition)).nth(1)?;
    refusal(machine, disk, partition, |_| false).or_else(|| by_kind(inside))
}

/// By its kind alone, it may have other parts.
fn by_kind(found: &FileSystem) -> Option<Reason> {
    let kind = &found.kind;
    let message =
        || format!("a part of a volume that may span other partitions and disks ({kind})");
    found
        .may_span_devices()
        .then(|| Reason::new("may_span", message()).with("kind", Detail::code(kind)))
}

/// As its own tool says, it has other parts.
fn on_several(found: &FileSystem) -> Option<Reason> {
    let kind = &found.kind;
    let message = || format!("a part of a volume that lies on several disks ({kind})");
    (found.shrink == Some(Shrink::Impossible(CannotShrink::SeveralDisks)))
        .then(|| Reason::new("on_several", message()).with("kind", Detail::code(kind)))
}

/// What has a signature at a place: what is there, then what is in its container.
fn formats<'a>(place: &Place<'a>) -> impl Iterator<Item = &'a FileSystem> {
    let found = place.file_system();
    let inside = found.and_then(|found| match &found.inside.as_deref()?.content {
        Content::Formatted(inside) => Some(inside),
        Content::Blank | Content::Unknown(_) => None,
    });
    found.into_iter().chain(inside)
}

/// The members of volumes, as far as they are known: looked for in all places at once, of which there may be
/// many thousands.
struct Members<'a> {
    by_name: HashMap<(&'a str, &'a str), Vec<Place<'a>>>,
    by_holder: HashMap<&'a str, Vec<Place<'a>>>,
}

impl<'a> Members<'a> {
    /// Of the volumes that these places are members of.
    fn of<'p>(machine: &'a Machine, places: impl Iterator<Item = &'p Place<'a>>) -> Self
    where
        'a: 'p,
    {
        let mut found = Self {
            by_name: HashMap::new(),
            by_holder: HashMap::new(),
        };
        for place in places {
            let names = formats(place).filter_map(name);
            found.by_name.extend(names.map(|name| (name, Vec::new())));
            let holders = place.holders().iter();
            let holders = holders.map(|holder| (holder.as_str(), Vec::new()));
            found.by_holder.extend(holders);
        }
        if found.by_name.is_empty() && found.by_holder.is_empty() {
            return found;
        }
        for place in Place::all(machine) {
            for name in formats(&place).filter_map(name) {
                if let Some(all) = found.by_name.get_mut(&name) {
                    all.push(place);
                }
            }
            for holder in place.holders() {
                if let Some(all) = found.by_holder.get_mut(holder.as_str()) {
                    all.push(place);
                }
            }
        }
        found
    }

    /// The other members of the volumes that a place is a member of.
    fn others(&self, place: &Place<'a>) -> Vec<Place<'a>> {
        let names = formats(place).filter_map(name);
        let named = names.filter_map(|name| self.by_name.get(&name));
        let holders = place.holders().iter();
        let held = holders.filter_map(|holder| self.by_holder.get(holder.as_str()));
        let mut others: Vec<Place<'a>> = Vec::new();
        for other in named.chain(held).flatten() {
            let is_known = others.iter().any(|known| known.path() == other.path());
            if !is_known && other.path() != place.path() && !is_copy(place, other) {
                others.push(*other);
            }
        }
        others
    }
}

/// What a volume is known by in all of its members.
fn name(found: &FileSystem) -> Option<(&str, &str)> {
    let kind = found.kind.as_str();
    let uuid = found.uuid.as_deref()?;
    SAME_IDENTIFIER.contains(&kind).then_some((kind, uuid))
}

/// A disk and its copy have partitions with the same identifiers, too.
fn is_copy(one: &Place<'_>, other: &Place<'_>) -> bool {
    let guid = |place: &Place<'_>| place.partition.and_then(|p| p.guid.clone());
    guid(one).is_some() && guid(one) == guid(other)
}

/// Names among the losses what other devices hold of volumes that lose a member.
pub(super) fn name_the_rest(machine: &Machine, planned: &mut [PlannedDisk]) {
    let gone = Gone::of(machine, planned);
    let members = Members::of(machine, gone.places());
    let mut named: Vec<&Path> = Vec::new();
    for place in gone.places() {
        for other in members.others(place) {
            if gone.has_place(&other) || named.contains(&other.path()) {
                continue;
            }
            named.push(other.path());
            let disk = planned
                .iter_mut()
                .find(|planned| planned.identity.path == place.disk.path);
            if let Some(disk) = disk {
                disk.losses.push(Loss::SameVolume {
                    path: other.path().to_owned(),
                    model: other.disk.model.as_deref().map(visible),
                    holds: Held::of(other.content),
                });
            }
        }
    }
}

/// What may be parts of the same volume, of which one goes and the other stays: nothing tells.
pub(super) fn unclear(machine: &Machine, gone: &Gone<'_>) -> Vec<Problem> {
    let members = Members::of(machine, gone.places());
    let told = gone.places().filter_map(|place| {
        let found = place.file_system()?;
        let is_told = on_several(found).is_some() || may_have_others(found);
        if !is_told || !members.others(place).is_empty() {
            return None;
        }
        let may_be =
            Place::all(machine).filter(|other| may_belong(found, other) && !gone.has_place(other));
        let may_be: Vec<Place<'_>> = may_be.collect();
        let (why, which) = match (on_several(found), may_be.as_slice()) {
            (None, []) => return None,
            (Some(_), []) => ("unseen", "others that are not seen".to_owned()),
            (_, may_be) => {
                let told: Vec<String> = may_be.iter().map(Place::description).collect();
                ("others", told.join(", "))
            }
        };
        Some(problem(
            ProblemId::VolumeMaySpan,
            Severity::Warning,
            "disk",
            format!(
                "{} ({}) may be a part of the same volume as {which}: then what that holds is lost, too",
                place.description(),
                found.kind
            ),
            "Make sure that nothing of the volume is still needed, or choose another disk.", )
 .because(why).with("disk", place).with("kind", Detail::code(&found.kind))
 .with("others", Detail::List(may_be.iter().map(Detail::from).collect())))
    });
    told.collect()
}

/// Whether there may be other parts of it which its identifier does not tell.
fn may_have_others(found: &FileSystem) -> bool {
    let kind = found.kind.as_str();
    !SAME_IDENTIFIER.contains(&kind)
        && (found.may_span_devices() || matches!(kind, "jbd" | "xfs_external_log"))
}

/// Whether another place may be a part of the same volume, for all that is known by their kinds.
fn may_belong(found: &FileSystem, other: &Place<'_>) -> bool {
    let Some(other) = other.file_system() else {
        return false;
    };
    let other = other.kind.as_str();
    match found.kind.as_str() {
        "jbd" => matches!(other, "ext3" | "ext4"),
        "xfs_external_log" => other == "xfs",
        // Its other half is on another computer.
        "drbd" => false,
        kind if SAME_IDENTIFIER.contains(&kind) => false,
        kind => found.may_span_devices() && other == kind,
    }
}

#[cfg(test)]
#[path = "spanning_tests.rs"]
mod tests;
