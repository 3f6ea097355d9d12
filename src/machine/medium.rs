//! The live medium: which Nix and which nixpkgs it carries.

use super::{Fact, NarHash};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What the running system offers an install.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medium {
    /// The nixpkgs that the target is built from.
    pub nixpkgs: Fact<Nixpkgs>,
    /// The version that `nix --version` gives, such as `2.26.3`.
    pub nix: Fact<String>,
    /// The absolute path of `nixos-install`.
    pub nixos_install: Fact<PathBuf>,
}

/// A nixpkgs tree in the medium's store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nixpkgs {
    /// The tree itself, all links resolved: the folder that holds `nixos/` and `lib/`.
    pub path: PathBuf,
    /// The store path that root's channel profile is set to, if the tree came as a channel.
    pub channel: Option<PathBuf>,
    /// The release, such as `26.05`.
    pub release: String,
    /// What follows the release, such as `.4127.8f3a1c2`; empty if nothing does.
    pub version_suffix: String,
    /// The Git revision, if the tree says it.
    pub revision: Option<String>,
    /// The hash of the store path that the tree lies in, if Nix's database says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nar_hash: Option<NarHash>,
}

impl Nixpkgs {
    /// The store path that the tree lies in, and the folder in it where that is not the whole.
    pub fn store_path(&self) -> Option<(PathBuf, Option<&Path>)> {
        store_path(&self.path)
    }
}

/// The store path that `path` lies in, and what is below it.
pub(super) fn store_path(path: &Path) -> Option<(PathBuf, Option<&Path>)> {
    const STORE: &str = "/nix/store";
    let below = path.strip_prefix(STORE).ok()?;
    let mut parts = below.components();
    let own = Path::new(STORE).join(parts.next()?);
    let rest = parts.as_path();
    Some((own, (!rest.as_os_str().is_empty()).then_some(rest)))
}
