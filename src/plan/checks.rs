//! The problems that don't depend on which disk is chosen, and those of the disk once it is.

use super::{DiskIdentity, Problem, ProblemId, Severity, names, system_checks};
use crate::machine::{
    Content, Disk, Fact, Firmware, Machine, Partition, Table, TableKind, UefiBits, Variables,
};
use crate::nixos::Pin;
use crate::preset::{DiskPreset, Encryption, Layout, Passphrase, Preset, Release, Shape};
use crate::storage::{NewTable, PartitionRole};
use std::collections::BTreeSet;

/// Releases that the configuration writer knows the options of.
const RELEASES: [&str; 2] = ["26.05", "26.11"];

/// Packages that people ask for by name and that carry an unfree licence.
const UNFREE: [&str; 7] = [
    "discord",
    "google-chrome",
    "obsidian",
    "spotify",
    "steam",
    "vscode",
    "zoom-us",
];

fn problem(
    id: ProblemId,
    severity: Severity,
    field: &str,
    message: impl Into<String>,
    mend: &str,
) -> Problem {
    Problem {
        id,
        severity,
        field: field.to_owned(),
        message: message.into(),
        mend: mend.to_owned(),
    }
}

/// What the firmware and the medium can't do.
pub(super) fn machine(machine: &Machine) -> Vec<Problem> {
    let medium = &machine.medium;
    firmware(&machine.firmware)
        .into_iter()
        .chain(variables(machine))
        .chain(beside_uefi_windows(machine))
        .chain(nixpkgs(machine))
        .chain(match &medium.nixos_install {
            Fact::Known(_) => None,
            Fact::Unknown(reason) => Some(problem(
                ProblemId::NixosInstallMissing,
                Severity::Error,
                "system",
                format!("nixos-install was not found: {reason}"),
                "Start the installer from a NixOS live medium.",
            )),
        })
        .collect()
}

fn firmware(firmware: &Fact<Firmware>) -> Option<Problem> {
    let unsupported = |message: &str, mend: &str| {
        Some(problem(
            ProblemId::FirmwareUnsupported,
            Severity::Error,
            "system",
            message,
            mend,
        ))
    };
    match firmware {
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B64,
            secure_boot: Fact::Known(true),
            ..
        }) => Some(problem(
            ProblemId::SecureBoot,
            Severity::Error,
            "system",
            "Secure Boot is on, and would refuse to start the installed system",
            "Turn Secure Boot off in the firmware's settings, then start the medium again.",
        )),
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B64,
            secure_boot: Fact::Known(false),
            ..
        }) => None,
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B64,
            secure_boot: Fact::Unknown(reason),
            ..
        }) => Some(problem(
            ProblemId::SecureBoot,
            Severity::Warning,
            "system",
            format!("whether Secure Boot is on could not be found out: {reason}"),
            "If the installed system does not start, turn Secure Boot off in the firmware's settings.",
        )),
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B32,
            ..
        }) => unsupported(
            "the firmware is a 32-bit UEFI: a 64-bit system needs GRUB there, which this version \
             installs on BIOS machines only",
            "If the firmware's settings offer BIOS or legacy mode, start the medium in that mode.",
        ),
        Fact::Known(Firmware::Bios) => None,
        Fact::Known(Firmware::DeviceTree) => unsupported(
            "the computer was started without UEFI, and this version installs in UEFI mode only",
            "If there is a UEFI firmware for this board, start the medium with it.",
        ),
        Fact::Unknown(reason) => Some(problem(
            ProblemId::FirmwareUnknown,
            Severity::Error,
            "system",
            format!("the kind of firmware could not be found out: {reason}"),
            "Report this together with the output of `nevado probe`.",
        )),
    }
}

/// Without a boot entry of its own, a system is started by the path that firmware falls back to (UEFI
/// specification, section 3.5.1.1), where NixOS puts its loader in any case.
fn variables(machine: &Machine) -> Option<Problem> {
    let Some(Firmware::Uefi {
        bits: UefiBits::B64,
        variables,
        ..
    }) = machine.firmware.known()
    else {
        return None;
    };
    let why = match variables {
        Variables::Writable => return None,
        Variables::ReadOnly => "efivarfs is mounted read-only",
        Variables::Missing => "efivarfs is not there",
    };
    Some(problem(
        ProblemId::VariablesNotWritable,
        Severity::Warning,
        "system",
        format!(
            "the firmware's variables can't be written ({why}): NixOS gets no boot entry, and is \
             started by the fallback path in EFI/BOOT"
        ),
        "Should something else be started, choose the disk in the firmware's boot menu; or mount \
         efivarfs writable before you install.",
    ))
}

