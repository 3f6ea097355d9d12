//! The preset as it is being made, and what follows from it: the real plan, the real problems, the
//! real files, after every change.

use super::written::{File, touched};
use crate::machine::{Disk, Inside, Machine, Shrink};
use crate::nixos::CONFIGURATION_FILE;
use crate::plan::chosen_disks;
use crate::plan::{Action, Plan, Problem, Problems, Seed, Severity, Survey, TargetFile};
use crate::plan::{Unresolved, obstacles, outline, resolve_or_outline};
use crate::preset::{DiskChoice, DiskMatch, Layout, ManualDisk, Preset};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

/// What is being made.
#[derive(Debug)]
pub(crate) struct Draft {
    survey: Survey<'static>,
    preset: Preset,
    seed: Seed,
    outcome: Result<Box<Plan>, Vec<Problem>>,
    /// The plan as far as it goes, while errors keep it from being one.
    outline: Option<Box<Plan>>,
    /// Every error and warning; those of the layout also while other pages are open.
    problems: Vec<Problem>,
    files: Vec<File>,
    /// Why each disk can't be taken, once somebody asked.
    obstacles: OnceCell<Vec<Option<Problem>>>,
    /// How often something was changed.
    changes: u64,
}

/// A preset that names a disk has the layout of its plan, said or not. Otherwise a person is asked.
fn with_its_layout(mut preset: Preset) -> Preset {
    if preset.disk.choose != DiskChoice::Only {
        preset.disk.layout.get_or_insert(Layout::Erase);
    }
    preset
}

impl Draft {
    pub(crate) fn new(machine: Machine, preset: Preset, seed: Seed) -> Self {
        let mut draft = Self {
            survey: Survey::owned(machine),
            preset: with_its_layout(preset),
            seed,
            outcome: Err(Vec::new()),
            outline: None,
            problems: Vec::new(),
            files: Vec::new(),
            obstacles: OnceCell::new(),
            changes: 0,
        };
        draft.decide();
        draft.name_disk();
        for file in &mut draft.files {
            file.changed.clear();
        }
        draft
    }

    /// A disk that the preset knows by other properties is named as the Disk page names it, so that the
    /// page shows it as chosen.
    fn name_disk(&mut self) {
        if self.preset.disk.layout == Some(Layout::Manual) {
            return self.name_disks();
        }
        if self.preset.disk.choose == DiskChoice::Only {
            return;
        }
        let Some(path) = self.outline().map(|plan| plan.disk.identity.path.clone()) else {
            return;
        };
        let mut disks = self.machine().disks.known().into_iter().flatten();
        if let Some(disk) = disks.find(|disk| disk.path == path) {
            self.preset.disk.choose = choice_of(disk);
            self.decide();
        }
    }

    /// As above, for the disks of the manual layout.
    fn name_disks(&mut self) {
        let Ok(found) = chosen_disks(self.machine(), &self.preset) else {
            return;
        };
        let choices: Vec<DiskChoice> = found.into_iter().map(choice_of).collect();
        let disks = std::mem::take(&mut self.preset.disk.disks).into_iter();
        self.preset.disk.disks = disks
            .zip(choices)
            .map(|(disk, choose)| ManualDisk { choose, ..disk })
            .collect();
        self.decide();
    }

    pub(crate) fn machine(&self) -> &Machine {
        self.survey.machine()
    }

