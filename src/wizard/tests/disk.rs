//! The Disk page: encryption, file systems and swap, and the bar that follows them.

use super::PASSWORD;
use super::driver::{Driver, recorded};
use crate::i18n::{Language, Texts};
use crate::machine::{Disk, Fact};
use crate::preset::{Encryption, FileSystemKind, Keys, Layout, Preset, RecoveryKeyFor, Swap};
use crate::units::Bytes;
use crate::wizard::Message;
use crate::wizard::page::Page;
use crate::wizard::page::disk::Message as Said;
use iced::keyboard::key::{Code, Named};
use iced::keyboard::{Key, Modifiers};
use iced::{Point, Size};

fn on_disk(machine: &str) -> Driver {
    let mut driver = Driver::new(machine);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    driver
}

fn press(driver: &mut Driver, id: &'static str) {
    driver.tab_to(id);
    driver.press(Named::Space);
}

fn encrypt(driver: &Driver) -> Option<Encryption> {
    driver.wizard.draft.preset().disk.encrypt.clone()
}

#[test]
fn a_passphrase_is_asked_for_twice_and_stays_on_the_page() {
    let mut driver = on_disk("qemu-uefi");
    assert_eq!(driver.wizard.why_not_next(), None);
    assert!(!driver.shows("encrypted"));
    press(&mut driver, "encrypt");
    assert_eq!(encrypt(&driver), Some(Encryption::On(Keys::default())));
    assert!(driver.shows("encrypted"), "the bar follows");
    assert_eq!(
        driver.wizard.why_not_next(),
        Some("disk-missing-passphrase")
    );
    driver.tab_to("passphrase");
    driver.write(PASSWORD);
    assert_eq!(driver.wizard.why_not_next(), Some("disk-missing-repeat"));
    driver.tab_to("passphrase-repeat");
    driver.write("Kuckuck");
    assert!(driver.shows("The two passphrases differ."));
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Disk);
    driver.write("suhr-17");
    assert_eq!(driver.wizard.why_not_next(), None);

    assert_eq!(encrypt(&driver), Some(Encryption::On(Keys::default())));
    let preset = crate::preset::write(driver.wizard.draft.preset()).unwrap();
    assert!(preset.contains("encrypt = true"), "{preset}");
    let plan = serde_json::to_string(driver.wizard.draft.outline().unwrap()).unwrap();
    let state = format!("{:?} {:?}", driver.wizard.disk, driver.wizard.draft);
    for place in driver.sent.iter().chain([&preset, &plan, &state]) {
        assert!(!place.contains("Kuckuck"), "{place}");
    }

    // Whoever changes their mind has no passphrase left behind.
    press(&mut driver, "encrypt");
    press(&mut driver, "encrypt");
    assert_eq!(
        driver.wizard.why_not_next(),
        Some("disk-missing-passphrase")
    );
}

#[test]
fn a_console_with_other_keys_is_told_above_the_passphrase() {
    let mut driver = on_disk("qemu-uefi");
    let said = "In the text console, where passphrases are typed";
    let set = |driver: &mut Driver, variant: &str| {
        let edit = |preset: &mut Preset| {
            preset.keyboard.layout = "de".parse().ok();
            preset.keyboard.variant = variant.parse().ok();
        };
        driver.wizard.draft.edit(edit);
    };
    set(&mut driver, "nodeadkeys");
    assert!(!driver.shows(said), "nothing is typed there");
    press(&mut driver, "encrypt");
    assert!(driver.shows(said));
    set(&mut driver, "");
    assert!(!driver.shows(said));
}

