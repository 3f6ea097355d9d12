//! What the threads of the engine's server share, and what follows from it for a request.

use super::super::event::{Event, EventKind};
use super::super::protocol::{PlannedStep, Refusal, Reply, Request};
use super::super::{Installation, Secrets, validate};
use super::worker::{Question, Work};
use crate::plan::{Interruption, Plan};
use crate::process::CancelToken;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many times longer the engine stays with an installation that failed or was cancelled: whoever has to
/// mend something first can then go on with it.
const LONGER_TO_RETRY: u32 = 30;

/// What all threads share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) owner: u32,
    pub(super) state: Mutex<State>,
    pub(super) changed: Condvar,
    pub(super) work: Sender<Work>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// Each event of the run as the line that followers get.
    pub(super) events: Vec<Arc<[u8]>>,
    /// Counts the runs: positions in `events` are good for one of them.
    pub(super) generation: u64,
    pub(super) running: bool,
    pub(super) can_retry: bool,
    step: u32,
    interruptions: Vec<Interruption>,
    pub(super) steps: Vec<PlannedStep>,
    pub(super) cancel: CancelToken,
    /// Ends the questions that have been asked and are not answered yet: no installation waits for them.
    pub(super) questions: CancelToken,
    /// Whether a follower got the outcome.
    pub(super) delivered: bool,
    pub(super) clients: usize,
}

impl State {
    /// Whether there is somebody, or something that somebody has yet to hear.
    pub(super) fn is_needed(&self) -> bool {
        self.clients > 0 || self.running || (!self.events.is_empty() && !self.delivered)
    }

    /// How long to wait for somebody, from how long it usually is.
    pub(super) fn patience(&self, usual: Duration) -> Duration {
        usual * if self.can_retry { LONGER_TO_RETRY } else { 1 }
    }

    /// Before an attempt; the events of earlier attempts stay for a retry.
    fn begin(&mut self) {
        self.running = true;
        self.delivered = false;
        self.step = 0;
        self.cancel = CancelToken::default();
        std::mem::take(&mut self.questions).cancel();
    }

    fn begin_plan(&mut self, plan: &Plan) {
        self.begin();
        self.events.clear();
        self.generation += 1;
        self.interruptions = plan.steps.iter().map(|s| s.action.interruption()).collect();
        self.steps = PlannedStep::all(plan);
    }

    /// What cancelling means to the step that is running.
    fn stopping(&self) -> Reply {
        let index = usize::try_from(self.step).unwrap_or_default();
        let found = index.checked_sub(1).and_then(|i| self.interruptions.get(i));
        Reply::Stopping {
            step: self.step,
            interruption: found.copied().unwrap_or(Interruption::Anytime),
        }
    }
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn publish(&self, event: &Event) {
        let line = Reply::Event(Box::new(event.clone())).to_line();
        let mut state = self.lock();
        // An event holds texts and numbers only, which always have a JSON form.
        state.events.extend(line.map(Arc::from));
        match &event.kind {
            EventKind::StepStarted { step, .. } => state.step = *step,
            EventKind::Finished { outcome } => {
                state.running = false;
                state.can_retry = !outcome.is_installed();
            }
            _ => {}
        }
        drop(state);
        self.changed.notify_all();
    }

    pub(super) fn count_clients(&self, change: impl FnOnce(usize) -> usize) {
        let mut state = self.lock();
        state.clients = change(state.clients);
        drop(state);
        self.work.send(Work::Changed).ok();
    }
}

impl Shared {
    /// Everything but `Follow`.
    pub(super) fn reply(&self, request: Request) -> Reply {
        match request {
            Request::Probe => self.ask(Question::Probe),
            Request::Measure { device } => self.ask(Question::Measure { device }),
            Request::Unlock { device, passphrase } => {
                self.ask(Question::Unlock { device, passphrase })
            }
            Request::Run { plan, secrets } => self.run(*plan, secrets),
            Request::Cancel => self.cancel(),
            Request::Retry => self.retry(),
            Request::Follow => Refusal::AlreadyFollowing.because("asked for already"),
        }
    }

    /// Has the main thread answer something read-only.
    fn ask(&self, question: Question) -> Reply {
        let state = self.lock();
        if state.running {
            return busy();
        }
        let cancel = state.questions.clone();
        drop(state);
        let (answer, answered) = channel();
        let work = Work::Answer {
            question,
            answer,
            cancel,
        };
        self.work.send(work).ok();
        match answered.recv() {
            Ok(reply) => reply,
            Err(_) => Refusal::Busy.because("the engine is about to end"),
        }
    }

    fn run(&self, plan: Plan, secrets: Secrets) -> Reply {
        if let Err(error) = validate::validate(&plan, &secrets) {
            return Refusal::BadPlan.because(format!("this plan can't be run: {error}"));
        }
        let mut state = self.lock();
        if state.running {
            return busy();
        }
        state.begin_plan(&plan);
        let installation = Box::new(Installation::new(plan, secrets));
        self.work.send(Work::Run(installation)).ok();
        Reply::Accepted
    }

    fn cancel(&self) -> Reply {
        let state = self.lock();
        if !state.running {
            return Refusal::NothingToCancel.because("no installation is running");
        }
        let (reply, token) = (state.stopping(), state.cancel.clone());
        drop(state);
        token.cancel();
        reply
    }

    fn retry(&self) -> Reply {
        let mut state = self.lock();
        if state.running {
            return busy();
        }
        if !std::mem::take(&mut state.can_retry) {
            let why = "there is no installation that failed or was cancelled";
            return Refusal::NothingToRetry.because(why);
        }
        state.begin();
        self.work.send(Work::Retry).ok();
        Reply::Accepted
    }
}

pub(super) fn busy() -> Reply {
    Refusal::Busy.because("an installation is running; follow it, or cancel it first")
}
