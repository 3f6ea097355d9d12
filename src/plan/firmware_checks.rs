//! What this computer's firmware means for an installation.

use super::checks::problem;
use super::{DiskIdentity, PlannedDisk, Problem, ProblemId, Severity};
use crate::machine::{
    Content, Disk, Fact, Firmware, Installed, Machine, Partition, Table, TableKind, UefiBits,
    Variables,
};
use crate::storage::PartitionRole;

/// What the firmware can't do, or does only so.
pub(super) fn check(machine: &Machine) -> Vec<Problem> {
    firmware(&machine.firmware)
        .into_iter()
        .chain(variables(machine))
        .chain(beside_uefi_windows(machine))
        .collect()
}

fn firmware(firmware: &Fact<Firmware>) -> Option<Problem> {
    let unsupported = |why, message: &str, mend: &str| {
        Some(
            problem(
                ProblemId::FirmwareUnsupported,
                Severity::Error,
                "system",
                message,
                mend,
            )
            .because(why),
        )
    };
    match firmware {
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B64,
            secure_boot: Fact::Known(true),
            ..
        }) => Some(
            problem(
                ProblemId::SecureBoot,
                Severity::Error,
                "system",
                "Secure Boot is on, and would refuse to start the installed system",
                "Turn Secure Boot off in the firmware's settings, then start the medium again.",
            )
            .because("on"),
        ),
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B64,
            secure_boot: Fact::Known(false),
            ..
        }) => None,
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B64,
            secure_boot: Fact::Unknown(reason),
            ..
        }) => Some(
            problem(
                ProblemId::SecureBoot,
                Severity::Warning,
                "system",
                format!("whether Secure Boot is on could not be found out: {reason}"),
                "If the installed system does not start, turn Secure Boot off in the firmware's settings.",
            )
            .because("unknown"),
        ),
        Fact::Known(Firmware::Uefi {
            bits: UefiBits::B32,
            ..
        }) => unsupported(
            "bits",
            "the firmware is a 32-bit UEFI: it starts 32-bit boot loaders only, and this version installs \
             64-bit ones",
            "If the firmware's settings offer BIOS or legacy mode, start the medium in that mode.",
        ),
        Fact::Known(Firmware::Bios) => None,
        Fact::Known(Firmware::DeviceTree) => unsupported(
            "no_uefi",
            "the computer was started by neither UEFI nor a BIOS, and this version installs for those two only",
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
    let (word, why) = match variables {
        Variables::Writable => return None,
        Variables::ReadOnly => ("read_only", "efivarfs is mounted read-only"),
        Variables::Missing => ("missing", "efivarfs is not there"),
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
         efivarfs writable before you install.", ).because(word))
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
    Some(
        problem(
            ProblemId::BiosBesideUefiWindows,
            Severity::Error,
            "system",
            format!(
                "the medium was started in BIOS mode, and the Windows on {} starts in UEFI mode",
                DiskIdentity::of(windows).description()
            ),
            "Start the medium in UEFI mode: choose its UEFI entry in the firmware's boot menu. Should \
             this computer have no UEFI, detach that disk or wipe it first.",
        )
        .with("disk", windows),
    )
}

/// Whether a Windows stays, on another disk than the chosen ones or on one of them; the two systems then
/// share the computer's clock.
pub(super) fn windows_stays(machine: &Machine, chosen: &[PlannedDisk]) -> bool {
    let disks = machine.disks.known().map(Vec::as_slice).unwrap_or_default();
    let has_it = |disk: &Disk| {
        let mut chosen = chosen.iter();
        let Some(planned) = chosen.find(|planned| planned.identity.path == disk.path) else {
            return !disk.live_medium;
        };
        let kept = planned.table.kept();
        let stays = |p: &&Partition| kept.iter().any(|kept| kept.number == p.number);
        disk.partitions().iter().filter(stays).any(may_be_windows)
    };
    let bios = machine.firmware.known() == Some(&Firmware::Bios);
    let is_chosen_mbr = |disk: &Disk| {
        let mut chosen = chosen.iter();
        bios && is_mbr(disk) && chosen.any(|planned| planned.identity.path == disk.path)
    };
    disks
        .iter()
        .any(|disk| (has_uefi_windows(disk) || is_chosen_mbr(disk)) && has_it(disk))
}

/// A Windows that starts by a BIOS lives on such a disk.
fn is_mbr(disk: &Disk) -> bool {
    matches!(
        disk.table.known(),
        Some(Table::Partitioned {
            kind: TableKind::Mbr { .. },
            ..
        })
    )
}

/// An ESP and the drive of a Windows side by side in a GPT.
fn has_uefi_windows(disk: &Disk) -> bool {
    let gpt = matches!(
        disk.table.known(),
        Some(Table::Partitioned {
            kind: TableKind::Gpt { .. },
            ..
        })
    );
    let is_esp = |p: &Partition| PartitionRole::Esp.is_of(p);
    let partitions = disk.partitions();
    // An NTFS is found faster than an ESP, whose type is read from text.
    gpt && partitions.iter().any(may_be_windows) && partitions.iter().any(is_esp)
}

/// Whether a Windows may be in it: an NTFS is no sign of one if it was looked into in vain.
fn may_be_windows(partition: &Partition) -> bool {
    match &partition.content {
        Content::Formatted(fs) => match fs.kind.as_str() {
            "ntfs" => fs.installed != Some(Installed::Nothing),
            kind => kind == "BitLocker",
        },
        Content::Blank | Content::Unknown(_) => false,
    }
}
