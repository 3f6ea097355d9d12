//! What came of an evaluation, read from how Nix ended and what it said.

use super::draft::Draft;
use crate::plan::{Detail, Details, Problem, ProblemId, Severity};
use crate::process::{CommandError, Ending, Output};
use crate::units::Bytes;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Evaluation {
    /// The configuration makes a system.
    Evaluates {
        /// Its derivation, a store path.
        derivation: String,
    },
    /// Nix refuses the configuration.
    Refused(Box<Refusal>),
    /// It is not known; never to be taken for a pass.
    NotEvaluated(WhyNot),
}

/// What Nix has against a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Nix's own words, without where it came from.
    pub message: String,
    /// The NixOS option that it is about, such as `time.timeZone`.
    pub option: Option<String>,
    /// Where in the configuration, as far as Nix says.
    pub place: Option<NixPlace>,
    /// The command, with all that it printed.
    pub source: CommandError,
}

/// A place in a file of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NixPlace {
    /// As the target will have it: `/etc/nixos/configuration.nix`.
    pub file: PathBuf,
    /// From 1, where Nix says it or the option is written there.
    pub line: Option<usize>,
}

/// Why a configuration was not evaluated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// It could end other programs.
    #[error(
        "only {available} of memory are available, and it takes about {}",
        super::NEEDED
    )]
    LittleMemory {
        /// How much there was.
        available: Bytes,
    },
    /// Nix took too long.
    #[error("Nix did not come to an end in {} minutes", .0.as_secs() / 60)]
    TooLong(Duration),
    /// A newer draft came, or somebody stopped it.
    #[error("it was stopped")]
    Stopped,
    /// The kernel ended Nix, most often for want of memory.
    #[error("signal {0} ended Nix, which most often means that memory ran out")]
    Killed(i32),
    /// Nix can't be run.
    #[error("Nix could not be run: {0}")]
    NoNix(String),
    /// There is nothing to evaluate with.
    #[error("there is no nixpkgs at {0}")]
    NoNixpkgs(PathBuf),
    /// There is nothing to evaluate.
    #[error("there is no configuration.nix")]
    NoConfiguration,
    /// Nix said something else than the path of a derivation.
    #[error("Nix answered `{0}`, which is no derivation")]
    Odd(String),
}

impl WhyNot {
    /// For who says it in another language.
    fn details(&self) -> Details {
        match self {
            Self::LittleMemory { available } => Details::why("little_memory")
                .with("available", *available)
                .with("needed", super::NEEDED),
            Self::TooLong(limit) => {
                let minutes = limit.as_secs() / 60;
                Details::why("too_long").with("minutes", Detail::Number(minutes))
            }
            Self::Stopped => Details::why("stopped"),
            Self::Killed(_) => Details::why("killed"),
            Self::NoNix(_) => Details::why("no_nix"),
            Self::NoNixpkgs(path) => Details::why("no_nixpkgs").with("path", path.as_path()),
            Self::NoConfiguration | Self::Odd(_) => Details::NONE,
        }
    }
}

impl Evaluation {
    /// From what Nix printed when it ended well.
    pub(super) fn of_output(output: &Output) -> Self {
        let answer = output.stdout.trim().trim_matches('"');
        if answer.starts_with("/nix/store/") && answer.ends_with(".drv") {
            let derivation = answer.to_owned();
            Self::Evaluates { derivation }
        } else {
            Self::NotEvaluated(WhyNot::Odd(answer.to_owned()))
        }
    }

    /// From how Nix failed on a draft below `folder`.
    pub(super) fn of_error(error: CommandError, folder: &Path, draft: &Draft) -> Self {
        Self::NotEvaluated(match &error.ending {
            Ending::Code(_) => return Self::Refused(Box::new(Refusal::new(error, folder, draft))),
            Ending::NotStarted(why) | Ending::Lost(why) => WhyNot::NoNix(why.clone()),
            Ending::Signal(number) => WhyNot::Killed(*number),
            Ending::TooLong(limit) => WhyNot::TooLong(*limit),
            Ending::Cancelled => WhyNot::Stopped,
        })
    }

