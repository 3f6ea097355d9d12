use super::*;
use crate::machine::{Content, Fact, FileSystem, Partition, Table};
use crate::plan::{Seed, resolve};

fn recorded(text: &str, change: impl FnOnce(&mut Vec<Disk>)) -> Machine {
    let mut machine: Machine = serde_json::from_str(text).unwrap();
    if let Fact::Known(disks) = &mut machine.disks {
        change(disks);
    }
    machine
}

/// Windows on sdb; its EFI system partition and a drive with data are on sda.
fn with_windows(change: impl FnOnce(&mut Vec<Disk>)) -> Machine {
    let text = include_str!("../../tests/machines/table-esp-on-other-disk.json");
    recorded(text, change)
}

fn partitions(disk: &mut Disk) -> &mut Vec<Partition> {
    match &mut disk.table {
        Fact::Known(Table::Partitioned { partitions, .. }) => partitions,
        other => panic!("{other:?}"),
    }
}

fn installed(disk: &mut Disk, index: usize) -> &mut Option<Installed> {
    match &mut partitions(disk)[index].content {
        Content::Formatted(found) => &mut found.installed,
        other => panic!("{other:?}"),
    }
}

/// What is said of systems that stay, where the disk is written to that `disk` says.
fn told(machine: &Machine, disk: &str) -> Vec<(ProblemId, String)> {
    let text = format!("version = 1\nroot = {{ password = 'ask' }}\n[disk]\n{disk}\n");
    let preset = crate::preset::read(&text, "test").unwrap();
    let plan = resolve(machine, &preset, Seed::new([7; 32])).unwrap();
    let told = plan.warnings.into_iter().filter(|told| {
        let ids = [
            ProblemId::OtherSystemStranded,
            ProblemId::OtherSystemLosesParts,
            ProblemId::EspFormatted,
            ProblemId::NixosLosesMenu,
        ];
        ids.contains(&told.id)
    });
    told.map(|told| (told.id, told.message)).collect()
}

fn erased(machine: &Machine, path: &str) -> Vec<(ProblemId, String)> {
    told(machine, &format!("choose = {{ path = '{path}' }}"))
}

#[test]
fn a_windows_whose_esp_goes_is_told_with_its_disk() {
    let machine = with_windows(|disks| *installed(&mut disks[1], 1) = Some(Installed::Windows));
    let told = erased(&machine, "/dev/sda");
    let [(ProblemId::OtherSystemStranded, message)] = &told[..] else {
        panic!("{told:?}");
    };
    assert!(message.starts_with("Windows on Model S1"), "{message}");
    assert!(message.contains("serial SDB"), "{message}");
    assert!(
        message.contains("seems to start from partition 1 of"),
        "{message}"
    );
    assert_eq!(
        erased(&machine, "/dev/sdb"),
        [],
        "its ESP stays, and it goes"
    );
}

#[test]
fn the_esp_of_another_disk_may_be_the_one() {
    let machine = with_windows(|disks| {
        let mut third = disks[0].clone();
        (third.name, third.path) = ("sdc".to_owned(), "/dev/sdc".into());
        for partition in partitions(&mut third) {
            partition.path = format!("/dev/sdc{}", partition.number).into();
        }
        disks.push(third);
    });
    let told = erased(&machine, "/dev/sda");
    assert_eq!(told.len(), 1, "{told:?}");
    let (_, message) = &told[0];
    assert!(message.starts_with("a Windows that may be on"), "{message}");
    assert!(message.contains("may start from"), "{message}");
}

#[test]
fn a_drive_with_data_alone_starts_from_nothing() {
    let looked = with_windows(|disks| *installed(&mut disks[1], 1) = Some(Installed::Nothing));
    assert_eq!(erased(&looked, "/dev/sda"), []);
    let plugged = with_windows(|disks| disks[1].removable = true);
    assert_eq!(erased(&plugged, "/dev/sda"), []);
}

