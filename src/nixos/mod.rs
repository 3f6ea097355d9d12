//! The text of a NixOS configuration: a value tree and its printer.
//!
//! Pure: nothing here reads or writes a file.

pub mod lexical;
pub mod print;
pub mod value;
