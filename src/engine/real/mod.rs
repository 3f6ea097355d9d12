//! The system that there is: programs are run, devices and files are written.

mod device;
mod files;

use super::system::{Held, NewFile, Piece, Place, System};
use super::unlock;
use crate::machine::{Disk, Fact};
use crate::plan::TARGET_ROOT;
use crate::process::{self, CancelToken, Command, CommandError, Output, Running, Stream};
use crate::units::Bytes;
use files::Root;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where the engine keeps its state.
pub const STATE_FOLDER: &str = "/run/nevado";

/// Looks at one whole disk; it is handed in, since the engine itself does not probe.
pub type ProbeDisk = Box<dyn FnMut(&Path) -> Fact<Disk>>;

/// Carries out what the engine asks for. One at a time on a computer.
pub struct RealSystem {
    state: PathBuf,
    probe: ProbeDisk,
    running: BTreeMap<u32, Running>,
    claimed: BTreeMap<u32, File>,
    next: u32,
    /// Locked as long as this lives.
    _lock: File,
}

/// The engine could not begin.
#[derive(Debug, thiserror::Error)]
pub enum CannotBegin {
    /// Another one is at work.
    #[error("another installation is running on this computer (it holds {0})")]
    Busy(PathBuf),
    /// The folder of its state can't be used.
    #[error("cannot use {path}: {source} (the installation needs to run as root)")]
    State {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl RealSystem {
    /// Takes the lock in [`STATE_FOLDER`].
    ///
    /// # Errors
    /// Another installation is running, or this is not root.
    pub fn new(probe: ProbeDisk) -> Result<Self, CannotBegin> {
        Self::with_state(Path::new(STATE_FOLDER), probe)
    }

    fn with_state(state: &Path, probe: ProbeDisk) -> Result<Self, CannotBegin> {
        let failed = |source| CannotBegin::State {
            path: state.to_owned(),
            source,
        };
        own_folder(state).map_err(failed)?;
        let path = state.join("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed)?;
        match rustix::fs::flock(&lock, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(CannotBegin::Busy(path)),
            Err(error) => return Err(failed(error.into())),
        }
        Ok(Self {
            state: state.to_owned(),
            probe,
            running: BTreeMap::new(),
            claimed: BTreeMap::new(),
            next: 0,
            _lock: lock,
        })
    }

    fn folder(&self, place: Place) -> PathBuf {
        match place {
            Place::State => self.state.clone(),
            Place::Inside => self.state.join(unlock::FOLDER),
            Place::Target => PathBuf::from(TARGET_ROOT),
            Place::UdevRules => PathBuf::from("/run/udev/rules.d"),
        }
    }

    fn root(&self, place: Place) -> io::Result<Root> {
        Root::open(&self.folder(place))
    }
}

/// Makes a folder of root's that others may go through and not look into, or takes one that is that
/// already. What is in it is root's alone, except for the draft that the ordinary user evaluates.
fn own_folder(path: &Path) -> io::Result<()> {
    match std::fs::DirBuilder::new().mode(0o711).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = std::fs::symlink_metadata(path)?;
    let me = rustix::process::geteuid().as_raw();
    if !found.is_dir() || found.uid() != me {
        return Err(io::Error::other(
            "it is there, and is not a folder of this user",
        ));
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o711))
}

/// The names in a folder, sorted.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

impl System for RealSystem {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn has_program(&mut self, name: &str) -> bool {
        process::find_program(name).is_some()
    }

    fn run(
        &mut self,
        command: &Command,
        cancel: Option<&CancelToken>,
        on_line: &mut dyn FnMut(Stream, &str),
    ) -> Result<Output, CommandError> {
        process::run(command, cancel, on_line)
    }

    fn hold(&mut self, command: &Command) -> Result<Held, CommandError> {
        let running = process::start(command)?;
        self.next += 1;
        self.running.insert(self.next, running);
        Ok(Held(self.next))
    }

    fn claim(&mut self, disk: &Path) -> io::Result<Held> {
        let file = device::claim(disk)?;
        self.next += 1;
        self.claimed.insert(self.next, file);
        Ok(Held(self.next))
    }

    fn let_go(&mut self, held: Held) -> io::Result<()> {
        drop(self.claimed.remove(&held.0));
        match self.running.remove(&held.0) {
            Some(running) => running.stop().map(drop),
            None => Ok(()),
        }
    }

    fn probe_disk(&mut self, path: &Path) -> Fact<Disk> {
        (self.probe)(path)
    }

    fn read_device(&mut self, device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
        device::read(device, at, length)
    }

    fn write_device(&mut self, device: &Path, pieces: &[Piece]) -> io::Result<()> {
        device::write(device, pieces)
    }

    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn list(&mut self, folder: &Path) -> io::Result<Vec<String>> {
        names_in(folder)
    }

    fn resolve(&mut self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(path)
    }

    fn prepare_target_root(&mut self) -> io::Result<()> {
        let path = Path::new(TARGET_ROOT);
        match std::fs::DirBuilder::new().mode(0o755).create(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let found = std::fs::symlink_metadata(path)?;
        if !found.is_dir() || (found.uid(), found.gid()) != (0, 0) {
            return Err(io::Error::other("it is not a folder of root"));
        }
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
    }

    fn make_folder(&mut self, place: Place, path: &Path, mode: u32) -> io::Result<()> {
        self.root(place)?.make_folder(path, mode)
    }

    fn write_file(&mut self, file: NewFile<'_>) -> io::Result<()> {
        if file.place == Place::UdevRules {
            std::fs::create_dir_all(self.folder(file.place))?;
        }
        let root = self.root(file.place)?;
        root.write(file.path, file.mode, file.content)
    }

    fn append_file(&mut self, place: Place, path: &Path, content: &[u8]) -> io::Result<()> {
        self.root(place)?.append(path, content)
    }

    fn read_file(&mut self, place: Place, path: &Path) -> io::Result<Vec<u8>> {
        self.root(place)?.read(path)
    }

    fn read_link(&mut self, place: Place, path: &Path) -> io::Result<PathBuf> {
        self.root(place)?.read_link(path)
    }

    fn list_folder(&mut self, place: Place, path: &Path) -> io::Result<Vec<String>> {
        self.root(place)?.list(path)
    }

    fn exists(&mut self, place: Place, path: &Path) -> bool {
        self.root(place).is_ok_and(|root| root.exists(path))
    }

    fn remove(&mut self, place: Place, path: &Path) -> io::Result<()> {
        self.root(place)?.remove(path)
    }

    fn remove_file(&mut self, place: Place, path: &Path) -> io::Result<()> {
        self.root(place)?.remove_file(path)
    }

    fn sync(&mut self) {
        rustix::fs::sync();
    }
}

impl Drop for RealSystem {
    fn drop(&mut self) {
        for (_, running) in std::mem::take(&mut self.running) {
            // Nobody is left to tell.
            drop(running.stop());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let probe = || -> ProbeDisk { Box::new(|_| Fact::Unknown("not probed".to_owned())) };
        let first = RealSystem::with_state(&state, probe()).unwrap();
        let second = RealSystem::with_state(&state, probe());
        assert!(matches!(second, Err(CannotBegin::Busy(_))));
        drop(first);
        assert!(RealSystem::with_state(&state, probe()).is_ok());
        assert_eq!(std::fs::metadata(&state).unwrap().mode() & 0o777, 0o711);
    }

    #[test]
    fn programs_are_looked_up() {
        let folder = tempfile::tempdir().unwrap();
        let probe: ProbeDisk = Box::new(|_| Fact::Unknown("not probed".to_owned()));
        let mut system = RealSystem::with_state(folder.path(), probe).unwrap();
        assert!(system.has_program("sh") && !system.has_program("no-such-program-here"));
    }
}