#[test]
fn on_a_bios_a_windows_starts_from_the_small_partition() {
    let machine = with_windows(|disks| {
        let drive = partitions(&mut disks[1])[1].content.clone();
        let small = &mut partitions(&mut disks[0])[0];
        small.content = drive;
        small.type_id = "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7".to_owned();
    });
    let machine = Machine {
        firmware: Fact::Known(Firmware::Bios),
        ..machine
    };
    let told = erased(&machine, "/dev/sda");
    assert!(
        matches!(&told[..], [(ProblemId::OtherSystemStranded, _)]),
        "{told:?}"
    );
}

#[test]
fn a_linux_whose_fstab_names_what_goes_is_told_with_each_part() {
    let text = include_str!("../../tests/machines/table-linux-on-two-disks.json");
    let machine = recorded(text, |_| ());
    let told = erased(&machine, "/dev/sda");
    let [(ProblemId::OtherSystemLosesParts, message)] = &told[..] else {
        panic!("{told:?}");
    };
    assert!(
        message.starts_with("Debian GNU/Linux 12 (bookworm), in partition 2 of"),
        "{message}"
    );
    let uses = "uses what goes: /dev/sda1 (/boot/efi), /dev/sda2 (/home)";
    assert!(message.contains(uses), "{message}");
    assert_eq!(erased(&machine, "/dev/sdb"), [], "it goes itself");
    let replaced = "layout = 'replace'\nchoose = { path = '/dev/sda' }\npartition = { number = 2 }";
    let replaced = self::told(&machine, replaced);
    assert!(
        replaced[0].1.contains("uses what goes: /dev/sda2 (/home);"),
        "{replaced:?}"
    );
}

fn file_system(disk: &mut Disk, index: usize) -> &mut FileSystem {
    match &mut partitions(disk)[index].content {
        Content::Formatted(found) => found,
        other => panic!("{other:?}"),
    }
}

/// The lines of the fstab of the Linux in a partition.
fn fstab(disk: &mut Disk, index: usize) -> &mut Vec<FstabLine> {
    match installed(disk, index) {
        Some(Installed::Linux(linux)) => linux.fstab.as_mut().unwrap(),
        other => panic!("{other:?}"),
    }
}

fn line(uuid: &str, at: &str, kind: &str) -> FstabLine {
    FstabLine {
        source: format!("UUID={uuid}"),
        at: at.to_owned(),
        kind: kind.to_owned(),
        subvolume: None,
    }
}

/// A manual layout of the one disk: its EFI system partition is used, these lines, and a new root.
fn manual(rest: &str) -> String {
    format!(
        "layout = 'manual'\n[[disk.disks]]\n[[disk.disks.partitions]]\npartition = {{ number = 1 }}\n\
         mount = '/boot'\n[[disk.disks.partitions]]\n{rest}\n[[disk.disks.partitions]]\n\
         size = '80 GiB'\nmount = '/'\n"
    )
}

/// What is said where subvolumes of Fedora go and it may stay, whose `/home` is mounted from `from`.
fn fedora_without(gone: &[&str], from: Option<&str>) -> Vec<(ProblemId, String)> {
    let text = include_str!("../../tests/machines/table-found-fedora.json");
    let machine = recorded(text, |disks| {
        fstab(&mut disks[0], 2)[3].subvolume = from.map(str::to_owned);
    });
    let gone = gone.iter();
    let gone: Vec<_> = gone
        .map(|name| format!("{{ name = '{name}', do = 'delete' }}"))
        .collect();
    let gone = gone.join(", ");
    let gone = format!("partition = {{ number = 3 }}\nsubvolumes = [{gone}]");
    told(&machine, &manual(&gone))
}

