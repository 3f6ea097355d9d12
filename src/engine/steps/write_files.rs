//! Writes the configuration into the target.

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::{NewFile, Place};
use crate::plan::TargetFile;

pub(super) fn run(context: &mut Context<'_>, files: &[TargetFile]) -> Result<(), StepError> {
    for file in files {
        let new = NewFile {
            place: Place::Target,
            path: file.path.below_root(),
            mode: file.mode,
            content: file.text.as_bytes(),
        };
        context
            .system
            .write_file(new)
            .on("write", file.path.as_path())?;
        context.note(format!("wrote {}", file.path));
    }
    Ok(())
}
