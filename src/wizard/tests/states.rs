//! States of the last pages that no page shows when it is entered, for their pictures: the last
//! question, an installation that fails, one that is stopped, the log.

use crate::engine::{ErrorReport, Event, EventKind, Outcome};
use crate::process::FailedCommand;
use crate::wizard::link::News;
use crate::wizard::page::{Page, log};
use crate::wizard::{Message, Wizard};
use iced::Task;
use std::time::SystemTime;

/// Each state: its name, the page that is shown in the end, and the looks that it is drawn in. Not all
/// six: they are of the same parts as the pages, and all pictures together stay small.
pub(super) const STATES: [(&str, Page, &[&str]); 4] = [
    ("question", Page::Summary, &["light"]),
    ("failure", Page::Finished, &["german"]),
    ("cancelled", Page::Finished, &["dark"]),
    ("log", Page::Install, &["arabic"]),
];

/// The page from which a scene is reached.
pub(super) fn begins_at(scene: &str, page: Page) -> Page {
    match scene {
        "failure" | "cancelled" => Page::Install,
        _ => page,
    }
}

/// Brings about the state of a scene, if it is one of these; gives what is left to do.
pub(super) fn reach(scene: &str, wizard: &mut Wizard) -> Task<Message> {
    match scene {
        "question" => wizard.summary.confirming = true,
        "log" => return wizard.update(Message::Log(log::Message::Toggle)),
        "failure" => return fail(wizard),
        "cancelled" => {
            let after = running(wizard) - 1;
            return tell(wizard, [ended(Outcome::Cancelled { after })]);
        }
        _ => {}
    }
    Task::none()
}

/// The number of the step that is being done.
fn running(wizard: &Wizard) -> u32 {
    let install = wizard.install.as_ref().unwrap();
    install.track.current.unwrap() as u32 + 1
}

const fn ended(outcome: Outcome) -> EventKind {
    EventKind::Finished { outcome }
}

/// As when the line to the caches is gone.
fn fail(wizard: &mut Wizard) -> Task<Message> {
    let error = ErrorReport {
        message:
            "the system could not be built: nix-build ended with exit code 1: error: unable to \
                  download 'https://cache.nixos.org/nix-cache-info': Could not resolve host: \
                  cache.nixos.org"
                .to_owned(),
        command: Some(FailedCommand {
            arguments: ["nix-build", "--store", "/mnt"].map(str::to_owned).to_vec(),
            status: "exit code 1".to_owned(),
            stdout: String::new(),
            stderr:
                "warning: error: unable to download: Could not resolve host; retrying in 287 ms\n\
                     error: unable to download 'https://cache.nixos.org/nix-cache-info'"
                    .to_owned(),
        }),
    };
    let step = running(wizard);
    let failed = EventKind::StepFailed {
        step,
        error: error.clone(),
    };
    let step = Some(step);
    tell(wizard, [failed, ended(Outcome::Failed { step, error })])
}

fn tell<const N: usize>(wizard: &mut Wizard, kinds: [EventKind; N]) -> Task<Message> {
    let event = |kind| Event::new(SystemTime::UNIX_EPOCH, kind);
    let events = kinds.into_iter().map(event).collect();
    wizard.update(Message::Engine(News::Events(events)))
}
