//! Looks at the disk again and refuses if it is not the one that was confirmed.

use super::super::context::Context;
use super::super::error::StepError;
use crate::machine::Fact;
use crate::plan::DiskIdentity;

pub(super) fn run(context: &mut Context<'_>, confirmed: &DiskIdentity) -> Result<(), StepError> {
    let path = confirmed.path.display();
    let disk = match context.system.probe_disk(&confirmed.path) {
        Fact::Known(disk) => disk,
        Fact::Unknown(why) => {
            return StepError::refused(format!("{path} can't be looked at again: {why}"));
        }
    };
    if disk.live_medium {
        return StepError::refused(format!("the running system was started from {path}"));
    }
    if disk.read_only {
        return StepError::refused(format!("{path} refuses writes"));
    }
    confirmed.check(&DiskIdentity::of(&disk))?;
    context.note(format!("the disk is {}", confirmed.description()));
    Ok(())
}
