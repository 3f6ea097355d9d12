//! What an installation told, with the pauses between, and what each of its steps was.

use super::super::event::{self, Event, EventKind, Outcome};
use super::super::protocol::PlannedStep;
use super::super::title;
use crate::plan::{Action, Plan};
use serde::Deserialize;
use std::time::{Duration, SystemTime};

/// A recorded event, and how long it came after the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// How long nothing was told before.
    pub pause: Duration,
    /// What was told then.
    pub event: Event,
}

/// A text is no recording.
#[derive(Debug, thiserror::Error)]
pub enum BadRecording {
    /// A line of the journal is no event.
    #[error("line {line} is no event: {source}")]
    Event {
        /// Counted from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// An event has no time in the form that events have.
    #[error("line {line} has no time")]
    Time {
        /// Counted from 1.
        line: usize,
    },
    /// The plan can't be read.
    #[error("the plan beside the journal can't be read: {0}")]
    Plan(#[from] serde_json::Error),
    /// Steps are missing, failed, or are there twice.
    #[error("this is no installation that ran from its first step to its last and ended well")]
    NotWhole,
}

/// Reads a journal: `/run/nevado/journal.jsonl`, or `/var/log/nevado/install.jsonl` of an installed
/// system. A clock that was set back in between makes no pause.
///
/// # Errors
/// A line is no event.
pub fn read_journal(text: &str) -> Result<Vec<Timed>, BadRecording> {
    let mut before = None;
    let lines = (1..).zip(text.lines());
    let timed = lines.map(|(line, text)| {
        let read = serde_json::from_str::<Event>(text);
        let event = read.map_err(|source| BadRecording::Event { line, source })?;
        let now = event::since_1970(&event.time).ok_or(BadRecording::Time { line })?;
        let pause = before
            .replace(now)
            .map_or(Duration::ZERO, |before| now.saturating_sub(before));
        Ok(Timed { pause, event })
    });
    timed.collect()
}

/// The journal that is part of this program: an empty disk, UEFI, ext4, in a virtual machine, where a
/// small stand-in was built in the place of NixOS.
pub const INCLUDED: &str = include_str!("../../../tests/recordings/uefi-erase-ext4.jsonl");

/// An installation that ran from its first step to its last, step by step.
#[derive(Clone, Debug)]
pub struct Recording {
    steps: Vec<RecordedStep>,
    /// What came between the last step and the end.
    closing: Vec<Told>,
}

/// A pause, and what was told after it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) pause: Duration,
    pub(super) kind: EventKind,
}

/// What a step told.
#[derive(Clone, Debug)]
pub(super) struct RecordedStep {
    /// The tag of its action's JSON form.
    kind: String,
    title: String,
    pub(super) told: Vec<Told>,
    /// From the last event to the end of the step.
    pub(super) rest: Duration,
    /// How long it took.
    pub(super) seconds: f64,
}

/// As much of a plan as is needed here, so that plans of older versions can be read.
#[derive(Deserialize)]
struct PlanOfOld {
    steps: Vec<StepOfOld>,
}

#[derive(Deserialize)]
struct StepOfOld {
    action: ActionKind,
}

#[derive(Deserialize)]
struct ActionKind {
    #[serde(rename = "do")]
    kind: String,
}

impl Recording {
    /// The one that is part of this program, [`INCLUDED`].
    ///
    /// # Errors
    /// None, as the tests show.
    pub fn included() -> Result<Self, BadRecording> {
        Self::read(
            include_str!("../../../tests/recordings/uefi-erase-ext4.plan.json"),
            INCLUDED,
        )
    }

    /// Reads what an installation left in `/run/nevado`: `plan.json` and `journal.jsonl`.
    ///
    /// # Errors
    /// One of them can't be read, or the installation did not end well at its first attempt.
    pub fn read(plan: &str, journal: &str) -> Result<Self, BadRecording> {
        let plan: PlanOfOld = serde_json::from_str(plan)?;
        let kinds = plan.steps.into_iter().map(|step| step.action.kind);
        let mut recording = Self {
            steps: Vec::new(),
            closing: Vec::new(),
        };
        let mut journal = read_journal(journal)?.into_iter();
        for kind in kinds {
            let step = RecordedStep::read(kind, &mut journal);
            recording.steps.push(step.ok_or(BadRecording::NotWhole)?);
        }
        for Timed { pause, event } in journal {
            match event.kind {
                EventKind::Finished { outcome } if outcome.is_installed() => return Ok(recording),
                kind => recording.closing.push(Told { pause, kind }),
            }
        }
        Err(BadRecording::NotWhole)
    }

    /// The recorded step that is most like one with this action and title.
    pub(super) fn like(&self, action: &Action, title: &str) -> Option<&RecordedStep> {
        let kind = PlannedStep::of(action).action;
        let mut same = self.steps.iter().filter(|step| step.kind == kind);
        let first = same.clone().next();
        same.find(|step| step.title == title).or(first)
    }

    /// What a replay of this plan tells, from its first step to its end, each with the pause before it:
    /// as [`Replay`](super::Replay) does, for who does not want to wait.
    pub fn told_of(&self, plan: &Plan) -> Vec<Timed> {
        let steps = u32::try_from(plan.steps.len()).unwrap_or(u32::MAX);
        let nonce = plan.nonce;
        let mut all = vec![(Duration::ZERO, EventKind::Started { nonce, steps })];
        for step in &plan.steps {
            let (number, title) = (step.number, title(&step.action));
            let recorded = self.like(&step.action, &title);
            let began = EventKind::StepStarted {
                step: number,
                title,
            };
            all.push((Duration::ZERO, began));
            let told = recorded.map_or(&[] as &[Told], |recorded| &recorded.told);
            all.extend(told.iter().map(|told| (told.pause, told.kind.clone())));
            let ended = EventKind::StepFinished {
                step: number,
                seconds: recorded.map_or(0.0, |recorded| recorded.seconds),
            };
            all.push((
                recorded.map_or(Duration::ZERO, |recorded| recorded.rest),
                ended,
            ));
        }
        all.extend(
            self.closing
                .iter()
                .map(|told| (told.pause, told.kind.clone())),
        );
        let outcome = Outcome::Done;
        all.push((Duration::ZERO, EventKind::Finished { outcome }));
        let mut time = SystemTime::UNIX_EPOCH;
        let timed = all.into_iter().map(|(pause, kind)| {
            time += pause;
            let event = Event::new(time, kind);
            Timed { pause, event }
        });
        timed.collect()
    }

    /// What came between the last step and the end.
    pub(super) fn closing(&self) -> &[Told] {
        &self.closing
    }
}

impl RecordedStep {
    /// The next step of a journal; nothing if there is none, or it did not end well.
    fn read(kind: String, journal: &mut impl Iterator<Item = Timed>) -> Option<Self> {
        let title = journal.find_map(|timed| match timed.event.kind {
            EventKind::StepStarted { title, .. } => Some(title),
            _ => None,
        })?;
        let mut told = Vec::new();
        for Timed { pause, event } in journal {
            match event.kind {
                EventKind::StepFinished { seconds, .. } => {
                    return Some(Self {
                        kind,
                        title,
                        told,
                        rest: pause,
                        seconds,
                    });
                }
                EventKind::StepFailed { .. } | EventKind::Finished { .. } => return None,
                kind => told.push(Told { pause, kind }),
            }
        }
        None
    }
}
