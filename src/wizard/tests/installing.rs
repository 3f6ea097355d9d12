//! The last pages against an engine on a socket of its own: a stand-in that replays a recording, and
//! waits where a test tells it to.

use super::driver::{Driver, recorded};
use super::gated::{MACHINE, SIZE, StandIn};
use super::idle_engine::listen;
use super::{PASSWORD, to_the_summary};
use crate::engine::protocol::{Refusal, Reply};
use crate::engine::{Event, EventKind, Outcome, SOCKET};
use crate::i18n::{Language, Texts};
use crate::machine::{Fact, Machine};
use crate::plan::Interruption;
use crate::wizard::installing::Standing;
use crate::wizard::link::News;
use crate::wizard::page::Page;
use crate::wizard::page::install::{Situation, Stopping};
use crate::wizard::page::{install as page, welcome};
use crate::wizard::report::report;
use crate::wizard::{Engine, Message, Wizard};
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use std::io::Write;

/// What the engine told about the computer.
fn seen(machine: Machine) -> News {
    News::Machine {
        machine: Box::new(machine),
        by_engine: true,
    }
}

/// Through all questions and the last one.
fn install(driver: &mut Driver) {
    to_the_summary(driver);
    confirm(driver);
}

fn confirm(driver: &mut Driver) {
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    driver.tab_to("next");
    driver.press(Named::Enter);
    driver.tab_to("erase");
    driver.press(Named::Enter);
    // An answer may be there already.
    assert!(driver.wizard.page >= Page::Install);
}

fn finished(wizard: &Wizard) -> bool {
    wizard.page == Page::Finished
}

/// Whether the installation has come to a step.
fn at(step: usize) -> impl FnMut(&Wizard) -> bool {
    move |wizard| {
        let install = wizard.install.as_ref();
        install.is_some_and(|install| install.track.current == Some(step - 1))
    }
}

/// Whether the bar has not passed the build, which takes most of the time.
fn track_is_early(driver: &Driver) -> bool {
    let install = driver.wizard.install.as_ref().unwrap();
    install.track.fraction() < 0.3
}

fn outcome(driver: &Driver) -> Option<&Outcome> {
    driver.wizard.install.as_ref()?.track.outcome.as_ref()
}

#[test]
fn the_engine_gets_the_secrets_and_the_pages_forget_them() {
    let engine = StandIn::start(9, 0);
    let mut driver = engine.driver();
    to_the_summary(&mut driver);
    assert_eq!(driver.wizard.users.password(), PASSWORD);
    confirm(&mut driver);
    // An engine refuses a plan without the password of an account in it.
    driver.until("step 9", at(9));
    assert_eq!(driver.wizard.users.password(), "");
    assert!(driver.shows("Make a file system"));
    assert!(driver.sent.iter().all(|sent| !sent.contains(PASSWORD)));
    engine.let_on();
    driver.until("the end", finished);
    assert_eq!(outcome(&driver), Some(&Outcome::Done));
    assert!(driver.shows("NixOS is installed"));
    // What was done, and how to go on, with the lines to write.
    for told in [
        "What was done",
        "/dev/vda",
        "KDE Plasma 6",
        "zoe",
        "It took",
    ] {
        assert!(driver.shows(told), "{told}");
    }
    assert!(driver.shows("take the installation medium out"));
    let line = "environment.systemPackages = with pkgs; [";
    assert!(driver.shows(line), "{:?}", driver.texts());
    assert!(driver.shows("sudo nano /etc/nixos/configuration.nix"));
    assert_eq!(driver.focus(), Some(Id::new("restart")));
}

