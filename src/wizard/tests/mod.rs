//! The wizard as people use it, headless: by keyboard, by mouse, with mistakes.

mod accounts;
mod background;
mod chosen;
mod disk;
pub(super) mod driver;
mod encryption;
mod eyes;
mod files;
mod free_space;
mod gated;
mod german;
mod hands;
mod idle_engine;
mod in_view;
mod installing;
mod keyboard;
mod listening;
mod location;
mod looks;
mod many_disks;
mod measuring;
mod network;
mod partition_flags;
mod partition_problems;
mod partitions;
mod pictures;
mod problems;
mod question;
mod reach;
mod reconnect;
mod recovery;
mod same_plan;
mod secrets;
mod seen;
mod sharing;
mod software;
mod states;
mod subvolumes;
mod summary;
mod told;
mod typed_wrong;
mod unlocking;
mod users;
mod waiting;
mod welcome;

use super::Engine;
use super::page::Page;
use crate::engine::Speed;
use crate::machine::{Fact, Machine};
use crate::plan::{Plan, Seed, resolve};
use crate::preset::{Environment, Layout, Password, Preset};
use driver::Driver;
use iced::Size;
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

const PASSWORD: &str = "Kuckucksuhr-17";

/// Goes on by the button, as the keyboard reaches it.
fn next(driver: &mut Driver) {
    driver.tab_to("next");
    driver.press(Named::Enter);
}

/// Everything up to the summary, with the keyboard alone.
fn to_the_summary(driver: &mut Driver) {
    next(driver);
    assert_eq!(driver.wizard.page, Page::Location);
    driver.write("vienna");
    driver.press(Named::ArrowDown);
    next(driver);
    driver.write("german (austria");
    driver.press(Named::ArrowDown);
    next(driver);
    if driver.wizard.page == Page::Network {
        next(driver);
    }
    assert_eq!(driver.wizard.page, Page::Disk);
    // Asked only where there is something to lose.
    if driver.wizard.draft.preset().disk.layout.is_none() {
        driver.tab_to("layout-erase");
        driver.press(Named::Space);
    }
    next(driver);
    assert_eq!(driver.wizard.page, Page::Users);
    driver.write("Zoë Müller");
    driver.tab_to("password");
    driver.write(PASSWORD);
    driver.tab_to("repeat");
    driver.write(PASSWORD);
    next(driver);
    assert_eq!(driver.wizard.page, Page::Desktop);
    driver.press(Named::ArrowRight);
    driver.press(Named::Space);
    next(driver);
    driver.press(Named::Space);
    next(driver);
    assert_eq!(driver.wizard.page, Page::Summary);
}

#[test]
fn from_welcome_to_finished_by_keyboard() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    let preset = driver.wizard.draft.preset();
    let user = preset.users.first().unwrap();
    assert_eq!(user.name.as_str(), "zoe");
    assert_eq!(user.password, Password::Ask);
    assert_eq!(preset.desktop.environment, Some(Environment::Plasma6));
    assert_eq!(preset.software.unfree, Some(true));
    let zone = preset.locale.time_zone.as_ref().unwrap();
    assert_eq!(zone.as_str(), "Europe/Vienna");
    assert_eq!(preset.keyboard.layout.as_ref().unwrap().as_str(), "at");

    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    driver.tab_to("next");
    driver.press(Named::Enter);
    // The way back has the focus.
    assert_eq!(driver.focus(), Some("keep".into()));
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.page, Page::Summary);
    assert!(!driver.wizard.summary.confirming);
    driver.tab_to("next");
    driver.press(Named::Enter);
    driver.tab_to("erase");
    driver.press(Named::Enter);
    // The recording is played at once: it may have come to its end already.
    assert!(matches!(driver.wizard.page, Page::Install | Page::Finished));
    driver.press_with(Key::Character("l".into()), Modifiers::CTRL);
    assert!(driver.wizard.install.as_ref().unwrap().log.open);
    driver.until("the end", |wizard| wizard.page == Page::Finished);
    assert!(driver.shows("NixOS is installed"));
}

