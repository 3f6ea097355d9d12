//! From a machine and a preset to a plan, or to the problems between the two.

pub(super) mod contents;
mod files;
mod loader;
mod people;
mod steps;

use super::disk_choice::Needed;
use super::gone::Gone;
use super::problem::{Problem, ProblemId, Severity};
use super::step::Step;
use super::{Detail, Details, Survey};
use super::{
    FORMAT, Plan, checks, disk_choice, driver_checks, firmware_checks, layout, left_behind,
    medium_checks, spanning, wired_checks,
};
use crate::identifiers::{Identifiers, Seed};
use crate::machine::{Disk, Machine, Nixpkgs};
use crate::nixos;
use crate::preset::{BootLoader, Choices, Decision, Layout, Origin, Preset, Release};
use crate::storage::{self, Contents, NewTable, PartitionId, Start, VolumeContent};
use crate::units::Bytes;

/// The errors that keep a preset from being installed, and the warnings beside them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Problems(pub Vec<Problem>);

/// Decides everything about an installation.
///
/// Pure, and the same for the same inputs. The wizard, which has a [`Survey`] already, calls
/// [`resolve_or_outline`] after every change.
///
/// # Errors
/// All problems that can be told at once, at least one of them an error.
pub fn resolve(machine: &Machine, preset: &Preset, seed: Seed) -> Result<Plan, Problems> {
    let survey = Survey::of(machine);
    let (draft, problems) = draft(&survey, preset);
    let (Some(draft), false) = (draft, are_in_the_way(&problems)) else {
        return Err(Problems(problems));
    };
    draft.plan(seed, problems).map_err(Problems)
}

fn are_in_the_way(problems: &[Problem]) -> bool {
    let mut severities = problems.iter().map(|problem| problem.severity);
    severities.any(|severity| severity == Severity::Error)
}

/// Why there is no plan, and what can be seen of it all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// What [`resolve`] says.
    pub problems: Vec<Problem>,
    /// What [`outline`] gives.
    pub outline: Result<Plan, Problems>,
}

/// As [`resolve`], and where it gives no plan, [`outline`], too: most of the work is the same.
///
/// # Errors
/// As those two.
pub fn resolve_or_outline(
    survey: &Survey<'_>,
    preset: &Preset,
    seed: Seed,
) -> Result<Plan, Box<Unresolved>> {
    let none = |problems: Vec<Problem>| {
        let outline = Err(Problems(problems.clone()));
        Box::new(Unresolved { problems, outline })
    };
    let (draft, problems) = draft(survey, preset);
    let Some(draft) = draft else {
        return Err(none(problems));
    };
    if are_in_the_way(&problems) {
        let outline = draft.plan(seed, Vec::new()).map_err(Problems);
        return Err(Box::new(Unresolved { problems, outline }));
    }
    draft.plan(seed, problems).map_err(none)
}

/// The plan as it stands, even while errors of other parts remain. For looking at, never for
/// installing.
///
/// # Errors
/// There can be none at all, for want of a disk or of nixpkgs, or because the layout is not possible.
pub fn outline(survey: &Survey<'_>, preset: &Preset, seed: Seed) -> Result<Plan, Problems> {
    let (draft, problems) = draft(survey, preset);
    let draft = draft.ok_or(Problems(problems))?;
    draft.plan(seed, Vec::new()).map_err(Problems)
}

/// The disks that the preset means on this machine, at least one, whatever else stands in the way of a
/// plan.
///
/// # Errors
/// None, several for one, or one that must not be written to.
pub fn chosen_disks<'a>(
    machine: &'a Machine,
    preset: &Preset,
) -> Result<Vec<&'a Disk>, Vec<Problem>> {
    if preset.disk.layout == Some(Layout::Manual) {
        return layout::manual::disks(machine, preset);
    }
    let contents = contents::contents(machine, preset).ok();
    let needed = needed(preset, contents.as_ref());
    let disk = disk_choice::choose(machine, &preset.disk.choose, needed);
    disk.map(|disk| vec![disk]).map_err(|problem| vec![problem])
}

/// The first of the disks that the preset means.
///
/// # Errors
/// As [`chosen_disks`]; the first problem.
pub fn chosen_disk<'a>(machine: &'a Machine, preset: &Preset) -> Result<&'a Disk, Problem> {
    let none = || internal("a list of disks is empty");
    match chosen_disks(machine, preset) {
        Ok(disks) => disks.first().copied().ok_or_else(none),
        Err(problems) => Err(problems.into_iter().next().unwrap_or_else(none)),
    }
}

