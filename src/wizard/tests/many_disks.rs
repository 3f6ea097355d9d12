//! The Disk page of computers with many disks: search, and the way through them.

use super::disk::press;
use super::driver::{Driver, recorded};
use crate::machine::{Disk, Fact};
use crate::preset::Preset;
use crate::wizard::page::Page;
use iced::Size;
use iced::keyboard::key::Named;

/// On the Disk page of a computer with so many disks, each with a serial number of its own.
pub(super) fn on_disks(count: usize) -> Driver {
    let mut machine = recorded("qemu-uefi");
    let first = machine.disks.known().unwrap().first().unwrap().clone();
    let disks = (0..count).map(|number| Disk {
        name: format!("vd{number}"),
        path: format!("/dev/vd{number}").into(),
        by_id: vec![format!("/dev/disk/by-id/virtio-{number}").into()],
        serial: Some(format!("unit-{number:03}")),
        ..first.clone()
    });
    machine.disks = Fact::Known(disks.collect());
    let mut driver = Driver::of(machine, Preset::default(), Size::new(1024.0, 600.0), None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    driver
}

fn chosen_path(driver: &Driver) -> Option<String> {
    let disk = crate::wizard::page::disk::chosen_disk(&driver.wizard.draft);
    disk.map(|disk| disk.path.display().to_string())
}

#[test]
fn of_two_hundred_disks_some_are_shown_and_every_one_can_be_found() {
    let mut driver = on_disks(200);
    assert!(driver.shows("unit-000") && driver.shows("unit-007"));
    assert!(!driver.shows("unit-008"), "a page of cards");
    assert!(driver.shows("1 to 8 of 200"), "{:?}", driver.texts());
    press(&mut driver, "disk-2");
    assert_eq!(chosen_path(&driver).as_deref(), Some("/dev/vd2"));

    press(&mut driver, "disk-further");
    assert!(driver.shows("9 to 16 of 200") && driver.shows("unit-015"));
    assert!(driver.shows("unit-002"), "the chosen one stays in sight");
    assert!(!driver.shows("unit-001"));
    press(&mut driver, "disk-earlier");
    assert!(driver.shows("1 to 8 of 200") && driver.shows("unit-001"));

    driver.tab_to("disk-search");
    driver.write("UNIT-17");
    assert!(driver.shows("1 to 8 of 10") && driver.shows("unit-177"));
    driver.write("9");
    assert!(driver.shows("unit-179") && driver.shows("unit-002"));
    assert!(!driver.shows("unit-178") && !driver.shows(" of 10 "));
    press(&mut driver, "disk-179");
    assert_eq!(chosen_path(&driver).as_deref(), Some("/dev/vd179"));
    driver.tab_to("disk-search");
    driver.write(" nowhere");
    assert!(driver.shows("No disk is found") && driver.shows("unit-179"));
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn disks_that_go_while_the_last_of_them_are_shown_leave_others_in_sight() {
    let mut driver = on_disks(20);
    press(&mut driver, "disk-further");
    press(&mut driver, "disk-further");
    assert!(driver.shows("17 to 20 of 20"));
    let mut machine = driver.wizard.draft.machine().clone();
    if let Fact::Known(disks) = &mut machine.disks {
        disks.truncate(12);
    }
    driver.wizard.draft.learn(machine);
    driver.wizard.disk.look(&driver.wizard.draft);
    assert!(driver.shows("9 to 12 of 12") && driver.shows("unit-011"));
}

#[test]
fn disks_that_can_be_taken_come_before_the_others_and_keep_their_order() {
    let mut driver = on_disks(20);
    let mut machine = driver.wizard.draft.machine().clone();
    if let Fact::Known(disks) = &mut machine.disks {
        for disk in disks.iter_mut().take(10) {
            disk.read_only = true;
        }
    }
    driver.wizard.draft.learn(machine);
    driver.wizard.disk.look(&driver.wizard.draft);
    assert!(driver.shows("unit-010") && driver.shows("unit-017"));
    assert!(!driver.shows("unit-000") && !driver.shows("unit-018"));
    press(&mut driver, "disk-11");
    assert_eq!(chosen_path(&driver).as_deref(), Some("/dev/vd11"));

    press(&mut driver, "disk-further");
    let texts = driver.texts();
    let place = |unit: &str| texts.iter().position(|text| text.0.contains(unit));
    let places = ["unit-018", "unit-019", "unit-000", "unit-005"].map(place);
    assert!(places.is_sorted() && !places.contains(&None), "{texts:?}");
    assert!(!driver.shows("unit-006"));
}

#[test]
fn few_disks_need_no_search() {
    let mut driver = on_disks(8);
    assert!(driver.shows("unit-007") && !driver.shows(" to 8 of "));
    let mut more = on_disks(9);
    assert!(more.shows("1 to 8 of 9") && !more.shows("unit-008"));
}

#[test]
fn the_chosen_disk_has_the_focus_when_the_page_is_seen_again() {
    let mut driver = on_disks(3);
    press(&mut driver, "disk-2");
    let task = driver.wizard.enter(Page::Disk);
    driver.operate(task);
    assert_eq!(driver.focus(), Some("disk-2".into()));
    driver.press(Named::Enter);
    assert_eq!(chosen_path(&driver).as_deref(), Some("/dev/vd2"));
}