#[test]
fn a_subvolume_is_missed_by_the_system_that_stays_and_mounts_it() {
    for from in [None, Some("home")] {
        let told = fedora_without(&["home"], from);
        let [(ProblemId::OtherSystemLosesParts, message)] = &told[..] else {
            panic!("{told:?}");
        };
        let uses = "uses what goes: the subvolume home in /dev/nvme0n1p3 (/home);";
        assert!(message.contains(uses), "{message}");
    }
    assert_eq!(fedora_without(&["home"], Some("people")), []);
    let inner = fedora_without(&["root/var/lib/machines"], None);
    assert!(
        inner[0]
            .1
            .contains("root/var/lib/machines in /dev/nvme0n1p3 (/);"),
        "{inner:?}"
    );
    let whole = fedora_without(&["root", "root/var/lib/machines", "home"], None);
    assert_eq!(whole, [], "it goes itself");
}

#[test]
fn what_is_in_a_container_is_missed_by_the_system_that_mounts_it() {
    let text = include_str!("../../tests/machines/table-luks-home.json");
    let machine = recorded(text, |disks| {
        let inside = file_system(&mut disks[0], 4).seen().unwrap().uuid.clone();
        let own = file_system(&mut disks[0], 1).uuid.clone();
        let lines = vec![
            line(&own.unwrap(), "/", "ext4"),
            line(&inside.unwrap(), "/home", "ext4"),
        ];
        let debian = FoundLinux::new("Debian GNU/Linux 13 (trixie)", Some(lines));
        *installed(&mut disks[0], 1) = Some(Installed::Linux(Box::new(debian)));
    });
    let anew = "do = 'format'\nunlock = true\nfile_system = 'ext4'\nmount = '/srv'";
    let told = |number: u32| {
        let layout = manual(&format!("partition = {{ number = {number} }}\n{anew}"));
        told(
            &machine,
            &format!("encrypt = {{ passphrase = 'ask' }}\n{layout}"),
        )
    };
    let home = told(5);
    let [(ProblemId::OtherSystemLosesParts, message)] = &home[..] else {
        panic!("{home:?}");
    };
    let uses = "uses what goes: what is in /dev/nvme0n1p5 (/home);";
    assert!(message.contains(uses), "{message}");
    assert_eq!(told(3), [], "nobody mounts it");
}

#[test]
fn a_nixos_that_starts_from_the_shared_esp_is_named() {
    let text = include_str!("../../tests/machines/table-dual-linux.json");
    let named = |name: &str| {
        recorded(text, |disks| {
            let esp = file_system(&mut disks[0], 0).uuid.clone().unwrap();
            let own = file_system(&mut disks[0], 2).uuid.clone().unwrap();
            let lines = vec![line(&own, "/", "ext4"), line(&esp, "/boot", "vfat")];
            let linux = FoundLinux::new(name, Some(lines));
            *installed(&mut disks[0], 2) = Some(Installed::Linux(Box::new(linux)));
        })
    };
    let replaced = |number: u32| format!("layout = 'replace'\npartition = {{ number = {number} }}");
    let nixos = named("NixOS 25.11 (Xantusia)");
    let told_of = told(&nixos, &replaced(2));
    let [(ProblemId::NixosLosesMenu, message)] = &told_of[..] else {
        panic!("{told_of:?}");
    };
    assert!(
        message.starts_with("NixOS 25.11 (Xantusia), in partition 3 of"),
        "{message}"
    );
    assert!(
        message.contains("starts from partition 1 (/dev/nvme0n1p1), which")
            && !message.contains("  "),
        "{message}"
    );
    assert_eq!(told(&nixos, &replaced(3)), [], "it goes itself");
    let manual = manual("partition = { number = 2 }\ndo = 'delete'");
    assert_eq!(told(&nixos, &manual).len(), 1, "by hand as well");
    assert_eq!(told(&named("Debian GNU/Linux 13"), &replaced(2)), []);
}

