//! What the live medium carries, or lacks.

use super::checks::problem;
use super::{Detail, Problem, ProblemId, Severity};
use crate::machine::{Fact, Machine};
use crate::nixos::{NoPin, Pin};
use crate::preset::{Preset, Shape};

/// Releases that the configuration writer knows the options of.
const RELEASES: [&str; 2] = ["26.05", "26.11"];

/// What the medium lacks, for what the preset asks for.
pub(super) fn check(machine: &Machine, preset: &Preset) -> Vec<Problem> {
    nixpkgs(machine)
        .into_iter()
        .chain(nixos_install(machine))
        .chain(flake(machine, preset))
        .chain(channel(machine, preset))
        .collect()
}

fn nixos_install(machine: &Machine) -> Option<Problem> {
    match &machine.medium.nixos_install {
        Fact::Known(_) => None,
        Fact::Unknown(reason) => Some(problem(
            ProblemId::NixosInstallMissing,
            Severity::Error,
            "system",
            format!("nixos-install was not found: {reason}"),
            "Start the installer from a NixOS live medium.",
        )),
    }
}

fn nixpkgs(machine: &Machine) -> Option<Problem> {
    match &machine.medium.nixpkgs {
        Fact::Unknown(reason) => Some(problem(
            ProblemId::NixpkgsUnknown,
            Severity::Error,
            "system",
            format!("the medium's nixpkgs was not found: {reason}"),
            "Start the installer from a NixOS live medium.",
        )),
        Fact::Known(found) if !RELEASES.contains(&found.release.as_str()) => Some(
            problem(
                ProblemId::ReleaseUnsupported,
                Severity::Error,
                "system",
                format!("the medium carries NixOS {}", found.release),
                "Use a medium with NixOS 26.05 or 26.11.",
            )
            .with("release", Detail::code(&found.release)),
        ),
        Fact::Known(_) => None,
    }
}

/// Without a channel, `nixos-rebuild` finds nothing to build from; a flake brings its own.
fn channel(machine: &Machine, preset: &Preset) -> Option<Problem> {
    let nixpkgs = machine.medium.nixpkgs.known()?;
    if nixpkgs.channel.is_some() || preset.configuration.shape == Some(Shape::Flake) {
        return None;
    }
    Some(
        problem(
            ProblemId::NoChannel,
            Severity::Warning,
            "system",
            format!(
                "the medium carries nixpkgs ({}), but not as a channel: the new system starts, and \
                 `nixos-rebuild` finds no nixpkgs there",
                nixpkgs.path.display()
            ),
            &format!(
                "After the first start, add the channel of NixOS {} with `nix-channel --add` and \
                 `nix-channel --update`, both as root; or use a medium of NixOS itself.",
                nixpkgs.release
            ),
        )
        .with("path", nixpkgs.path.as_path())
        .with("release", Detail::code(&nixpkgs.release)),
    )
}

/// A flake is locked to the medium's nixpkgs, as far as the medium says what that is.
fn flake(machine: &Machine, preset: &Preset) -> Vec<Problem> {
    if preset.configuration.shape != Some(Shape::Flake) {
        return Vec::new();
    }
    let nixpkgs = machine.medium.nixpkgs.known();
    let not_pinned = nixpkgs.and_then(|nixpkgs| Pin::of(nixpkgs).err());
    let not_pinned = not_pinned.map(|why| {
        problem(
            ProblemId::FlakeNotPinned,
            Severity::Error,
            "configuration.shape",
            format!("a flake can't be locked without the network: {why}"),
            "Write `shape = \"classic\"`, or start from a medium of NixOS itself, which says both.",
        )
        .because(match why {
            NoPin::NoRevision => "no_revision",
            NoPin::NoHash => "no_hash",
        })
    });
    let off = (preset.system.flakes == Some(false)).then(|| {
        problem(
            ProblemId::FlakesOff,
            Severity::Error,
            "system.flakes",
            "the system is to be a flake, and flakes are turned off",
            "Leave `flakes` out, or write `shape = \"classic\"`.",
        )
    });
    not_pinned.into_iter().chain(off).collect()
}
