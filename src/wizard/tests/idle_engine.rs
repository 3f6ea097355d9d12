//! An engine of a test's own that has nothing to do: it answers what every wizard asks, and leaves the rest to
//! the test.

use super::driver::recorded;
use crate::engine::SOCKET;
use crate::engine::protocol::{Reply, Request, read_line};
use crate::wizard::Engine;
use std::io::{BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread::JoinHandle;

/// Answers until the connection ends; the computer is a recorded one.
pub(super) fn answer(
    mut stream: UnixStream,
    machine: &str,
    mut other: impl FnMut(Request) -> Reply,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    while let Ok(Some(line)) = read_line(&mut lines) {
        let reply = match Request::from_line(&line).unwrap() {
            Request::Follow => Reply::Following {
                running: false,
                events: 0,
                steps: Vec::new(),
            },
            Request::Probe => Reply::Machine(Box::new(recorded(machine))),
            request => other(request),
        };
        // The wizard may be gone before it has heard everything.
        if stream.write_all(&reply.to_line().unwrap()).is_err() {
            break;
        }
    }
}

/// Listens in a folder, for one wizard.
pub(super) fn listen(
    folder: &Path,
    machine: &'static str,
    other: impl FnMut(Request) -> Reply + Send + 'static,
) -> (Engine, JoinHandle<()>) {
    let socket = folder.join(SOCKET);
    let listener = UnixListener::bind(&socket).unwrap();
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        answer(stream, machine, other);
    });
    (Engine::At(socket), thread)
}
