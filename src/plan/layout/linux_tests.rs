use super::*;
use crate::machine::{Fact, Installed, Table};

/// A computer with four Linuxes on one disk: Ubuntu with `/home`, Debian with `/boot`, both with one swap.
fn machine(change: impl FnOnce(&mut Vec<Partition>)) -> Machine {
    let machine = include_str!("../../../tests/machines/table-linux-systems.json");
    let mut machine: Machine = serde_json::from_str(machine).unwrap();
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("{:?}", machine.disks);
    };
    if let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table {
        change(partitions);
    }
    machine
}

fn numbers(machine: &Machine, name: &str) -> Result<Vec<u32>, String> {
    let disk = &machine.disks.known().unwrap()[0];
    let own = partitions(machine, disk, &LinuxName::new(name).unwrap());
    let own = own.map_err(|why| why.message)?;
    Ok(own.into_iter().map(|p| p.number).collect())
}

fn formatted(all: &mut [Partition], number: u32) -> &mut FileSystem {
    let partition = all.iter_mut().find(|p| p.number == number).unwrap();
    match &mut partition.content {
        Content::Formatted(found) => found,
        other => panic!("{other:?}"),
    }
}

/// The fstab of the Linux in this partition.
fn fstab(all: &mut [Partition], number: u32) -> &mut Vec<FstabLine> {
    match &mut formatted(all, number).installed {
        Some(Installed::Linux(linux)) => linux.fstab.as_mut().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_its_own_goes_and_what_is_shared_stays() {
    let machine = machine(|_| ());
    // Not the ESP, not the swap of both, not what is mounted at /srv.
    assert_eq!(numbers(&machine, "debian"), Ok(vec![3, 6]));
    assert_eq!(numbers(&machine, "Ubuntu"), Ok(vec![2, 5]));
}

#[test]
fn swap_that_nobody_else_uses_goes_too() {
    let machine = machine(|all| fstab(all, 2).retain(|line| line.kind != "swap"));
    assert_eq!(numbers(&machine, "debian"), Ok(vec![3, 6, 4]));
}

#[test]
fn a_system_that_nobody_has_looked_into_may_share() {
    for change in [
        |all: &mut Vec<Partition>| formatted(all, 9).installed = None,
        |all: &mut Vec<Partition>| {
            let unread = FileSystem::of_kind("crypto_LUKS");
            *formatted(all, 9) = unread;
        },
        |all: &mut Vec<Partition>| match &mut formatted(all, 9).installed {
            Some(Installed::Linux(linux)) => linux.fstab = None,
            other => panic!("{other:?}"),
        },
    ] {
        let refused = numbers(&machine(change), "debian").unwrap_err();
        assert!(refused.contains("partition 9"), "{refused}");
        // One that has nothing but its root takes nothing from anyone.
        let alone = |all: &mut Vec<Partition>| {
            change(all);
            fstab(all, 3).retain(|line| line.at == "/");
        };
        assert_eq!(numbers(&machine(alone), "debian"), Ok(vec![3]));
    }
}

#[test]
fn nothing_is_guessed() {
    let source = |source: &'static str| {
        move |all: &mut Vec<Partition>| {
            let boot = fstab(all, 3).iter_mut().find(|line| line.at == "/boot");
            boot.unwrap().source = source.to_owned();
        }
    };
    for (given, why) in [
        ("/dev/sda6", "may be another partition after each start"),
        ("/dev/mapper/boot", "may be another partition"),
        (
            "UUID=00000000-0000-4000-8000-000000000000",
            "no partition is called",
        ),
        ("SERIAL=1", "no partition is called"),
    ] {
        let refused = numbers(&machine(source(given)), "debian").unwrap_err();
        assert!(
            refused.contains(why) && refused.contains("/boot"),
            "{refused}"
        );
    }
    let twice = machine(|all| {
        source("LABEL=boot")(all);
        formatted(all, 7).label = Some("boot".to_owned());
    });
    let refused = numbers(&twice, "debian").unwrap_err();
    assert!(
        refused.contains("several partitions are called"),
        "{refused}"
    );
}

#[test]
fn a_copy_is_told_from_the_system_itself() {
    let copy = machine(|all| {
        let uuid = formatted(all, 3).uuid.clone();
        formatted(all, 9).uuid = uuid;
    });
    let refused = numbers(&copy, "debian").unwrap_err();
    assert!(
        refused.contains("several partitions are called"),
        "{refused}"
    );
    let named_twice = machine(|all| {
        let debian = formatted(all, 3).installed.clone();
        formatted(all, 9).installed = debian;
    });
    let refused = numbers(&named_twice, "debian").unwrap_err();
    assert!(refused.contains("more than one Linux"), "{refused}");
    let refused = numbers(&machine(|_| ()), "void").unwrap_err();
    assert!(refused.contains("may be a copy"), "{refused}");
}

#[test]
fn what_is_on_another_disk_is_not_touched() {
    let mut machine = machine(|_| ());
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("{:?}", machine.disks);
    };
    let mut second = disks[0].clone();
    second.path = "/dev/sdb".into();
    for (disk, other) in [(0, vec![5]), (1, vec![1, 2, 3, 4, 6, 7, 8, 9])] {
        let table = if disk == 0 {
            &mut disks[0].table
        } else {
            &mut second.table
        };
        if let Fact::Known(Table::Partitioned { partitions, .. }) = table {
            partitions.retain(|p| !other.contains(&p.number));
        }
    }
    disks.push(second);
    let refused = numbers(&machine, "ubuntu").unwrap_err();
    assert!(
        refused.contains("its /home is on another disk (/dev/sdb)"),
        "{refused}"
    );
}

#[test]
fn parts_of_a_volume_break_others() {
    let machine = machine(|all| {
        let boot = formatted(all, 6);
        boot.kind = "linux_raid_member".to_owned();
    });
    let refused = numbers(&machine, "debian").unwrap_err();
    assert!(refused.contains("a part of a volume"), "{refused}");
}

#[test]
fn where_nobody_looks_is_told_with_the_number_that_replaces_it() {
    let machine = machine(|all| {
        *formatted(all, 3) = FileSystem::of_kind("btrfs");
        *formatted(all, 9) = FileSystem::of_kind("crypto_LUKS");
    });
    let refused = numbers(&machine, "debian").unwrap_err();
    assert!(refused.starts_with("this disk has no Linux of that name, but "));
    assert!(
        refused.contains("in partition 3 (btrfs), 9 (crypto_LUKS) has no name here"),
        "{refused}"
    );
}
