//! A Linux that sleeps remembers its file systems as they were: whatever it had mounted must not be
//! written to before it has woken.

use super::impossible;
use crate::machine::{Content, Disk, Fact, Machine, Partition, Table};
use crate::plan::{Problem, ProblemId};
use std::fmt;
use std::path::Path;

/// What can be done about it.
pub(super) const MEND: &str = "Start it and shut it down fully, or choose another layout.";

/// Where the memory of a Linux that sleeps is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Memory<'a> {
    /// The device node of the partition, or of a whole disk without a table.
    node: &'a Path,
}

impl fmt::Display for Memory<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.node.display())
    }
}

/// The memory of a Linux that sleeps (libblkid, `swsuspend`), on whatever disk, but for what is behind the
/// device nodes in `gone`: a Linux whose memory goes does not wake.
pub(super) fn hibernated<'a>(machine: &'a Machine, gone: &[&Path]) -> Option<Memory<'a>> {
    let disks = machine.disks.known().into_iter().flatten();
    let mut regions = disks.flat_map(regions);
    let found = regions.find(|(node, content)| holds_memory(content) && !gone.contains(node));
    found.map(|(node, _)| Memory { node })
}

/// What lies on a disk, with its device nodes.
fn regions(disk: &Disk) -> impl Iterator<Item = (&Path, &Content)> {
    let whole = match disk.table.known() {
        Some(Table::Whole { content }) => Some((disk.path.as_path(), content)),
        Some(Table::Partitioned { .. }) | None => None,
    };
    let partitions = disk.partitions().iter();
    let partitions = partitions.map(|p| (p.path.as_path(), &p.content));
    whole.into_iter().chain(partitions)
}

/// Whether swap holds the memory, in a container as far as somebody has looked into it.
fn holds_memory(content: &Content) -> bool {
    match content {
        Content::Formatted(fs) if fs.kind == "swsuspend" => true,
        Content::Formatted(fs) => {
            let inside = fs.inside.as_ref();
            inside.is_some_and(|inside| holds_memory(&inside.content))
        }
        Content::Blank | Content::Unknown(_) => false,
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
pub(super) fn still_remembered(memory: Memory<'_>) -> String {
    format!(
        "a Linux is hibernated (its memory is in {memory}), and would go on with what it remembers of \
         the file systems"
    )
}

/// An error if a Linux sleeps on, for a layout that touches file systems that it may have mounted.
pub(super) fn refuse(machine: &Machine, gone: &[&Path]) -> Result<(), Problem> {
    match hibernated(machine, gone) {
        None => Ok(()),
        Some(memory) => Err(Problem {
            id: ProblemId::LinuxSleeps,
            ..impossible(&still_remembered(memory), MEND)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Seed, resolve};

    fn machine(text: &str) -> Machine {
        serde_json::from_str(text).unwrap()
    }

    /// What is said of a disk, where a Linux sleeps on one disk and others are beside it: `used` and
    /// `empty`, by their serial numbers.
    fn planned(disk: &str) -> Result<(), String> {
        let sleeping = include_str!("../../../tests/machines/table-linux-hibernated.json");
        let mut machine_with_it = machine(sleeping);
        let others = [
            include_str!("../../../tests/machines/table-dual-linux.json"),
            include_str!("../../../tests/machines/empty-uefi.json"),
        ];
        let Fact::Known(disks) = &mut machine_with_it.disks else {
            panic!("it has disks")
        };
        for ((text, name), serial) in others
            .into_iter()
            .zip(["sdx", "sdy"])
            .zip(["used", "empty"])
        {
            let Fact::Known(found) = machine(text).disks else {
                panic!("it has disks")
            };
            let mut other = found.into_iter().next().unwrap();
            other.name = name.to_owned();
            other.path = format!("/dev/{name}").into();
            if let Fact::Known(Table::Partitioned { partitions, .. }) = &mut other.table {
                for partition in partitions {
                    partition.path = format!("/dev/{name}{}", partition.number).into();
                }
            }
            other.serial = Some(serial.to_owned());
            disks.push(other);
        }
        let text = format!(
            "version = 1\n[disk]\n{disk}\n[[users]]\nname = \"ada\"\nadministrator = true\n"
        );
        let preset = crate::preset::read(&text, "test").unwrap();
        let plan = resolve(&machine_with_it, &preset, Seed::new([1; 32]));
        plan.map(|_| ()).map_err(|problems| problems.to_string())
    }

    #[test]
    fn a_disk_that_it_may_have_mounted_is_not_erased_and_its_own_is() {
        let erase =
            |serial: &str| format!("layout = \"erase\"\nchoose = {{ serial = \"{serial}\" }}");
        let anew = |serial: &str| {
            format!(
                "layout = \"manual\"\n[[disk.disks]]\nchoose = {{ serial = \"{serial}\" }}\n\
                 table = \"new\"\n[[disk.disks.partitions]]\nsize = \"1 GiB\"\nmount = \"/boot\"\n\
                 [[disk.disks.partitions]]\nsize = \"rest\"\nmount = \"/\""
            )
        };
        for disk in [erase, anew] as [fn(&str) -> String; 2] {
            let why = planned(&disk("used")).unwrap_err();
            assert!(why.contains("a Linux is hibernated"), "{why}");
            assert_eq!(planned(&disk("NVME0N1")), Ok(()), "its memory goes, too");
            assert_eq!(planned(&disk("empty")), Ok(()), "nothing was mounted");
        }
    }
    #[test]
    fn memory_on_a_whole_disk_is_seen_and_goes_with_the_disk() {
        let mut machine = machine(include_str!(
            "../../../tests/machines/table-dual-linux.json"
        ));
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        let mut swap = disks[0].clone();
        swap.path = "/dev/sdz".into();
        swap.table = Fact::Known(Table::Whole {
            content: Content::Formatted(crate::machine::FileSystem::of_kind("swsuspend")),
        });
        disks.push(swap);
        let memory = hibernated(&machine, &[]).unwrap();
        assert!(still_remembered(memory).contains("/dev/sdz"));
        assert_eq!(hibernated(&machine, &[Path::new("/dev/sdz")]), None);
    }
}
