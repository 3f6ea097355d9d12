//! Nevado in a virtual machine: a real disk, real file systems, a real Nix, a real boot.
//!
//! ```text
//! cargo test --test vm                    all scenarios, one line per check
//! cargo test --test vm -- demo            one install and its boot, shown on the terminal
//! cargo test --test vm -- bios            only what is done on a BIOS
//! cargo test --test vm -- medium          only make the live medium
//! cargo test --test vm -- in-use          an install and this one scenario (inspect, boot, …)
//! ```
//!
//! Needs root and what `tests/install-dependencies.sh` installs; no hardware virtualisation and,
//! once the medium is made, no network. What stands in for nixpkgs and `nixos-install` is
//! described in `standin/README.md`. Consoles are kept as `target/vm/<scenario>/console.log`.

mod boot;
mod console;
mod faults;
mod in_use;
mod inspect;
mod install;
mod qemu;
mod report;
mod workspace;

use anyhow::{Result, bail};
use install::Installed;
use report::Report;
use std::process::ExitCode;
use workspace::Workspace;

type Scenario = fn(&Workspace, &Installed, &mut Report) -> Result<()>;

/// What is done with a disk that was installed through UEFI.
const SCENARIOS: [(&str, Scenario); 4] = [
    ("inspect", inspect::inspect),
    ("boot", boot::boot),
    ("faults", faults::faults_are_noticed),
    ("in-use", in_use::stopped_on_a_disk_in_use),
];

/// What is done with one that was installed on a BIOS: the faults are the same there.
const BIOS_SCENARIOS: [(&str, Scenario); 2] = [("inspect", inspect::inspect), ("boot", boot::boot)];

fn main() -> Result<ExitCode> {
    let wish = std::env::args().nth(1);
    match wish.as_deref() {
        None => test(&Workspace::new(false)?),
        Some("bios") => test_bios(&Workspace::new(false)?),
        Some("demo") => demo(&Workspace::new(true)?),
        Some("medium") => {
            Workspace::new(false)?.make_medium()?;
            Ok(ExitCode::SUCCESS)
        }
        Some(name) => match SCENARIOS.iter().find(|(known, _)| *known == name) {
            Some(scenario) => test_one(&Workspace::new(false)?, *scenario),
            None => bail!("`{name}` is not known here: demo, bios, medium, a scenario, or nothing"),
        },
    }
}

/// Every scenario; those that need an installed disk only if there is one.
fn test(work: &Workspace) -> Result<ExitCode> {
    let mut report = Report::new();
    work.make_medium()?;
    install_and(work, &SCENARIOS, &mut report);
    report.group("bios: ");
    install_and(&work.with_bios(), &BIOS_SCENARIOS, &mut report);
    Ok(exit(report.close()))
}

/// An install through UEFI and one scenario with its disk.
fn test_one(work: &Workspace, scenario: (&str, Scenario)) -> Result<ExitCode> {
    let mut report = Report::new();
    work.make_medium()?;
    install_and(work, &[scenario], &mut report);
    Ok(exit(report.close()))
}

/// Only what is done on a BIOS.
fn test_bios(work: &Workspace) -> Result<ExitCode> {
    let mut report = Report::new();
    work.make_medium()?;
    report.group("bios: ");
    install_and(&work.with_bios(), &BIOS_SCENARIOS, &mut report);
    Ok(exit(report.close()))
}

/// An install, and scenarios with its disk.
fn install_and(work: &Workspace, scenarios: &[(&str, Scenario)], report: &mut Report) {
    match install::install(work, report) {
        Err(error) => report.check("install: ran to its end", Err(error)),
        Ok(installed) => {
            for (name, scenario) in scenarios {
                let outcome = scenario(work, &installed, report);
                report.check(format_args!("{name}: ran to its end"), outcome);
            }
        }
    }
}

/// The main job: an unattended install with its progress on the terminal, then the boot.
fn demo(work: &Workspace) -> Result<ExitCode> {
    let mut report = Report::new();
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
