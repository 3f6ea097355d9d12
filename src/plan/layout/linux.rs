//! A whole Linux that is replaced: its root, and what its fstab(5) says is its own and nobody else's.
//!
//! | what the fstab has | what becomes of it |
//! |---|---|
//! | swap, and what belongs to a system: `/boot`, `/home`, `/usr` … | goes, if no other system can have it too |
//! | an EFI system partition, what another Linux mounts as well | stays |
//! | everything else, such as `/srv` or a disk below `/mnt` | stays |
//!
//! Where a line may mean more than one partition, or none that is seen, nothing is guessed.

use super::region::in_chain;
use crate::machine::{Content, Disk, FileSystem, FoundLinux, FstabLine, Machine, Partition};
use crate::plan::reason::Reason;
use crate::plan::{Detail, spanning};
use crate::preset::LinuxName;
use crate::storage::PartitionRole;

/// Where a system has what is its own. The home folders are in it: who wants to keep them asks for that
/// layout.
const OWN: [&str; 8] = [
    "/boot", "/home", "/nix", "/opt", "/tmp", "/usr", "/var", "/var/log",
];

/// Folders with the lasting names of partitions, and the tag of fstab(5) that means the same.
const LASTING: [(&str, &str); 4] = [
    ("/dev/disk/by-uuid/", "UUID="),
    ("/dev/disk/by-label/", "LABEL="),
    ("/dev/disk/by-partuuid/", "PARTUUID="),
    ("/dev/disk/by-partlabel/", "PARTLABEL="),
];

/// What a Linux may have its root in, and nobody has looked.
const ROOTS: [&str; 15] = [
    "ext2",
    "ext3",
    "ext4",
    "btrfs",
    "xfs",
    "f2fs",
    "jfs",
    "reiserfs",
    "nilfs2",
    "crypto_LUKS",
    "LVM2_member",
    "linux_raid_member",
    "zfs_member",
    "bcache",
    "bcachefs",
];

/// The partitions of the Linux that is meant, the one with its root first.
///
/// # Errors
/// Why they are not clear, in a sentence.
pub(super) fn partitions<'a>(
    machine: &'a Machine,
    disk: &'a Disk,
    meant: &LinuxName,
) -> Result<Vec<&'a Partition>, Reason> {
    let (root, linux) = root(disk, meant)?;
    let fstab = linux.fstab.as_ref();
    let fstab = fstab.ok_or_else(|| {
        Reason::new(
            "fstab_unread",
            "its list of file systems (/etc/fstab) could not be read",
        )
    })?;
    let start = fstab.iter().find(|line| line.at == "/");
    let start = start.ok_or_else(|| {
        Reason::new(
            "no_root_said",
            "its list of file systems (/etc/fstab) does not say where its root is",
        )
    })?;
    if !std::ptr::eq(find(machine, linux, &start.source)?.1, root) {
        return Err(Reason::new(
            "copy",
            "its list of file systems (/etc/fstab) has another partition for its root: it may be a copy",
        ));
    }
    if linux.subvolume.is_some() {
        is_alone(machine, root, linux)?;
    }
    let mut own = vec![root];
    for line in fstab.iter().filter(|line| is_own(line)) {
        if let Some(partition) = of_line(machine, disk, (root, linux), line)?
            && !own.iter().any(|have| std::ptr::eq(*have, partition))
        {
            own.push(partition);
        }
    }
    match own.len() {
        1 => {}
        _ => nobody_else_may(machine, &own)?,
    }
    own.iter()
        .try_for_each(|partition| may_go(machine, disk, partition))?;
    Ok(own)
}

/// A file system with subvolumes may be shared, and goes as a whole: no other system may be in it, or have
/// something in it.
fn is_alone(machine: &Machine, root: &Partition, linux: &FoundLinux) -> Result<(), Reason> {
    if !linux.beside.is_empty() {
        let message = format!(
            "its file system holds others, too, and goes as a whole: {}",
            linux.beside.join(", ")
        );
        return Err(
            Reason::new("others_inside", message).with("systems", Detail::names(&linux.beside))
        );
    }
    match sharing(machine, root, root) {
        None => Ok(()),
        Some(other) => {
            let message = format!(
                "its file system, which goes as a whole, is mounted by {}, too",
                other.name
            );
            Err(Reason::new("mounted_by", message).with("systems", Detail::names([&other.name])))
        }
    }
}

