//! An installation that is stopped in each step and goes on afterwards; then the disk is that of an
//! unbroken one.

use crate::attempts::{self, Attempt};
use crate::bench::Bench;
use crate::equal::equal;
use crate::install;
use crate::report::Report;
use anyhow::{Context, Result, bail};
use nevado::engine::Outcome;
use nevado::plan::{Interruption, Plan};
use std::collections::BTreeSet;

/// Runs the scenario on a disk of its own.
pub(crate) fn stopped_in_each_step(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let reference = bench.reference(report)?;
    let work = &bench.work;
    let scenario = work.scenario("cancels")?;
    let disk = scenario.empty_disk()?;
    let (_, share) = install::share(&scenario, "cancels.sh")?;
    share.write("seed", &reference.installed.seed)?;
    let run = work.live(&scenario, &disk, &share)?.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));

    let plan = &reference.installed.plan;
    let attempts = attempts::read(&share)?;
    let list = share.read("cancels")?;
    report.same(
        "the journal has as many attempts as were made",
        attempts.len(),
        list.lines().count(),
    );
    let mut stopped_in = BTreeSet::new();
    for (line, attempt) in list.lines().zip(&attempts) {
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap_or_default();
        let (step, how, status) = (word().parse()?, word(), word());
        if how == "not" {
            let end = (attempt.outcome(), status);
            report.same(
                "the last attempt did the rest",
                end,
                (Some(&Outcome::Done), "0"),
            );
            continue;
        }
        stopped_in.insert(step);
        report.check(
            format_args!("it is stopped in step {step}"),
            stopped(plan, attempt, step, how, status),
        );
    }
    report.same(
        "it was stopped in each step",
        stopped_in,
        plan.steps.iter().map(|step| step.number).collect(),
    );
    install::left_as_before(&share, attempts.len(), report)?;
    let plan = share.read("plan.json")?;
    equal(bench, &reference, "cancels-inspect", &disk, &plan, report)
}

/// Whether an attempt was stopped as the step's kind of interruption says.
fn stopped(plan: &Plan, attempt: &Attempt, step: u32, how: &str, status: &str) -> Result<()> {
    let Some(Outcome::Cancelled { after }) = attempt.outcome() else {
        bail!("it ended with {:?}", attempt.outcome());
    };
    if status != "4" {
        bail!("the exit status is {status}");
    }
    let began = attempt.last_begun().context("no step began")?;
    if how == "soon" {
        // It runs no program to hold it by: the wish may come when it has ended.
        return if began < step {
            bail!("it was stopped in step {began}, before")
        } else {
            Ok(())
        };
    }
    let planned = plan.steps.iter().find(|planned| planned.number == step);
    let interruption = planned
        .context("the plan has no such step")?
        .action
        .interruption();
    let must_end = interruption != Interruption::Anytime;
    if (began, attempt.has_finished(step)) != (step, must_end) {
        bail!("it was stopped in step {began}, after {after} was completed ({interruption:?})");
    }
    Ok(())
}
