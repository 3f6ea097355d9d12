//! An installation and its attempts: the first, and the retries after a failure or a cancel.
//!
//! What a step wrote stays written, so a retry leaves completed steps out; clean-up closed what was
//! open, so a retry opens it again. Before anything else it looks whether the disk is still the one
//! that it left.

use super::context::{Context, Sink};
use super::error::StepError;
use super::event::{ErrorReport, Event, EventKind, Outcome};
use super::journal::Journal;
use super::password::Secrets;
use super::steps::KeptHeader;
use super::system::System;
use super::{CancelToken, RunOptions, cleanup, steps, validate};
use crate::plan::{Action, DiskIdentity, Interruption, Plan, PlannedDisk, Step, TableIdentity};
use crate::secret::Secret;
use std::path::PathBuf;
use std::time::Instant;

/// A plan with its secrets, and how far it has come.
#[derive(Debug)]
pub struct Installation {
    pub(super) plan: Plan,
    secrets: Secrets,
    pub(super) memory: Memory,
}

/// What an attempt leaves for the next one.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Whether there was an attempt.
    begun: bool,
    /// The last step that ended well; 0 if none did.
    pub(super) completed: u32,
    /// The last step that began.
    entered: u32,
    /// Whether every step ended well.
    pub(super) installed: bool,
    pub(super) warnings: Vec<String>,
    built: Option<PathBuf>,
    hashes: Vec<(String, Secret)>,
    connections: Vec<(String, Secret)>,
    headers: Vec<KeptHeader>,
}

impl Installation {
    /// An installation that has not begun.
    pub fn new(plan: Plan, secrets: Secrets) -> Self {
        Self {
            plan,
            secrets,
            memory: Memory::default(),
        }
    }

    /// What is installed.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether another [`attempt`](Self::attempt) can be of use.
    pub const fn can_be_retried(&self) -> bool {
        self.memory.begun && !self.memory.installed
    }

