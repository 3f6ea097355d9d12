//! `RESULTS.md`: how each scenario went when it was last recorded.

use crate::report::Tally;
use crate::scenarios::SCENARIOS;
use crate::workspace::source;
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::Command;

const FILE: &str = "RESULTS.md";

const HEAD: &str = "\
# How the scenarios went

Written by `cargo test --test vm -- all` (or `-- record NAME…` for some of them), a row each, from what
happened. QEMU without hardware virtualisation. Seconds are the clock's, on a computer as busy as its load
says, waiting for its turn included; the first scenario of a run also pays for the unbroken install that
others are held against.

| scenario | what it shows | passed | failed | seconds | when and what |
|---|---|---|---|---|---|
";

/// Writes how this scenario went; the rows of the others stay as they are.
pub(crate) fn write(tally: &Tally) -> Result<()> {
    let path = source(FILE);
    let old = match fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        other => other?,
    };
    let when = when()?;
    let mut text = HEAD.to_owned();
    for scenario in SCENARIOS {
        let start = format!("| {} |", scenario.name);
        let kept = old.lines().find(|line| line.starts_with(&start));
        match kept {
            _ if scenario.name == tally.name => {
                text.push_str(&row(tally, scenario.shows, &when));
            }
            Some(kept) => text.push_str(&format!("{kept}\n")),
            None => text.push_str(&format!(
                "{start} {} | | | | not recorded yet |\n",
                scenario.shows
            )),
        }
    }
    fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
}

fn row(tally: &Tally, shows: &str, when: &str) -> String {
    format!(
        "| {} | {shows} | {} | {} | {:.0} | {when} |\n",
        tally.name,
        tally.passed,
        tally.failed,
        tally.seconds.1 - tally.seconds.0
    )
}

/// The date, the commit that was tested, and how busy the computer was.
fn when() -> Result<String> {
    let date = first_line("date", &["-u", "+%Y-%m-%d %H:%M UTC"])?;
    let commit = first_line("git", &["rev-parse", "--short=12", "HEAD"])?;
    let exclude = format!(":(exclude)tests/vm/{FILE}");
    let changes = output("git", &["status", "--porcelain", "--", ".", &exclude])?;
    let changed = if changes.is_empty() {
        ""
    } else {
        " with changes"
    };
    let load = fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').nth(2).unwrap_or_default();
    let count = std::thread::available_parallelism()?;
    Ok(format!(
        "{date}, {commit}{changed}, {count} processors, load {load} (15 min)"
    ))
}

fn first_line(program: &str, arguments: &[&str]) -> Result<String> {
    let text = output(program, arguments)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .with_context(|| format!("starting {program}"))?;
    if !output.status.success() {
        bail!("{program} ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
