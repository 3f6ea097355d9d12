//! Programs for everyone, and whether unfree ones are allowed.

use super::System;
use super::tree::{Attrs, Expr, List, NixError, Reference};
use std::collections::BTreeSet;

/// What `configuration.nix` takes as arguments.
pub(super) const ARGUMENTS: [&str; 3] = ["config", "lib", "pkgs"];

/// Names that Nix itself defines everywhere, with or without `with`.
const BUILTINS: [&str; 24] = [
    "abort",
    "baseNameOf",
    "break",
    "builtins",
    "derivation",
    "derivationStrict",
    "dirOf",
    "false",
    "fetchGit",
    "fetchMercurial",
    "fetchTarball",
    "fetchTree",
    "fromTOML",
    "import",
    "isNull",
    "map",
    "null",
    "placeholder",
    "removeAttrs",
    "scopedImport",
    "throw",
    "toString",
    "true",
    "__curPos",
];

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    if system.choices.unfree {
        section.set_under(
            "Programs under an unfree licence may be installed.",
            "nixpkgs.config.allowUnfree",
            true,
        )?;
    }
    let mut seen = BTreeSet::new();
    let wanted = system
        .choices
        .packages
        .iter()
        .filter(|name| seen.insert(*name));
    let packages: Result<Vec<Expr>, NixError> = wanted.map(|name| package(name.as_str())).collect();
    section.set_under(
        "Programs for everyone. Add names here.",
        "environment.systemPackages",
        Expr::with("pkgs", List::new(packages?)?.one_a_line())?,
    )?;
    Ok(section)
}

/// A package within `with pkgs;`. An argument or a builtin of the same name would win over the
/// package, so such a name is written in full.
fn package(name: &str) -> Result<Expr, NixError> {
    let reference = Reference::new(name)?;
    let hidden = ARGUMENTS
        .iter()
        .chain(&BUILTINS)
        .any(|bound| *bound == reference.variable());
    Ok(Expr::Reference(if hidden {
        reference.within(&Reference::new("pkgs")?)
    } else {
        reference
    }))
}
