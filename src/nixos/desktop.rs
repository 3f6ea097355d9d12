//! The desktop, its login screen, and what every desktop needs: sound, printing, a browser.
//!
//! Which options a desktop takes is data (`assets/desktops.toml`); here they become text.

use super::System;
use super::tree::{Attrs, Expr, List, NixError, Reference};
use crate::machine::Architecture;
use crate::preset::{
    Bluetooth, Environment, EnvironmentFacts, LoginScreen, PackageName, Release, UserName,
};

/// The first release with Plasma's own login screen; before it, Plasma is used with SDDM.
const PLASMA_LOGIN_MANAGER_SINCE: &str = "26.05";

const AUTOLOGIN: &str = "Logged in after the start without a password.";

/// The browser that every desktop gets, by its name in nixpkgs.
pub(super) const BROWSER: &str = "firefox";

/// The packages that come with a desktop besides its own programs, by their names in nixpkgs.
pub fn comes_along(desktop: Environment) -> Vec<&'static str> {
    if desktop == Environment::None {
        return Vec::new();
    }
    let facts = desktop.facts();
    let own = facts.into_iter().flat_map(|facts| &facts.packages);
    let own = own.map(PackageName::as_str);
    std::iter::once(BROWSER).chain(own).collect()
}

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    let facts = match choices.desktop {
        Environment::None => None,
        chosen => chosen.facts(),
    };
    let Some(facts) = facts else {
        return console(choices.autologin.as_ref());
    };
    let mut section = session(facts, system.release, choices.autologin.as_ref())?;
    if let Some(user) = &choices.autologin
        && facts.login != LoginScreen::Greetd
    {
        section.append(autologin(facts, user)?)?;
    }
    section.append(additions(facts)?)?;
    section.append(sound(system.architecture)?)?;
    section.set_under("The web browser.", "programs.firefox.enable", true)?;
    Ok(section)
}

/// Without a desktop there is nothing to say, but who is logged in by itself.
fn console(autologin: Option<&UserName>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    if let Some(user) = autologin {
        section.set_under(AUTOLOGIN, "services.getty.autologinUser", user.as_str())?;
    }
    Ok(section)
}

/// The desktop and its login screen.
fn session(
    facts: &EnvironmentFacts,
    release: &Release,
    autologin: Option<&UserName>,
) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    for (index, option) in facts.enable.iter().enumerate() {
        let option = Reference::new(option)?;
        if index == 0 {
            let comment = "The desktop and its login screen.";
            section.set_under(comment, &option, true)?;
        } else {
            section.set(&option, true)?;
        }
    }
    match facts.login {
        LoginScreen::Gdm => section.set("services.displayManager.gdm.enable", true)?,
        LoginScreen::PlasmaLoginManager if release.as_str() < PLASMA_LOGIN_MANAGER_SINCE => {
            section.set("services.displayManager.sddm.enable", true)?;
        }
        LoginScreen::PlasmaLoginManager => {
            section.set("services.displayManager.plasma-login-manager.enable", true)?;
        }
        LoginScreen::CosmicGreeter => {
            section.set("services.displayManager.cosmic-greeter.enable", true)?;
        }
        LoginScreen::Lightdm => {
            section.set("services.xserver.displayManager.lightdm.enable", true)?;
        }
        LoginScreen::Greetd => {
            section.set("services.greetd", greetd(&facts.command, autologin)?)?;
        }
        LoginScreen::Console => {}
    }
    Ok(section)
}

/// A login screen in text that starts `command`.
fn greetd(command: &str, autologin: Option<&UserName>) -> Result<Attrs, NixError> {
    let mut greetd = Attrs::new();
    greetd.set("enable", true)?;
    greetd.set("useTextGreeter", true)?;
    let program = format!("/bin/tuigreet --time --remember --cmd {command}");
    greetd.set(
        "settings.default_session.command",
        Expr::concat("pkgs.tuigreet", &program)?,
    )?;
    if let Some(user) = autologin {
        let mut session = Attrs::new();
        session.set("command", command)?;
        session.set("user", user.as_str())?;
        let path = "settings.initial_session";
        greetd.set_under(AUTOLOGIN, path, session)?;
    }
    Ok(greetd)
}

/// The person who is logged in without being asked for a password.
fn autologin(facts: &EnvironmentFacts, user: &UserName) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let path = "services.displayManager.autoLogin.user";
    section.set_under(AUTOLOGIN, path, user.as_str())?;
    // Several login screens only do it for a session that is named.
    section.set(
        "services.displayManager.defaultSession",
        facts.session.as_str(),
    )?;
    if facts.login == LoginScreen::Gdm {
        // A console on the same screen would take it away from GDM.
        for console in ["getty@tty1", "autovt@tty1"] {
            let mut unit = Attrs::new();
            unit.set("enable", false)?;
            section.set(("systemd.services", console), unit)?;
        }
    }
    Ok(section)
}

/// What the desktop needs and does not bring: Bluetooth, a program for Wi-Fi, portals.
fn additions(facts: &EnvironmentFacts) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    if facts.network_applet {
        section.set_under(
            "The program to choose a Wi-Fi network.",
            "programs.nm-applet.enable",
            true,
        )?;
    }
    match facts.bluetooth {
        Bluetooth::BuiltIn | Bluetooth::None => {}
        Bluetooth::Switch => {
            section.set_under("Bluetooth.", "hardware.bluetooth.enable", true)?;
        }
        Bluetooth::Applet => {
            let comment = "Bluetooth, and the program to pair devices.";
            section.set_under(comment, "hardware.bluetooth.enable", true)?;
            section.set("services.blueman.enable", true)?;
        }
    }
    if !facts.portals.is_empty() {
        let mut portal = Attrs::new();
        portal.set("enable", true)?;
        portal.set("extraPortals", packages(&facts.portals)?)?;
        portal.set("config.common.default", vec!["gtk"])?;
        section.set_under(
            "Lets programs in a sandbox, such as Flatpak's, open files.",
            "xdg.portal",
            portal,
        )?;
    }
    Ok(section)
}

/// `[ pkgs.a pkgs.b ]`
fn packages(names: &[PackageName]) -> Result<List, NixError> {
    let names = names.iter();
    let references: Result<Vec<Expr>, NixError> = names
        .map(|name| Expr::reference(&format!("pkgs.{name}")))
        .collect();
    List::new(references?)
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
