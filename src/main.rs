//! The `nevado` program.

fn main() {}
