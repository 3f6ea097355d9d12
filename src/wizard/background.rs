//! What is found out beside the thread that draws: what Nix makes of the draft, and what this computer
//! is like at the moment.

use crate::evaluate::{Evaluation, Forecast, Newest, WhyNot, forecast_here};
use crate::plan::{Plan, Problem};
use crate::preflight::{self, Conditions};
use crate::preset::Install;
use crate::process::CancelToken;
use iced::futures::Stream;
use iced::futures::channel::{mpsc::unbounded, oneshot};
use std::future::Future;
use std::thread;

/// What Nix makes of a draft.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// Which draft it was, by how often the draft had been changed.
    pub(crate) draft: u64,
    /// What has to be fetched and built, if Nix takes the draft.
    pub(crate) forecast: Option<Forecast>,
    pub(crate) problems: Vec<Problem>,
}

/// Asks Nix about drafts; the newest wins, and the child that works on an older one is killed.
#[derive(Debug)]
pub(super) struct Evaluator {
    newest: Newest<(u64, Plan)>,
}

impl Evaluator {
    pub(super) fn start() -> (Self, impl Stream<Item = Verdict> + Send) {
        let (told, stream) = unbounded();
        let work = |(draft, plan): (u64, Plan), cancel: &CancelToken| verdict(draft, &plan, cancel);
        let newest = Newest::new(work, move |verdict| {
            if let Some(verdict) = verdict {
                // The window may be gone.
                told.unbounded_send(verdict).ok();
            }
        });
        (Self { newest }, stream)
    }

    /// Asks about this draft, and about no older one.
    pub(super) fn submit(&self, draft: u64, plan: Plan) {
        self.newest.submit((draft, plan));
    }

    /// Asks about none: the memory is needed for something else.
    pub(super) fn stop(&self) {
        self.newest.stop();
    }
}

/// What Nix makes of a plan's configuration; nothing if it was stopped.
fn verdict(draft: u64, plan: &Plan, cancel: &CancelToken) -> Option<Verdict> {
    let verdict = match forecast_here(plan, cancel) {
        Err(Evaluation::NotEvaluated(WhyNot::Stopped)) => return None,
        Err(evaluation) => Verdict {
            draft,
            forecast: None,
            problems: evaluation.problem().into_iter().collect(),
        },
        Ok(forecast) => Verdict {
            draft,
            problems: forecast.problems(),
            forecast: Some(forecast),
        },
    };
    Some(verdict)
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
