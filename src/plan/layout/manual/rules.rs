//! What holds for the manual layout as a whole: mount points, sizes, encryption.

use super::boot::Mounted;
use super::draft::{DiskDraft, is_esp};
use super::subvolumes;
use super::wish::{Around, Field, FileSystem, Holds, What};
use crate::plan::reason::Reason;
use crate::plan::{Detail, Problem, ProblemId, Severity};
use crate::preset::{FileSystemKind, MountPath, PartitionType};
use crate::storage::{KeptLuks, KeptVolume, NotMounted, SCRATCH, TargetPath};
use crate::units::{Bytes, SectorSize};
use std::collections::BTreeMap;

/// Places that belong to the running system, or that are no places for a file system of their own.
const RESERVED: [&str; 12] = [
    "/bin", "/dev", "/etc", "/lib", "/lib64", "/mnt", "/proc", "/run", "/sbin", "/sys", "/tmp",
    "/usr",
];

/// What to do where something of the system is to be mounted from what stays.
const ANEW: &str = "Write `do = \"format\"`, or mount it where people keep data, such as /home.";

/// The same for a subvolume.
const ELSEWHERE: &str = "Mount it where people keep data, such as /home. For the rest, write `do = \"create\"` with \
                         a new name beside it, or make it in a partition that is new or formatted.";

/// What the whole layout needs besides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needs {
    /// What the system takes, the swap file in it included.
    pub root: Bytes,
    /// The computer's memory, if it is known.
    pub memory: Option<Bytes>,
    /// Whether there is a passphrase.
    pub passphrase: bool,
}

/// Everything that is mounted, by its place.
pub(super) type Mounts<'d, 'a> = BTreeMap<&'a str, Mounted<'d, 'a>>;

/// Collects what is mounted, and tells what can't be mounted where it should.
pub(super) fn mounts<'d, 'a>(
    drafts: &'d [DiskDraft<'a>],
    problems: &mut Vec<Problem>,
) -> Mounts<'d, 'a> {
    let mut mounts = Mounts::new();
    for draft in drafts {
        for (field, what) in &draft.parts {
            for (key, at) in what.mounts() {
                problems.extend(misplaced(*field, &key, what, at));
                let mounted = Mounted {
                    field: *field,
                    what,
                };
                if mounts.contains_key(at.as_str()) {
                    problems.push(
                        field
                            .error(
                                ProblemId::MountPointTwice,
                                &key,
                                format!("something else is mounted at {at} already"),
                                "Mount each thing at a place of its own.",
                            )
                            .with("at", Detail::code(at)),
                    );
                } else {
                    mounts.insert(at.as_str(), mounted);
                }
            }
        }
    }
    mounts
}

