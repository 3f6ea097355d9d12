//! What happened, as a text to hand to somebody who can help. Pure; made of events, the plan that was
//! handed over and the machine, none of which holds a password.

use super::page::install::{Situation, State};
use super::track::LineKind;
use crate::engine::Outcome;
use crate::machine::Machine;
use crate::plan::PlanText;
use std::fmt::Write;

/// The report of an installation.
pub(super) fn report(install: &State, machine: &Machine) -> String {
    let track = &install.track;
    let mut text = format!("Nevado {}\n\n", env!("CARGO_PKG_VERSION"));
    let end = match (&install.situation, &track.outcome) {
        (Situation::NotBegun(why), _) => format!("did not begin: {why}"),
        (Situation::Lost(why), _) => format!("the engine is gone: {why}"),
        (_, Some(Outcome::Done)) => "done".to_owned(),
        (_, Some(Outcome::DoneWithWarnings { .. })) => "done, with warnings".to_owned(),
        (_, Some(Outcome::Cancelled { after })) => format!("stopped after step {after}"),
        (_, Some(Outcome::Failed { step: None, error })) => format!("refused: {}", error.message),
        (
            _,
            Some(Outcome::Failed {
                step: Some(step),
                error,
            }),
        ) => {
            format!("failed at step {step}: {}", error.message)
        }
        (_, None) => "has not ended".to_owned(),
    };
    let mut line = |line: &str| {
        // Writing to a text does not fail.
        writeln!(text, "{line}").unwrap_or_default();
    };
    line(&format!("The installation: {end}"));
    line(&format!("Seconds: {:.0}", track.seconds));
    line("\nSteps");
    for (number, step) in (1..).zip(&track.steps) {
        let took = step.seconds;
        let took = took.map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.1} s"));
        line(&format!("{number:>3}  {took:>9}  {}", step.title));
    }
    line("\nLog, the last lines");
    for entry in &track.log {
        let mark = match entry.kind {
            LineKind::Plain => " ",
            LineKind::Warning => "!",
            LineKind::Error => "E",
        };
        line(&format!("{mark} {}", entry.text));
    }
    if let Some(plan) = &install.plan {
        line("\nPlan");
        line(&PlanText(plan).to_string());
    }
    line("\nMachine");
    let machine = serde_json::to_string_pretty(machine);
    line(&machine.unwrap_or_else(|error| error.to_string()));
    text
}
