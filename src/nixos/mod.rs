//! The text of `configuration.nix` and `hardware-configuration.nix`.
//!
//! A [`System`] says what the new system shall be; [`configuration`] writes it down as a person who
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
mod hardware;
mod input_method;
mod kernel;
mod keyboard;
mod locale;
mod network;
mod software;
mod system;
pub mod tree;
mod upkeep;
mod users;

pub use computer::{Computer, NvidiaDriver};
pub use keyboard::{keyboard_additions, types_latin};
pub use system::{BootLoader, EncryptedEntry, FileSystemEntry, Kernels, SwapEntry, System};

use tree::{Attrs, Comment, Expr, Module, NixError};

/// The name of the file that describes the machine, beside `configuration.nix`.
pub const HARDWARE_FILE: &str = "hardware-configuration.nix";

/// The two files as trees.
#[derive(Clone, Debug)]
pub struct Modules {
    /// `configuration.nix`
    pub configuration: Module,
    /// `hardware-configuration.nix`
    pub hardware_configuration: Module,
}

/// The two files as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NixFiles {
    /// `configuration.nix`
    pub configuration: String,
    /// `hardware-configuration.nix`
    pub hardware_configuration: String,
}

/// Writes a system down.
///
/// # Errors
/// [`NixError`] if a text can't be held by Nix (only U+0000 can't), or two users or mounts have the
/// same name.
pub fn configuration(system: &System<'_>) -> Result<NixFiles, NixError> {
    let modules = modules(system)?;
    Ok(NixFiles {
        configuration: tree::print(&modules.configuration),
        hardware_configuration: tree::print(&modules.hardware_configuration),
    })
}

/// The files before they are printed, for whoever checks the options in them.
///
/// # Errors
/// As [`configuration`].
pub fn modules(system: &System<'_>) -> Result<Modules, NixError> {
    let mut body = Attrs::new();
    body.set("imports", vec![Expr::file(HARDWARE_FILE)?])?;
    for section in [
        boot::section(system)?,
        kernel::section(system)?,
        file_systems::swap(system)?,
        network::section(system)?,
        locale::section(system)?,
        keyboard::section(system)?,
        input_method::section(system)?,
        desktop::section(system)?,
        devices::section(system)?,
        users::section(system)?,
        software::section(system)?,
        upkeep::section(system)?,
        state_version(system)?,
    ] {
        body.append(section)?;
    }
    Ok(Modules {
        configuration: Module::new(introduction(), &software::ARGUMENTS, body)?,
        hardware_configuration: hardware::module(system)?,
    })
}

/// What a person reads who opens the file for the first time.
fn introduction() -> Comment {
    Comment::new(
        "This file describes the whole system: programs, services, people, settings. Change it, \
         then make it so with",
    )
    .command("sudo nixos-rebuild switch")
    .and(
        "To add a program, write its name into environment.systemPackages below; \
         https://search.nixos.org/packages has the names. Everything that can be set here is on \
         https://search.nixos.org/options and in `man configuration.nix`.",
    )
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
