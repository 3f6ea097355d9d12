//! What stands between a machine and a preset.

use super::Details;
use crate::preset::shown_field;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that stands in the way, or that should be known first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Which problem it is, for programs.
    pub id: ProblemId,
    /// Whether the install can go on.
    pub severity: Severity,
    /// The field of the preset that it belongs to, such as `disk.choose` or `disk.disks[0].table`, with
    /// positions counted from 0; what people read counts them from 1.
    pub field: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// How to mend it, in a sentence.
    pub mend: String,
    /// The sizes, names and reasons in it, each by its name, for programs and for other languages.
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    pub details: Details,
}

/// Whether the install can go on in spite of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It can't.
    Error,
    /// It can.
    Warning,
}

/// The problems there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemId {
    /// No disk fits what the preset asks for.
    NoDisk,
    /// More than one disk fits.
    SeveralDisks,
    /// The disks could not be looked at.
    DisksUnknown,
    /// The disk carries the running live system.
    DiskIsLiveMedium,
    /// The disk refuses writes.
    DiskReadOnly,
    /// The disk is too small.
    DiskTooSmall,
    /// There can be no safe swap file in this file system.
    SwapFileOnF2fs,
    /// How much memory there is could not be found out, and hibernation depends on it.
    MemoryUnknown,
    /// The disk can be unplugged, so it is not taken unless it is named.
    DiskRemovable,
    /// Something on the disk is in use, and will be released.
    DiskInUse,
    /// What is on the disk could not be read.
    DiskContentUnknown,
    /// The machine was started by a firmware that this program can't install for yet.
    FirmwareUnsupported,
    /// The medium was started in BIOS mode, and a Windows on this machine starts in UEFI mode.
    BiosBesideUefiWindows,
    /// The layout is not possible on this disk.
    LayoutImpossible,
    /// Nothing on the disk can be kept: it has no table, or one that is not sound.
    NothingKept,
    /// There is no partition on the disk.
    NoPartition,
    /// There is no free space on the disk.
    NoFreeSpace,
    /// There is free space, and not enough of it.
    NoRoom,
    /// How small a file system can become has not been measured.
    NotMeasured,
    /// A partition can't be made smaller.
    NotSmaller,
    /// A partition has to stay, for what else lies in it or starts from it.
    PartitionHasToStay,
    /// What a Mac with Apple's own processor starts with would go.
    AppleFirmware,
    /// A system that stays starts from what goes.
    OtherSystemStranded,
    /// A system that stays uses what goes.
    OtherSystemLosesParts,
    /// What goes may be a part of a volume that other devices are a part of as well.
    VolumeMaySpan,
    /// No partition is for home folders.
    NoHome,
    /// Several partitions are for home folders, and none is named.
    SeveralHomes,
    /// What is to be kept as home folders can't be.
    HomeUnusable,
    /// The home folders that are to be kept are in a LUKS container.
    HomeInLuks,
    /// The home folders that are to be kept are in a subvolume of btrfs, and the system beside them can't be
    /// replaced by itself.
    HomeInBtrfs,
    /// The new system goes into the btrfs of the home folders, where something that is asked for can't be.
    NotBesideHomes,
    /// Home folders go with the system that is replaced.
    HomesGo,
    /// Which partitions are a system's own can't be told.
    SystemUnclear,
    /// A Linux sleeps, and remembers file systems that would be written to.
    LinuxSleeps,
    /// A Windows sleeps, and remembers drives that would be written to.
    WindowsSleeps,
    /// Whether a Linux sleeps can't be seen, because its swap is out of sight.
    LinuxMaySleep,
    /// Whether a Windows sleeps could not be seen, and something that it may have mounted is touched.
    WindowsMaySleep,
    /// GRUB finds no room on the disk.
    NoRoomForGrub,
    /// A key belongs to another layout.
    KeyOfOtherLayout,
    /// What the manual layout says of a partition contradicts itself, or is not enough.
    PartitionUnclear,
    /// A partition of the manual layout finds no place.
    PartitionHasNoRoom,
    /// A partition is too small for what it is to hold.
    PartitionTooSmall,
    /// A table of this kind has no such flag.
    FlagOfOtherTable,
    /// A partition can't have this flag.
    FlagImpossible,
    /// A partition is larger than what it is to hold can be.
    PartitionTooLarge,
    /// There is nothing that becomes `/`.
    NoRootFileSystem,
    /// There is nothing that the firmware could start from.
    NoBootPlace,
    /// A BIOS starts this computer, and no partition is there that GRUB could start from.
    NoPlaceForGrub,
    /// Two things would be mounted at the same place.
    MountPointTwice,
    /// Something can't be mounted there.
    MountPointImpossible,
    /// A recovery key would open nothing.
    RecoveryKeyUnused,
    /// This can't be encrypted, or not so.
    EncryptionImpossible,
    /// Nobody has looked into an encrypted container yet.
    ContainerLocked,
    /// The passphrase does not open an encrypted container that stays.
    WrongPassphrase,
    /// An EFI system partition goes or is formatted.
    EspFormatted,
    /// The boot loader of another system is replaced.
    LoaderReplaced,
    /// What is in memory may end up on the disk in plain text.
    SwapUnencrypted,
    /// The disk has no such partition, or several.
    PartitionNotFound,
    /// An EFI system partition that was asked for can't be used.
    EspUnusable,
    /// The EFI system partition that is used belongs to what starts from it now, too.
    EspShared,
    /// A NixOS that stays starts from the EFI system partition that the new one uses as well.
    NixosLosesMenu,
    /// A Linux that stays is not in the boot menu of the new system.
    LinuxNotListed,
    /// Something that stays is made smaller.
    MadeSmaller,
    /// A neighbour is made larger.
    MadeLarger,
    /// What is in a partition can't become larger with it.
    CannotGrow,
    /// Too little is free right behind a partition that is to become larger.
    NoRoomBehind,
    /// A subvolume that is to stay or go is not there.
    SubvolumeMissing,
    /// A subvolume that is to be made is there already.
    SubvolumeTaken,
    /// A subvolume that is to be mounted is a read-only snapshot.
    SubvolumeReadOnly,
    /// Subvolumes that are to stay lie in one that is to go.
    SubvolumeHoldsOthers,
    /// Home folders stay, and with them the numbers of their owners.
    HomeKept,
    /// A system is replaced, and its boot loader stays.
    LoaderStays,
    /// A Windows that is encrypted with BitLocker stays.
    BitLockerStays,
    /// GRUB takes the place of what started the systems that stay.
    StartCodeReplaced,
    /// Kernels lie where many a BIOS does not read.
    BeyondReach,
    /// The partition table that stays does not reach to the end of the disk.
    DiskPartlyUsed,
    /// What stays starts by the firmware's other mode.
    OtherMode,
    /// Two disks or file systems have the same identifiers.
    DuplicateDisks,
    /// Partition tables for sectors of this size are not written here.
    SectorSizeUnsupported,
    /// A BIOS would not start from sectors of this size.
    BiosSectorSize,
    /// The disk has no name that it keeps over a restart.
    NoLastingName,
    /// The firmware could not be found out.
    FirmwareUnknown,
    /// Secure Boot would refuse the installed system.
    SecureBoot,
    /// The firmware's variables, boot entries among them, can't be written.
    VariablesNotWritable,
    /// There is no channel for the new system.
    NoChannel,
    /// There is no nixpkgs to build from.
    NixpkgsUnknown,
    /// The release on the medium is not one that this program writes for.
    ReleaseUnsupported,
    /// `nixos-install` is missing.
    NixosInstallMissing,
    /// Nobody could log in.
    NobodyCanLogIn,
    /// Nobody could become administrator.
    NoAdministrator,
    /// Two users have the same name.
    DuplicateUser,
    /// The state version is newer than the release.
    StateVersionTooNew,
    /// A package or driver needs unfree software, which is not allowed.
    UnfreeNeeded,
    /// Flatpak was asked for without a desktop.
    FlatpakWithoutDesktop,
    /// An input method was asked for without a desktop.
    InputMethodWithoutDesktop,
    /// A graphics card that runs slowly without unfree software.
    NvidiaNeedsUnfree,
    /// A Wi-Fi card that needs a driver which must be asked for.
    BroadcomDriver,
    /// The address of a proxy holds a password, which others could read.
    ProxyPassword,
    /// What is reached without a proxy is said, and no proxy.
    ProxyMissing,
    /// Packages come from a cache whose key is not given.
    NoCacheKey,
    /// A cache that was asked for does not answer.
    CacheSilent,
    /// An interface is given twice, or without an address.
    WiredUnclear,
    /// An interface is not there, or is not wired.
    WiredUnknown,
    /// An address is given twice.
    DuplicateAddress,
    /// A gateway is in none of the networks of its interface.
    GatewayOutside,
    /// A gateway or a name server is left out, because its interface has no use for it.
    WiredLeftOut,
    /// An interface with a fixed address has no name servers.
    NoNameServers,
    /// The console, where passphrases are typed, has other characters on some keys.
    ConsoleKeymapDiffers,
    /// Ports are opened in a firewall that is off.
    PortsWithoutFirewall,
    /// SSH takes keys only, and nobody has one.
    NoSshKey,
    /// A server that is reached over SSH waits at its console for the disk's passphrase.
    WaitsForPassphrase,
    /// A group that nothing declares.
    UnknownGroup,
    /// The desktop's options are not in the release on the medium.
    DesktopTooNew,
    /// Who is to be logged in without a password is none of the users.
    AutologinUnknown,
    /// The passphrase has letters that may be impossible to type at the boot.
    PassphraseHardToType,
    /// A variant of a keyboard without its layout.
    VariantWithoutLayout,
    /// NixOS can't build this locale.
    UnknownLocale,
    /// There is no such time zone.
    UnknownTimeZone,
    /// There is no such keyboard layout.
    UnknownLayout,
    /// The keyboard layout has no such variant.
    UnknownVariant,
    /// There is no such option of XKB.
    UnknownXkbOption,
    /// Nix refuses the configuration.
    ConfigurationRefused,
    /// It is not known whether Nix accepts the configuration.
    NotEvaluated,
    /// The system does not fit on its file system.
    SystemTooLarge,
    /// The system fits once, and not a second time beside it.
    NoRoomForUpdates,
    /// There is no room for kernels.
    BootTooSmall,
    /// Some packages can't be had.
    Unobtainable,
    /// The clock is wrong.
    ClockWrong,
    /// Nothing can be fetched from the network.
    Offline,
    /// There is little memory left.
    LittleMemory,
    /// The computer runs on its battery.
    OnBattery,
    /// Something is mounted where the target goes.
    TargetInUse,
    /// The boot loader that was asked for can't start the system here.
    BootLoaderImpossible,
    /// The medium does not say what a flake is pinned to.
    FlakeNotPinned,
    /// A flake was asked for, and flakes were turned off.
    FlakesOff,
    /// The program itself is wrong.
    Defect,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(
            f,
            "{word}: {}: {}\n  {}",
            shown_field(&self.field),
            self.message,
            self.mend
        )
    }
}
