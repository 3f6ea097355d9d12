//! The recovery key: made on the Disk page, shown until it is on paper, and handed to the engine.

use super::driver::{Driver, recorded};
use super::idle_engine::listen;
use super::{PASSWORD, to_the_summary};
use crate::engine::RecoveryKey;
use crate::engine::protocol::{Refusal, Reply, Request};
use crate::preset::{Encryption, Preset, RecoveryKeyFor};
use crate::wizard::Message;
use crate::wizard::page::{Page, install::Situation};
use iced::Size;
use iced::keyboard::key::Named;
use std::sync::mpsc::channel;

const SIZE: Size = Size::new(1024.0, 600.0);

fn press(driver: &mut Driver, id: &'static str) {
    driver.tab_to(id);
    driver.press(Named::Space);
}

/// On the Disk page, with a disk that is encrypted and a passphrase that was typed.
fn encrypted(driver: &mut Driver) {
    let task = driver.wizard.enter(Page::Disk);
    driver.operate(task);
    press(driver, "encrypt");
    for field in ["passphrase", "passphrase-repeat"] {
        driver.tab_to(field);
        driver.write(PASSWORD);
    }
}

fn key(driver: &Driver) -> RecoveryKey {
    driver.wizard.disk.shown_key().unwrap().clone()
}

/// The key's letters, which no test may print.
fn text(key: &RecoveryKey) -> String {
    key.secret().expose().to_owned()
}

fn last(key: &RecoveryKey) -> String {
    text(key).rsplit(' ').next().unwrap().to_owned()
}

fn asked(driver: &Driver) -> RecoveryKeyFor {
    match &driver.wizard.draft.preset().disk.encrypt {
        Some(Encryption::On(keys)) => keys.recovery_key.clone(),
        other => panic!("not encrypted: {other:?}"),
    }
}

/// Everything that is written down somewhere, or could be.
fn places(driver: &Driver) -> Vec<String> {
    let wizard = &driver.wizard;
    let mut places = vec![
        crate::preset::write(wizard.draft.preset()).unwrap(),
        serde_json::to_string(&wizard.draft.outline()).unwrap(),
        format!("{:?} {:?}", wizard.draft, wizard.disk),
    ];
    places.extend(wizard.draft.files().iter().map(|file| file.text.clone()));
    places.extend(driver.sent.iter().cloned());
    places
}

#[test]
fn it_is_shown_until_its_last_letters_are_typed() {
    let mut driver = Driver::with_size("qemu-uefi", SIZE);
    encrypted(&mut driver);
    assert!(driver.shows("nobody can recover your files"));
    assert!(driver.wizard.disk.shown_key().is_none(), "nobody asked");
    assert_eq!(driver.wizard.why_not_next(), None);
    press(&mut driver, "recovery-key");
    assert_eq!(asked(&driver), RecoveryKeyFor::Shown);
    assert_eq!(driver.focus(), Some("recovery-end".into()));
    let first = key(&driver);
    assert!(driver.shows(&text(&first)), "in full, with its spaces");
    assert!(!driver.shows("Nobody can bring it back"), "there is a way");
    assert_eq!(driver.wizard.why_not_next(), Some("disk-missing-recovery"));
    assert!(driver.wizard.disk.recovery_key().is_none());
    driver.write("yes!");
    assert!(driver.shows("not the last four letters"));
    for _ in 0..4 {
        driver.press(Named::Backspace);
    }
    // As it was read from the paper, whatever the letters' case.
    driver.write(&last(&first).to_uppercase());
    assert_eq!(driver.wizard.why_not_next(), None);
    assert!(!driver.shows(&text(&first)), "it is shown once");
    assert!(driver.shows("is on your paper"));
    assert_eq!(driver.wizard.disk.recovery_key(), Some(&first));
    assert_eq!(driver.focus(), Some("next".into()));

    // The paper is lost: that key opens nothing.
    press(&mut driver, "recovery-another");
    let second = key(&driver);
    assert_ne!(second, first);
    assert!(driver.shows(&text(&second)));
    assert_eq!(driver.wizard.why_not_next(), Some("disk-missing-recovery"));

    // It stays while other pages are seen, and goes with the wish for it.
    let task = driver.wizard.enter(Page::Keyboard);
    driver.operate(task);
    let task = driver.wizard.enter(Page::Disk);
    driver.operate(task);
    assert_eq!(key(&driver), second);
    for place in places(&driver) {
        assert!(!place.contains(&text(&first)) && !place.contains(&text(&second)));
    }
    press(&mut driver, "recovery-key");
    assert_eq!(asked(&driver), RecoveryKeyFor::Nobody);
    assert!(driver.wizard.disk.shown_key().is_none());
    assert_eq!(driver.wizard.why_not_next(), None);
    press(&mut driver, "recovery-key");
    press(&mut driver, "encrypt");
    assert!(driver.wizard.disk.shown_key().is_none(), "nothing to open");
}

