use super::*;
use crate::machine::{Content, Fact, Partition, Table};
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
    assert!(message.starts_with("what may be a Windows on"), "{message}");
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
