//! `Measure`: the tools of file systems, run as the engine runs every program.

use super::system::{Place, System};
use crate::machine::shrink::{Copied, Tools};
use crate::process::{CancelToken, Command, CommandError, Output};
use crate::units::Bytes;
use std::io;
use std::path::Path;

/// The folder of the engine's state that files are copied into, to be read.
const COPIED: &str = "copied";

/// What measuring needs, of a system, and what ends it early.
pub(super) struct ToolsOf<'a, S: System + ?Sized>(
    pub(super) &'a mut S,
    pub(super) Option<&'a CancelToken>,
);

impl<S: System + ?Sized> Tools for ToolsOf<'_, S> {
    fn run(&mut self, command: &Command) -> Result<Output, CommandError> {
        self.0.run(command, self.1, &mut |_, _| {})
    }

    fn read(&mut self, device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
        self.0.read_device(device, at, length)
    }

    fn copied(&mut self, command: &Command, files: &[&Path]) -> Option<Copied> {
        let folder = Path::new(COPIED);
        // What a killed engine left there.
        self.0.remove(Place::State, folder).ok();
        self.0.make_folder(Place::State, folder, 0o700).ok()?;
        let path = Path::new(super::STATE_FOLDER).join(folder);
        let ran = self.run(&command.clone().arg(path.as_os_str()));
        let read = |file: &&Path| {
            let content = self.0.read_file(Place::State, &folder.join(file)).ok()?;
            Some((file.to_path_buf(), content))
        };
        let read = ran.ok().map(|_| files.iter().filter_map(read).collect());
        self.0.remove(Place::State, folder).ok();
        read
    }
}
