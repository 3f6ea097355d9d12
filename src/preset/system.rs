//! The system as a whole: kernel, generations, upkeep.

use super::{CacheKey, CacheUrl, Release, fields};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The system as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct System {
    /// The release whose defaults for stateful services apply; the medium's release if left out.
    pub state_version: Option<Release>,
    /// Which kernel: `default`, `newest`, `zen`, or a series such as `6.12`.
    pub kernel: Option<Kernel>,
    /// Which boot loader; left out, systemd-boot on UEFI and GRUB on a BIOS.
    pub boot_loader: Option<BootLoader>,
    /// How many generations the boot menu keeps.
    pub generations: Option<Generations>,
    /// Whether a picture is shown while the system starts, instead of messages.
    pub splash: Option<bool>,
    /// Whether printers can be used; with a desktop they can.
    pub printing: Option<bool>,
    /// Whether the system upgrades itself.
    pub upgrades: Option<Upgrades>,
    /// After how many days old generations are deleted; left out, they stay.
    pub delete_after_days: Option<Days>,
    /// Whether equal files in the store share their space.
    pub optimise_store: Option<bool>,
    /// Whether `nix` has its newer commands, and flakes.
    pub flakes: Option<bool>,
    /// Binary caches that the new system takes packages from besides NixOS' own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub substituters: Vec<CacheUrl>,
    /// The public keys that sign what these caches have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub public_keys: Vec<CacheKey>,
}

/// A kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Kernel {
    /// What the release takes by itself, a kernel with long support.
    #[default]
    Default,
    /// The newest.
    Newest,
    /// The newest with patches for desktops.
    Zen,
    /// A series with long support, such as `6.12`.
    Series {
        /// Before the point.
        major: u8,
        /// After it.
        minor: u8,
    },
}

/// A text that names no kernel.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{given}` is no kernel: it is `default`, `newest`, `zen`, or a series such as `6.12`{}",
    meant(.given)
)]
pub struct BadKernel {
    /// What it says.
    given: String,
}

/// The kernel that was most likely meant, as a question.
fn meant(given: &str) -> String {
    let names = ["default", "newest", "zen"];
    let nearest = fields::nearest(given, names.into_iter());
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

impl TryFrom<String> for Kernel {
    type Error = BadKernel;

    fn try_from(text: String) -> Result<Self, BadKernel> {
        let number = |part: &str| {
            let plain = part == "0" || part.starts_with(|c: char| ('1'..='9').contains(&c));
            part.parse::<u8>().ok().filter(|_| plain)
        };
        let series = || {
            let (major, minor) = text.split_once('.')?;
            Some(Self::Series {
                major: number(major)?,
                minor: number(minor)?,
            })
        };
        match text.as_str() {
            "default" => Ok(Self::Default),
            "newest" => Ok(Self::Newest),
            "zen" => Ok(Self::Zen),
            _ => series().ok_or(BadKernel { given: text }),
        }
    }
}

impl From<Kernel> for String {
    fn from(kernel: Kernel) -> String {
        kernel.to_string()
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Newest => f.write_str("newest"),
            Self::Zen => f.write_str("zen"),
            Self::Series { major, minor } => write!(f, "{major}.{minor}"),
        }
    }
}

impl JsonSchema for Kernel {
    fn schema_name() -> Cow<'static, str> {
        "Kernel".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^(default|newest|zen|(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2}))$" })
    }
}

/// A boot loader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BootLoader {
    /// A menu of the entries on the EFI system partition.
    SystemdBoot,
    /// A menu that also starts from a BIOS.
    Grub,
    /// A small menu in colour.
    Limine,
}

impl fmt::Display for BootLoader {
    /// Its name as its makers write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SystemdBoot => "systemd-boot",
            Self::Grub => "GRUB",
            Self::Limine => "Limine",
        })
    }
}

/// Whether, and when, the system upgrades itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Upgrades {
    /// Not by itself.
    #[default]
    Off,
    /// Every night; what is new is used from the next start on.
    NextStart,
    /// Every night; what is new is used at once.
    AtOnce,
}

impl fmt::Display for Upgrades {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "off",
            Self::NextStart => "every night, used from the next start on",
            Self::AtOnce => "every night, used at once",
        })
    }
}

/// Defines a number with a smallest and a largest value, both included.
macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident, $what:literal, $least:literal, $most:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "i64", into = "i64")]
        pub struct $name(u16);

        impl $name {
            /// The number.
            pub const fn get(self) -> u16 {
                self.0
            }
        }

        impl TryFrom<i64> for $name {
            type Error = OutOfBounds;

            fn try_from(number: i64) -> Result<Self, OutOfBounds> {
                let fits = u16::try_from(number).ok().filter(|n| ($least..=$most).contains(n));
                fits.map(Self).ok_or(OutOfBounds {
                    number,
                    what: $what,
                    least: $least,
                    most: $most,
                })
            }
        }

        impl From<$name> for i64 {
            fn from(number: $name) -> i64 {
                number.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "integer", "minimum": $least, "maximum": $most })
            }
        }
    };
}

/// A number outside its bounds.
#[derive(Debug, thiserror::Error)]
#[error("{number} is no number of {what}: it is from {least} to {most}")]
pub struct OutOfBounds {
    number: i64,
    what: &'static str,
    least: u16,
    most: u16,
}

bounded!(
    /// How many generations the boot menu keeps.
    Generations, "generations", 2, 200
);
bounded!(
    /// A number of days.
    Days, "days", 1, 3650
);

impl Default for Generations {
    /// Ten: each may bring a kernel and an initrd of its own, and they share the ESP.
    fn default() -> Self {
        Self(10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_come_back_as_they_were_written() {
        for text in ["default", "newest", "zen", "6.12", "7.0"] {
            let kernel = Kernel::try_from(text.to_owned()).unwrap();
            assert_eq!(String::from(kernel), text);
        }
        for text in ["", "lts", "6", "6.", "06.12", "6.012", "6.12.1", "6.300"] {
            assert!(Kernel::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn one_generation_leaves_no_way_back() {
        assert!(Generations::try_from(1).is_err() && Generations::try_from(-3).is_err());
        assert_eq!(Generations::try_from(2).unwrap().get(), 2);
        assert!(Generations::try_from(201).is_err());
    }
}
