//! Systems that stay, and need something that goes: a place to start from, home folders, swap.
//!
//! A Linux says in its fstab(5) what it needs. Of a Windows, the disk tells: without an EFI system partition
//! of its own (on a BIOS, without the small "System Reserved") it starts from another disk's.

use super::checks::problem;
use super::gone::{Gone, Place};
use super::layout::linux;
use super::visible::visible;
use super::{Detail, DiskIdentity, Problem, ProblemId, Severity, found_systems};
use crate::machine::{Disk, Firmware, FoundLinux, FstabLine, Installed, Machine, Partition};
use crate::storage::{PartitionId, PartitionRole};
use crate::units::Bytes;
use std::ptr;

/// Windows makes its "System Reserved" partition of 100 to 550 MiB.
const RESERVED: Bytes = Bytes::gib(1);

/// What the root of a Linux is found in, as libblkid calls it.
const MAY_HOLD_LINUX: [&str; 11] = [
    "ext4",
    "btrfs",
    "xfs",
    "f2fs",
    "ext3",
    "bcachefs",
    "zfs_member",
    "crypto_LUKS",
    "LVM2_member",
    "linux_raid_member",
    "bcache",
];

/// What should be known of each system that stays.
pub(super) fn warnings(machine: &Machine, gone: &Gone<'_>) -> Vec<Problem> {
    if gone.is_nothing() {
        return Vec::new();
    }
    let starts = starts(machine);
    let starting = gone.places().find(|place| starts(place));
    let disks = machine.disks.known().into_iter().flatten();
    let mut told = Vec::new();
    for disk in disks.filter(|disk| !disk.live_medium) {
        let roots = gone.linuxes_that_stay();
        let roots = roots.filter(|(place, _)| ptr::eq(place.disk, disk));
        told.extend(roots.filter_map(|(root, system)| parts(machine, gone, &root, system)));
        // Its own one is what it starts from.
        let stays = |place: &Place<'_>| !gone.has_system(place);
        let own = || Place::all_of(disk).any(|place| starts(&place) && stays(&place));
        let starting = starting.filter(|_| !own());
        let stranded = starting.and_then(|starting| {
            let mut stay = Place::all_of(disk).filter(stays);
            let system = stay.find_map(|place| system(machine, &place))?;
            Some(stranded(machine, gone, starting, &system, disk))
        });
        told.extend(stranded);
    }
    told
}

/// Tells once what is told twice: that an EFI system partition goes, where it is named which system starts
/// from it.
pub(super) fn tell_once(machine: &Machine, gone: &Gone<'_>, told: &mut Vec<Problem>) {
    let starts = starts(machine);
    let mut starting = gone.places().filter(|place| starts(place) || is_esp(place));
    let first = starting.next();
    let is_one_esp = first.is_some_and(|place| starts(place) && is_esp(place));
    let is_named = told.iter().any(|p| p.id == ProblemId::OtherSystemStranded);
    if is_named && is_one_esp && starting.next().is_none() {
        told.retain(|p| p.id != ProblemId::EspFormatted);
    }
}

/// Each NixOS that stays and starts from an EFI system partition that the new one uses as well. Of the same
/// boot loader, the new one's deletes what it does not know of (nixpkgs, `remove_old_entries` and
/// `cleanup_esp` in `systemd-boot-builder.py`; `install-grub.pl` and `limine-install.py` alike).
pub(super) fn menus_replaced(
    machine: &Machine,
    gone: &Gone<'_>,
    shared: &[PartitionId],
) -> Vec<Problem> {
    let stay = gone
        .linuxes_that_stay()
        .filter(|(place, system)| !place.disk.live_medium && system.name.starts_with("NixOS"));
    let told = stay.filter_map(|(place, system)| {
        let mut lines = lines(machine, system);
        let (esp, _) = lines.find(|(p, _)| is_shared(p, shared))?;
        let told = problem(
            ProblemId::NixosLosesMenu,
            Severity::Warning,
            "disk",
            format!(
                "{}, in {}, starts from partition {} ({}), which the new system shares: unless the two \
                 have different boot loaders, its entries in the boot menu and its kernels there are \
                 replaced by the new one's, and it does not start any more; its files stay",
                visible(&system.name),
                place.description(),
                esp.number,
                esp.path.display()
            ),
            "Choose another EFI system partition or another disk, if that NixOS is to start again.",
        );
        let told = told.with("system", Detail::name(&system.name));
        let told = told.with("disk", &place).with("number", esp.number);
        Some(told.with("path", esp.path.as_path()))
    });
    told.collect()
}

/// Whether there is a NixOS, or something that may hold one and nobody has looked into.
pub(super) fn any_nixos_may_be(machine: &Machine) -> bool {
    let places = Place::all(machine).filter(|place| !place.disk.live_medium);
    let mut found = places.filter_map(|place| place.file_system()?.seen());
    found.any(|found| match &found.installed {
        Some(Installed::Linux(linux)) => {
            let mut names = [&linux.name].into_iter().chain(&linux.beside);
            names.any(|name| name.starts_with("NixOS"))
        }
        Some(Installed::Nothing | Installed::Windows) => false,
        None => MAY_HOLD_LINUX.contains(&found.kind.as_str()),
    })
}

/// Whether a Linux stays on a disk that is built in.
pub(super) fn linux_stays(gone: &Gone<'_>) -> bool {
    linuxes_built_in(gone).next().is_some()
}

