//! Every field of the pages that ask: what is typed into one for a secret is in no message, no state, no
//! preset, no plan and no file, and is gone once the engine has it. A field that is in neither list here
//! fails the test, so that none is forgotten. Those of the Network page are tested where it is.

use super::PASSWORD;
use super::driver::{Driver, recorded};
use crate::wizard::page::Page;
use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use std::collections::BTreeSet;

/// What opens fields that are not there at first, page by page.
const OPENERS: [(Page, &[&str]); 3] = [
    (Page::Welcome, &["preset"]),
    (Page::Disk, &["encrypt", "recovery-key"]),
    (
        Page::Users,
        &["add-person", "root", "person-more", "person-more-2"],
    ),
];

/// The fields for what anyone may know.
const PLAIN: [&str; 13] = [
    "language-search",
    "preset-path",
    "zones",
    "formats",
    "layouts",
    "full-name",
    "full-name-2",
    "login",
    "login-2",
    "host",
    "others",
    "disk-search",
    "mount",
];

/// The fields for secrets. Into the one for a public key, a private one may be pasted; into the one that
/// tries the keyboard, people type their passwords.
const SECRET: [&str; 12] = [
    "try",
    "passphrase",
    "passphrase-repeat",
    "recovery-end",
    "password",
    "repeat",
    "password-2",
    "repeat-2",
    "password-root",
    "repeat-root",
    "ssh-key",
    "ssh-key-2",
];

fn open(driver: &mut Driver, page: Page) {
    let task = driver.wizard.enter(page);
    driver.operate(task);
    let openers = OPENERS.iter().find(|(of, _)| *of == page);
    for id in openers.map_or(&[][..], |(_, ids)| ids) {
        driver.tab_to(*id);
        driver.press(Named::Space);
    }
}

/// Everything that is written down somewhere, or could be.
fn places(driver: &mut Driver) -> Vec<String> {
    let wizard = &driver.wizard;
    let draft = &wizard.draft;
    let mut places = vec![
        crate::preset::write(draft.preset()).unwrap(),
        serde_json::to_string(&draft.outline()).unwrap(),
        format!("{draft:?}"),
        format!("{:?} {:?}", wizard.users, wizard.disk),
        format!("{:?} {:?}", wizard.keyboard, wizard.welcome),
    ];
    places.extend(draft.files().iter().map(|file| file.text.clone()));
    places.extend(driver.sent.iter().cloned());
    places
}

#[test]
fn what_is_typed_into_any_field_for_a_secret_stays_secret_and_is_wiped() {
    let mut driver = Driver::new("qemu-uefi");
    let mut tried = BTreeSet::new();
    let asking = Page::ALL.into_iter().filter(|page| page.is_question());
    for page in asking.filter(|page| *page != Page::Network) {
        open(&mut driver, page);
        if page == Page::Users {
            for (field, name) in [("full-name", "Ada"), ("full-name-2", "Bob")] {
                driver.tab_to(field);
                driver.write(name);
            }
        }
        for field in driver.fields() {
            let is = |name: &&str| Id::from((*name).to_owned()) == field;
            if PLAIN.iter().any(is) {
                continue;
            }
            let secret = SECRET.iter().copied().find(is);
            let secret = secret.unwrap_or_else(|| panic!("{field:?} on {page:?} is in no list"));
            driver.tab_to(secret);
            driver.write(PASSWORD);
            tried.insert(secret);
            for place in places(&mut driver) {
                assert!(!place.contains("Kuckuck"), "{secret}: {place}");
                // The one secret that nobody types, but for its end.
                let key = driver.wizard.disk.shown_key();
                let key = key.map(|key| key.secret().expose());
                assert!(key.is_none_or(|key| !place.contains(key)), "{secret}");
            }
        }
    }
    assert_eq!(tried, BTreeSet::from(SECRET), "every field was there");

    // Typed in full, and then taken by the engine.
    let typed = driver.wizard.users.typed();
    assert_eq!(typed.len(), 3);
    assert!(typed.iter().all(|(_, typed)| typed.expose() == PASSWORD));
    assert_eq!(driver.wizard.disk.passphrase().expose(), PASSWORD);
    assert!(driver.wizard.disk.shown_key().is_some());
    driver.wizard.users.forget();
    driver.wizard.disk.forget();
    assert!(driver.wizard.disk.shown_key().is_none());
    let typed = driver.wizard.users.typed();
    assert!(typed.iter().all(|(_, typed)| typed.expose().is_empty()));
    assert_eq!(driver.wizard.disk.passphrase().expose(), "");
}

/// What opens a container that stays goes to the engine before anything else does.
#[test]
fn the_passphrase_of_what_is_unlocked_stays_secret_and_is_wiped() {
    let preset = include_str!("../../../tests/presets/manual-unlock.toml");
    let preset = crate::preset::read(preset, "unlock").unwrap();
    let size = iced::Size::new(1024.0, 600.0);
    let mut driver = Driver::of(recorded("table-luks-home"), preset, size, None);
    let task = driver.wizard.go_to(Page::Partitions);
    driver.operate(task);
    assert_eq!(driver.focus(), Some(Id::new("passphrase")));
    driver.write(PASSWORD);
    driver.press(Named::Enter);
    assert!(driver.shows("This computer is a recording"));
    assert_eq!(driver.wizard.disk.passphrase().expose(), PASSWORD);
    let order = driver.wizard.disk.passphrase_to_try(&driver.wizard.draft);
    assert_eq!(order, None, "it was tried");
    for place in places(&mut driver) {
        assert!(!place.contains("Kuckuck"), "{place}");
    }
    assert!(!format!("{:?}", driver.wizard.partitions).contains("Kuckuck"));
    driver.wizard.disk.forget();
    assert_eq!(driver.wizard.disk.passphrase().expose(), "");
}
