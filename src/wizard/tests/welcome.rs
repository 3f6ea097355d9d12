//! The Welcome page: languages by search, and a preset that is loaded.

use super::PASSWORD;
use super::driver::{Driver, recorded};
use crate::i18n::Language;
use crate::plan::ProblemId;
use crate::preset::{Environment, Password, Preset};
use crate::wizard::page::Page;
use iced::keyboard::key::Named;
use std::fs;

/// Everything that a person could have answered, with the first user's password in it.
const FULL: &str = r#"
version = 1
[locale]
language = "de_AT.UTF-8"
time_zone = "Europe/Vienna"
[keyboard]
layout = "at"
[network]
host_name = "alm"
[disk]
layout = "erase"
file_system = "btrfs"
encrypt = true
[[users]]
name = "maria"
full_name = "Maria Silva"
administrator = true
password = { plain = "Kuckucksuhr-17" }
[desktop]
environment = "xfce"
[software]
unfree = true
packages = ["git", "hello"]
"#;

/// A folder with a preset in it, and the path of that.
fn saved(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.toml");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// Writes the path into the field, by keyboard alone.
fn name_it(driver: &mut Driver, path: &str) {
    driver.tab_to("preset");
    driver.press(Named::Space);
    driver.until_focus("preset-path");
    driver.write(path);
}

#[test]
fn a_preset_is_loaded_by_keyboard_and_fills_every_page() {
    let (_folder, path) = saved(FULL);
    let mut driver = Driver::new("qemu-uefi");
    name_it(&mut driver, &path);
    driver.press(Named::Enter);
    driver.until("the preset", |wizard| wizard.farthest == Page::Summary);
    assert_eq!(driver.focus(), Some("preset-summary".into()));
    assert_eq!(driver.wizard.texts.language(), Language::German);
    assert!(driver.shows("ist geladen"));

    let preset = driver.wizard.draft.preset().clone();
    assert_eq!(preset.network.host_name.as_ref().unwrap().as_str(), "alm");
    assert_eq!(preset.desktop.environment, Some(Environment::Xfce));
    let read = crate::preset::read(FULL, "full").unwrap();
    assert_eq!(preset.software, read.software);
    let shows = |driver: &mut Driver, page, texts: &[&str]| {
        let task = driver.wizard.enter(page);
        driver.operate(task);
        for text in texts {
            assert!(driver.shows(text), "{page:?}: {text}: {:?}", driver.texts());
        }
    };
    shows(&mut driver, Page::Location, &["Wien"]);
    shows(&mut driver, Page::Disk, &["btrfs"]);
    shows(&mut driver, Page::Users, &["MS", "maria.silva"]);
    // The password was in the preset; that of the disk is to be asked for.
    assert_eq!(driver.wizard.users.missing(), None);
    let missing = driver.wizard.disk.missing(&driver.wizard.draft);
    assert_eq!(missing, Some("disk-missing-passphrase"));
    let task = driver.wizard.enter(Page::Summary);
    driver.operate(task);
    assert_eq!(
        driver.wizard.why_not_next(),
        Some("disk-missing-passphrase")
    );
    let before = driver.wizard.draft.preset().clone();
    let written = crate::preset::write(&before).unwrap();
    let state = format!("{:?} {:?}", driver.wizard.users, driver.wizard.draft);
    for place in driver.sent.iter().chain([&written, &state]) {
        assert!(!place.contains("Kuckuck"), "{place}");
    }
}

#[test]
fn a_preset_that_lies_near_is_loaded_by_mouse() {
    let (_folder, path) = saved("version = 1\n[network]\nhost_name = \"alm\"\n");
    let mut driver = Driver::new("qemu-uefi");
    driver.tab_to("preset");
    driver.press(Named::Space);
    driver.until_focus("preset-path");
    use crate::wizard::page::welcome::{Message, PresetMessage};
    let near = PresetMessage::Near(vec![path.clone()]);
    driver.send(crate::wizard::Message::Welcome(Message::Preset(near)));
    driver.scroll_to_end();
    let shown = path.clone().leak();
    driver.click(shown);
    driver.until("the preset", |wizard| wizard.farthest == Page::Summary);
    driver.scroll_to_end();
    driver.click("To the summary");
    assert_eq!(driver.wizard.page, Page::Summary);
    assert!(driver.shows("alm"));
    // Nobody to log in is in it.
    assert_eq!(driver.wizard.why_not_next(), Some("summary-problems"));
}

#[test]
fn the_file_is_looked_at_while_its_path_is_written() {
    let (folder, path) = saved("version = 1\n");
    let mut driver = Driver::new("qemu-uefi");
    name_it(&mut driver, folder.path().to_str().unwrap());
    driver.until_shown("This is a folder.");
    driver.write("/q");
    driver.until_shown("Nothing is there.");
    driver.press(Named::Backspace);
    driver.write("p.toml");
    driver.until_not_shown("Nothing is there.");
    driver.tab_to("preset-read");
    driver.press(Named::Space);
    driver.until("the preset", |wizard| wizard.farthest == Page::Summary);
    assert!(driver.shows(&format!("{path} is loaded")));
    assert_eq!(driver.wizard.texts.language(), Language::English);
}

#[test]
fn mistakes_are_told_as_check_tells_them_and_nothing_is_changed() {
    let wrong = "version = 1\n[network]\nhostname = \"alm\"\n[[users]]\nname = \"ada\"\n\
                 password = { hash = \"topsecret\" }\n";
    let (_folder, path) = saved(wrong);
    let mut driver = Driver::new("qemu-uefi");
    let before: Preset = driver.wizard.draft.preset().clone();
    name_it(&mut driver, &path);
    driver.press(Named::Enter);
    driver.until_shown("has mistakes and was not loaded");
    assert!(driver.shows("3:1: ") && driver.shows("hostname = \"alm\""));
    assert!(driver.shows("Did you mean `host_name`?"));
    assert!(driver.shows("(this line may hold a password and is not shown)"));
    assert!(!driver.shows("topsecret"));
    assert!(driver.sent.iter().all(|sent| !sent.contains("topsecret")));
    assert_eq!(*driver.wizard.draft.preset(), before);
    assert_eq!(driver.wizard.farthest, Page::Welcome);
    // Mended, it is loaded from the same place.
    fs::write(&path, "version = 1\n[network]\nhost_name = \"alm\"\n").unwrap();
    driver.tab_to("preset-path");
    driver.press(Named::Enter);
    driver.until("the preset", |wizard| wizard.farthest == Page::Summary);
}

#[test]
fn passwords_that_were_typed_before_are_gone_with_what_they_belonged_to() {
    let (_folder, path) = saved("version = 1\n[[users]]\nname = \"ada\"\n");
    let mut driver = Driver::new("qemu-uefi");
    drop(driver.wizard.go_to(Page::Users));
    driver
        .wizard
        .users
        .fill_in(&crate::secret::Secret::new(PASSWORD));
    let task = driver.wizard.enter(Page::Welcome);
    driver.operate(task);
    name_it(&mut driver, &path);
    driver.press(Named::Enter);
    driver.until("the preset", |wizard| {
        !wizard.draft.preset().users.is_empty()
    });
    let missing = driver.wizard.users.missing().unwrap();
    assert_eq!(missing.key(), "users-missing-password");
    let user = driver.wizard.draft.preset().users[0].clone();
    assert_eq!((user.name.as_str(), user.password), ("ada", Password::Ask));
}

#[test]
fn a_language_that_the_wizard_does_not_speak_becomes_that_of_the_system() {
    let mut driver = Driver::new("qemu-uefi");
    driver.tab_to("language-search");
    driver.write("fran");
    driver.tab_to("system-fr");
    driver.press(Named::Space);
    let preset = driver.wizard.draft.preset();
    assert_eq!(
        preset.locale.language.as_ref().unwrap().as_str(),
        "fr_FR.UTF-8"
    );
    assert_eq!(preset.keyboard.layout.as_ref().unwrap().as_str(), "fr");
    assert_eq!(driver.wizard.texts.language(), Language::English);
    assert!(
        driver.shows("The new system speaks français"),
        "{:?}",
        driver.texts()
    );

    // One that it speaks, found by its own name, is taken for both at once: Enter takes the first.
    driver.tab_to("language-search");
    for _ in 0..4 {
        driver.press(Named::Backspace);
    }
    driver.write("deuts");
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.texts.language(), Language::German);
    let preset = driver.wizard.draft.preset();
    assert_eq!(
        preset.locale.language.as_ref().unwrap().as_str(),
        "de_DE.UTF-8"
    );
    driver.tab_to("language-search");
    driver.write("qqq");
    assert!(driver.shows("Nichts gefunden"));
}