#[test]
fn a_passphrase_that_the_keyboard_can_not_type_is_warned_of() {
    let mut driver = on_disk("qemu-uefi");
    let us = |preset: &mut crate::preset::Preset| preset.keyboard.layout = "us".parse().ok();
    driver.wizard.draft.edit(us);
    press(&mut driver, "encrypt");
    driver.tab_to("passphrase");
    driver.write("grun wald");
    assert!(!driver.shows("no keys for some"));
    driver.write("ü");
    assert!(driver.shows("no keys for some"));
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
fn a_neighbour_makes_room_for_as_much_as_is_chosen() {
    let mut driver = on_disk("table-windows-measured");
    let disk = |driver: &Driver| driver.wizard.draft.preset().disk.clone();
    // Nothing is lost unasked.
    assert_eq!(disk(&driver).layout, None);
    assert_eq!(driver.wizard.why_not_next(), Some("layout-undecided"));
    press(&mut driver, "layout-alongside");
    assert_eq!(disk(&driver).layout, Some(Layout::Alongside));
    let number = disk(&driver).partition.and_then(|wanted| wanted.number);
    assert_eq!((number, disk(&driver).size), (Some(3), None));
    let kept = |driver: &Driver| driver.wizard.draft.outline().unwrap().disk.shrunk[0].to;
    let even = kept(&driver);
    press(&mut driver, "share-least");
    let most = kept(&driver);
    press(&mut driver, "share-most");
    let least = kept(&driver);
    assert!(least < even && even < most, "{least} {even} {most}");
    assert_eq!(driver.wizard.why_not_next(), None);
    // Nothing of it is left once the disk is erased after all.
    press(&mut driver, "layout-erase");
    assert_eq!((disk(&driver).partition, disk(&driver).size), (None, None));
}

/// On the Disk page beside a Windows that was measured, tall enough to see all of it.
fn beside_windows() -> Driver {
    let size = Size::new(1024.0, 2000.0);
    let machine = recorded("table-windows-measured");
    let mut driver = Driver::of(machine, Preset::default(), size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    press(&mut driver, "layout-alongside");
    driver
}

/// What NixOS gets and what its neighbour keeps, in GiB.
fn shared(driver: &Driver) -> (Option<f64>, f64) {
    let gib = |bytes: Bytes| bytes.0 as f64 / f64::from(1 << 30);
    let asked = driver.wizard.draft.preset().disk.size;
    let kept = driver.wizard.draft.outline().unwrap().disk.shrunk[0].to;
    (asked.map(|size| gib(size.0)), gib(kept))
}

#[test]
fn the_boundary_is_moved_by_keys_as_far_as_both_allow() {
    let mut driver = beside_windows();
    let (none, even) = shared(&driver);
    assert_eq!(none, None);
    driver.tab_to("boundary");
    // The boundary goes to the right: the neighbour keeps more.
    driver.press(Named::ArrowRight);
    let (asked, kept) = shared(&driver);
    assert!(kept > even && kept <= even + 1.5, "{even} {kept}");
    assert_eq!(asked.map(f64::fract), Some(0.0), "whole GiB");
    driver.press(Named::ArrowLeft);
    driver.press(Named::ArrowLeft);
    assert!(shared(&driver).1 < even);
    driver.press(Named::End);
    let (most, least_kept) = shared(&driver);
    driver.press(Named::ArrowLeft);
    assert_eq!(shared(&driver), (most, least_kept), "no farther");
    driver.press(Named::Home);
    let (least, most_kept) = shared(&driver);
    driver.press(Named::ArrowRight);
    assert_eq!(shared(&driver), (least, most_kept), "no farther");
    driver.press(Named::PageUp);
    assert!(shared(&driver).0 > least.map(|least| least + 8.0));
    assert_eq!(driver.wizard.why_not_next(), None);
    // The shares that are chosen as such are those ends.
    press(&mut driver, "share-least");
    assert_eq!(shared(&driver), (least, most_kept));
    press(&mut driver, "share-most");
    assert_eq!(shared(&driver), (most, least_kept));
    press(&mut driver, "share-even");
    assert_eq!(shared(&driver), (None, even));

    // Where reading starts at the right, the neighbour is there, and an arrow still moves the boundary
    // to where it points.
    driver.wizard.texts = Texts::new(Language::Arabic);
    driver.tab_to("boundary");
    driver.press(Named::ArrowRight);
    assert!(shared(&driver).1 < even);
}

#[test]
fn the_boundary_is_dragged_and_follows_the_pointer_beyond_the_bar() {
    let mut driver = beside_windows();
    let (_, even) = shared(&driver);
    driver.tab_to("boundary");
    let (bar, _) = driver.focus_bounds();
    let at = |part: f32| Point::new(bar.x + bar.width * part, bar.center_y());
    let new = driver.wizard.disk.even_share(&driver.wizard.draft).unwrap();
    let total = even + new.0 as f64 / f64::from(1 << 30);
    let here = (even / total) as f32;
    driver.drag(at(here), &[at(here + 0.05)]);
    let (asked, kept) = shared(&driver);
    let wanted = total * f64::from(here + 0.05);
    assert!((kept - wanted).abs() < 1.0, "{kept} {wanted}");
    assert_eq!(asked.map(f64::fract), Some(0.0));
    // Far to the side and below: it stops where the neighbour is as small as it can be.
    let beyond = Point::new(bar.x - 300.0, bar.y + 400.0);
    driver.drag(at(here + 0.05), &[at(here), beyond]);
    let dragged = shared(&driver);
    press(&mut driver, "share-most");
    assert_eq!(shared(&driver), dragged);
    // Whoever has let go moves over it without moving it.
    driver.drag(Point::new(2.0, bar.y), &[at(0.9)]);
    assert_eq!(shared(&driver), dragged);
}

#[test]
fn the_number_and_the_boundary_are_one_value() {
    let mut driver = beside_windows();
    driver.tab_to("boundary");
    driver.press(Named::ArrowRight);
    let asked = shared(&driver).0.unwrap();
    driver.tab_to("share-number");
    // The field shows it: so many letters, and it is empty.
    for _ in 0..asked.to_string().len() {
        driver.press(Named::Backspace);
    }
    assert!(driver.shows("Between "), "nothing is no size");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-share-wrong"));
    let wanted = (asked + 2.0).to_string();
    driver.write(&wanted);
    assert_eq!(shared(&driver).0, Some(asked + 2.0));
    assert!(!driver.shows("Between "));
    assert_eq!(driver.wizard.why_not_next(), None);
    // A tenth is typed like anything else.
    driver.write(".5");
    assert_eq!(shared(&driver).0, Some(asked + 2.5));
    driver.press(Named::Backspace);
    driver.press(Named::Backspace);
    driver.write("000");
    assert!(driver.shows("Between "));
    driver.tab_to("boundary");
    driver.press(Named::ArrowLeft);
    assert!(!driver.shows("Between "), "another value was chosen");
    assert_eq!(shared(&driver).0, Some(asked + 3.0));
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
fn a_whole_windows_is_replaced_where_it_is_chosen() {
    let mut driver = on_disk("table-windows-gap");
    press(&mut driver, "layout-replace");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-choose"));
    assert!(driver.shows("In place of one partition"));
    press(&mut driver, "place-system-windows");
    assert_eq!(driver.wizard.why_not_next(), None);
    assert!(driver.shows("In place of a system") && !driver.shows("In place of one partition"));
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
    press(&mut driver, "place-part-3");
    assert_eq!(losses(&driver).len(), 1);
}

#[test]
fn what_is_not_possible_says_why() {
    let mut driver = on_disk("table-windows-hibernated");
    assert!(driver.shows("Windows is hibernated"));
}

/// On the Disk page of a computer with so many disks, each with a serial number of its own.
fn on_disks(count: usize) -> Driver {
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
fn few_disks_need_no_search() {
    let mut driver = on_disks(8);
    assert!(driver.shows("unit-007") && !driver.shows(" to 8 of "));
    let mut more = on_disks(9);
    assert!(more.shows("1 to 8 of 9") && !more.shows("unit-008"));
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
fn the_chosen_disk_has_the_focus_when_the_page_is_seen_again() {
    let mut driver = on_disks(3);
    press(&mut driver, "disk-2");
    let task = driver.wizard.enter(Page::Disk);
    driver.operate(task);
    assert_eq!(driver.focus(), Some("disk-2".into()));
    driver.press(Named::Enter);
    assert_eq!(chosen_path(&driver).as_deref(), Some("/dev/vd2"));
}

#[test]
fn a_look_at_the_partitions_leaves_encryption_and_swap_as_they_were() {
    let mut driver = on_disk("qemu-uefi");
    driver.wizard.draft.edit(|preset| {
        preset.disk.swap = Some(Swap::Partition);
        preset.disk.encrypt = Some(Encryption::On(Keys {
            recovery_key: RecoveryKeyFor::File("/run/key".into()),
            ..Keys::default()
        }));
    });
    for id in ["passphrase", "passphrase-repeat"] {
        driver.tab_to(id);
        driver.write(PASSWORD);
    }
    let before = driver.wizard.draft.preset().clone();
    press(&mut driver, "layout-manual");
    assert_eq!(
        (encrypt(&driver), before.disk.swap),
        (None, Some(Swap::Partition))
    );
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Partitions);
    driver.press(Named::Escape);
    press(&mut driver, "layout-erase");
    assert_eq!(*driver.wizard.draft.preset(), before);
    assert_eq!(
        driver.wizard.why_not_next(),
        None,
        "nothing is to be typed again"
    );
}

#[test]
fn a_passphrase_is_what_the_keys_give_with_the_chosen_layout() {
    let mut driver = on_disk("qemu-uefi");
    let layout = |driver: &mut Driver, layout: &str| {
        let layout = layout.parse().ok();
        let choose = |preset: &mut Preset| preset.keyboard.layout = layout;
        driver.wizard.draft.edit(choose);
    };
    layout(&mut driver, "de");
    press(&mut driver, "encrypt");
    for id in ["passphrase", "passphrase-repeat"] {
        driver.tab_to(id);
        // The session's layout is a US one; the prompt at the start will have the German one.
        driver.press_code(Code::KeyZ, "z");
        driver.press_code(Code::Semicolon, ";");
        driver.press_code(Code::Digit1, "1");
    }
    assert_eq!(driver.wizard.disk.passphrase().expose(), "yö1");
    assert_eq!(driver.wizard.why_not_next(), None);
    // Where the layout has no Latin letters, `us` is beside it and comes first.
    layout(&mut driver, "ru");
    driver.tab_to("passphrase");
    driver.press_code(Code::KeyY, "y");
    assert_eq!(driver.wizard.disk.passphrase().expose(), "yö1y");
}

#[test]
fn latin_letters_can_be_typed_beside_a_layout_that_has_none() {
    let mut driver = on_disk("qemu-uefi");
    let russian = |preset: &mut Preset| preset.keyboard.layout = "ru".parse().ok();
    driver.wizard.draft.edit(russian);
    press(&mut driver, "encrypt");
    driver.tab_to("passphrase");
    driver.write(PASSWORD);
    assert!(!driver.shows("no keys for some"));
    driver.write("ы");
    assert!(driver.shows("no keys for some"));
}

#[test]
fn encryption_that_is_turned_on_again_has_the_keys_that_the_preset_named() {
    let text = "version = 1\n[disk]\nencrypt = { passphrase = { file = \"/run/p\" }, \
                recovery_key = { file = \"/run/key\" } }\n";
    let preset = crate::preset::read(text, "files").unwrap();
    let size = Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded("qemu-uefi"), preset, size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    let before = encrypt(&driver);
    press(&mut driver, "encrypt");
    assert_eq!(encrypt(&driver), Some(Encryption::Off));
    press(&mut driver, "encrypt");
    assert_eq!(encrypt(&driver), before);
}

#[test]
fn what_becomes_of_a_disk_is_asked_where_there_is_something_to_lose() {
    let layout = |driver: &Driver| driver.wizard.draft.preset().disk.layout;
    // An empty disk has nothing on it; one that could not be read may have.
    assert_eq!(layout(&on_disk("qemu-uefi")), Some(Layout::Erase));
    assert_eq!(layout(&on_disk("windows-laptop")), None);
    // A preset that speaks of the disk has said it.
    let mut preset = Preset::default();
    preset.disk.encrypt = Some(Encryption::On(Keys::default()));
    let size = Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded("windows-laptop"), preset, size, None);
    drop(driver.wizard.go_to(Page::Disk));
    assert_eq!(layout(&driver), Some(Layout::Erase));
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