#[test]
fn done_and_to_come_are_told_apart_and_what_is_done_stays() {
    let engine = StandIn::start(10, 0);
    let mut driver = engine.driver();
    install(&mut driver);
    driver.until("step 10", at(10));
    for told in [
        "Preparations",
        "Clear what is replaced: /dev/vda",
        "Make a file system: ext4 · / · /dev/vda2",
        "Make a file system: vfat · /boot · /dev/vda1",
        "Mount: / · /dev/vda2",
        "Mount: /boot · /dev/vda1",
        "Write the configuration  ·  Build the system",
    ] {
        assert!(driver.shows(told), "{told}");
    }
    // The one that runs is seen, in a window that is too low for all of them.
    driver.find("Mount: / · /dev/vda2");
}

#[test]
fn a_journal_without_a_plan_speaks_the_language_of_the_wizard() {
    let mut driver = Driver::on(Page::Install);
    driver.send(Message::Welcome(welcome::Message::Language(
        Language::German,
    )));
    let found = page::State::found(true, 2, Vec::new());
    driver.wizard.install = Some(found);
    let tell = |driver: &mut Driver, kind| {
        let event = Event::new(std::time::UNIX_EPOCH, kind);
        driver.send(Message::Engine(News::Events(vec![event])));
    };
    let nonce = driver.wizard.draft.plan().unwrap().nonce;
    tell(&mut driver, EventKind::Started { nonce, steps: 18 });
    let title = "Make a file system (ext4)".to_owned();
    tell(&mut driver, EventKind::StepStarted { step: 8, title });
    assert!(driver.shows("Dateisystem anlegen: ext4"));
    assert!(!driver.shows("Make a file system"));
}

#[test]
fn a_failure_is_explained_and_tried_again_from_its_step() {
    let engine = StandIn::start(0, 9);
    let mut driver = engine.driver();
    install(&mut driver);
    driver.until("the end", finished);
    assert!(driver.shows("The installation failed"));
    assert!(driver.shows("It stopped at this step: Make a file system"));
    assert!(driver.shows("The new system's disk is full."));
    assert!(driver.shows("give the new system more room"));
    driver.wizard.texts = Texts::new(Language::German);
    assert!(driver.shows("Der Datenträger des neuen Systems ist voll."));
    driver.wizard.texts = Texts::new(Language::English);
    assert!(driver.shows("$ mkfs.ext4 /dev/vda2\nexit code 1\n\nNo space left on device"));
    driver.tab_to("log");
    driver.press(Named::Space);
    assert!(driver.shows("— Make a file system"));
    // Its errors stand above it, and again in it; only they are left when what is serious is asked for.
    let errors = |driver: &mut Driver| {
        let texts = driver.texts().into_iter();
        texts.filter(|(text, _)| text == "mkfs.ext4 failed").count()
    };
    assert_eq!(errors(&mut driver), 3);
    driver.tab_to("log-serious");
    driver.press(Named::Enter);
    assert_eq!(errors(&mut driver), 2);
    assert!(!driver.shows("— Make a file system"));
    driver.tab_to("log-search");
    driver.write("space");
    assert_eq!(errors(&mut driver), 1);
    // The same key as during the installation closes it, from anywhere on the page.
    let log_key = Key::Character("l".into());
    driver.press_with(log_key.clone(), Modifiers::CTRL);
    assert!(!driver.shows("Warnings and errors"));
    driver.press_with(log_key, Modifiers::CTRL);
    driver.tab_to("log-search");
    for _ in "space".chars() {
        driver.press(Named::Backspace);
    }
    driver.tab_to("log-all");
    driver.press(Named::Enter);
    // It begins where it ends, and keys scroll it.
    driver.scroll_to_end();
    driver.press(Named::Home);
    driver.find("— Evaluate the configuration");
    let text = report(
        driver.wizard.install.as_ref().unwrap(),
        driver.wizard.draft.machine(),
    );
    for part in ["failed at step 9", "No space left", "Make a file", "NEVADO"] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains(PASSWORD));
    driver.tab_to("retry");
    driver.press(Named::Enter);
    driver.until("the end", |wizard| {
        finished(wizard) && wizard.install.as_ref().unwrap().track.outcome == Some(Outcome::Done)
    });
    assert!(driver.shows("NixOS is installed"));
}

