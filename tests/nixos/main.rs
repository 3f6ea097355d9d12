//! What `nevado::nixos` writes: the files as people see them, and every option held against NixOS'
//! table. `tests/standin` evaluates the same systems with a real Nix.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod documented;
mod every_choice;
mod files;
mod from_pairs;
mod option_names;
mod option_table;
#[path = "../systems/mod.rs"]
mod systems;
