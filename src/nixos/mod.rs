//! The text of a NixOS configuration: a value tree and its printer.
//!
//! Pure: nothing here reads or writes a file.

pub mod lexical;
pub mod print;
mod system;
pub mod value;

pub use system::{BootLoader, FileSystemEntry, System};
