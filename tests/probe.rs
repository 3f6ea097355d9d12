//! Recorded machines through the probe: each `tests/sysfs/NAME.tree` gives `tests/machines/NAME.json`.
//!
//! The golden plans start from the same files. `INSTA_UPDATE=always` rewrites them, as it does the
//! snapshots elsewhere; any other run fails when one is missing or differs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod tree;

use nevado::machine::probe::{Roots, probe};
use nevado::machine::{Disk, Fact, Machine};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

#[test]
fn every_recorded_machine_is_probed_as_expected() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let mut wrong = Vec::new();
    for name in tree::names() {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/machines/{name}.json"));
        let text = serde_json::to_string_pretty(&tree::machine(&name)).unwrap() + "\n";
        if update {
            std::fs::write(&file, text).unwrap();
            continue;
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if let Some((number, (want, got))) = (1..)
            .zip(expected.lines().chain([""]).zip(text.lines().chain([""])))
            .find(|(_, (want, got))| want != got)
        {
            wrong.push(format!(
                "{name}.json:{number}: expected {want:?}, found {got:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn disk(name: &str, disk: &str) -> Disk {
    let machine = tree::machine(name);
    let disks = machine.disks.known().expect("disks are known");
    let found = disks.iter().find(|found| found.name == disk);
    found
        .unwrap_or_else(|| panic!("{name} has no {disk}"))
        .clone()
}

fn live_disks(name: &str) -> Vec<String> {
    let machine = tree::machine(name);
    let disks = machine.disks.known().expect("disks are known").iter();
    disks
        .filter(|disk| disk.live_medium)
        .map(|disk| disk.name.clone())
        .collect()
}

#[test]
fn the_live_medium_is_found_whatever_lies_between() {
    // A stick, by the ISO's own mount and by the loop device whose file lies there.
    assert_eq!(live_disks("laptop-intel-windows"), ["sda"]);
    // The root on a logical volume, /boot on a partition; other mounted disks don't count.
    assert_eq!(live_disks("desktop-amd-sata"), ["sda"]);
    assert_eq!(live_disks("board-aarch64"), ["mmcblk0"]);
    // Optical drives and the network are no disks.
    assert_eq!(live_disks("virtualbox-bios"), [""; 0]);
    assert_eq!(live_disks("laptop-core-ultra"), [""; 0]);
}

#[test]
fn only_whole_disks_are_disks() {
    for name in tree::names() {
        let machine = tree::machine(&name);
        for disk in machine.disks.known().into_iter().flatten() {
            let known = ["sd", "vd", "nvme", "mmcblk"];
            let is_kind = known.iter().any(|start| disk.name.starts_with(start));
            let is_area = disk.name.contains("boot") || disk.name.contains("c0n");
            assert!(is_kind && !is_area, "{name}: {} is no disk", disk.name);
        }
    }
}

#[test]
fn a_table_from_its_sectors_is_the_one_that_udev_tells_of() {
    let text = std::fs::read_to_string(tree::folder().join("bios-old-laptop.tree")).unwrap();
    let readable = tree::unpack(&text);
    let hidden = tree::unpack(&text);
    std::fs::remove_file(hidden.path().join("dev/sda")).unwrap();
    let [read, told] = [readable, hidden].map(|folder| {
        let machine = probe(&Roots::recorded(folder.path()));
        machine.disks.known().unwrap()[0].table.clone()
    });
    assert!(matches!(read, Fact::Known(_)), "{read:?}");
    assert_eq!(read, told);
}

#[test]
fn a_folder_with_nothing_gives_reasons_and_no_values() {
    let folder = tempfile::tempdir().unwrap();
    let machine = probe(&Roots::recorded(folder.path()));
    assert!(matches!(machine.firmware, Fact::Unknown(_)));
    assert!(matches!(machine.tpm2, Fact::Unknown(_)));
    assert!(matches!(machine.processor, Fact::Unknown(_)));
    assert!(matches!(machine.memory, Fact::Unknown(_)));
    assert!(matches!(machine.virtualization, Fact::Unknown(_)));
    assert!(matches!(machine.power, Fact::Unknown(_)));
    assert!(matches!(machine.graphics, Fact::Unknown(_)));
    assert!(matches!(machine.network, Fact::Unknown(_)));
    assert!(matches!(machine.disks, Fact::Unknown(_)));
    assert!(matches!(machine.medium.nixpkgs, Fact::Unknown(_)));
    assert!(!machine.hardware.unknown.is_empty());
}

#[test]
fn a_disk_that_udev_knows_nothing_of_is_not_blank() {
    let disk = disk("laptop-core-ultra", "nvme1n1");
    assert!(matches!(disk.table, Fact::Unknown(_)), "{:?}", disk.table);
    assert!(disk.removable, "it hangs on Thunderbolt");
}

/// A stick whose file system holds a boot record that the kernel takes for a table, in use.
const STICK: &str = "\
[sys/devices/pci0000:00/usb1/block/sdq]
dev: 65:0
size: 524288
queue/logical_block_size: 512
device/model: x
[sys/devices/pci0000:00/usb1/block/sdq/sdq1]
dev: 65:1
partition: 1
start: 0
size: 524288
holders/dm-9 -> /sys/devices/virtual/block/dm-9
[sys/class/block]
sdq -> /sys/devices/pci0000:00/usb1/block/sdq
sdq1 -> /sys/devices/pci0000:00/usb1/block/sdq/sdq1
[proc]
self/mountinfo: 2 1 65:1 / /media/stick rw - vfat /dev/sdq1 rw
[run/udev/data]
b65:1:
| I:1
";

#[test]
fn partitions_that_only_the_kernel_sees_count_as_uses_of_the_disk() {
    let whole = "b65:0:\n| E:ID_FS_TYPE=vfat\n";
    let unreadable = "b65:0:\n| E:ID_PART_TABLE_TYPE=sun\n";
    for (record, known) in [(whole, true), (unreadable, false), ("", false)] {
        let folder = tree::unpack(&format!("{STICK}{record}"));
        let machine = probe(&Roots::recorded(folder.path()));
        let [disk] = machine.disks.known().unwrap().as_slice() else {
            panic!("{:?}", machine.disks);
        };
        assert_eq!(disk.table.known().is_some(), known, "{:?}", disk.table);
        assert_eq!(disk.mounts, [Path::new("/media/stick")], "{record}");
        assert_eq!(disk.holders, ["dm-9"], "{record}");
    }
}

#[test]
fn a_disk_with_impossible_sectors_is_left_out_and_said() {
    let text = std::fs::read_to_string(tree::folder().join("desktop-amd-sata.tree")).unwrap();
    let line = "size: 7814037168\nro: 0\nremovable: 0\nqueue/logical_block_size: 512";
    assert!(text.contains(line));
    let odd = text.replace(line, &line.replace("size: 512", "size: 520"));
    let machine = probe(&Roots::recorded(tree::unpack(&odd).path()));
    let disks = machine.disks.known().unwrap().iter();
    let names: Vec<_> = disks.map(|disk| disk.name.as_str()).collect();
    assert_eq!(names, ["sda", "sdc"]);
    let said = &machine.hardware.unknown;
    assert!(
        said.iter().any(|line| line.contains("/dev/sdb")),
        "{said:?}"
    );
}

#[test]
fn this_computer_is_probed_quickly_and_as_a_recording_of_it() {
    let start = Instant::now();
    let live = probe(&Roots::live());
    let taken = start.elapsed();
    println!("this computer was probed in {taken:?}");
    // Generous, for machines that do other things as well: the aim is a tenth of it.
    assert!(taken < Duration::from_secs(5), "{taken:?}");

    let output = Command::new(tree::folder().join("record"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let recorded = tree::unpack(std::str::from_utf8(&output.stdout).unwrap());
    let again = probe(&Roots::recorded(recorded.path()));
    let kept = |machine: &Machine| {
        let disks = machine.disks.known().into_iter().flatten();
        let names: Vec<_> = disks.map(|d| (d.name.clone(), d.live_medium)).collect();
        let memory = machine.memory.clone();
        (
            machine.virtualization.clone(),
            machine.hardware.clone(),
            memory,
            names,
        )
    };
    assert_eq!(kept(&live), kept(&again));
}
