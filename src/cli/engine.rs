//! `nevado engine`: the root process that installs, for front ends that connect to it.

use super::inputs::{self, Stop};
use crate::engine::{IDLE, RealSystem, STATE_FOLDER, Server};
use anyhow::{Context, anyhow};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::Write;
use std::path::Path;

/// Printed on standard output once front ends can connect.
pub(super) const READY: &str = "ready";

/// Serves until nobody needs the engine any more.
pub(super) fn run() -> Result<(), Stop> {
    if !rustix::process::geteuid().is_root() {
        return Err(Stop::failed(anyhow!("the engine must be started as root")));
    }
    // A session of its own, so that a terminal that is closed takes nothing with it. Refused to
    // whoever leads a process group already, which a shell or service arranged in its own way.
    rustix::process::setsid().ok();
    let mut system =
        RealSystem::new(Box::new(inputs::probe_disk)).context("the engine can't begin")?;
    let server = Server::bind(Path::new(STATE_FOLDER), owner()?, IDLE)
        .with_context(|| format!("the engine can't listen in {STATE_FOLDER}"))?;
    let stopper = server.stopper();
    let mut signals =
        Signals::new([SIGINT, SIGTERM, SIGHUP]).context("signals could not be waited for")?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if signal != SIGHUP {
                stopper.stop();
            }
        }
    });
    // Whoever started it may be gone already.
    let mut out = std::io::stdout();
    writeln!(out, "{READY}").and_then(|()| out.flush()).ok();
    server
        .serve(&mut system, &mut || inputs::probe(None))
        .context("the engine's socket failed")?;
    Ok(())
}

/// The user whose front ends may connect: the one who used pkexec(1), or root.
fn owner() -> Result<u32, Stop> {
    match std::env::var("PKEXEC_UID") {
        Err(_) => Ok(0),
        Ok(text) => text
            .parse()
            .map_err(|_| Stop::failed(anyhow!("PKEXEC_UID is {text}, which is no user's number"))),
    }
}
