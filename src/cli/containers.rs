//! Looks into the encrypted containers that a preset unlocks, by way of the engine; read-only.

use super::check::Findings;
use super::front;
use super::inputs::{PresetFile, Stop};
use crate::machine::Machine;
use crate::plan::kept_containers;
use crate::secret::Secret;

/// Writes down what is in each of them. Without a passphrase nothing is looked into, and the plan says
/// what is missing.
///
/// # Errors
/// One can't be opened: what stands in the way, at its field.
pub(super) fn unlock(
    file: &PresetFile,
    machine: &mut Machine,
    passphrase: Option<&Secret>,
) -> Result<(), Stop> {
    let containers = kept_containers(machine, &file.preset);
    let Some(passphrase) = passphrase.filter(|_| !containers.is_empty()) else {
        return Ok(());
    };
    super::tell("Looking into what stays encrypted…");
    let mut problems = Vec::new();
    for container in containers {
        let found = front::unlock(&container.device, passphrase)?;
        problems.extend(container.note(machine, found).err());
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Stop::Findings(Findings::of_problems(file, &problems))),
    }
}