#[test]
fn a_preset_that_asks_for_one_has_it_shown_before_the_way_to_the_end_is_open() {
    let preset = "version = 1\n[disk]\nencrypt = { recovery_key = true }\n";
    let preset = crate::preset::read(preset, "test").unwrap();
    let mut driver = Driver::of(recorded("qemu-uefi"), preset, SIZE, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    let shown = text(&key(&driver));
    assert!(driver.shows(&shown));
    // A word of the passphrase keeps the wish.
    driver.tab_to("passphrase");
    driver.write(PASSWORD);
    driver.tab_to("passphrase-repeat");
    driver.write(PASSWORD);
    assert_eq!(asked(&driver), RecoveryKeyFor::Shown);
    assert_eq!(driver.wizard.why_not_next(), Some("disk-missing-recovery"));
    let task = driver.wizard.enter(Page::Summary);
    driver.operate(task);
    assert!(driver.wizard.why_not_next().is_some());

    let preset = "version = 1\n[disk]\nencrypt = { passphrase = { file = \"/run/p\" }, recovery_key = { file = \"/run/key\" } }\n";
    let preset = crate::preset::read(preset, "test").unwrap();
    let mut driver = Driver::of(recorded("qemu-uefi"), preset, SIZE, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    assert!(driver.shows("written to /run/key") && driver.wizard.disk.shown_key().is_none());
    assert_eq!(driver.wizard.why_not_next(), None);
}

#[test]
fn the_partitions_page_shows_it_where_a_partition_is_encrypted() {
    let mut driver = Driver::of(recorded("qemu-uefi"), Preset::default(), SIZE, None);
    let task = driver.wizard.go_to(Page::Partitions);
    driver.operate(task);
    let ask = |preset: &mut Preset| {
        preset.disk.encrypt = Some(Encryption::On(crate::preset::Keys::default()));
    };
    driver.wizard.draft.edit(ask);
    press(&mut driver, "recovery-key");
    let shown = key(&driver);
    assert!(driver.shows(&text(&shown)));
    driver.write(&last(&shown));
    assert_eq!(driver.wizard.disk.recovery_key(), Some(&shown));
}

#[test]
fn the_engine_gets_it_and_the_page_forgets_it() {
    let folder = tempfile::tempdir().unwrap();
    let (told, handed_over) = channel();
    let (engine, thread) = listen(folder.path(), "qemu-uefi", move |request| match request {
        Request::Run { secrets, .. } => {
            told.send(secrets.recovery_key).unwrap();
            Reply::Accepted
        }
        _ => Refusal::BadPlan.because("nobody asks for that here"),
    });
    let mut driver = Driver::with_engine("qemu-uefi", SIZE, engine);
    to_the_summary(&mut driver);
    encrypted(&mut driver);
    press(&mut driver, "recovery-key");
    let shown = key(&driver);
    driver.write(&last(&shown));
    driver.send(Message::Go(Page::Summary));
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    driver.tab_to("next");
    driver.press(Named::Enter);
    driver.tab_to("erase");
    driver.press(Named::Enter);
    driver.until("the answer", |wizard| {
        let install = wizard.install.as_ref();
        install.is_some_and(|install| install.situation == Situation::Running)
    });
    assert_eq!(handed_over.recv().unwrap(), Some(shown.clone()));
    assert!(driver.wizard.disk.shown_key().is_none(), "it is wiped");
    for place in places(&driver) {
        assert!(!place.contains(&text(&shown)) && !place.contains(PASSWORD));
    }
    assert_eq!(driver.wizard.disk.passphrase().expose(), "");
    drop(driver);
    thread.join().unwrap();
}
