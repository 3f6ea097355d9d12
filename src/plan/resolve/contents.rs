//! What goes onto the disk: file system, encryption and swap, or why that can't be.

use crate::machine::{Fact, Machine};
use crate::plan::{Details, Problem, ProblemId, Severity};
use crate::preset::{
    Encryption, Environment, FileSystemKind, Keys, Layout, Preset, RecoveryKeyFor, Swap,
};
use crate::storage::{
    ContainerKeys, Contents, KeyDerivation, KeySlots, Reach, Start, SwapSpace, hibernation_size,
    swap_size,
};
use crate::units::Bytes;

/// Everything that goes onto the disk, whichever disk that is.
///
/// # Errors
/// What was asked for can't be had on this machine.
pub(in crate::plan) fn contents(machine: &Machine, preset: &Preset) -> Result<Contents, Problem> {
    let disk = &preset.disk;
    let file_system = disk.root_file_system();
    let keys = match &disk.encrypt {
        Some(Encryption::On(keys)) => Some(keys),
        Some(Encryption::Off) | None => None,
    };
    Ok(Contents {
        start: Start::of(machine),
        architecture: machine.architecture,
        root_minimum: root_minimum(preset.desktop.environment.unwrap_or(Environment::None)),
        file_system,
        encryption: keys.map(|keys| container_keys(keys, machine.memory.known().copied())),
        // The disk says more, once it is chosen.
        discards: false,
        reach: Reach::Whole,
        keeps_home: disk.layout == Some(Layout::KeepHome),
        swap: swap(disk.swap.unwrap_or_default(), file_system, &machine.memory)?,
    })
}

fn container_keys(asked: &Keys, memory: Option<Bytes>) -> ContainerKeys {
    ContainerKeys {
        derivation: KeyDerivation::for_memory(memory),
        slots: match asked.recovery_key {
            RecoveryKeyFor::Nobody => KeySlots::Passphrase,
            RecoveryKeyFor::Shown | RecoveryKeyFor::File(_) => KeySlots::PassphraseAndRecoveryKey,
        },
    }
}

/// The least that a root file system must hold: two generations of the system and room to build.
const fn root_minimum(desktop: Environment) -> Bytes {
    match desktop {
        Environment::None => Bytes::gib(6),
        _ => Bytes::gib(15),
    }
}

fn swap(
    asked: Swap,
    file_system: FileSystemKind,
    memory: &Fact<Bytes>,
) -> Result<SwapSpace, Problem> {
    let known = memory.known().copied();
    match asked {
        Swap::None | Swap::Zram => Ok(SwapSpace::None),
        // F2FS moves blocks when it cleans up, unless the file is pinned, which needs an ioctl of
        // its own (Documentation/filesystems/f2fs.rst, "Swapfile").
        Swap::File if file_system == FileSystemKind::F2fs => Err(problem(
            ProblemId::SwapFileOnF2fs,
            "a swap file on F2FS is not safe: its blocks may be moved".to_owned(),
            "Write `swap = \"partition\"` or `swap = \"zram\"`, or choose another file system.",
        )),
        Swap::File => Ok(SwapSpace::File {
            size: swap_size(known),
        }),
        Swap::Partition => Ok(SwapSpace::Partition {
            size: swap_size(known),
            hibernation: false,
        }),
        Swap::Hibernate => match memory {
            Fact::Known(memory) => Ok(SwapSpace::Partition {
                size: hibernation_size(*memory),
                hibernation: true,
            }),
            Fact::Unknown(reason) => Err(problem(
                ProblemId::MemoryUnknown,
                format!("how much memory hibernation has to save is not known: {reason}"),
                "Write `swap = \"partition\"`: without hibernation, its size matters less.",
            )),
        },
    }
}

fn problem(id: ProblemId, message: String, mend: &str) -> Problem {
    Problem {
        id,
        severity: Severity::Error,
        field: "disk.swap".to_owned(),
        message,
        mend: mend.to_owned(),
        details: Details::NONE,
    }
}
