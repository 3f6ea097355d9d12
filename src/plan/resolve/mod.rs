//! From a machine and a preset to a plan, or to the problems between the two.

pub(super) mod contents;
mod files;
mod loader;
mod present;
mod steps;

use super::problem::{Problem, ProblemId, Severity};
use super::step::Step;
use super::{
    DiskIdentity, FORMAT, Plan, PlannedDisk, checks, disk_choice, driver_checks, firmware_checks,
    layout, medium_checks,
};
use crate::identifiers::{Identifiers, Seed};
use crate::machine::{Disk, Machine, Nixpkgs};
use crate::nixos;
use crate::preset::{Choices, Decision, Layout, Origin, Preset, Release};
use crate::storage::{self, BadVolume, Contents, KeptVolume};
use crate::units::Bytes;

/// The errors that keep a preset from being installed, and the warnings beside them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Problems(pub Vec<Problem>);

/// Decides everything about an installation.
///
/// Pure, and the same for the same inputs: the wizard calls it after every change.
///
/// # Errors
/// All problems that can be told at once, at least one of them an error.
pub fn resolve(machine: &Machine, preset: &Preset, seed: Seed) -> Result<Plan, Problems> {
    let (draft, problems) = draft(machine, preset);
    let blocked = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    let (Some(draft), false) = (draft, blocked) else {
        return Err(Problems(problems));
    };
    draft
        .plan(seed, problems)
        .map_err(|problem| Problems(vec![problem]))
}

/// The plan as it stands, even while errors remain; nothing if there can't be one at all, for want
/// of a disk or of nixpkgs. For looking at, never for installing.
pub fn outline(machine: &Machine, preset: &Preset, seed: Seed) -> Option<Plan> {
    draft(machine, preset).0?.plan(seed, Vec::new()).ok()
}

/// The disk that the preset means on this machine, whatever else stands in the way of a plan.
///
/// # Errors
/// None, several, or one that must not be written to.
pub fn chosen_disk<'a>(machine: &'a Machine, preset: &Preset) -> Result<&'a Disk, Problem> {
    let contents = contents::contents(machine, preset).ok();
    let needed = needed(preset, contents.as_ref());
    disk_choice::choose(machine, &preset.disk.choose, needed)
}

/// How large a disk must be at least to be the one that is meant.
pub(super) fn needed(preset: &Preset, contents: Option<&Contents>) -> Bytes {
    match preset.disk.layout.unwrap_or(Layout::Erase) {
        Layout::Erase => storage::disk_minimum(contents.map_or(Bytes(0), Contents::minimum)),
        // What stays takes room besides: whether the rest is enough is a matter of the layout.
        Layout::Alongside | Layout::Free | Layout::Replace | Layout::KeepHome => Bytes(0),
    }
}

