//! `nevado check`, and how mistakes and problems are shown beside the lines they belong to.

use super::inputs::{PresetFile, Stop};
use crate::plan::{Problem, ProblemId, Problems, Severity};
use crate::preset::{self, Mistake, MistakeId, Place, ReadError};
use serde::Serialize;
use std::fmt;

/// A mistake in a preset's text, or a problem between preset and machine.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    id: FindingId,
    severity: Severity,
    /// The preset's field; empty if it belongs to none.
    field: String,
    message: String,
    mend: String,
    place: Option<Place>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum FindingId {
    Mistake(MistakeId),
    Problem(ProblemId),
}

/// Everything that was found in one preset.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    /// The file's name, as it was given.
    preset: String,
    /// Whether it can be installed on the machine that it was held against.
    installable: bool,
    problems: Vec<Finding>,
}

impl Findings {
    /// Of a preset that could not be read.
    pub(super) fn of_mistakes(name: &str, error: &ReadError) -> Self {
        Self {
            preset: name.to_owned(),
            installable: false,
            problems: error.mistakes().iter().map(Finding::of_mistake).collect(),
        }
    }

    /// Of a preset that could be read.
    pub(super) fn of_problems(file: &PresetFile, problems: &[Problem]) -> Self {
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        Self {
            preset: file.name.clone(),
            installable: !problems.iter().any(is_error),
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
        let count = |severity: Severity| {
            let found = self.problems.iter().filter(|f| f.severity == severity);
            found.count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let warned = match warnings {
            0 => String::new(),
            1 => ", 1 warning".to_owned(),
            n => format!(", {n} warnings"),
        };
        match errors {
            0 => format!(
                "{} can be installed{warned}; `nevado plan` says what would be lost",
                self.preset
            ),
            1 => format!("{} can't be installed: 1 error{warned}", self.preset),
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
            severity: Severity::Error,
            field: mistake.field.clone(),
            message: mistake.message.clone(),
            mend: mistake.mend.clone(),
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
            severity: problem.severity,
            field: problem.field.clone(),
            message: match place {
                Some(_) => problem.message.clone(),
                None => format!("{}: {}", problem.field, problem.message),
            },
            mend: problem.mend.clone(),
            place,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
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
    let file = match super::inputs::preset(&args.preset) {
        Ok(file) => file,
        Err(Stop::Findings(findings)) => return Ok(findings),
        Err(stop) => return Err(stop),
    };
    let machine = super::inputs::machine_or_this_one(args.machine.as_deref(), &file.preset)?;
    let seed = super::inputs::seed(None)?;
    let problems = match crate::plan::resolve(&machine, &file.preset, seed) {
        // Another computer's nixpkgs is not here.
        Ok(plan) if args.no_evaluate || args.machine.is_some() => plan.warnings,
        Ok(mut plan) => {
            let mut found = super::evaluation::preflight(&machine, &plan)?;
            found.extend(super::evaluation::problems(&plan)?);
            plan.warnings.extend(found);
            plan.warnings
        }
        Err(Problems(problems)) => problems,
    };
    Ok(Findings::of_problems(&file, &problems))
}
