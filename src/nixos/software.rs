//! Programs for everyone, where more come from, and whether unfree ones are allowed; printers.

use super::tree::{Attrs, Expr, List, NixError, Reference};
use super::{System, desktop};
use crate::preset::Environment;
use std::collections::BTreeSet;

/// What `configuration.nix` takes as arguments.
pub(super) const ARGUMENTS: [&str; 3] = ["config", "lib", "pkgs"];

/// Names that Nix itself defines everywhere, besides those that begin with `__`.
const BUILTINS: [&str; 23] = [
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
    if system.choices.printing {
        section.append(printing()?)?;
    }
    if system.choices.flatpak {
        section.append(flatpak()?)?;
    }
    let mut seen = BTreeSet::new();
    let facts = system.choices.desktop.facts();
    let of_desktop = facts.map_or(&[][..], |facts| &facts.packages);
    let with_browser = system.choices.desktop != Environment::None;
    let wanted = of_desktop
        .iter()
        .chain(&system.choices.packages)
        // With a desktop, `programs.firefox` installs it.
        .filter(|name| !with_browser || name.as_str() != desktop::BROWSER)
        .filter(|name| seen.insert(*name));
    let packages: Result<Vec<Expr>, NixError> = wanted.map(|name| package(name.as_str())).collect();
    section.set_under(
        "Programs for everyone. Add names here.",
        "environment.systemPackages",
        Expr::with("pkgs", List::new(packages?)?.one_a_line())?,
    )?;
    Ok(section)
}

/// CUPS, and the names of printers in the network, which tell each printer's address.
fn printing() -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    let comment = "Printers, those in the network too.";
    section.set_under(comment, "services.printing.enable", true)?;
    let mut names = Attrs::new();
    names.set("enable", true)?;
    names.set("nssmdns4", true)?;
    section.set("services.avahi", names)?;
    Ok(section)
}

/// Where Flathub tells its address and its key.
const FLATHUB: &str = "https://dl.flathub.org/repo/flathub.flatpakrepo";

/// Flatpak, which NixOS leaves without a source, and a service that gives it one.
fn flatpak() -> Result<Attrs, NixError> {
    let mut section = Attrs::new();
    section.set_under(
        "Flatpak, with programs from Flathub.",
        "services.flatpak.enable",
        true,
    )?;
    let mut service = Attrs::new();
    service.set("wantedBy", vec!["multi-user.target"])?;
    service.set("wants", vec!["network-online.target"])?;
    service.set("after", vec!["network-online.target"])?;
    service.set("path", vec![Expr::reference("pkgs.flatpak")?])?;
    let script = format!("flatpak remote-add --if-not-exists flathub {FLATHUB}");
    service.set("script", script)?;
    service.set("serviceConfig.Type", "oneshot")?;
    section.set("systemd.services.flathub", service)?;
    Ok(section)
}

/// A package within `with pkgs;`. An argument or a builtin of the same name would win over the
/// package, so such a name is written in full.
fn package(name: &str) -> Result<Expr, NixError> {
    let reference = Reference::new(name)?;
    let variable = reference.variable();
    let hidden =
        ARGUMENTS.contains(&variable) || BUILTINS.contains(&variable) || variable.starts_with("__");
    Ok(Expr::Reference(if hidden {
        reference.within(&Reference::new("pkgs")?)
    } else {
        reference
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_that_the_file_itself_would_hide_are_named_in_full() {
        let written = |name: &str| match package(name).unwrap() {
            Expr::Reference(reference) => reference.as_str().to_owned(),
            other => panic!("{name} became {other:?}"),
        };
        for name in ["git", "kdePackages.kate", "library", "_7zz"] {
            assert_eq!(written(name), name);
        }
        for name in ["lib", "config.x", "map", "true", "__head"] {
            assert_eq!(written(name), format!("pkgs.{name}"));
        }
    }
}
