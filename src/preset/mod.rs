//! What the person asked for.
//!
//! A [`Preset`] is TOML; the wizard edits the very same type, field by field. A field that was left
//! out stays `None` here: what is decided in its place is the resolver's word, not the person's.
//! Whatever has a form (a host name, a package) is checked once, while it is read.

mod choices;
mod deserializer;
mod disk;
mod encryption;
mod environment;
mod fields;
mod mistake;
mod names;
mod password;
mod place;
mod read;
mod schema;
mod size;

pub use choices::{Choices, Decision, Origin};
pub use disk::{DiskChoice, DiskMatch, DiskPreset, FileSystemKind, Layout, SizeRange, Swap};
pub use encryption::{Encryption, Passphrase};
pub use environment::{
    Bluetooth, DisplayProtocol, Environment, EnvironmentFacts, LoginScreen, Weight,
};
pub use mistake::{Mistake, MistakeId};
pub use names::{
    BadName, FullName, HostName, LocaleName, PackageName, Release, TimeZone, UserName, XkbName,
};
pub use password::{Password, PasswordHash};
pub use place::Place;
pub use read::{ReadError, place, read, write};
pub use schema::schema;
pub use size::Size;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The version of the preset form that this program reads and writes.
pub const VERSION: u32 = 1;

/// An installation, as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Always [`VERSION`]; a preset of another version is refused.
    pub version: PresetVersion,
    /// Language, formats and time zone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub locale: Locale,
    /// The keyboard of desktop, console and boot prompts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub keyboard: Keyboard,
    /// The name in the network.
    #[serde(default, skip_serializing_if = "is_default")]
    pub network: Network,
    /// Which disk, and what to do with it.
    #[serde(default)]
    pub disk: DiskPreset,
    /// The people who log in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<User>,
    /// The root account; without it, root has no password and nobody logs in as root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Root>,
    /// What people see after they log in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub desktop: Desktop,
    /// Programs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub software: Software,
    /// The system as a whole.
    #[serde(default, skip_serializing_if = "is_default")]
    pub system: System,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The number at the head of a preset; only [`VERSION`] can be held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct PresetVersion(());

/// A preset of a version that this program does not know.
#[derive(Debug, thiserror::Error)]
#[error("preset version {0} is not known here; this Nevado reads version {VERSION}")]
pub struct UnknownVersion(u32);

impl TryFrom<u32> for PresetVersion {
    type Error = UnknownVersion;

    fn try_from(number: u32) -> Result<Self, UnknownVersion> {
        (number == VERSION)
            .then_some(Self(()))
            .ok_or(UnknownVersion(number))
    }
}

impl JsonSchema for PresetVersion {
    fn schema_name() -> Cow<'static, str> {
        "PresetVersion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": VERSION })
    }
}

impl From<PresetVersion> for u32 {
    fn from(_: PresetVersion) -> u32 {
        VERSION
    }
}

/// Language, formats and time zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Locale {
    /// The language of the system, such as `de_DE.UTF-8`.
    pub language: Option<LocaleName>,
    /// The locale of dates, numbers, money and paper, where it differs from the language.
    pub formats: Option<LocaleName>,
    /// Such as `Europe/Berlin`.
    pub time_zone: Option<TimeZone>,
}

/// The keyboard, in the terms of XKB.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Keyboard {
    /// Such as `de`.
    pub layout: Option<XkbName>,
    /// Such as `neo`.
    pub variant: Option<XkbName>,
    /// Such as `caps:escape`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<XkbName>,
}

/// The computer in the network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// Such as `workstation`.
    pub host_name: Option<HostName>,
}

/// A person who logs in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The login name.
    pub name: UserName,
    /// The name in full, in any script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<FullName>,
    /// How the password becomes known; asked for if left out.
    #[serde(default)]
    pub password: Password,
    /// Whether `sudo` is open to this person (group `wheel`).
    #[serde(default)]
    pub administrator: bool,
}

/// The root account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Root {
    /// How root's password becomes known.
    #[serde(default)]
    pub password: Password,
}

/// The desktop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Desktop {
    /// Which one.
    pub environment: Option<Environment>,
    /// The login name of the person who is logged in without being asked for a password.
    pub autologin: Option<UserName>,
}

/// Programs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Software {
    /// Whether packages under an unfree licence may be installed.
    pub unfree: Option<bool>,
    /// Packages for everyone, by their names in nixpkgs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PackageName>,
}

/// The system as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct System {
    /// The release whose defaults for stateful services apply; the medium's release if left out.
    pub state_version: Option<Release>,
}