/// How large a disk must be at least to be the one that is meant.
pub(super) fn needed(preset: &Preset, contents: Option<&Contents>) -> Needed {
    match preset.disk.layout.unwrap_or(Layout::Erase) {
        Layout::Erase => Needed {
            all: storage::disk_minimum(contents.map_or(Bytes(0), Contents::minimum)),
            system: contents.map_or(Bytes(0), |contents| contents.root_minimum),
            swap: contents.map_or(Bytes(0), |contents| contents.swap.size()),
        },
        // What stays takes room besides: whether the rest is enough is a matter of the layout.
        Layout::Alongside | Layout::Free | Layout::Replace | Layout::KeepHome | Layout::Manual => {
            Needed::NOTHING
        }
    }
}

/// What a plan is made from, as far as it is there, and every problem.
fn draft<'a>(survey: &'a Survey<'a>, preset: &'a Preset) -> (Option<Draft<'a>>, Vec<Problem>) {
    let machine = survey.machine();
    let medium = machine.medium.nixpkgs.known();
    let release = medium.and_then(|found| found.release.parse::<Release>().ok());
    let mut problems = firmware_checks::check(machine);
    problems.extend(medium_checks::check(machine, preset));
    problems.extend(checks::preset(preset, release.as_ref()));
    problems.extend(driver_checks::check(machine, preset));
    problems.extend(wired_checks::check(machine, preset));
    let contents = contents::contents(machine, preset)
        .map_err(|problem| problems.push(problem))
        .ok();
    let disks = match chosen_disks(machine, preset) {
        Ok(disks) => disks,
        Err(told) => {
            problems.extend(told);
            Vec::new()
        }
    };
    if preset.disk.layout.unwrap_or(Layout::Erase) == Layout::Erase {
        problems.extend(disks.iter().flat_map(|disk| checks::erased(disk)));
    }
    let (false, Some(contents), Some(nixpkgs), Some(release)) =
        (disks.is_empty(), contents, medium, release)
    else {
        return (None, problems);
    };
    let draft = Draft {
        survey,
        preset,
        disks,
        nixpkgs,
        release,
        contents,
    };
    (Some(draft), problems)
}

/// Everything that a plan is made from, once nothing stands in its way.
struct Draft<'a> {
    survey: &'a Survey<'a>,
    preset: &'a Preset,
    disks: Vec<&'a Disk>,
    nixpkgs: &'a Nixpkgs,
    release: Release,
    contents: Contents,
}

