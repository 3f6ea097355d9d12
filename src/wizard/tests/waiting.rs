//! Waiting at the wizard for what other threads bring about, as people do: until it is seen.

use super::driver::Driver;
use crate::wizard::Wizard;
use iced::advanced::widget::Id;
use iced::time::{Duration, Instant};

/// How long something may take that other threads do.
const PATIENCE: Duration = Duration::from_secs(60);

impl Driver {
    /// Waits for something that other threads bring about.
    pub(super) fn until(&mut self, what: &str, mut reached: impl FnMut(&Wizard) -> bool) {
        let begin = Instant::now();
        while !reached(&self.wizard) {
            assert!(
                begin.elapsed() < PATIENCE,
                "{what} does not come; the page is {:?}",
                self.wizard.page
            );
            std::thread::sleep(Duration::from_millis(1));
            self.go_on();
        }
    }

    /// Waits until something has the focus.
    pub(super) fn until_focus(&mut self, id: &'static str) {
        self.wait(id, |driver| driver.focus() == Some(Id::new(id)));
    }

    /// Waits until a text is there.
    pub(super) fn until_shown(&mut self, text: &str) {
        self.wait(text, |driver| driver.shows(text));
    }

    /// Waits until a button can be pressed.
    pub(super) fn until_enabled(&mut self, button: &'static str) {
        let id = Some(Id::new(button));
        let is_there = |driver: &mut Self| driver.targets().iter().any(|(other, _)| *other == id);
        self.wait(button, is_there);
    }

    /// Waits until a text is gone.
    pub(super) fn until_not_shown(&mut self, text: &str) {
        self.wait(text, |driver| !driver.shows(text));
    }

    fn wait(&mut self, what: &str, mut reached: impl FnMut(&mut Self) -> bool) {
        let begin = Instant::now();
        while !reached(self) {
            assert!(begin.elapsed() < PATIENCE, "{what}: {:?}", self.texts());
            std::thread::sleep(Duration::from_millis(1));
            self.go_on();
        }
    }
}
