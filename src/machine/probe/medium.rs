//! The live medium: nixpkgs, Nix and `nixos-install`.

use super::roots::Roots;
use crate::machine::medium::store_path;
use crate::machine::{Fact, Medium, NarHash, Nixpkgs};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// Where root's channels lie, the fallback of every NixOS (`nix.nixPath`).
const CHANNEL: &str = "/nix/var/nix/profiles/per-user/root/channels/nixos";
const STORE: &str = "/nix/store";

/// What the running system offers an install.
pub(super) fn medium(roots: &Roots) -> Medium {
    let install = roots
        .program("nixos-install")
        .context("nixos-install is not on PATH");
    Medium {
        nixpkgs: Fact::from_result(nixpkgs(roots)),
        nix: Fact::from_result(nix_version(roots)),
        nixos_install: Fact::from_result(install),
    }
}

/// The tree that `<nixpkgs>` stands for: from `NIX_PATH`, else root's channel (`sudo` and `pkexec`
/// clear the environment).
fn nixpkgs(roots: &Roots) -> Result<Nixpkgs> {
    let variable = roots.variable("NIX_PATH").unwrap_or_default();
    let named = variable.split(':').find_map(|e| e.strip_prefix("nixpkgs="));
    let path = named
        .filter(|path| path.starts_with('/'))
        .unwrap_or(CHANNEL);
    let tree = roots
        .resolve(Path::new(path))
        .with_context(|| format!("no nixpkgs at {path}"))?;
    ensure!(
        roots.at(tree.join("nixos")).is_dir() && roots.at(tree.join("lib")).is_dir(),
        "{path} leads to {}, which is no nixpkgs: nixos/ and lib/ are not both there",
        tree.display()
    );
    let text = |name: &str| roots.text(&tree.join(name).to_string_lossy());
    let release = text(".version").or_else(|_| text("lib/.version"))?;
    ensure!(
        is_release(&release),
        "{}/.version says {release:?}, which is no release",
        tree.display()
    );
    Ok(Nixpkgs {
        channel: channel_of(&tree),
        release,
        version_suffix: text(".version-suffix").unwrap_or_default(),
        revision: text(".git-revision").ok(),
        nar_hash: nar_hash(roots, &tree).ok(),
        path: tree,
    })
}

/// The hash of the store path that the tree lies in, from Nix's database.
fn nar_hash(roots: &Roots, tree: &Path) -> Result<NarHash> {
    let (path, _) = store_path(tree).context("the tree is not in the store")?;
    let arguments = ["--query", "--hash", &path.to_string_lossy()];
    let printed = roots.printed("nix-store", &arguments)?;
    Ok(NarHash::from_database(printed.trim())?)
}

/// A channel is a store path that holds the tree as `nixos`.
fn channel_of(tree: &Path) -> Option<PathBuf> {
    let above = tree.parent()?;
    let is_channel = tree.ends_with("nixos") && above.parent() == Some(Path::new(STORE));
    is_channel.then(|| above.to_owned())
}

/// Two digits of the year, a point, two of the month.
fn is_release(text: &str) -> bool {
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(year, month)| two(year) && two(month))
}

/// The last word of `nix (Nix) 2.31.2`.
fn nix_version(roots: &Roots) -> Result<String> {
    let printed = roots
        .printed("nix", &["--version"])
        .or_else(|_| roots.printed("nix-build", &["--version"]))?;
    let word = printed.split_whitespace().next_back();
    let version = word.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    version
        .map(str::to_owned)
        .with_context(|| format!("nix --version prints {printed:?}, with no version at its end"))
}
