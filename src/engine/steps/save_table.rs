//! Keeps a copy of both ends of the disk, where its tables are, and of the chain of logical partitions where the
//! plan changes that.

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::kept_table::KeptTable;
use super::super::logical_chain::Chain;
use super::super::system::{NewFile, Place};
use super::super::table_image::END;
use super::device;
use crate::plan::{Plan, PlannedDisk};
use crate::units::Bytes;
use std::path::Path;

/// The names of a disk's copies, in the engine's state and later beside the log in the target; another
/// installation does not write over what this one kept.
pub(super) fn copies(plan: &Plan, disk: &PlannedDisk) -> [String; 2] {
    let mut disks = (1..).zip(plan.disks());
    let number = disks.find(|(_, other)| other.identity.path == disk.identity.path);
    let number = number.map_or(0, |(number, _)| number);
    ["first", "last"].map(|end| format!("disk-{number}-{end}-mib-{}", plan.nonce))
}

/// The name of the copy of a disk's chain of logical partitions; the form is that of [`Chain::to_bytes`].
pub(super) fn chain_copy(plan: &Plan, disk: &PlannedDisk) -> String {
    let [first, _] = copies(plan, disk);
    first.replace("first-mib", "logical-partitions")
}

pub(super) fn run(context: &mut Context<'_>, disk: &Path) -> Result<(), StepError> {
    let planned = device::planned(context, disk)?;
    let last = Bytes(planned.identity.size.0.saturating_sub(END.0));
    for (name, at) in copies(context.plan, planned)
        .into_iter()
        .zip([Bytes(0), last])
    {
        let content = context.system.read_device(disk, at, END).on("read", disk)?;
        save(context, &name, &content)?;
    }
    if Chain::is_changed(&planned.table) {
        let chain = chain_on(context, planned)?.to_bytes();
        save(context, &chain_copy(context.plan, planned), &chain)?;
    }
    // A table that can't be kept is refused here, before anything is wiped or made smaller; so are
    // partitions of the kernel's that the plan does not know.
    kept(context, planned)?;
    if !planned.table.base.is_new() {
        device::going(context, planned)?;
    }
    Ok(())
}

fn save(context: &mut Context<'_>, name: &str, content: &[u8]) -> Result<(), StepError> {
    let path = Path::new(name);
    let file = NewFile {
        place: Place::State,
        path,
        mode: 0o600,
        content,
    };
    context.system.write_file(file).on("write", path)
}

/// The chain of logical partitions that is on a disk.
fn chain_on(context: &mut Context<'_>, planned: &PlannedDisk) -> Result<Chain, StepError> {
    let (disk, unit) = (&planned.identity.path, planned.table.sector_size);
    Chain::follow(&planned.table, |at| {
        let read = context
            .system
            .read_device(disk, at.bytes(unit), Bytes(unit.bytes()));
        read.on("read", disk)
    })
}

/// What stays of the old table, from the copies: whatever a try before this one has left on the
/// disk, they are as it was in the beginning. Nothing if the table is all new.
pub(super) fn kept(
    context: &mut Context<'_>,
    planned: &PlannedDisk,
) -> Result<Option<KeptTable>, StepError> {
    if planned.table.base.is_new() {
        return Ok(None);
    }
    let [head, tail] = saved(context, planned)?;
    let chain = match Chain::is_changed(&planned.table) {
        false => None,
        true => {
            let name = chain_copy(context.plan, planned);
            Some(Chain::from_bytes(&planned.table, &copy(context, &name)?)?)
        }
    };
    Ok(Some(KeptTable::read(&planned.table, head, tail, chain)?))
}

/// The copies of both ends.
pub(super) fn saved(
    context: &mut Context<'_>,
    planned: &PlannedDisk,
) -> Result<[Vec<u8>; 2], StepError> {
    let [head, tail] = copies(context.plan, planned);
    Ok([copy(context, &head)?, copy(context, &tail)?])
}

fn copy(context: &mut Context<'_>, name: &str) -> Result<Vec<u8>, StepError> {
    let path = Path::new(name);
    context
        .system
        .read_file(Place::State, path)
        .on("read", path)
}