#[test]
fn size_and_contrast_are_chosen_by_keyboard() {
    let mut driver = Driver::new("qemu-uefi");
    driver.tab_to("scale-125");
    driver.press(Named::Space);
    assert!((driver.wizard.scale - 1.25).abs() < 0.01);
    driver.tab_to("appearance-high-contrast");
    driver.press(Named::Space);
    assert_eq!(driver.wizard.appearance.name(), "high-contrast");
}

/// Language, layout and variant of the new system.
fn spoken_and_typed(driver: &Driver) -> [Option<String>; 3] {
    let preset = driver.wizard.draft.preset();
    [
        preset.locale.language.as_ref().map(ToString::to_string),
        preset.keyboard.layout.as_ref().map(ToString::to_string),
        preset.keyboard.variant.as_ref().map(ToString::to_string),
    ]
}

fn words(words: [&str; 3]) -> [Option<String>; 3] {
    words.map(|word| (!word.is_empty()).then(|| word.to_owned()))
}

#[test]
fn a_preset_without_a_language_keeps_its_keyboard() {
    let text = "version = 1\n[keyboard]\nlayout = \"de\"\nvariant = \"neo\"\n";
    let neo = words(["en_US.UTF-8", "de", "neo"]);
    let preset = crate::preset::read(text, "neo").unwrap();
    let size = iced::Size::new(1024.0, 600.0);
    let driver = Driver::of(recorded("qemu-uefi"), preset, size, None);
    assert_eq!(spoken_and_typed(&driver), neo);
    // The same where it is loaded.
    let (_folder, path) = saved(text);
    let mut driver = Driver::new("qemu-uefi");
    name_it(&mut driver, &path);
    driver.press(Named::Enter);
    driver.until("the preset", |wizard| wizard.farthest == Page::Summary);
    assert_eq!(spoken_and_typed(&driver), neo);
}

