//! The `nevado` program.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    nevado::cli::run(&nevado::cli::Cli::parse())
}
