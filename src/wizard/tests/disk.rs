//! The Disk page: which disk, what becomes of it, file systems and swap, and the bar that follows them.

use super::driver::{Driver, recorded};
use crate::machine::{Content, Fact, Table};
use crate::preset::{
    DiskChoice, DiskMatch, Encryption, FileSystemKind, FoundSystem, Keys, Layout, LinuxName,
    Preset, Swap,
};
use crate::wizard::Message;
use crate::wizard::page::Page;
use crate::wizard::page::disk::Message as Said;
use iced::Size;
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

pub(super) fn on_disk(machine: &str) -> Driver {
    let mut driver = Driver::new(machine);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    driver
}

pub(super) fn press(driver: &mut Driver, id: &'static str) {
    driver.tab_to(id);
    driver.press(Named::Space);
}

#[test]
fn file_system_and_swap_are_chosen_and_the_bar_follows() {
    let mut driver = on_disk("qemu-uefi");
    assert!(!driver.shows("Swap partition"));
    press(&mut driver, "more");
    press(&mut driver, "file-system-btrfs");
    let disk = |driver: &Driver| driver.wizard.draft.preset().disk.clone();
    assert_eq!(disk(&driver).file_system, Some(FileSystemKind::Btrfs));
    let bar = |driver: &mut Driver| {
        let texts = driver.texts().into_iter().map(|(text, _)| text);
        texts.collect::<Vec<_>>()
    };
    assert!(
        bar(&mut driver)
            .iter()
            .any(|text| text.ends_with("  ·  btrfs"))
    );
    assert!(!bar(&mut driver).contains(&"Swap".to_owned()));
    press(&mut driver, "swap-partition");
    assert_eq!(disk(&driver).swap, Some(Swap::Partition));
    assert!(bar(&mut driver).contains(&"Swap".to_owned()));
}

