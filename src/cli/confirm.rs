//! The last question before a disk is erased; its wording follows the plan.

use super::inputs::Stop;
use crate::plan::Plan;
use anyhow::{Context, anyhow};
use std::io::{BufRead, IsTerminal, Write};

/// What will be done to which disk, in a few lines.
pub(super) fn summary(plan: &Plan) -> String {
    let nixpkgs = &plan.nixpkgs;
    let mut text = format!(
        "NixOS {}{} will be installed on\n  {}\n",
        nixpkgs.release,
        nixpkgs.version_suffix,
        plan.disk.description()
    );
    if plan.losses.is_empty() {
        text.push_str("The disk is blank.\n");
    } else {
        text.push_str("Everything on it will be lost:\n");
        for loss in &plan.losses {
            text.push_str(&format!("  {loss}\n"));
        }
    }
    for warning in &plan.warnings {
        text.push_str(&format!("{warning}\n"));
    }
    text
}

/// Asks for the disk's name to be typed.
///
/// # Errors
/// Something else was typed, or there is nobody to ask.
pub(super) fn ask(plan: &Plan) -> Result<(), Stop> {
    let name = plan.disk.path.to_string_lossy().into_owned();
    if !std::io::stdin().is_terminal() {
        return Err(Stop::failed(anyhow!(
            "there is no terminal to ask whether {name} may be erased; say --yes if it may"
        )));
    }
    let mut err = std::io::stderr().lock();
    write!(err, "To go on, type the disk's name, {name}: ")
        .and_then(|()| err.flush())
        .context("the question could not be printed")?;
    let mut answer = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut answer)
        .context("the answer could not be read")?;
    if answer.trim() == name {
        Ok(())
    } else {
        Err(Stop::Cancelled("nothing was changed".to_owned()))
    }
}
