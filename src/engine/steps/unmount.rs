//! Flushes and unmounts the target.

use super::super::cleanup::Opened;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;

pub(super) fn run(context: &mut Context<'_>) -> Result<(), StepError> {
    context.system.sync();
    // From the newest to the oldest; what is not in the target stays open until the end.
    let mut kept = Vec::new();
    let mut result = Ok(());
    while let Some(opened) = context.opened.pop() {
        result = match &opened {
            Opened::Mount(at) => context.run(&Command::new("umount").arg(at)).map(drop),
            Opened::Scratch(Place::Target, path) => context
                .system
                .remove(Place::Target, path)
                .on("remove", path),
            _ => {
                kept.push(opened);
                continue;
            }
        };
        if result.is_err() {
            // Clean-up tries again.
            context.opened.push(opened);
            break;
        }
    }
    context.opened.extend(kept.into_iter().rev());
    result
}