/// What a plan is made from, as far as it is there, and every problem.
fn draft<'a>(machine: &'a Machine, preset: &'a Preset) -> (Option<Draft<'a>>, Vec<Problem>) {
    let medium = machine.medium.nixpkgs.known();
    let release = medium.and_then(|found| found.release.parse::<Release>().ok());
    let mut problems = firmware_checks::check(machine);
    problems.extend(medium_checks::check(machine, preset));
    problems.extend(checks::preset(preset, release.as_ref()));
    problems.extend(driver_checks::check(machine, preset));
    let contents = contents::contents(machine, preset)
        .map_err(|problem| problems.push(problem))
        .ok();
    let needed = needed(preset, contents.as_ref());
    let disk = match disk_choice::choose(machine, &preset.disk.choose, needed) {
        Ok(disk) => {
            let firmware = machine.firmware.known();
            problems.extend(checks::disk(disk, firmware, &preset.disk));
            Some(disk)
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let (Some(disk), Some(contents), Some(nixpkgs), Some(release)) =
        (disk, contents, medium, release)
    else {
        return (None, problems);
    };
    let draft = Draft {
        machine,
        preset,
        disk,
        nixpkgs,
        release,
        contents: Contents {
            discards: !disk.rotational,
            ..contents
        },
    };
    (Some(draft), problems)
}

/// Everything that a plan is made from, once nothing stands in its way.
struct Draft<'a> {
    machine: &'a Machine,
    preset: &'a Preset,
    disk: &'a Disk,
    nixpkgs: &'a Nixpkgs,
    release: Release,
    contents: Contents,
}

impl Draft<'_> {
    fn plan(&self, seed: Seed, mut warnings: Vec<Problem>) -> Result<Plan, Problem> {
        let mut ids = Identifiers::new(seed, present::identifiers(self.machine));
        let nonce = ids.nonce();
        let request = layout::Request {
            machine: self.machine,
            disk: self.disk,
            preset: &self.preset.disk,
            contents: &self.contents,
        };
        let placed = request.place(|| ids.uuid())?;
        warnings.extend(placed.warnings);
        let table = placed.table;
        let defect = |error: BadVolume| internal(&error.to_string());
        let esp = placed.esp.as_ref().map(KeptVolume::esp).transpose();
        let home = placed.home.as_ref().map(KeptVolume::home).transpose();
        let kept = esp.and_then(|esp| Ok([esp.flatten(), home?.flatten()]));
        let kept = kept.map_err(|error| defect(error.into()))?;
        let kept: Vec<KeptVolume> = kept.into_iter().flatten().collect();
        let esp = placed.esp.map(|esp| esp.good_for());
        let volumes = storage::volumes(&self.contents, &table, &mut ids).map_err(defect)?;
        let (choices, mut decisions) = Choices::new(self.preset, &self.release)
            .ok_or_else(|| internal("a default has lost its form"))?;
        let additions = nixos::keyboard_additions(&choices).into_iter();
        decisions.extend(additions.map(|(field, value)| Decision {
            field: field.to_owned(),
            value,
            origin: Origin::Default,
        }));
        let windows_stays = firmware_checks::windows_stays(self.machine, self.disk, &table);
        settle_clock(&mut decisions, windows_stays);
        let files = self.files(&choices, &table, &volumes, &kept, esp, windows_stays)?;
        let (smaller, shrunk) = placed.smaller.unzip();
        let disk = PlannedDisk {
            identity: DiskIdentity::of(self.disk),
            table,
            losses: placed.losses,
            shrunk: shrunk.into_iter().collect(),
        };
        let disks = [disk];
        let smaller = smaller.into_iter().collect();
        let steps = self.steps(&choices, &disks, &volumes, &kept, smaller, files);
        let [disk] = disks;
        Ok(Plan {
            format: FORMAT,
            nonce,
            architecture: self.machine.architecture,
            nixpkgs: self.nixpkgs.clone(),
            install: self.preset.install.clone(),
            disk,
            others: Vec::new(),
            decisions,
            warnings,
            steps: (1..)
                .zip(steps)
                .map(|(number, action)| Step { number, action })
                .collect(),
        })
    }
}

/// A defect of the program, told as a problem so that nobody is left with a crash.
fn internal(message: &str) -> Problem {
    Problem {
        id: ProblemId::Defect,
        severity: Severity::Error,
        field: String::new(),
        message: format!("Nevado could not write the configuration: {message}"),
        mend: "This is a defect of Nevado; please report it with your preset.".to_owned(),
    }
}

/// Says which clock it is, where the preset is silent.
fn settle_clock(decisions: &mut [Decision], windows_stays: bool) {
    let silent =
        |d: &&mut Decision| d.field == "locale.hardware_clock" && d.origin == Origin::Default;
    if let Some(decision) = decisions.iter_mut().find(silent) {
        decision.value = match windows_stays {
            true => "local time, as the Windows that stays has it".to_owned(),
            false => "UTC".to_owned(),
        };
    }
}
