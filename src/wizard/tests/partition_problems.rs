//! What the Partitions page says of mistakes, and what it offers where it can be done.

use super::driver::Driver;
use super::partitions::{on_partitions, press, send, undo, with_partitions};
use crate::i18n::{Language, Texts};
use crate::plan::RowKind;
use crate::preset::{ManualTable, PartitionFormat, PartitionType};
use crate::wizard::page::Page;
use crate::wizard::page::partitions::{Change, Message as Part, Purpose};
use iced::keyboard::key::Named;

#[test]
fn what_is_written_wrongly_is_told_beside_its_field() {
    let mut driver = on_partitions("empty-uefi");
    press(&mut driver, "new-table");
    press(&mut driver, "make-data");
    driver.tab_to("mount");
    driver.write("srv");
    assert!(driver.shows("It looks like /home"));
    assert_eq!(driver.wizard.why_not_next(), Some("partitions-form"));
    press(&mut driver, "rest");
    driver.tab_to("size");
    driver.write("x");
    assert!(driver.shows("It looks like 40 GiB"));
    undo(&mut driver);
    assert!(!driver.shows("It looks like 40 GiB"));
}

#[test]
fn problems_of_the_plan_are_told_at_the_partition() {
    let mut driver = on_partitions("empty-uefi");
    send(&mut driver, Part::Table(ManualTable::New));
    send(&mut driver, Part::Create(Purpose::System));
    assert!(
        driver.shows("No EFI system partition is mounted"),
        "it belongs to none"
    );
    let format = |format| Part::Change(Change::Format(format));
    send(&mut driver, format(PartitionFormat::Vfat));
    assert!(driver.shows("Vfat knows neither owners nor permissions"));
    send(&mut driver, format(PartitionFormat::Ext4));
    let small = "40 MiB".to_owned().try_into().unwrap();
    send(&mut driver, Part::Change(Change::Size(small)));
    assert!(driver.shows("This partition has 40 MiB, and needs"));
    send(
        &mut driver,
        Part::Change(Change::Mount("/proc/x".parse().ok())),
    );
    assert!(driver.shows("/proc/x belongs to the running system"));
    send(
        &mut driver,
        Part::Change(Change::Kind(Some(PartitionType::BiosBoot))),
    );
    assert!(driver.shows("which a BIOS boot partition is not for"));
}

/// `/` on a file system that stays, and `/` once more in a subvolume of one that is made.
const TWO_MISTAKES: &str = "[[disk.disks.partitions]]\npartition = { number = 5 }\nmount = \"/\"\n\
    [[disk.disks.partitions]]\npartition = { number = 3 }\ndo = \"format\"\nfile_system = \"btrfs\"\n\
    [[disk.disks.partitions.subvolumes]]\nname = \"@\"\nmount = \"/\"\n\
    [[disk.disks.partitions.subvolumes]]\nname = \"@home\"\nmount = \"/home\"\n";

#[test]
fn the_first_row_that_is_wrong_is_chosen_and_each_says_what_is_wrong_with_it() {
    let mut driver = with_partitions("table-dual-linux", TWO_MISTAKES);
    let chosen = |driver: &Driver| driver.wizard.partitions.row().unwrap().kind;
    let RowKind::Formatted { number, .. } = chosen(&driver) else {
        panic!("{:?}", chosen(&driver));
    };
    assert_eq!(number, 3, "nothing is wrong with 1 and 2");
    assert!(driver.focus().is_some());
    assert!(
        driver.shows("What is mounted at / has to be made anew"),
        "at 5"
    );
    assert!(
        driver.shows("Something else is mounted at / already"),
        "at 3"
    );
    // Who goes elsewhere stays there, and still reads both.
    driver.press(Named::ArrowUp);
    assert!(matches!(chosen(&driver), RowKind::Stays { number: 2, .. }));
    assert!(driver.shows("What is mounted at / has to be made anew"));
    assert!(driver.shows("Something else is mounted at / already"));
    // At the next visit the page leads to it again.
    let task = driver.wizard.enter(Page::Partitions);
    driver.operate(task);
    assert!(matches!(
        chosen(&driver),
        RowKind::Formatted { number: 3, .. }
    ));
}

