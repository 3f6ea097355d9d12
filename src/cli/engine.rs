//! `nevado engine`: the root process that installs, for front ends that connect to it.

use super::inputs::{self, Stop};
use crate::engine::front::READY;
use crate::engine::{IDLE, RealSystem, STATE_FOLDER, Server};
use crate::process::forbid_core_files;
use anyhow::{Context, anyhow};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// What the process itself prints, in the engine's state folder; nothing unless it crashes.
const LOG: &str = "engine.log";

/// Serves until nobody needs the engine any more.
pub(super) fn run() -> Result<(), Stop> {
    if !rustix::process::geteuid().is_root() {
        return Err(Stop::failed(anyhow!("the engine must be started as root")));
    }
    forbid_core_files().context("core files could not be forbidden")?;
    // A session of its own, so that a terminal that is closed takes nothing with it. Refused to
    // whoever leads a process group already, which a shell or service arranged in its own way.
    rustix::process::setsid().ok();
    // pkexec(1) asks the kernel to end what it runs together with who called it, and the engine goes
    // on when its front end has gone.
    rustix::process::set_parent_process_death_signal(None)
        .context("the engine can't part from who started it")?;
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
    let_go_of_output().context("the engine's own log can't be kept")?;
    server
        .serve(&mut system, &mut || inputs::probe(None))
        .context("the engine's socket failed")?;
    Ok(())
}

/// From here on nothing is printed to whoever started this: a pipe from an installation has its end
/// when the installation has, and a terminal may go away. What a crash says is kept.
fn let_go_of_output() -> std::io::Result<()> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true).mode(0o600);
    let log = options.open(Path::new(STATE_FOLDER).join(LOG))?;
    rustix::stdio::dup2_stdout(&log)?;
    rustix::stdio::dup2_stderr(&log)?;
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
