//! What a real system would not forgive, the list of what was asked, and the point that fails.

use super::Scripted;
use crate::engine::command::{Command, CommandError, Ending, Output};
use crate::engine::system::Place;
use crate::storage::{KeptPartition, NewPartition};
use crate::units::{Bytes, Sectors};
use std::io;
use std::path::{Path, PathBuf};

impl Scripted {
    pub(super) fn is_in_new_partition(&self, from: Bytes, to: Bytes) -> bool {
        let table = &self.plan.disk.table;
        let is_in = |p: &NewPartition| {
            let start = p.start.bytes(table.sector_size);
            let end = Sectors(p.start.0 + p.length.0).bytes(table.sector_size);
            start <= from && to <= end
        };
        let is_added = |p: &KeptPartition| {
            let after = |length: Sectors| Sectors(p.start.0 + length.0).bytes(table.sector_size);
            after(p.old_length()) <= from && to <= after(p.length)
        };
        table.partitions.iter().any(is_in) || table.kept().iter().any(is_added)
    }

    pub(super) fn disk_name(&self) -> String {
        self.disk.name.clone()
    }

    /// Writes down what is asked; an error if this is the one that fails.
    pub(super) fn ask(&mut self, what: impl Into<String>) -> io::Result<()> {
        let number = self.asked.len();
        self.asked.push(what.into());
        let asked = self.asked.last().cloned().unwrap_or_default();
        if let Some((_, wait)) = self.gate.take_if(|(at, _)| asked.starts_with(*at)) {
            wait();
        }
        if let Some((_, happens)) = self.before.take_if(|(at, _)| asked.starts_with(*at)) {
            happens(self);
        }
        if let Some((at, token)) = &self.cancel_at
            && number >= *at
        {
            token.cancel();
        }
        match self.fail_at {
            Some(at) if at == number => Err(io::Error::other("planted failure")),
            _ => Ok(()),
        }
    }

    /// Whether a target is mounted there that takes writes.
    pub(super) fn check_write(&mut self, place: Place, path: &Path) {
        let root = self.mounts.iter().find(|(at, _)| at == Path::new("/mnt"));
        let writable = root.is_some_and(|(_, options)| !options.split(',').any(|o| o == "ro"));
        // Mount points are made in the root file system, which is mounted by then.
        if place == Place::Target && !writable {
            self.violations
                .push(format!("wrote {} with no target mounted", path.display()));
        }
    }

    /// An error, as the kernel has it, where something is damaged.
    pub(super) fn can_read(&self, (place, path): &(Place, PathBuf)) -> io::Result<()> {
        match *place == Place::Target && self.unreadable.contains(path) {
            true => Err(io::Error::from_raw_os_error(5)),
            false => Ok(()),
        }
    }

    pub(super) fn key(place: Place, path: &Path) -> (Place, PathBuf) {
        (place, path.strip_prefix("/").unwrap_or(path).to_owned())
    }

    /// Follows the links of the target, as one that is `/` would.
    pub(super) fn followed(&self, path: &Path) -> PathBuf {
        let mut path = Path::new("/").join(path);
        for _ in 0..4 {
            let link = self.links.iter().find(|(link, _)| path.starts_with(link));
            let Some((link, target)) = link else { break };
            let rest = path.strip_prefix(link).unwrap().to_owned();
            path = link.parent().unwrap().join(target).join(rest);
        }
        path.components().collect()
    }

    pub(in crate::engine) fn put(&mut self, path: &str, content: &[u8]) {
        let key = Self::key(Place::Target, Path::new(path));
        self.files.insert(key, content.to_vec());
    }

    pub(super) fn fails(&self, command: &Command, why: &str) -> CommandError {
        let output = Output {
            stdout: String::new(),
            stderr: why.to_owned(),
        };
        CommandError::new(command, Ending::Code(1), output)
    }
}
