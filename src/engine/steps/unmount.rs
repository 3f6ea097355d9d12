//! Flushes and unmounts the target, and closes what it is in.

use super::super::cleanup::Opened;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;

pub(super) fn run(context: &mut Context<'_>) -> Result<(), StepError> {
    context.system.sync();
    // From the newest to the oldest; what is not in the target stays open until the end.
    let mut kept = Vec::new();
    let mut result = Ok(());
    while let Some(opened) = context.opened.pop() {
        let command = opened.command();
        result = match (&opened, &command) {
            (_, Some(command)) => context.run(command).map(drop),
            (Opened::Scratch(Place::Target, path), None) => context
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
