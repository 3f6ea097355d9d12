//! The steps of a plan: typed, so that no message can ask the engine to run a command.

use super::disk_identity::DiskIdentity;
use crate::preset::{BootLoader, FileSystemKind, HostName, UserName};
use crate::storage::{
    Device, KeptLuks, KeptSubvolumes, Larger, NewFileSystem, NewLuks, NewTable, PartitionId,
    Smaller, SubvolumeName, TargetPath,
};
use crate::units::Bytes;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use uuid::Uuid;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its place in the plan, from 1.
    pub number: u32,
    /// What it does.
    pub action: Action,
}

/// What a step does. Devices are named by the plan only: the chosen disk by its identity, its new
/// partitions and what is opened from them as [`Device`]s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Evaluate the configuration with the medium's Nix while every disk is still untouched.
    Evaluate {
        /// The files of `/etc/nixos`, in full.
        files: Vec<TargetFile>,
    },
    /// Look at the disk again and refuse if it is not the one that was confirmed.
    CheckIdentity {
        /// The disk.
        disk: DiskIdentity,
    },
    /// Try whether the passphrase opens a container that stays, and keep its header to compare it
    /// afterwards; before the first write, and without opening it.
    TryContainer {
        /// The partition.
        partition: PartitionId,
        /// The container.
        luks: KeptLuks,
    },
    /// Look again whether a system sleeps that stays and may have mounted what is touched; before the first
    /// write, on whatever disk, and only reading.
    FindSleepers {
        /// The device nodes of drives that a Windows may sleep in.
        windows: Vec<PathBuf>,
        /// The device nodes of swap that a Linux may sleep in.
        linux: Vec<PathBuf>,
    },
    /// Keep a copy of the first and last sectors of the disk, where its tables are.
    SaveTable {
        /// The device node.
        disk: PathBuf,
    },
    /// Keep the computer awake and desktop programs from mounting what appears, until the end.
    Inhibit,
    /// Stop swapping to, unmount and close whatever goes of the disk; what stays is left in use.
    Release {
        /// The device node.
        disk: PathBuf,
    },
    /// Mount a file system that stays and is mounted later, without writing to it, and unmount it: before
    /// anything is wiped, so that one that is damaged stops the installation in time.
    TryMount {
        /// The partition.
        partition: PartitionId,
        /// The container in it that the file system is in, which is opened for it; none if it is in the
        /// partition itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        container: Option<KeptLuks>,
        /// The type that mount(2) takes.
        kind: String,
    },
    /// Look whether subvolumes of a btrfs that stays are there, and the names of new ones free, before
    /// anything is wiped.
    FindSubvolumes(KeptSubvolumes),
    /// Delete subvolumes of a btrfs that stays.
    DeleteSubvolumes {
        /// The partition.
        partition: PartitionId,
        /// By their paths from its top, those that lie in others first.
        subvolumes: Vec<SubvolumeName>,
    },
    /// Make a file system smaller in a partition that stays, which the new table makes shorter.
    Shrink(Smaller),
    /// Look a file system over that is to become larger, and mend what is safe to mend: before anything is
    /// wiped, so that one that can't follow its partition stops the installation in time.
    LookOver(Larger),
    /// Remove every signature of the past from what goes: the whole disk and its old partitions, or,
    /// where the table is kept, the partition that is replaced and both ends of what is new.
    Wipe {
        /// The device node.
        disk: PathBuf,
    },
    /// Write the new partition table and tell the kernel.
    WriteTable {
        /// The device node.
        disk: PathBuf,
        /// The table.
        table: NewTable,
    },
    /// Make a file system larger in a partition that stays, which the new table has made longer.
    Grow(Larger),
    /// Make a LUKS2 container in a new partition; its passphrase reaches the engine apart from the
    /// plan.
    Encrypt {
        /// The partition.
        partition: PartitionId,
        /// The container.
        luks: NewLuks,
    },
    /// Open a container that the plan made.
    OpenEncrypted {
        /// The partition.
        partition: PartitionId,
        /// The container.
        luks: NewLuks,
    },
    /// Open a container that stays. Its header is left as it is.
    OpenKept {
        /// The partition.
        partition: PartitionId,
        /// The container.
        luks: KeptLuks,
    },
    /// Remove every signature of what is in a container that stays, before something is made in its place.
    WipeInside {
        /// The open container.
        device: Device,
    },
    /// Make a file system.
    MakeFileSystem {
        /// In what.
        device: Device,
        /// What it gets.
        file_system: NewFileSystem,
    },
    /// Make subvolumes, in a new btrfs or in one that stays.
    MakeSubvolumes {
        /// What it is in.
        device: Device,
        /// By their paths from its top.
        subvolumes: Vec<SubvolumeName>,
    },
    /// Make swap in a partition or a container.
    MakeSwap {
        /// In what.
        device: Device,
        /// Its UUID.
        uuid: Uuid,
    },
    /// Make a file in the target that is swapped to.
    MakeSwapFile {
        /// Where, seen from the target.
        at: TargetPath,
        /// How large it is, in whole MiB.
        size: Bytes,
        /// What it lies in.
        file_system: FileSystemKind,
    },
    /// Mount a new file system below the target root.
    Mount {
        /// What it is in.
        device: Device,
        /// Where, seen from the target.
        at: TargetPath,
        /// The type that mount(2) takes.
        kind: String,
        /// Mount options, as in `fileSystems.<path>.options`.
        options: Vec<String>,
    },
    /// Write the configuration.
    WriteFiles {
        /// In full.
        files: Vec<TargetFile>,
    },
    /// Build the system into the target's store.
    Build {
        /// The system's name in `flake.nix`; without it, it is built from `configuration.nix`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        flake: Option<HostName>,
    },
    /// Set the system profile, the channel and the boot loader (`nixos-install --system`).
    InstallSystem {
        /// The store path that root's channel is set to.
        channel: Option<PathBuf>,
        /// What starts it.
        #[serde(default = "systemd_boot")]
        loader: BootLoader,
        /// Where the firmware finds that.
        #[serde(default)]
        found: LoaderFound,
    },
    /// Set passwords in the target; they reach the engine apart from the plan.
    SetPasswords {
        /// Whose.
        accounts: Vec<Account>,
    },
    /// Copy the connections of the live system's NetworkManager into the target. The plan does not hold
    /// them: they have passwords in them, and only root can read them.
    CarryConnections,
    /// Leave log and receipt in the target; the receipt says that the outcome is pending.
    KeepRecord,
    /// Flush and unmount the target.
    Unmount,
    /// Read everything back and compare it with the plan; only then is the receipt made final.
    Verify,
}