/// The partition with the root of the Linux that is meant.
fn root<'a>(disk: &'a Disk, meant: &LinuxName) -> Result<(&'a Partition, &'a FoundLinux), Reason> {
    let all = disk.partitions().iter();
    let all = all.filter_map(|p| Some((p, file_system(p)?.linux()?)));
    let mut fitting = all.clone().filter(|(_, linux)| meant.fits(&linux.name));
    match (fitting.next(), fitting.next()) {
        (Some(root), None) => Ok(root),
        (Some(_), Some(_)) => Err(Reason::new(
            "several",
            "more than one Linux of that name is on this disk",
        )),
        (None, _) => {
            let names: Vec<&str> = all.map(|(_, linux)| linux.name.as_str()).collect();
            let unseen = unseen(disk);
            Err(match names.as_slice() {
                [] => Reason::new(
                    "no_linux",
                    format!(
                        "no Linux is known on this disk: only those are whose root is an ext4, btrfs or xfs \
                         that could be looked into{unseen}"
                    ),
                ),
                names => {
                    let message = format!(
                        "this disk has no Linux of that name, but {}{unseen}",
                        names.join(", ")
                    );
                    Reason::new("others_only", message).with("systems", Detail::names(names))
                }
            })
        }
    }
}

/// Where a Linux may be that is known by no name, in words: nobody has looked into these file systems.
fn unseen(disk: &Disk) -> String {
    let found = disk.partitions().iter().filter_map(|p| {
        let found = file_system(p)?;
        is_unread(found).then(|| format!("{} ({})", p.number, found.kind))
    });
    let found: Vec<String> = found.collect();
    match found.as_slice() {
        [] => String::new(),
        found => format!(
            "; one in partition {} has no name here, and is replaced by that number",
            found.join(", ")
        ),
    }
}

/// Whether it may hold the root of a Linux, and nobody has looked.
fn is_unread(found: &FileSystem) -> bool {
    found
        .seen()
        .is_none_or(|seen| seen.installed.is_none() && ROOTS.contains(&seen.kind.as_str()))
}

/// Whether a line is for something of the system itself.
fn is_own(line: &FstabLine) -> bool {
    line.kind == "swap" || OWN.contains(&line.at.trim_end_matches('/'))
}

/// The partition of a line that goes; nothing if it means none, or one that stays.
fn of_line<'a>(
    machine: &'a Machine,
    disk: &Disk,
    (root, linux): (&Partition, &FoundLinux),
    line: &FstabLine,
) -> Result<Option<&'a Partition>, Reason> {
    let what = match line.kind.as_str() {
        "swap" => "swap",
        _ => &line.at,
    };
    // Neither a device nor a tag: a swap file, memory, another computer's folder.
    let is_device = line.source.starts_with("/dev/") || line.source.contains('=');
    if !is_device || line.source.starts_with("/dev/zram") {
        return Ok(None);
    }
    let (on, partition) = find(machine, linux, &line.source).map_err(|why| {
        let message = format!("where its {what} is, is not clear: {why}");
        Reason {
            message,
            details: why.details.inside("where").with("what", Detail::code(what)),
        }
    })?;
    if PartitionRole::Esp.is_of(partition) || sharing(machine, root, partition).is_some() {
        return Ok(None);
    }
    match on.path == disk.path {
        true => Ok(Some(partition)),
        false => {
            let message = format!("its {what} is on another disk ({})", on.path.display());
            Err(Reason::new("other_disk", message)
                .with("what", Detail::code(what))
                .with("path", on.path.as_path()))
        }
    }
}

/// The one partition that a source of fstab(5) means, or that holds it encrypted, with its disk.
pub(in crate::plan) fn find<'a>(
    machine: &'a Machine,
    linux: &FoundLinux,
    source: &str,
) -> Result<(&'a Disk, &'a Partition), Reason> {
    let disks = machine.disks.known().into_iter().flatten();
    let all = disks.flat_map(|disk| disk.partitions().iter().map(move |p| (disk, p)));
    find_among(all, linux, source)
}