#[test]
fn a_row_tells_what_a_partition_was_and_where_its_subvolumes_go() {
    let mut driver = with_partitions("table-dual-linux", TWO_MISTAKES);
    assert!(driver.shows("3  ·  debian (ext4)  ·  /  /home"));
    assert!(driver.shows("60 GiB  ·  btrfs  ·  made anew, its content is lost"));
    for (language, words) in [
        (Language::English, "encrypted (LUKS)"),
        (Language::German, "verschlüsselt (LUKS)"),
        (Language::Japanese, "暗号化 (LUKS)"),
        (Language::Arabic, "معمّى (LUKS)"),
    ] {
        let mut driver = on_partitions("table-luks-home");
        driver.wizard.texts = Texts::new(language);
        assert!(driver.shows(words), "{language:?}");
        assert!(!driver.shows("crypto_LUKS"), "{language:?}");
    }
}

#[test]
fn what_belongs_to_no_row_is_told_beside_the_way_on_in_every_language() {
    for language in Language::ALL {
        let mut driver = on_partitions("table-found-fedora");
        driver.wizard.texts = Texts::new(language);
        let back = driver.bounds("back");
        let nothing = driver.wizard.texts.get("problem-no-root-file-system");
        let nothing = nothing.split(" /").next().unwrap();
        let mut seen = driver.texts().into_iter();
        let beside = seen.find(|(text, bounds)| {
            text.contains(nothing) && (bounds.center_y() - back.center_y()).abs() < back.height
        });
        let texts = driver.texts();
        assert!(beside.is_some(), "{language:?}: {nothing} in {texts:?}");
    }
}

#[test]
fn an_error_on_another_disk_leads_to_it() {
    let mut driver = on_partitions("two-equal-disks");
    send(&mut driver, Part::Table(ManualTable::New));
    send(&mut driver, Part::Create(Purpose::Data));
    send(
        &mut driver,
        Part::Change(Change::Mount("/proc/x".parse().ok())),
    );
    send(&mut driver, Part::Show(1));
    assert!(driver.shows("/proc/x belongs to the running system"));
    press(&mut driver, "show-disk-0");
    assert!(matches!(
        driver.wizard.partitions.row().unwrap().kind,
        RowKind::New { .. }
    ));
    assert!(driver.shows("/proc/x belongs to the running system"));
}

#[test]
fn places_are_offered_where_the_plan_takes_them_and_a_reason_where_there_are_none() {
    let mut driver = on_partitions("windows-laptop");
    let start = |number: u32, driver: &Driver| {
        let disk = &driver.wizard.draft.machine().disks.known().unwrap()[0];
        let mut all = disk.partitions().iter();
        all.find(|p| p.number == number).unwrap().start
    };
    // A Windows, and a partition with nothing in it.
    for (number, why) in [
        (
            3,
            "Partition 3 holds ntfs, and what is mounted as it is has to be ext4",
        ),
        (2, "There is no known file system in partition 2"),
    ] {
        let at = start(number, &driver);
        send(&mut driver, Part::Select(at));
        assert!(driver.shows(why), "{number}");
        assert!(
            !driver
                .texts()
                .iter()
                .any(|(text, _)| text == "/home" || text == "/boot")
        );
    }
    // Made anew it can be mounted anywhere but where vfat belongs.
    let at = start(3, &driver);
    send(&mut driver, Part::Select(at));
    driver.click("Format");
    let offered = |driver: &mut Driver| -> Vec<String> {
        let texts = driver.texts().into_iter().map(|(text, _)| text);
        texts.filter(|text| text.starts_with('/')).collect()
    };
    assert_eq!(offered(&mut driver), ["/", "/home", "/var", "/nix"]);
    send(
        &mut driver,
        Part::Change(Change::Format(PartitionFormat::Vfat)),
    );
    assert_eq!(offered(&mut driver), ["/boot"]);
    // Home folders that stay, and the EFI system partition.
    let mut driver = on_partitions("table-dual-linux");
    for (number, places) in [(5, vec!["/home"]), (1, vec!["/boot"])] {
        let at = start(number, &driver);
        send(&mut driver, Part::Select(at));
        assert_eq!(offered(&mut driver), places, "{number}");
    }
}
