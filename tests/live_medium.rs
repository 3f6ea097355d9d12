//! The disks that carry the running system are found, however it was started; no other disk is.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod tree;

use nevado::machine::probe::{Roots, probe};
use std::fmt::Write;

/// A computer with disks sda, sdb and sdc of one partition each, numbers 8:1, 8:17 and 8:33.
fn with_disks(mounts: &[&str], more: &str) -> String {
    let mut text = String::new();
    for (disk, minor) in [("sda", 0), ("sdb", 16), ("sdc", 32)] {
        let folder = format!("sys/devices/pci0000:00/{disk}/block/{disk}");
        writeln!(
            text,
            "[{folder}]\ndev: 8:{minor}\nsize: 2097152\nqueue/logical_block_size: 512\ndevice/model: x\n\
             [{folder}/{disk}1]\ndev: 8:{}\npartition: 1\nstart: 2048\nsize: 2048000\n\
             [sys/class/block]\n{disk} -> /{folder}\n{disk}1 -> /{folder}/{disk}1\n\
             [sys/dev/block]\n8:{minor} -> /{folder}\n8:{} -> /{folder}/{disk}1",
            minor + 1,
            minor + 1
        )
        .unwrap();
    }
    text += "[proc]\nself/mountinfo:\n";
    for mount in mounts {
        writeln!(text, "| {mount}").unwrap();
    }
    text + more
}

/// A loop, mapper or array device, with what it is made of or backed by.
fn built(name: &str, number: &str, on: &str) -> String {
    let folder = format!("sys/devices/virtual/block/{name}");
    format!(
        "[{folder}]\ndev: {number}\nsize: 2048\n{on}\n\
         [sys/class/block]\n{name} -> /{folder}\n[sys/dev/block]\n{number} -> /{folder}\n"
    )
}

fn live(mounts: &[&str], more: &str) -> Vec<String> {
    let folder = tree::unpack(&with_disks(mounts, more));
    let machine = probe(&Roots::recorded(folder.path()));
    let disks = machine.disks.known().unwrap().iter();
    disks
        .filter(|disk| disk.live_medium)
        .map(|disk| disk.name.clone())
        .collect()
}

const RAM: &str = "1 0 0:2 / / rw - tmpfs tmpfs rw";

#[test]
fn data_disks_are_not_the_medium() {
    let data = "2 1 8:17 / /mnt rw - ext4 /dev/sdb1 rw";
    assert_eq!(live(&[RAM, data], ""), [""; 0]);
}

#[test]
fn a_whole_disk_with_an_iso_is() {
    assert_eq!(
        live(&[RAM, "2 1 8:16 / /iso ro - iso9660 /dev/sdb ro"], ""),
        ["sdb"]
    );
}

#[test]
fn an_iso_file_on_a_disk_is_followed_through_its_loop_device() {
    let mounts = [
        RAM,
        "2 1 8:33 / /findiso rw - ext4 /dev/sdc1 rw",
        "3 1 7:0 / /iso ro - iso9660 /dev/loop0 ro",
        "4 1 7:1 / /nix/.ro-store ro - squashfs /dev/loop1 ro",
    ];
    let loops = built("loop0", "7:0", "loop/backing_file: /findiso/isos/nixos.iso")
        + &built("loop1", "7:1", "loop/backing_file: /iso/nix-store.squashfs");
    assert_eq!(live(&mounts, &loops), ["sdc"]);
}

#[test]
fn a_mapping_of_a_mapping_is_followed_down() {
    let mounts = [RAM, "2 1 253:1 / /iso ro - iso9660 /dev/mapper/ventoy ro"];
    let mapped = built(
        "dm-1",
        "253:1",
        "slaves/dm-0 -> /sys/devices/virtual/block/dm-0",
    ) + &built("dm-0", "253:0", "slaves/sda1 -> /sys/class/block/sda1");
    assert_eq!(live(&mounts, &mapped), ["sda"]);
}

#[test]
fn every_disk_of_an_array_is() {
    let mounts = ["1 0 9:0 / / rw - ext4 /dev/md0 rw"];
    let array = built(
        "md0",
        "9:0",
        "slaves/sda1 -> /sys/class/block/sda1\nslaves/sdc1 -> /sys/class/block/sdc1",
    );
    assert_eq!(live(&mounts, &array), ["sda", "sdc"]);
}

#[test]
fn an_overlay_is_followed_to_its_layers() {
    let mounts = [
        "1 0 0:30 / / rw - overlay overlay rw,lowerdir=/layers/base,upperdir=/ram/upper,workdir=/ram/work",
        "2 1 8:1 / /layers ro - ext4 /dev/sda1 ro",
        "3 1 0:31 / /ram rw - tmpfs tmpfs rw",
    ];
    assert_eq!(live(&mounts, ""), ["sda"]);
}

#[test]
fn a_layer_is_found_that_the_initrd_had_elsewhere() {
    let mounts = [
        RAM,
        "2 1 8:17 / /store-disk ro - ext4 /dev/sdb1 ro",
        "3 1 0:30 / /nix/store rw - overlay overlay rw,lowerdir=/mnt-root/store-disk/store",
    ];
    assert_eq!(live(&mounts, ""), ["sdb"]);
}

#[test]
fn every_device_of_a_btrfs_is() {
    let mounts = ["1 0 0:28 /root / rw - btrfs /dev/sda1 rw,subvol=/root"];
    let members = "[sys/fs/btrfs/8f1c/devices]\nsda1 -> /sys/class/block/sda1\nsdb1 -> /sys/class/block/sdb1\n";
    assert_eq!(live(&mounts, members), ["sda", "sdb"]);
}

