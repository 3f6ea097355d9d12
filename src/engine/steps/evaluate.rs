//! Evaluates the configuration with the medium's Nix, while every disk is still untouched.

use super::super::STATE_FOLDER;
use super::super::cleanup::Opened;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::{NewFile, Place};
use super::programs;
use crate::evaluate::{self, Draft, Evaluation, WhyNot};
use crate::plan::TargetFile;
use crate::process::{Command, CommandError, Ending, Output, User};
use std::path::{Path, PathBuf};

/// Where the draft lies, below the engine's state.
const DRAFT: &str = "draft";

pub(super) fn run(context: &mut Context<'_>, files: &[TargetFile]) -> Result<(), StepError> {
    let steps = context.plan.steps.iter();
    let missing: Vec<&str> = programs::needed(steps.map(|step| &step.action))
        .into_iter()
        .filter(|name| !context.system.has_program(name))
        .collect();
    if !missing.is_empty() {
        return StepError::refused(format!(
            "this live system lacks {}; no disk has been touched",
            missing.join(", ")
        ));
    }
    let folder = write_draft(context, files)?;
    let draft = Draft::new(files.to_vec(), context.plan.nixpkgs.path.clone());
    let memory = context.system.read(Path::new("/proc/meminfo")).ok();
    let available = memory.and_then(|text| evaluate::available(&String::from_utf8_lossy(&text)));
    let mut ask = |command: &Command| ask(context, command);
    match evaluate::evaluate(&draft, &folder, User::ordinary(), available, &mut ask) {
        Evaluation::Evaluates { derivation } => {
            context.note(format!("the configuration evaluates to {derivation}"));
            Ok(())
        }
        Evaluation::Refused(refusal) => Err(StepError::Explained {
            message: format!("Nix refuses the configuration; no disk has been touched{refusal}"),
            source: Box::new(refusal.source),
        }),
        Evaluation::NotEvaluated(WhyNot::Stopped) => Err(StepError::Stopped),
        // The build evaluates it too, and may have more memory by then: swap of the target.
        Evaluation::NotEvaluated(
            why @ (WhyNot::LittleMemory { .. } | WhyNot::Killed(_) | WhyNot::TooLong(_)),
        ) => {
            context.warn(format!("the configuration was not evaluated: {why}"));
            Ok(())
        }
        Evaluation::NotEvaluated(why) => StepError::refused(format!(
            "the configuration can't be evaluated: {why}; no disk has been touched"
        )),
    }
}

/// Writes the files where the ordinary user can read them.
fn write_draft(context: &mut Context<'_>, files: &[TargetFile]) -> Result<PathBuf, StepError> {
    let draft = Path::new(DRAFT);
    if context.system.exists(Place::State, draft) {
        context
            .system
            .remove(Place::State, draft)
            .on("remove", draft)?;
    }
    context
        .opened
        .push(Opened::Scratch(Place::State, draft.to_owned()));
    for file in files {
        let path = draft.join(file.path.below_root());
        let new = NewFile {
            place: Place::State,
            path: &path,
            mode: 0o644,
            content: file.text.as_bytes(),
        };
        context.system.write_file(new).on("write", &path)?;
    }
    Ok(Path::new(STATE_FOLDER).join(draft))
}

/// What Nix prints becomes part of the log.
fn ask(context: &mut Context<'_>, command: &Command) -> Result<Output, CommandError> {
    context.ask(command).map_err(|error| match error {
        StepError::Command(error) => error,
        other => CommandError::new(command, Ending::Lost(other.to_string()), Output::default()),
    })
}
