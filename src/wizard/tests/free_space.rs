//! The Disk page where there is something to choose beside what stays: how much of a gap NixOS gets, and
//! which EFI system partition it starts from.

use super::disk::{on_disk, press};
use super::driver::{Driver, recorded};
use crate::i18n::{Language, Texts};
use crate::plan::{ProblemId, Severity, Survey, modes, resolve};
use crate::preset::{
    DiskPreset, Environment, FileSystemKind, Layout, Preset, Size as Wanted, Swap,
};
use crate::units::Bytes;
use crate::wizard::Message;
use crate::wizard::page::{Page, desktop, disk};
use iced::keyboard::key::Named;
use iced::{Point, Size};

/// On the Disk page with this preset, tall enough to see all of it.
fn with(machine: &str, preset: Preset) -> Driver {
    let size = Size::new(1024.0, 2400.0);
    let mut driver = Driver::of(recorded(machine), preset, size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    driver
}

fn in_free_space(machine: &str) -> Driver {
    let mut driver = with(machine, Preset::default());
    press(&mut driver, "layout-free");
    driver
}

fn asked(driver: &Driver) -> DiskPreset {
    driver.wizard.draft.preset().disk.clone()
}

/// How much the new partitions have together.
fn made(driver: &Driver) -> Bytes {
    let table = &driver.wizard.draft.outline().unwrap().disk.table;
    let sizes = table.partitions.iter();
    let sizes = sizes.map(|new| new.length.bytes(table.sector_size).0);
    Bytes(sizes.sum())
}

/// The number of the EFI system partition that the new system shares, as the plan warns of it.
fn starts_from(driver: &Driver) -> u32 {
    let told = driver.wizard.draft.problems().iter();
    let mut shared = told.filter(|told| told.id == ProblemId::EspShared);
    let words = shared.next().unwrap().message.clone();
    let number = words.split("number ").nth(1).unwrap();
    let number = number.split(',').next().unwrap();
    number.parse().unwrap()
}

/// Where a text is, by its upper edge.
fn at(driver: &mut Driver, text: &str) -> f32 {
    let texts = driver.texts();
    let found = texts.iter().find(|(shown, _)| shown.contains(text));
    found.unwrap_or_else(|| panic!("{text}: {texts:?}")).1.y
}

#[test]
fn a_gap_is_taken_as_a_whole_or_as_far_as_somebody_says_with_the_keyboard() {
    let mut driver = in_free_space("table-windows-gap");
    let all = made(&driver);
    assert_eq!(asked(&driver).size, None);
    assert!(driver.shows("All of it") && driver.shows("Stays free"));
    press(&mut driver, "share-least");
    let least = made(&driver);
    assert!(least.0 < all.0 / 4, "{least} of {all}");
    assert_eq!(asked(&driver).size, Some(Wanted(least)));
    driver.tab_to("boundary");
    // To the left, where the rest stays free on the left side: NixOS gets more.
    driver.press(Named::ArrowLeft);
    assert!(made(&driver) > least);
    driver.press(Named::End);
    assert_eq!((asked(&driver).size, made(&driver)), (None, all));
    press(&mut driver, "share-all");
    assert_eq!(asked(&driver).size, None);
    assert_eq!(driver.wizard.why_not_next(), None);
    // In every language its texts are there.
    for language in Language::ALL {
        driver.wizard.texts = Texts::new(language);
        let raw = |text: &str| text.starts_with("layout-");
        let texts = driver.texts();
        assert!(!texts.iter().any(|(text, _)| raw(text)), "{language:?}");
    }
}

#[test]
fn a_gap_is_shared_by_dragging_and_by_number_and_a_wrong_one_is_told_beside_it() {
    let mut driver = in_free_space("table-windows-gap");
    driver.tab_to("boundary");
    let (bar, _) = driver.focus_bounds();
    let place = |part: f32| Point::new(bar.x + bar.width * part, bar.center_y());
    let all = made(&driver);
    driver.drag(place(0.01), &[place(0.5)]);
    let half = made(&driver);
    let part = half.0 as f64 / all.0 as f64;
    assert!((part - 0.5).abs() < 0.03, "{half} of {all}");

    driver.click("As little as it needs");
    driver.click("All of it");
    driver.tab_to("share-number");
    for _ in 0..12 {
        driver.press(Named::Backspace);
    }
    driver.write("2");
    let (field, _) = driver.focus_bounds();
    let told = at(&mut driver, "Between ") - (field.y + field.height);
    assert!((0.0..24.0).contains(&told), "{told} below the field");
    assert_eq!(driver.wizard.why_not_next(), Some("layout-share-wrong"));
    driver.write("0");
    assert_eq!(asked(&driver).size, Some(Wanted(Bytes::gib(20))));
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn a_size_from_a_preset_that_is_not_there_is_told_beside_the_number() {
    let text = "version = 1\n[disk]\nlayout = \"free\"\ngap_after = 3\nsize = \"900 GiB\"\n";
    let mut driver = with("table-windows-gap", crate::preset::read(text, "t").unwrap());
    driver.tab_to("share-number");
    let (field, _) = driver.focus_bounds();
    let told = at(&mut driver, "900 GiB are asked for") - (field.y + field.height);
    assert!((0.0..24.0).contains(&told), "{told} below the field");
    press(&mut driver, "share-all");
    assert!(!driver.shows("are asked for"));
    assert_eq!(driver.wizard.why_not_next(), None);
}

/// Whatever is offered is possible, on every recorded computer.
#[test]
fn the_least_and_all_of_a_gap_are_plans() {
    let mut tried = 0;
    for file in std::fs::read_dir("tests/machines").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let machine: crate::machine::Machine = serde_json::from_str(&text).unwrap();
        let text = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
        let mut preset = crate::preset::read(text, "ada").unwrap();
        for disk in machine.disks.known().into_iter().flatten() {
            preset.disk.choose = crate::wizard::draft::choice_of(disk);
            let modes = modes(&Survey::of(&machine), disk, &preset);
            let free = modes.iter().filter(|mode| mode.layout == Layout::Free);
            for spot in free.flat_map(|mode| mode.possible.iter().flatten()) {
                let Some(share) = spot.share else { continue };
                assert!(share.least < share.most && share.most == spot.size);
                let crate::plan::SpotPlace::GapAfter(after) = spot.place else {
                    panic!("{:?} is no gap", spot.place)
                };
                let mut wished = preset.clone();
                wished.disk.layout = Some(Layout::Free);
                wished.disk.gap_after = Some(after);
                for size in [share.least, share.most] {
                    wished.disk.size = Some(Wanted(size));
                    let seed = crate::plan::Seed::new([3; 32]);
                    let planned = resolve(&machine, &wished, seed);
                    let told = planned.err().map(|told| told.0).unwrap_or_default();
                    let size_wrong = told.iter().any(|told| told.field.starts_with("disk"));
                    assert!(!size_wrong, "{size} behind {after}: {told:?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn of_several_efi_system_partitions_one_is_chosen_by_keys_and_by_mouse() {
    let mut driver = in_free_space("table-two-esps");
    let question = "Which EFI system partition";
    assert!(driver.shows(question));
    let usual = starts_from(&driver);
    let other = if usual == 1 { 4 } else { 1 };
    assert_eq!(asked(&driver).esp, None);
    let id = |number: u32| format!("esp-{number}");
    driver.tab_to(id(usual));
    driver.press(if other > usual {
        Named::ArrowDown
    } else {
        Named::ArrowUp
    });
    driver.press(Named::Space);
    assert_eq!(starts_from(&driver), other);
    let named = asked(&driver).esp.and_then(|esp| esp.number);
    assert_eq!(named, Some(other));
    // The usual one again, which is not named then.
    let (_, place) = driver
        .targets()
        .into_iter()
        .find(|(target, _)| *target == Some(id(usual).into()))
        .unwrap();
    driver.drag(place.center(), &[]);
    assert_eq!((asked(&driver).esp, starts_from(&driver)), (None, usual));
    // Where all goes, there is none to choose.
    press(&mut driver, "layout-erase");
    assert!(!driver.shows(question));
    for (machine, layout) in [
        ("table-windows-gap", "layout-free"),
        ("table-windows-measured", "layout-alongside"),
    ] {
        let mut driver = on_disk(machine);
        press(&mut driver, layout);
        assert!(!driver.shows(question), "{machine}");
    }
}

#[test]
fn an_efi_system_partition_from_a_preset_that_can_not_be_used_is_told_beside_the_cards() {
    let text = "version = 1\n[disk]\nlayout = \"free\"\nesp = { number = 3 }\n";
    let mut driver = with("table-two-esps", crate::preset::read(text, "t").unwrap());
    let below = at(&mut driver, "Partition 3 is no EFI system partition");
    let above = at(&mut driver, "Which EFI system partition");
    assert!(above < below && below < above + 240.0, "{above} {below}");
    press(&mut driver, "esp-4");
    assert!(!driver.shows("is no EFI system partition"));
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn the_only_partition_that_makes_room_is_named_in_a_sentence() {
    let mut driver = with("table-windows-measured", Preset::default());
    press(&mut driver, "layout-alongside");
    assert!(driver.shows("Partition 3 (") && driver.shows("makes room."));
    assert!(!driver.shows("Which partition makes room?"));
}

#[test]
fn what_is_said_on_later_pages_does_not_break_the_least_size_that_was_offered() {
    for (machine, layout) in [
        ("table-windows-gap", "layout-free"),
        ("table-windows-measured", "layout-alongside"),
    ] {
        let mut driver = with(machine, Preset::default());
        press(&mut driver, layout);
        press(&mut driver, "share-least");
        let least = asked(&driver).size.unwrap();
        for environment in Environment::ALL {
            let choose = desktop::Message::Choose(environment);
            driver.send(Message::Desktop(choose));
            let told = driver.wizard.draft.problems().iter();
            let mut told = told.filter(|told| told.field.starts_with("disk"));
            let wrong = told.find(|told| told.severity == Severity::Error);
            assert_eq!(wrong, None, "{machine}: {environment}");
        }
        // The last one is none at all, and needs less.
        assert!(asked(&driver).size.unwrap() < least, "{machine}");
        // A number of one's own stays.
        let own = Wanted(Bytes(least.0.0 + Bytes::gib(1).0));
        driver.send(Message::Disk(disk::Message::Share(Some(own))));
        let choose = desktop::Message::Choose(Environment::Plasma6);
        driver.send(Message::Desktop(choose));
        assert_eq!(asked(&driver).size, Some(own), "{machine}");
    }
}

#[test]
fn a_desktop_that_nobody_chose_gives_way_and_only_where_it_is_in_the_way() {
    let environment = |driver: &Driver| driver.wizard.draft.preset().desktop.environment;
    // A swap file beside GNOME does not fit onto this disk; without a desktop it does.
    let mut driver = on_disk("qemu-uefi");
    assert_eq!(environment(&driver), Some(Environment::Gnome));
    press(&mut driver, "more");
    press(&mut driver, "swap-file");
    assert_eq!(environment(&driver), None);
    assert_eq!(driver.wizard.why_not_next(), None);
    // What is wrong whatever the desktop is leaves it alone: nothing but what was said is changed.
    let mut driver = on_disk("table-windows-gap");
    press(&mut driver, "layout-free");
    let changes = |driver: &Driver| driver.wizard.draft.changes();
    let (before, began) = (environment(&driver), changes(&driver));
    assert_eq!(before, Some(Environment::Gnome));
    for message in [
        disk::Message::FileSystem(FileSystemKind::F2fs),
        disk::Message::Swap(Swap::File),
    ] {
        driver.send(Message::Disk(message));
    }
    assert_eq!(driver.wizard.why_not_next(), Some("disk-impossible"));
    assert_eq!(environment(&driver), before);
    assert_eq!(changes(&driver), began + 2);
}
