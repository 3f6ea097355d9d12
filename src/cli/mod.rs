//! The command line: one sub-command for each thing that Nevado does.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 failed,
//! 2 unusable arguments, 3 the preset has mistakes or can't be installed on this machine,
//! 4 cancelled.

mod check;
mod confirm;
mod containers;
mod engine;
mod evaluation;
mod front;
mod help;
mod inputs;
mod install;
mod passwords;
mod progress;
mod recovery_key;
mod signals;
#[cfg(feature = "wizard")]
mod wizard;

use crate::engine::Speed;
use crate::machine::probe::{Here, measure_all};
use crate::plan::{PlanText, Seed};
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use inputs::Stop;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Something did not work.
const FAILED: u8 = 1;
/// The arguments name what there is not; the same as for those that clap refuses.
#[cfg(feature = "wizard")]
const UNUSABLE: u8 = 2;
/// The preset has mistakes, or does not go together with the machine.
const NOT_INSTALLABLE: u8 = 3;
/// Stopped on request.
const CANCELLED: u8 = 4;

/// Installs NixOS: in a window, or from a preset file.
#[derive(Debug, Parser)]
#[command(
    name = "nevado",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    after_help = help::PROGRAM
)]
#[cfg_attr(not(feature = "wizard"), command(arg_required_else_help = true))]
pub struct Cli {
    #[cfg(feature = "wizard")]
    #[command(flatten)]
    wizard: wizard::WizardArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what this computer is, as JSON
    ///
    /// The output can be given to `--machine` of the other commands, on any computer. Some facts
    /// about disks need root.
    #[command(after_help = help::PROBE)]
    Probe(ProbeArgs),
    /// Check a preset, and whether it can be installed
    ///
    /// Every mistake is shown with its line and how to mend it, and with them what stands between the
    /// preset and this computer, or a recorded one. Once there is no mistake, Nix evaluates the
    /// configuration on this computer too.
    /// Nothing is written.
    #[command(after_help = help::CHECK)]
    Check(CheckArgs),
    /// Print what an installation would do; nothing is written
    #[command(after_help = help::PLAN)]
    Plan(PlanArgs),
    /// Install NixOS as a preset file says
    ///
    /// Must be run as root on a NixOS live medium. WRITES to the chosen disk, with layout `erase` all
    /// over it, after saying what will be lost and having the disk's name typed.
    #[command(after_help = help::INSTALL)]
    Install(InstallArgs),
    /// Show the running installation, from its beginning to its end
    ///
    /// An installation goes on when the command or terminal that began it is gone. Ends with the
    /// exit code of the installation; stopping this command does not stop the installation.
    #[command(after_help = help::FOLLOW)]
    Follow(FollowArgs),
    /// Go on with an installation that failed or was stopped
    ///
    /// For an installation that was begun by `nevado install` or by the wizard and did not come to its
    /// end: a step failed, or it was stopped. Mend what was in the way first, such as the network.
    ///
    /// Begins at the step that was not completed, with the same plan and the same passwords: what has
    /// been written is not written again. Only the engine that began it knows them: it waits for half
    /// an hour, and forgets the installation then, or when the computer is switched off. After that, or
    /// with another preset, `nevado install` begins anew. An installation that is running is shown by
    /// `nevado follow`. Stopping this command stops the installation at the next safe point.
    #[command(after_help = help::RETRY)]
    Retry(RetryArgs),
    /// Run the privileged half, which front ends start and talk to
    ///
    /// Listens on /run/nevado/engine.sock for root or for who started it with pkexec, and ends by
    /// itself when nobody needs it.
    #[command(after_help = help::ENGINE)]
    Engine,
    /// Print the JSON schema of presets, for editors
    #[command(after_help = help::SCHEMA)]
    Schema,
    /// Print completions for a shell; there are none for Nushell
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = help::MAN)]
    Man,
}

#[derive(Debug, Args)]
struct ProbeArgs {
    /// Read a recorded tree (with sys/, proc/ and so on in it) in place of this computer
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// Find out too how small each file system can become; needs root, and may take minutes
    #[arg(long, conflicts_with = "root")]
    measure: bool,
}

#[derive(Debug, Args)]
struct FollowArgs {
    /// Print each event as a line of JSON
    #[arg(long)]
    json: bool,
    /// Play a recorded installation in place of the running one: the journal that it left in
    /// /run/nevado/journal.jsonl, or in the new system as /var/log/nevado/install.jsonl
    #[arg(long, value_name = "FILE")]
    recorded: Option<PathBuf>,
    /// Play the recording this many times faster than it happened, 0.01 to 10000
    #[arg(long, value_name = "TIMES", requires = "recorded")]
    speed: Option<Speed>,
}

