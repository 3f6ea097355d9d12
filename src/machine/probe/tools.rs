//! The tools of file systems, run on this computer to measure what is on its disks.

use crate::machine::shrink::{self, Tools};
use crate::machine::{Content, Disk, Fact, Machine, Shrink, Table};
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
}

/// Measures every file system of `machine` that a tool can be asked about; the facts go into
/// [`FileSystem::shrink`](crate::machine::FileSystem::shrink). It needs root, and takes minutes where
/// there is a large NTFS.
pub fn measure_all(machine: &mut Machine, tools: &mut dyn Tools) {
    let measured = measurable(machine).into_iter().filter_map(|device| {
        let found = shrink::measure(machine.region(&device)?, &device, tools);
        Some((device, found))
    });
    for (device, found) in measured.collect::<Vec<_>>() {
        note(machine, &device, found);
    }
}

/// The device nodes of all file systems that a tool can be asked about.
fn measurable(machine: &Machine) -> Vec<PathBuf> {
    let disks = machine.disks.known().map(Vec::as_slice).unwrap_or_default();
    let nodes = disks.iter().flat_map(|disk| {
        let partitions = disk.partitions().iter().map(|partition| &partition.path);
        partitions.chain([&disk.path])
    });
    let is_measurable = |node: &&PathBuf| {
        let region = machine.region(node);
        let found = region.as_ref().and_then(|region| region.file_system());
        found.is_some_and(|found| shrink::can_be_asked(&found.kind))
    };
    nodes.filter(is_measurable).cloned().collect()
}

/// Writes down what was measured at a device node.
fn note(machine: &mut Machine, device: &Path, found: Shrink) {
    let Fact::Known(disks) = &mut machine.disks else {
        return;
    };
    let contents = disks.iter_mut().filter_map(|disk| content_at(disk, device));
    for content in contents {
        if let Content::Formatted(file_system) = content {
            file_system.shrink = Some(found.clone());
        }
    }
}

fn content_at<'a>(disk: &'a mut Disk, device: &Path) -> Option<&'a mut Content> {
    match &mut disk.table {
        Fact::Known(Table::Whole { content }) if disk.path == device => Some(content),
        Fact::Known(Table::Partitioned { partitions, .. }) => {
            let found = partitions.iter_mut().find(|p| p.path == device)?;
            Some(&mut found.content)
        }
        _ => None,
    }
}