#[test]
fn what_does_not_go_together_is_told_and_can_not_be_chosen() {
    let mut driver = on_disk("qemu-uefi");
    press(&mut driver, "more");
    press(&mut driver, "swap-file");
    assert_eq!(driver.wizard.why_not_next(), None);
    press(&mut driver, "file-system-f2fs");
    assert_eq!(driver.wizard.why_not_next(), Some("disk-impossible"));
    assert!(driver.shows("A swap file on F2FS is not safe."));
    // It is nothing that the disk could help.
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    press(&mut driver, "swap-zram");
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn what_is_replaced_is_chosen_by_the_person() {
    let mut driver = on_disk("table-dual-linux");
    press(&mut driver, "layout-keep-home");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-choose"));
    press(&mut driver, "place-part-3");
    assert_eq!(driver.wizard.why_not_next(), None);
    let plan = driver.wizard.draft.outline().unwrap();
    assert!(
        plan.disk
            .losses
            .iter()
            .all(|loss| loss.to_string().contains("debian"))
    );
    press(&mut driver, "layout-free");
    let disk = &driver.wizard.draft.preset().disk;
    assert_eq!(disk.gap_after, Some(5));
}

#[test]
fn home_folders_in_a_subvolume_are_kept_and_the_old_system_is_named() {
    let mut driver = on_disk("table-found-fedora");
    assert!(driver.shows("Replace the old system and keep the home folders"));
    press(&mut driver, "layout-keep-home");
    // There is nothing to choose from.
    assert_eq!(driver.wizard.why_not_next(), None);
    let losses = |driver: &Driver| driver.wizard.draft.outline().unwrap().disk.losses.clone();
    assert_eq!(losses(&driver).len(), 2);
    assert!(
        driver.shows("Fedora Linux 43 (Workstation Edition), with all its programs and settings")
    );
    assert!(driver.shows("Subvolumes root, "));
    assert!(driver.shows(" in Partition 3; everything else in it stays"));
    press(&mut driver, "more");
    press(&mut driver, "file-system-xfs");
    assert_eq!(driver.wizard.why_not_next(), Some("disk-impossible"));
    assert!(driver.shows("The new system goes into the btrfs of the home folders"));
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    press(&mut driver, "file-system-btrfs");
    press(&mut driver, "swap-file");
    assert_eq!(driver.wizard.why_not_next(), None);
    press(&mut driver, "encrypt");
    assert!(driver.shows("The new system goes into the btrfs of the home folders"));
}

#[test]
fn a_whole_windows_is_replaced_where_it_is_chosen() {
    let mut driver = on_disk("table-windows-gap");
    press(&mut driver, "layout-replace");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-choose"));
    assert!(driver.shows("Choose the partition."));
    press(&mut driver, "place-system-windows");
    assert_eq!(driver.wizard.why_not_next(), None);
    assert!(driver.shows("Replace Windows") && !driver.shows("What is replaced?"));
    // It is in sight when the page is seen again.
    let task = driver.wizard.enter(Page::Disk);
    driver.operate(task);
    assert_eq!(driver.focus(), Some("place-system-windows".into()));
    let (bounds, seen) = driver.focus_bounds();
    let seen = seen.unwrap().height;
    assert!((seen - bounds.height).abs() < 0.1, "{seen} of {bounds:?}");
    let losses = |driver: &Driver| driver.wizard.draft.outline().unwrap().disk.losses.clone();
    assert_eq!(losses(&driver).len(), 3);
    assert!(
        losses(&driver)
            .iter()
            .all(|loss| loss.to_string().starts_with("Windows: "))
    );
    // One partition of it is another choice, which is not made for anyone.
    press(&mut driver, "layout-replace");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-choose"));
    press(&mut driver, "place-part-3");
    assert!(driver.shows("Only this partition is lost."));
    assert_eq!(losses(&driver).len(), 1);
}

#[test]
fn the_page_says_what_goes_as_soon_as_something_does() {
    let mut driver = on_disk("table-windows-gap");
    let goes = "This will be lost";
    assert!(driver.shows("Choose a disk, and what becomes of it") && !driver.shows(goes));
    press(&mut driver, "layout-free");
    assert!(driver.shows("Nothing is deleted: NixOS goes into free space") && !driver.shows(goes));
    press(&mut driver, "layout-replace");
    assert!(driver.shows("Choose a disk, and what becomes of it") && !driver.shows(goes));
    press(&mut driver, "place-part-3");
    assert!(driver.shows("A part of the chosen disk will be deleted") && driver.shows(goes));
    press(&mut driver, "place-system-windows");
    assert!(driver.shows("Windows will be deleted from the chosen disk"));
    assert!(driver.shows("Windows, with all programs and files on it"));
    press(&mut driver, "layout-erase");
    assert!(driver.shows("The chosen disk will be erased") && driver.shows(goes));
    press(&mut driver, "layout-manual");
    assert!(driver.shows("is said on the next page"));
}

#[test]
fn of_very_many_things_that_go_the_first_are_named() {
    let mut machine = recorded("table-128-partitions");
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("this machine has disks");
    };
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
        panic!("this disk has partitions");
    };
    for partition in partitions {
        partition.content = Content::Unknown("nobody looked".to_owned());
    }
    let mut driver = Driver::of(machine, Preset::default(), Size::new(1024.0, 600.0), None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    press(&mut driver, "layout-erase");
    let shown = driver.texts().into_iter().map(|(text, _)| text);
    let shown: Vec<String> = shown.collect();
    let named = shown
        .iter()
        .filter(|text| text.contains("(unknown content)"));
    assert_eq!(named.count(), 5, "{shown:?}");
    assert!(shown.contains(&"123 more".to_owned()));
}

#[test]
fn where_no_disk_can_be_taken_the_page_says_what_helps() {
    let mut driver = on_disk("tiny-disk");
    assert!(driver.shows("NixOS can't be installed on any of these disks."));
    assert!(driver.shows("Too small: NixOS needs 7 GiB"));
    assert!(!driver.shows("by-id") && !driver.shows("asked for by name"));
    let mut machine = recorded("tiny-disk");
    machine.disks = Fact::Known(Vec::new());
    let size = Size::new(1024.0, 600.0);
    let mut driver = Driver::of(machine, Preset::default(), size, None);
    drop(driver.wizard.go_to(Page::Disk));
    assert!(driver.shows("This computer shows no disk.") && driver.shows("AHCI"));
    // A stick is not taken unasked, and can be chosen here.
    let mut driver = on_disk("table-usb-stick");
    assert!(!driver.shows("by-id") && !driver.shows("can't be installed on any"));
    press(&mut driver, "disk-0");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-undecided"));
}

