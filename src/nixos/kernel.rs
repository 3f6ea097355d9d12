//! The kernel, and what is shown while the system starts.

use super::System;
use super::tree::{Attrs, Expr, NixError};
use crate::preset::Kernel;

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    let mut section = Attrs::new();
    let (comment, packages) = match &choices.kernel {
        Kernel::Default => ("", None),
        Kernel::Newest => (
            "The newest kernel.",
            Some("linuxPackages_latest".to_owned()),
        ),
        Kernel::Zen => (
            "The newest kernel with patches for desktops.",
            Some("linuxPackages_zen".to_owned()),
        ),
        Kernel::Series { major, minor } => (
            "A kernel that keeps to one series. NixOS drops a series when its makers do; then \
             choose the next.",
            Some(format!("linuxPackages_{major}_{minor}")),
        ),
    };
    if let Some(packages) = packages {
        let packages = Expr::reference(&format!("pkgs.{packages}"))?;
        section.set_under(comment, "boot.kernelPackages", packages)?;
    }
    if choices.splash {
        section.set_under(
            "A picture instead of messages while the system starts; Escape shows the messages.",
            "boot.plymouth.enable",
            true,
        )?;
    }
    parameters(system, &mut section)?;
    Ok(section)
}

/// What the kernel's command line says besides.
fn parameters(system: &System<'_>, section: &mut Attrs) -> Result<(), NixError> {
    const NAME: &str = "boot.kernelParams";
    let mut words = Vec::new();
    if system.choices.splash {
        words.push("quiet");
    }
    if !system.would_take_others {
        return match words.is_empty() {
            true => Ok(()),
            false => section.set(NAME, words),
        };
    }
    words.push("systemd.gpt_auto=0");
    section.set_under(
        "Swap and home folders of the other systems on this disk stay theirs: without this, systemd takes \
         what the partition table marks as such.",
        NAME,
        words,
    )
}
