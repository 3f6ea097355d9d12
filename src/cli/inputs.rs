//! What a command works on: files, this computer, a seed; and how a command ends early.

use super::check::Findings;
use super::{containers, passwords};
use crate::machine::probe::{Here, Roots, measure, probe as probe_machine};
use crate::machine::{self, Content, Disk, Fact, Installed, Machine, Partition};
use crate::plan::{Plan, Problems, Seed, chosen_disks, kept_containers, resolve};
use crate::preset::{self, Layout, Preset};
use anyhow::{Context, Result, anyhow};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use zeroize::Zeroizing;

/// Why a command ends without having done what it was asked for.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something did not work.
    Failed(anyhow::Error),
    /// The preset has mistakes, or does not go together with the machine.
    Findings(Findings),
    /// This is not the machine that was meant.
    OtherMachine(String),
    /// The person said no, or stopped it.
    Cancelled(String),
    /// Already told; only the exit code is left.
    Told(u8),
}

impl Stop {
    pub(super) const fn failed(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }

    /// Tells standard error why.
    pub(super) fn report(&self) {
        match self {
            Self::Failed(error) => super::tell(format_args!("nevado: {}", told(error))),
            Self::Findings(findings) => super::tell(findings),
            Self::Cancelled(reason) | Self::OtherMachine(reason) => {
                super::tell(format_args!("nevado: {reason}"))
            }
            Self::Told(_) => {}
        }
    }

    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Told(code) => *code,
            Self::Failed(_) => super::FAILED,
            Self::Findings(_) | Self::OtherMachine(_) => super::NOT_INSTALLABLE,
            Self::Cancelled(_) => super::CANCELLED,
        })
    }
}

/// An error with its causes, each told once: some errors tell their cause themselves.
fn told(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |text, cause| {
        let cause = cause.to_string();
        match text.is_empty() {
            true => cause,
            false if text.contains(&cause) => text,
            false => format!("{text}: {cause}"),
        }
    })
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// A preset with the text that it was read from, to point into.
pub(super) struct PresetFile {
    /// As it was given on the command line.
    pub(super) name: String,
    /// May hold passwords.
    pub(super) text: Zeroizing<String>,
    pub(super) preset: Preset,
}

impl PresetFile {
    /// The plan for this preset on a machine.
    pub(super) fn resolve(&self, machine: &Machine, seed: Seed) -> Result<Plan, Stop> {
        resolve(machine, &self.preset, seed)
            .map_err(|Problems(problems)| Stop::Findings(Findings::of_problems(self, &problems)))
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()))
}

/// The name and the text of a preset file.
pub(super) fn preset_text(path: &Path) -> Result<(String, Zeroizing<String>)> {
    let name = path.to_string_lossy().into_owned();
    Ok((name, Zeroizing::new(read(path)?)))
}

/// Reads a preset file.
pub(super) fn preset(path: &Path) -> Result<PresetFile, Stop> {
    let (name, text) = preset_text(path)?;
    let preset = preset::read(&text, &name)
        .map_err(|error| Stop::Findings(Findings::of_mistakes(&name, &error)))?;
    Ok(PresetFile { name, text, preset })
}

/// This computer, as far as the preset needs to know it: file systems are only measured where one is to become
/// smaller, and on its disk, since it takes its time; and the drives of each Windows where something that it may
/// have mounted is touched, since that tells whether it sleeps.
pub(super) fn this_machine(preset: &Preset) -> Machine {
    let mut machine = probe(None);
    let mut nodes = drives_of_windows(&machine, preset);
    if preset.disk.makes_smaller() {
        let disks = chosen_disks(&machine, preset).unwrap_or_default();
        nodes.extend(disks.into_iter().flat_map(Disk::measurable).cloned());
    }
    if !nodes.is_empty() {
        super::tell("Looking at the file systems that are there…");
        measure(&mut machine, nodes.into_iter().collect(), &mut Here);
    }
    machine
}

/// The device nodes of drives with a Windows; none where nothing is touched that it could know.
fn drives_of_windows(machine: &Machine, preset: &Preset) -> BTreeSet<PathBuf> {
    if preset.disk.layout == Some(Layout::Free) {
        return BTreeSet::new();
    }
    let is_windows = |p: &&Partition| match &p.content {
        Content::Formatted(found) => found.installed == Some(Installed::Windows),
        Content::Blank | Content::Unknown(_) => false,
    };
    let disks = machine.disks.known().into_iter().flatten();
    let drives = disks.flat_map(Disk::partitions).filter(is_windows);
    drives.map(|p| p.path.clone()).collect()
}

/// A recorded machine, or this computer if none is given; what the preset unlocks is looked into if root
/// asks and nobody has to be asked for the passphrase.
pub(super) fn machine_or_this_one(
    recorded: Option<&Path>,
    file: &PresetFile,
) -> Result<Machine, Stop> {
    if let Some(recorded) = recorded {
        return Ok(machine(recorded)?);
    }
    let mut machine = this_machine(&file.preset);
    let is_root = rustix::process::geteuid().is_root();
    if is_root && !kept_containers(&machine, &file.preset).is_empty() {
        let passphrase = passwords::known_passphrase(&file.preset)?;
        containers::unlock(file, &mut machine, passphrase.as_ref())?;
    }
    Ok(machine)
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
    let Some(root) = root else {
        let mut machine = probe_machine(&Roots::live());
        machine.find_home_folders(&mut Here);
        machine.find_subvolumes(&mut Here);
        // Whose root is in a subvolume is looked for in those that were found.
        machine.find_systems(&mut Here);
        return machine;
    };
    probe_machine(&Roots::recorded(root))
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
    // Home folders are no part of what a disk is known by, and to look for them takes its time.
    match probe_machine(&Roots::live()).disks {
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