    /// Runs the plan from its first step; or, after an attempt that failed or was cancelled, from the
    /// first step that has not been completed. Closes what was opened, whatever happens.
    ///
    /// Each event goes to the journal first and then to `on_event`; the last one is always
    /// [`EventKind::Finished`] with the outcome that is handed back.
    pub fn attempt(
        &mut self,
        options: &RunOptions,
        system: &mut dyn System,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome {
        match self.journal(options) {
            Ok(journal) => self.with_journal(journal, options, system, on_event),
            Err(message) => {
                let error = ErrorReport {
                    message,
                    command: None,
                };
                let outcome = Outcome::Failed { step: None, error };
                let kind = EventKind::Finished {
                    outcome: outcome.clone(),
                };
                on_event(&Event::new(system.now(), kind));
                outcome
            }
        }
    }

    /// The journal of this attempt, or why there can be none.
    fn journal(&self, options: &RunOptions) -> Result<Journal, String> {
        if self.memory.installed {
            return Err("this plan has been carried out already".to_owned());
        }
        validate::validate(&self.plan, &self.secrets)
            .map_err(|error| format!("this plan can't be run: {error}"))?;
        let folder = &options.state;
        let journal = match self.memory.begun {
            false => Journal::create(folder, &self.plan),
            true => Journal::go_on(folder),
        };
        journal.map_err(|error| format!("cannot keep a journal in {}: {error}", folder.display()))
    }

    fn with_journal(
        &mut self,
        journal: Journal,
        options: &RunOptions,
        system: &mut dyn System,
        on_event: &mut dyn FnMut(&Event),
    ) -> Outcome {
        let memory = &mut self.memory;
        let mut context = Context {
            plan: &self.plan,
            secrets: &self.secrets,
            system,
            sink: Sink::new(journal, on_event),
            cancel: None,
            opened: Vec::new(),
            warnings: std::mem::take(&mut memory.warnings),
            built: memory.built.take(),
            hashes: std::mem::take(&mut memory.hashes),
            connections: std::mem::take(&mut memory.connections),
            headers: std::mem::take(&mut memory.headers),
        };
        context.emit(opening(&self.plan, memory));
        let end = all_steps(&mut context, memory, &options.cancel);
        cleanup::close_all(&mut context);
        if let Some(error) = context.broken_journal() {
            context.warn(format!("the journal could not be kept: {error}"));
        }
        let outcome = end.outcome(&context.warnings);
        memory.installed = outcome.is_installed();
        context.emit(EventKind::Finished {
            outcome: outcome.clone(),
        });
        memory.warnings = context.warnings;
        memory.built = context.built;
        memory.hashes = context.hashes;
        memory.connections = context.connections;
        memory.headers = context.headers;
        outcome
    }
}

/// What an attempt tells first.
pub(super) fn opening(plan: &Plan, memory: &mut Memory) -> EventKind {
    let steps = u32::try_from(plan.steps.len()).unwrap_or(u32::MAX);
    match std::mem::replace(&mut memory.begun, true) {
        false => EventKind::Started {
            nonce: plan.nonce,
            steps,
        },
        true => EventKind::Resumed {
            step: memory.completed + 1,
            steps,
        },
    }
}

/// How the steps ended.
enum End {
    Complete,
    Cancelled { after: u32 },
    Failed { step: u32, error: ErrorReport },
}

impl End {
    fn outcome(self, warnings: &[String]) -> Outcome {
        match self {
            Self::Complete if warnings.is_empty() => Outcome::Done,
            Self::Complete => Outcome::DoneWithWarnings {
                warnings: warnings.to_vec(),
            },
            Self::Cancelled { after } => Outcome::Cancelled { after },
            Self::Failed { step, error } => Outcome::Failed {
                step: Some(step),
                error,
            },
        }
    }
}

fn all_steps(context: &mut Context<'_>, memory: &mut Memory, cancel: &CancelToken) -> End {
    let plan = context.plan;
    let begun = Begun {
        completed: memory.completed,
        entered: memory.entered,
    };
    for step in &plan.steps {
        let completed = step.number <= begun.completed;
        if completed && !is_redone(plan, &step.action, begun.completed) {
            continue;
        }
        if cancel.is_cancelled() {
            return End::Cancelled {
                after: memory.completed,
            };
        }
        memory.entered = memory.entered.max(step.number);
        match one_step(context, step, begun, cancel) {
            Ok(()) => memory.completed = memory.completed.max(step.number),
            Err(error) if error.is_cancel() => {
                return End::Cancelled {
                    after: memory.completed,
                };
            }
            Err(error) => {
                let (step, error) = (step.number, error.report());
                context.emit(EventKind::StepFailed {
                    step,
                    error: error.clone(),
                });
                return End::Failed { step, error };
            }
        }
    }
    End::Complete
}

fn one_step(
    context: &mut Context<'_>,
    step: &Step,
    begun: Begun,
    cancel: &CancelToken,
) -> Result<(), StepError> {
    context.cancel = match step.action.interruption() {
        Interruption::Anytime => Some(cancel.clone()),
        Interruption::FinishFirst | Interruption::PointOfNoReturn | Interruption::Fragile => None,
    };
    context.emit(EventKind::StepStarted {
        step: step.number,
        title: steps::title(&step.action),
    });
    let begin = Instant::now();
    match &step.action {
        Action::CheckIdentity { disk } => {
            let planned = steps::planned(context, &disk.path)?;
            steps::check_identity(context, planned, begun.state(context.plan, planned))?;
        }
        // Steps before it took their time: another disk may answer to the same name by now.
        Action::Wipe { disk } => {
            let planned = steps::planned(context, disk)?;
            steps::wipe(context, planned, begun.state(context.plan, planned))?;
        }
        action => steps::run(context, action)?,
    }
    context.emit(EventKind::StepFinished {
        step: step.number,
        seconds: (begin.elapsed().as_secs_f64() * 1e3).round() / 1e3,
    });
    Ok(())
}

/// Whether a completed step is run again by a retry: those that only look, and those that only open
/// what clean-up closed. What has been written is never written twice.
fn is_redone(plan: &Plan, action: &Action, completed: u32) -> bool {
    match action {
        // Something may have mounted the disk meanwhile, since the rule against it was gone.
        Action::CheckIdentity { .. }
        | Action::TryContainer { .. }
        | Action::Inhibit
        | Action::Release { .. } => true,
        Action::Mount { .. } | Action::OpenEncrypted { .. } | Action::OpenKept { .. } => {
            !is_completed(plan, completed, |a| matches!(a, Action::Unmount))
        }
        // What it remembers is gone then.
        Action::FindSleepers { .. } => !is_completed(plan, completed, |a| {
            matches!(a, Action::Wipe { .. } | Action::DeleteSubvolumes { .. })
        }),
        // Until its table is written, whoever mounted it may have made it larger again.
        Action::Shrink(smaller) => {
            let own = plan.disk_of(smaller.partition);
            let own = own.map(|disk| &disk.identity.path);
            !is_completed(
                plan,
                completed,
                |a| matches!(a, Action::WriteTable { disk, .. } if Some(disk) == own),
            )
        }
        // Whoever mounted it since may have left something to be mended.
        Action::LookOver(larger) => !is_completed(
            plan,
            completed,
            |a| matches!(a, Action::Grow(own) if own == larger),
        ),
        Action::Evaluate { .. }
        | Action::TryMount { .. }
        | Action::FindSubvolumes(_)
        | Action::DeleteSubvolumes { .. }
        | Action::Grow(_)
        | Action::SaveTable { .. }
        | Action::Wipe { .. }
        | Action::WriteTable { .. }
        | Action::Encrypt { .. }
        | Action::WipeInside { .. }
        | Action::MakeFileSystem { .. }
        | Action::MakeSubvolumes { .. }
        | Action::MakeSwap { .. }
        | Action::MakeSwapFile { .. }
        | Action::WriteFiles { .. }
        | Action::Build { .. }
        | Action::InstallSystem { .. }
        | Action::SetPasswords { .. }
        | Action::CarryConnections
        | Action::KeepRecord
        | Action::Unmount
        | Action::Verify => false,
    }
}

/// Whether a step of this kind is among the first `count` steps.
fn is_completed(plan: &Plan, count: u32, kind: impl Fn(&Action) -> bool) -> bool {
    let mut steps = plan.steps.iter().take_while(|step| step.number <= count);
    steps.any(|step| kind(&step.action))
}

/// How much of the plan is on the disk already, as far as its identity is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DiskState {
    /// Nothing: the table is the old one.
    Old,
    /// The old table is being replaced: there may be any, or none.
    Between,
    /// The new table.
    New,
}