#[test]
fn that_an_esp_goes_is_told_once() {
    let text = include_str!("../../tests/machines/table-windows-gap.json");
    let deleted = "layout = 'manual'\n[[disk.disks]]\n[[disk.disks.partitions]]\n\
                   partition = { number = 1 }\ndo = 'delete'\n[[disk.disks.partitions]]\n\
                   size = '1 GiB'\nmount = '/boot'\n[[disk.disks.partitions]]\nsize = '80 GiB'\n\
                   mount = '/'";
    let machine = recorded(text, |_| ());
    let once = told(&machine, deleted);
    let [(ProblemId::OtherSystemStranded, message)] = &once[..] else {
        panic!("{once:?}");
    };
    assert!(message.starts_with("Windows on "), "{message}");
    assert!(
        message.contains("seems to start from its partition 1, which goes"),
        "{message}"
    );
    // Where nobody is seen who starts from it, that it goes is told all the same.
    let machine = recorded(text, |disks| {
        partitions(&mut disks[0]).retain(|p| p.number < 3)
    });
    let alone = told(&machine, deleted);
    assert!(
        matches!(&alone[..], [(ProblemId::EspFormatted, _)]),
        "{alone:?}"
    );
}

/// What is said of the boot menu where a Linux stays, and the configuration of the boot loader.
fn menu(machine: &Machine, disk: &str) -> (Vec<String>, String) {
    let text = format!("version = 1\nroot = {{ password = 'ask' }}\n{disk}\n");
    let preset = crate::preset::read(&text, "test").unwrap();
    let plan = resolve(machine, &preset, Seed::new([7; 32])).unwrap();
    let told = plan.warnings.iter();
    let told = told.filter(|told| told.id == ProblemId::LinuxNotListed);
    let files = plan.steps.iter().find_map(|step| match &step.action {
        crate::plan::Action::WriteFiles { files } => Some(files[0].text.clone()),
        _ => None,
    });
    let told = told.map(|told| told.message.clone());
    (told.collect(), files.unwrap())
}

/// A disk with an openSUSE, and a blank one that is installed on.
fn with_a_blank_disk() -> Machine {
    let blank = include_str!("../../tests/machines/empty-uefi.json");
    let blank: Machine = serde_json::from_str(blank).unwrap();
    let mut blank = blank.disks.known().unwrap()[0].clone();
    blank.path = "/dev/sdz".into();
    blank.serial = Some("BLANK".to_owned());
    blank.by_id.clear();
    let text = include_str!("../../tests/machines/table-found-opensuse.json");
    recorded(text, |disks| disks.push(blank))
}

#[test]
fn a_linux_that_stays_is_in_no_menu_but_that_of_grub() {
    let machine = with_a_blank_disk();
    let disk = "[disk]\nchoose = { serial = 'BLANK' }\n";
    let (told, files) = menu(&machine, disk);
    let [message] = &told[..] else {
        panic!("{told:?}")
    };
    assert!(message.starts_with("openSUSE"), "{message}");
    assert!(message.contains("partition 2 of"), "{message}");
    assert!(!files.contains("useOSProber"));
    let grub = format!("{disk}[system]\nboot_loader = 'grub'\n");
    let (told, files) = menu(&machine, &grub);
    assert_eq!(told, Vec::<String>::new());
    assert!(files.contains("useOSProber = true;"), "{files}");
}

/// What goes is in no menu, and what starts from the same partition may be in it.
#[test]
fn only_a_linux_that_stays_and_starts_from_elsewhere_is_told() {
    let machine = with_a_blank_disk();
    let disk = machine.disks.known().unwrap()[0].path.clone();
    let erased = format!("[disk]\nchoose = {{ path = '{}' }}\n", disk.display());
    assert_eq!(menu(&machine, &erased).0, Vec::<String>::new());
    // A drive that comes and goes.
    let mut removable = machine;
    if let Fact::Known(disks) = &mut removable.disks {
        disks[0].removable = true;
    }
    let blank = "[disk]\nchoose = { serial = 'BLANK' }\n";
    assert_eq!(menu(&removable, blank).0, Vec::<String>::new());
}
