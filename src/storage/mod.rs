//! Disk layouts and what goes onto partitions: pure.
//!
//! [`Contents`] say what is to go onto the disk, and so which partitions it needs. *Where*: a layout
//! makes a [`NewTable`] of these, beside what stays, which may have to become [`Smaller`] first, or [`Larger`]
//! afterwards.
//! *What*: [`volumes`] gives each partition its [`Volume`].

mod attributes;
mod beside;
mod container;
mod contents;
mod device;
mod discoverable;
mod edit;
mod encryption;
mod erase;
mod esp;
mod existing;
mod file_system;
mod grow;
mod identity;
mod kept_subvolumes;
mod kept_volume;
mod manual;
mod shrink;
mod swap;
mod table;
mod target_path;
mod volumes;

pub use attributes::{attributes, flags_of, is_of_gpt, with_flags};
pub use beside::{NoRoom, Region};
pub use container::{Container, KeptLuks, NoContainer};
pub use contents::{Contents, Need, NeedSize, Reach, Start, SwapSpace};
pub use device::{BadMapperName, Device, MapperName};
pub use discoverable::would_take;
pub use edit::{BadEdit, Edit, Next};
pub use encryption::{ContainerKeys, KeyDerivation, KeySlots, NewLuks};
pub use erase::{TooSmall, disk_minimum, erase};
pub use esp::{EspUse, ExistingEsp, KERNEL_ROOM, NoEsp};
pub use existing::{CannotKeep, ExistingTable, MBR_END, PRIMARY};
pub use file_system::{BadSubvolumeName, NewFileSystem, SubvolumeName, VFAT_LARGEST, largest};
pub use grow::{CannotGrow, Growable, Larger};
pub use identity::{BadIdentity, DiskSignature, PartitionId, PartitionType, TableId};
pub use kept_subvolumes::KeptSubvolumes;
pub use kept_volume::{ExistingHome, KeptVolume, NoHome, NotMounted};
pub use manual::{Edited, MadePlace};
pub use shrink::{NoShare, Share, Shrinkable, Smaller};
pub use swap::{hibernation_size, swap_size};
pub use table::{
    KeptPartition, NewPartition, NewTable, PartitionName, PartitionRole, TableBase,
    shown_of_extended,
};
pub use target_path::{BadTargetPath, SCRATCH, TargetPath};
pub(crate) use volumes::SWAP_SUBVOLUME;
pub use volumes::{
    BadVolume, FileSystemVolume, MountPoint, NewSwap, NewSwapFile, Volume, VolumeContent,
    in_mount_order, in_order, volumes,
};
