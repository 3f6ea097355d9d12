//! What a command works on: files, this computer, a seed; and how a command ends early.

use crate::machine::probe::{Roots, probe as probe_machine};
use crate::machine::{self, Disk, Fact, Machine};
use crate::plan::{Problems, Seed};
use crate::preset::{self, Preset};
use anyhow::{Context, Result, anyhow};
use serde::Serialize;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Why a command ends without having done what it was asked for.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something did not work.
    Failed(anyhow::Error),
    /// Machine and preset don't go together.
    Problems(Problems),
    /// The person said no, or stopped it.
    Cancelled(String),
    /// Already told as an event; only the exit code is left.
    Told,
}

impl Stop {
    pub(super) const fn failed(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }

    /// Tells standard error why.
    pub(super) fn report(&self) {
        match self {
            Self::Failed(error) => eprintln!("nevado: {error:#}"),
            Self::Problems(problems) => eprintln!("{problems}"),
            Self::Cancelled(reason) => eprintln!("nevado: {reason}"),
            Self::Told => {}
        }
    }

    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Failed(_) | Self::Told => 1,
            Self::Problems(_) => 3,
            Self::Cancelled(_) => 4,
        })
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Problems> for Stop {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()))
}

/// Reads a preset file.
pub(super) fn preset(path: &Path) -> Result<Preset> {
    Ok(preset::read(&read(path)?, &path.to_string_lossy())?)
}

/// Reads a recorded machine.
pub(super) fn machine(path: &Path) -> Result<Machine> {
    let machine: Machine = serde_json::from_str(&read(path)?)
        .with_context(|| format!("{} is not the output of `nevado probe`", path.display()))?;
    if machine.format == machine::FORMAT {
        Ok(machine)
    } else {
        Err(anyhow!(
            "{} has format {}, and this Nevado reads format {}",
            path.display(),
            machine.format,
            machine::FORMAT
        ))
    }
}

/// Looks at this computer, or at a recorded tree.
pub(super) fn probe(root: Option<&Path>) -> Machine {
    probe_machine(&root.map_or_else(Roots::live, Roots::recorded))
}

/// The given seed, or one drawn from the operating system.
pub(super) fn seed(given: Option<Seed>) -> Result<Seed> {
    if let Some(seed) = given {
        return Ok(seed);
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow!("the operating system gave no random numbers: {error}"))?;
    Ok(Seed::new(bytes))
}

/// Readable JSON.
pub(super) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string_pretty(value).context("the result could not be written as JSON")
}

/// One disk as it is now, for the engine's last look before the first write.
pub(super) fn probe_disk(path: &Path) -> Fact<Disk> {
    match probe(None).disks {
        Fact::Unknown(reason) => Fact::Unknown(reason),
        Fact::Known(disks) => disks
            .into_iter()
            .find(|disk| disk.path == path)
            .map_or_else(
                || Fact::Unknown(format!("{} is gone", path.display())),
                Fact::Known,
            ),
    }
}
