//! The files of a configuration that is not final yet, and the commands that look at them.

use super::sources::with_sources;
use crate::plan::{Action, Plan, TargetFile};
use crate::preset::Install;
use crate::process::Command;
use std::ffi::OsString;
use std::fs::{DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long Nix may take: minutes on a slow machine, and then it hangs.
const LIMIT: Duration = Duration::from_mins(15);

/// A configuration with the nixpkgs that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub(super) files: Vec<TargetFile>,
    nixpkgs: PathBuf,
}

/// The one system of a flake, with the medium's nixpkgs as its input. `nix` itself would first copy
/// both into a store, and an ordinary user has none to copy to.
const FLAKE: &str = "{ flake }: let
  call = file: inputs: let
      self = (import file).outputs (inputs // { inherit self; }) // { outPath = dirOf file; };
    in self;
  nixpkgs = call (toString <nixpkgs/flake.nix>) { };
  systems = (call flake { inherit nixpkgs; }).nixosConfigurations;
in { system = (builtins.head (builtins.attrValues systems)).config.system.build.toplevel; }";

/// The scratch store, below the scratch folder.
const STORE: &str = "store";

/// Nix's home, where it keeps what caches told it.
const HOME: &str = "home";

impl Draft {
    /// What the ordinary user writes below the scratch folder.
    pub(super) const OWN_FOLDERS: [&str; 2] = [STORE, HOME];

    /// What a plan evaluates before it touches anything.
    pub fn of(plan: &Plan) -> Self {
        let files = plan.steps.iter().find_map(|step| match &step.action {
            Action::Evaluate { files } => Some(files.clone()),
            _ => None,
        });
        Self::new(files.unwrap_or_default(), plan.nixpkgs.path.clone())
    }

    /// These files, with the nixpkgs tree in `nixpkgs`.
    pub const fn new(files: Vec<TargetFile>, nixpkgs: PathBuf) -> Self {
        Self { files, nixpkgs }
    }

    /// The tree that `<nixpkgs>` stands for.
    pub fn nixpkgs(&self) -> &Path {
        &self.nixpkgs
    }

    /// Writes the files below `folder`, as they would lie below `/`, for everyone to read.
    ///
    /// # Errors
    /// As the operating system has them.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for file in &self.files {
            let path = folder.join(file.path.below_root());
            if let Some(above) = path.parent() {
                DirBuilder::new()
                    .recursive(true)
                    .mode(0o755)
                    .create(above)?;
            }
            let mut options = File::options();
            let mut written = options
                .write(true)
                .create_new(true)
                .mode(0o644)
                .open(&path)?;
            written.write_all(file.text.as_bytes())?;
        }
        Ok(())
    }

    fn nix_files(&self) -> impl Iterator<Item = &TargetFile> {
        let is_nix = |file: &&TargetFile| {
            let extension = file.path.as_path().extension();
            extension.is_some_and(|extension| extension == "nix")
        };
        self.files.iter().filter(is_nix)
    }

    /// Where the file of this name lies below `folder`.
    fn file(&self, folder: &Path, name: &str) -> Option<PathBuf> {
        let mut files = self.nix_files();
        let found = files.find(|file| file.path.as_path().ends_with(name))?;
        Some(folder.join(found.path.below_root()))
    }

    /// A syntax error is found at once by these, and with little memory.
    pub(super) fn parse_commands(&self, folder: &Path) -> Vec<Command> {
        let parse = |file: &TargetFile| {
            Command::new("nix-instantiate")
                .arg("--parse")
                .arg(folder.join(file.path.below_root()))
        };
        self.nix_files().map(parse).map(alone).collect()
    }

    /// `nix-instantiate` for an attribute of the system: of the flake where there is one, else of
    /// `configuration.nix`; nothing if there is neither.
    fn instantiate(&self, folder: &Path, before: &[&str], attribute: &str) -> Option<Command> {
        let command = Command::new("nix-instantiate").args(before);
        Some(match self.file(folder, "flake.nix") {
            Some(flake) => command
                .args(["-E", FLAKE, "-A", attribute, "--argstr", "flake"])
                .arg(flake),
            None => command
                .args(["<nixpkgs/nixos>", "-A", attribute, "-I"])
                .arg(nixos_config(&self.file(folder, "configuration.nix")?)),
        })
    }

    /// Evaluates the whole system; nothing if there is no `configuration.nix`.
    pub(super) fn evaluate_command(&self, folder: &Path) -> Option<Command> {
        let command = self.instantiate(folder, &["--eval", "--strict"], "system.drvPath")?;
        Some(alone(with_nixpkgs(command, &self.nixpkgs)).within(LIMIT))
    }

    /// Writes the system's derivations into the scratch store, and prints the path of the last one;
    /// nothing if there is no `configuration.nix`.
    pub(super) fn instantiate_command(&self, folder: &Path) -> Option<Command> {
        let command = self.instantiate(folder, &[], "system")?;
        Some(with_nixpkgs(scratch(command, folder), &self.nixpkgs))
    }
}

/// Says what building a derivation would take, beginning with an empty store. What the medium's
/// store has counts as something to fetch.
pub(super) fn dry_run_command(
    derivation: &str,
    folder: &Path,
    through_daemon: bool,
    install: &Install,
) -> Command {
    let command = Command::new("nix-store").args(["--realise", "--dry-run", derivation]);
    let command = with_sources(command, install);
    let command = match through_daemon {
        true => command.args(["--extra-substituters", "auto?trusted=1"]),
        false => command
            .args(["--extra-experimental-features", "read-only-local-store"])
            .args(["--extra-substituters", "local?read-only=true&trusted=1"]),
    };
    scratch(command, folder)
}

/// Uses the store and home below a scratch folder.
fn scratch(command: Command, folder: &Path) -> Command {
    command
        .arg("--store")
        .arg(folder.join(STORE))
        .env("HOME", folder.join(HOME))
        .within(LIMIT)
}

/// A store that holds nothing and takes nothing, since the ordinary user may not open the real one;
/// and no home, in which Nix would look for its settings.
fn alone(command: Command) -> Command {
    command
        .args(["--store", "dummy://"])
        .env("HOME", "/var/empty")
}

/// `-I`'s value for a configuration.
pub(crate) fn nixos_config(configuration: &Path) -> OsString {
    let mut value = OsString::from("nixos-config=");
    value.push(configuration);
    value
}

/// Lets `<nixpkgs>` be this tree.
pub(crate) fn with_nixpkgs(command: Command, nixpkgs: &Path) -> Command {
    let mut value = OsString::from("nixpkgs=");
    value.push(nixpkgs);
    command.env("NIX_PATH", value)
}
