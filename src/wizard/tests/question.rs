//! The last question is about what will be done, and about nothing else.

use super::disk::press;
use super::driver::{Driver, recorded};
use super::to_the_summary;
use crate::machine::Fact;
use crate::preset::DiskPreset;
use crate::wizard::Message;
use crate::wizard::link::News;
use crate::wizard::page::Page;
use iced::Size;
use iced::keyboard::key::Named;

/// The question after these cards of the Disk page were chosen, with the other answers of the demonstration.
fn asked(machine: &str, cards: &[&'static str]) -> Driver {
    let mut preset = crate::preset::read(DEMO, "demo").unwrap();
    preset.disk = DiskPreset::default();
    let size = Size::new(1024.0, 1000.0);
    let mut driver = Driver::of(recorded(machine), preset, size, None);
    let task = driver.wizard.go_to(Page::Disk);
    driver.operate(task);
    for card in cards {
        press(&mut driver, card);
    }
    assert_eq!(driver.wizard.why_not_next(), None, "{cards:?}");
    driver.wizard.page = Page::Summary;
    driver.wizard.summary.confirming = true;
    assert!(driver.wizard.draft.plan().is_some(), "{machine}: {cards:?}");
    driver
}

const DEMO: &str = include_str!("../../../assets/demo/preset.toml");

#[test]
fn the_last_question_names_what_goes_and_how_much() {
    for (machine, cards, said) in [
        (
            "windows-laptop",
            &["layout-erase"][..],
            [
                "Erase everything on SAMSUNG",
                "Windows and everything else on this disk, 477 GiB in all, will be deleted",
                "Erase and install",
            ],
        ),
        (
            "table-windows-gap",
            &["layout-replace", "place-system-windows"],
            [
                "Delete Windows from ",
                "Windows with everything on its 241 GiB will be deleted",
                "Delete and install",
            ],
        ),
        (
            "table-windows-gap",
            &["layout-replace", "place-part-3"],
            [
                "Delete everything on partition 3 of ",
                "Everything on these 240 GiB will be deleted and can't be brought back",
                "Delete and install",
            ],
        ),
        (
            "table-windows-gap",
            &["layout-free"],
            ["Install on ", "Everything on this disk stays", "Install"],
        ),
        (
            "table-windows-measured",
            &["layout-alongside"],
            [
                "Make room on ",
                "Nothing is erased, but a part",
                "Make room and install",
            ],
        ),
        (
            "table-dual-linux",
            &["layout-keep-home", "place-part-3"],
            [
                "and keep the home folders?",
                "The home folders and everything else on this disk stay",
                "Delete and install",
            ],
        ),
        (
            "qemu-uefi",
            &[],
            ["Install on ", "The disk is blank", "Install"],
        ),
    ] {
        let mut driver = asked(machine, cards);
        for text in said {
            assert!(
                driver.shows(text),
                "{machine}: {cards:?}: {text}: {:?}",
                driver.texts()
            );
        }
    }
}

/// What was confirmed is what is done: a disk that comes or goes ends the question.
#[test]
fn the_last_question_ends_when_the_computer_changes() {
    let mut driver = Driver::new("qemu-uefi");
    to_the_summary(&mut driver);
    driver.until("the engine", |wizard| wizard.why_not_next().is_none());
    driver.tab_to("next");
    driver.press(Named::Enter);
    assert!(driver.wizard.summary.confirming);
    let mut machine = driver.wizard.draft.machine().clone();
    let told = |machine| {
        Message::Engine(News::Machine {
            machine: Box::new(machine),
            by_engine: true,
        })
    };
    driver.send(told(machine.clone()));
    assert!(driver.wizard.summary.confirming, "nothing has changed");
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("this machine has disks");
    };
    disks[0].serial = Some("ANOTHER".to_owned());
    driver.send(told(machine));
    assert!(!driver.wizard.summary.confirming);
    assert_eq!(driver.wizard.page, Page::Summary);
}
