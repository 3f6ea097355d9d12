//! Disk layouts: pure arithmetic over sectors.

mod erase;
mod table;

pub use erase::{Start, TooSmall, disk_minimum, erase};
pub use table::{NewPartition, NewTable, PartitionRole};
