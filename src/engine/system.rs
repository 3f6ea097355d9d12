//! Everything that the engine does to the outside goes through one trait.
//!
//! [`RealSystem`](super::RealSystem) does it; a scripted one stands in for it in tests, so that the
//! whole run is tested without root and without a disk.

use crate::machine::{Disk, Fact};
use crate::process::{CancelToken, Command, CommandError, Output, Stream};
use crate::units::Bytes;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folders that the engine writes files in. There are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The engine's own state: `/run/nevado`.
    State,
    /// The target's root: [`TARGET_ROOT`](crate::plan::TARGET_ROOT).
    Target,
    /// An existing LUKS container, opened read-only to look into it: `/run/nevado/inside`.
    Inside,
    /// Rules for udev until the next boot: `/run/udev/rules.d`.
    UdevRules,
}

/// A file to write.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// In which folder.
    pub place: Place,
    /// Where below it; missing folders are made, with mode 0755.
    pub path: &'a Path,
    /// Permission bits.
    pub mode: u32,
    /// All of it.
    pub content: &'a [u8],
}

/// Bytes for a place on a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The distance from the beginning of the device.
    pub at: Bytes,
    /// What is written there.
    pub content: Vec<u8>,
}

/// A program that was started, or a disk that was claimed, until it is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Held(pub u32);

/// What the engine can do to the outside.
pub trait System {
    /// The present time.
    fn now(&self) -> SystemTime;

    /// Whether a program is in `PATH`.
    fn has_program(&mut self, name: &str) -> bool;

    /// Runs a command to its end and hands on each line as it comes; a cancel ends it.
    ///
    /// # Errors
    /// It could not be started, or did not end with exit code 0.
    fn run(
        &mut self,
        command: &Command,
        cancel: Option<&CancelToken>,
        on_line: &mut dyn FnMut(Stream, &str),
    ) -> Result<Output, CommandError>;

    /// Starts a command and leaves it running, once it has printed a line to say that it holds.
    ///
    /// # Errors
    /// It could not be started, or ended without printing anything.
    fn hold(&mut self, command: &Command) -> Result<Held, CommandError>;

    /// Takes a whole disk for the engine alone, until it is let go: nothing else can mount or claim it
    /// or a partition of it meanwhile (open(2), `O_EXCL`).
    ///
    /// # Errors
    /// Something uses the disk or a partition of it, or as the operating system has them.
    fn claim(&mut self, disk: &Path) -> io::Result<Held>;

    /// Ends what [`hold`](Self::hold) started and waits for its end, or gives up what
    /// [`claim`](Self::claim) took.
    ///
    /// # Errors
    /// It could not be ended.
    fn let_go(&mut self, held: Held) -> io::Result<()>;

    /// Looks at a whole disk afresh.
    fn probe_disk(&mut self, path: &Path) -> Fact<Disk>;

    /// Reads part of a device.
    ///
    /// # Errors
    /// As the operating system has them; reading beyond the end is one.
    fn read_device(&mut self, device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>>;

    /// Writes pieces to a device in this order, with the device locked against udev meanwhile, and
    /// returns when they are on the device.
    ///
    /// # Errors
    /// As the operating system has them.
    fn write_device(&mut self, device: &Path, pieces: &[Piece]) -> io::Result<()>;

    /// Reads a file of the running system, such as one in `/proc` or `/sys`.
    ///
    /// # Errors
    /// As the operating system has them.
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>>;

    /// The names in a folder of the running system, sorted.
    ///
    /// # Errors
    /// As the operating system has them.
    fn list(&mut self, folder: &Path) -> io::Result<Vec<String>>;

    /// Where a path of the running system leads, all links resolved.
    ///
    /// # Errors
    /// As the operating system has them.
    fn resolve(&mut self, path: &Path) -> io::Result<PathBuf>;

    /// Makes the folder that everything is mounted in, if it is missing.
    ///
    /// # Errors
    /// It can't be made, or is not a folder of root that everyone may read.
    fn prepare_target_root(&mut self) -> io::Result<()>;

    /// Makes a folder, and those above it, unless they are there.
    ///
    /// # Errors
    /// As the operating system has them; a link on the way is one.
    fn make_folder(&mut self, place: Place, path: &Path, mode: u32) -> io::Result<()>;

    /// Writes a file and returns when it is on the disk.
    ///
    /// # Errors
    /// As the operating system has them; a link on the way is one.
    fn write_file(&mut self, file: NewFile<'_>) -> io::Result<()>;

    /// Adds to the end of a file, which is made with mode 0600 if it is missing.
    ///
    /// # Errors
    /// As the operating system has them.
    fn append_file(&mut self, place: Place, path: &Path, content: &[u8]) -> io::Result<()>;

    /// Reads a file; links are followed as if the place were `/`.
    ///
    /// # Errors
    /// As the operating system has them.
    fn read_file(&mut self, place: Place, path: &Path) -> io::Result<Vec<u8>>;

    /// Where a link points to, as it is written in it.
    ///
    /// # Errors
    /// As the operating system has them.
    fn read_link(&mut self, place: Place, path: &Path) -> io::Result<PathBuf>;

    /// The names in a folder, sorted; links are followed as if the place were `/`.
    ///
    /// # Errors
    /// As the operating system has them.
    fn list_folder(&mut self, place: Place, path: &Path) -> io::Result<Vec<String>>;

    /// Whether something is there; links are followed as if the place were `/`.
    fn exists(&mut self, place: Place, path: &Path) -> bool;

    /// Removes a file, or a folder with all that is in it; links are not followed.
    ///
    /// # Errors
    /// As the operating system has them; a file system that is mounted there is one, and stays as it is.
    fn remove(&mut self, place: Place, path: &Path) -> io::Result<()>;

    /// Removes a file, and nothing but a file.
    ///
    /// # Errors
    /// As the operating system has them; a folder is one.
    fn remove_file(&mut self, place: Place, path: &Path) -> io::Result<()>;

    /// Writes everything that is still in memory to the disks.
    fn sync(&mut self);
}
