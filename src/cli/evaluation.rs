//! Evaluates a plan's configuration with this computer's Nix, for `nevado check`.

use super::inputs::Stop;
use crate::evaluate::{Draft, Evaluation, WhyNot, evaluate_here};
use crate::plan::{Plan, Problem};
use crate::process::CancelToken;
use anyhow::Context;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// What Nix has against the configuration, or why it was not asked.
///
/// # Errors
/// Somebody stopped it.
pub(super) fn problems(plan: &Plan) -> Result<Vec<Problem>, Stop> {
    let evaluation = evaluate_here(&Draft::of(plan), &stopped_by_signals()?);
    if evaluation == Evaluation::NotEvaluated(WhyNot::Stopped) {
        return Err(Stop::Cancelled("it was stopped".to_owned()));
    }
    Ok(evaluation.problem().into_iter().collect())
}

/// Nix has a process group of its own, which the terminal's Control-C does not reach.
fn stopped_by_signals() -> anyhow::Result<CancelToken> {
    let token = CancelToken::default();
    let theirs = token.clone();
    let mut signals =
        Signals::new([SIGINT, SIGTERM, SIGHUP]).context("signals could not be waited for")?;
    std::thread::spawn(move || signals.forever().for_each(|_| theirs.cancel()));
    Ok(token)
}
