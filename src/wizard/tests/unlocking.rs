//! A container that stays encrypted: its passphrase is typed and tried on the Partitions page, on a
//! computer whose engine opens it when the passphrase is right.

use super::driver::{Driver, recorded};
use super::listening::Listening;
use super::{PASSWORD, next};
use crate::engine::{Event, Executor, Installation, Outcome, RunOptions};
use crate::engine::{Recording, Replay, Speed};
use crate::machine::{Disk, Fact, Inside, Machine, Region, Shrink, Unlocked};
use crate::preset::{ManualAction, ManualPartition, Preset};
use crate::process::CancelToken;
use crate::secret::Secret;
use crate::wizard::Message;
use crate::wizard::page::Page;
use crate::wizard::page::disk::encryption;
use crate::wizard::page::partitions::{Change, Message as Part};
use iced::Size;
use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Its recording says what is in the container; the engine's own look does not.
const MACHINE: &str = "table-luks-home";

const SIZE: Size = Size::new(1024.0, 900.0);

fn locked() -> Machine {
    let mut machine = recorded(MACHINE);
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("this machine has disks");
    };
    *disks = disks.iter().map(Disk::unmeasured).collect();
    machine
}

/// What is in the container with the home folders.
fn homes() -> Inside {
    let machine = recorded(MACHINE);
    let disks = machine.disks.known().unwrap();
    disks[0].partitions()[4].inside().unwrap().clone()
}

/// Opens with the right passphrase, when it is let on.
struct Opens {
    replay: Replay,
    asked: Sender<String>,
    open: Receiver<()>,
}

impl Executor for Opens {
    fn attempt(
        &mut self,
        installation: &mut Installation,
        options: &RunOptions,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome {
        self.replay.attempt(installation, options, on_event)
    }

    fn measure(&mut self, region: Region<'_>, device: &Path, cancel: &CancelToken) -> Shrink {
        self.replay.measure(region, device, cancel)
    }

    fn unlock(
        &mut self,
        _: Region<'_>,
        device: &Path,
        passphrase: &Secret,
        _: &CancelToken,
    ) -> Unlocked {
        assert_eq!(device, Path::new("/dev/nvme0n1p5"));
        self.asked.send(passphrase.expose().to_owned()).unwrap();
        // A test that has ended needs no answer.
        self.open.recv().ok();
        match passphrase.expose() == PASSWORD {
            true => Unlocked::Inside(homes()),
            false => Unlocked::WrongPassphrase,
        }
    }
}

struct StandIn {
    listening: Listening,
    asked: Receiver<String>,
    open: Sender<()>,
}

impl StandIn {
    fn start() -> Self {
        let (told, asked) = channel();
        let (open, gate) = channel();
        let executor = Opens {
            replay: Replay::new(Recording::included().unwrap(), Speed::AT_ONCE),
            asked: told,
            open: gate,
        };
        Self {
            listening: Listening::start(executor, locked),
            asked,
            open,
        }
    }

    fn driver(&self, preset: Preset) -> Driver {
        let engine = self.listening.engine();
        let mut driver = Driver::of(locked(), preset, SIZE, Some(engine));
        driver.wizard.replayed = false;
        driver.until("the engine", |wizard| wizard.probed);
        driver
    }

    /// Lets the engine answer what it was asked.
    fn answer(&self, passphrase: &str) {
        assert_eq!(self.asked.recv().unwrap(), passphrase);
        self.open.send(()).unwrap();
    }
}

fn preset() -> Preset {
    let text = include_str!("../../../tests/presets/manual-unlock.toml");
    crate::preset::read(text, "unlock").unwrap()
}

/// On the Partitions page, with all said there but what is to be done with the container.
fn on_partitions(engine: &StandIn) -> Driver {
    let mut preset = preset();
    preset.disk.disks[0].partitions.pop();
    let mut driver = engine.driver(preset);
    let task = driver.wizard.go_to(Page::Partitions);
    driver.operate(task);
    driver
}

/// What is said of the container.
fn wish(driver: &Driver) -> Option<ManualPartition> {
    let disks = &driver.wizard.draft.preset().disk.disks;
    let mut parts = disks[0].partitions.iter();
    let is_it = |part: &&ManualPartition| part.partition.as_ref().unwrap().number == Some(5);
    parts.find(is_it).cloned()
}

fn change(driver: &mut Driver, change: Change) {
    driver.send(Message::Partitions(Part::Change(change)));
}

fn why_not(driver: &Driver) -> Option<&'static str> {
    driver.wizard.why_not_next()
}

