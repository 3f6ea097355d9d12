//! Every field of every page, in every state that a press brings about: what is typed into one for a
//! secret is in no message, no state, no log, no report, no preset, no plan and no file, and is wiped once
//! the engine has it. `walk` finds the fields by itself and fails at one that shows dots and that nothing
//! was typed into, or that is in no list; `places` is where it looks.
//!
//! # How far the wiping goes
//!
//! Wiped are the [`Secret`](crate::secret::Secret)s, which hold what was typed from the message on: those
//! of the pages when the engine has accepted the plan, and those on the way to it when they are sent. Not
//! wiped, because iced 0.14 keeps them in memory of its own:
//!
//! - the letters of a field, which it takes apart for each view and each event, and which fall with them;
//!   a field that shows dots has only dots in what lasts longer, its laid out text;
//! - that laid out text where somebody pressed the eye, and that of the recovery key, until the page is
//!   left or something else is shown there;
//! - each key on its way from the window system; what an input method keeps is that program's;
//! - what is pasted, in the clipboard from which it came. Nothing is copied to it out of dots.
//!
//! `zxcvbn` copies parts of a password while it measures it.

mod places;
mod walk;

use super::driver::{Driver, recorded};
use super::network::house;
use super::{PASSWORD, next};
use crate::engine::Speed;
use crate::network::News;
use crate::plan::Account;
use crate::preset::{Preset, read};
use crate::wizard::page::{Page, network};
use crate::wizard::{Engine, Message, secrets};
use iced::Size;
use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use std::collections::BTreeSet;
use std::sync::OnceLock;
pub(super) use walk::{Found, stem};

const SIZE: Size = Size::new(1024.0, 600.0);

/// A partition is made anew and encrypted: the Partitions page asks for its passphrase.
const ENCRYPTED_PARTITION: &str = r#"version = 1
[disk]
layout = "manual"
encrypt = true
[[disk.disks]]
choose = "only"
[[disk.disks.partitions]]
partition = { number = 1 }
mount = "/boot"
[[disk.disks.partitions]]
partition = { number = 3 }
do = "format"
encrypt = true
mount = "/"
"#;

/// What is wrong is chosen first: with it, the subvolumes that are there.
const WRONG_SUBVOLUME: &str = r#"version = 1
[disk]
layout = "manual"
[[disk.disks]]
choose = "only"
[[disk.disks.partitions]]
partition = { number = 3 }
subvolumes = [{ name = "home", mount = "/proc/home" }]
"#;

/// A password is there already, as a hash.
const HASHED: &str = r#"version = 1
[[users]]
name = "ada"
password = { hash = "$y$j9T$abcdefghijklmnop$xxI14acrF4kcY59GsyqJ1DqdhVdc9N0f1.omTKnq.61" }
[root]
password = "ask"
"#;

/// A computer, what is asked for on it already, and pages of it.
struct Scene {
    machine: &'static str,
    preset: &'static str,
    pages: &'static [Page],
}

const SCENES: [Scene; 8] = [
    Scene {
        machine: "qemu-uefi",
        preset: "version = 1",
        pages: &Page::ALL,
    },
    Scene {
        machine: "table-windows-measured",
        preset: "version = 1",
        pages: &[Page::Disk],
    },
    Scene {
        machine: "qemu-many-disks",
        preset: "version = 1",
        pages: &[Page::Disk],
    },
    Scene {
        machine: "qemu-many-disks",
        preset: "version = 1\ndisk = { layout = \"manual\" }",
        pages: &[Page::Partitions],
    },
    Scene {
        machine: "table-found-fedora",
        preset: WRONG_SUBVOLUME,
        pages: &[Page::Partitions],
    },
    Scene {
        machine: "table-dual-linux",
        preset: ENCRYPTED_PARTITION,
        pages: &[Page::Partitions],
    },
    Scene {
        machine: "table-luks-home",
        preset: include_str!("../../../../tests/presets/manual-unlock.toml"),
        pages: &[Page::Partitions],
    },
    Scene {
        machine: "qemu-uefi",
        preset: HASHED,
        pages: &[Page::Users],
    },
];

fn wizard(machine: &str, preset: &str, engine: Option<Engine>) -> Driver {
    let preset = read(preset, "test").unwrap();
    Driver::of(recorded(machine), preset, SIZE, engine)
}

fn enter(driver: &mut Driver, page: Page) {
    let task = driver.wizard.enter(page);
    driver.operate(task);
}

/// What a walk over everything finds; it looks for what was typed on its way.
pub(super) fn walked() -> &'static Found {
    static FOUND: OnceLock<Found> = OnceLock::new();
    FOUND.get_or_init(walk)
}

fn walk() -> Found {
    let mut found = Found::default();
    for scene in SCENES {
        let mut driver = wizard(scene.machine, scene.preset, None);
        let heard = network::Message::News(News::Is(house()));
        driver.send(Message::Network(heard));
        for page in scene.pages.iter().filter(|page| **page < Page::Summary) {
            enter(&mut driver, *page);
            // The files stand beside the page.
            driver.wizard.beside.is_open = true;
            walk::over(&mut driver, *page, &mut found);
        }
    }
    let mut driver = Driver::on(Page::Install);
    driver.press_with(Key::Character("l".into()), Modifiers::CTRL);
    walk::into_all(&mut driver, Page::Install, &mut found);
    found
}