#[test]
fn what_is_not_possible_says_why_to_those_who_ask() {
    let mut driver = on_disk("table-windows-hibernated");
    let (reason, way) = ("Windows is hibernated", "install beside it");
    assert!(!driver.shows(reason) && !driver.shows(way));
    assert!(driver.shows("Not possible here ("));
    press(&mut driver, "impossible");
    assert!(driver.shows(reason) && driver.shows(way));
    assert_eq!(driver.focus(), Some("impossible".into()));
    press(&mut driver, "impossible");
    assert!(!driver.shows(reason));
}

#[test]
fn a_linux_that_cannot_go_as_a_whole_says_why() {
    let mut driver = on_disk("table-linux-systems");
    let (way, reason) = ("Replace Void", "it may be a copy");
    assert!(driver.shows("Replace Ubuntu 24.04.1 LTS"));
    assert!(!driver.shows(way) && !driver.shows(reason));
    press(&mut driver, "impossible");
    assert!(driver.shows(way) && driver.shows(reason));
    assert!(driver.shows("Replace openSUSE Leap 15.6") && driver.shows("after each start"));

    // Where a preset asks for it, its card says so.
    let mut preset = Preset::default();
    preset.disk.layout = Some(Layout::Replace);
    preset.disk.system = Some(FoundSystem::Linux(LinuxName::new("Void").unwrap()));
    let size = Size::new(1024.0, 3000.0);
    let mut driver = Driver::of(recorded("table-linux-systems"), preset, size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    assert!(driver.shows(way) && driver.shows(reason));
}

#[test]
fn what_is_possible_stands_first_and_says_what_is_there() {
    let mut driver = on_disk("windows-laptop");
    let mut at = |text: &str| {
        let texts = driver.texts();
        let found = texts.iter().find(|(shown, _)| shown.starts_with(text));
        found.map(|(_, bounds)| bounds.y)
    };
    // What waits for a measurement stands where it will be.
    let order = [
        "Keep Windows and install beside it",
        "Replace Windows",
        "Replace one partition",
        "Erase everything on this disk",
        "Decide partition by partition",
        "Not possible here (2)",
    ];
    let heights: Vec<f32> = order.iter().map(|text| at(text).unwrap()).collect();
    assert!(heights.is_sorted(), "{heights:?}");
    assert_eq!(at("Install into the free space"), None);
    let mut driver = on_disk("table-windows-measured");
    assert!(driver.shows("Keep Windows and install beside it"));
    let mut driver = on_disk("qemu-uefi");
    assert!(driver.shows("Use the whole disk") && driver.shows("nothing is lost"));
}

/// In the smallest window, too, and however far down the card is that was chosen.
#[test]
fn now_and_then_are_seen_as_soon_as_something_is_chosen() {
    let mut driver = on_disk("table-windows-gap");
    for card in ["layout-free", "place-system-windows", "layout-erase"] {
        press(&mut driver, card);
        for text in ["Now", "After"] {
            let seen = driver.find(text);
            assert!(seen.y < 520.0, "{card}: {text} at {seen:?}");
        }
    }
}

#[test]
fn now_and_then_stand_below_what_is_chosen_and_follow_it() {
    let mut driver = on_disk("table-windows-gap");
    assert!(!driver.shows("After"));
    let below = |driver: &mut Driver, card: &'static str, next: &'static str| {
        press(driver, card);
        let texts = driver.texts();
        let then = texts.iter().find(|(shown, _)| shown == "After");
        let then = then.map(|(_, bounds)| bounds.y).unwrap();
        let heads = texts.iter().find(|(shown, _)| shown == next).unwrap();
        assert!(then < heads.1.y, "{card}: {then} {heads:?}");
        assert_eq!(driver.focus(), Some(card.into()));
    };
    below(&mut driver, "layout-free", "Replace Windows");
    assert!(driver.shows("NixOS"));
    below(&mut driver, "place-system-windows", "Replace one partition");
    below(&mut driver, "layout-erase", "Decide partition by partition");
    // Where it is still open what goes, the page says so in place of a bar.
    below(
        &mut driver,
        "layout-replace",
        "Erase everything on this disk",
    );
    assert!(driver.shows("Choose the partition."));
}

#[test]
fn what_is_chosen_already_stays_with_all_that_was_said_of_it() {
    let mut driver = on_disk("table-windows-measured");
    press(&mut driver, "layout-alongside");
    press(&mut driver, "share-most");
    let before = driver.wizard.draft.preset().clone();
    assert_eq!(before.disk.layout, Some(Layout::Alongside));
    assert!(before.disk.size.is_some() && before.disk.partition.is_some());
    let number = before.disk.partition.as_ref().and_then(|part| part.number);
    let place = crate::plan::SpotPlace::Partition(number.unwrap());
    for said in [
        Said::Choose(0),
        Said::Layout(Layout::Alongside),
        Said::Place(place),
    ] {
        let words = format!("{said:?}");
        driver.send(Message::Disk(said));
        assert_eq!(*driver.wizard.draft.preset(), before, "{words}");
    }
    // As people do it: on, back, and Enter on what has the focus.
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    // A field takes the first Escape for itself.
    driver.press(Named::Escape);
    driver.press(Named::Escape);
    assert_eq!(driver.wizard.page, Page::Disk);
    assert_eq!(driver.focus(), Some("disk-0".into()));
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.draft.preset().disk, before.disk);
}

