//! The command line: `nevado probe`, `plan` and `install`.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 failed,
//! 2 unusable arguments, 3 the preset can't be installed on this machine, 4 cancelled.

mod confirm;
mod inputs;
mod install;
mod passwords;
mod progress;

use crate::plan::{PlanText, Seed, resolve};
use clap::{Args, Parser, Subcommand};
use inputs::Stop;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Installs NixOS, from a preset file.
#[derive(Debug, Parser)]
#[command(
    name = "nevado",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what this computer is, as JSON
    ///
    /// The output can be given to `nevado plan --machine` on any other computer.
    ///
    /// Example: nevado probe > machine.json
    Probe(ProbeArgs),
    /// Print what an installation would do; nothing is written
    ///
    /// Example: nevado plan preset.toml
    Plan(PlanArgs),
    /// Install NixOS as a preset file says
    ///
    /// Must be run as root on a NixOS live medium. ERASES the chosen disk.
    ///
    /// Example: nevado install preset.toml
    Install(InstallArgs),
}

#[derive(Debug, Args)]
struct ProbeArgs {
    /// Read a recorded tree (with sys/, proc/ and so on in it) in place of this computer
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct PlanArgs {
    /// The preset, a TOML file
    preset: PathBuf,
    /// Plan for a recorded machine (from `nevado probe`) in place of this computer
    #[arg(long, value_name = "FILE")]
    machine: Option<PathBuf>,
    /// Print the plan as JSON
    #[arg(long)]
    json: bool,
    /// Draw all identifiers from these 64 hexadecimal digits; for tests only
    #[arg(long, hide = true, value_name = "HEX")]
    seed: Option<Seed>,
}

#[derive(Debug, Args)]
struct InstallArgs {
    /// The preset, a TOML file
    preset: PathBuf,
    /// Do not ask before the disk is erased
    #[arg(long)]
    yes: bool,
    /// Draw all identifiers from these 64 hexadecimal digits; for tests only
    #[arg(long, hide = true, value_name = "HEX")]
    seed: Option<Seed>,
}

/// Runs the command line and gives the program's exit code.
pub fn run(cli: &Cli) -> ExitCode {
    let outcome = match &cli.command {
        Command::Probe(args) => probe(args),
        Command::Plan(args) => plan(args),
        Command::Install(args) => install::run(&args.preset, args.yes, args.seed),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            stop.report();
            stop.exit_code()
        }
    }
}

fn probe(args: &ProbeArgs) -> Result<(), Stop> {
    let machine = inputs::probe(args.root.as_deref());
    print(&inputs::json(&machine)?)
}

fn plan(args: &PlanArgs) -> Result<(), Stop> {
    let preset = inputs::preset(&args.preset)?;
    let machine = match &args.machine {
        Some(file) => inputs::machine(file)?,
        None => inputs::probe(None),
    };
    let plan = resolve(&machine, &preset, inputs::seed(args.seed)?)?;
    if args.json {
        print(&inputs::json(&plan)?)
    } else {
        print(&PlanText(&plan).to_string())
    }
}

/// Prints a result; a reader that went away early is no error.
fn print(text: &str) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| {
        if text.ends_with('\n') {
            Ok(())
        } else {
            out.write_all(b"\n")
        }
    });
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Stop::failed(
            anyhow::Error::new(error).context("the output could not be written"),
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }
}
