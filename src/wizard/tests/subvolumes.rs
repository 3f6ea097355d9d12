//! Subvolumes on the Partitions page: those of a btrfs that stays are mounted, made and deleted, by keyboard and
//! by mouse, and the rows and the losses say what goes.

use super::driver::Driver;
use super::partitions::{
    disks, on_partitions, on_partitions_of, press, send, undo, with_partitions,
};
use crate::i18n::{Language, Texts};
use crate::plan::{Seed, resolve};
use crate::preset::{ManualPartition, SubvolumeAction};
use crate::units::Sectors;
use crate::wizard::page::Page;
use crate::wizard::page::partitions::{Change, Message as Part, SubvolumeChange};
use crate::wizard::theme::TARGET;
use iced::advanced::widget::Id;

/// On the page with this partition chosen.
fn at(machine: &str, number: u32) -> Driver {
    let driver = on_partitions(machine);
    chosen(driver, number)
}

fn chosen(mut driver: Driver, number: u32) -> Driver {
    let start = start_of(&driver, number);
    send(&mut driver, Part::Select(start));
    driver
}

fn start_of(driver: &Driver, number: u32) -> Sectors {
    let disk = &driver.wizard.draft.machine().disks.known().unwrap()[0];
    let mut all = disk.partitions().iter();
    all.find(|p| p.number == number).unwrap().start
}

/// What is said of the first partition of which anything is said, in a line.
fn said(driver: &Driver) -> String {
    let said = disks(driver).remove(0).partitions;
    said.first()
        .map(ManualPartition::to_string)
        .unwrap_or_default()
}

fn click_on(driver: &mut Driver, id: &'static str) {
    let place = driver.bounds(id).center();
    driver.drag(place, &[]);
}

fn write(driver: &mut Driver, id: impl Into<Id>, text: &str) {
    driver.tab_to(id);
    driver.write(text);
}

#[test]
fn by_keyboard_a_system_in_a_btrfs_goes_and_a_new_one_comes_beside_the_home_folders() {
    let mut driver = at("table-found-fedora", 3);
    write(&mut driver, "found-0", "/home");
    assert_eq!(driver.focus(), Some(Id::new("found-0")), "the field stays");
    press(&mut driver, "found-fate-1");
    assert_eq!(
        said(&driver),
        "keep the partition with number 3 home at /home, without root, without root/var/lib/machines"
    );
    assert!(driver.shows("stays  ·  2 subvolumes go: root, root/var/lib/machines"));
    press(&mut driver, "subvolume-add");
    let start = start_of(&driver, 1);
    send(&mut driver, Part::Select(start));
    write(&mut driver, "mount", "/boot");
    let disk = disks(&driver).remove(0);
    assert!(
        disk.partitions[0].to_string().ends_with(", new @ at /"),
        "{disk}"
    );
    let problems = driver.wizard.draft.problems();
    assert_eq!(driver.wizard.why_not_next(), None, "{problems:?}");
    // The preset that is saved says the same, and what goes is named before the last question.
    let draft = &driver.wizard.draft;
    let text = crate::preset::write(draft.preset()).unwrap();
    let read = crate::preset::read(&text, "saved").unwrap();
    let plan = resolve(draft.machine(), &read, Seed::new([3; 32])).unwrap();
    assert_eq!(draft.plan(), Some(&plan));
    drop(driver.wizard.go_to(Page::Summary));
    assert!(driver.shows("Subvolume root in "));
    assert!(driver.shows("Subvolume root/var/lib/machines in "));
}

#[test]
fn by_mouse_a_subvolume_goes_and_stays_after_all() {
    // Nothing has to be scrolled to.
    let mut driver = chosen(on_partitions_of("table-found-fedora", 1600.0), 3);
    let before = disks(&driver);
    click_on(&mut driver, "found-fate-0");
    assert!(driver.shows("1 subvolume goes: home"));
    assert!(driver.shows("Goes with all that is in it"));
    let gone = disks(&driver);
    assert_eq!(
        gone[0].partitions[0].subvolumes[0].action,
        Some(SubvolumeAction::Delete)
    );
    click_on(&mut driver, "found-fate-0");
    assert_eq!(disks(&driver), before);
    undo(&mut driver);
    assert_eq!(disks(&driver), gone);
    undo(&mut driver);
    assert_eq!(disks(&driver), before);
}