impl Action {
    /// What cancelling means while this step runs.
    pub const fn interruption(&self) -> Interruption {
        match self {
            Self::Evaluate { .. }
            | Self::CheckIdentity { .. }
            | Self::TryContainer { .. }
            | Self::FindSleepers { .. }
            | Self::SaveTable { .. }
            | Self::Inhibit
            | Self::Build { .. }
            | Self::Verify => Interruption::Anytime,
            Self::Wipe { .. } | Self::WipeInside { .. } | Self::DeleteSubvolumes { .. } => {
                Interruption::PointOfNoReturn
            }
            Self::Shrink(_) | Self::Grow(_) => Interruption::Fragile,
            Self::Release { .. }
            | Self::TryMount { .. }
            | Self::FindSubvolumes(_)
            | Self::LookOver(_)
            | Self::WriteTable { .. }
            | Self::Encrypt { .. }
            | Self::OpenEncrypted { .. }
            | Self::OpenKept { .. }
            | Self::MakeFileSystem { .. }
            | Self::MakeSubvolumes { .. }
            | Self::MakeSwap { .. }
            | Self::MakeSwapFile { .. }
            | Self::Mount { .. }
            | Self::WriteFiles { .. }
            | Self::InstallSystem { .. }
            | Self::SetPasswords { .. }
            | Self::CarryConnections
            | Self::KeepRecord
            | Self::Unmount => Interruption::FinishFirst,
        }
    }

    /// Whether running it changes the disk or what is mounted from it.
    pub const fn changes_disk(&self) -> bool {
        !matches!(
            self,
            Self::Evaluate { .. }
                | Self::CheckIdentity { .. }
                | Self::TryContainer { .. }
                | Self::FindSleepers { .. }
                | Self::SaveTable { .. }
                | Self::Inhibit
        )
    }
}

/// Where a computer's firmware finds the boot loader on the EFI system partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoaderFound {
    /// In a folder of its own, which an entry in the firmware's variables names; or, on a BIOS machine,
    /// at the disk's start.
    #[default]
    ByEntry,
    /// Where firmware looks that knows of no entry: `EFI/BOOT` (UEFI specification 2.10, 3.5.1.1).
    AtFallback,
}

/// Plans of earlier versions have no word for it; on a BIOS the table tells.
const fn systemd_boot() -> BootLoader {
    BootLoader::SystemdBoot
}

/// What cancelling means while a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interruption {
    /// It can be stopped at once; nothing is left half done.
    Anytime,
    /// It has to end before the install can stop.
    FinishFirst,
    /// As above, and once it began, what the plan names as lost is gone.
    PointOfNoReturn,
    /// It has to end before the install can stop, and if the power fails meanwhile, something that
    /// is to stay can be damaged.
    Fragile,
}

/// An account whose password is set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// The administrator account 0.
    Root,
    /// A person.
    User(UserName),
}

impl Account {
    /// The login name.
    pub fn name(&self) -> &str {
        match self {
            Self::Root => "root",
            Self::User(name) => name.as_str(),
        }
    }
}

/// A text file in the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetFile {
    /// Where, seen from the target.
    pub path: TargetPath,
    /// Permission bits, such as 0o644.
    pub mode: u32,
    /// All of it.
    pub text: String,
}
