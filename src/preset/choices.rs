//! What was asked and, where the preset is silent, what is decided in its place.

use super::{
    Encryption, Environment, FileSystemKind, FullName, HostName, Layout, LocaleName, PackageName,
    Preset, Release, Swap, TimeZone, User, UserName, XkbName,
};
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// Every setting of an installation, decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// The language of the system.
    pub language: LocaleName,
    /// The locale of dates, numbers and money; the language's own if left out.
    pub formats: Option<LocaleName>,
    /// None keeps UTC and lets people change it later.
    pub time_zone: Option<TimeZone>,
    /// The keyboard layout.
    pub layout: XkbName,
    /// Its variant.
    pub variant: Option<XkbName>,
    /// Options of XKB.
    pub xkb_options: Vec<XkbName>,
    /// The name in the network.
    pub host_name: HostName,
    /// What to do with the disk.
    pub disk_layout: Layout,
    /// The type of the root file system.
    pub file_system: FileSystemKind,
    /// Whether it is encrypted.
    pub encrypt: Encryption,
    /// Where memory goes when it runs short.
    pub swap: Swap,
    /// Who logs in.
    pub users: Vec<User>,
    /// The desktop.
    pub desktop: Environment,
    /// Who is logged in without being asked for a password.
    pub autologin: Option<UserName>,
    /// Whether unfree packages are allowed.
    pub unfree: bool,
    /// Packages for everyone.
    pub packages: Vec<PackageName>,
    /// The release whose stateful defaults apply.
    pub state_version: Release,
}

/// One setting of the installation and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The preset's field, such as `locale.time_zone`.
    pub field: String,
    /// The value in words.
    pub value: String,
    /// Whether the person said so.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The preset says it.
    Asked,
    /// The preset is silent.
    Default,
}

/// Collects decisions while values are taken out of a preset.
#[derive(Default)]
struct Ledger(Vec<Decision>);

impl Ledger {
    fn note(&mut self, field: &str, value: impl Display, origin: Origin) {
        self.0.push(Decision {
            field: field.to_owned(),
            value: value.to_string(),
            origin,
        });
    }

    /// The preset's value, or the default; either way it is written down.
    fn take<T: Clone + Display>(&mut self, field: &str, asked: Option<&T>, default: T) -> T {
        let (value, origin) = match asked {
            Some(value) => (value.clone(), Origin::Asked),
            None => (default, Origin::Default),
        };
        self.note(field, &value, origin);
        value
    }

    /// As [`Self::take`], where having no value is a decision of its own.
    fn take_or_none<T: Clone + Display>(
        &mut self,
        field: &str,
        asked: Option<&T>,
        otherwise: &str,
    ) -> Option<T> {
        match asked {
            Some(value) => self.note(field, value, Origin::Asked),
            None => self.note(field, otherwise, Origin::Default),
        }
        asked.cloned()
    }

    fn list<T: Display>(&mut self, field: &str, values: &[T]) {
        if !values.is_empty() {
            let words: Vec<String> = values.iter().map(T::to_string).collect();
            self.note(field, words.join(", "), Origin::Asked);
        }
    }
}

/// The defaults that have a fixed text.
struct Defaults {
    language: LocaleName,
    layout: XkbName,
    host_name: HostName,
}

impl Defaults {
    /// None only if the texts here lost their form, which a test rules out.
    fn new() -> Option<Self> {
        Some(Self {
            language: "en_US.UTF-8".parse().ok()?,
            layout: "us".parse().ok()?,
            host_name: "nixos".parse().ok()?,
        })
    }
}

impl Choices {
    /// Decides every setting of `preset`; `release` is the one on the medium.
    pub fn new(preset: &Preset, release: &Release) -> Option<(Self, Vec<Decision>)> {
        let defaults = Defaults::new()?;
        let mut ledger = Ledger::default();
        let locale = &preset.locale;
        let keyboard = &preset.keyboard;
        let software = &preset.software;
        let choices = Self {
            language: ledger.take(
                "locale.language",
                locale.language.as_ref(),
                defaults.language,
            ),
            formats: ledger.take_or_none(
                "locale.formats",
                locale.formats.as_ref(),
                "as the language",
            ),
            time_zone: ledger.take_or_none("locale.time_zone", locale.time_zone.as_ref(), "UTC"),
            layout: ledger.take("keyboard.layout", keyboard.layout.as_ref(), defaults.layout),
            variant: ledger.take_or_none("keyboard.variant", keyboard.variant.as_ref(), "none"),
            xkb_options: keyboard.options.clone(),
            host_name: ledger.take(
                "network.host_name",
                preset.network.host_name.as_ref(),
                defaults.host_name,
            ),
            disk_layout: ledger.take("disk.layout", preset.disk.layout.as_ref(), Layout::Erase),
            file_system: ledger.take(
                "disk.file_system",
                preset.disk.file_system.as_ref(),
                FileSystemKind::default(),
            ),
            encrypt: ledger.take(
                "disk.encrypt",
                preset.disk.encrypt.as_ref(),
                Encryption::default(),
            ),
            swap: ledger.take("disk.swap", preset.disk.swap.as_ref(), Swap::default()),
            users: preset.users.clone(),
            desktop: ledger.take(
                "desktop.environment",
                preset.desktop.environment.as_ref(),
                Environment::None,
            ),
            autologin: preset.desktop.autologin.clone(),
            unfree: ledger.take("software.unfree", software.unfree.as_ref(), false),
            packages: software.packages.clone(),
            state_version: ledger.take(
                "system.state_version",
                preset.system.state_version.as_ref(),
                release.clone(),
            ),
        };
        ledger.list("keyboard.options", &choices.xkb_options);
        ledger.list("software.packages", &choices.packages);
        ledger.list("desktop.autologin", choices.autologin.as_slice());
        for user in &choices.users {
            ledger.note("users", describe_user(user), Origin::Asked);
        }
        match &preset.root {
            Some(_) => ledger.note("root", "logs in with a password", Origin::Asked),
            None => ledger.note("root", "no password: can't log in", Origin::Default),
        }
        Some((choices, ledger.0))
    }
}

fn describe_user(user: &User) -> String {
    let full_name = user.full_name.as_ref().map(FullName::as_str);
    let named = full_name
        .map(|name| format!(" ({name})"))
        .unwrap_or_default();
    let role = if user.administrator {
        ", administrator"
    } else {
        ""
    };
    format!("{}{named}{role}", user.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_and_what_was_decided_stay_apart() {
        let preset = crate::preset::read(
            "version = 1\n[network]\nhost_name = \"desk\"\n[software]\nunfree = true\n",
            "test",
        )
        .unwrap();
        let (choices, decisions) = Choices::new(&preset, &"26.05".parse().unwrap()).unwrap();
        let origin = |field: &str| decisions.iter().find(|d| d.field == field).unwrap().origin;
        assert_eq!(choices.host_name.as_str(), "desk");
        assert_eq!(origin("network.host_name"), Origin::Asked);
        assert_eq!(origin("locale.language"), Origin::Default);
        assert_eq!(origin("software.unfree"), Origin::Asked);
        assert_eq!(choices.state_version.as_str(), "26.05");
    }
}