    /// The machine, and what is known of it for whatever preset.
    pub(crate) const fn survey(&self) -> &Survey<'static> {
        &self.survey
    }

    pub(crate) const fn preset(&self) -> &Preset {
        &self.preset
    }

    /// Changes the preset, and decides everything anew.
    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Preset)) {
        let before = self.preset.clone();
        change(&mut self.preset);
        if self.preset != before {
            self.changes += 1;
            self.decide();
        }
    }

    /// Takes another preset in place of this one.
    pub(crate) fn replace(&mut self, preset: Preset) {
        self.preset = with_its_layout(preset);
        self.changes += 1;
        self.decide();
        self.name_disk();
        for file in &mut self.files {
            file.changed.clear();
        }
    }

    /// Takes in what the computer is now, and decides everything anew.
    pub(crate) fn learn(&mut self, machine: Machine) {
        if *self.machine() != machine {
            self.survey = Survey::owned(machine);
            self.changes += 1;
            self.decide();
        }
    }

    /// Takes in how small a file system can become. That counts as a change only where it changes what
    /// is done.
    pub(crate) fn measured(&mut self, device: &Path, found: &Shrink) {
        self.noted(|machine| machine.note_shrink(device, found));
    }

    /// Takes in what is in a container, in the same way.
    pub(crate) fn opened(&mut self, device: &Path, found: &Inside) {
        self.noted(|machine| machine.note_inside(device, found));
    }

    fn noted(&mut self, note: impl FnOnce(&mut Machine)) {
        self.survey.change(note);
        let before = self.outcome.clone();
        self.decide();
        if self.outcome != before {
            self.changes += 1;
        }
    }

    /// Draws all identifiers anew.
    pub(crate) fn draw_from(&mut self, seed: Seed) {
        self.seed = seed;
        self.changes += 1;
        self.decide();
    }

    /// How often something was changed.
    pub(crate) const fn changes(&self) -> u64 {
        self.changes
    }

    fn decide(&mut self) {
        self.obstacles = OnceCell::new();
        match resolve_or_outline(&self.survey, &self.preset, self.seed) {
            Ok(plan) => {
                self.problems.clone_from(&plan.warnings);
                self.outline = None;
                self.outcome = Ok(Box::new(plan));
            }
            Err(unresolved) => {
                let Unresolved { problems, outline } = *unresolved;
                (self.problems, self.outline) = self.outlined(&problems, outline);
                self.outcome = Err(problems);
            }
        }
        let files = self.outline().map(files_of).unwrap_or_default();
        let file = |file: &TargetFile| {
            let name = file.path.as_path().file_name().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            let old = self.files.iter().find(|old| old.name == name);
            let changed = old.map_or_else(BTreeSet::new, |old| touched(old, &file.text));
            File {
                name,
                text: file.text.clone(),
                changed,
            }
        };
        self.files = files.iter().map(file).collect();
    }

    /// What can be seen of a plan that is none, because of these problems, and every problem then: an
    /// error elsewhere hides none of the layout's.
    fn outlined(
        &self,
        problems: &[Problem],
        own: Result<Plan, Problems>,
    ) -> (Vec<Problem>, Option<Box<Plan>>) {
        let mut problems = problems.to_vec();
        if let Some(shown) = self.shown_instead(&own) {
            let outline = outline(&self.survey, &shown, self.seed);
            return (problems, outline.ok().map(Box::new));
        }
        let of_layout = match &own {
            Ok(plan) => &plan.warnings,
            Err(Problems(problems)) => problems,
        };
        let new = of_layout.iter().filter(|p| !problems.contains(p));
        let new: Vec<Problem> = new.cloned().collect();
        problems.extend(new);
        (problems, own.ok().map(Box::new))
    }

    /// What the files are shown for while no disk is chosen: the preset with the first that could be.
    fn shown_instead(&self, own: &Result<Plan, Problems>) -> Option<Preset> {
        let disk = &self.preset.disk;
        let is_open = disk.choose == DiskChoice::Only && disk.layout != Some(Layout::Manual);
        if !is_open || own.is_ok() {
            return None;
        }
        let disks = self.machine().disks.known().into_iter().flatten();
        let mut takeable = disks.zip(self.obstacles());
        let (first, _) = takeable.find(|(_, obstacle)| obstacle.is_none())?;
        let mut preset = self.preset.clone();
        preset.disk.choose = choice_of(first);
        Some(preset)
    }

    /// Why each disk can't be taken, where it can't.
    pub(crate) fn obstacles(&self) -> &[Option<Problem>] {
        let found = || obstacles(&self.survey, &self.preset);
        self.obstacles.get_or_init(found)
    }

    /// The plan, if nothing stands in its way.
    pub(crate) fn plan(&self) -> Option<&Plan> {
        self.outcome.as_deref().ok()
    }

    /// The plan as far as it goes while errors remain, to be looked at; while no disk is chosen, that
    /// of the first that could be.
    pub(crate) fn outline(&self) -> Option<&Plan> {
        self.plan().or(self.outline.as_deref())
    }

    /// Every error and warning.
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The problems of a part of the preset, such as `disk`.
    pub(crate) fn problems_of<'a>(&'a self, part: &'a str) -> impl Iterator<Item = &'a Problem> {
        let problems = self.problems().iter();
        problems.filter(move |problem| is_of(problem, part))
    }

    /// How many errors a part of the preset has.
    pub(crate) fn errors_of(&self, part: &str) -> usize {
        errors(&self.problems, part)
    }

    /// The same after a change that is not made.
    pub(crate) fn errors_if(&self, part: &str, change: impl FnOnce(&mut Preset)) -> usize {
        let mut preset = self.preset.clone();
        change(&mut preset);
        match resolve_or_outline(&self.survey, &preset, self.seed) {
            Ok(_) => 0,
            Err(unresolved) => {
                let Unresolved { problems, outline } = *unresolved;
                errors(&self.outlined(&problems, outline).0, part)
            }
        }
    }

    /// The files of the new system as they stand.
    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// The file of this name as it stands; `configuration.nix` where there is none of it.
    pub(crate) fn file(&self, name: &str) -> Option<&File> {
        let named = self.files.iter().find(|file| file.name == name);
        named.or_else(|| self.configuration())
    }

    /// `configuration.nix` as it stands.
    pub(crate) fn configuration(&self) -> Option<&File> {
        let mut files = self.files.iter();
        files.find(|file| file.name == CONFIGURATION_FILE)
    }
}

