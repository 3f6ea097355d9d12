//! Encryption on the Disk page: the passphrase is typed twice, with the keys of the system that is to ask for it.

use super::PASSWORD;
use super::disk::{on_disk, press};
use super::driver::{Driver, recorded};
use crate::preset::{Encryption, Keys, Preset, RecoveryKeyFor, Swap};
use crate::wizard::page::Page;
use iced::Size;
use iced::keyboard::key::{Code, Named};
use iced::keyboard::{Key, Modifiers};

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
