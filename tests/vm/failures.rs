//! An installation in which each step fails once and is tried again; then the disk is that of an
//! unbroken one.

use crate::attempts;
use crate::bench::Bench;
use crate::equal::equal;
use crate::install;
use crate::report::Report;
use anyhow::Result;
use nevado::engine::Outcome;

/// Runs the scenario on a disk of its own.
pub(crate) fn each_step_fails_once(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let reference = bench.reference(report)?;
    let work = &bench.work;
    let scenario = work.scenario("failures")?;
    let disk = scenario.empty_disk()?;
    let (_, share) = install::share(&scenario, "failures.sh")?;
    share.write("seed", &reference.installed.seed)?;
    let run = work.live(&scenario, &disk, &share)?.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));

    let steps = reference.installed.plan.steps.iter();
    let steps: Vec<u32> = steps.map(|step| step.number).collect();
    let attempts = attempts::read(&share)?;
    let failed: Vec<u32> = attempts
        .iter()
        .filter_map(|attempt| attempt.failure())
        .map(|(step, _)| step)
        .collect();
    report.same("each step has failed, in its turn", failed, steps.clone());
    report.same(
        "the attempt after the last failure did the rest",
        attempts.last().and_then(attempts::Attempt::outcome),
        Some(&Outcome::Done),
    );
    // The first command had the first step fail, was answered yes, and had the second step fail.
    let mut expected: Vec<String> = steps
        .iter()
        .skip(1)
        .map(|step| format!("{step} 1"))
        .collect();
    expected.push("0 0".to_owned());
    report.same(
        "each exit status says how it went",
        share.read("failures")?.lines().collect::<Vec<_>>(),
        expected.iter().map(String::as_str).collect(),
    );
    let terminal = share.read("terminal")?;
    for question in [
        "Try again from step 1? [y/N]",
        "Try again from step 2? [y/N]",
    ] {
        report.contains(
            "on a terminal it asks whether to try again",
            &terminal,
            question,
        );
    }
    report.contains(
        "a failure says how to go on with it",
        &terminal,
        "`nevado retry` goes on from this step",
    );
    install::left_as_before(&share, steps.len(), report)?;
    let plan = share.read("plan.json")?;
    equal(bench, &reference, "failures-inspect", &disk, &plan, report)
}
