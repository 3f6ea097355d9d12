//! Asks this computer about a plan: what its conditions are, whether its Nix evaluates the
//! configuration, and what has to be fetched.

use super::inputs::Stop;
use super::signals::with_cancel;
use crate::evaluate::{Draft, Evaluation, WhyNot, evaluate_here, forecast_here};
use crate::machine::Machine;
use crate::plan::{Plan, Problem};
use crate::preflight;

/// What the conditions of this computer have against an installation.
///
/// # Errors
/// Somebody stopped it.
pub(super) fn preflight(machine: &Machine, plan: &Plan) -> Result<Vec<Problem>, Stop> {
    let (conditions, stopped) = with_cancel(|cancel| {
        (
            preflight::look(&plan.install, cancel),
            cancel.is_cancelled(),
        )
    })?;
    match stopped {
        true => Err(stop()),
        false => Ok(preflight::problems(&conditions, machine, plan)),
    }
}

fn stop() -> Stop {
    Stop::Cancelled("it was stopped".to_owned())
}

/// What Nix has against the configuration, or why it was not asked.
///
/// # Errors
/// Somebody stopped it.
pub(super) fn problems(plan: &Plan) -> Result<Vec<Problem>, Stop> {
    let evaluation = with_cancel(|cancel| evaluate_here(&Draft::of(plan), cancel))?;
    let found = told(&evaluation)?;
    if !found.is_empty() {
        return Ok(found);
    }
    match with_cancel(|cancel| forecast_here(plan, cancel))? {
        Ok(forecast) => Ok(forecast.problems()),
        Err(evaluation) => told(&evaluation),
    }
}

/// What the installation will fetch and build, in a line, and what stands in its way. That Nix
/// refuses the configuration is left to the engine's step or `nevado check` to tell.
///
/// # Errors
/// Somebody stopped it.
pub(super) fn forecast(plan: &Plan) -> Result<(String, Vec<Problem>), Stop> {
    match with_cancel(|cancel| forecast_here(plan, cancel))? {
        Ok(forecast) => Ok((forecast.to_string(), forecast.problems())),
        Err(evaluation) => {
            let problems = told(&evaluation)?;
            let why = problems.iter().map(|problem| problem.message.as_str());
            Ok((
                format!("not known: {}", why.collect::<String>()),
                Vec::new(),
            ))
        }
    }
}

fn told(evaluation: &Evaluation) -> Result<Vec<Problem>, Stop> {
    match evaluation {
        Evaluation::NotEvaluated(WhyNot::Stopped) => Err(stop()),
        other => Ok(other.problem().into_iter().collect()),
    }
}