/// Why this can't be mounted there.
fn misplaced(field: Field, key: &str, what: &What<'_>, at: &MountPath) -> Option<Problem> {
    let path = at.as_str();
    let wrong = |why, message: String, mend: &str| {
        let problem = field.error(ProblemId::MountPointImpossible, key, message, mend);
        Some(problem.because(why).with("at", Detail::code(path)))
    };
    let first = path.split('/').nth(1).unwrap_or_default();
    let is_below = |place: &str| place.strip_prefix('/') == Some(first);
    let for_boot = matches!(path, "/boot" | "/efi");
    if RESERVED.iter().any(|place| is_below(place)) || path.starts_with("/nix/") {
        return wrong(
            "reserved",
            format!("{path} belongs to the running system"),
            "Choose another place.",
        );
    }
    // The first is emptied when the build has ended, the others are the swap file's.
    if first == SCRATCH || first == "swapfile" || path.starts_with("/swap/swapfile") {
        return wrong(
            "scratch",
            format!("the installation has files of its own at {path}"),
            "Choose another place.",
        );
    }
    if !for_boot && matches!(first, "boot" | "efi") {
        return wrong(
            "below_boot",
            format!("the boot loader is at /boot, or at /efi with /boot beside it, not at {path}"),
            "Write `mount = \"/boot\"`.",
        );
    }
    if let Some(made) = what.made() {
        return match made.format == FileSystem::Vfat && !for_boot {
            true => wrong(
                "vfat",
                format!("vfat knows neither owners nor permissions, which {path} needs"),
                "Choose a file system of Linux, such as ext4.",
            ),
            false => None,
        };
    }
    let partition = what.partition()?;
    let is_part = matches!(what, What::Subvolumes { .. });
    if for_boot && is_part {
        return wrong(
            "subvolume",
            format!(
                "what the computer starts from is a partition of its own, not a subvolume at {path}"
            ),
            "Mount an EFI system partition or a `/boot` there.",
        );
    }
    // An EFI system partition is looked over with the boot loader.
    if for_boot {
        return None;
    }
    let target = TargetPath::try_from(std::path::PathBuf::from(path)).ok()?;
    if subvolumes::is_new_at(what, path) {
        return None;
    }
    if !target.is_for_data() {
        return wrong(
            "anew",
            format!("what is mounted at {path} has to be made anew"),
            if is_part { ELSEWHERE } else { ANEW },
        );
    }
    if is_part {
        return None;
    }
    let unmounted = |why: NotMounted, mend: &str| {
        let problem = field.error(ProblemId::MountPointImpossible, key, why.to_string(), mend);
        Some(problem.telling(Reason::from(why).details))
    };
    let kept = match what {
        What::Unlock { .. } => KeptVolume::unlocked(partition, target),
        _ => KeptVolume::data(partition, target),
    };
    match kept {
        Ok(_) => None,
        Err(why @ NotMounted::Locked(_)) => Some(
            field
                .error(
                    ProblemId::ContainerLocked,
                    "unlock",
                    why.to_string(),
                    "Give the passphrase that opens it: `encrypt` in `[disk]`. An installation unlocks it \
                     before it plans, without writing to it.",
                )
                .telling(Reason::from(why).details),
        ),
        Err(why) if KeptLuks::of(partition).is_ok() && !matches!(what, What::Unlock { .. }) => {
            unmounted(
                why,
                "Write `unlock = true` to mount what is in the container, or leave `mount` out.",
            )
        }
        Err(why @ NotMounted::HomesInBtrfs(_)) => unmounted(
            why,
            "Name the subvolume in place of `mount`: `subvolumes = [{ name = \"@home\", mount = \"/home\" }]`.",
        ),
        Err(_) if is_esp(partition) => {
            let number = partition.number;
            let message = format!(
                "partition {number} is an EFI system partition: one that stays is mounted at /boot, or at \
                 /efi beside a /boot of its own, and not at {path}"
            );
            let told = wrong(
                "esp",
                message,
                "Mount it at /boot or /efi, or leave `mount` out.",
            );
            told.map(|problem| problem.with("number", number))
        }
        Err(why) => unmounted(why, "Format it, or leave `mount` out."),
    }
}