/// The same among some partitions.
pub(super) fn find_among<'a>(
    all: impl Iterator<Item = (&'a Disk, &'a Partition)>,
    linux: &FoundLinux,
    source: &str,
) -> Result<(&'a Disk, &'a Partition), Reason> {
    let mapped = source.strip_prefix("/dev/mapper/");
    let container = mapped.and_then(|mapped| linux.container(mapped));
    let source = container.as_deref().unwrap_or(source);
    let tag = LASTING.iter().find_map(|(folder, tag)| {
        let name = source.strip_prefix(folder)?;
        Some(format!("{tag}{name}"))
    });
    let tag = tag.as_deref().unwrap_or(source);
    let Some((kind, value)) = tag.split_once('=').filter(|_| !tag.starts_with('/')) else {
        let message = format!("{source} may be another partition after each start");
        return Err(Reason::new("may_change", message).with("source", Detail::code(source)));
    };
    let mut found = all.filter(|(_, partition)| is_called(partition, kind, value));
    match (found.next(), found.next()) {
        (Some(found), None) => Ok(found),
        (Some(_), Some(_)) => Err(Reason::new(
            "several_called",
            format!("several partitions are called {tag}"),
        )
        .with("source", Detail::code(tag))),
        (None, _) => Err(
            Reason::new("none_called", format!("no partition is called {tag}"))
                .with("source", Detail::code(tag)),
        ),
    }
}

/// Whether a partition, or what is in its container, has this name of this kind.
fn is_called(partition: &Partition, kind: &str, value: &str) -> bool {
    let own = file_system(partition);
    let inside = own.and_then(FileSystem::seen);
    let (names, any_case) = match kind {
        "UUID" => ([own, inside].map(|fs| fs?.uuid.as_deref()), true),
        "LABEL" => ([own, inside].map(|fs| fs?.label.as_deref()), false),
        "PARTUUID" => ([partition.guid.as_deref(), None], true),
        "PARTLABEL" => ([partition.name.as_deref(), None], false),
        _ => ([None, None], false),
    };
    let mut names = names.into_iter().flatten();
    names.any(|name| name == value || any_case && name.eq_ignore_ascii_case(value))
}

/// Another Linux than that in `root` which says that it uses a partition, too.
fn sharing<'a>(
    machine: &'a Machine,
    root: &Partition,
    partition: &Partition,
) -> Option<&'a FoundLinux> {
    let all = all_partitions(machine).filter(|other| !std::ptr::eq(*other, root));
    let mut others = all.filter_map(|other| file_system(other)?.linux());
    others.find(|linux| {
        let mut lines = linux.fstab.iter().flatten();
        lines.any(|line| {
            let found = find(machine, linux, &line.source);
            found.is_ok_and(|(_, p)| std::ptr::eq(p, partition))
        })
    })
}

/// No other system may have what goes with the root: each one that may be there has been looked into.
fn nobody_else_may(machine: &Machine, own: &[&Partition]) -> Result<(), Reason> {
    let others =
        all_partitions(machine).filter(|p| !own.iter().any(|have| std::ptr::eq(*have, *p)));
    let unread = |partition: &&Partition| match file_system(partition) {
        Some(fs) => match fs.linux() {
            Some(linux) => linux.fstab.is_none(),
            None => is_unread(fs),
        },
        None => partition.unknown_content().is_some(),
    };
    match { others }.find(unread) {
        None => Ok(()),
        Some(other) => {
            let message = format!(
                "whether its swap and its own file systems are its alone is not clear: partition {} ({}) may \
                 hold another system that uses them, and could not be looked into",
                other.number,
                other.path.display()
            );
            Err(Reason::new("unread_other", message)
                .with("number", other.number)
                .with("path", other.path.as_path()))
        }
    }
}

/// Whether a partition can go at all.
fn may_go(machine: &Machine, disk: &Disk, partition: &Partition) -> Result<(), Reason> {
    let number = partition.number;
    if let Some(why) = spanning::refusal(machine, disk, partition, |_| false) {
        let message = format!("its partition {number} is {why}");
        return Err(Reason {
            message,
            details: why.details.inside("stays").with("number", number),
        });
    }
    match in_chain(partition) {
        None => Ok(()),
        Some(why) => Err(Reason {
            message: format!("of its partition {number}: {why}"),
            details: why.details.inside("stays").with("number", number),
        }),
    }
}

/// Those of all disks.
fn all_partitions(machine: &Machine) -> impl Iterator<Item = &Partition> {
    let disks = machine.disks.known().into_iter().flatten();
    disks
        .filter(|disk| !disk.live_medium)
        .flat_map(Disk::partitions)
}

/// What is in a partition, if it has a signature.
pub(super) const fn file_system(partition: &Partition) -> Option<&FileSystem> {
    match &partition.content {
        Content::Formatted(found) => Some(found),
        Content::Blank | Content::Unknown(_) => None,
    }
}

#[cfg(test)]
#[path = "linux_tests.rs"]
mod tests;
