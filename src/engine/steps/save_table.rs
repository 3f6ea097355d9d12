//! Keeps a copy of both ends of the disk, where its tables are.

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::kept_table::KeptTable;
use super::super::system::{NewFile, Place};
use super::super::table_image::END;
use crate::plan::Plan;
use crate::units::Bytes;
use std::path::Path;

/// The names of the copies, in the engine's state and later beside the log in the target; a second
/// try does not write over what the first one kept.
pub(super) fn copies(plan: &Plan) -> [String; 2] {
    ["first", "last"].map(|end| format!("disk-{end}-mib-{}", plan.nonce))
}

pub(super) fn run(context: &mut Context<'_>, disk: &Path) -> Result<(), StepError> {
    let last = Bytes(context.plan.disk.size.0.saturating_sub(END.0));
    for (name, at) in copies(context.plan).into_iter().zip([Bytes(0), last]) {
        let content = context.system.read_device(disk, at, END).on("read", disk)?;
        let path = Path::new(&name);
        let file = NewFile {
            place: Place::State,
            path,
            mode: 0o600,
            content: &content,
        };
        context.system.write_file(file).on("write", path)?;
    }
    // A table that can't be kept is refused here, before anything is wiped.
    kept(context).map(drop)
}

/// What stays of the old table, from the copies: whatever a try before this one has left on the
/// disk, they are as it was in the beginning. Nothing if the table is all new.
pub(super) fn kept(context: &mut Context<'_>) -> Result<Option<KeptTable>, StepError> {
    let plan = context.plan;
    if plan.table.base.is_new() {
        return Ok(None);
    }
    let mut copy = |name: &str| {
        let path = Path::new(name);
        context
            .system
            .read_file(Place::State, path)
            .on("read", path)
    };
    let [head, tail] = copies(plan);
    let (head, tail) = (copy(&head)?, copy(&tail)?);
    Ok(Some(KeptTable::read(&plan.table, head, tail)?))
}
