//! A Linux that sleeps remembers its file systems as they were: whatever it had mounted must not be
//! written to before it has woken.

use super::impossible;
use crate::machine::{Content, Disk, Machine, Partition};
use crate::plan::{Problem, ProblemId};

/// What can be done about it.
pub(super) const MEND: &str = "Start it and shut it down fully, or choose another layout.";

/// Swap that holds the memory of a Linux that sleeps, on whatever disk (libblkid, `swsuspend`), but
/// for what is in `gone`: a Linux whose memory goes does not wake.
pub(super) fn hibernated<'a>(machine: &'a Machine, gone: &[&Partition]) -> Option<&'a Partition> {
    let disks = machine.disks.known().into_iter().flatten();
    let mut partitions = disks.flat_map(Disk::partitions);
    let holds_memory =
        |p: &Partition| matches!(&p.content, Content::Formatted(fs) if fs.kind == "swsuspend");
    partitions.find(|p| holds_memory(p) && !gone.iter().any(|gone| gone.path == p.path))
}

/// Why nothing that it may have mounted is touched.
pub(super) fn still_remembered(swap: &Partition) -> String {
    format!(
        "a Linux is hibernated (its memory is in {}), and would go on with what it remembers of the \
         file systems",
        swap.path.display()
    )
}

/// An error if a Linux sleeps on, for a layout that touches file systems that it may have mounted.
pub(super) fn refuse(machine: &Machine, gone: &[&Partition]) -> Result<(), Problem> {
    match hibernated(machine, gone) {
        None => Ok(()),
        Some(swap) => Err(Problem {
            id: ProblemId::LinuxSleeps,
            ..impossible(&still_remembered(swap), MEND)
        }),
    }
}