/// What is too small, or can't be encrypted as it is asked for.
pub(super) fn contents(
    drafts: &[DiskDraft<'_>],
    mounts: &Mounts<'_, '_>,
    needs: Needs,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for draft in drafts {
        for (index, (field, what)) in draft.parts.iter().enumerate() {
            if let What::Unlock { .. } = what
                && !needs.passphrase
            {
                problems.push(without_passphrase(*field));
            }
            let unit = draft.disk.sectors.logical;
            problems.extend(subvolumes::no_room(*field, what, mounts, needs, unit));
            let Some(holds) = what.holds() else {
                continue;
            };
            let least = least(holds, what, mounts, needs, unit);
            if let Some(size) = draft.size_of(index)
                && size < least
            {
                problems.push(
                    field
                        .error(
                            ProblemId::PartitionTooSmall,
                            "size",
                            format!("this partition has {size}, and needs {least} for what it is to hold"),
                            format!("Make it {least} at least."),
                        )
                        .because("size")
                        .with("size", size)
                        .with("needed", least),
                );
            }
            problems.extend(encryption(*field, holds, what, needs));
        }
    }
    problems.extend(swap(drafts, mounts));
    problems
}

/// The smallest that a partition can be for what it holds.
fn least(
    holds: &Holds<'_>,
    what: &What<'_>,
    mounts: &Mounts<'_, '_>,
    needs: Needs,
    sector: SectorSize,
) -> Bytes {
    let made = match holds {
        Holds::BiosBoot => return Bytes::mib(1),
        Holds::Swap {
            hibernation: true, ..
        } => return needs.memory.unwrap_or(Bytes::mib(16)),
        Holds::Swap { .. } => return Bytes::mib(16),
        Holds::FileSystem(made) => made,
    };
    let is_at = |place: &str| what.mounts().iter().any(|(_, at)| at.as_str() == place);
    let of_kind = match made.format {
        // mkfs.vfat makes FAT32 of 65525 clusters at least, of one sector or more each.
        FileSystem::Vfat => Bytes(sector.bytes().saturating_mul(70_000)),
        FileSystem::Linux(FileSystemKind::Ext4) => Bytes::mib(16),
        FileSystem::Linux(FileSystemKind::Btrfs) => Bytes::mib(256),
        FileSystem::Linux(FileSystemKind::Xfs) => Bytes::mib(300),
        FileSystem::Linux(FileSystemKind::F2fs) => Bytes::mib(128),
    };
    let apart = mounts.contains_key("/nix") && !is_at("/nix");
    let of_use = match () {
        () if is_at("/nix") || (is_at("/") && !apart) => needs.root,
        () if is_at("/") => Bytes::gib(1),
        // Kernels and initrds of a few generations.
        () if is_at("/boot") => Bytes::mib(320),
        () => Bytes(0),
    };
    let header = match made.around.is_container() {
        true => Bytes::mib(16),
        false => Bytes(0),
    };
    Bytes(of_kind.max(of_use).0.saturating_add(header.0))
}

/// A container that stays, and nothing that opens it.
fn without_passphrase(field: Field) -> Problem {
    field
        .error(
            ProblemId::EncryptionImpossible,
            "unlock",
            "there is no passphrase to unlock it with",
            "Write `encrypt = true` in `[disk]`, too: its passphrase is for all partitions, those that \
             stay encrypted included.",
        )
        .because("no_passphrase_to_unlock")
}

fn encryption(field: Field, holds: &Holds<'_>, what: &What<'_>, needs: Needs) -> Option<Problem> {
    let key = match holds.around() {
        Around::KeptContainer => "unlock",
        Around::NewContainer | Around::Nothing => "encrypt",
    };
    let wrong = |why, message: &str, mend: &str| {
        let problem = field.error(ProblemId::EncryptionImpossible, key, message, mend);
        Some(problem.because(why))
    };
    let starts = match holds {
        Holds::BiosBoot => true,
        Holds::Swap { .. } => false,
        Holds::FileSystem(made) => {
            let kind = made.kind;
            let by_kind = matches!(kind, Some(PartitionType::Esp | PartitionType::Xbootldr));
            let by_place = what.mounts().iter().any(|(_, at)| {
                let path = at.as_str();
                matches!(path, "/boot" | "/efi")
            });
            by_kind || by_place
        }
    };
    match (holds.around(), starts, needs.passphrase) {
        (Around::NewContainer | Around::KeptContainer, true, _) => wrong(
            "starts",
            "what the computer starts from can't be encrypted: nothing could open it yet",
            &format!("Leave `{key}` out here."),
        ),
        (Around::NewContainer, false, false) => wrong(
            "no_passphrase",
            "there is no passphrase to encrypt it with",
            "Write `encrypt = true` in `[disk]`, too: its passphrase is for all partitions.",
        ),
        _ => None,
    }
}

/// Memory in swap, and the root's secrets in memory.
fn swap(drafts: &[DiskDraft<'_>], mounts: &Mounts<'_, '_>) -> Vec<Problem> {
    let parts = drafts.iter().flat_map(|draft| &draft.parts);
    let swaps = parts.filter_map(|(field, what)| match what.holds() {
        Some(Holds::Swap {
            hibernation,
            around,
        }) => Some((*field, *hibernation, around.is_container())),
        _ => None,
    });
    let swaps: Vec<(Field, bool, bool)> = swaps.collect();
    let root = mounts.get("/").and_then(|root| root.what.made());
    let is_secret = root.is_some_and(|root| root.around.is_container());
    let mut problems = Vec::new();
    for (field, hibernation, encrypted) in &swaps {
        if !is_secret || *encrypted {
            continue;
        }
        problems.push(match hibernation {
            true => field.error(
                ProblemId::EncryptionImpossible,
                "encrypt",
                "the whole memory, the key of the encrypted root included, would lie here in plain \
                 text while the computer hibernates",
                "Write `encrypt = true` here, too.",
            )
            .because("hibernation"),
            false => Problem {
                severity: Severity::Warning,
                ..field.error(
                    ProblemId::SwapUnencrypted,
                    "encrypt",
                    "the root is encrypted, and this swap is not: parts of what is in memory end up \
                     on the disk in plain text",
                    "Write `encrypt = true` here, too.",
                )
            },
        });
    }
    let mut sleeping = swaps.iter().filter(|(_, hibernation, _)| *hibernation);
    if let (Some(_), Some((second, ..))) = (sleeping.next(), sleeping.next()) {
        problems.push(
            second
                .error(
                    ProblemId::PartitionUnclear,
                    "hibernation",
                    "a computer hibernates into one swap, and there are two",
                    "Leave it out of one of them.",
                )
                .because("two_hibernate"),
        );
    }
    problems
}
