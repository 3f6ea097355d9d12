//! The swap file of a system whose root is a new subvolume of a btrfs that stays.

use super::is_new_at;
use crate::machine::Content;
use crate::plan::layout::Arranged;
use crate::plan::layout::manual::draft::DiskDraft;
use crate::plan::layout::manual::wish::What;
use crate::preset::SubvolumeAction;
use crate::storage::{BadVolume, KeptVolume, NewSwapFile, SWAP_SUBVOLUME};
use crate::units::Bytes;

/// The swap file in a subvolume of its own.
const IN_ITS_OWN: &str = "/swap/swapfile";

/// Adds a swap file, where the root is a new subvolume of a btrfs that stays: in a subvolume of its own, of which
/// there are no snapshots, if that can be had.
///
/// # Errors
/// Never: the names here are well-formed.
pub(in crate::plan::layout::manual) fn add_swap_file(
    arranged: &mut Arranged,
    drafts: &[DiskDraft<'_>],
    size: Bytes,
) -> Result<(), BadVolume> {
    let parts = drafts.iter().flat_map(|draft| &draft.parts);
    let mut roots = parts.filter_map(|(_, what)| match what {
        What::Subvolumes {
            partition,
            subvolumes,
        } if is_new_at(what, "/") => Some((*partition, *subvolumes)),
        _ => None,
    });
    let Some((partition, subvolumes)) = roots.next() else {
        return Ok(());
    };
    let (name, place) = SWAP_SUBVOLUME;
    if subvolumes
        .iter()
        .any(|s| s.is_at(place) && s.is(SubvolumeAction::Create))
    {
        arranged.swap_file = Some(NewSwapFile {
            at: IN_ITS_OWN.parse()?,
            size,
        });
        return Ok(());
    }
    let there = match &partition.content {
        Content::Formatted(fs) => fs.subvolumes.as_deref(),
        Content::Blank | Content::Unknown(_) => None,
    };
    // Where nobody knows which there are, one of this name may be there.
    let is_free = there.is_some_and(|there| there.at(name).is_none())
        && subvolumes.iter().all(|own| own.name.as_str() != name)
        && arranged.mounted_at(place).is_none();
    let own = KeptVolume::swap_subvolume(partition).filter(|_| is_free);
    let mut named = arranged.subvolumes.iter_mut();
    let root = named.find(|named| {
        own.as_ref()
            .is_some_and(|own| own.partition == named.partition)
    });
    let at = match (own, root) {
        (Some(own), Some(root)) => {
            root.new.extend(own.subvolume.clone());
            root.new.sort();
            arranged.kept.push(own);
            IN_ITS_OWN
        }
        _ => "/swapfile",
    };
    arranged.swap_file = Some(NewSwapFile {
        at: at.parse()?,
        size,
    });
    Ok(())
}