#[test]
fn after_a_failure_the_questions_are_there_again_with_new_identifiers() {
    let engine = StandIn::start(0, 9);
    let mut driver = engine.driver();
    install(&mut driver);
    let first = driver.wizard.draft.plan().unwrap().nonce;
    driver.until("the end", finished);
    driver.tab_to("back");
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.page, Page::Summary);
    // The engine has the password no more, and neither has the page.
    assert_eq!(driver.wizard.why_not_next(), Some("users-missing-password"));
    driver.send(crate::wizard::Message::Go(Page::Users));
    driver.tab_to("password");
    driver.write(PASSWORD);
    driver.tab_to("repeat");
    driver.write(PASSWORD);
    driver.send(crate::wizard::Message::Go(Page::Summary));
    assert_ne!(driver.wizard.draft.plan().unwrap().nonce, first);
    confirm(&mut driver);
    driver.until("the end", finished);
    assert!(driver.shows("NixOS is installed"));
}

#[test]
fn a_cancel_says_what_it_waits_for_and_can_be_taken_back() {
    let engine = StandIn::start(9, 0);
    let mut driver = engine.driver();
    install(&mut driver);
    driver.until("step 9", at(9));
    driver.tab_to("cancel");
    driver.press(Named::Enter);
    // It is asked first; the way back has the focus.
    assert!(driver.shows("Stop the installation?"));
    let step = "Make a file system: vfat · /boot · /dev/vda1";
    assert!(driver.shows(&format!("It stops when this step has ended: {step}")));
    assert!(driver.shows("The disk is erased."));
    assert_eq!(driver.focus(), Some(Id::new("go-on")));
    driver.press(Named::Escape);
    assert!(!driver.shows("Stop the installation?"));
    let stopping = driver.wizard.install.as_ref().unwrap().stopping;
    assert_eq!(stopping, Stopping::No);
    driver.tab_to("cancel");
    driver.press(Named::Enter);
    driver.tab_to("stop");
    driver.press(Named::Enter);
    driver.until("an answer", |wizard| {
        let install = wizard.install.as_ref().unwrap();
        install.stopping == Stopping::At(9, Interruption::FinishFirst)
    });
    assert!(driver.shows("It stops when this step has ended: Make a file system"));
    engine.let_on();
    driver.until("the end", finished);
    assert_eq!(outcome(&driver), Some(&Outcome::Cancelled { after: 9 }));
    assert!(driver.shows("The installation was stopped"));
    assert!(driver.shows("It stopped after this step: Make a file system"));
    assert!(driver.shows("The disk is erased."));
    assert_eq!(driver.wizard.title(), "Stopped – Install NixOS");
    assert!(driver.shows("Stopped") && !driver.shows("Finished"));
    assert!(!driver.shows("NixOS is installed"));
    driver.tab_to("retry");
    driver.press(Named::Enter);
    driver.until("the end", |wizard| {
        finished(wizard) && wizard.install.as_ref().unwrap().track.outcome == Some(Outcome::Done)
    });
}

#[test]
fn a_wizard_that_is_started_again_shows_the_truth() {
    let engine = StandIn::start(9, 11);
    let mut driver = engine.driver();
    install(&mut driver);
    driver.until("step 9", at(9));
    drop(driver);
    // Nobody has answered anything here.
    let mut second = engine.driver();
    second.until("step 9", at(9));
    assert_eq!(second.wizard.page, Page::Install);
    // What is to come is known as well, though nothing was asked here.
    let track = &second.wizard.install.as_ref().unwrap().track;
    assert_eq!(track.step(13).unwrap().title, "Build the system");
    assert!(second.shows("Write the configuration") && track_is_early(&second));
    engine.let_on();
    second.until("the end", finished);
    assert!(second.shows("The installation failed"));
    drop(second);
    let mut third = engine.driver();
    third.until("the end", finished);
    assert!(third.shows("The installation failed"));
    third.tab_to("retry");
    third.press(Named::Enter);
    third.until("success", |wizard| {
        wizard.install.as_ref().unwrap().track.outcome == Some(Outcome::Done)
    });
    drop(third);
    let mut fourth = engine.driver();
    fourth.until("the end", finished);
    assert!(fourth.shows("NixOS is installed"));
}

