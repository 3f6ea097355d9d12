//! Systems that stay, and need something that goes: a place to start from, home folders, swap.
//!
//! A Linux says in its fstab(5) what it needs. Of a Windows, the disk tells: without an EFI system partition
//! of its own (on a BIOS, without the small "System Reserved") it starts from another disk's.

use super::checks::problem;
use super::gone::{Gone, Place};
use super::layout::linux;
use super::visible::visible;
use super::{DiskIdentity, Problem, ProblemId, Severity};
use crate::machine::{Disk, Firmware, FoundLinux, Installed, Machine};
use crate::storage::PartitionRole;
use crate::units::Bytes;

/// Windows makes its "System Reserved" partition of 100 to 550 MiB.
const RESERVED: Bytes = Bytes::gib(1);

/// What should be known of each system that stays.
pub(super) fn warnings(machine: &Machine, gone: &Gone<'_>) -> Vec<Problem> {
    if gone.places().next().is_none() {
        return Vec::new();
    }
    let starts = starts(machine);
    let starting = gone.places().find(|place| starts(place));
    let disks = machine.disks.known().into_iter().flatten();
    let mut told = Vec::new();
    for disk in disks.filter(|disk| !disk.live_medium) {
        let stay = || Place::all_of(disk).filter(|place| !gone.has_place(place));
        told.extend(stay().filter_map(|place| parts(machine, gone, &place)));
        // Its own one is what it starts from.
        let starting = starting.filter(|_| !stay().any(|place| starts(&place)));
        let stranded = starting.and_then(|starting| {
            let system = stay().find_map(|place| system(machine, &place))?;
            Some(stranded(machine, gone, starting, &system, disk))
        });
        told.extend(stranded);
    }
    told
}

/// What goes of the parts of a Linux.
fn parts(machine: &Machine, gone: &Gone<'_>, root: &Place<'_>) -> Option<Problem> {
    let system = root.file_system()?.linux()?;
    let uses: Vec<String> = lines(machine, system)
        .filter(|(path, _)| gone.has(path))
        .map(|(path, at)| format!("{} ({})", path.display(), visible(at)))
        .collect();
    (!uses.is_empty()).then(|| {
        problem(
            ProblemId::OtherSystemLosesParts,
            Severity::Warning,
            "disk",
            format!(
                "{}, in {}, uses what goes: {}; it may no longer start, or not with all of its files",
                visible(&system.name),
                root.description(),
                uses.join(", ")
            ),
            "Keep what it needs, or choose another disk, if that system is to stay.",
        )
    })
}

/// The devices that a Linux names in its fstab, where it is clear which it means, and what each is for.
fn lines<'a>(
    machine: &'a Machine,
    system: &'a FoundLinux,
) -> impl Iterator<Item = (&'a std::path::Path, &'a str)> {
    system.fstab.iter().flatten().filter_map(|line| {
        let (_, partition) = linux::find(machine, system, &line.source).ok()?;
        let at = match line.kind.as_str() {
            "swap" => "swap",
            _ => &line.at,
        };
        Some((partition.path.as_path(), at))
    })
}

/// A system of a disk may start from what goes.
fn stranded(
    machine: &Machine,
    gone: &Gone<'_>,
    starting: &Place<'_>,
    system: &str,
    disk: &Disk,
) -> Problem {
    let starts = starts(machine);
    let others = Place::all(machine).filter(|other| !gone.has_place(other));
    let mut others = others.filter(|other| !other.disk.live_medium && !other.disk.removable);
    let may = match others.any(|other| starts(&other)) {
        true => "may start",
        false => "seems to start",
    };
    problem(
        ProblemId::OtherSystemStranded,
        Severity::Warning,
        "disk",
        format!(
            "{system} on {} {may} from {}, which goes: it would not start any more",
            DiskIdentity::of(disk).description(),
            starting.description()
        ),
        "Keep that partition, or choose another disk, if that system is to stay. A Windows can be mended \
         later, from a medium of its own, with `bcdboot`.",
    )
}

/// Whether systems of this computer start from a place.
fn starts(machine: &Machine) -> fn(&Place<'_>) -> bool {
    match machine.firmware.known() {
        Some(Firmware::Bios) => is_reserved,
        _ => is_esp,
    }
}

fn is_esp(place: &Place<'_>) -> bool {
    place.partition.is_some_and(|p| PartitionRole::Esp.is_of(p))
}

/// Where a Windows on a BIOS has what it starts with, if not on its drive.
fn is_reserved(place: &Place<'_>) -> bool {
    let unit = place.disk.sectors.logical;
    let is_small = |p: &crate::machine::Partition| p.length.bytes(unit) <= RESERVED;
    let small = place.partition.is_some_and(is_small);
    let ntfs = place.file_system().filter(|found| found.kind == "ntfs");
    small && ntfs.is_some_and(|found| found.installed != Some(Installed::Windows))
}

/// What a system calls itself that may start from another disk. A drive that comes and goes is none,
/// unless it was looked into.
fn system(machine: &Machine, place: &Place<'_>) -> Option<String> {
    let found = place.file_system()?;
    let may_be = match (found.kind.as_str(), &found.installed) {
        (_, Some(Installed::Windows)) => return Some("Windows".to_owned()),
        ("BitLocker", _) | ("ntfs", None) => !place.disk.removable && !is_reserved(place),
        _ => false,
    };
    if may_be {
        return Some("what may be a Windows".to_owned());
    }
    let linux = found.linux()?;
    let is_bios = machine.firmware.known() == Some(&Firmware::Bios);
    let names_esp = || {
        let mut esps = Place::all(machine).filter(is_esp);
        esps.any(|esp| lines(machine, linux).any(|(path, _)| path == esp.path()))
    };
    (!is_bios && !names_esp()).then(|| visible(&linux.name))
}

#[cfg(test)]
#[path = "left_behind_tests.rs"]
mod tests;
