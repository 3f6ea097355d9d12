//! A Linux that sleeps remembers its file systems as they were: whatever it had mounted must not be
//! written to before it has woken.

use super::{impossible, impossible_for, linux};
use crate::machine::{Content, Disk, Fact, FoundLinux, FstabLine, Machine, Partition, Table};
use crate::plan::reason::Reason;
use crate::plan::visible::visible;
use crate::plan::{Detail, Problem, ProblemId, Severity};
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
pub(super) fn hibernated<'a>(machine: &'a Machine, gone: &[&Path]) -> Option<Memory<'a>> {
    let disks = machine.disks.known().into_iter().flatten();
    let regions = disks.flat_map(regions);
    // Few have one: to look for that first is the fast way through thousands of partitions.
    let mut memories = regions.filter_map(|(node, content)| memory(node, content));
    memories.find(|memory| !gone.contains(&memory.node))
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
pub(super) fn may_sleep(machine: &Machine, gone: &[&Path]) -> Vec<Problem> {
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
pub(super) fn refuse(machine: &Machine, gone: &[&Path]) -> Result<(), Problem> {
    match hibernated(machine, gone) {
        None => Ok(()),
        Some(memory) => Err(problem(memory)),
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
        assert!(still_remembered(memory).message.contains("/dev/sdz"));
        assert_eq!(hibernated(&machine, &[Path::new("/dev/sdz")]), None);
    }

    /// A computer with an openSUSE in btrfs, its fstab changed.
    fn opensuse(change: impl FnOnce(&mut Vec<FstabLine>)) -> Machine {
        let text = include_str!("../../../tests/machines/table-found-opensuse.json");
        let mut machine = machine(text);
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
            panic!("it has partitions")
        };
        let Content::Formatted(fs) = &mut partitions[1].content else {
            panic!("it has a root")
        };
        let Some(crate::machine::Installed::Linux(linux)) = &mut fs.installed else {
            panic!("it has a system")
        };
        change(linux.fstab.as_mut().unwrap());
        machine
    }

    #[test]
    fn memory_in_a_swap_file_is_seen_and_goes_with_its_partition() {
        let mut machine = opensuse(|_| ());
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
            panic!("it has partitions")
        };
        let Content::Formatted(fs) = &mut partitions[1].content else {
            panic!("it has a root")
        };
        let Some(crate::machine::Installed::Linux(linux)) = &mut fs.installed else {
            panic!("it has a system")
        };
        linux.asleep_in = Some("/swapfile".to_owned());
        let told = still_remembered(hibernated(&machine, &[]).unwrap()).message;
        assert!(
            told.contains("its memory is in /swapfile on /dev/nvme0n1p2"),
            "{told}"
        );
        assert_eq!(hibernated(&machine, &[Path::new("/dev/nvme0n1p2")]), None);
    }

    #[test]
    fn swap_that_is_out_of_sight_is_told() {
        let swap = |source: &'static str| {
            opensuse(move |lines| {
                let swap = lines.iter_mut().find(|line| line.kind == "swap");
                source.clone_into(&mut swap.unwrap().source);
            })
        };
        let told = |machine: &Machine, gone: &[&str]| {
            let gone: Vec<&Path> = gone.iter().map(Path::new).collect();
            let told = may_sleep(machine, &gone);
            told.into_iter()
                .map(|problem| problem.message)
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&opensuse(|_| ()), &[]), Vec::<String>::new());
        let file = swap("/swapfile");
        let [why] = &told(&file, &[])[..] else {
            panic!("told once")
        };
        assert!(
            why.contains("its swap is the file /swapfile in a btrfs"),
            "{why}"
        );
        assert!(told(&file, &["/dev/nvme0n1p2"]).is_empty(), "it goes");
        // Nothing is there that it could be in.
        let volume = swap("/dev/mapper/system-swap");
        assert!(told(&volume, &[]).is_empty());
        let text = include_str!("../../../tests/machines/table-found-debian.json");
        let mut debian = machine(text);
        assert!(
            told(&debian, &[]).is_empty(),
            "somebody has looked into both"
        );
        let Fact::Known(disks) = &mut debian.disks else {
            panic!("it has disks")
        };
        let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
            panic!("it has partitions")
        };
        if let Content::Formatted(swap) = &mut partitions[3].content {
            swap.inside = None;
        }
        let [why] = &told(&debian, &[])[..] else {
            panic!("told once")
        };
        assert!(
            why.contains("in the LUKS container in partition 4"),
            "{why}"
        );
        assert!(
            told(&debian, &["/dev/nvme0n1p4"]).is_empty(),
            "its swap goes"
        );
    }

    #[test]
    fn a_plan_warns_where_it_touches_what_may_be_remembered() {
        let machine = opensuse(|lines| {
            let swap = lines.iter_mut().find(|line| line.kind == "swap");
            "/swapfile".clone_into(&mut swap.unwrap().source);
        });
        let warned = |disk: &str| {
            let text = format!(
                "version = 1\n[disk]\n{disk}\n[[users]]\nname = \"ada\"\nadministrator = true\n"
            );
            let preset = crate::preset::read(&text, "test").unwrap();
            let plan = resolve(&machine, &preset, Seed::new([1; 32])).unwrap();
            let mut warnings = plan.warnings.iter();
            warnings.any(|problem| problem.id == ProblemId::LinuxMaySleep)
        };
        // The EFI system partition is used by both.
        assert!(warned("layout = \"free\""));
        assert!(warned("layout = \"replace\"\npartition = { number = 4 }"));
        assert!(!warned("layout = \"replace\"\nsystem = \"opensuse\""));
        assert!(!warned("layout = \"erase\""));
        let manual = |partitions: &str| {
            format!(
                "layout = \"manual\"\n[[disk.disks]]\nchoose = {{ serial = \"NVME0N1\" }}\n\
                 [[disk.disks.partitions]]\nsize = \"1 GiB\"\nmount = \"/boot\"\n\
                 [[disk.disks.partitions]]\nsize = \"rest\"\nmount = \"/\"\n{partitions}"
            )
        };
        assert!(!warned(&manual("")), "nothing that is there is touched");
        let deletes = "[[disk.disks.partitions]]\npartition = { number = 4 }\ndo = \"delete\"\n";
        assert!(warned(&manual(deletes)));
    }
}