#[test]
fn what_is_typed_into_any_field_for_a_secret_is_nowhere() {
    let found = walked();
    assert_eq!(found.hidden, named_in_the_source());
    let shown = walk::SHOWN.map(str::to_owned);
    let all: BTreeSet<String> = found.hidden.iter().cloned().chain(shown).collect();
    assert_eq!(found.secret, all, "every field was there");
    let plain = walk::PLAIN.map(|(name, _)| name.to_owned());
    assert_eq!(found.plain, BTreeSet::from(plain));
    assert!(found.pressed > 150, "{} things were pressed", found.pressed);
}

/// The names of all fields for passwords, from the source of the pages: what the walk does not reach is
/// found here.
fn named_in_the_source() -> BTreeSet<String> {
    let mut folders = vec![std::path::PathBuf::from("src/wizard/page")];
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains(".secure("), "{path:?} has one of its own");
            for field in text.split("PasswordField {").skip(1) {
                let id = field.trim_start().strip_prefix("id: ").unwrap();
                let name = id.split('"').nth(1).unwrap();
                names.insert(name.trim_end_matches("{end}").to_owned());
            }
        }
    }
    names
}

/// Types the passphrase of the disk twice, and one for the person and for root.
fn type_passwords(driver: &mut Driver) {
    enter(driver, Page::Disk);
    driver.tab_to("encrypt");
    driver.press(Named::Space);
    for field in ["passphrase", "passphrase-repeat"] {
        driver.tab_to(field);
        driver.write(PASSWORD);
    }
    enter(driver, Page::Users);
    driver.tab_to("full-name");
    driver.write("Ada");
    driver.tab_to("root");
    driver.press(Named::Space);
    for field in ["password", "repeat", "password-root", "repeat-root"] {
        driver.tab_to(field);
        driver.write(PASSWORD);
    }
}

#[test]
fn an_installation_gets_what_was_typed_and_tells_it_to_nobody() {
    let engine = Some(Engine::Replay(Speed::AT_ONCE));
    let mut driver = wizard("qemu-uefi", "version = 1", engine);
    type_passwords(&mut driver);
    assert!(driver.sent.iter().any(|sent| sent.contains("<secret>")));
    let wizard = &driver.wizard;
    let typed = wizard.users.typed();
    let plan = wizard.draft.plan().unwrap();
    let sent = secrets::hand_over(plan, wizard.draft.preset(), &typed, &wizard.disk);
    assert_eq!(sent.secrets.passphrase.as_ref().unwrap().expose(), PASSWORD);
    let accounts: Vec<&Account> = sent.secrets.accounts.keys().collect();
    assert_eq!(accounts.len(), 2, "{accounts:?}");
    assert!(!format!("{sent:?}").contains("Kuckuck"));

    enter(&mut driver, Page::Summary);
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    places::hold(&mut driver, "the summary");
    next(&mut driver);
    driver.tab_to("erase");
    driver.press(Named::Enter);
    places::hold(&mut driver, "the confirmation");
    driver.until("the end", |wizard| wizard.page == Page::Finished);
    places::hold(&mut driver, "the installation");
    let log = &driver.wizard.install.as_ref().unwrap().track.log;
    assert!(!log.is_empty(), "there was something to look at");

    // The engine has them: they are gone here.
    let typed = driver.wizard.users.typed();
    assert_eq!(typed.len(), 2);
    assert!(typed.iter().all(|(_, typed)| typed.expose().is_empty()));
    assert_eq!(driver.wizard.disk.passphrase().expose(), "");
}

#[test]
fn all_that_was_typed_is_wiped_with_the_keys_of_the_disk() {
    let mut driver = Driver::of(recorded("qemu-uefi"), Preset::default(), SIZE, None);
    type_passwords(&mut driver);
    enter(&mut driver, Page::Disk);
    driver.tab_to("recovery-key");
    driver.press(Named::Space);
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
    let preset = include_str!("../../../../tests/presets/manual-unlock.toml");
    let mut driver = wizard("table-luks-home", preset, None);
    let task = driver.wizard.go_to(Page::Partitions);
    driver.operate(task);
    assert_eq!(driver.focus(), Some(Id::new("passphrase")));
    driver.write(PASSWORD);
    driver.press(Named::Enter);
    assert!(driver.shows("This computer is a recording"));
    assert_eq!(driver.wizard.disk.passphrase().expose(), PASSWORD);
    let order = driver.wizard.disk.passphrase_to_try(&driver.wizard.draft);
    assert_eq!(order, None, "it was tried");
    places::hold(&mut driver, "an attempt");
    driver.wizard.disk.forget();
    assert_eq!(driver.wizard.disk.passphrase().expose(), "");
}

/// What somebody asks to copy: files and lines, in which nothing is secret.
#[test]
fn the_clipboard_gets_files_only() {
    let tall = Size::new(1024.0, 2400.0);
    let mut driver = Driver::of(recorded("qemu-uefi"), Preset::default(), tall, None);
    type_passwords(&mut driver);
    enter(&mut driver, Page::Summary);
    assert!(driver.fields().is_empty(), "nothing is asked any more");
    driver.click("Copy");
    assert_eq!(driver.copied.len(), 1);
    let file = driver.wizard.draft.configuration().unwrap();
    assert_eq!(driver.copied[0], file.text);
    places::hold(&mut driver, "a copy");
}