    /// What should be told; nothing if it evaluates.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Evaluates { .. } => None,
            Self::Refused(refusal) => Some(Problem {
                id: ProblemId::ConfigurationRefused,
                severity: Severity::Error,
                field: "system".to_owned(),
                message: format!("Nix refuses the configuration{refusal}"),
                mend: "Change what the message names; if the preset says nothing of it, this is a \
                       defect of Nevado: please report it."
                    .to_owned(),
                details: Details::NONE,
            }),
            Self::NotEvaluated(why) => Some(Problem {
                id: ProblemId::NotEvaluated,
                severity: Severity::Warning,
                field: "system".to_owned(),
                message: format!("the configuration was not evaluated: {why}"),
                mend: "A mistake in it would only be found while the system is built.".to_owned(),
                details: why.details(),
            }),
        }
    }
}

impl fmt::Display for Refusal {
    /// ` (/etc/nixos/configuration.nix, line 7): The option …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, " ({}", place.file.display())?;
            if let Some(line) = place.line {
                write!(f, ", line {line}")?;
            }
            f.write_str(")")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl Refusal {
    fn new(source: CommandError, folder: &Path, draft: &Draft) -> Self {
        let words = &source.output.stderr;
        let option = option_in(words);
        let mut place = place_in(words, folder);
        if let (Some(NixPlace { file, line: None }), Some(option)) = (&place, &option) {
            let (file, line) = (file.clone(), line_of(draft, file, option));
            place = Some(NixPlace { file, line });
        }
        // The scratch folder means nothing to whoever reads it.
        let message = last_error(words).replace(&*folder.to_string_lossy(), "");
        Self {
            message,
            option,
            place,
            source,
        }
    }
}

/// The last error that Nix prints is the one that matters; its first line may be empty. What follows
/// from `at FILE:LINE:COLUMN:` on is where it came from.
fn last_error(words: &str) -> String {
    let lines: Vec<&str> = words.lines().collect();
    let is_error = |line: &str| line.trim_start().starts_with("error:");
    let Some(first) = lines.iter().rposition(|line| is_error(line)) else {
        return words.trim().to_owned();
    };
    let is_trace = |line: &&str| {
        let line = line.trim_start();
        ["at /", "at «", "… ", "(use '--show-trace'", "(stack trace"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let told = lines.into_iter().skip(first);
    let told = told.take_while(|line| !is_trace(line));
    let told: Vec<&str> = told
        .map(|line| line.trim().trim_start_matches("error:").trim())
        .filter(|line| !line.is_empty())
        .collect();
    told.join("\n")
}

/// The NixOS module system quotes options as `` `name' ``.
fn option_in(words: &str) -> Option<String> {
    let (_, rest) = words.split_once("option `")?;
    let (name, _) = rest.split_once(['\'', '`', '\n'])?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// The last place below `folder` that Nix names: `at FILE:LINE:COLUMN:` or ``In `FILE'``.
fn place_in(words: &str, folder: &Path) -> Option<NixPlace> {
    let start = folder.to_string_lossy();
    let (_, last) = words.rsplit_once(&*start)?;
    let end = last.find([':', '\'', '`', '"', '\n', ' ']);
    let (file, rest) = last.split_at_checked(end.unwrap_or(last.len()))?;
    let number = rest.strip_prefix(':').and_then(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit());
        rest.get(..digits.unwrap_or(rest.len()))?.parse().ok()
    });
    Some(NixPlace {
        file: Path::new("/").join(file.trim_start_matches('/')),
        line: number,
    })
}

/// The line on which the draft sets an option, or something in it.
fn line_of(draft: &Draft, file: &Path, option: &str) -> Option<usize> {
    let file = draft.files.iter().find(|f| f.path.as_path() == file)?;
    let mut lines = (1..).zip(file.text.lines());
    let sets = |line: &str| {
        let rest = line.trim_start().strip_prefix(option);
        rest.is_some_and(|rest| rest.starts_with([' ', '=', '.']))
    };
    lines.find(|(_, line)| sets(line)).map(|(number, _)| number)
}

#[cfg(test)]
#[path = "evaluation_tests.rs"]
mod tests;
