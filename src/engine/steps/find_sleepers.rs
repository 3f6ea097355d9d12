//! Looks whether a system sleeps that stays and may have mounted what is touched: it would wake with what it
//! remembers, and write to it. The resolver refuses that where it is known; here is the last moment to find out.

use super::super::context::Context;
use super::super::error::StepError;
use super::super::measure::ToolsOf;
use crate::machine::asleep;
use crate::plan::{Problem, linux_sleeps, windows_sleeps};
use std::fmt::Display;
use std::path::{Path, PathBuf};

pub(super) fn run(
    context: &mut Context<'_>,
    windows: &[PathBuf],
    linux: &[PathBuf],
) -> Result<(), StepError> {
    for node in windows {
        match asleep::windows(node, &mut ToolsOf(&mut *context.system, None)) {
            Ok(false) => {}
            Ok(true) => return refused(&windows_sleeps(node)),
            Err(why) => unseen(context, "Windows", node, &why),
        }
    }
    for node in linux {
        match asleep::linux(node, &mut ToolsOf(&mut *context.system, None)) {
            Ok(false) => {}
            Ok(true) => return refused(&linux_sleeps(node)),
            Err(why) => unseen(context, "Linux", node, &why),
        }
    }
    Ok(())
}

/// In the words of the resolver.
fn refused(problem: &Problem) -> Result<(), StepError> {
    let (message, mend) = (&problem.message, &problem.mend);
    StepError::refused(format!("{message}; nothing is lost. {mend}"))
}

fn unseen(context: &mut Context<'_>, system: &str, node: &Path, why: &dyn Display) {
    context.warn(format!(
        "whether a {system} is hibernated in {} could not be seen: {why}",
        node.display()
    ));
}
