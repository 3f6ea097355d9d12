//! Disk layouts and what goes onto partitions: pure.
//!
//! *Where*: a layout makes a [`NewTable`]. *What*: [`volumes`] gives its partitions a [`Volume`] each.

mod device;
mod erase;
mod file_system;
mod table;
mod target_path;
mod volumes;

pub use device::{BadMapperName, Device, MapperName};
pub use erase::{Start, TooSmall, disk_minimum, erase};
pub use file_system::NewFileSystem;
pub use table::{NewPartition, NewTable, PartitionRole};
pub use target_path::{BadTargetPath, TargetPath};
pub use volumes::{MountPoint, Volume, in_mount_order, volumes};
