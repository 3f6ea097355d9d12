//! Looks at the disk again and refuses if it is not the one that was confirmed.

use super::super::context::Context;
use super::super::error::StepError;
use super::super::installation::DiskState;
use crate::machine::Fact;
use crate::plan::{DiskIdentity, PlannedDisk};

/// The same right before a disk is wiped, when others may have been written to already.
pub(super) fn before_wipe(
    context: &mut Context<'_>,
    planned: &PlannedDisk,
    state: DiskState,
) -> Result<(), StepError> {
    run(context, planned, state).map_err(|error| match error {
        StepError::OtherDisk(difference) => StepError::Exchanged(difference),
        other => other,
    })
}

/// `state` is how much of the plan is on the disk already, in a retry.
pub(crate) fn run(
    context: &mut Context<'_>,
    planned: &PlannedDisk,
    state: DiskState,
) -> Result<(), StepError> {
    let confirmed = &planned.identity;
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
    let found = DiskIdentity::of(&disk);
    let expected = state.expected(planned, &found);
    expected.check(&found).map_err(|difference| match state {
        DiskState::Old => StepError::OtherDisk(difference),
        DiskState::Between | DiskState::New => StepError::DiskSwapped(difference),
    })?;
    context.note(format!("the disk is {}", confirmed.description()));
    Ok(())
}
