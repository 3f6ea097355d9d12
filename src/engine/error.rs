//! How a step fails.

use super::event::ErrorReport;
use super::password::CannotHash;
use super::table_image::TableError;
use crate::plan::Difference;
use crate::process::{CommandError, Ending, Output};
use std::io;
use std::path::{Path, PathBuf};

/// How a step fails.
#[derive(Debug, thiserror::Error)]
pub(super) enum StepError {
    /// A program failed.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// A program failed, and its error has been put into words.
    #[error("{message}")]
    Explained {
        /// What it means.
        message: String,
        /// The program.
        #[source]
        source: Box<CommandError>,
    },
    /// A file or device could not be used.
    #[error("cannot {what} {path}: {source}")]
    File {
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The disk is not the one that was confirmed.
    #[error("{0}; nothing has been changed: look at the disks again and make a new plan")]
    OtherDisk(#[from] Difference),
    /// The disk is not the one that the run began with.
    #[error(
        "{0}; this is not the disk that was looked at when the installation began, and it has not been \
         wiped: look at the disks again and make a new plan"
    )]
    Exchanged(Difference),
    /// The disk is not the one that an earlier attempt began to write.
    #[error("{0}; this is not the disk that was begun: begin anew with a new plan")]
    DiskSwapped(Difference),
    /// The partition table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A password.
    #[error(transparent)]
    Password(#[from] CannotHash),
    /// Somebody asked for it.
    #[error("it was stopped")]
    Stopped,
    /// Something is not as it must be.
    #[error("{0}")]
    Refused(String),
}

impl StepError {
    /// Something is not as it must be.
    pub(crate) fn refused<T>(why: impl Into<String>) -> Result<T, Self> {
        Err(Self::Refused(why.into()))
    }

    /// Whether somebody asked for it.
    pub(crate) const fn is_cancel(&self) -> bool {
        match self {
            Self::Command(error) => matches!(error.ending, Ending::Cancelled),
            Self::Stopped => true,
            _ => false,
        }
    }

    /// A program's failure, put into words; a cancel stays one.
    pub(crate) fn explained(self, words: impl FnOnce(&Output) -> String) -> Self {
        match self {
            Self::Command(source) if source.ending != Ending::Cancelled => Self::Explained {
                message: words(&source.output),
                source: Box::new(source),
            },
            other => other,
        }
    }

    /// For an event.
    pub(crate) fn report(&self) -> ErrorReport {
        let command = match self {
            Self::Command(error) => Some(error.report()),
            Self::Explained { source, .. } => Some(source.report()),
            _ => None,
        };
        ErrorReport {
            message: self.to_string(),
            command,
        }
    }
}

/// Says of an operating system's error what was tried on what.
pub(crate) trait OnPath<T> {
    /// `what` is a verb, as in "cannot read".
    fn on(self, what: &'static str, path: &Path) -> Result<T, StepError>;
}

impl<T> OnPath<T> for io::Result<T> {
    fn on(self, what: &'static str, path: &Path) -> Result<T, StepError> {
        self.map_err(|source| StepError::File {
            what,
            path: path.to_owned(),
            source,
        })
    }
}