/// Whether a problem belongs to a part of the preset, such as `disk`.
fn is_of(problem: &Problem, part: &str) -> bool {
    problem.field.split(['.', '[']).next() == Some(part)
}

fn errors(problems: &[Problem], part: &str) -> usize {
    let errors = problems.iter().filter(|p| p.severity == Severity::Error);
    errors.filter(|problem| is_of(problem, part)).count()
}

/// The files of `/etc/nixos` that a plan writes.
fn files_of(plan: &Plan) -> &[TargetFile] {
    let mut actions = plan.steps.iter().map(|step| &step.action);
    let files = actions.find_map(|action| match action {
        Action::WriteFiles { files } => Some(files.as_slice()),
        _ => None,
    });
    files.unwrap_or_default()
}

/// How the preset names a disk: by a lasting name, or by its node where it has none.
pub(crate) fn choice_of(disk: &Disk) -> DiskChoice {
    let by_id = disk.by_id.first().cloned();
    let path = by_id.is_none().then(|| disk.path.clone());
    DiskChoice::Match(DiskMatch {
        by_id,
        path,
        ..DiskMatch::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(name: &str) -> Machine {
        let path = format!("tests/machines/{name}.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    #[test]
    fn files_are_there_while_nobody_can_log_in_yet() {
        let seed = Seed::new([1; 32]);
        let mut draft = Draft::new(machine("qemu-uefi"), Preset::default(), seed);
        assert!(draft.plan().is_none());
        assert_eq!(draft.problems_of("users").count(), 1);
        draft.edit(|preset| preset.network.host_name = "alm".parse().ok());
        let file = draft.configuration().unwrap();
        let marked: Vec<&str> = file
            .changed
            .iter()
            .filter_map(|line| file.text.lines().nth(*line))
            .collect();
        assert_eq!(marked, ["  networking.hostName = \"alm\";"]);
    }

    #[test]
    fn a_disk_that_is_known_by_its_serial_number_is_named_as_the_page_names_it() {
        let seed = Seed::new([1; 32]);
        let machine = machine("two-equal-disks");
        let disk = machine.disks.known().unwrap().last().unwrap().clone();
        let mut preset = Preset::default();
        preset.disk.choose = DiskChoice::Match(DiskMatch {
            serial: disk.serial.clone(),
            ..DiskMatch::default()
        });
        let draft = Draft::new(machine, preset, seed);
        assert_eq!(draft.preset().disk.choose, choice_of(&disk));
    }

    #[test]
    fn a_disk_that_can_not_be_taken_says_why() {
        let seed = Seed::new([1; 32]);
        let draft = Draft::new(machine("tiny-disk"), Preset::default(), seed);
        assert!(draft.obstacles().iter().any(Option::is_some));
        let draft = Draft::new(machine("two-equal-disks"), Preset::default(), seed);
        // Nothing is chosen, and the file can be read all the same.
        assert!(draft.plan().is_none() && draft.configuration().is_some());
    }
}
