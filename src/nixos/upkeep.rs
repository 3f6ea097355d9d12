//! What the system does by itself over the years: upgrades, deleting old generations, and the
//! settings of Nix.

use super::System;
use super::tree::{Attrs, List, NixError};
use crate::preset::{CacheKey, CacheUrl, Choices, Shape, Upgrades};

pub(super) fn section(system: &System<'_>) -> Result<Attrs, NixError> {
    let choices = system.choices;
    let mut section = Attrs::new();
    match choices.upgrades {
        Upgrades::Off => {}
        Upgrades::NextStart => upgrades(&mut section, "boot", choices.shape)?,
        Upgrades::AtOnce => upgrades(&mut section, "switch", choices.shape)?,
    }
    if let Some(days) = choices.delete_after_days {
        let mut collection = Attrs::new();
        collection.set("automatic", true)?;
        collection.set("dates", "weekly")?;
        collection.set("options", format!("--delete-older-than {days}d"))?;
        section.set_under(
            "Old generations are deleted, and what only they needed. The present one stays.",
            "nix.gc",
            collection,
        )?;
    }
    settings(&mut section, choices)?;
    Ok(section)
}

/// The settings of Nix itself, each with its comment: one set, since a name is defined once.
fn settings(section: &mut Attrs, choices: &Choices) -> Result<(), NixError> {
    let mut settings = Attrs::new();
    if choices.flakes {
        let commands = vec!["nix-command", "flakes"];
        let comment = "The newer commands of nix, and flakes.";
        settings.set_under(comment, "experimental-features", commands)?;
    }
    if choices.optimise_store {
        let comment = "Equal files in the store share their space.";
        settings.set_under(comment, "auto-optimise-store", true)?;
    }
    settings.append(caches(choices)?)?;
    if settings.bindings().next().is_none() {
        return Ok(());
    }
    section.set_apart("nix.settings", settings)
}

/// Where packages come from besides NixOS' own cache, which stays in the list.
fn caches(choices: &Choices) -> Result<Attrs, NixError> {
    let mut caches = Attrs::new();
    let comment = "Built packages come from these caches as well, if one of the keys has signed \
                   them.";
    if !choices.substituters.is_empty() {
        let addresses = choices.substituters.iter().map(CacheUrl::as_str);
        let addresses = List::new(addresses)?.one_a_line();
        caches.set_under(comment, "substituters", addresses)?;
    }
    if !choices.public_keys.is_empty() {
        let keys = choices.public_keys.iter().map(CacheKey::as_str);
        caches.set("trusted-public-keys", List::new(keys)?.one_a_line())?;
    }
    Ok(caches)
}

/// Upgrades within the release, every night.
fn upgrades(section: &mut Attrs, operation: &str, shape: Shape) -> Result<(), NixError> {
    let mut upgrade = Attrs::new();
    upgrade.set("enable", true)?;
    upgrade.set("operation", operation)?;
    if shape == Shape::Flake {
        upgrade.set("flake", "/etc/nixos")?;
        // Without it, the same packages would be built every night.
        upgrade.set("flags", vec!["--update-input", "nixpkgs"])?;
    }
    let comment = match operation {
        "boot" => "Upgrades within this release, every night, used from the next start on.",
        _ => "Upgrades within this release, every night, used at once.",
    };
    section.set_under(comment, "system.autoUpgrade", upgrade)
}