/// A computer that starts Windows in UEFI mode would start only one of the two systems in either
/// mode, and its boot menu could never offer both.
fn beside_uefi_windows(machine: &Machine) -> Option<Problem> {
    if machine.firmware.known() != Some(&Firmware::Bios) {
        return None;
    }
    let disks = machine.disks.known()?;
    let windows = disks
        .iter()
        .find(|disk| !disk.live_medium && has_uefi_windows(disk))?;
    Some(problem(
        ProblemId::BiosBesideUefiWindows,
        Severity::Error,
        "system",
        format!(
            "the medium was started in BIOS mode, and the Windows on {} starts in UEFI mode",
            DiskIdentity::of(windows).description()
        ),
        "Start the medium in UEFI mode: choose its UEFI entry in the firmware's boot menu. Should \
         this computer have no UEFI, detach that disk or wipe it first.",
    ))
}

/// Whether a Windows stays, on another disk than the chosen one or on that one; the two systems then
/// share the computer's clock.
pub(super) fn windows_stays(machine: &Machine, chosen: &Disk, table: &NewTable) -> bool {
    let disks = machine.disks.known().map(Vec::as_slice).unwrap_or_default();
    let elsewhere = disks
        .iter()
        .filter(|disk| disk.path != chosen.path && !disk.live_medium)
        .any(has_uefi_windows);
    let kept = |p: &&Partition| table.kept().iter().any(|kept| kept.number == p.number);
    elsewhere || has_uefi_windows(chosen) && chosen.partitions().iter().filter(kept).any(is_ntfs)
}

/// An ESP and an NTFS side by side in a GPT.
fn has_uefi_windows(disk: &Disk) -> bool {
    let gpt = matches!(
        disk.table.known(),
        Some(Table::Partitioned {
            kind: TableKind::Gpt { .. },
            ..
        })
    );
    let esp = PartitionRole::Esp.type_guid().to_string();
    let is_esp = |p: &Partition| p.type_id.eq_ignore_ascii_case(&esp);
    let partitions = disk.partitions();
    gpt && partitions.iter().any(is_esp) && partitions.iter().any(is_ntfs)
}

fn is_ntfs(partition: &Partition) -> bool {
    matches!(&partition.content, Content::Formatted(fs) if fs.kind == "ntfs")
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
        Fact::Known(found) if !RELEASES.contains(&found.release.as_str()) => Some(problem(
            ProblemId::ReleaseUnsupported,
            Severity::Error,
            "system",
            format!("the medium carries NixOS {}", found.release),
            "Use a medium with NixOS 26.05 or 26.11.",
        )),
        Fact::Known(_) => None,
    }
}

/// Without a channel, `nixos-rebuild` finds nothing to build from; a flake brings its own.
pub(super) fn channel(machine: &Machine, preset: &Preset) -> Option<Problem> {
    let nixpkgs = machine.medium.nixpkgs.known()?;
    if nixpkgs.channel.is_some() || preset.configuration.shape == Some(Shape::Flake) {
        return None;
    }
    Some(problem(
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
    ))
}