#[test]
fn from_welcome_to_the_question_by_mouse() {
    let mut driver = Driver::new("windows-laptop");
    driver.click("Deutsch");
    driver.click("Dunkel");
    driver.click("Weiter");
    driver.click("Weiter");
    driver.click("Weiter");
    assert_eq!(driver.wizard.page, Page::Disk);
    // There is a Windows: what becomes of it has to be said.
    driver.click("Weiter");
    assert_eq!(driver.wizard.page, Page::Disk);
    assert!(driver.shows("Wählen Sie, was aus dem Datenträger wird."));
    driver.scroll_to_end();
    driver.click("Alles auf diesem Datenträger löschen");
    driver.click("Weiter");
    // A click on a name above a field does not write; the field has the focus already.
    driver.write("Ada");
    driver.tab_to("password");
    driver.write(PASSWORD);
    driver.tab_to("repeat");
    driver.write(PASSWORD);
    driver.click("Weiter");
    driver.click("KDE Plasma 6");
    driver.click("Weiter");
    driver.click("Firefox");
    driver.click("Weiter");
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    driver.click("Installieren …");
    assert!(driver.wizard.summary.confirming);
    // What will be lost is named, and the button says what it does.
    assert!(
        driver.shows("Windows mit allen Programmen") && driver.shows("Löschen und installieren")
    );
    driver.click("Jetzt nicht");
    assert!(!driver.wizard.summary.confirming);
}

/// A recorded computer with its cables out.
fn offline(machine: &str) -> Machine {
    let mut machine = driver::recorded(machine);
    let Fact::Known(interfaces) = &mut machine.network else {
        panic!("nothing was recorded of its network");
    };
    for interface in interfaces {
        interface.up = false;
    }
    machine
}

/// Everything up to the Summary, with the mouse wherever nothing is written.
fn to_the_summary_by_mouse(driver: &mut Driver) {
    driver.click("Dark");
    driver.click("Next");
    driver.fill("zones", "vienna");
    driver.click("Vienna");
    driver.click("Next");
    driver.click("Next");
    assert_eq!(driver.wizard.page, Page::Network);
    driver.click("Next");
    driver.click("Decide partition by partition");
    driver.click("Next");
    assert_eq!(driver.wizard.page, Page::Partitions);
    driver.click("1  ·  EFI system");
    driver.click("/boot");
    driver.click("3  ·  debian (ext4)");
    driver.click("Format");
    driver.fill("mount", "/");
    driver.click("Next");
    driver.fill("full-name", "Zoë Müller");
    driver.fill("password", PASSWORD);
    driver.fill("repeat", PASSWORD);
    driver.click("Next");
    driver.click("KDE Plasma 6");
    driver.click("Next");
    driver.click("Firefox");
    driver.click("Next");
    assert_eq!(driver.wizard.page, Page::Summary);
}

#[test]
fn from_welcome_to_finished_by_mouse() {
    let size = Size::new(1280.0, 1000.0);
    let engine = Some(Engine::Replay(Speed::AT_ONCE));
    let machine = offline("table-dual-linux");
    let mut driver = Driver::of(machine, Preset::default(), size, engine);
    to_the_summary_by_mouse(&mut driver);
    let chosen = driver.wizard.draft.preset().clone();
    assert_eq!(chosen.disk.layout, Some(Layout::Manual));
    let zone = chosen.locale.time_zone.as_ref().unwrap();
    assert_eq!(zone.as_str(), "Europe/Vienna");
    assert_eq!(chosen.desktop.environment, Some(Environment::Plasma6));
    // Back and forth keeps everything.
    while driver.wizard.page != Page::Welcome {
        driver.click("Back");
    }
    while driver.wizard.page != Page::Summary {
        driver.click("Next");
    }
    assert_eq!(*driver.wizard.draft.preset(), chosen);
    assert_eq!(driver.wizard.draft.plan(), Some(&plan_of_saved(&driver)));

    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    driver.click("Install…");
    driver.click("Not now");
    assert!(!driver.wizard.summary.confirming);
    driver.click("Install…");
    assert!(driver.shows("“debian” (ext4)  ·  60 GiB"));
    driver.click("Delete and install");
    driver.until("the end", |wizard| wizard.page == Page::Finished);
    assert!(driver.shows("NixOS is installed"));
}

