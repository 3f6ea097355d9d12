//! Everything that is written down somewhere, or could be, or that somebody could look at.

use crate::plan::PlanText;
use crate::wizard::page::Page;
use crate::wizard::tests::driver::Driver;
use iced::advanced::widget::Id;

/// A part of every password that is typed here.
const NEEDLE: &str = "Kuckuck";

/// The name that a widget was given.
pub(super) fn name(id: &Id) -> String {
    let shown = format!("{id:?}");
    shown.split('"').nth(1).unwrap_or(&shown).to_owned()
}

pub(super) fn name_of(page: Page) -> String {
    format!("a press on {page:?}")
}

/// What is not seen of the window: the whole state, all messages since the last look, the preset that
/// would be saved, the plan in all its forms, the files.
fn written(driver: &mut Driver) -> Vec<(&'static str, String)> {
    let messages = std::mem::take(&mut driver.sent);
    let wizard = &driver.wizard;
    let draft = &wizard.draft;
    let mut places = vec![
        ("the state", format!("{wizard:?}")),
        ("the preset", crate::preset::write(draft.preset()).unwrap()),
        ("the plan", serde_json::to_string(&draft.outline()).unwrap()),
    ];
    if let Some(plan) = draft.outline() {
        places.push(("the plan's text", PlanText(plan).to_string()));
    }
    let files = draft.files().iter();
    places.extend(files.map(|file| ("a file", file.text.clone())));
    places.extend(messages.into_iter().map(|sent| ("a message", sent)));
    let copied = driver.copied.iter().cloned();
    places.extend(copied.map(|copied| ("the clipboard", copied)));
    if let Some(install) = &wizard.install {
        let report = crate::wizard::report::report(install, draft.machine());
        places.push(("the report", report));
        for line in &install.track.log {
            places.push(("the log", line.text.clone()));
        }
    }
    places
}

/// Holds that no password and no recovery key is anywhere. The recovery key is on the page, on which it
/// is to be read.
pub(super) fn hold(driver: &mut Driver, after: &str) {
    let key = driver.wizard.disk.shown_key();
    let key = key.map(|key| key.secret().expose().to_owned());
    for (place, text) in written(driver) {
        assert!(!text.contains(NEEDLE), "after {after}, {place}: {text}");
        let has_key = key.as_ref().is_some_and(|key| text.contains(key));
        assert!(!has_key, "after {after}, {place} has the recovery key");
    }
    // The side panel included, where it is open, and what `--tell-places` tells.
    for text in driver.told() {
        assert!(!text.contains(NEEDLE), "after {after}, the page: {text}");
    }
}
