//! From a machine and a preset to a plan, or to the problems between the two.

mod contents;
mod files;
mod present;
mod steps;

use super::problem::{Problem, ProblemId, Severity};
use super::step::{Action, Step, TargetFile};
use super::{DiskIdentity, FORMAT, Plan, checks, disk_choice, driver_checks, losses};
use crate::identifiers::{Identifiers, Seed};
use crate::machine::{Disk, Machine, Nixpkgs};
use crate::nixos;
use crate::preset::{Choices, Decision, Origin, Preset, Release};
use crate::storage::{self, Contents, NewTable};
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

/// The files of `/etc/nixos` as they stand, even while errors remain; nothing if they can't be
/// written at all, for want of a disk or of nixpkgs. For looking at, never for installing.
pub fn preview(machine: &Machine, preset: &Preset, seed: Seed) -> Option<Vec<TargetFile>> {
    let plan = draft(machine, preset).0?.plan(seed, Vec::new()).ok()?;
    plan.steps.into_iter().find_map(|step| match step.action {
        Action::WriteFiles { files } => Some(files),
        _ => None,
    })
}

/// What a plan is made from, as far as it is there, and every problem.
fn draft<'a>(machine: &'a Machine, preset: &'a Preset) -> (Option<Draft<'a>>, Vec<Problem>) {
    let medium = machine.medium.nixpkgs.known();
    let release = medium.and_then(|found| found.release.parse::<Release>().ok());
    let mut problems = checks::machine(machine);
    problems.extend(checks::preset(preset, release.as_ref()));
    problems.extend(driver_checks::check(machine, preset));
    let contents = contents::contents(machine, preset)
        .map_err(|problem| problems.push(problem))
        .ok();
    let needed = storage::disk_minimum(contents.map_or(Bytes(0), |contents| contents.minimum()));
    let disk = match disk_choice::choose(machine, &preset.disk.choose, needed) {
        Ok(disk) => {
            problems.extend(checks::disk(disk, machine.firmware.known()));
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
    fn plan(&self, seed: Seed, warnings: Vec<Problem>) -> Result<Plan, Problem> {
        let mut ids = Identifiers::new(seed, present::identifiers(self.machine));
        let nonce = ids.nonce();
        let table = self.table(&mut ids)?;
        let volumes = storage::volumes(&self.contents, &table, &mut ids)
            .map_err(|error| internal(&error.to_string()))?;
        let (choices, mut decisions) = Choices::new(self.preset, &self.release)
            .ok_or_else(|| internal("a default has lost its form"))?;
        let additions = nixos::keyboard_additions(&choices).into_iter();
        decisions.extend(additions.map(|(field, value)| Decision {
            field: field.to_owned(),
            value,
            origin: Origin::Default,
        }));
        let files = self.files(&choices, &volumes)?;
        let steps = self.steps(&table, &volumes, files);
        Ok(Plan {
            format: FORMAT,
            nonce,
            architecture: self.machine.architecture,
            nixpkgs: self.nixpkgs.clone(),
            disk: DiskIdentity::of(self.disk),
            table,
            losses: losses::of(self.disk),
            decisions,
            warnings,
            steps: (1..)
                .zip(steps)
                .map(|(number, action)| Step { number, action })
                .collect(),
        })
    }

    fn table(&self, ids: &mut Identifiers) -> Result<NewTable, Problem> {
        let disk = self.disk;
        storage::erase(
            disk.size,
            disk.sectors.logical,
            &self.contents.needs(),
            || ids.uuid(),
        )
        .map_err(|too_small| Problem {
            id: ProblemId::DiskTooSmall,
            severity: Severity::Error,
            field: "disk.choose".to_owned(),
            message: too_small.to_string(),
            mend: "Choose a larger disk.".to_owned(),
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