impl DiskState {
    /// What the disk must be now; `found` is what it is.
    pub(crate) fn expected(self, disk: &PlannedDisk, found: &DiskIdentity) -> DiskIdentity {
        let confirmed = &disk.identity;
        let table = match self {
            Self::Old => confirmed.table.clone(),
            // A table of which something stays is only written over itself, a torn one, or its own
            // next form: whoever changed it meanwhile would lose the change.
            Self::Between if !disk.table.base.is_new() => match &found.table {
                TableIdentity::Partitioned { .. } => {
                    let new = DiskIdentity::table_of(&disk.table);
                    match found.table == new {
                        true => new,
                        false => confirmed.table.clone(),
                    }
                }
                torn => torn.clone(),
            },
            Self::Between => found.table.clone(),
            Self::New => DiskIdentity::table_of(&disk.table),
        };
        DiskIdentity {
            table,
            ..confirmed.clone()
        }
    }
}

/// How far the attempts before this one have come.
#[derive(Clone, Copy)]
struct Begun {
    completed: u32,
    entered: u32,
}

impl Begun {
    /// In what state they left a disk.
    fn state(self, plan: &Plan, disk: &PlannedDisk) -> DiskState {
        let own = &disk.identity.path;
        let is_table =
            |action: &Action| matches!(action, Action::WriteTable { disk, .. } if disk == own);
        // Where the table is kept, a wipe does not touch it.
        let all_new = disk.table.base.is_new();
        let wipes =
            |action: &Action| all_new && matches!(action, Action::Wipe { disk } if disk == own);
        let touches = |action: &Action| is_table(action) || wipes(action);
        if is_completed(plan, self.completed, is_table) {
            DiskState::New
        } else if is_completed(plan, self.entered, touches) {
            DiskState::Between
        } else {
            DiskState::Old
        }
    }
}
