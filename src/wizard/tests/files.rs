//! The files of the new system, on the Summary and beside a page: as many as there are, each within
//! the window and within reach, and the one that changed in view.

use super::driver::{Driver, recorded};
use crate::i18n::{Language, Texts};
use crate::wizard::page::{Page, desktop, welcome};
use crate::wizard::{Message, written::File};
use iced::Size;
use iced::advanced::widget::Id;
use iced::keyboard::key::Named;

/// A flake in files by concern: nobody can choose more of them.
fn split(page: Page, language: Language, size: Size) -> Driver {
    let preset = include_str!("../../../tests/presets/flake-split.toml");
    let preset = crate::preset::read(preset, "split").unwrap();
    let mut driver = Driver::of(recorded("empty-uefi"), preset, size, None);
    driver.wizard.texts = Texts::new(language);
    let speak = |preset: &mut _| welcome::apply(language, preset);
    driver.wizard.draft.edit(speak);
    let task = driver.wizard.go_to(page);
    driver.operate(task);
    driver
}

fn names(driver: &Driver) -> Vec<String> {
    let files = driver.wizard.draft.files().iter();
    files.map(|file: &File| file.name.clone()).collect()
}

/// Each file is a tab that is seen whole, is pressed with the keyboard, and then shows its text.
fn every_file_is_within_reach(driver: &mut Driver, size: Size, what: &str) {
    let names = names(driver);
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        driver.tab_to(format!("file-{name}"));
        let (tab, seen) = driver.focus_bounds();
        let seen = seen.unwrap_or_else(|| panic!("{what}: {name} is not seen"));
        assert!((tab.width - seen.width).abs() < 1.0, "{what}: {name}");
        assert!(tab.x >= 0.0 && tab.x + tab.width <= size.width, "{what}");
        assert!(tab.height >= 40.0, "{what}: {name} {tab:?}");
        let words = driver.texts().into_iter().find(|(text, _)| *text == name);
        let (_, words) = words.unwrap();
        assert!(words.height < 30.0, "{what}: {name} is broken: {words:?}");
        driver.press(Named::Space);
        let shown = match driver.wizard.page {
            Page::Summary => driver.wizard.summary.file.clone(),
            _ => driver.wizard.beside.file.clone(),
        };
        assert_eq!(shown, name, "{what}");
        // Its lines are numbered, each of them.
        let text = &driver.wizard.draft.file(&name).unwrap().text;
        let last = text.lines().count().to_string();
        assert!(driver.texts().iter().any(|(number, _)| *number == last));
    }
}

const SIZES: [Size; 3] = [
    Size::new(800.0, 520.0),
    Size::new(1024.0, 600.0),
    Size::new(1280.0, 800.0),
];

#[test]
fn every_file_of_many_is_within_reach_on_the_summary() {
    for language in [Language::English, Language::Arabic] {
        for size in SIZES {
            let mut driver = split(Page::Summary, language, size);
            assert!(driver.wizard.draft.plan().is_some());
            every_file_is_within_reach(&mut driver, size, &format!("{language:?} {size:?}"));
        }
    }
}

#[test]
fn every_file_of_many_is_within_reach_beside_a_page() {
    for language in [Language::English, Language::Arabic] {
        for size in SIZES {
            let mut driver = split(Page::Desktop, language, size);
            driver.send(Message::ToggleFiles);
            every_file_is_within_reach(&mut driver, size, &format!("{language:?} {size:?}"));
        }
    }
}

#[test]
fn arrows_go_through_the_files() {
    let size = Size::new(1280.0, 800.0);
    let mut driver = split(Page::Summary, Language::English, size);
    driver.tab_to("file-configuration.nix");
    driver.press(Named::ArrowRight);
    let second = format!("file-{}", names(&driver)[1]);
    assert_eq!(driver.focus(), Some(Id::from(second)));
}

#[test]
fn the_file_that_a_change_touches_comes_into_view() {
    let size = Size::new(1280.0, 800.0);
    let mut driver = split(Page::Desktop, Language::English, size);
    driver.send(Message::ToggleFiles);
    assert_eq!(driver.wizard.beside.file, "configuration.nix");
    driver.click("KDE Plasma 6");
    assert_eq!(driver.wizard.beside.file, "desktop.nix");
    // One that is looked at gives way to what is new.
    driver.send(Message::File("users.nix".to_owned()));
    assert_eq!(driver.wizard.beside.file, "users.nix");
    let xfce = crate::preset::Environment::Xfce;
    driver.send(Message::Desktop(desktop::Message::Choose(xfce)));
    assert_eq!(driver.wizard.beside.file, "desktop.nix");
    // In one file there is nowhere else to look.
    let mut driver = Driver::on(Page::Desktop);
    driver.send(Message::ToggleFiles);
    driver.send(Message::Desktop(desktop::Message::Choose(xfce)));
    assert_eq!(driver.wizard.beside.file, "configuration.nix");
}
