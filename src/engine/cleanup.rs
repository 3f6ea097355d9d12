//! What was opened is written down, and closed in reverse: after success, failure and cancel alike.

use super::context::Context;
use super::error::StepError;
use super::system::{Held, Place};
use crate::process::Command;
use crate::storage::MapperName;
use std::path::PathBuf;

/// Something that has to be closed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// A file system mounted at this folder.
    Mount(PathBuf),
    /// An opened LUKS container.
    Mapper(MapperName),
    /// A program that goes on.
    Program(Held),
    /// A rule for udev.
    UdevRule(PathBuf),
    /// A folder for files that nobody needs afterwards.
    Scratch(Place, PathBuf),
}

/// Closes everything that is still open. What can't be closed becomes a warning: there is no way
/// back from here, and whoever reads it can still close it by hand.
pub(crate) fn close_all(context: &mut Context<'_>) {
    context.cancel = None;
    if !context.opened.is_empty() {
        // Gigabytes may still be in memory; umount has a time limit, this has none.
        context.system.sync();
    }
    while let Some(opened) = context.opened.pop() {
        close(context, opened);
    }
}

/// Closes what was opened last; if it can't be closed now, the end of the run tries again.
pub(crate) fn close_newest(context: &mut Context<'_>) -> Result<(), StepError> {
    let Some(opened) = context.opened.pop() else {
        return Ok(());
    };
    let result = match opened.command() {
        Some(command) => context.run(&command).map(drop),
        None => Ok(()),
    };
    if result.is_err() {
        context.opened.push(opened);
    }
    result
}

fn close(context: &mut Context<'_>, opened: Opened) {
    let result = match &opened {
        Opened::Mount(_) | Opened::Mapper(_) => match opened.command() {
            Some(command) => context.run(&command).map(drop),
            None => Ok(()),
        }
        .map_err(|error| error.to_string()),
        Opened::Program(held) => context
            .system
            .let_go(*held)
            .map_err(|error| error.to_string()),
        Opened::UdevRule(path) => context
            .system
            .remove(Place::UdevRules, path)
            .map_err(|error| error.to_string())
            .and_then(|()| {
                context
                    .run(&Command::new("udevadm").args(["control", "--reload"]))
                    .map(drop)
                    .map_err(|error| error.to_string())
            }),
        Opened::Scratch(place, path) => context
            .system
            .remove(*place, path)
            .map_err(|error| error.to_string()),
    };
    if let Err(error) = result {
        context.warn(format!("{} could not be closed: {error}", opened.words()));
    }
}

impl Opened {
    /// The program that closes it, if one does.
    pub(crate) fn command(&self) -> Option<Command> {
        match self {
            Self::Mount(at) => Some(Command::new("umount").arg(at.as_os_str())),
            Self::Mapper(name) => Some(Command::new("cryptsetup").args(["close", name.as_str()])),
            Self::Program(_) | Self::UdevRule(_) | Self::Scratch(..) => None,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Mount(at) => format!("the file system at {}", at.display()),
            Self::Mapper(name) => format!("the encrypted {name}"),
            Self::Program(_) => "the lock against sleep".to_owned(),
            Self::UdevRule(_) => "the rule against automatic mounts".to_owned(),
            Self::Scratch(_, path) => format!("the folder {}", path.display()),
        }
    }
}