#[test]
fn what_becomes_of_a_disk_is_asked_where_there_is_something_to_lose() {
    let layout = |driver: &Driver| driver.wizard.draft.preset().disk.layout;
    // An empty disk has nothing on it; one that could not be read may have.
    assert_eq!(layout(&on_disk("qemu-uefi")), Some(Layout::Erase));
    assert_eq!(layout(&on_disk("windows-laptop")), None);
    // A preset that names the disk has said it, another one has not.
    let with = |preset: Preset| {
        let size = Size::new(1024.0, 600.0);
        let mut driver = Driver::of(recorded("windows-laptop"), preset, size, None);
        drop(driver.wizard.go_to(Page::Disk));
        layout(&driver)
    };
    let mut preset = Preset::default();
    preset.disk.encrypt = Some(Encryption::On(Keys::default()));
    assert_eq!(with(preset.clone()), None);
    let path = Some("/dev/nvme0n1".into());
    preset.disk.choose = DiskChoice::Match(DiskMatch {
        path,
        ..DiskMatch::default()
    });
    assert_eq!(with(preset), Some(Layout::Erase));
}

#[test]
fn a_disk_that_is_no_longer_empty_is_not_erased_unasked() {
    let mut driver = on_disk("qemu-uefi");
    let layout = |driver: &Driver| driver.wizard.draft.preset().disk.layout;
    assert_eq!(layout(&driver), Some(Layout::Erase));
    let mut machine = driver.wizard.draft.machine().clone();
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("it has disks")
    };
    let full = recorded("windows-laptop");
    let full = full.disks.known().unwrap();
    for disk in disks.iter_mut() {
        disk.table = full[0].table.clone();
    }
    driver.wizard.draft.learn(machine);
    drop(driver.wizard.enter(Page::Disk));
    assert_eq!(layout(&driver), None);
    assert_eq!(driver.wizard.why_not_next(), Some("layout-undecided"));
}

#[test]
fn another_disk_is_not_erased_because_the_first_one_was_to_be() {
    let mut driver = on_disk("table-raid-members");
    let layout = |driver: &Driver| driver.wizard.draft.preset().disk.layout;
    press(&mut driver, "disk-0");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-undecided"));
    press(&mut driver, "layout-erase");
    assert_eq!(layout(&driver), Some(Layout::Erase));
    press(&mut driver, "disk-1");
    assert_eq!(layout(&driver), None);
}
