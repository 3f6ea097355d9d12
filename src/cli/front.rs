//! Talks to the engine on the terminal: hands it a plan, and follows it to its end.

use super::confirm;
use super::inputs::Stop;
use super::progress::Display;
use super::recovery_key::KeyFile;
use super::signals;
use crate::engine::front::{self, Following, Scope};
use crate::engine::protocol::{Reply, Request};
use crate::engine::replay::{self, Pace, Timed};
use crate::engine::{CancelToken, Client, EventKind, Outcome, STATE_FOLDER, Speed};
use crate::machine::Unlocked;
use crate::plan::Interruption;
use crate::secret::Secret;
use anyhow::{Context, Result, anyhow};
use signal_hook::consts::SIGHUP;
use signal_hook::iterator::Signals;
use std::io::Stdout;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The engine of this computer, if there is one.
fn find() -> Result<Option<Client>> {
    Ok(front::find(&front::socket())?)
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

/// Looks into a LUKS container. The engine is started if there is none, and goes when nobody needs it
/// any more.
pub(super) fn unlock(device: &Path, passphrase: &Secret) -> Result<Unlocked> {
    let mut client = connect()?;
    let request = Request::Unlock {
        device: device.to_owned(),
        passphrase: passphrase.clone(),
    };
    match client.ask(&request)? {
        Reply::Unlocked(found) => Ok(found),
        Reply::Refused { message, .. } => Ok(Unlocked::Impossible { why: message }),
        other => Err(anyhow!("the engine answered {other:?}")),
    }
}

/// The engine of this computer, which is started if there is none.
pub(super) fn connect() -> Result<Client> {
    match find()? {
        Some(client) => Ok(client),
        None => Ok(front::start()?),
    }
}

/// Hands a plan to the engine. The file of a recovery key stays if the engine has taken the plan, or may
/// have: then the key may be the disk's already.
///
/// # Errors
/// The engine did not take it, or went away.
pub(super) fn hand_over(client: &mut Client, request: &Request, file: KeyFile) -> Result<()> {
    const FAILED: &str = "the plan can't be handed over";
    client.requests().send(request).context(FAILED)?;
    match client.next_reply() {
        Ok(reply) => front::accepted(reply)?,
        Err(error) => {
            file.keep();
            return Err(anyhow::Error::new(error).context(FAILED));
        }
    }
    file.keep();
    Ok(())
}

/// Follows an installation that was handed over to its end. Where there is somebody to ask (`ask`), a
/// failure is followed by the question whether to try again.
pub(super) fn install(mut client: Client, json: bool, ask: bool) -> Result<(), Stop> {
    let asking = cancel_on_signals(&mut client)?;
    let mut follower = Follower::begin(client, json, Scope::All)?;
    loop {
        let outcome = follower.outcome()?;
        let failed_at = match &outcome {
            Outcome::Failed { step, .. } => step.filter(|_| ask),
            _ => None,
        };
        let Some(step) = failed_at else {
            return ending(outcome);
        };
        asking.store(true, Ordering::SeqCst);
        let again = confirm::try_again(step)?;
        asking.store(false, Ordering::SeqCst);
        if !again {
            return ending(outcome);
        }
        follower.again()?;
    }
}

/// `nevado retry`: lets the engine try again after a failure or a cancel, and follows it.
pub(super) fn retry(json: bool) -> Result<(), Stop> {
    let Some(mut client) = find()? else {
        return Err(Stop::failed(anyhow!(
            "there is nothing to go on with: no engine is running, and it knew what was to be \
             installed; start anew with `nevado install`"
        )));
    };
    let reply = client.ask(&Request::Retry);
    let reply = reply.context("the engine can't be asked to try again")?;
    front::accepted(reply).map_err(anyhow::Error::new)?;
    cancel_on_signals(&mut client)?;
    ending(Follower::begin(client, json, Scope::LastAttempt)?.outcome()?)
}

/// `nevado follow`: shows the installation from its beginning to its end.
pub(super) fn follow(json: bool) -> Result<(), Stop> {
    match find()? {
        Some(client) => ending(Follower::begin(client, json, Scope::All)?.outcome()?),
        None => play(
            &Path::new(STATE_FOLDER).join("journal.jsonl"),
            Speed::AT_ONCE,
            json,
        )
        .map_err(|stop| match stop {
            Stop::Failed(error) => Stop::failed(error.context("no installation is running")),
            stop => stop,
        }),
    }
}

/// Shows what an installation left, from its beginning to its end; `nevado follow --recorded`.
pub(super) fn play(journal: &Path, speed: Speed, json: bool) -> Result<(), Stop> {
    let text = std::fs::read_to_string(journal)
        .with_context(|| format!("the journal {} can't be read", journal.display()))?;
    let recorded = replay::read_journal(&text)
        .with_context(|| format!("{} is no journal", journal.display()))?;
    let pace = Pace::new(speed, &CancelToken::default());
    let mut display = Display::stdout(json);
    let mut outcome = None;
    for Timed { pause, event } in recorded {
        pace.wait_all(pause);
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

/// Shows the events of a connection.
struct Follower {
    client: Client,
    display: Display<Stdout>,
    following: Following,
}

impl Follower {
    /// Asks for the events.
    ///
    /// # Errors
    /// The engine can't be reached, or has no installation.
    fn begin(mut client: Client, json: bool, scope: Scope) -> Result<Self> {
        let sent = client.requests().send(&Request::Follow);
        sent.context("the engine can't be followed")?;
        let mut display = Display::stdout(json);
        let following = loop {
            match client
                .next_reply()
                .context("the engine can't be followed")?
            {
                Reply::Following {
                    running, events, ..
                } if running || events > 0 => {
                    break Following::new(scope, running, events);
                }
                Reply::Following { .. } => return Err(anyhow!("no installation is running")),
                // A wish to stop may have come first.
                other => tell(&mut display, other),
            }
        };
        Ok(Self {
            client,
            display,
            following,
        })
    }

    /// Shows all events until the installation has ended.
    fn outcome(&mut self) -> Result<Outcome> {
        loop {
            let reply = self.client.next_reply();
            match reply.context("the installation can't be followed any more")? {
                Reply::Event(event) => {
                    let (shown, end) = self.following.next(*event);
                    for event in shown {
                        // A terminal that went away must not end anything.
                        self.display.show(&event).unwrap_or_default();
                    }
                    if let Some(outcome) = end {
                        return Ok(outcome);
                    }
                }
                other => tell(&mut self.display, other),
            }
        }
    }

    /// Asks for another attempt, whose events come over the same connection.
    fn again(&mut self) -> Result<()> {
        self.following.again();
        let sent = self.client.requests().send(&Request::Retry);
        sent.context("the engine can't be asked to try again")
    }
}

/// Tells what the engine says beside events.
fn tell(display: &mut Display<Stdout>, reply: Reply) {
    let text = match reply {
        Reply::Stopping { step, interruption } => stopping(step, interruption),
        Reply::Refused { message, .. } => message,
        Reply::Accepted
        | Reply::Machine(_)
        | Reply::Measured(_)
        | Reply::Unlocked(_)
        | Reply::Following { .. }
        | Reply::Event(_) => return,
    };
    // A terminal that went away must not end anything.
    display.aside(&text).unwrap_or_default();
}

fn stopping(step: u32, interruption: Interruption) -> String {
    match interruption {
        Interruption::Anytime => "stopping now".to_owned(),
        Interruption::FinishFirst | Interruption::PointOfNoReturn => {
            format!("stopping when step {step} has ended")
        }
        Interruption::Fragile => format!(
            "stopping when step {step} has ended; leave the computer switched on until then"
        ),
    }
}

/// The end of an installation as the end of the command.
fn ending(outcome: Outcome) -> Result<(), Stop> {
    match outcome {
        Outcome::Done | Outcome::DoneWithWarnings { .. } => Ok(()),
        Outcome::Failed { .. } => Err(Stop::Told(super::FAILED)),
        Outcome::Cancelled { after } => Err(Stop::Cancelled(format!(
            "stopped after step {after}, as was asked; what was done until then stays. \
             `nevado retry` goes on from there, `nevado install` begins anew"
        ))),
    }
}

/// Control-C, or a request to end, becomes a wish to stop at the next safe point. A terminal that
/// goes away is no reason to stop. While the flag that is handed back is set, a question is being
/// asked and nothing is running: then it is this program that ends.
fn cancel_on_signals(client: &mut Client) -> Result<Arc<AtomicBool>> {
    let mut requests = client.requests().try_clone()?;
    signals::take_over();
    let mut signals = Signals::new(signals::ENDING).context("signals could not be waited for")?;
    let asking = Arc::new(AtomicBool::new(false));
    let is_asked = Arc::clone(&asking);
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if is_asked.load(Ordering::SeqCst) {
                std::process::exit(i32::from(super::FAILED));
            }
            if signal != SIGHUP && requests.send(&Request::Cancel).is_err() {
                super::tell("nevado: the engine can't be reached any more");
            }
        }
    });
    Ok(asking)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::protocol::{Refusal, read_line};
    use std::io::{BufReader, Write};
    use std::os::unix::net::UnixListener;
    use std::path::PathBuf;

    /// Whether the file of a key is there after a stand-in for an engine has answered so; nothing: it
    /// hangs up.
    fn stays(answer: Option<Reply>) -> (bool, bool) {
        let folder = tempfile::tempdir().unwrap();
        let (socket, path) = (folder.path().join("socket"), folder.path().join("key"));
        let listener = UnixListener::bind(&socket).unwrap();
        let engine = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            read_line(&mut lines).unwrap().unwrap();
            if let Some(reply) = answer {
                (&stream).write_all(&reply.to_line().unwrap()).unwrap();
            }
        });
        std::fs::write(&path, "key").unwrap();
        let file = KeyFile::at(PathBuf::from(&path));
        let mut client = Client::connect(&socket).unwrap();
        let taken = hand_over(&mut client, &Request::Retry, file).is_ok();
        engine.join().unwrap();
        (taken, path.exists())
    }

    #[test]
    fn a_key_that_no_engine_has_taken_does_not_lie_around() {
        assert_eq!(stays(Some(Reply::Accepted)), (true, true));
        let refused = Refusal::BadPlan.because("a step is missing");
        assert_eq!(stays(Some(refused)), (false, false));
        // It may have begun.
        assert_eq!(stays(None), (false, true));
    }
}
