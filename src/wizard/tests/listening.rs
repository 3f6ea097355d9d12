//! An engine of a test's own: what carries out is a stand-in, what listens is the real server, at a socket
//! in a folder of its own.

use crate::engine::{Executor, IDLE, SOCKET, Server, Stopper};
use crate::machine::Machine;
use crate::wizard::Engine;
use std::path::Path;
use std::thread::JoinHandle;

pub(super) struct Listening {
    folder: tempfile::TempDir,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    /// `probe` is what it takes the computer to be.
    pub(super) fn start(
        mut executor: impl Executor + Send + 'static,
        mut probe: impl FnMut() -> Machine + Send + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let owner = rustix::process::geteuid().as_raw();
        let server = Server::bind(folder.path(), owner, IDLE).unwrap();
        let stopper = server.stopper();
        // The folder may be gone before the socket is.
        let thread = std::thread::spawn(move || {
            server.serve(&mut executor, &mut probe).ok();
        });
        Self {
            folder,
            stopper,
            thread: Some(thread),
        }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How a wizard finds it.
    pub(super) fn engine(&self) -> Engine {
        Engine::At(self.folder.path().join(SOCKET))
    }

    /// Ends it, as root could, and waits for its end: nothing that it carries out may wait then.
    pub(super) fn stop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stopper.stop();
    }
}
