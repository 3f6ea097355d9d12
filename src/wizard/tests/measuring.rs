//! Making a neighbour smaller, on a computer whose engine measures when it is asked.

use super::driver::Driver;
use super::listening::Listening;
use super::to_the_summary;
use crate::engine::{Event, Executor, Installation, Outcome, RunOptions};
use crate::engine::{Recording, Replay, Speed};
use crate::machine::{Disk, Fact, Machine, Region, Shrink, Unlocked};
use crate::preset::Layout;
use crate::process::CancelToken;
use crate::secret::Secret;
use crate::wizard::Message;
use crate::wizard::link::News;
use crate::wizard::page::{Page, disk};
use iced::Size;
use iced::keyboard::key::Named;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

/// As it was measured once; the engine's own look finds none of that.
const MACHINE: &str = "table-windows-measured";

const SIZE: Size = Size::new(1024.0, 600.0);

fn recorded() -> Machine {
    let text = std::fs::read_to_string(format!("tests/machines/{MACHINE}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn unmeasured() -> Machine {
    let mut machine = recorded();
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("this machine has disks");
    };
    *disks = disks.iter().map(Disk::unmeasured).collect();
    machine
}

/// Tells what it is to measure, and answers when it is let on.
struct Measures {
    replay: Replay,
    told: Sender<PathBuf>,
    open: Receiver<()>,
}

impl Executor for Measures {
    fn attempt(
        &mut self,
        installation: &mut Installation,
        options: &RunOptions,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome {
        self.replay.attempt(installation, options, on_event)
    }

    fn measure(&mut self, _: Region<'_>, device: &Path, _: &CancelToken) -> Shrink {
        self.told.send(device.to_owned()).unwrap();
        // A test that has ended needs no answer.
        self.open.recv().ok();
        let machine = recorded();
        let found = machine.region(device).unwrap().file_system().cloned();
        found.unwrap().shrink.unwrap()
    }

    fn unlock(
        &mut self,
        region: Region<'_>,
        device: &Path,
        passphrase: &Secret,
        cancel: &CancelToken,
    ) -> Unlocked {
        self.replay.unlock(region, device, passphrase, cancel)
    }
}

struct StandIn {
    listening: Listening,
    asked: Receiver<PathBuf>,
    open: Sender<()>,
}

impl StandIn {
    fn start() -> Self {
        let (told, asked) = channel();
        let (open, gate) = channel();
        let executor = Measures {
            replay: Replay::new(Recording::included().unwrap(), Speed::AT_ONCE),
            told,
            open: gate,
        };
        Self {
            listening: Listening::start(executor, unmeasured),
            asked,
            open,
        }
    }

    /// A wizard for this computer that talks to it.
    fn driver(&self) -> Driver {
        let engine = self.listening.engine();
        let mut driver = Driver::with_engine(MACHINE, SIZE, engine);
        driver.wizard.replayed = false;
        driver.until("the engine", |wizard| wizard.probed);
        driver
    }

    /// Answers about every file system, as they are asked about.
    fn answer_all(&self) -> Vec<PathBuf> {
        let nodes = measurable();
        let asked = nodes.iter().map(|_| {
            self.open.send(()).unwrap();
            self.asked.recv().unwrap()
        });
        asked.collect()
    }
}

fn measurable() -> Vec<PathBuf> {
    let machine = recorded();
    let disks = machine.disks.known().unwrap();
    let nodes = disks.iter().flat_map(Disk::measurable);
    nodes.cloned().collect()
}

fn go(driver: &mut Driver, page: Page) {
    let task = driver.wizard.go_to(page);
    driver.operate(task);
}

const WORDS: &str = "is being measured";

#[test]
fn a_neighbour_can_be_made_smaller_once_it_was_measured() {
    let engine = StandIn::start();
    let mut driver = engine.driver();
    assert_eq!(*driver.wizard.draft.machine(), unmeasured());
    go(&mut driver, Page::Disk);
    assert!(driver.shows(WORDS));
    let alongside = || Message::Disk(disk::Message::Layout(Layout::Alongside));
    assert_eq!(engine.answer_all(), measurable());
    driver.until("the sizes", |wizard| *wizard.draft.machine() == recorded());
    assert!(!driver.shows(WORDS));
    driver.send(alongside());
    let layout = |driver: &Driver| driver.wizard.draft.preset().disk.layout;
    assert_eq!(layout(&driver), Some(Layout::Alongside));
    assert_eq!(driver.wizard.why_not_next(), None);
    assert!(
        !driver
            .wizard
            .draft
            .outline()
            .unwrap()
            .disk
            .shrunk
            .is_empty()
    );
}

/// The card stands where it will be, before, while and after it is measured.
#[test]
fn what_is_being_measured_stands_first_and_does_not_jump() {
    const CARD: &str = "Keep Windows and install beside it";
    let engine = StandIn::start();
    let mut driver = engine.driver();
    go(&mut driver, Page::Disk);
    let waiting = driver.find(CARD);
    driver.click(CARD);
    assert_eq!(driver.wizard.draft.preset().disk.layout, None);
    assert!(driver.shows(WORDS));
    engine.answer_all();
    driver.until("the sizes", |wizard| *wizard.draft.machine() == recorded());
    assert_eq!(driver.find(CARD), waiting);
    // A recording that knows no sizes says so in the same place.
    let mut driver = Driver::of(unmeasured(), crate::preset::Preset::default(), SIZE, None);
    go(&mut driver, Page::Disk);
    assert_eq!(driver.find(CARD), waiting);
    assert!(driver.shows("has not been measured"));
}

#[test]
fn the_same_disk_is_measured_once_and_a_changed_one_again() {
    let engine = StandIn::start();
    let mut driver = engine.driver();
    go(&mut driver, Page::Disk);
    engine.answer_all();
    driver.until("the sizes", |wizard| *wizard.draft.machine() == recorded());
    let seen = |machine| {
        Message::Engine(News::Machine {
            machine: Box::new(machine),
            by_engine: true,
        })
    };
    driver.send(seen(unmeasured()));
    assert_eq!(*driver.wizard.draft.machine(), recorded(), "it is kept");
    go(&mut driver, Page::Keyboard);
    go(&mut driver, Page::Disk);
    assert!(!driver.wizard.disk.measuring);
    assert!(engine.asked.try_recv().is_err());
    let mut changed = unmeasured();
    let Fact::Known(disks) = &mut changed.disks else {
        panic!("this machine has disks");
    };
    disks[0].serial = Some("ANOTHER".to_owned());
    driver.send(seen(changed.clone()));
    assert_eq!(*driver.wizard.draft.machine(), changed);
    assert!(driver.wizard.disk.measuring);
    assert_eq!(engine.answer_all(), measurable());
}

#[test]
fn a_late_size_that_changes_no_plan_leaves_the_last_question_open() {
    let engine = StandIn::start();
    let mut driver = engine.driver();
    to_the_summary(&mut driver);
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    driver.tab_to("next");
    driver.press(Named::Enter);
    assert!(driver.wizard.summary.confirming);
    let plan = driver.wizard.draft.plan().cloned();
    engine.answer_all();
    driver.until("the sizes", |wizard| *wizard.draft.machine() == recorded());
    assert_eq!(driver.wizard.draft.plan().cloned(), plan);
    assert!(driver.wizard.summary.confirming);
}

#[test]
fn a_recording_is_never_measured() {
    let engine = StandIn::start();
    let mut driver = engine.driver();
    driver.wizard.replayed = true;
    go(&mut driver, Page::Disk);
    assert!(!driver.wizard.disk.measuring && !driver.shows(WORDS));
}

#[test]
fn what_could_not_be_measured_is_not_waited_for_and_asked_for_again() {
    let engine = StandIn::start();
    let mut driver = engine.driver();
    go(&mut driver, Page::Disk);
    assert!(driver.wizard.disk.measuring);
    let first = engine.asked.recv().unwrap();
    assert_eq!(Some(&first), measurable().first());
    // As when the engine refuses, or ends meanwhile.
    for device in measurable() {
        let told = News::Measured {
            round: 1,
            device,
            found: None,
        };
        driver.send(Message::Engine(told));
    }
    assert!(!driver.wizard.disk.measuring && !driver.shows(WORDS));
    assert_eq!(*driver.wizard.draft.machine(), unmeasured());
    go(&mut driver, Page::Keyboard);
    go(&mut driver, Page::Disk);
    assert!(driver.wizard.disk.measuring);
}
