//! The long-lived root process: one socket, one installation at a time, any number of followers.
//!
//! ```text
//! accept ─▶ a thread for each connection: reads requests, answers
//!                │ Run, Retry, Probe, Measure, Unlock └▶ Follow: one more thread, that sends events
//!                ▼
//!            main thread: owns the Executor, runs attempts, publishes each event
//! ```
//!
//! A front end that goes away changes nothing for the run. Events are kept from the beginning of a
//! run, and a follower reads them by position: replay and going on are the same. The engine ends by
//! itself when nobody is connected and the outcome, if there is one, has been delivered; with an
//! installation that can be tried again it waits longer.

mod connection;
mod shared;
mod worker;

use super::protocol::Refusal;
use super::{Client, Executor, STATE_FOLDER};
use crate::machine::Machine;
use connection::Connection;
use shared::{Shared, busy};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::Duration;
use worker::{Work, Worker};

/// The socket's name in the engine's state folder.
pub const SOCKET: &str = "engine.sock";

/// How long the engine stays when nobody needs it.
pub const IDLE: Duration = Duration::from_secs(60);

/// More connections than this are refused.
const MOST_CLIENTS: usize = 32;

/// How long it takes at most until connections are accepted again after that failed: most often too many
/// files are open, and one is closed when somebody goes.
const UNTIL_ACCEPTED_AGAIN: Duration = Duration::from_millis(500);

/// A listening engine.
#[derive(Debug)]
pub struct Server {
    listener: UnixListener,
    socket: PathBuf,
    worker: Worker,
}

/// Ends a server from elsewhere, at the next safe point of its run.
#[derive(Clone, Debug)]
pub struct Stopper(Arc<Shared>);

impl Stopper {
    /// Stops the run, if there is one, and then the server.
    pub fn stop(&self) {
        let state = self.0.lock();
        let (cancel, questions) = (state.cancel.clone(), state.questions.clone());
        drop(state);
        cancel.cancel();
        questions.cancel();
        self.0.work.send(Work::Stop).ok();
    }
}

impl Server {
    /// Listens in the folder `state` for the user `owner` (and root). Whoever calls this holds the
    /// engine's lock, so that an old socket is one that was left behind.
    ///
    /// # Errors
    /// As the operating system has them.
    pub fn bind(state: &Path, owner: u32, idle: Duration) -> io::Result<Self> {
        let socket = state.join(SOCKET);
        match std::fs::remove_file(&socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&socket)?;
        std::fs::set_permissions(&socket, std::fs::Permissions::from_mode(0o600))?;
        if owner != rustix::process::geteuid().as_raw() {
            std::os::unix::fs::chown(&socket, Some(owner), None)?;
        }
        Ok(Self {
            listener,
            socket,
            worker: Worker::new(state, owner, idle),
        })
    }

    /// Serves one front end in this process from a thread of its own, without a socket in the file
    /// system: the engine's half of a connection whose other half is handed back. For a
    /// [`Replay`](super::Replay).
    ///
    /// # Errors
    /// As the operating system has them.
    pub fn in_process(
        mut executor: impl Executor + Send + 'static,
        mut probe: impl FnMut() -> Machine + Send + 'static,
    ) -> io::Result<Client> {
        let (ours, theirs) = UnixStream::pair()?;
        let client = Client::over(theirs)?;
        let owner = rustix::process::geteuid().as_raw();
        let worker = Worker::new(Path::new(STATE_FOLDER), owner, Duration::ZERO);
        connect(ours, &worker.shared);
        thread::spawn(move || worker.work(&mut executor, &mut probe));
        Ok(client)
    }

    /// For a signal handler.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.worker.shared))
    }

    /// Serves until nobody needs it any more, and removes the socket.
    ///
    /// # Errors
    /// The socket could not be used or removed.
    pub fn serve(
        self,
        executor: &mut dyn Executor,
        probe: &mut dyn FnMut() -> Machine,
    ) -> io::Result<()> {
        let listener = self.listener.try_clone()?;
        let shared = Arc::clone(&self.worker.shared);
        thread::spawn(move || accept(listener.incoming(), &shared));
        self.worker.work(executor, probe);
        std::fs::remove_file(&self.socket)
    }
}

