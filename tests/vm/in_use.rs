//! An install onto a disk that is in use (mounted, swapped to, mapped), stopped by SIGTERM while
//! Nix builds: the disk is released first, and nothing is left open afterwards.

use crate::bench::Bench;
use crate::install;
use crate::report::Report;
use anyhow::{Context, Result};
use nevado::engine::{Event, EventKind, Outcome};
use nevado::plan::{Action, Plan};

/// What `nevado install` exits with after a cancel.
const CANCELLED: &str = "4";

/// Runs the scenario on a disk of its own.
pub(crate) fn stopped_on_a_disk_in_use(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = &bench.work;
    let scenario = work.scenario("in-use")?;
    let disk = scenario.empty_disk()?;
    let (_, share) = install::share(&scenario, "in-use.sh")?;
    let run = work.live(&scenario, &disk, &share)?.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));

    let in_use = share.read("state-in-use")?;
    for used in [
        "/dev/vda1 ext4",
        "/dev/vda2 partition",
        "/dev/mapper/oldmap ext4",
    ] {
        let name = format_args!("before, there is {used}");
        report.contains(name, &in_use, used);
    }
    let status = share.read("installer-status")?;
    report.same("the exit status says cancelled", status.trim(), CANCELLED);
    install::left_as_before(&share, 1, report)?;
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)?;
    let build = plan
        .steps
        .iter()
        .find(|step| matches!(step.action, Action::Build { .. }));
    let build = build.context("the plan has no build")?.number;
    let journal = share.read("journal.jsonl")?;
    let last: Event = serde_json::from_str(journal.lines().last().unwrap_or_default())
        .context("the last event of the journal")?;
    let after = build - 1;
    let outcome = Outcome::Cancelled { after };
    report.same(
        "the last event says after which step it stopped",
        last.kind,
        EventKind::Finished { outcome },
    );
    Ok(())
}
