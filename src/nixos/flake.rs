//! `flake.nix` and `flake.lock`: nixpkgs by its revision and hash instead of by a channel.
//!
//! Both are written as text, without the network. `flake.nix` names the release's branch, which
//! `nix flake update` follows. The lock names the medium's own tree: its path in the store, where the
//! build finds it, and the hash that identifies it wherever it lies. The tree on a NixOS medium is not
//! byte for byte what GitHub has at that revision (`nixos/modules/installer/cd-dvd/channel.nix` adds
//! files), so a lock that named GitHub together with this hash would fail as soon as it was fetched.
//!
//! `lastModified`, the time of the revision, is left out. No medium says it: its version has a count of
//! revisions or at most a day, and files in the store have no time of their own. A time that is made up
//! is refused by Nix where it holds it against the files (2.8 does; newer ones trust it), and the hash
//! identifies the tree without it. The system's name then has the day 19700101 in it until the first
//! `nix flake update`.

use super::System;
use super::tree::{Attrs, Comment, Expr, Module, NixError};
use crate::machine::{NarHash, Nixpkgs};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The names of the two files.
pub(super) const FILE: &str = "flake.nix";
pub(super) const LOCK: &str = "flake.lock";

/// The nixpkgs that a flake is locked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    store_path: PathBuf,
    folder: Option<PathBuf>,
    hash: NarHash,
    revision: String,
}

/// Why there can be no lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPin {
    /// Its tree has no `.git-revision`.
    #[error("the medium does not say which revision its nixpkgs is")]
    NoRevision,
    /// Nix's database has no hash, or the tree is not in the store.
    #[error("the medium's Nix does not know the hash of its nixpkgs")]
    NoHash,
}

impl Pin {
    /// What a flake is locked to that is installed from this nixpkgs.
    ///
    /// # Errors
    /// The medium does not say all that a lock holds.
    pub fn of(nixpkgs: &Nixpkgs) -> Result<Self, NoPin> {
        let revision = nixpkgs.revision.clone().ok_or(NoPin::NoRevision)?;
        let hash = nixpkgs.nar_hash.clone().ok_or(NoPin::NoHash)?;
        let (store_path, folder) = nixpkgs.store_path().ok_or(NoPin::NoHash)?;
        Ok(Self {
            store_path,
            folder: folder.map(Path::to_owned),
            hash,
            revision,
        })
    }
}

/// `flake.nix`
pub(super) fn module(system: &System<'_>) -> Result<Module, NixError> {
    let mut body = Attrs::new();
    let branch = branch(system);
    body.set(
        "inputs.nixpkgs.url",
        format!("github:NixOS/nixpkgs/{branch}"),
    )?;
    let mut arguments = Attrs::new();
    let configuration = Expr::file(super::CONFIGURATION_FILE)?;
    arguments.set("modules", vec![configuration])?;
    let made = Expr::apply("nixpkgs.lib.nixosSystem", arguments)?;
    let mut outputs = Attrs::new();
    let name = system.choices.host_name.as_str();
    outputs.set(("nixosConfigurations", name), made)?;
    body.set_apart("outputs", Expr::function(&["nixpkgs"], outputs)?)?;
    Module::set(introduction(), body)
}

fn introduction() -> Comment {
    Comment::new(
        "Where this system comes from: configuration.nix says what is in it, and flake.lock which \
         nixpkgs it is built with. To get newer packages and corrections, move the lock on, then \
         rebuild:",
    )
    .command("sudo nix flake update --flake /etc/nixos")
    .command("sudo nixos-rebuild switch")
}

/// `flake.lock`, in the form that Nix writes it (version 7), with a newline at its end.
pub(super) fn lock(system: &System<'_>, pin: &Pin) -> String {
    let mut locked = json!({
        "narHash": pin.hash,
        "path": pin.store_path,
        "rev": pin.revision,
        "type": "path",
    });
    if let (Some(locked), Some(folder)) = (locked.as_object_mut(), &pin.folder) {
        locked.insert("dir".to_owned(), json!(folder));
    }
    let original = json!({
        "owner": "NixOS",
        "ref": branch(system),
        "repo": "nixpkgs",
        "type": "github",
    });
    let lock = json!({
        "nodes": {
            "nixpkgs": { "locked": locked, "original": original },
            "root": { "inputs": { "nixpkgs": "nixpkgs" } },
        },
        "root": "root",
        "version": 7,
    });
    format!("{lock:#}\n")
}

/// The branch of a release that has passed its tests.
fn branch(system: &System<'_>) -> String {
    format!("nixos-{}", system.release)
}
