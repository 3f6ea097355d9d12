//! A Linux that sleeps remembers its file systems as they were: whatever it had mounted must not be
//! written to before it has woken.

use super::{impossible, impossible_for, linux};
use crate::machine::{Content, Disk, Fact, FoundLinux, FstabLine, Machine, Partition, Table};
use crate::plan::reason::Reason;
use crate::plan::visible::visible;
use crate::plan::{Detail, Problem, ProblemId, Severity, Survey};
use std::fmt;
use std::path::Path;

/// What can be done about it.
pub(super) const MEND: &str = "Start it and shut it down fully, or choose another layout.";

/// Where the memory of a Linux that sleeps is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Memory<'a> {
    /// The device node of the partition, or of a whole disk without a table.
    node: &'a Path,
    /// The file in it, where it is not all of it.
    file: Option<&'a str>,
}

impl fmt::Display for Memory<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = self.file {
            write!(f, "{} on ", visible(file))?;
        }
        write!(f, "{}", self.node.display())
    }
}

/// The memory of a Linux that sleeps (libblkid, `swsuspend`), on whatever disk, but for what is behind the
/// device nodes in `gone`: a Linux whose memory goes does not wake.
pub(super) fn hibernated<'a>(survey: &'a Survey<'_>, gone: &[&Path]) -> Option<Memory<'a>> {
    if !survey.linux_sleeps() {
        return None;
    }
    let mut memories = memories(survey.machine());
    memories.find(|memory| !gone.contains(&memory.node))
}

/// Whether a Linux sleeps, on whatever disk.
pub(in crate::plan) fn any_sleeps(machine: &Machine) -> bool {
    memories(machine).next().is_some()
}

fn memories(machine: &Machine) -> impl Iterator<Item = Memory<'_>> {
    let disks = machine.disks.known().into_iter().flatten();
    let regions = disks.flat_map(regions);
    regions.filter_map(|(node, content)| memory(node, content))
}

/// What lies on a disk, with its device nodes.
pub(super) fn regions(disk: &Disk) -> impl Iterator<Item = (&Path, &Content)> {
    let whole = match disk.table.known() {
        Some(Table::Whole { content }) => Some((disk.path.as_path(), content)),
        Some(Table::Partitioned { .. }) | None => None,
    };
    let partitions = disk.partitions().iter();
    let partitions = partitions.map(|p| (p.path.as_path(), &p.content));
    whole.into_iter().chain(partitions)
}

/// The memory in swap or in a swap file, in a container as far as somebody has looked into it.
fn memory<'a>(node: &'a Path, content: &'a Content) -> Option<Memory<'a>> {
    let Content::Formatted(found) = content else {
        return None;
    };
    let file = found.linux().and_then(|linux| linux.asleep_in.as_deref());
    let is_swap = found.seen().is_some_and(|seen| seen.kind == "swsuspend");
    (is_swap || file.is_some()).then_some(Memory { node, file })
}

/// Warns of each Linux that stays and may sleep, where its memory would be out of sight.
pub(super) fn may_sleep(survey: &Survey<'_>, gone: &[&Path]) -> Vec<Problem> {
    match survey.linux_may_sleep() {
        true => may_sleep_beyond(survey.machine(), gone),
        false => Vec::new(),
    }
}

/// Whether there is a Linux that may sleep, on whatever disk.
pub(in crate::plan) fn any_may_sleep(machine: &Machine) -> bool {
    !may_sleep_beyond(machine, &[]).is_empty()
}

fn may_sleep_beyond(machine: &Machine, gone: &[&Path]) -> Vec<Problem> {
    let disks = machine.disks.known().into_iter().flatten();
    let partitions = disks.flat_map(Disk::partitions);
    let told = partitions.filter_map(|partition| {
        let linux = linux::file_system(partition)?.linux()?;
        if gone.contains(&partition.path.as_path()) {
            return None;
        }
        let mut lines = linux.fstab.iter().flatten();
        let place = lines.find_map(|line| out_of_sight(machine, linux, line, gone))?;
        Some(Problem {
            id: ProblemId::LinuxMaySleep,
            severity: Severity::Warning,
            ..impossible(
                &format!(
                    "whether {} is hibernated can't be seen: its swap is {place}; if it is, it would go on \
                     with what it remembers of the file systems",
                    visible(&linux.name)
                ),
                "If it may be, start it and shut it down fully before this installation begins.",
            )
            .telling(place.details)
            .with("system", Detail::name(&linux.name))
        })
    });
    told.collect()
}

