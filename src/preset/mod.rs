//! What the person asked for.
//!
//! A [`Preset`] is TOML; the wizard edits the very same type, field by field. A field that was left
//! out stays `None` here: what is decided in its place is the resolver's word, not the person's.
//! Whatever has a form (a host name, a package) is checked once, while it is read.

mod choices;
mod configuration;
mod decision;
mod deserializer;
mod disk;
mod disk_names;
mod encryption;
mod environment;
mod fields;
mod found_system;
mod install;
mod locale;
mod manual;
mod mistake;
mod names;
mod network;
mod partition_flags;
mod password;
mod place;
mod read;
mod recovery_key;
mod schema;
mod size;
mod ssh_key;
mod system;
mod user;
mod whole_path;

pub use choices::{Choices, DEFAULT_HOST_NAME};
pub use configuration::{Configuration, Files, Shape};
pub use decision::{Decision, Origin};
pub use disk::{
    DiskChoice, DiskMatch, DiskPreset, FileSystemKind, Layout, PartitionMatch, SizeRange, Swap,
};
pub use disk_names::{MountPath, SubvolumePath, VolumeLabel};
pub use encryption::{Encryption, Keys, Passphrase};
pub use environment::{
    Bluetooth, DisplayProtocol, Environment, EnvironmentFacts, LoginScreen, Weight,
};
#[cfg(feature = "wizard")]
pub(crate) use fields::is_key;
pub use found_system::{BadSystem, FoundSystem, LinuxName};
pub use install::{BadCache, BadCacheKey, CacheKey, CacheUrl, Install};
pub use locale::{HardwareClock, InputMethod, Keyboard, Locale};
pub use manual::{
    ManualAction, ManualDisk, ManualPartition, ManualSubvolume, ManualTable, PartitionFormat,
    PartitionType, SubvolumeAction,
};
pub use mistake::{Mistake, MistakeId};
pub use names::{
    BadName, FullName, GroupName, HostName, InterfaceName, LocaleName, PackageName, Release,
    TimeZone, UserName, XkbName,
};
pub use network::{Address, BadAddress, BadProxy, Network, ProxyUrl, Ssh, Wired};
pub use partition_flags::PartitionFlag;
pub use password::{Password, PasswordHash};
pub use place::{Place, shown_field};
pub use read::{ReadError, place, read, write};
pub use recovery_key::RecoveryKeyFor;
pub use schema::schema;
pub use size::{PartSize, Percent, Size};
pub use ssh_key::{BadKey, SshKey};
pub use system::{BadKernel, BootLoader, Days, Generations, Kernel, OutOfBounds, System, Upgrades};
pub use user::{Root, Shell, User};

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
    /// How the configuration is laid out in `/etc/nixos`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub configuration: Configuration,
    /// The installation itself: where packages come from meanwhile.
    #[serde(default, skip_serializing_if = "Install::is_empty")]
    pub install: Install,
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
    /// Whether programs can be installed from Flathub, by Flatpak.
    pub flatpak: Option<bool>,
    /// Whether Broadcom's own Wi-Fi driver may be installed: unfree, with known security holes.
    pub broadcom_sta: Option<bool>,
    /// Packages for everyone, by their names in nixpkgs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PackageName>,
}
