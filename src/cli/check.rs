//! `nevado check`, and how mistakes and problems are shown beside the lines they belong to.

use super::inputs::{PresetFile, Stop};
use super::passwords;
use crate::plan::{Details, Problem, ProblemId, Problems, Severity};
use crate::preset::{self, Mistake, MistakeId, Place, ReadError};
use serde::Serialize;
use std::fmt;
use zeroize::Zeroizing;

/// A mistake in a preset's text, or a problem between preset and machine.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    id: FindingId,
    severity: Weight,
    /// The preset's field, with positions in lists counted from 0; empty if it belongs to none.
    field: String,
    message: String,
    mend: String,
    /// The sizes, names and reasons in the message.
    #[serde(skip_serializing_if = "Details::is_empty")]
    details: Details,
    place: Option<Place>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Weight {
    Error,
    Warning,
    /// Nothing is wrong, and it should be known.
    Note,
}

impl From<Severity> for Weight {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum FindingId {
    Mistake(MistakeId),
    Problem(ProblemId),
    Note(NoteId),
}

/// What should be known of a preset that is right.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum NoteId {
    /// What becomes of the disk is not said.
    LayoutUnsaid,
    /// A password has to be typed by somebody.
    AskedFor,
}

/// Everything that was found in one preset.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    /// The file's name, as it was given.
    preset: String,
    /// Whether it can be installed on the machine that it was held against.
    installable: bool,
    /// Whether Nix was asked; for another computer it can't be, since its nixpkgs is not here.
    evaluated: bool,
    /// Whether there may be more mistakes: there were so many that nobody looked further.
    may_be_more: bool,
    problems: Vec<Finding>,
}

impl Findings {
    /// Of a preset that could not be read.
    pub(super) fn of_mistakes(name: &str, error: &ReadError) -> Self {
        Self {
            preset: name.to_owned(),
            installable: false,
            evaluated: false,
            may_be_more: error.may_be_more(),
            problems: error.mistakes().iter().map(Finding::of_mistake).collect(),
        }
    }

    /// Of a preset that could be read.
    pub(super) fn of_problems(file: &PresetFile, problems: &[Problem]) -> Self {
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        Self {
            preset: file.name.clone(),
            installable: !problems.iter().any(is_error),
            evaluated: false,
            may_be_more: false,
            problems: problems
                .iter()
                .map(|problem| Finding::of_problem(file, problem))
                .collect(),
        }
    }

    pub(super) const fn installable(&self) -> bool {
        self.installable
    }

    /// A line that says how it went.
    pub(super) fn summary(&self) -> String {
        let count = |severity: Weight| {
            let found = self.problems.iter().filter(|f| f.severity == severity);
            found.count()
        };
        let (errors, warnings) = (count(Weight::Error), count(Weight::Warning));
        let warned = match warnings {
            0 => String::new(),
            1 => ", 1 warning".to_owned(),
            n => format!(", {n} warnings"),
        };
        let as_far = match self.evaluated {
            true => "",
            false => ", as far as can be told without asking Nix",
        };
        match errors {
            0 => format!(
                "{} can be installed{as_far}{warned}; `nevado plan` says what would be lost",
                self.preset
            ),
            1 => format!("{} can't be installed: 1 error{warned}", self.preset),
            n if self.may_be_more => format!(
                "{} can't be installed: {n} errors{warned}; once they are mended, more may follow",
                self.preset
            ),
            n => format!("{} can't be installed: {n} errors{warned}", self.preset),
        }
    }
}

impl fmt::Display for Findings {
    /// Each finding with file, line and column, the line itself, and the mend.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            f.write_str(&self.preset)?;
            finding.fmt(f)?;
        }
        Ok(())
    }
}

impl Finding {
    fn of_mistake(mistake: &Mistake) -> Self {
        Self {
            id: FindingId::Mistake(mistake.id),
            severity: Weight::Error,
            field: mistake.field.clone(),
            message: mistake.message.clone(),
            mend: mistake.mend.clone(),
            details: Details::NONE,
            place: mistake.place.clone(),
        }
    }

    fn of_problem(file: &PresetFile, problem: &Problem) -> Self {
        // Firmware and medium are told under `system`, and no line of the preset is to blame.
        let place = match problem.field.as_str() {
            "" | "system" => None,
            field => preset::place(&file.text, field),
        };
        Self {
            id: FindingId::Problem(problem.id),
            severity: problem.severity.into(),
            field: problem.field.clone(),
            message: match place {
                Some(_) => problem.message.clone(),
                None => format!(
                    "{}: {}",
                    preset::shown_field(&problem.field),
                    problem.message
                ),
            },
            mend: problem.mend.clone(),
            details: problem.details.clone(),
            place,
        }
    }
}

/// That a preset which says nothing of its disk's layout has all of it erased; `disk` is the one that
/// it means, where it means one.
fn of_layout(file: &PresetFile, disk: Option<&str>) -> Option<Finding> {
    let own = &file.preset.disk;
    let is_unsaid = own.layout.is_none() && own.disks.is_empty();
    let disk = disk.map(|disk| format!(": {disk}")).unwrap_or_default();
    is_unsaid.then(|| Finding {
        id: FindingId::Note(NoteId::LayoutUnsaid),
        severity: Weight::Warning,
        field: "disk.layout".to_owned(),
        message: format!(
            "no `layout` is given in [disk]: all of the disk is erased, and everything on it is lost{disk}"
        ),
        mend: "Write `layout = \"erase\"` to say so, or one that keeps what is there.".to_owned(),
        details: Details::NONE,
        place: None,
    })
}