/// Chooses to unlock the container, and where what is in it is mounted.
fn choose(driver: &mut Driver) {
    driver.click("5  ·  encrypted (LUKS)");
    driver.tab_to("part-unlock");
    driver.press(Named::Space);
    assert_eq!(driver.focus(), Some(Id::new("passphrase")));
    change(driver, Change::Mount("/home".parse().ok()));
    assert_eq!(wish(driver).unwrap().unlock, Some(true));
}

/// Types a passphrase in place of the one that is there.
fn retype(driver: &mut Driver, passphrase: &str) {
    driver.tab_to("passphrase");
    for _ in 0..20 {
        driver.press(Named::End);
        driver.press(Named::Backspace);
    }
    driver.write(passphrase);
}

#[test]
fn a_wrong_passphrase_is_told_and_the_right_one_shows_what_is_inside() {
    let engine = StandIn::start();
    let mut driver = on_partitions(&engine);
    // The root beside it is encrypted anew, so far with a passphrase of its own.
    assert_eq!(why_not(&driver), Some("disk-missing-passphrase"));
    choose(&mut driver);
    driver.tab_to("passphrase");
    driver.write("Kuckuck");
    assert_eq!(why_not(&driver), Some("partitions-incomplete"));
    driver.press(Named::Enter);
    assert!(driver.shows("The passphrase is being tried"));
    engine.answer("Kuckuck");
    driver.until_shown("This passphrase does not open partition 5.");
    assert!(why_not(&driver).is_some());
    // What is typed next is not known to be wrong.
    retype(&mut driver, PASSWORD);
    assert!(!driver.shows("does not open"));
    driver.tab_to("unlock");
    driver.press(Named::Space);
    engine.answer(PASSWORD);
    driver.until_shown("The passphrase opens partition 5.");
    assert!(driver.shows("home (ext4)  ·  anna, bo"));
    assert!(!driver.shows("Passphrase again"), "it has opened something");
    assert_eq!(why_not(&driver), None);
    let secrets = |driver: &Driver| driver.wizard.disk.passphrase().expose().to_owned();
    assert_eq!(secrets(&driver), PASSWORD);
    // The plan is that of the preset, whose container was looked into.
    let plan = driver.wizard.draft.outline().unwrap();
    let steps = serde_json::to_string(&plan.steps).unwrap();
    assert!(steps.contains("luks-6e3d1f05-7a1e-4b93-8f60-c41d9be2a715"));
}

#[test]
fn another_passphrase_has_to_be_tried_again_and_late_answers_count_for_nothing() {
    let engine = StandIn::start();
    let mut driver = on_partitions(&engine);
    choose(&mut driver);
    retype(&mut driver, PASSWORD);
    driver.press(Named::Enter);
    assert_eq!(engine.asked.recv().unwrap(), PASSWORD);
    // While it is being tried, another letter is typed.
    driver.tab_to("passphrase");
    driver.press(Named::End);
    driver.write("x");
    engine.open.send(()).unwrap();
    driver.press(Named::Enter);
    engine.answer(&format!("{PASSWORD}x"));
    driver.until_shown("does not open partition 5");
    driver.tab_to("passphrase");
    driver.press(Named::End);
    driver.press(Named::Backspace);
    driver.press(Named::Enter);
    engine.answer(PASSWORD);
    driver.until_shown("opens partition 5");
    assert_eq!(why_not(&driver), None);
    driver.tab_to("passphrase");
    driver.press(Named::End);
    driver.write("x");
    assert_eq!(why_not(&driver), Some("disk-missing-unlock"));
}