/// A flake is locked to the medium's nixpkgs, as far as the medium says what that is.
pub(super) fn flake(machine: &Machine, preset: &Preset) -> Vec<Problem> {
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

/// What the preset asks for that can't be, or should not be.
pub(super) fn preset(preset: &Preset, release: Option<&Release>) -> Vec<Problem> {
    let mut problems = accounts(preset);
    if let (Some(asked), Some(release)) = (&preset.system.state_version, release)
        && asked > release
    {
        problems.push(problem(
            ProblemId::StateVersionTooNew,
            Severity::Error,
            "system.state_version",
            format!("{asked} is newer than NixOS {release}, which is on the medium"),
            "Leave it out: the release on the medium is the right one for a new installation.",
        ));
    }
    if preset.keyboard.variant.is_some() && preset.keyboard.layout.is_none() {
        problems.push(problem(
            ProblemId::VariantWithoutLayout,
            Severity::Error,
            "keyboard.variant",
            "a variant belongs to a layout, and none is given",
            "Add `layout` beside it.",
        ));
    }
    problems.extend(passphrase(preset));
    problems.extend(names::check(preset));
    problems.extend(unfree(preset));
    problems.extend(system_checks::check(preset, release));
    problems
}

/// At the boot, the passphrase is typed on the console, which knows no input method and may not know
/// every layout of the desktop.
fn passphrase(preset: &Preset) -> Option<Problem> {
    match &preset.disk.encrypt {
        Some(Encryption::On(Passphrase::Plain(text))) if !text.expose().is_ascii() => {
            Some(problem(
                ProblemId::PassphraseHardToType,
                Severity::Warning,
                "disk.encrypt",
                "the passphrase of the disk has letters that may be impossible to type at the boot",
                "Use the letters a to z, digits and the signs of a US keyboard.",
            ))
        }
        _ => None,
    }
}

fn unfree(preset: &Preset) -> Option<Problem> {
    let names: Vec<&str> = preset
        .software
        .packages
        .iter()
        .map(|name| name.as_str())
        .collect();
    let unfree: Vec<&str> = names
        .into_iter()
        .filter(|name| UNFREE.contains(name))
        .collect();
    if unfree.is_empty() || preset.software.unfree == Some(true) {
        return None;
    }
    Some(problem(
        ProblemId::UnfreeNeeded,
        Severity::Error,
        "software.unfree",
        format!(
            "{} can't be installed without unfree software",
            unfree.join(", ")
        ),
        "Write `unfree = true`, or leave them out.",
    ))
}

fn accounts(preset: &Preset) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for user in &preset.users {
        if !seen.insert(&user.name) {
            problems.push(problem(
                ProblemId::DuplicateUser,
                Severity::Error,
                "users",
                format!("the login name `{}` is given twice", user.name),
                "Give every person a login name of their own.",
            ));
        }
    }
    if preset.users.is_empty() && preset.root.is_none() {
        problems.push(problem(
            ProblemId::NobodyCanLogIn,
            Severity::Error,
            "users",
            "nobody could log in to the installed system",
            "Add a user, or give root a password.",
        ));
    } else if preset.root.is_none() && !preset.users.iter().any(|user| user.administrator) {
        problems.push(problem(
            ProblemId::NoAdministrator,
            Severity::Warning,
            "users",
            "nobody could change the installed system: no user is an administrator",
            "Write `administrator = true` for one of them, or give root a password.",
        ));
    }
    problems
}

/// What should be known about the chosen disk before it is written to; before it is erased, also
/// what is known of its content.
pub(super) fn disk(disk: &Disk, firmware: Option<&Firmware>, preset: &DiskPreset) -> Vec<Problem> {
    let name = DiskIdentity::of(disk).description();
    let mut problems = Vec::new();
    if firmware == Some(&Firmware::Bios) && disk.by_id.is_empty() && disk.by_path.is_empty() {
        problems.push(problem(
            ProblemId::NoLastingName,
            Severity::Warning,
            "disk",
            format!("{name} has no name that lasts: after a restart, it may be another disk's"),
            "Should the disk be called otherwise later, put its name into boot.loader.grub.device \
             before the next nixos-rebuild.",
        ));
    }
    if preset.layout.is_some_and(|layout| layout != Layout::Erase) {
        return problems;
    }
    let uses = uses(disk);
    if !uses.is_empty() {
        problems.push(problem(
            ProblemId::DiskInUse,
            Severity::Warning,
            "disk",
            format!("{name} is in use: {}", uses.join(", ")),
            "It is unmounted and closed before anything is written; save open files first.",
        ));
    }
    if let Some(reason) = unknown_content(disk) {
        problems.push(problem(
            ProblemId::DiskContentUnknown,
            Severity::Warning,
            "disk",
            format!("it is not known what is on {name}: {reason}"),
            "Unknown is not empty: make sure that nothing on it is still needed.",
        ));
    }
    problems
}

/// Where a disk is mounted and what is built on it.
pub(super) fn uses(disk: &Disk) -> Vec<String> {
    let parts = disk.partitions();
    let mounts = disk
        .mounts
        .iter()
        .chain(parts.iter().flat_map(|p| &p.mounts));
    let holders = disk
        .holders
        .iter()
        .chain(parts.iter().flat_map(|p| &p.holders));
    mounts
        .map(|path| format!("mounted at {}", path.display()))
        .chain(holders.map(|name| format!("held by {name}")))
        .collect()
}

fn unknown_content(disk: &Disk) -> Option<&str> {
    match &disk.table {
        Fact::Unknown(reason) => Some(reason),
        Fact::Known(Table::Whole {
            content: Content::Unknown(reason),
        }) => Some(reason),
        Fact::Known(_) => {
            let mut partitions = disk.partitions().iter();
            partitions.find_map(Partition::unknown_content)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_that_may_be_impossible_to_type_is_told_and_not_shown() {
        let told = |plain: &str| {
            let text = format!(
                "version = 1\n[disk]\nencrypt = {{ passphrase = {{ plain = \"{plain}\" }} }}\n"
            );
            passphrase(&crate::preset::read(&text, "test").unwrap())
        };
        assert_eq!(told("open sesame 3~"), None);
        let problem = told("тайна").unwrap();
        assert_eq!(problem.severity, Severity::Warning);
        assert!(!problem.to_string().contains("тайна"), "{problem}");
    }
}
