//! Removes every signature of what goes: from the old partitions, then from both ends of the disk; or,
//! where the table stays, from both ends of each new partition's place.
//!
//! What goes is claimed first, the whole disk or a partition: while it is, nothing can mount it or
//! build on it.

use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::installation::DiskState;
use super::super::system::Piece;
use super::super::table_image::END;
use super::{check_identity, device, write_table};
use crate::machine::SPANNING;
use crate::plan::PlannedDisk;
use crate::storage::{Device, NewTable, TableBase};
use crate::units::{Bytes, Sectors};
use std::path::Path;

/// `state` is how much of the plan is on the disk already, in a retry.
pub(crate) fn run(
    context: &mut Context<'_>,
    planned: &PlannedDisk,
    state: DiskState,
) -> Result<(), StepError> {
    check_identity::before_wipe(context, planned, state)?;
    // udev may be looking at what has just been released.
    write_table::settle(context)?;
    match planned.table.base {
        TableBase::New => wipe_all(context, planned),
        TableBase::Kept { .. } => wipe_what_goes(context, planned),
    }
}

/// What is in a container that stays and is open; its header lies before that.
///
/// Nobody may have looked into it since the plan was made: a part of a volume on several devices is not
/// wiped, whichever end its signatures are at.
pub(super) fn inside(context: &mut Context<'_>, container: &Device) -> Result<(), StepError> {
    let own = device::own(context, container)?;
    let found = signatures(context, &own)?;
    if let Some(kind) = found.iter().find(|kind| SPANNING.contains(&kind.as_str())) {
        return StepError::refused(format!(
            "what is in the container that is open as {} is a part of a volume that may span other \
             partitions and disks ({kind}): take it apart first, or let it stay",
            own.display()
        ));
    }
    context.run(&wipe_signatures(&own))?;
    match signatures(context, &own)?.as_slice() {
        [] => Ok(()),
        left => StepError::refused(format!(
            "{} still has signatures after they were removed: {}",
            own.display(),
            left.join(", ")
        )),
    }
}

/// The kinds of all signatures of a device, at whichever end.
fn signatures(context: &mut Context<'_>, device: &Path) -> Result<Vec<String>, StepError> {
    let command = Command::new("wipefs").args(["--noheadings", "--output", "TYPE"]);
    let listed = context.ask(&command.arg(device))?.stdout;
    let kinds = listed.lines().map(str::trim);
    Ok({ kinds }
        .filter(|kind| !kind.is_empty())
        .map(str::to_owned)
        .collect())
}

/// The partitions that go, each of which wipefs claims, what lies where new ones begin and end, and where
/// longer ones end.
fn wipe_what_goes(context: &mut Context<'_>, planned: &PlannedDisk) -> Result<(), StepError> {
    for partition in device::going(context, planned)? {
        context.run(&wipe_signatures(&device::node(&partition.name)))?;
    }
    let disk = &planned.identity.path;
    let mut places = ends_of_new(&planned.table);
    places.extend(ends_of_longer(&planned.table));
    zero(context, disk, places)
}

fn wipe_all(context: &mut Context<'_>, planned: &PlannedDisk) -> Result<(), StepError> {
    let disk = &planned.identity.path;
    let claim = match context.system.claim(disk) {
        Ok(claim) => claim,
        Err(error) => {
            return StepError::refused(format!(
                "{} can't be taken for the installation alone ({error}): something uses it or a \
                 partition of it, and it is not wiped before that ends",
                disk.display()
            ));
        }
    };
    let wiped = wipe(context, planned);
    context.system.let_go(claim).on("let go of", disk)?;
    wiped
}

fn wipe(context: &mut Context<'_>, planned: &PlannedDisk) -> Result<(), StepError> {
    let disk = &planned.identity.path;
    // The claim is this program's, so that wipefs must not ask for one of its own.
    let claimed = |device: &Path| {
        Command::new("wipefs")
            .args(["--all", "--force", "--quiet"])
            .arg(device)
    };
    let name = device::kernel_name(context, disk)?;
    for partition in device::partitions(context, &name)? {
        context.run(&claimed(&device::node(&partition.name)))?;
    }
    context.run(&claimed(disk))?;
    let last = Bytes(planned.identity.size.0.saturating_sub(END.0));
    zero(context, disk, vec![(Bytes(0), END), (last, END)])
}

/// Zeros at each of these places, so many.
fn zero(
    context: &mut Context<'_>,
    disk: &Path,
    places: Vec<(Bytes, Bytes)>,
) -> Result<(), StepError> {
    let zeros = |(at, length): (Bytes, Bytes)| Piece {
        at,
        content: vec![0; usize::try_from(length.0).unwrap_or_default()],
    };
    let pieces: Vec<Piece> = places.into_iter().map(zeros).collect();
    context.system.write_device(disk, &pieces).on("wipe", disk)
}

/// The first and the last MiB of each new partition: what lies there must not come alive when the kernel shows
/// the partition. One in the place of a logical partition may have less than a MiB.
fn ends_of_new(table: &NewTable) -> Vec<(Bytes, Bytes)> {
    let places = table.partitions.iter().flat_map(|p| {
        let start = p.start.bytes(table.sector_size).0;
        let length = p.length.bytes(table.sector_size).0;
        let part = length.min(END.0);
        [start, start + length - part].map(|at| (Bytes(at), Bytes(part)))
    });
    let mut places: Vec<(Bytes, Bytes)> = places.collect();
    places.dedup();
    places
}

/// The last MiB of each partition that becomes longer, as far as it was not its own: some signatures lie at
/// the end of what they are about.
fn ends_of_longer(table: &NewTable) -> Vec<(Bytes, Bytes)> {
    let longer = table.kept().iter().filter(|p| p.is_longer());
    let places = longer.map(|p| {
        let after = |length: Sectors| Sectors(p.start.0 + length.0).bytes(table.sector_size).0;
        let (old, new) = (after(p.old_length()), after(p.length));
        let from = old.max(new.saturating_sub(END.0));
        (Bytes(from), Bytes(new - from))
    });
    places.collect()
}

/// Removes all signatures that libblkid knows from a device.
pub(super) fn wipe_signatures(device: &Path) -> Command {
    Command::new("wipefs")
        .args(["--all", "--quiet"])
        .arg(device)
}
