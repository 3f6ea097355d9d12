//! Disk layouts and what goes onto partitions: pure.
//!
//! [`Contents`] say what is to go onto the disk, and so which partitions it needs. *Where*: a layout
//! makes a [`NewTable`] of these. *What*: [`volumes`] gives each partition its [`Volume`].

mod contents;
mod device;
mod encryption;
mod erase;
mod file_system;
mod swap;
mod table;
mod target_path;
mod volumes;

pub use contents::{Contents, Need, NeedSize, Start, SwapSpace};
pub use device::{BadMapperName, Device, MapperName};
pub use encryption::{KeyDerivation, NewLuks};
pub use erase::{TooSmall, disk_minimum, erase};
pub use file_system::{BadSubvolumeName, NewFileSystem, SubvolumeName};
pub use swap::{hibernation_size, swap_size};
pub use table::{NewPartition, NewTable, PartitionRole};
pub use target_path::{BadTargetPath, TargetPath};
pub use volumes::{
    BadVolume, FileSystemVolume, MountPoint, NewSwap, NewSwapFile, Volume, VolumeContent,
    in_mount_order, volumes,
};
