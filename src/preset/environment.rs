//! The desktops that can be chosen, and what is known about each: a row of `assets/desktops.toml`.

use super::{PackageName, Release};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The desktops that can be chosen; [`Environment::facts`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// A text console only.
    None,
    /// GNOME.
    Gnome,
    /// KDE Plasma 6.
    Plasma6,
    /// COSMIC.
    Cosmic,
    /// Xfce.
    Xfce,
    /// Cinnamon.
    Cinnamon,
    /// MATE.
    Mate,
    /// LXQt.
    Lxqt,
    /// Budgie.
    Budgie,
    /// Pantheon.
    Pantheon,
    /// Enlightenment.
    Enlightenment,
    /// Hyprland, a tiling compositor.
    Hyprland,
    /// Sway, a tiling compositor.
    Sway,
    /// niri, a scrolling compositor.
    Niri,
    /// i3, a tiling window manager.
    I3,
}

/// What is known about a desktop; `assets/desktops.toml` explains every field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvironmentFacts {
    /// The name in presets.
    pub id: Environment,
    /// As its makers write it.
    pub name: String,
    /// One sentence, in English.
    pub about: String,
    /// What it draws by.
    pub display: DisplayProtocol,
    /// What it takes of disk and memory, beside the others.
    pub weight: Weight,
    /// The oldest release that has its options under these names.
    pub since: Release,
    /// Options that are set to true.
    pub enable: Vec<String>,
    /// The login screen.
    pub login: LoginScreen,
    /// The session's name in NixOS; empty without a desktop.
    pub session: String,
    /// What greetd starts; empty for every other login screen.
    #[serde(default)]
    pub command: String,
    /// What is to be done about Bluetooth.
    pub bluetooth: Bluetooth,
    /// Whether it needs a program to choose a Wi-Fi network.
    #[serde(default)]
    pub network_applet: bool,
    /// Portals, where the desktop brings none.
    #[serde(default)]
    pub portals: Vec<PackageName>,
    /// What a first login can't do without, and the desktop does not bring.
    #[serde(default)]
    pub packages: Vec<PackageName>,
}

/// What a desktop draws by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisplayProtocol {
    /// Wayland, with programs for X through Xwayland.
    Wayland,
    /// X11.
    X11,
    /// Neither.
    Console,
}

/// What a desktop takes of disk and memory, beside the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// No desktop at all.
    Console,
    /// A window manager, or a desktop with few programs.
    Light,
    /// Between the two.
    Medium,
    /// A desktop with programs for most things.
    Heavy,
}

/// The program that people log in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoginScreen {
    /// GNOME's.
    Gdm,
    /// Plasma's.
    PlasmaLoginManager,
    /// COSMIC's.
    CosmicGreeter,
    /// LightDM; needs the X server.
    Lightdm,
    /// greetd, with a login screen in text.
    Greetd,
    /// The text console.
    Console,
}

/// What is to be done about Bluetooth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bluetooth {
    /// The desktop turns it on by itself.
    BuiltIn,
    /// The desktop has settings for it, but does not turn it on.
    Switch,
    /// It must be turned on, and needs a program to pair devices.
    Applet,
    /// Nothing: without a desktop, nobody pairs a headset.
    None,
}

/// The form of `assets/desktops.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    desktop: Vec<EnvironmentFacts>,
}

const TEXT: &str = include_str!("../../assets/desktops.toml");

/// The rows; none of them only if the file lost its form, which a test rules out.
static ROWS: LazyLock<Vec<EnvironmentFacts>> =
    LazyLock::new(|| toml::from_str::<Table>(TEXT).map_or_else(|_| Vec::new(), |t| t.desktop));

impl Environment {
    /// Every choice, in the order that lists show them.
    pub const ALL: [Self; 15] = [
        Self::Gnome,
        Self::Plasma6,
        Self::Cosmic,
        Self::Xfce,
        Self::Cinnamon,
        Self::Mate,
        Self::Lxqt,
        Self::Budgie,
        Self::Pantheon,
        Self::Enlightenment,
        Self::Hyprland,
        Self::Sway,
        Self::Niri,
        Self::I3,
        Self::None,
    ];

    /// What is known about it; none only if its row is missing, which a test rules out.
    pub fn facts(self) -> Option<&'static EnvironmentFacts> {
        ROWS.iter().find(|row| row.id == self)
    }
}

impl std::fmt::Display for Environment {
    /// Its name as its makers write it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.facts().map_or("", |facts| &facts.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name in presets.
    fn id(environment: Environment) -> String {
        let id = serde_json::to_value(environment).unwrap();
        id.as_str().unwrap().to_owned()
    }

    #[test]
    fn every_choice_has_its_row_in_the_same_order() {
        let table: Table = toml::from_str(TEXT).unwrap();
        let rows: Vec<Environment> = table.desktop.iter().map(|row| row.id).collect();
        assert_eq!(rows, Environment::ALL);
        for environment in Environment::ALL {
            assert_eq!(environment.facts().unwrap().id, environment);
        }
    }

    #[test]
    fn every_row_is_right() {
        for environment in Environment::ALL {
            let row = environment.facts().unwrap();
            let name = id(environment);
            assert!(
                row.about.ends_with('.') && row.about.matches(". ").count() == 0,
                "{name}: one sentence"
            );
            let console = environment == Environment::None;
            assert_eq!(row.display == DisplayProtocol::Console, console, "{name}");
            assert_eq!(row.weight == Weight::Console, console, "{name}");
            assert_eq!(row.login == LoginScreen::Console, console, "{name}");
            assert_eq!(row.bluetooth == Bluetooth::None, console, "{name}");
            assert_eq!(row.enable.is_empty(), console, "{name}");
            assert_eq!(row.session.is_empty(), console, "{name}");
            let greetd = row.login == LoginScreen::Greetd;
            assert_eq!(
                row.command.is_empty(),
                !greetd,
                "{name}: a command for greetd"
            );
            let server = row.enable.iter().any(|o| o == "services.xserver.enable");
            let needs_server =
                row.login == LoginScreen::Lightdm || row.display == DisplayProtocol::X11;
            assert_eq!(server, needs_server, "{name}: the X server");
        }
    }
}
