//! Nevado in a virtual machine: a real disk, real file systems, a real Nix, a real boot.
//!
//! ```text
//! cargo test --test vm                    the scenarios that are run each time, one line per check
//! cargo test --test vm -- all             all scenarios; how it went is written to RESULTS.md
//! cargo test --test vm -- in-use bios     these scenarios, see scenarios.rs
//! cargo test --test vm -- record in-use   the same, with how it went written to RESULTS.md
//! cargo test --test vm -- demo            one install and its boot, shown on the terminal
//! cargo test --test vm -- medium          only make the live medium
//! ```
//!
//! Needs root and what `tests/install-dependencies.sh` installs; no hardware virtualisation and,
//! once the medium is made, no network. What stands in for nixpkgs and `nixos-install` is
//! described in `standin/README.md`. Consoles are kept as `target/vm/<scenario>/console.log`.

mod asleep;
mod attempts;
mod bench;
mod beside;
mod boot;
mod cancels;
mod checksum;
mod console;
mod disks;
mod equal;
mod failures;
mod faults;
mod front_end;
mod grow;
mod in_use;
mod inspect;
mod install;
mod keep_home_btrfs;
mod keep_luks;
mod keep_subvolumes;
mod layouts;
mod login;
mod manual;
mod manual_mbr;
mod mbr;
mod mbr_chain;
mod not_chosen;
mod power_cut;
mod qemu;
mod refused;
mod report;
mod results;
mod scenarios;
mod secrets;
mod stale;
mod wizard;
mod workspace;

use anyhow::{Result, bail};
use bench::Bench;
use report::{Report, Tally};
use scenarios::{SCENARIOS, Scenario};
use std::process::ExitCode;
use workspace::Workspace;

fn main() -> Result<ExitCode> {
    let wishes: Vec<String> = std::env::args().skip(1).collect();
    let wishes: Vec<&str> = wishes.iter().map(String::as_str).collect();
    match wishes.as_slice() {
        [] => test(SCENARIOS.iter().filter(|scenario| scenario.always)),
        ["all"] => recorded(SCENARIOS),
        ["demo"] => demo(&Workspace::new(true)?),
        ["medium"] => {
            Workspace::new(false)?.make_medium()?;
            Ok(ExitCode::SUCCESS)
        }
        ["record", names @ ..] => recorded(choose(names)?),
        names => test(choose(names)?),
    }
}

/// Scenarios by their names.
fn choose(names: &[&str]) -> Result<Vec<&'static Scenario>> {
    names.iter().map(|name| scenario(name)).collect()
}

/// The scenario of this name.
fn scenario(name: &str) -> Result<&'static Scenario> {
    match SCENARIOS.iter().find(|scenario| scenario.name == name) {
        Some(scenario) => Ok(scenario),
        None => {
            let known: Vec<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
            let known = known.join(", ");
            bail!("`{name}` is not known here, only all, demo, medium, {known}, or nothing")
        }
    }
}

/// These scenarios, each whatever became of the others.
fn test<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> Result<ExitCode> {
    run(scenarios, |_| Ok(()))
}

/// The same; as each ends, the file that says how they went is told.
fn recorded<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> Result<ExitCode> {
    run(scenarios, results::write)
}

fn run<'a>(
    scenarios: impl IntoIterator<Item = &'a Scenario>,
    ended: fn(&Tally) -> Result<()>,
) -> Result<ExitCode> {
    let work = Workspace::new(false)?;
    work.make_medium()?;
    let mut bench = Bench::new(work);
    let mut report = Report::new();
    for scenario in scenarios {
        report.begin(scenario.name);
        let outcome = (scenario.run)(&mut bench, &mut report);
        report.check("it ran to its end", outcome);
        report.end().map_or(Ok(()), ended)?;
    }
    Ok(exit(report.close()))
}

/// The main job: an unattended install with its progress on the terminal, then the boot.
fn demo(work: &Workspace) -> Result<ExitCode> {
    let mut report = Report::new();
    report.begin("demo");
    report.note("making the live medium");
    work.make_medium()?;
    report.note("switching on a virtual machine with the medium and an empty disk");
    let installed = install::install(work, &mut report)?;
    report.note("switching it on again, with the disk alone");
    boot::boot(work, &installed, &mut report)?;
    Ok(exit(report.close()))
}

fn exit(success: bool) -> ExitCode {
    if success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