/// Where the swap of a line of fstab(5) is, in words, if nobody has looked there.
fn out_of_sight(
    machine: &Machine,
    linux: &FoundLinux,
    line: &FstabLine,
    gone: &[&Path],
) -> Option<Reason> {
    if line.is_swap_file() {
        // In the other file systems it was looked at.
        let is_btrfs = linux.subvolume.is_some();
        let source = visible(&line.source);
        let told = || Reason::new("file", format!("the file {source} in a btrfs"));
        return is_btrfs.then(|| told().with("swap", Detail::code(&source)));
    }
    let is_device = line.source.starts_with("/dev/") || line.source.contains('=');
    if line.kind != "swap" || !is_device || line.source.starts_with("/dev/zram") {
        return None;
    }
    if linux.has_new_key_each_time(&line.source) {
        return None;
    }
    match linux::find(machine, linux, &line.source) {
        Ok((_, partition)) if gone.contains(&partition.path.as_path()) => None,
        Ok((_, partition)) => {
            let is_locked = partition.inside().is_none()
                && linux::file_system(partition).is_some_and(|fs| fs.kind == "crypto_LUKS");
            is_locked.then(|| {
                let message = format!(
                    "in the LUKS container in partition {} ({}), which nobody has unlocked",
                    partition.number,
                    partition.path.display()
                );
                Reason::new("container", message)
                    .with("number", partition.number)
                    .with("path", partition.path.as_path())
            })
        }
        Err(_) => {
            let kinds = ["LVM2_member", "linux_raid_member", "crypto_LUKS"];
            let disks = machine.disks.known().into_iter().flatten();
            let mut parts = disks
                .flat_map(Disk::partitions)
                .filter_map(linux::file_system);
            let volume =
                parts.find(|fs| fs.inside.is_none() && kinds.contains(&fs.kind.as_str()))?;
            let source = visible(&line.source);
            let message = format!(
                "{source}, which may be in a volume ({}) that is not open",
                volume.kind
            );
            Some(
                Reason::new("volume", message)
                    .with("swap", Detail::code(source))
                    .with("kind", Detail::code(&volume.kind)),
            )
        }
    }
}

/// The device nodes of partitions.
pub(super) fn nodes<'a>(partitions: &[&'a Partition]) -> Vec<&'a Path> {
    partitions.iter().map(|p| p.path.as_path()).collect()
}

/// Whether there is anything on a disk that a Linux may have mounted.
pub(super) fn may_have_mounted(disk: &Disk) -> bool {
    match &disk.table {
        Fact::Known(Table::Partitioned { partitions, .. }) => !partitions.is_empty(),
        Fact::Known(Table::Whole { content }) => *content != Content::Blank,
        Fact::Unknown(_) => true,
    }
}

/// Why nothing that it may have mounted is touched.
pub(super) fn still_remembered(memory: Memory<'_>) -> Reason {
    let message = format!(
        "a Linux is hibernated (its memory is in {memory}), and would go on with what it remembers of \
         the file systems"
    );
    Reason::new("memory", message).with("memory", Detail::code(memory))
}

/// The error that a Linux sleeps whose memory is there.
pub(super) fn problem(memory: Memory<'_>) -> Problem {
    Problem {
        id: ProblemId::LinuxSleeps,
        ..impossible_for(&still_remembered(memory), MEND)
    }
}

/// The error that a Linux sleeps whose memory is the swap behind a device node.
pub(crate) fn problem_in_swap(node: &Path) -> Problem {
    problem(Memory { node, file: None })
}

/// An error if a Linux sleeps on, for a layout that touches file systems that it may have mounted.
pub(super) fn refuse(survey: &Survey<'_>, gone: &[&Path]) -> Result<(), Problem> {
    match hibernated(survey, gone) {
        None => Ok(()),
        Some(memory) => Err(problem(memory)),
    }
}

#[cfg(test)]
#[path = "asleep_tests.rs"]
mod tests;
