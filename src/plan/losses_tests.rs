use super::*;
use crate::machine::{HomeFolder, Machine};
use crate::plan::{Seed, Survey};

#[test]
fn a_boot_loaders_partition_is_known_by_its_type() {
    let machine = include_str!("../../tests/machines/windows-laptop.json");
    let machine: Machine = serde_json::from_str(machine).unwrap();
    let disks = machine.disks.known().unwrap();
    let mut boot = disks[0].partitions()[0].clone();
    boot.content = Content::Unknown("data without a known signature".to_owned());
    assert!(boot.unknown_content().is_some());
    assert!(
        partition(&disks[0], &boot)
            .to_string()
            .contains("unknown content")
    );
    boot.type_id = "21686148-6449-6e6f-744e-656564454649".to_owned();
    assert_eq!(boot.unknown_content(), None);
    let told = partition(&disks[0], &boot).to_string();
    assert!(told.ends_with(": a boot loader for a BIOS"));
}

fn recorded(name: &str) -> Machine {
    let text = std::fs::read_to_string(format!("tests/machines/{name}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What goes, as it is told, where the preset says this of disks.
fn lost(machine: &Machine, disk: &str) -> Vec<String> {
    let text = format!("version = 1\nroot = {{ password = 'ask' }}\n[disk]\n{disk}\n");
    let preset = crate::preset::read(&text, "test").unwrap();
    let plan = crate::plan::outline(&Survey::of(machine), &preset, Seed::new([7; 32])).unwrap();
    plan.losses().map(ToString::to_string).collect()
}

/// A manual layout of the one disk: its EFI system partition is used, these lines, and a new root.
fn manual(rest: &str) -> String {
    format!(
        "layout = 'manual'\n[[disk.disks]]\n[[disk.disks.partitions]]\npartition = {{ number = 1 }}\n\
         mount = '/boot'\n[[disk.disks.partitions]]\n{rest}\n[[disk.disks.partitions]]\n\
         size = '80 GiB'\nmount = '/'\n"
    )
}

const FEDORA: &str = "Fedora Linux 43 (Workstation Edition)";

#[test]
fn a_system_that_goes_is_named_in_every_layout_with_its_folders() {
    let machine = recorded("table-found-fedora");
    let whole = format!(
        "partition 3, 300 GiB: {FEDORA}, btrfs labelled “fedora”, with the home folders in its subvolume \
         home (anna, bo)"
    );
    for layout in [
        "layout = 'erase'".to_owned(),
        "layout = 'replace'\npartition = { number = 3 }".to_owned(),
        manual("partition = { number = 3 }\ndo = 'delete'"),
        manual("partition = { number = 3 }\ndo = 'format'\nfile_system = 'ext4'"),
    ] {
        let told = lost(&machine, &layout);
        assert!(told.contains(&whole), "{layout}: {told:?}");
    }
    // A system that goes by its name is told before its parts, once.
    let told = lost(&machine, "layout = 'replace'\nsystem = 'fedora'");
    let root =
        format!("{FEDORA}: partition 3, 300 GiB: btrfs labelled “fedora”, with the home folders");
    assert!(told.iter().any(|line| line.starts_with(&root)), "{told:?}");
}

#[test]
fn the_system_of_a_subvolume_that_goes_is_named() {
    let machine = recorded("table-found-fedora");
    let deleted = |name: &str| {
        let gone = format!(
            "partition = {{ number = 3 }}\nsubvolumes = [{{ name = '{name}', do = 'delete' }}]"
        );
        lost(&machine, &manual(&gone)).join("\n")
    };
    assert_eq!(
        deleted("root/var/lib/machines"),
        format!(
            "subvolume root/var/lib/machines in partition 3 ({FEDORA}, btrfs labelled “fedora”); the rest \
             of it stays"
        )
    );
    assert_eq!(
        deleted("home"),
        format!(
            "subvolume home in partition 3 ({FEDORA}, btrfs labelled “fedora”), with the folders anna, bo; \
             the rest of it stays"
        )
    );
    let disks = machine.disks.known().unwrap();
    let root = subvolume(&disks[0], &disks[0].partitions()[2], "root");
    let told = format!(
        "{FEDORA}: subvolume root in partition 3 (btrfs labelled “fedora”); the rest of it stays"
    );
    assert_eq!(root.to_string(), told);
    // Nothing lies in a name that only begins alike.
    let other = subvolume(&disks[0], &disks[0].partitions()[2], "roo");
    assert!(
        other
            .to_string()
            .starts_with("subvolume roo in partition 3")
    );
}

#[test]
fn what_is_in_an_opened_container_is_named_where_the_container_goes_too() {
    let machine = recorded("table-luks-home");
    let fedora = format!("partition 3 “cryptroot”, 60 GiB: {FEDORA}, crypto_LUKS");
    let home = "partition 5 “home”, 500 GiB: crypto_LUKS, with the folders anna, bo".to_owned();
    let all = lost(&machine, "layout = 'erase'");
    assert!(all.contains(&fedora) && all.contains(&home), "{all:?}");
    let format = "partition = { number = 5 }\ndo = 'format'\nunlock = true\nfile_system = 'ext4'\nmount = '/home'";
    let told = lost(
        &machine,
        &format!("encrypt = {{ passphrase = 'ask' }}\n{}", manual(format)),
    );
    let home = "partition 5 “home”, 500 GiB: what is in its LUKS container (ext4 labelled “home”, with the \
                folders anna, bo); the container stays";
    assert_eq!(told, [home]);
}

#[test]
fn folders_at_the_top_of_an_ext_are_named_if_they_are_somebodys() {
    let mut machine = recorded("table-found-debian");
    let folder = |name: &str, owner| HomeFolder {
        name: name.to_owned(),
        owner,
    };
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("this machine has disks");
    };
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
        panic!("this disk has partitions");
    };
    let Content::Formatted(data) = &mut partitions[4].content else {
        panic!("this is an ext4");
    };
    data.home_folders = Some(vec![
        folder("anna", 1000),
        folder("srv", 0),
        folder("bo\u{7}", 1001),
    ]);
    let told = lost(
        &machine,
        &manual("partition = { number = 5 }\ndo = 'delete'"),
    );
    let [told] = &told[..] else {
        panic!("{told:?}");
    };
    assert!(
        told.starts_with("partition 5 “data”, 200 GiB: ext4"),
        "{told}"
    );
    assert!(told.contains(", with the folders anna, bo"), "{told}");
    assert!(!told.contains("srv") && !told.contains('\u{7}'), "{told}");
}

#[test]
fn other_systems_are_named_as_far_as_their_tables_tell() {
    for (machine, line) in [
        (
            "table-macos",
            "partition 2 “Customer”, 400 GiB: macOS, apfs",
        ),
        (
            "table-windows-gap",
            "partition 3 “Basic data partition”, 240 GiB: Windows, ntfs labelled “Windows”",
        ),
    ] {
        let told = lost(&recorded(machine), "layout = 'erase'");
        assert!(told.iter().any(|told| told == line), "{machine}: {told:?}");
    }
    // What comes and goes holds files of a Mac as a rule.
    let mut machine = recorded("table-macos");
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("this machine has disks");
    };
    disks[0].removable = true;
    assert!(
        partition(&disks[0], &disks[0].partitions()[1])
            .to_string()
            .ends_with(": apfs")
    );
}
