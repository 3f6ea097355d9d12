//! A Windows that falls asleep once the plan is made and confirmed: another drive of it is not touched.

use crate::bench::Bench;
use crate::install;
use crate::refused::{Case, refused};
use crate::report::Report;
use crate::workspace::{Share, source};
use anyhow::{Result, bail};
use std::fs;

/// How it must end: before anything is released or written.
const ASLEEP: Case = Case {
    name: "asleep",
    status: "1",
    step: Some(3),
    words: "the Windows in /dev/vda1 is hibernated, as it mostly is after it was shut down with Fast Startup",
};

/// Runs the scenario on a disk of its own, with two drives of a Windows.
pub(crate) fn nothing_is_touched(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = &bench.work;
    let scenario = work.scenario("asleep")?;
    let disk = scenario.empty_disk()?;
    let (_, share) = install::share(&scenario, "asleep.sh")?;
    let text = fs::read_to_string(source("preset.toml"))?;
    let replaced = text.replace(
        "layout = \"erase\"",
        "layout = \"replace\"\npartition = { number = 2 }",
    );
    if replaced == text {
        bail!("the preset has another layout than to erase");
    }
    share.write("asleep.toml", &replaced)?;
    let run = work.live(&scenario, &disk, &share)?.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));
    report.check(
        "it is refused before anything is touched, with the reason",
        refused(&share, &ASLEEP),
    );
    report.check("its drives are as before", same_drives(&share));
    install::left_as_before(&share, 1, report)
}

/// The checksums before it fell asleep, and once it was made to be awake again.
fn same_drives(share: &Share) -> Result<()> {
    let [before, after] = ["before", "after"].map(|when| share.read(&format!("asleep.{when}")));
    let (before, after) = (before?, after?);
    if before.is_empty() || before != after {
        bail!("they were\n{before}and are\n{after}");
    }
    Ok(())
}