#[test]
fn undo_redo_and_the_way_back_and_forth_keep_what_was_opened() {
    let engine = StandIn::start();
    let mut driver = on_partitions(&engine);
    choose(&mut driver);
    retype(&mut driver, PASSWORD);
    driver.press(Named::Enter);
    engine.answer(PASSWORD);
    driver.until("what is inside", |wizard| wizard.why_not_next().is_none());
    let said = wish(&driver).unwrap();
    for _ in 0..2 {
        driver.send(Message::Partitions(Part::Undo));
    }
    assert_eq!(wish(&driver), None);
    assert!(driver.shows("Passphrase again"), "it is that of a new one");
    for _ in 0..2 {
        driver.send(Message::Partitions(Part::Redo));
    }
    assert_eq!(wish(&driver).unwrap(), said);
    assert!(driver.shows("opens partition 5"));
    next(&mut driver);
    assert_eq!(driver.wizard.page, Page::Users);
    for page in [Page::Disk, Page::Partitions] {
        let task = driver.wizard.go_to(page);
        driver.operate(task);
    }
    assert_eq!((why_not(&driver), wish(&driver).unwrap()), (None, said));
    // A probe that found nothing new does not know what is inside, and the wizard still does.
    driver.send(Message::DisksChanged);
    driver.until("the probe", |wizard| wizard.probed);
    assert_eq!(why_not(&driver), None);
    // Made anew, what is in it goes and the container stays; locked, it stays as it is.
    change(&mut driver, Change::Action(ManualAction::Format));
    let made = wish(&driver).unwrap();
    assert_eq!((made.unlock, made.encrypt), (Some(true), None));
    assert_eq!(why_not(&driver), None);
    change(&mut driver, Change::Encrypt(true));
    let anew = wish(&driver).unwrap();
    assert_eq!((anew.unlock, anew.encrypt), (None, Some(true)));
    change(&mut driver, Change::Action(ManualAction::Keep));
    change(&mut driver, Change::Mount(None));
    assert_eq!(wish(&driver), None);
}

/// Such a preset could not be installed: no page asked for the passphrase.
#[test]
fn a_preset_that_only_unlocks_asks_for_the_passphrase() {
    let engine = StandIn::start();
    let mut driver = engine.driver(Preset::default());
    let mut only = preset();
    only.disk.disks[0].partitions[1].encrypt = None;
    let task = driver.wizard.take_preset(only);
    driver.operate(task);
    let task = driver.wizard.go_to(Page::Summary);
    driver.operate(task);
    assert!(why_not(&driver).is_some());
    assert!(driver.shows("not known until it is unlocked"));
    let task = driver.wizard.enter(Page::Partitions);
    driver.operate(task);
    assert_eq!(driver.focus(), Some(Id::new("passphrase")));
    let (window, field) = driver.focus_bounds();
    assert!(
        window.contains(field.unwrap().center()),
        "work begins at the top"
    );
    assert!(field.unwrap().y < driver.bounds("partition-bar").y);
    let title = driver
        .texts()
        .into_iter()
        .find(|(text, _)| text.starts_with("What becomes"));
    assert!(title.unwrap().1.y > 0.0, "nothing is scrolled");
    assert!(!driver.shows("recovery"), "no new container has a key");
    driver.write(PASSWORD);
    driver.press(Named::Enter);
    engine.answer(PASSWORD);
    driver.until_shown("opens partition 5");
    assert_eq!(driver.wizard.missing_on(Page::Partitions), None);
    let plan = driver.wizard.draft.outline().unwrap();
    let steps = serde_json::to_string(&plan.steps).unwrap();
    assert!(!steps.contains("\"encrypt\""), "nothing is encrypted anew");
}

#[test]
fn a_passphrase_in_a_file_is_tried_without_being_asked() {
    let engine = StandIn::start();
    let mut driver = engine.driver(Preset::default());
    let path = engine.listening.folder().join("passphrase");
    std::fs::write(&path, PASSWORD).unwrap();
    let text = include_str!("../../../tests/presets/manual-unlock.toml");
    let file = format!(
        "encrypt = {{ passphrase = {{ file = \"{}\" }} }}\n\n[[disk",
        path.display()
    );
    let text = text.replacen("encrypt = true\n\n[[disk", &file, 1);
    let preset = crate::preset::read(&text, "file").unwrap();
    let task = driver.wizard.take_preset(preset);
    driver.operate(task);
    engine.answer(PASSWORD);
    driver.until("what is inside", |wizard| {
        wizard.missing_on(Page::Partitions).is_none()
    });
}

#[test]
fn what_can_not_be_tried_says_why() {
    let engine = StandIn::start();
    let mut driver = on_partitions(&engine);
    choose(&mut driver);
    // As it can be pasted.
    let tab = encryption::Message::Passphrase(Secret::new("tab\t"));
    driver.send(Message::Partitions(Part::Passphrase(tab)));
    driver.press(Named::Enter);
    driver.until_shown("Partition 5 can't be unlocked.");
    assert!(driver.shows("nothing was changed"));
}
