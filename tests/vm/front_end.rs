//! A front end that is killed while Nix builds: the engine ends the installation well, and the next
//! front end shows it from its beginning.

use crate::attempts;
use crate::bench::Bench;
use crate::equal::equal;
use crate::install;
use crate::report::Report;
use anyhow::Result;
use nevado::engine::Outcome;

/// What a shell says of a command that SIGKILL has ended.
const KILLED: &str = "137";

/// Runs the scenario on a disk of its own.
pub(crate) fn killed_at_half(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let reference = bench.reference(report)?;
    let work = &bench.work;
    let scenario = work.scenario("front-end")?;
    let disk = scenario.empty_disk()?;
    let (_, share) = install::share(&scenario, "front-end.sh")?;
    share.write("seed", &reference.installed.seed)?;
    let run = work.live(&scenario, &disk, &share)?.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));

    report.same(
        "the front end was killed",
        share.read("killed-status")?.trim(),
        KILLED,
    );
    let attempts = attempts::read(&share)?;
    let events: usize = attempts.iter().map(|attempt| attempt.events.len()).sum();
    let then: usize = share.read("lines-when-killed")?.trim().parse()?;
    report.same("there were events afterwards", then < events, true);
    let outcomes: Vec<_> = attempts.iter().map(attempts::Attempt::outcome).collect();
    report.same(
        "the engine ended the installation well, at the first attempt",
        outcomes,
        vec![Some(&Outcome::Done)],
    );
    report.same(
        "`nevado follow` ends with the installation's exit code",
        share.read("follow-status")?.trim(),
        "0",
    );
    let follow = share.read("follow")?;
    for part in ["Installation ", "[ 1/", "NixOS is installed"] {
        report.contains("`nevado follow` shows all of it", &follow, part);
    }
    install::left_as_before(&share, 1, report)?;
    let plan = share.read("plan.json")?;
    equal(bench, &reference, "front-end-inspect", &disk, &plan, report)
}