#[test]
fn an_engine_that_is_gone_is_said_to_be() {
    // Listens like an engine, and hangs up in the middle.
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join(SOCKET);
    let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let mut driver = Driver::with_engine(MACHINE, SIZE, Engine::At(socket.clone()));
    let (mut stream, _) = listener.accept().unwrap();
    let mut tell = |reply: Reply| stream.write_all(&reply.to_line().unwrap()).unwrap();
    tell(Reply::Following {
        running: true,
        events: 1,
        steps: Vec::new(),
    });
    let kind = EventKind::StepStarted {
        step: 2,
        title: "Clear what is replaced on /dev/vda".to_owned(),
    };
    tell(Reply::Event(Box::new(Event::new(
        std::time::UNIX_EPOCH,
        kind,
    ))));
    driver.until("the step", |wizard| wizard.page == Page::Install);
    drop((stream, listener));
    std::fs::remove_file(&socket).unwrap();
    driver.until("the end", finished);
    let situation = &driver.wizard.install.as_ref().unwrap().situation;
    assert!(matches!(situation, Situation::Lost(_)));
    assert!(driver.shows("can no longer be followed"));
    assert!(driver.shows("engine"));
    assert!(!driver.shows("NixOS is installed"));
    // Back at the questions, it says that nothing can be installed.
    driver.tab_to("back");
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.page, Page::Welcome);
    driver.until("the reason", |wizard| {
        matches!(&wizard.standing, Standing::Unreachable(why) if why.contains("no engine"))
    });
}

#[test]
fn an_engine_that_refuses_the_plan_is_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, thread) = listen(folder.path(), MACHINE, |_| {
        Refusal::BadPlan.because("this plan can't be run: a step is missing")
    });
    let mut driver = Driver::with_engine(MACHINE, SIZE, engine);
    install(&mut driver);
    driver.until("the end", finished);
    assert!(driver.shows("The installation did not begin"));
    assert!(driver.shows("This plan can't be run: a step is missing"));
    // What was typed is still there: nobody took it.
    assert_eq!(driver.wizard.users.password(), PASSWORD);
    driver.tab_to("back");
    driver.press(Named::Enter);
    assert_eq!(driver.wizard.page, Page::Summary);
    drop(driver);
    thread.join().unwrap();
}

#[test]
fn a_disk_that_comes_appears_and_nothing_that_was_typed_is_lost() {
    let engine = StandIn::start(0, 0);
    let mut driver = engine.driver();
    to_the_summary(&mut driver);
    driver.send(crate::wizard::Message::Go(Page::Users));
    let before = driver.wizard.draft.preset().clone();
    let mut more = recorded(MACHINE);
    let Fact::Known(disks) = &mut more.disks else {
        panic!("this machine has disks")
    };
    let mut new = disks.first().unwrap().clone();
    new.path = "/dev/vdz".into();
    new.by_id = vec!["/dev/disk/by-id/virtio-NEW".into()];
    new.model = Some("A new disk".to_owned());
    disks.push(new);
    driver.send(crate::wizard::Message::Engine(seen(more)));
    assert_eq!(driver.wizard.users.password(), PASSWORD);
    assert_eq!(*driver.wizard.draft.preset(), before);
    driver.send(crate::wizard::Message::Go(Page::Disk));
    assert!(driver.shows("A new disk"));
    // And goes again.
    driver.send(crate::wizard::Message::Engine(seen(recorded(MACHINE))));
    assert!(!driver.shows("A new disk"));
    assert_eq!(*driver.wizard.draft.preset(), before);
}
