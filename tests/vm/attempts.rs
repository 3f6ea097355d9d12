//! The journal of an installation, attempt by attempt.

use crate::workspace::Share;
use anyhow::{Context, Result};
use nevado::engine::{Event, EventKind, Outcome};

/// What happened from a beginning or a retry to the next outcome.
#[derive(Debug, Default)]
pub(crate) struct Attempt {
    pub(crate) events: Vec<EventKind>,
}

/// Reads the journal that the guest has put out.
pub(crate) fn read(share: &Share) -> Result<Vec<Attempt>> {
    read_as(share, "journal.jsonl")
}

/// The same from a file of another name.
pub(crate) fn read_as(share: &Share, name: &str) -> Result<Vec<Attempt>> {
    let mut attempts = Vec::new();
    let mut attempt = Attempt::default();
    for line in share.read(name)?.lines() {
        let event: Event =
            serde_json::from_str(line).with_context(|| format!("`{line}` in {name}"))?;
        let ends = matches!(event.kind, EventKind::Finished { .. });
        attempt.events.push(event.kind);
        if ends {
            attempts.push(std::mem::take(&mut attempt));
        }
    }
    if !attempt.events.is_empty() {
        attempts.push(attempt);
    }
    Ok(attempts)
}

impl Attempt {
    /// How it ended, if it did.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        match self.events.last() {
            Some(EventKind::Finished { outcome }) => Some(outcome),
            _ => None,
        }
    }

    /// The step that failed, and why.
    pub(crate) fn failure(&self) -> Option<(u32, &str)> {
        match self.outcome() {
            Some(Outcome::Failed {
                step: Some(step),
                error,
            }) => Some((*step, &error.message)),
            _ => None,
        }
    }

    /// The last step that began.
    pub(crate) fn last_begun(&self) -> Option<u32> {
        self.events.iter().rev().find_map(|event| match event {
            EventKind::StepStarted { step, .. } => Some(*step),
            _ => None,
        })
    }

    /// Whether this step ended well.
    pub(crate) fn has_finished(&self, wanted: u32) -> bool {
        self.events
            .iter()
            .any(|event| matches!(event, EventKind::StepFinished { step, .. } if *step == wanted))
    }
}