#[test]
fn letters_of_a_mount_point_are_one_change_and_nothing_is_left_of_an_empty_one() {
    let mut driver = at("table-found-fedora", 3);
    let before = disks(&driver);
    write(&mut driver, "found-0", "/home");
    assert!(said(&driver).ends_with("home at /home"));
    undo(&mut driver);
    assert_eq!(disks(&driver), before);
    write(&mut driver, "found-0", "x");
    assert!(driver.shows("It looks like /home"));
    assert_eq!(driver.wizard.why_not_next(), Some("partitions-form"));
    send(
        &mut driver,
        Part::Write(
            crate::wizard::page::partitions::Field::FoundMount(0),
            String::new(),
        ),
    );
    assert_eq!(disks(&driver), before);
    assert!(!driver.shows("It looks like /home"));
}

#[test]
fn a_problem_of_a_subvolume_stands_beside_it() {
    // Nothing has to be scrolled to.
    let mut driver = chosen(on_partitions_of("table-found-fedora", 1600.0), 3);
    write(&mut driver, "found-1", "/");
    let wrong = "What is mounted at / has to be made anew";
    let below = |driver: &mut Driver, id: &'static str, words: &str| {
        let field = driver.bounds(id);
        let all = driver.texts();
        let told = all.iter().filter(|(text, _)| text.contains(words));
        told.map(|(_, bounds)| bounds.y - field.y - field.height)
            .filter(|gap| (0.0..12.0).contains(gap))
            .count()
    };
    assert_eq!(below(&mut driver, "found-1", wrong), 1);
    assert_eq!(below(&mut driver, "found-0", wrong), 0);
    press(&mut driver, "subvolume-add");
    send(
        &mut driver,
        Part::Change(Change::Subvolume(SubvolumeChange::Name(
            1,
            "home".parse().unwrap(),
        ))),
    );
    assert!(driver.shows("There is a subvolume home already"));
    assert_eq!(
        below(
            &mut driver,
            "subvolume-1",
            "There is a subvolume home already"
        ),
        1
    );
}

#[test]
fn of_many_subvolumes_the_first_are_shown_and_snapshots_are_not_mounted() {
    let mut driver = at("table-found-opensuse", 2);
    assert!(driver.shows("Show all "));
    let shown = |driver: &mut Driver| {
        driver
            .texts()
            .into_iter()
            .filter(|(text, _)| text.starts_with('@'))
            .count()
    };
    let few = shown(&mut driver);
    press(&mut driver, "subvolumes-all");
    let all = shown(&mut driver);
    assert!(few <= 8 && few < all, "{few} {all}");
    assert!(driver.shows("read-only"));
    press(&mut driver, "subvolumes-all");
    assert_eq!(shown(&mut driver), few);
}

#[test]
fn where_nobody_knows_which_there_are_each_is_said_to_stay_to_be_new_or_to_go() {
    let parts = "[[disk.disks.partitions]]\npartition = { number = 2 }\n";
    let mut driver = with_partitions("table-dual-linux", parts);
    let start = start_of(&driver, 2);
    send(&mut driver, Part::Select(start));
    assert!(driver.shows("Which subvolumes there are could not be read"));
    press(&mut driver, "subvolume-add");
    assert!(said(&driver).ends_with("number 2 @home at /home"));
    press(&mut driver, "subvolume-new-0");
    assert!(said(&driver).ends_with("number 2 new @home at /home"));
    press(&mut driver, "subvolume-delete-0");
    assert!(said(&driver).ends_with("number 2 without @home"));
    assert!(driver.shows("1 subvolume goes: @home"));
    press(&mut driver, "subvolume-remove-0");
    assert_eq!(said(&driver), "");
}

#[test]
fn to_choose_what_is_chosen_changes_nothing() {
    let mut driver = at("table-found-fedora", 3);
    write(&mut driver, "found-0", "/home");
    let before = disks(&driver);
    press(&mut driver, "action-keep");
    assert_eq!(disks(&driver), before);
}

#[test]
fn every_control_of_a_btrfs_that_stays_is_reached_and_large_enough_in_every_language() {
    for language in Language::ALL {
        let mut driver = at("table-found-opensuse", 2);
        driver.wizard.texts = Texts::new(language);
        for change in [SubvolumeChange::Add, SubvolumeChange::DeleteFound(7)] {
            send(&mut driver, Part::Change(Change::Subvolume(change)));
        }
        for (id, bounds) in driver.targets() {
            assert!(
                bounds.height >= TARGET - 0.5,
                "{language:?}: {id:?} {bounds:?}"
            );
        }
        for id in [
            "found-fate-7",
            "found-1",
            "subvolumes-all",
            "subvolume-0",
            "subvolume-add",
        ] {
            driver.tab_to(id);
            let (whole, seen) = driver.focus_bounds();
            let seen = seen.unwrap_or_else(|| panic!("{language:?}: {id} is not seen"));
            assert!(
                whole.height - seen.height < 1.0,
                "{language:?}: {id} {whole:?} {seen:?}"
            );
        }
    }
}
