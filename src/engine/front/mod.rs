//! What every front end does with the engine, whatever it looks like: finds it, starts it where there
//! is none, and knows which outcome is the end.

mod following;
mod passphrase;
mod recovery_key;

pub use following::{Following, Scope};
pub use passphrase::{BadPassphrase, passphrase_from_file, usable_passphrase};
pub use recovery_key::{NotWritten, write_recovery_key};

use super::protocol::Reply;
use super::{Client, SOCKET, STATE_FOLDER};
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// Printed by the engine on standard output once front ends can connect.
pub const READY: &str = "ready";

/// Asks polkit whether this user may run a program as root; see `packaging/polkit`.
const PKEXEC: &str = "pkexec";

/// Exit codes of pkexec(1): somebody closed the question, or nobody may answer it.
const DISMISSED: i32 = 126;
const NOT_ALLOWED: i32 = 127;

/// There is no engine to talk to.
#[derive(Debug, thiserror::Error)]
pub enum NoEngine {
    /// Somebody else's, most often.
    #[error("the engine can't be reached; it listens to root and to who started it: {0}")]
    Unreachable(io::Error),
    /// Its own program is gone.
    #[error("this program can't find itself: {0}")]
    Lost(io::Error),
    /// The program that starts it is not there.
    #[error("the engine can't be started: {program}: {source}")]
    NotRun {
        /// What was to be run.
        program: String,
        /// Why it was not.
        source: io::Error,
    },
    /// polkit, or a person, said no.
    #[error(
        "this session may not start the engine as root (pkexec ended with {0}); run `nevado` as root, \
         or with the polkit files of its package installed"
    )]
    NotAllowed(i32),
    /// It ended before it listened.
    #[error("the engine did not begin ({0})")]
    DidNotBegin(ExitStatus),
    /// It listened and was gone.
    #[error("the engine ended at once")]
    EndedAtOnce,
    /// Waiting for it failed.
    #[error("the engine could not be waited for: {0}")]
    NotWaitedFor(io::Error),
}

/// A request was not granted.
#[derive(Debug, thiserror::Error)]
pub enum NotAccepted {
    /// In the engine's own words.
    #[error("{0}")]
    Refused(String),
    /// Something that is no answer to it.
    #[error("the engine answered {0:?}")]
    Odd(Box<Reply>),
}

/// Where the engine of this computer listens.
pub fn socket() -> PathBuf {
    Path::new(STATE_FOLDER).join(SOCKET)
}

/// The engine that listens at `socket`, if there is one.
///
/// # Errors
/// There may be one, and it does not listen to this user.
pub fn find(socket: &Path) -> Result<Option<Client>, NoEngine> {
    match Client::connect(socket) {
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
        Err(error) => Err(NoEngine::Unreachable(error)),
    }
}

/// Starts the engine of this computer as root, and waits until it listens. Who is not root asks
/// polkit, and somebody may have to answer: this can take long.
///
/// # Errors
/// It may not be started, or it ended.
pub fn start() -> Result<Client, NoEngine> {
    let this = std::env::current_exe().map_err(NoEngine::Lost)?;
    let mut command = if rustix::process::geteuid().is_root() {
        Command::new(this)
    } else {
        let mut command = Command::new(PKEXEC);
        command.arg(this);
        command
    };
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command
        .arg("engine")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = child.map_err(|source| NoEngine::NotRun { program, source })?;
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        let read = BufReader::new(out).read_line(&mut line);
        read.map_err(NoEngine::NotWaitedFor)?;
    }
    if line.trim_end() != READY {
        let status = child.wait().map_err(NoEngine::NotWaitedFor)?;
        return Err(match status.code() {
            Some(code @ (DISMISSED | NOT_ALLOWED)) => NoEngine::NotAllowed(code),
            _ => NoEngine::DidNotBegin(status),
        });
    }
    // It outlives whoever started it; until then somebody has to take note of its end.
    std::thread::spawn(move || child.wait());
    find(&socket())?.ok_or(NoEngine::EndedAtOnce)
}

/// Whether the engine does what it was asked for.
///
/// # Errors
/// It does not.
pub fn accepted(reply: Reply) -> Result<(), NotAccepted> {
    match reply {
        Reply::Accepted => Ok(()),
        Reply::Refused { message, .. } => Err(NotAccepted::Refused(message)),
        other => Err(NotAccepted::Odd(Box::new(other))),
    }
}
