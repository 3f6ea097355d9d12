//! What `nevado::nixos` writes: the files as people see them, every option held against NixOS'
//! table, and everything evaluated by a real Nix.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod evaluates;
mod files;
mod option_names;
mod option_table;
mod systems;