#[derive(Debug, Args)]
struct RetryArgs {
    /// Print events as JSON, a line each
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// The preset, a TOML file
    preset: PathBuf,
    /// Hold it against a recorded machine (from `nevado probe`) in place of this computer
    #[arg(long, value_name = "FILE")]
    machine: Option<PathBuf>,
    /// Leave out what takes long: do not let Nix evaluate the configuration
    #[arg(long)]
    no_evaluate: bool,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct PlanArgs {
    /// The preset, a TOML file
    preset: PathBuf,
    /// Plan for a recorded machine (from `nevado probe`) in place of this computer
    #[arg(long, value_name = "FILE")]
    machine: Option<PathBuf>,
    /// Leave out what takes long: do not ask Nix what has to be fetched
    #[arg(long)]
    no_evaluate: bool,
    /// Print the plan as JSON, without what has to be fetched
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
    /// Refuse unless the chosen disk is the one of this recorded machine (from `nevado probe`)
    #[arg(long, value_name = "FILE")]
    machine: Option<PathBuf>,
    /// Do not ask before the disk is written to, nor after a failure
    #[arg(long)]
    yes: bool,
    /// Print events as JSON, a line each
    #[arg(long)]
    json: bool,
    /// Draw all identifiers from these 64 hexadecimal digits; for tests only
    #[arg(long, hide = true, value_name = "HEX")]
    seed: Option<Seed>,
}

/// Runs the command line and gives the program's exit code.
pub fn run(cli: &Cli) -> ExitCode {
    let outcome = match &cli.command {
        Some(command) => run_command(command),
        #[cfg(feature = "wizard")]
        None => wizard::run(&cli.wizard),
        // clap prints its help and ends before it comes to this.
        #[cfg(not(feature = "wizard"))]
        None => Ok(()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            stop.report();
            stop.exit_code()
        }
    }
}

fn run_command(command: &Command) -> Result<(), Stop> {
    match command {
        Command::Probe(args) => probe(args),
        Command::Check(args) => check(args),
        Command::Plan(args) => plan(args),
        Command::Install(args) => install::run(args),
        Command::Follow(args) => follow(args),
        Command::Retry(args) => front::retry(args.json),
        Command::Engine => engine::run(),
        Command::Schema => print(&crate::preset::schema()),
        Command::Completions { shell } => completions(*shell),
        Command::Man => man(),
    }
}

fn probe(args: &ProbeArgs) -> Result<(), Stop> {
    if let Some(root) = args.root.as_deref().filter(|root| !root.is_dir()) {
        let told = anyhow::anyhow!("{} is no folder", root.display());
        return Err(Stop::failed(told));
    }
    let mut machine = inputs::probe(args.root.as_deref());
    if args.measure {
        measure_all(&mut machine, &mut Here);
    }
    print(&inputs::json(&machine)?)
}

fn check(args: &CheckArgs) -> Result<(), Stop> {
    let findings = check::run(args)?;
    if args.json {
        print(&inputs::json(&findings)?)?;
    } else {
        let text = findings.to_string();
        let gap = if text.is_empty() { "" } else { "\n\n" };
        print(&format!("{text}{gap}{}", findings.summary()))?;
    }
    if findings.installable() {
        Ok(())
    } else {
        Err(Stop::Told(NOT_INSTALLABLE))
    }
}

fn plan(args: &PlanArgs) -> Result<(), Stop> {
    let file = inputs::preset(&args.preset)?;
    let machine = inputs::machine_or_this_one(args.machine.as_deref(), &file)?;
    let plan = file.resolve(&machine, inputs::seed(args.seed)?)?;
    if args.json {
        return print(&inputs::json(&plan)?);
    }
    print(&PlanText(&plan).to_string())?;
    // Another computer's nixpkgs is not here.
    if args.no_evaluate || args.machine.is_some() {
        return Ok(());
    }
    let (forecast, problems) = evaluation::forecast(&plan)?;
    let problems: String = problems.iter().map(|p| format!("\n{p}")).collect();
    print(&format!("\nForecast\n  {forecast}\n{problems}"))
}

fn follow(args: &FollowArgs) -> Result<(), Stop> {
    let speed = args.speed.unwrap_or(Speed::RECORDED);
    match &args.recorded {
        Some(journal) => front::play(journal, speed, args.json),
        None => front::follow(args.json),
    }
}

fn completions(shell: Shell) -> Result<(), Stop> {
    let mut script = Vec::new();
    let mut shown = without_hidden(&Cli::command());
    clap_complete::generate(shell, &mut shown, "nevado", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// The command line as `--help` shows it: a completion has no mark for what is hidden.
fn without_hidden(command: &clap::Command) -> clap::Command {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let commands = command.get_subcommands().filter(|it| !it.is_hide_set());
    clap::Command::new(command.get_name().to_owned())
        .about(command.get_about().cloned().unwrap_or_default())
        .version(env!("CARGO_PKG_VERSION"))
        .args(shown.cloned())
        .subcommands(commands.map(without_hidden))
}

/// One page for the program and all of its commands.
fn man() -> Result<(), Stop> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(program.clone())
        .render(&mut page)
        .and_then(|()| {
            let commands = program.get_subcommands();
            commands
                .filter(|command| !command.is_hide_set() && command.get_name() != "help")
                .try_for_each(|command| man_section(command, &mut page))
        });
    rendered.map_err(|error| Stop::failed(error.into()))?;
    // Each command has a section here, and no page of its own.
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for command in program.get_subcommands() {
        let name = command.get_name();
        page = page.replace(&format!("nevado\\-{name}(1)"), &format!("nevado {name}"));
    }
    print(&page)
}

/// A command's own part of the page: how it is called, what it does, its options.
fn man_section(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    writeln!(page, ".SH \"NEVADO {}\"", command.get_name().to_uppercase())?;
    let man = clap_mangen::Man::new(command.clone());
    let mut part = Vec::new();
    man.render_synopsis_section(&mut part)?;
    man.render_description_section(&mut part)?;
    man.render_options_section(&mut part)?;
    man.render_extra_section(&mut part)?;
    // Sections of a section are sub-sections.
    page.extend(
        String::from_utf8_lossy(&part)
            .replace(".SH ", ".SS ")
            .bytes(),
    );
    Ok(())
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

/// Tells standard error. That nobody reads it, as behind a pipe to `head`, is no reason to stop.
fn tell(what: impl std::fmt::Display) {
    use std::io::Write;
    drop(writeln!(std::io::stderr(), "{what}"));
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