/// That somebody has to be there to type passwords, before a run that nobody is at stops at it.
fn of_asked(file: &PresetFile) -> Option<Finding> {
    let asked = passwords::asked(&file.preset);
    let names: Vec<&str> = asked.iter().map(|asked| asked.what.as_str()).collect();
    let verb = if asked.len() == 1 { "is" } else { "are" };
    (!asked.is_empty()).then(|| Finding {
        id: FindingId::Note(NoteId::AskedFor),
        severity: Weight::Note,
        field: String::new(),
        message: format!(
            "somebody has to be there, an unattended run stops: {} {verb} asked for",
            names.join(" and ")
        ),
        mend: format!(
            "For a run without anybody, write {}.",
            passwords::instead(&asked)
        ),
        details: Details::NONE,
        place: None,
    })
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        let word = match self.severity {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Note => "note",
        };
        write!(f, ": {word}: {}", self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n{place}")?;
        }
        if !self.mend.is_empty() {
            write!(f, "\n  {}", self.mend)?;
        }
        Ok(())
    }
}

/// What `nevado check` found; an error only if nothing could be looked at.
pub(super) fn run(args: &super::CheckArgs) -> Result<Findings, Stop> {
    let (name, text) = super::inputs::preset_text(&args.preset)?;
    let file = match preset::read(&text, &name) {
        Ok(preset) => PresetFile { name, text, preset },
        Err(error) => return beside_mistakes(args, name, text, &error),
    };
    let machine = super::inputs::machine_or_this_one(args.machine.as_deref(), &file)?;
    let seed = super::inputs::seed(None)?;
    let mut evaluated = false;
    let resolved = crate::plan::resolve(&machine, &file.preset, seed);
    let plan = resolved.as_ref().ok();
    let disk = plan.map(|plan| plan.disk.identity.description());
    let problems = match resolved {
        // Another computer's nixpkgs is not here.
        Ok(plan) if args.no_evaluate || args.machine.is_some() => plan.warnings,
        Ok(mut plan) => {
            let mut found = super::evaluation::preflight(&machine, &plan)?;
            found.extend(super::evaluation::problems(&plan)?);
            evaluated = true;
            plan.warnings.extend(found);
            plan.warnings
        }
        Err(Problems(problems)) => problems,
    };
    let mut findings = Findings::of_problems(&file, &problems);
    findings.problems.extend(of_layout(&file, disk.as_deref()));
    findings.problems.extend(of_asked(&file));
    Ok(Findings {
        evaluated,
        ..findings
    })
}

/// The mistakes, and the problems that are there whatever the faulty parts were meant to be.
fn beside_mistakes(
    args: &super::CheckArgs,
    name: String,
    text: Zeroizing<String>,
    error: &ReadError,
) -> Result<Findings, Stop> {
    let mut findings = Findings::of_mistakes(&name, error);
    let Some(rest) = error.rest() else {
        return Ok(findings);
    };
    let file = PresetFile {
        name,
        text,
        preset: rest.clone(),
    };
    let machine = super::inputs::machine_or_this_one(args.machine.as_deref(), &file)?;
    let seed = super::inputs::seed(None)?;
    let mut problems = match crate::plan::resolve(&machine, rest, seed) {
        Ok(plan) => plan.warnings,
        Err(Problems(problems)) => problems,
    };
    problems.retain(|problem| stands_alone(problem, &file, error.mistakes()));
    let more = Findings::of_problems(&file, &problems);
    findings.problems.extend(more.problems);
    Ok(findings)
}

/// Whether a problem has nothing to do with the parts of a preset that are faulty.
fn stands_alone(problem: &Problem, file: &PresetFile, mistakes: &[Mistake]) -> bool {
    fn section(field: &str) -> &str {
        field.split(['.', '[']).next().unwrap_or_default()
    }
    let spoilt = |of: &str| mistakes.iter().any(|m| section(&m.field) == of);
    // A misspelt section may be the one that something is missing in.
    let section_unknown = mistakes.iter().any(|m| !m.field.contains(['.', '[']));
    let is_there = || preset::place(&file.text, &problem.field).is_some();
    match section(&problem.field) {
        "" | "system" => !spoilt("system"),
        own => {
            let others = judged_by(problem.id);
            let settled = !section_unknown || others.is_empty() && is_there();
            !spoilt(own) && !others.iter().any(|o| spoilt(o)) && settled
        }
    }
}

/// The sections that a problem depends on besides its own.
const fn judged_by(id: ProblemId) -> &'static [&'static str] {
    match id {
        ProblemId::AutologinUnknown | ProblemId::NoSshKey => &["users"],
        ProblemId::NobodyCanLogIn | ProblemId::NoAdministrator => &["root"],
        ProblemId::ConsoleKeymapDiffers | ProblemId::PassphraseHardToType => {
            &["disk", "users", "keyboard", "locale"]
        }
        ProblemId::UnfreeNeeded
        | ProblemId::FlatpakWithoutDesktop
        | ProblemId::InputMethodWithoutDesktop
        | ProblemId::NvidiaNeedsUnfree
        | ProblemId::BroadcomDriver => &["desktop", "software"],
        _ => &[],
    }
}