/// Listens as long as the engine lives: whatever keeps it from one connection, others can follow.
fn accept(incoming: impl Iterator<Item = io::Result<UnixStream>>, shared: &Arc<Shared>) {
    use io::ErrorKind::{ConnectionAborted, Interrupted};
    for stream in incoming {
        match stream {
            Ok(stream) if !may_connect(&stream, shared) => {}
            Ok(stream) if shared.lock().clients >= MOST_CLIENTS => turn_away(&stream),
            Ok(stream) => connect(stream, shared),
            Err(error) if matches!(error.kind(), Interrupted | ConnectionAborted) => {}
            Err(_) => {
                let state = shared.lock();
                let waited = shared.changed.wait_timeout(state, UNTIL_ACCEPTED_AGAIN);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            }
        }
    }
}

/// Says why nobody answers on this connection, which is closed then.
fn turn_away(mut stream: &UnixStream) {
    let why = format!(
        "{MOST_CLIENTS} front ends are connected to the engine, and it takes no more: close one"
    );
    // A short line fits into the socket; nobody has to read it.
    if let Ok(line) = Refusal::Busy.because(why).to_line() {
        stream.write_all(&line).ok();
    }
}

/// Answers a front end from a thread of its own.
fn connect(stream: UnixStream, shared: &Arc<Shared>) {
    shared.count_clients(|clients| clients + 1);
    let shared = Arc::clone(shared);
    thread::spawn(move || {
        let connection = Connection::new(stream, Arc::clone(&shared));
        // A connection that breaks is one that has ended.
        connection.and_then(|mut c| c.serve()).ok();
        shared.count_clients(|clients| clients.saturating_sub(1));
    });
}

/// The owner of the session and root; the permissions of the socket say the same.
fn may_connect(stream: &UnixStream, shared: &Shared) -> bool {
    let root_or_owner = |user: u32| user == 0 || user == shared.owner;
    rustix::net::sockopt::socket_peercred(stream).is_ok_and(|peer| root_or_owner(peer.uid.as_raw()))
}

#[cfg(test)]
mod tests {
    use super::super::protocol::{Reply, Request};
    use super::shared::State;
    use super::*;

    #[test]
    fn half_an_hour_is_left_to_mend_what_made_it_fail() {
        let mut state = State::default();
        assert_eq!(state.patience(IDLE), IDLE);
        state.can_retry = true;
        assert_eq!(state.patience(IDLE), Duration::from_mins(30));
    }

    /// The other end of a connection that was accepted after these.
    fn accepted(before: Vec<io::Result<UnixStream>>, clients: usize) -> (Client, Worker) {
        let owner = rustix::process::geteuid().as_raw();
        let worker = Worker::new(Path::new("/nowhere"), owner, IDLE);
        worker.shared.lock().clients = clients;
        let (ours, theirs) = UnixStream::pair().unwrap();
        accept(before.into_iter().chain([Ok(ours)]), &worker.shared);
        (Client::over(theirs).unwrap(), worker)
    }

    #[test]
    fn a_connection_that_can_not_be_accepted_is_not_the_last_one() {
        let too_many_files = io::Error::from(rustix::io::Errno::MFILE);
        let (mut client, _worker) = accepted(vec![Err(too_many_files)], 0);
        let reply = client.ask(&Request::Cancel).unwrap();
        assert!(
            matches!(
                reply,
                Reply::Refused {
                    reason: Refusal::NothingToCancel,
                    ..
                }
            ),
            "{reply:?}"
        );
    }

    #[test]
    fn one_front_end_too_many_is_told_so() {
        let (mut client, worker) = accepted(Vec::new(), MOST_CLIENTS);
        match client.ask(&Request::Cancel).unwrap() {
            Reply::Refused {
                reason: Refusal::Busy,
                message,
            } => {
                assert!(message.contains("32 front ends"), "{message}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(worker.shared.lock().clients, MOST_CLIENTS);
    }
}
