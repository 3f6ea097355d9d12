//! Talks to the engine: finds or starts it, hands it a plan, and follows it to its end.

use super::engine::READY;
use super::inputs::Stop;
use super::progress::Display;
use crate::engine::protocol::{Reply, Request};
use crate::engine::{Client, Event, EventKind, Outcome, SOCKET, STATE_FOLDER};
use crate::plan::Interruption;
use anyhow::{Context, Result, anyhow};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn socket() -> PathBuf {
    Path::new(STATE_FOLDER).join(SOCKET)
}

/// The engine that is there, if there is one.
fn find() -> Result<Option<Client>> {
    match Client::connect(&socket()) {
        Ok(client) => Ok(Some(client)),
        // Nobody listens, or nobody ever did.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::ConnectionRefused
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(anyhow::Error::new(error)
            .context("the engine can't be reached; it listens to root and to who started it")),
    }
}

/// Refuses while an installation is running.
pub(super) fn refuse_if_busy() -> Result<()> {
    let Some(mut client) = find()? else {
        return Ok(());
    };
    match client.ask(&Request::Follow)? {
        Reply::Following { running: true, .. } => Err(anyhow!(
            "an installation is running on this computer already; `nevado follow` shows it"
        )),
        _ => Ok(()),
    }
}

/// Hands a plan to the engine, which is started if there is none, and follows it to its end.
pub(super) fn install(request: &Request, json: bool) -> Result<(), Stop> {
    let mut client = match find()? {
        Some(client) => client,
        None => start()?,
    };
    match client
        .ask(request)
        .context("the plan can't be handed over")?
    {
        Reply::Accepted => {}
        Reply::Refused { message, .. } => return Err(Stop::failed(anyhow!(message))),
        other => return Err(Stop::failed(anyhow!("the engine answered {other:?}"))),
    }
    cancel_on_signals(&mut client)?;
    to_the_end(&mut client, json)
}

/// Starts the engine and waits until it listens.
fn start() -> Result<Client> {
    let program = std::env::current_exe().context("this program can't find itself")?;
    let mut child = Command::new(program)
        .arg("engine")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("the engine can't be started")?;
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        BufReader::new(out).read_line(&mut line)?;
    }
    if line.trim_end() != READY {
        let status = child.wait()?;
        return Err(anyhow!("the engine did not begin ({status})"));
    }
    find()?.ok_or_else(|| anyhow!("the engine ended at once"))
}

/// `nevado follow`: shows the installation from its beginning to its end.
pub(super) fn follow(json: bool) -> Result<(), Stop> {
    match find()? {
        Some(mut client) => to_the_end(&mut client, json),
        None => last_journal(json),
    }
}

/// What the last installation left, when its engine is gone.
fn last_journal(json: bool) -> Result<(), Stop> {
    let path = Path::new(STATE_FOLDER).join("journal.jsonl");
    let text = std::fs::read_to_string(&path).with_context(|| {
        format!(
            "no installation is running, and none left {}",
            path.display()
        )
    })?;
    let mut display = Display::stdout(json);
    let mut outcome = None;
    for line in text.lines() {
        let event: Event = serde_json::from_str(line)
            .with_context(|| format!("{} can't be read", path.display()))?;
        display.show(&event).unwrap_or_default();
        outcome = match event.kind {
            EventKind::Finished { outcome } => Some(outcome),
            _ => None,
        };
    }
    match outcome {
        Some(outcome) => ending(outcome),
        None => Err(Stop::failed(anyhow!(
            "the engine ended before the installation did; start the installation anew"
        ))),
    }
}

/// Shows all events until the installation has ended.
fn to_the_end(client: &mut Client, json: bool) -> Result<(), Stop> {
    let send = client.requests().send(&Request::Follow);
    send.context("the engine can't be followed")?;
    let mut display = Display::stdout(json);
    // Outcomes of earlier attempts come first, when a retry is running.
    let (mut before, mut running, mut seen) = (0, false, 0);
    loop {
        match client
            .next_reply()
            .context("the installation can't be followed any more")?
        {
            Reply::Following { running: r, events } => {
                (running, before) = (r, events);
                if !running && before == 0 {
                    return Err(Stop::failed(anyhow!("no installation is running")));
                }
            }
            Reply::Event(event) => {
                seen += 1;
                // A terminal that went away must not end anything.
                display.show(&event).unwrap_or_default();
                match event.kind {
                    EventKind::Finished { outcome }
                        if seen > before || (seen == before && !running) =>
                    {
                        return ending(outcome);
                    }
                    _ => {}
                }
            }
            Reply::Stopping { step, interruption } => eprintln!("{}", stopping(step, interruption)),
            Reply::Refused { message, .. } => eprintln!("nevado: {message}"),
            Reply::Accepted | Reply::Machine(_) => {}
        }
    }
}

fn stopping(step: u32, interruption: Interruption) -> String {
    match interruption {
        Interruption::Anytime => "nevado: stopping now".to_owned(),
        Interruption::FinishFirst | Interruption::PointOfNoReturn => {
            format!("nevado: stopping when step {step} has ended")
        }
    }
}

/// The end of an installation as the end of the command.
fn ending(outcome: Outcome) -> Result<(), Stop> {
    match outcome {
        Outcome::Done | Outcome::DoneWithWarnings { .. } => Ok(()),
        Outcome::Failed { .. } => Err(Stop::Told(super::FAILED)),
        Outcome::Cancelled { after } => Err(Stop::Cancelled(format!(
            "stopped after step {after}, as was asked; what was done until then stays, and \
             `nevado install` begins anew"
        ))),
    }
}

/// Control-C, or a request to end, becomes a wish to stop at the next safe point. A terminal that
/// goes away is no reason to stop.
fn cancel_on_signals(client: &mut Client) -> Result<()> {
    let mut requests = client.requests().try_clone()?;
    let mut signals =
        Signals::new([SIGINT, SIGTERM, SIGHUP]).context("signals could not be waited for")?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if signal != SIGHUP && requests.send(&Request::Cancel).is_err() {
                eprintln!("nevado: the engine can't be reached any more");
            }
        }
    });
    Ok(())
}
