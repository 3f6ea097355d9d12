//! What is found out beside the thread that draws: what Nix and this computer, as it is at the moment,
//! have to say of the draft.

use crate::evaluate::{Evaluation, Forecast, Newest, WhyNot, forecast_here};
use crate::machine::Machine;
use crate::plan::{Plan, Problem};
use crate::preflight::{self, Conditions};
use crate::preset::Install;
use crate::process::CancelToken;
use iced::futures::Stream;
use iced::futures::channel::{mpsc::unbounded, oneshot};
use std::future::Future;
use std::thread;

/// What is asked about.
#[derive(Debug)]
pub(super) struct Question {
    /// Which draft it is, by how often the draft had been changed.
    pub(super) draft: u64,
    pub(super) machine: Machine,
    pub(super) plan: Plan,
}

/// What Nix makes of a draft, and what stands between this computer and its installation.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// Which draft it was.
    pub(crate) draft: u64,
    /// What has to be fetched and built, if Nix takes the draft.
    pub(crate) forecast: Option<Forecast>,
    pub(crate) problems: Vec<Problem>,
}

/// Asks Nix about drafts; the newest wins, and the child that works on an older one is killed.
#[derive(Debug)]
pub(super) struct Evaluator {
    newest: Newest<Question>,
}

impl Evaluator {
    pub(super) fn start() -> (Self, impl Stream<Item = Verdict> + Send) {
        let (told, stream) = unbounded();
        let newest = Newest::new(verdict, move |verdict| {
            if let Some(verdict) = verdict {
                // The window may be gone.
                told.unbounded_send(verdict).ok();
            }
        });
        (Self { newest }, stream)
    }

    /// Asks about this draft, and about no older one.
    pub(super) fn submit(&self, question: Question) {
        self.newest.submit(question);
    }

    /// Asks about none: the memory is needed for something else.
    pub(super) fn stop(&self) {
        self.newest.stop();
    }
}

/// The same conditions and the same forecast as on the command line; nothing if it was stopped.
fn verdict(question: Question, cancel: &CancelToken) -> Option<Verdict> {
    let Question {
        draft,
        machine,
        plan,
    } = question;
    let conditions = preflight::look(&plan.install, cancel);
    if cancel.is_cancelled() {
        return None;
    }
    let mut problems = preflight::problems(&conditions, &machine, &plan);
    let forecast = match forecast_here(&plan, cancel) {
        Err(Evaluation::NotEvaluated(WhyNot::Stopped)) => return None,
        Err(evaluation) => {
            problems.extend(evaluation.problem());
            None
        }
        Ok(forecast) => {
            problems.extend(forecast.problems());
            Some(forecast)
        }
    };
    Some(Verdict {
        draft,
        forecast,
        problems,
    })
}

/// What this computer is like now, from a thread of its own: Nix may wait long for the network.
pub(super) fn conditions(
    install: Install,
) -> impl Future<Output = Option<Conditions>> + Send + use<> {
    let (told, answer) = oneshot::channel();
    thread::spawn(move || {
        told.send(preflight::look(&install, &CancelToken::default()))
            .ok()
    });
    async { answer.await.ok() }
}
