//! What a layout comes to: the place that was found on one disk, and all that follows from it.

use crate::plan::{Loss, PlannedDisk, Problem, Resized};
use crate::storage::{
    Container, EspUse, ExistingEsp, ExistingHome, KeptLuks, KeptSubvolumes, KeptVolume, Larger,
    NewSwapFile, NewTable, PartitionId, Share, Smaller, Volume,
};
use std::path::Path;

/// Where the new system goes.
pub(in crate::plan) struct Placed<'a> {
    /// The table after the install.
    pub table: NewTable,
    /// The ESP that is used as it is, if one is.
    pub esp: Option<ExistingEsp<'a>>,
    /// The home folders that stay, if they do.
    pub home: Option<ExistingHome<'a>>,
    /// What is lost.
    pub losses: Vec<Loss>,
    /// What is made smaller, and how a person knows it.
    pub smaller: Option<(Smaller, Resized)>,
    /// How much of it the new system could have.
    pub share: Option<Share>,
    /// What should be known first.
    pub warnings: Vec<Problem>,
}

/// A whole layout: every disk that is written to, and what is on it afterwards.
pub(in crate::plan) struct Arranged {
    /// At least one.
    pub disks: Vec<PlannedDisk>,
    /// What is made, in this order.
    pub volumes: Vec<Volume>,
    /// What stays and is mounted as it is.
    pub kept: Vec<KeptVolume>,
    /// What becomes of subvolumes in a btrfs that stays.
    pub subvolumes: Vec<KeptSubvolumes>,
    /// A swap file in a btrfs that stays.
    pub swap_file: Option<NewSwapFile>,
    /// What is made smaller.
    pub smaller: Vec<Smaller>,
    /// What is made larger.
    pub larger: Vec<Larger>,
    /// Which of the disks the firmware starts from, from 0.
    pub starts: usize,
    /// What the EFI system partition holds, where it is not all new.
    pub esp: Option<EspUse>,
    /// What should be known first.
    pub warnings: Vec<Problem>,
}

impl Arranged {
    /// What stays, or is new in what stays, and is mounted there.
    pub(in crate::plan) fn mounted_at(&self, place: &str) -> Option<&KeptVolume> {
        let mut kept = self.kept.iter();
        kept.find(|kept| kept.mount.at.as_path() == Path::new(place))
    }

    /// The containers that stay and are opened, each with its partition.
    pub(in crate::plan) fn kept_containers(
        &self,
    ) -> impl Iterator<Item = (PartitionId, &KeptLuks)> {
        let new = self.volumes.iter().filter_map(|volume| {
            let Some(Container::Kept(luks)) = &volume.container else {
                return None;
            };
            Some((volume.partition, luks))
        });
        let kept = self.kept.iter();
        new.chain(kept.filter_map(|kept| Some((kept.partition, kept.container.as_ref()?))))
    }
}
