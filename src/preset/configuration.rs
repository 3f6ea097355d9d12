//! How the configuration is laid out in `/etc/nixos`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How the configuration is laid out in `/etc/nixos`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Configuration {
    /// Where the system gets nixpkgs from.
    pub shape: Option<Shape>,
    /// One file, or one for each concern.
    pub files: Option<Files>,
}

/// Where the system gets nixpkgs from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// From root's channel, which `nixos-rebuild --upgrade` moves on.
    #[default]
    Classic,
    /// From a flake, whose lock file `nix flake update` moves on.
    Flake,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Classic => "classic, with a channel",
            Self::Flake => "a flake",
        })
    }
}

/// How many files there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Files {
    /// Everything in `configuration.nix`, beside the hardware's own file.
    #[default]
    One,
    /// `configuration.nix` imports a file for each concern.
    Split,
}

impl fmt::Display for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One => "one file",
            Self::Split => "a file for each concern",
        })
    }
}
