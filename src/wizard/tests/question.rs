//! The last question is about what will be done, and about nothing else.

use super::driver::Driver;
use super::to_the_summary;
use crate::machine::Fact;
use crate::wizard::Message;
use crate::wizard::link::News;
use crate::wizard::page::Page;
use iced::keyboard::key::Named;

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
