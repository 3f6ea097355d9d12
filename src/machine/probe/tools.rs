//! The tools of file systems, run on this computer to measure what is on its disks.

use crate::machine::shrink::{self, Copied, Tools};
use crate::machine::{Disk, Machine};
use crate::process::{self, Command, CommandError, Output};
use crate::units::Bytes;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// The tools that are here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Here;

impl Tools for Here {
    fn run(&mut self, command: &Command) -> Result<Output, CommandError> {
        process::run(command, None, &mut |_, _| {})
    }

    fn read(&mut self, device: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
        let mut content = vec![0; usize::try_from(length.0).map_err(io::Error::other)?];
        File::open(device)?.read_exact_at(&mut content, at.0)?;
        Ok(content)
    }

    fn copied(&mut self, command: &Command, files: &[&Path]) -> Option<Copied> {
        let folder = tempfile::tempdir().ok()?;
        self.run(&command.clone().arg(folder.path())).ok()?;
        let read = |file: &&Path| {
            let content = std::fs::read(folder.path().join(file)).ok()?;
            Some((file.to_path_buf(), content))
        };
        Some(files.iter().filter_map(read).collect())
    }
}

/// Measures every file system of `machine` that a tool can be asked about; the facts go into
/// [`FileSystem::shrink`](crate::machine::FileSystem::shrink). It needs root, and takes minutes where
/// there is a large NTFS.
pub fn measure_all(machine: &mut Machine, tools: &mut dyn Tools) {
    let disks = machine.disks.known().into_iter().flatten();
    let nodes: Vec<PathBuf> = disks.flat_map(Disk::measurable).cloned().collect();
    measure(machine, nodes, tools);
}

/// The same for the file systems behind these device nodes.
pub fn measure(machine: &mut Machine, nodes: Vec<PathBuf>, tools: &mut dyn Tools) {
    let measured = nodes.into_iter().filter_map(|device| {
        let found = shrink::measure(machine.region(&device)?, &device, tools);
        Some((device, found))
    });
    for (device, found) in measured.collect::<Vec<_>>() {
        machine.note_shrink(&device, &found);
    }
}