/// Each one, with the place of its root.
fn linuxes_built_in<'a>(gone: &Gone<'a>) -> impl Iterator<Item = (Place<'a>, &'a FoundLinux)> {
    let stay = gone.linuxes_that_stay();
    stay.filter(|(place, _)| !place.disk.live_medium && !place.disk.removable)
}

/// Each Linux that stays and that the new boot menu does not have: systemd-boot and Limine look for nothing on
/// other EFI system partitions, and for no loader of a Linux on their own (systemd-boot(7), Limine's CONFIG.md).
/// What shares theirs may be in it by entries of its own.
pub(super) fn not_listed(
    machine: &Machine,
    gone: &Gone<'_>,
    shared: &[PartitionId],
) -> Vec<Problem> {
    let told = linuxes_built_in(gone).filter_map(|(place, system)| {
        let shares = lines(machine, system).any(|(p, _)| is_shared(p, shared));
        (!shares).then(|| {
            problem(
                ProblemId::LinuxNotListed,
                Severity::Warning,
                "disk",
                format!(
                    "{}, in {}, will not be in the boot menu of the new system",
                    visible(&system.name),
                    place.description()
                ),
                "To start it, open the firmware's boot menu right after switching the computer on, often with \
                 F12, F11, F8 or Esc; or write `boot_loader = \"grub\"`, whose menu has it.",
            )
            .with("system", Detail::name(&system.name))
            .with("disk", &place)
        })
    });
    told.collect()
}

/// Whether it is an EFI system partition that the new system uses as well.
fn is_shared(partition: &Partition, shared: &[PartitionId]) -> bool {
    let guid = partition.guid.as_ref().and_then(|guid| guid.parse().ok());
    PartitionRole::Esp.is_of(partition) && guid.is_some_and(|guid| shared.contains(&guid))
}

/// What goes of the parts of a Linux.
fn parts(
    machine: &Machine,
    gone: &Gone<'_>,
    root: &Place<'_>,
    system: &FoundLinux,
) -> Option<Problem> {
    let uses: Vec<(String, String)> = lines(machine, system)
        .flat_map(|(partition, line)| {
            let whole = gone.has(&partition.path);
            let whole = whole.then(|| {
                let path = partition.path.display().to_string();
                (path.clone(), path)
            });
            let parts = gone.parts_of(partition).filter(|part| {
                let subvolume = part.subvolume.as_deref();
                subvolume.is_none_or(|path| line.shows(path, system.subvolume.as_deref()))
            });
            let what = whole
                .into_iter()
                .chain(parts.map(|part| (part.description(), part.path())));
            what.map(|(what, path)| {
                let purpose = visible(purpose(line));
                (format!("{what} ({purpose})"), format!("{path} ({purpose})"))
            })
        })
        .collect();
    let (uses, paths): (Vec<String>, Vec<String>) = uses.into_iter().unzip();
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
        .with("system", Detail::name(&system.name))
        .with("disk", root)
        .with("uses", Detail::codes(&paths))
    })
}

/// The partitions that a Linux names in its fstab, where it is clear which it means.
fn lines<'a>(
    machine: &'a Machine,
    system: &'a FoundLinux,
) -> impl Iterator<Item = (&'a Partition, &'a FstabLine)> {
    system.fstab.iter().flatten().filter_map(|line| {
        let (_, partition) = linux::find(machine, system, &line.source).ok()?;
        Some((partition, line))
    })
}

/// What a line of a fstab is for.
fn purpose(line: &FstabLine) -> &str {
    match line.kind.as_str() {
        "swap" => "swap",
        _ => &line.at,
    }
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
    let own = starting.partition.filter(|_| ptr::eq(starting.disk, disk));
    let (why, what) = match own {
        Some(own) => ("own", format!("its partition {}", own.number)),
        None => ("other", starting.description()),
    };
    let may = match others.any(|other| starts(&other)) {
        true => "may start",
        false => "seems to start",
    };
    problem(
        ProblemId::OtherSystemStranded,
        Severity::Warning,
        "disk",
        format!(
            "{system} on {} {may} from {what}, which goes: it would not start any more",
            DiskIdentity::of(disk).description(),
        ),
        "Keep that partition, or choose another disk, if that system is to stay. A Windows can be mended \
         later, from a medium of its own, with `bcdboot`.",
    )
    .because(why)
    .with("system", Detail::name(system))
    .with("disk", disk)
    .with("starts", starting)
    .with(
        "number",
        starting.partition.map_or(0, |partition| partition.number),
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
    let names = match place.partition {
        Some(partition) => found_systems::in_partition(place.disk, partition),
        None => found_systems::in_content(place.content),
    };
    if names.iter().any(|name| name == "Windows") {
        return Some("Windows".to_owned());
    }
    let may_be = match (found.kind.as_str(), &found.installed) {
        ("BitLocker", _) | ("ntfs", None) => !place.disk.removable && !is_reserved(place),
        _ => false,
    };
    if may_be {
        return Some("a Windows that may be".to_owned());
    }
    let linux = found.linux()?;
    let is_bios = machine.firmware.known() == Some(&Firmware::Bios);
    let names_esp = || {
        let mut esps = Place::all(machine).filter(is_esp);
        esps.any(|esp| lines(machine, linux).any(|(p, _)| p.path == esp.path()))
    };
    (!is_bios && !names_esp()).then(|| visible(&linux.name))
}

#[cfg(test)]
#[path = "left_behind_tests.rs"]
mod tests;
