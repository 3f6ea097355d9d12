//! The engine's stand-in: a thread of this process that replays a recorded installation.

use nevado::engine::{IDLE, Recording, Replay, Server, Speed, Stopper};
use nevado::machine::Machine;
use std::path::Path;
use std::thread::JoinHandle;

/// The recording takes 28 seconds.
const SPEED: f64 = 3.0;

/// A stand-in for the engine.
pub(crate) struct Engine {
    folder: tempfile::TempDir,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

impl Engine {
    /// One on this recorded computer, `machine`.
    pub(crate) fn start(machine: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let owner = rustix::process::geteuid().as_raw();
        let server = Server::bind(folder.path(), owner, IDLE).unwrap();
        let stopper = server.stopper();
        let speed = Speed::new(SPEED).unwrap();
        let mut replay = Replay::new(Recording::included().unwrap(), speed);
        let text = std::fs::read_to_string(machine).unwrap();
        let machine: Machine = serde_json::from_str(&text).unwrap();
        let thread = std::thread::spawn(move || {
            server.serve(&mut replay, &mut || machine.clone()).unwrap();
        });
        Self {
            folder,
            stopper,
            thread: Some(thread),
        }
    }
}

impl Engine {
    /// Where its socket is.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}