/// The plan of the preset that this wizard would save.
fn plan_of_saved(driver: &Driver) -> Plan {
    let draft = &driver.wizard.draft;
    let text = crate::preset::write(draft.preset()).unwrap();
    let read = crate::preset::read(&text, "saved").unwrap();
    resolve(draft.machine(), &read, Seed::new([3; 32])).unwrap()
}

#[test]
fn the_preset_that_is_saved_gives_the_plan_of_the_clicks() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    assert_eq!(driver.wizard.draft.plan(), Some(&plan_of_saved(&driver)));
}

#[test]
fn a_password_is_in_no_message_no_preset_and_no_file() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    let shown: Vec<String> = driver.texts().into_iter().map(|(text, _)| text).collect();
    let text = crate::preset::write(driver.wizard.draft.preset()).unwrap();
    let files = driver.wizard.draft.files().iter().map(|file| &file.text);
    let plan = serde_json::to_string(driver.wizard.draft.plan().unwrap()).unwrap();
    let state = format!("{:?} {:?}", driver.wizard.users, driver.wizard.draft);
    let places = files
        .chain(&driver.sent)
        .chain(&shown)
        .chain([&text, &plan, &state]);
    for place in places {
        assert!(!place.contains("Kuckuck"), "{place}");
    }
    assert!(driver.sent.iter().any(|sent| sent.contains("<secret>")));
}

#[test]
fn mistakes_are_told_beside_their_fields_and_the_way_on_is_closed() {
    let mut driver = Driver::new("qemu-uefi");
    drop(driver.wizard.go_to(Page::Users));
    assert!(driver.shows("A login name is missing."));
    driver.tab_to("login");
    driver.write("Ada!");
    assert!(driver.shows("Small letters, digits"));
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Users);
    for _ in 0..4 {
        driver.press(Named::Backspace);
    }
    driver.write("ada");
    assert!(driver.shows("A password is missing."));
    driver.tab_to("password");
    driver.write(PASSWORD);
    driver.tab_to("repeat");
    driver.write("Kuckuck");
    assert!(driver.shows("The two passwords differ."));
    driver.write("suhr-17");
    assert!(!driver.shows("The two passwords differ."));
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Desktop);
}

#[test]
fn a_disk_that_can_not_be_taken_says_why_and_can_not_be_chosen() {
    let mut driver = Driver::new("laptop-intel-windows");
    drop(driver.wizard.go_to(Page::Disk));
    assert!(driver.shows("carries the live system"));
    let before = driver.wizard.draft.preset().clone();
    driver.click("Ultra");
    assert_eq!(*driver.wizard.draft.preset(), before);

    let mut driver = Driver::new("two-equal-disks");
    drop(driver.wizard.go_to(Page::Disk));
    assert!(driver.shows("Choose a disk."));
    driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
    assert_eq!(driver.wizard.page, Page::Disk);
}

#[test]
fn back_and_forth_keeps_everything() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    let before = driver.wizard.draft.preset().clone();
    // A field takes the first Escape for itself.
    for _ in 0..20 {
        driver.press(Named::Escape);
    }
    assert_eq!(driver.wizard.page, Page::Welcome);
    for _ in 0..Page::ALL.len() {
        if driver.wizard.page != Page::Summary {
            driver.press_with(Key::Named(Named::Enter), Modifiers::CTRL);
        }
    }
    assert_eq!(driver.wizard.page, Page::Summary);
    assert_eq!(*driver.wizard.draft.preset(), before);
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
}

#[test]
fn the_side_panel_follows_every_change() {
    let mut driver = Driver::new("qemu-uefi");
    drop(driver.wizard.go_to(Page::Desktop));
    driver.click("Show configuration.nix");
    driver.click("KDE Plasma 6");
    let file = driver.wizard.draft.configuration().unwrap();
    assert!(file.text.contains("plasma6.enable = true"));
    assert!(!file.changed.is_empty());
    assert!(driver.shows("configuration.nix"));
}
