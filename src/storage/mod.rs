//! Disk layouts: pure arithmetic over sectors.

mod erase;
mod table;

pub use erase::{TooSmall, erase};
pub use table::{NewPartition, NewTable, PartitionRole};
