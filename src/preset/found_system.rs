//! A system that is on a disk already, by its name.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A system that is known by its partitions, or by what its files say.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum FoundSystem {
    /// Windows on a GPT.
    Windows,
    /// A Linux.
    Linux(LinuxName),
}

/// What a Linux calls itself, or how that begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinuxName(String);

/// Not the name of a system.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "a system is called `windows`, or as a Linux calls itself, such as `debian`: up to 100 characters"
)]
pub struct BadSystem;

/// The longest name of a system, in characters.
const LONGEST: usize = 100;
const WINDOWS: &str = "windows";

impl LinuxName {
    /// Whether a Linux that calls itself `name` is meant: by the whole name, or by its first words,
    /// in small letters or large ones.
    pub fn fits(&self, name: &str) -> bool {
        let (own, name) = (self.0.to_lowercase(), name.to_lowercase());
        let rest = name.strip_prefix(&own);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '.'))
    }

    /// The name as it was found.
    ///
    /// # Errors
    /// It is empty, longer than 100 characters, or not for people to read.
    pub fn new(name: &str) -> Result<Self, BadSystem> {
        let name = name.trim();
        let fits = !name.is_empty() && name.chars().count() <= LONGEST;
        match fits && !name.chars().any(char::is_control) {
            true => Ok(Self(name.to_owned())),
            false => Err(BadSystem),
        }
    }
}

impl TryFrom<String> for FoundSystem {
    type Error = BadSystem;

    fn try_from(text: String) -> Result<Self, BadSystem> {
        match text.trim().eq_ignore_ascii_case(WINDOWS) {
            true => Ok(Self::Windows),
            false => LinuxName::new(&text).map(Self::Linux),
        }
    }
}

impl From<FoundSystem> for String {
    fn from(system: FoundSystem) -> Self {
        match system {
            FoundSystem::Windows => WINDOWS.to_owned(),
            FoundSystem::Linux(LinuxName(name)) => name,
        }
    }
}

impl fmt::Display for FoundSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Windows => "Windows",
            Self::Linux(LinuxName(name)) => name,
        })
    }
}

impl JsonSchema for FoundSystem {
    fn schema_name() -> Cow<'static, str> {
        "FoundSystem".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST,
            "description": "`windows`, which is known on a GPT, or a Linux by the name that it calls itself, \
                            such as `Debian GNU/Linux 12 (bookworm)`, or by the first words of it.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> FoundSystem {
        FoundSystem::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn windows_is_windows_and_all_else_a_linux() {
        assert_eq!(read("windows"), FoundSystem::Windows);
        assert_eq!(read("Windows"), FoundSystem::Windows);
        assert!(matches!(read("debian"), FoundSystem::Linux(_)));
        for text in ["", "  ", "a\nb", &"x".repeat(101)] {
            assert!(FoundSystem::try_from(text.to_owned()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_linux_is_meant_by_its_first_words() {
        let name = "Debian GNU/Linux 12 (bookworm)";
        let fits = |text: &str| LinuxName::new(text).unwrap().fits(name);
        for text in ["debian", "Debian GNU/Linux", "Debian GNU/Linux 12", name] {
            assert!(fits(text), "{text}");
        }
        for text in ["deb", "Debian GNU/Linux 1", "bookworm", "ubuntu"] {
            assert!(!fits(text), "{text}");
        }
        let ubuntu = LinuxName::new("Ubuntu 24").unwrap();
        assert!(!ubuntu.fits("Ubuntu 24.04 LTS"));
    }
}
