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
    let text =
        format!("version = 1\n[disk]\n{disk}\n[[users]]\nname = \"ada\"\nadministrator = true\n");
    let preset = crate::preset::read(&text, "test").unwrap();
    let plan = resolve(&machine_with_it, &preset, Seed::new([1; 32]));
    plan.map(|_| ()).map_err(|problems| problems.to_string())
}

#[test]
fn a_disk_that_it_may_have_mounted_is_not_erased_and_its_own_is() {
    let erase = |serial: &str| format!("layout = \"erase\"\nchoose = {{ serial = \"{serial}\" }}");
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
    let survey = Survey::of(&machine);
    let memory = hibernated(&survey, &[]).unwrap();
    assert!(still_remembered(memory).message.contains("/dev/sdz"));
    assert_eq!(
        hibernated(&Survey::of(&machine), &[Path::new("/dev/sdz")]),
        None
    );
}

/// A computer with an openSUSE in btrfs, changed.
fn changed_opensuse(change: impl FnOnce(&mut FoundLinux)) -> Machine {
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
    change(linux);
    machine
}

/// The same, its fstab changed.
fn opensuse(change: impl FnOnce(&mut Vec<FstabLine>)) -> Machine {
    changed_opensuse(|linux| change(linux.fstab.as_mut().unwrap()))
}

#[test]
fn memory_in_a_swap_file_is_seen_and_goes_with_its_partition() {
    let machine = changed_opensuse(|linux| linux.asleep_in = Some("/swapfile".to_owned()));
    let told = still_remembered(hibernated(&Survey::of(&machine), &[]).unwrap()).message;
    assert!(
        told.contains("its memory is in /swapfile on /dev/nvme0n1p2"),
        "{told}"
    );
    assert_eq!(
        hibernated(&Survey::of(&machine), &[Path::new("/dev/nvme0n1p2")]),
        None
    );
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
        let told = may_sleep(&Survey::of(machine), &gone);
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
