//! Making a partition larger: what keeps its file system from following it.

use super::super::{alongside, asleep};
use crate::machine::{CannotShrink, Content, Machine, Partition, Shrink};
use crate::storage::{Growable, PartitionId};

/// The file system of a partition that can follow it when it becomes larger, or why it can't.
///
/// # Errors
/// The reason, in words.
pub fn growable(partition: &Partition) -> Result<Growable, String> {
    let fs = match &partition.content {
        Content::Formatted(fs) => fs,
        Content::Blank => return Err("there is no file system in it".to_owned()),
        Content::Unknown(_) => return Err("it is not known what is in it".to_owned()),
    };
    let kind = Growable::of(&fs.kind).map_err(|why| why.to_string())?;
    let id = partition.guid.as_deref().map(str::parse::<PartitionId>);
    if let Some(Ok(PartitionId::Mbr(..))) = id {
        return Err("in an MBR partition table, nothing is made larger here".to_owned());
    }
    match (&fs.shrink, kind) {
        (Some(Shrink::Impossible(CannotShrink::SeveralDisks)), _) => {
            Err("it lies on several disks together".to_owned())
        }
        // Whoever uses it still must not go on with what they remember of it.
        (
            Some(Shrink::Impossible(
                why @ (CannotShrink::Damaged { .. }
                | CannotShrink::Dirty
                | CannotShrink::Hibernated
                | CannotShrink::InUse),
            )),
            _,
        ) => Err(why.to_string()),
        (Some(Shrink::Impossible(why)), Growable::Ntfs) => Err(why.to_string()),
        (None, Growable::Ntfs) => {
            Err("whether Windows was shut down fully has not been looked at".to_owned())
        }
        _ => Ok(kind),
    }
}

/// Why a partition can't become larger, and what to do.
pub(super) fn refused(machine: &Machine, partition: &Partition) -> Option<(String, String)> {
    if let Some(memory) = asleep::hibernated(machine, &[]) {
        let mend = "Start it and shut it down fully.";
        return Some((asleep::still_remembered(memory), mend.to_owned()));
    }
    let why = growable(partition).err()?;
    let is_ntfs = matches!(&partition.content, Content::Formatted(fs) if fs.kind == "ntfs");
    let mend = match is_ntfs && alongside::is_unmeasured(partition) {
        true => "Record the computer with `nevado probe --measure`, as root.",
        false => "Let it stay as it is, and make a partition of its own in the free space.",
    };
    Some((why, mend.to_owned()))
}
