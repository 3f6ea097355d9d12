//! The text of the files in `/etc/nixos`: `configuration.nix`, `hardware-configuration.nix`, and what
//! stands beside them.
//!
//! A [`System`] says what the new system shall be; [`files`] writes it down as a person who
//! knows NixOS would. One file of this module per concern, each a section of the result. What the
//! person chose is written even where it equals NixOS' default, so that the line to change is
//! there; everything else only where it differs.
//!
//! Pure: nothing here reads or writes a file.

mod boot;
mod computer;
mod desktop;
mod devices;
mod file_systems;
mod flake;
mod hardware;
mod input_method;
mod kernel;
mod keyboard;
mod locale;
mod network;
mod parts;
mod software;
mod system;
pub mod tree;
mod upkeep;
mod users;
mod words;

pub use computer::{Computer, NvidiaDriver};
pub use desktop::comes_along;
pub use flake::{NoPin, Pin};
pub use keyboard::{keyboard_additions, types_latin};
pub use system::{BootLoader, EncryptedEntry, FileSystemEntry, Kernels, SwapEntry, System};

use crate::preset::Files;
use tree::{Attrs, Comment, Expr, Module, NixError};

/// The file that says what the system is.
pub const CONFIGURATION_FILE: &str = "configuration.nix";

/// The name of the file that describes the machine, beside `configuration.nix`.
pub const HARDWARE_FILE: &str = "hardware-configuration.nix";

/// A file of `/etc/nixos`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationFile {
    /// Such as `configuration.nix`.
    pub name: &'static str,
    /// All of it.
    pub text: String,
}

/// Writes a system down: every file of `/etc/nixos`, `configuration.nix` first.
///
/// # Errors
/// [`NixError`] if a text can't be held by Nix (only U+0000 can't), or two users or mounts have the
/// same name.
pub fn files(system: &System<'_>) -> Result<Vec<ConfigurationFile>, NixError> {
    let language = &system.choices.language;
    let mut files: Vec<ConfigurationFile> = Vec::new();
    for (name, module) in modules(system)? {
        let text = tree::print(&words::translated(module, language));
        files.push(ConfigurationFile { name, text });
    }
    if let Some(pin) = &system.flake {
        let module = words::translated(flake::module(system)?, language);
        let text = tree::print(&module);
        let name = flake::FILE;
        files.push(ConfigurationFile { name, text });
        let text = flake::lock(system, pin);
        let name = flake::LOCK;
        files.push(ConfigurationFile { name, text });
    }
    Ok(files)
}

/// The modules of NixOS before they are printed, with the names of their files, for whoever checks
/// the options in them.
///
/// # Errors
/// As [`files`].
pub fn modules(system: &System<'_>) -> Result<Vec<(&'static str, Module)>, NixError> {
    let mut parts = parts::all(system)?;
    parts.retain(|part| part.body.bindings().next().is_some());
    let split = system.choices.files == Files::Split;
    let mut imports = vec![Expr::file(HARDWARE_FILE)?];
    let mut body = Attrs::new();
    if split {
        for part in &parts {
            imports.push(Expr::file(part.file)?);
        }
    }
    body.set("imports", imports)?;
    let mut others = Vec::new();
    for part in parts {
        if split {
            let header = Comment::new(part.about);
            let module = Module::new(header, &software::ARGUMENTS, part.body)?;
            others.push((part.file, module));
        } else {
            body.append(part.body)?;
        }
    }
    body.append(state_version(system)?)?;
    let configuration = Module::new(introduction(split), &software::ARGUMENTS, body)?;
    let mut modules = vec![(CONFIGURATION_FILE, configuration)];
    modules.extend(others);
    modules.push((HARDWARE_FILE, hardware::module(system)?));
    Ok(modules)
}

/// What a person reads who opens the file for the first time.
fn introduction(split: bool) -> Comment {
    let add = match split {
        false => {
            "To add a program, write its name into environment.systemPackages below; \
             https://search.nixos.org/packages has the names. Everything that can be set here is on \
             https://search.nixos.org/options and in `man configuration.nix`."
        }
        true => {
            "To add a program, write its name into environment.systemPackages in software.nix; \
             https://search.nixos.org/packages has the names. Everything that can be set here is on \
             https://search.nixos.org/options and in `man configuration.nix`."
        }
    };
    Comment::new(
        "This file describes the whole system: programs, services, people, settings. Change it, \
         then make it so with",
    )
    .command("sudo nixos-rebuild switch")
    .and(add)
    .and(
        "The system as it was before each change is kept. To go back, choose it in the boot menu, \
         or run",
    )
    .command("sudo nixos-rebuild switch --rollback")
}

fn state_version(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    section.set_under(
        "The release this system was installed with; never change it. Services keep their data in \
         the form of this release. It does not hold back updates.",
        "system.stateVersion",
        system.choices.state_version.as_str(),
    )?;
    Ok(section)
}