impl<'a> Draft<'a> {
    fn machine(&self) -> &'a Machine {
        self.survey.machine()
    }

    fn plan(&self, seed: Seed, mut warnings: Vec<Problem>) -> Result<Plan, Vec<Problem>> {
        let mut ids = Identifiers::new(seed, self.survey.taken());
        let nonce = ids.nonce();
        let mut arranged = self.arrange(&mut ids)?;
        spanning::name_the_rest(self.machine(), &mut arranged.disks);
        let gone = Gone::of(self.machine(), &arranged.disks);
        let one = |problem: Problem| vec![problem];
        let starts = self.starting_disk(&arranged).map_err(one)?;
        warnings.extend(checks::starting(starts, self.machine().firmware.known()));
        warnings.extend(arranged.warnings.iter().cloned());
        warnings.extend(layout::look_again::unseen(self.machine(), &arranged));
        warnings.extend(spanning::unclear(self.machine(), &gone));
        warnings.extend(left_behind::warnings(self.machine(), &gone));
        left_behind::tell_once(self.machine(), &gone, &mut warnings);
        let kept: Vec<PartitionId> = arranged.kept.iter().map(|kept| kept.partition).collect();
        warnings.extend(left_behind::menus_replaced(self.machine(), &gone, &kept));
        let (choices, mut decisions) = Choices::new(self.preset, &self.release)
            .ok_or_else(|| one(internal("a default has lost its form")))?;
        let additions = nixos::keyboard_additions(&choices).into_iter();
        decisions.extend(additions.map(|(field, value)| Decision {
            field: field.to_owned(),
            value,
            origin: Origin::Default,
        }));
        let windows_stays = firmware_checks::windows_stays(self.machine(), &arranged.disks);
        settle_clock(&mut decisions, windows_stays);
        if self.preset.disk.layout == Some(Layout::KeepHome) && !arranged.subvolumes.is_empty() {
            settle(&mut decisions, "disk.file_system", "btrfs");
        }
        let loader = self.loader(&choices, self.starting_table(&arranged).map_err(one)?);
        let lists_others = windows_stays || left_behind::linux_stays(&gone);
        if self.contents.start == Start::Esp && loader != BootLoader::Grub {
            warnings.extend(left_behind::not_listed(self.machine(), &gone, &kept));
        }
        let files = self.files(&choices, &arranged, windows_stays, lists_others);
        let files = files.map_err(one)?;
        let steps = self.steps(&choices, &arranged, files);
        let mut disks = arranged.disks.into_iter();
        let disk = disks.next();
        Ok(Plan {
            format: FORMAT,
            nonce,
            architecture: self.machine().architecture,
            nixpkgs: self.nixpkgs.clone(),
            install: self.preset.install.clone(),
            disk: disk.ok_or_else(|| one(internal("a layout has no disk")))?,
            others: disks.collect(),
            decisions,
            warnings,
            steps: (1..)
                .zip(steps)
                .map(|(number, action)| Step { number, action })
                .collect(),
        })
    }

    /// The disk that the firmware starts from.
    fn starting_disk(&self, arranged: &layout::Arranged) -> Result<&Disk, Problem> {
        let disk = self.disks.get(arranged.starts).copied();
        disk.ok_or_else(|| internal("the disk that it starts from is none of its disks"))
    }

    /// The table that the disk gets which the firmware starts from.
    fn starting_table<'t>(&self, arranged: &'t layout::Arranged) -> Result<&'t NewTable, Problem> {
        let disk = arranged.disks.get(arranged.starts);
        let table = disk.map(|disk| &disk.table);
        table.ok_or_else(|| internal("the disk that it starts from is none of its disks"))
    }

    /// Where everything goes.
    fn arrange(&self, ids: &mut Identifiers<'_>) -> Result<layout::Arranged, Vec<Problem>> {
        if self.preset.disk.layout == Some(Layout::Manual) {
            let manual = layout::manual::Manual {
                survey: self.survey,
                preset: self.preset,
                disks: &self.disks,
                contents: &self.contents,
            };
            return manual.arrange(ids);
        }
        let Some(disk) = self.disks.first().copied() else {
            return Err(vec![internal("a layout has no disk")]);
        };
        let contents = self.contents.on(disk);
        let request = layout::Request {
            disk,
            preset: &self.preset.disk,
            contents: &contents,
            common: &layout::Common::new(self.survey),
        };
        if let Some(arranged) = request.beside_homes(self.preset, ids) {
            return arranged;
        }
        let arranged = request.arrange(ids).map_err(|problem| vec![problem])?;
        match too_large(&arranged) {
            None => Ok(arranged),
            Some(problem) => Err(vec![problem]),
        }
    }
}

/// A file system would be larger than its kind can be.
fn too_large(arranged: &layout::Arranged) -> Option<Problem> {
    arranged.volumes.iter().find_map(|volume| {
        let VolumeContent::FileSystem(held) = &volume.content else {
            return None;
        };
        let tables = arranged.disks.iter().map(|disk| &disk.table);
        let size = tables.flat_map(|table| {
            let own = table.partitions.iter().find(|p| p.id == volume.partition);
            own.map(|own| own.length.bytes(table.sector_size))
        });
        let (size, most) = (size.max()?, held.file_system.largest());
        (size > most).then(|| Problem {
            id: ProblemId::PartitionTooLarge,
            severity: Severity::Error,
            field: "disk.file_system".to_owned(),
            message: format!(
                "a partition would have {size}, and {} can be {most} at most",
                held.file_system.name()
            ),
            mend: "Choose another file system, or the manual layout with a smaller partition."
                .to_owned(),
            details: Details::NONE
                .with("size", size)
                .with("most", most)
                .with("kind", Detail::code(held.file_system.name())),
        })
    })
}

/// A defect of the program, told as a problem so that nobody is left with a crash.
pub(in crate::plan) fn internal(message: &str) -> Problem {
    Problem {
        id: ProblemId::Defect,
        severity: Severity::Error,
        field: String::new(),
        message: format!("Nevado could not write the configuration: {message}"),
        mend: "This is a defect of Nevado; please report it with your preset.".to_owned(),
        details: Details::NONE,
    }
}

/// Says which clock it is, where the preset is silent.
fn settle_clock(decisions: &mut [Decision], windows_stays: bool) {
    let clock = match windows_stays {
        true => "local time, as the Windows that stays has it",
        false => "UTC",
    };
    settle(decisions, "locale.hardware_clock", clock);
}

/// Says what was decided, where the preset is silent.
fn settle(decisions: &mut [Decision], field: &str, value: &str) {
    let silent = |d: &&mut Decision| d.field == field && d.origin == Origin::Default;
    if let Some(decision) = decisions.iter_mut().find(silent) {
        value.clone_into(&mut decision.value);
    }
}
