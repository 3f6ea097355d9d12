//! `nevado install`: from a preset file to an installed system.

use super::InstallArgs;
use super::check::Findings;
use super::inputs::{self, PresetFile, Stop};
use super::{confirm, containers, evaluation, front, passwords, recovery_key};
use crate::engine::protocol::Request;
use crate::machine::Machine;
use crate::plan::{DiskIdentity, Plan, Severity, chosen_disks, kept_containers};
use crate::process::forbid_core_files;
use anyhow::{Context, anyhow};

/// Installs as the preset says.
pub(super) fn run(args: &InstallArgs) -> Result<(), Stop> {
    forbid_core_files().context("core files could not be forbidden")?;
    let file = inputs::preset(&args.preset)?;
    let recorded = args.machine.as_deref().map(inputs::machine).transpose()?;
    if !rustix::process::geteuid().is_root() {
        return Err(Stop::failed(anyhow!(
            "an installation writes to disks, which only root may do; run it with sudo"
        )));
    }
    passwords::refuse_without_terminal(&file.preset)?;
    recovery_key::refuse_without_terminal(&file.preset)?;
    front::refuse_if_busy()?;
    let mut machine = inputs::this_machine(&file.preset);
    let seed = inputs::seed(args.seed)?;
    // What is in a container that stays has to be known before there is a plan.
    let early = match kept_containers(&machine, &file.preset).is_empty() {
        true => None,
        false => passwords::passphrase(&file.preset)?,
    };
    containers::unlock(&file, &mut machine, early.as_ref())?;
    let plan = file.resolve(&machine, seed)?;
    if let Some(recorded) = recorded {
        let disks = chosen_disks(&recorded, &file.preset)
            .map_err(|problems| Stop::Findings(Findings::of_problems(&file, &problems)))?;
        for (disk, planned) in disks.into_iter().zip(plan.disks()) {
            same_disk(&DiskIdentity::of(disk), &planned.identity)?;
        }
    }
    show(&file, &machine, &plan)?;
    if !args.yes {
        confirm::ask(&plan)?;
    }
    let passphrase = match early {
        Some(known) => Some(known),
        None => passwords::passphrase(&file.preset)?,
    };
    let mut secrets = passwords::gather(&file.preset, passphrase)?;
    // A key is given out only where an engine is there to take it.
    let mut engine = front::connect()?;
    let (key, key_file) = recovery_key::hand_out(&file.preset)?;
    secrets.recovery_key = key;
    let plan = Box::new(plan);
    front::hand_over(&mut engine, &Request::Run { plan, secrets }, key_file)?;
    let ask = !args.yes && !args.json && confirm::somebody_is_there();
    front::install(engine, args.json, ask)
}

/// Shows what will be lost, fetched and built; refuses what can't come to a good end.
fn show(file: &PresetFile, machine: &Machine, plan: &Plan) -> Result<(), Stop> {
    super::tell("Looking at network, clock and power, and asking Nix what has to be fetched…");
    let mut problems = evaluation::preflight(machine, plan)?;
    let (forecast, found) = evaluation::forecast(plan)?;
    problems.extend(found);
    if problems.iter().any(|p| p.severity == Severity::Error) {
        return Err(Stop::Findings(Findings::of_problems(file, &problems)));
    }
    super::tell(confirm::summary(plan).trim_end());
    problems.iter().for_each(super::tell);
    super::tell(format_args!("Forecast: {forecast}"));
    Ok(())
}

/// Refuses unless the disk that was chosen here is the one that the recorded machine has.
fn same_disk(recorded: &DiskIdentity, here: &DiskIdentity) -> Result<(), Stop> {
    recorded.check(here).map_err(|difference| {
        Stop::OtherMachine(format!(
            "this is not the recorded machine, or its disk has changed: {difference}\n\
             Nothing was changed. If this disk may be written to, record the machine again with \
             `nevado probe`."
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Fact;
    use crate::plan::{Seed, resolve};

    fn disk(change: impl FnOnce(&mut crate::machine::Disk)) -> DiskIdentity {
        let text = include_str!("../../tests/machines/windows-laptop.json");
        let mut machine: Machine = serde_json::from_str(text).unwrap();
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("this machine has disks");
        };
        change(disks.first_mut().unwrap());
        let text = "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n";
        let preset = crate::preset::read(text, "test").unwrap();
        resolve(&machine, &preset, Seed::new([1; 32]))
            .unwrap()
            .disk
            .identity
    }

    #[test]
    fn another_disk_than_the_recorded_one_is_refused_with_the_difference() {
        let recorded = disk(|_| {});
        // The kernel may call the same disk differently in another boot.
        assert!(same_disk(&recorded, &disk(|disk| disk.path = "/dev/nvme7n1".into())).is_ok());
        let other = disk(|disk| disk.serial = Some("ANOTHER".to_owned()));
        match same_disk(&recorded, &other) {
            Err(Stop::OtherMachine(text)) => assert!(
                text.contains("the serial number of") && text.contains("is ANOTHER now"),
                "{text}"
            ),
            other => panic!("{other:?}"),
        }
        let smaller = disk(|disk| disk.size.0 -= 1 << 20);
        assert!(same_disk(&recorded, &smaller).is_err());
    }
}
