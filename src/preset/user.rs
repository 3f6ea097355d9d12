//! The people who log in, and root.

use super::ssh_key::SshKey;
use super::{FullName, GroupName, Password, UserName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// The shell of terminals and of the console; Bash if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shell: Option<Shell>,
    /// Groups beside those that come along by themselves, such as `dialout`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupName>,
    /// Public keys by which this person may log in over SSH.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ssh_keys: Vec<SshKey>,
}

/// The root account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Root {
    /// How root's password becomes known.
    #[serde(default)]
    pub password: Password,
}

/// A shell to log in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shell {
    /// The shell that NixOS itself uses.
    Bash,
    /// zsh.
    Zsh,
    /// fish.
    Fish,
    /// Nushell.
    Nushell,
    /// xonsh.
    Xonsh,
}

impl Shell {
    /// Every choice, in the order that lists show them.
    pub const ALL: [Self; 5] = [
        Self::Bash,
        Self::Zsh,
        Self::Fish,
        Self::Nushell,
        Self::Xonsh,
    ];
}

impl fmt::Display for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Nushell => "nushell",
            Self::Xonsh => "xonsh",
        })
    }
}
