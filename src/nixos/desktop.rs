//! The desktop, its login screen, and what every desktop needs: sound, printing, a browser.

use super::System;
use super::tree::{Attrs, NixError};
use crate::machine::Architecture;
use crate::preset::{Environment, Release};

/// The first release with Plasma's own login screen; before it, Plasma is used with SDDM.
const PLASMA_LOGIN_MANAGER_SINCE: &str = "26.05";

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = match system.choices.desktop {
        Environment::None => return Ok(Attrs::new()),
        Environment::Gnome => gnome()?,
        Environment::Plasma6 => plasma(system.release)?,
    };
    section.append(sound(system.architecture)?)?;
    section.set_under("Printers.", "services.printing.enable", true)?;
    section.set_under("The web browser.", "programs.firefox.enable", true)?;
    Ok(section)
}

fn gnome() -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    section.set_under(
        "The GNOME desktop and its login screen.",
        "services.desktopManager.gnome.enable",
        true,
    )?;
    section.set("services.displayManager.gdm.enable", true)?;
    Ok(section)
}

fn plasma(release: &Release) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    section.set_under(
        "The KDE Plasma desktop and its login screen.",
        "services.desktopManager.plasma6.enable",
        true,
    )?;
    if release.as_str() < PLASMA_LOGIN_MANAGER_SINCE {
        section.set("services.displayManager.sddm.enable", true)?;
    } else {
        section.set("services.displayManager.plasma-login-manager.enable", true)?;
    }
    // Unlike GNOME, Plasma does not turn it on by itself.
    section.set_under("Bluetooth.", "hardware.bluetooth.enable", true)?;
    Ok(section)
}

fn sound(architecture: Architecture) -> Result<Attrs, NixError> {
    let mut pipewire = Attrs::new();
    pipewire.set("enable", true)?;
    pipewire.set("alsa.enable", true)?;
    if architecture == Architecture::X86_64 {
        pipewire.set("alsa.support32Bit", true)?;
    }
    pipewire.set("pulse.enable", true)?;
    let mut section = Attrs::new();
    section.set_under(
        "Sound; PipeWire also serves programs made for ALSA and PulseAudio.",
        "services.pipewire",
        pipewire,
    )?;
    // Sound without gaps: PipeWire may ask for real-time priority.
    section.set("security.rtkit.enable", true)?;
    Ok(section)
}
