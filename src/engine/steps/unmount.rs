//! Flushes and unmounts the target.

use super::super::cleanup::Opened;
use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};

pub(super) fn run(context: &mut Context<'_>) -> Result<(), StepError> {
    context.system.sync();
    // From the newest to the oldest; what is not in the target stays open until the end.
    let mut kept = Vec::new();
    while let Some(opened) = context.opened.pop() {
        match opened {
            Opened::Mount(at) => {
                if let Err(error) = context.run(&Command::new("umount").arg(&at)) {
                    context.opened.push(Opened::Mount(at));
                    context.opened.extend(kept.into_iter().rev());
                    return Err(error);
                }
            }
            Opened::Scratch(super::super::system::Place::Target, path) => {
                let place = super::super::system::Place::Target;
                context.system.remove(place, &path).on("remove", &path)?;
            }
            other => kept.push(other),
        }
    }
    kept.reverse();
    context.opened = kept;
    Ok(())
}