#[test]
fn the_language_that_is_spoken_already_changes_nothing_when_it_is_chosen() {
    let (_folder, path) = saved(FULL);
    let mut driver = Driver::new("qemu-uefi");
    name_it(&mut driver, &path);
    driver.press(Named::Enter);
    driver.until("the preset", |wizard| wizard.farthest == Page::Summary);
    let task = driver.wizard.enter(Page::Welcome);
    driver.operate(task);
    assert_eq!(driver.focus(), Some("language-de".into()));
    let before = driver.wizard.draft.preset().clone();
    driver.press(Named::Enter);
    assert_eq!(*driver.wizard.draft.preset(), before);
    driver.tab_to("language-search");
    driver.write("deuts");
    driver.tab_to("system-de");
    driver.press(Named::Space);
    assert_eq!(*driver.wizard.draft.preset(), before);
    assert_eq!(spoken_and_typed(&driver), words(["de_AT.UTF-8", "at", ""]));
}

#[test]
fn a_keyboard_that_was_chosen_for_itself_stays_with_another_language() {
    let mut driver = Driver::new("qemu-uefi");
    assert_eq!(spoken_and_typed(&driver), words(["en_US.UTF-8", "us", ""]));
    // One that came with the language goes with it.
    driver.click("Deutsch");
    assert_eq!(spoken_and_typed(&driver), words(["de_DE.UTF-8", "de", ""]));
    driver
        .wizard
        .draft
        .edit(|preset| preset.keyboard.variant = "neo".parse().ok());
    driver.click("English");
    assert_eq!(
        spoken_and_typed(&driver),
        words(["en_US.UTF-8", "de", "neo"])
    );
}

#[test]
fn a_preset_gives_the_system_that_it_gives_without_the_wizard() {
    let text = "version = 1\n[root]\npassword = { plain = \"Kuckucksuhr-17\" }\n";
    let (_folder, path) = saved(text);
    let mut driver = Driver::new("qemu-uefi");
    name_it(&mut driver, &path);
    driver.press(Named::Enter);
    driver.until("the preset", |wizard| wizard.farthest == Page::Summary);
    // Root alone logs in, at a console.
    assert_eq!(driver.wizard.users.missing(), None);
    let preset = driver.wizard.draft.preset();
    assert_eq!(preset.desktop.environment, Some(Environment::None));
    assert_eq!(preset.users, []);
    let plan = driver.wizard.draft.plan();
    assert!(plan.is_some(), "{:?}", driver.wizard.draft.problems());
    // A page that is seen on the way changes nothing either.
    let before = preset.clone();
    for page in [Page::Desktop, Page::Users, Page::Summary] {
        let task = driver.wizard.enter(page);
        driver.operate(task);
    }
    assert_eq!(*driver.wizard.draft.preset(), before);
    // So does one that is named on the command line.
    let preset = crate::preset::read(text, "root").unwrap();
    let size = iced::Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded("qemu-uefi"), preset, size, None);
    let task = driver.wizard.go_to(Page::Summary);
    driver.operate(task);
    let environment = driver.wizard.draft.preset().desktop.environment;
    assert_eq!(environment, Some(Environment::None));
}

#[test]
fn names_that_are_given_twice_are_told_and_are_no_defect() {
    let text = "version = 1\n[[users]]\nname = \"ada\"\n[[users]]\nname = \"ada\"\n\
                [[network.wired]]\ninterface = \"eth0\"\naddresses = [\"10.0.0.1/24\"]\n\
                [[network.wired]]\ninterface = \"eth0\"\naddresses = [\"10.0.0.2/24\"]\n";
    let preset = crate::preset::read(text, "twice").unwrap();
    let size = iced::Size::new(1024.0, 600.0);
    let driver = Driver::of(recorded("qemu-uefi"), preset, size, None);
    let draft = &driver.wizard.draft;
    let ids: Vec<ProblemId> = draft.problems().iter().map(|problem| problem.id).collect();
    assert!(ids.contains(&ProblemId::DuplicateUser), "{ids:?}");
    assert!(!ids.contains(&ProblemId::Defect), "{ids:?}");
    assert!(draft.outline().is_some() && draft.configuration().is_some());
}
