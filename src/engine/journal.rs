//! What happened, on the live system: `journal.jsonl`, and the plan beside it.

use super::event::Event;
use crate::plan::Plan;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// An append-only file of events, readable by root alone.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Begins a new journal in `folder` and writes the plan beside it.
    ///
    /// # Errors
    /// As the operating system has them.
    pub(super) fn create(folder: &Path, plan: &Plan) -> io::Result<Self> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let text = serde_json::to_string_pretty(plan)?;
        fresh(&folder.join("plan.json"))?.write_all(text.as_bytes())?;
        let path = folder.join("journal.jsonl");
        let file = fresh(&path)?;
        Ok(Self { path, file })
    }

    /// Goes on with the journal that [`create`](Self::create) began in `folder`.
    ///
    /// # Errors
    /// As the operating system has them.
    pub(super) fn go_on(folder: &Path) -> io::Result<Self> {
        let path = folder.join("journal.jsonl");
        let file = File::options().append(true).open(&path)?;
        Ok(Self { path, file })
    }

    /// Adds an event.
    ///
    /// # Errors
    /// As the operating system has them.
    pub(super) fn record(&mut self, event: &Event) -> io::Result<()> {
        let mut line = serde_json::to_string(event)?;
        line.push('\n');
        self.file.write_all(line.as_bytes())
    }

    /// All of it, so far.
    ///
    /// # Errors
    /// As the operating system has them.
    pub(super) fn so_far(&self) -> io::Result<Vec<u8>> {
        std::fs::read(&self.path)
    }
}

/// A new file with mode 0600 in the place of an old one.
fn fresh(path: &Path) -> io::Result<File> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    File::options()
        .append(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}
