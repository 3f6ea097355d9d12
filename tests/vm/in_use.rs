//! An install onto a disk that is in use (mounted, swapped to, mapped), stopped by SIGTERM while
//! Nix builds: the disk is released first, and nothing is left open afterwards.

use crate::install::{self, Installed};
use crate::report::Report;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use nevado::engine::{Event, EventKind, Outcome};
use nevado::plan::{Action, Plan};

/// What `nevado install` exits with after a cancel.
const CANCELLED: &str = "4";

/// Runs the scenario on a disk of its own.
pub(crate) fn stopped_on_a_disk_in_use(
    work: &Workspace,
    _: &Installed,
    report: &mut Report,
) -> Result<()> {
    let scenario = work.scenario("in-use")?;
    let disk = scenario.empty_disk()?;
    let (_, share) = install::share(&scenario, "in-use.sh")?;
    let mut machine = scenario.machine(&disk, None)?;
    machine.medium = Some(work.medium());
    machine.share = Some(share.folder().to_owned());
    let run = machine.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));

    let in_use = share.read("state-in-use")?;
    for used in [
        "/dev/vda1 ext4",
        "/dev/vda2 partition",
        "/dev/mapper/oldmap ext4",
    ] {
        let name = format_args!("in-use: before, there is {used}");
        report.contains(name, &in_use, used);
    }
    let status = share.read("installer-status")?;
    report.same(
        "in-use: the exit status says cancelled",
        status.trim(),
        CANCELLED,
    );
    report.same(
        "in-use: nothing is left mounted, swapped to or mapped",
        share.read("state-after")?.lines().collect::<Vec<_>>(),
        share.read("state-before")?.lines().collect::<Vec<_>>(),
    );
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)?;
    let build = plan
        .steps
        .iter()
        .find(|step| matches!(step.action, Action::Build));
    let build = build.context("the plan has no build")?.number;
    let journal = share.read("journal.jsonl")?;
    let last: Event = serde_json::from_str(journal.lines().last().unwrap_or_default())
        .context("the last event of the journal")?;
    let after = build - 1;
    let outcome = Outcome::Cancelled { after };
    report.same(
        "in-use: the last event says after which step it stopped",
        last.kind,
        EventKind::Finished { outcome },
    );
    Ok(())
}
