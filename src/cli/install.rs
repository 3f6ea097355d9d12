//! `nevado install`: from a preset file to an installed system.

use super::inputs::{self, Stop};
use super::{confirm, passwords, progress::Display};
use crate::engine::{self, CancelToken, Outcome, RealSystem, RunOptions};
use crate::plan::{Seed, resolve};
use anyhow::{Context, anyhow};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::path::Path;

/// Installs as the preset says; `yes` leaves the last question out.
pub(super) fn run(preset: &Path, yes: bool, seed: Option<Seed>) -> Result<(), Stop> {
    let preset = inputs::preset(preset)?;
    if !rustix::process::geteuid().is_root() {
        return Err(Stop::failed(anyhow!(
            "an installation writes to disks, which only root may do; run it with sudo"
        )));
    }
    let machine = inputs::probe(None);
    let plan = resolve(&machine, &preset, inputs::seed(seed)?)?;
    eprint!("{}", confirm::summary(&plan));
    if !yes {
        confirm::ask(&plan)?;
    }
    let secrets = passwords::gather(&preset)?;
    let cancel = cancel_on_signals()?;
    let mut display = Display::stdout();
    let options = RunOptions {
        cancel,
        ..RunOptions::default()
    };
    let mut system =
        RealSystem::new(Box::new(inputs::probe_disk)).context("the installation can't begin")?;
    // A terminal that went away must not end an installation: the journal has every event.
    let outcome = engine::run(&plan, &secrets, &options, &mut system, &mut |event| {
        display.show(event).unwrap_or_default();
    });
    match outcome {
        Outcome::Done | Outcome::DoneWithWarnings { .. } => Ok(()),
        Outcome::Failed { .. } => Err(Stop::Told),
        Outcome::Cancelled { after } => Err(Stop::Cancelled(format!(
            "stopped after step {after}, as was asked"
        ))),
    }
}

/// Control-C, or a request to end, becomes a wish to stop at the next safe point. A terminal that
/// goes away is no reason to stop.
fn cancel_on_signals() -> Result<CancelToken, Stop> {
    let token = CancelToken::default();
    let mut signals =
        Signals::new([SIGINT, SIGTERM, SIGHUP]).context("signals could not be waited for")?;
    let waiting = token.clone();
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if signal != SIGHUP {
                eprintln!("nevado: stopping at the next safe point");
                waiting.cancel();
            }
        }
    });
    Ok(token)
}