#[test]
fn every_device_of_a_bcachefs_is() {
    let mounts = ["1 0 0:28 / / rw - bcachefs /dev/sdb1:/dev/sdc1 rw"];
    assert_eq!(live(&mounts, ""), ["sdb", "sdc"]);
}

#[test]
fn the_members_of_a_zfs_pool_are() {
    let mounts = ["1 0 0:28 / / rw - zfs tank/root rw"];
    let records = "[run/udev/data]\nb8:1:\n| E:ID_FS_TYPE=zfs_member\n| E:ID_FS_LABEL=other\n\
                   b8:33:\n| E:ID_FS_TYPE=zfs_member\n| E:ID_FS_LABEL=tank\n";
    assert_eq!(live(&mounts, records), ["sdc"]);
}

#[test]
fn a_source_by_its_label_is_resolved() {
    let mounts = ["1 0 0:28 / / rw - btrfs /dev/disk/by-label/root rw"];
    let links = "[dev]\nsdb1: node\n[dev/disk/by-label]\nroot -> ../../sdb1\n";
    assert_eq!(live(&mounts, links), ["sdb"]);
}

#[test]
fn links_in_circles_end() {
    let mounts = ["1 0 7:0 / / rw - ext4 /dev/loop0 rw"];
    let circle = built(
        "loop0",
        "7:0",
        "loop/backing_file: /image\nslaves/loop0 -> /sys/class/block/loop0",
    );
    assert_eq!(live(&mounts, &circle), [""; 0]);
}

/// A command line, and what udev found on the whole of sda, sdb, and on sdc's partition.
fn copied_to_memory(words: &str, sda: &str, sdb: &str, sdc1: &str) -> Vec<String> {
    let mut more = format!("cmdline: {words}\n[run/udev/data]\n");
    for (number, properties) in [("8:0", sda), ("8:16", sdb), ("8:33", sdc1)] {
        writeln!(more, "b{number}:\n| I:1").unwrap();
        for property in properties.split_whitespace() {
            writeln!(more, "| E:ID_FS_{property}").unwrap();
        }
    }
    let mounts = [RAM, "2 1 0:3 / /iso rw - tmpfs tmpfs rw"];
    live(&mounts, &more)
}

#[test]
fn a_medium_copied_to_memory_is_known_by_the_command_line() {
    let (data, other) = (
        "TYPE=ext4 LABEL=stick",
        "TYPE=iso9660 LABEL=films UUID=2020",
    );
    let stick = "TYPE=iso9660 LABEL=stick UUID=2026-11-22-17-58-19-00";
    for words in [
        "copytoram root=LABEL=stick quiet",
        "root=UUID=2026-11-22-17-58-19-00 copytoram",
        "rd.live.image root=live:CDLABEL=stick rd.live.ram",
        "root=live:/dev/disk/by-label/stick",
        "archisolabel=stick copytoram=y",
    ] {
        assert_eq!(
            copied_to_memory(words, data, stick, other),
            ["sdb"],
            "{words}"
        );
        assert_eq!(
            copied_to_memory(words, data, other, stick),
            ["sdc"],
            "{words}"
        );
    }
    let words = "root=LABEL=elsewhere quiet stick";
    assert_eq!(copied_to_memory(words, data, stick, other), [""; 0]);
}

#[test]
fn a_medium_copied_to_memory_is_known_by_the_label_of_nixos_media() {
    let stick = "TYPE=iso9660 LABEL=nixos-minimal-26.05-x86_64";
    let data = "TYPE=ext4 LABEL=nixos-data";
    assert_eq!(copied_to_memory("copytoram", data, stick, ""), ["sdb"]);
}

#[test]
fn another_stick_with_a_medium_is_a_disk_like_any_other() {
    let records = "[run/udev/data]\n\
                   b8:16:\n| E:ID_FS_TYPE=iso9660\n| E:ID_FS_LABEL=nixos-minimal-26.05-x86_64\n\
                   b8:33:\n| E:ID_FS_TYPE=iso9660\n| E:ID_FS_LABEL=nixos-gnome-25.11-x86_64\n";
    let iso = "2 1 8:16 / /iso ro - iso9660 /dev/sdb ro";
    assert_eq!(live(&[RAM, iso], records), ["sdb"]);
    // Copied to memory, and named by the command line; or not even that.
    let (runs, other) = (
        "TYPE=iso9660 LABEL=nixos-minimal-26.05-x86_64",
        "TYPE=iso9660 LABEL=nixos-gnome-25.11-x86_64",
    );
    let words = "root=LABEL=nixos-minimal-26.05-x86_64 copytoram";
    assert_eq!(copied_to_memory(words, "TYPE=ext4", runs, other), ["sdb"]);
    assert_eq!(
        copied_to_memory("copytoram", "TYPE=ext4", runs, other),
        ["sdb", "sdc"]
    );
    assert_eq!(
        copied_to_memory(words, "TYPE=ext4", runs, runs),
        ["sdb", "sdc"],
        "nobody knows which of the two it is"
    );
}

#[test]
fn a_downloaded_medium_in_a_loop_device_does_not_make_its_disk_one() {
    let image = built("loop0", "7:0", "loop/backing_file: /data/nixos.iso");
    let record = "[run/udev/data]\nb7:0:\n| E:ID_FS_TYPE=iso9660\n| E:ID_FS_LABEL=nixos-26.05\n";
    let mounts = [RAM, "2 1 8:17 / /data rw - ext4 /dev/sdb1 rw"];
    assert_eq!(live(&mounts, &(image + record)), [""; 0]);
}
