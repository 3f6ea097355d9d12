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
        keep_aside(folder, "journal", "jsonl")?;
        keep_aside(folder, "plan", "json")?;
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

/// How many earlier runs are kept: the folder lies in memory.
const KEPT: u32 = 3;

/// The file of an earlier run becomes `NAME.1.EXTENSION`, that one `NAME.2.EXTENSION`, and so on.
fn keep_aside(folder: &Path, name: &str, extension: &str) -> io::Result<()> {
    let numbered = |number: u32| match number {
        0 => folder.join(format!("{name}.{extension}")),
        n => folder.join(format!("{name}.{n}.{extension}")),
    };
    for number in (0..KEPT).rev() {
        match std::fs::rename(numbered(number), numbered(number + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// A new file with mode 0600.
fn fresh(path: &Path) -> io::Result<File> {
    File::options()
        .append(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_earlier_runs_are_kept_up_to_a_bound() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for run in 1..=5 {
            keep_aside(folder.path(), "plan", "json").unwrap();
            write!(fresh(&path("plan.json")).unwrap(), "{run}").unwrap();
        }
        let read = |name: &str| std::fs::read_to_string(path(name)).unwrap();
        assert_eq!(read("plan.json"), "5");
        assert_eq!(
            (1..=3)
                .map(|n| read(&format!("plan.{n}.json")))
                .collect::<String>(),
            "432"
        );
        assert!(!path("plan.4.json").exists());
    }
}
