//! The wizard in a real window of the live medium, from its first page to an installed system, with the
//! real engine.

use crate::bench::Bench;
use crate::install::{self, Installed};
use crate::report::Report;
use crate::workspace::{Computer, Workspace, source};
use crate::{attempts, boot, inspect};
use anyhow::{Context, Result, bail};
use nevado::engine::Outcome;
use nevado::plan::Plan;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// Every page that is shown, as the German preset has it called.
const PAGES: [&str; 12] = [
    "Willkommen",
    "Ort",
    "Tastatur",
    "Netzwerk",
    "Datenträger",
    "Benutzer",
    "Desktop",
    "Programme",
    "Überblick",
    "Letzte Frage",
    "Installation",
    "Fertig",
];

/// A window drawn by an emulated processor takes its time.
const LIMIT: Duration = Duration::from_secs(2400);

/// Runs the scenario, with a disk and variables of its own.
pub(crate) fn installs(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("wizard", Computer::USUAL);
    let installed = click_through(&work, report)?;
    inspect::inspect(&work, "inspect", &installed, report)?;
    boot::boot(&work, &installed, report)
}

fn click_through(work: &Workspace, report: &mut Report) -> Result<Installed> {
    let scenario = work.scenario("install")?;
    let disk = scenario.empty_disk()?;
    let (preset, share) = install::share(&scenario, "wizard.sh")?;
    share.put(&display(work)?, "display.squashfs")?;
    let mut machine = work.live(&scenario, &disk, &share)?;
    machine.limit = LIMIT;
    let run = machine.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));
    let status = share.status()?;
    if status != "0" {
        bail!(
            "the wizard did not come to its end:\n{}",
            run.last_lines(40)
        );
    }
    let pages = share.read("pages")?;
    let pages: Vec<&str> = pages.lines().collect();
    report.same("every page was shown, in order", pages, PAGES.to_vec());
    let attempts = attempts::read(&share)?;
    let outcomes: Vec<_> = attempts.iter().map(attempts::Attempt::outcome).collect();
    report.same(
        "the engine ended the installation well, at the first attempt",
        outcomes,
        vec![Some(&Outcome::Done)],
    );
    install::left_as_before(&share, 1, report)?;
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)
        .context("the plan that the wizard handed over")?;
    Ok(Installed {
        disk,
        variables: machine.variables,
        plan,
        preset,
        // The wizard drew it for itself, and tells nobody.
        seed: String::new(),
        recovery_key: None,
        others: Vec::new(),
    })
}

/// The file system with an X server; made when it is not there.
fn display(work: &Workspace) -> Result<PathBuf> {
    let folder = work.display();
    let script = source("display/display.sh");
    let status = Command::new(&script)
        .arg(&folder)
        .status()
        .with_context(|| format!("running {}", script.display()))?;
    if !status.success() {
        bail!("{} ended with {status}", script.display());
    }
    Ok(folder.join("display.squashfs"))
}
