//! Mounts what stays, and the new system mounts, before anything is wiped: an EFI system partition that is
//! damaged, or home folders that this kernel can't mount, end the installation while the old system is still
//! there. Nothing is written, not even what a journal has left to be done.

use super::super::cleanup;
use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::measure::ToolsOf;
use super::super::system::Place;
use super::{device, encrypt, kept_container, mount};
use crate::machine::{CannotShrink, shrink as measure};
use crate::plan::TARGET_ROOT;
use crate::process::Ending;
use crate::storage::{Device, KeptLuks, PartitionId};
use std::io;
use std::path::Path;

/// Folders of an EFI system partition that boot loaders write into, the outer before the inner.
const FOLDERS: [&str; 9] = [
    "",
    "EFI",
    "EFI/BOOT",
    "EFI/systemd",
    "EFI/Linux",
    "EFI/nixos",
    "EFI/NixOS-boot",
    "loader",
    "loader/entries",
];

/// Those of them whose files are written anew: the old ones are removed, cluster by cluster.
const REPLACED: [&str; 3] = ["EFI/BOOT", "EFI/systemd", "EFI/NixOS-boot"];

pub(super) fn run(
    context: &mut Context<'_>,
    partition: PartitionId,
    container: Option<&KeptLuks>,
    kind: &str,
) -> Result<(), StepError> {
    let Some(luks) = container else {
        return look(context, &Device::Partition(partition), kind);
    };
    kept_container::open(context, partition, luks, encrypt::Access::ReadOnly)?;
    let looked = look(context, &luks.device(), kind);
    let closed = cleanup::close_newest(context);
    // Why it can't be mounted matters more.
    looked?;
    closed
}

fn look(context: &mut Context<'_>, device: &Device, kind: &str) -> Result<(), StepError> {
    let path = device::own(context, device)?;
    if kind == "vfat" {
        report_faults(context, &path)?;
    }
    let options = options(context, kind, &path);
    let top = Path::new(TARGET_ROOT);
    context.system.prepare_target_root().on("prepare", top)?;
    mount::mount(context, &path, top, kind, options).map_err(|error| {
        error.explained(|_| {
            format!(
                "the {kind} in {}, which is to stay and to be mounted, can't be mounted; nothing has been \
                 written. {}",
                path.display(),
                advice(kind)
            )
        })
    })?;
    let read = match kind {
        "vfat" => loaders_can_write(context, &path),
        _ => Ok(()),
    };
    let closed = cleanup::close_newest(context);
    read?;
    closed
}

/// What to do about a file system that can't be used.
fn advice(kind: &str) -> String {
    let tool = match kind {
        "vfat" => {
            return "Check it with fsck.vfat, or with Windows' chkdsk, and try again; or let the new \
                    system make an EFI system partition of its own"
                .to_owned();
        }
        "btrfs" => "btrfs check",
        "xfs" => "xfs_repair",
        "f2fs" => "fsck.f2fs",
        _ => "e2fsck",
    };
    format!(
        "Check it with {tool} and try again; or leave it out, and add it to the new system later"
    )
}

/// With what it is mounted so that nothing is written. ext4 and f2fs remove files without a name even from
/// what is mounted read-only, unless the device is: for that, there is a loop device before it.
fn options(context: &mut Context<'_>, kind: &str, path: &Path) -> &'static str {
    match kind {
        "ext2" => "ro,loop",
        "ext3" | "ext4" => match is_unfinished(context, path) {
            // A journal that has nothing to replay is looked at, as it will be later.
            false => "ro,loop",
            true => "ro,loop,noload",
        },
        "f2fs" => "ro,loop,norecovery",
        "xfs" => "ro,norecovery",
        "btrfs" => "ro,rescue=nologreplay",
        _ => "ro",
    }
}

/// Whether an ext file system has something left to be done when it is mounted. That is no obstacle.
fn is_unfinished(context: &mut Context<'_>, path: &Path) -> bool {
    let tools = &mut ToolsOf(&mut *context.system, None);
    let unfinished = matches!(measure::ext_is_clean(path, tools), Err(CannotShrink::Dirty));
    if unfinished {
        context.note(format!(
            "{} was not shut down cleanly; its journal is replayed once it is mounted to be used",
            path.display()
        ));
    }
    unfinished
}

/// What a FAT's own check finds, which need not be in the way: told in the end, but for what is usual.
fn report_faults(context: &mut Context<'_>, path: &Path) -> Result<(), StepError> {
    let command = Command::new("fsck.vfat").arg("-n").arg(path).within(LONG);
    match context.run(&command) {
        Err(StepError::Command(error)) if matches!(error.ending, Ending::Code(_)) => {
            let found = faults(&error.output.stdout);
            if !found.is_empty() {
                context.warn(format!(
                    "the FAT in {}, which stays, has faults: {}. Check it with fsck.vfat or with Windows' \
                     chkdsk",
                    path.display(),
                    found.join("; ")
                ));
            }
            Ok(())
        }
        other => other.map(drop),
    }
}

/// How many faults are told.
const SHOWN: usize = 3;

/// Lines of what `fsck.vfat -n` prints that are no fault, by how they begin: what a power cut leaves, and what
/// it tells of itself.
const USUAL: [&str; 10] = [
    "fsck.fat",
    "There are differences between boot sector",
    "This is mostly harmless",
    "Not automatically fixing",
    "Dirty bit is set",
    "Automatically removing dirty bit",
    "Free cluster summary",
    "Auto-correcting",
    "Automatically correcting",
    "Leaving filesystem unchanged",
];

/// The first faults among these lines.
fn faults(printed: &str) -> Vec<String> {
    let lines = printed.lines().map(str::trim);
    let is_fault = |line: &&str| {
        let is_offset = line.starts_with(|first: char| first.is_ascii_digit());
        let is_sum = line.ends_with(" clusters") && line.contains(" files, ");
        let is_usual = USUAL.iter().any(|start| line.starts_with(start));
        !line.is_empty() && !is_offset && !is_sum && !is_usual
    };
    let found = lines.filter(is_fault).take(SHOWN);
    found.map(|line| line.escape_debug().to_string()).collect()
}

/// Whether what a boot loader is written over can be read: the kernel stops writing to a FAT as soon as it
/// meets a broken chain of clusters, which then would be after the old system is gone.
fn loaders_can_write(context: &mut Context<'_>, path: &Path) -> Result<(), StepError> {
    for folder in FOLDERS.map(Path::new) {
        let names = match context.system.list_folder(Place::Target, folder) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return unreadable(path, folder, &error),
        };
        if !REPLACED
            .iter()
            .any(|replaced| folder == Path::new(replaced))
        {
            continue;
        }
        for file in names.iter().map(|name| folder.join(name)) {
            match context.system.read_file(Place::Target, &file) {
                Err(error) if error.raw_os_error() == Some(EIO) => {
                    return unreadable(path, &file, &error);
                }
                // A folder, or something too large to be a loader: none of what is replaced.
                _ => {}
            }
        }
    }
    Ok(())
}

/// errno(3): an error of input or output, which the kernel's FAT has for a broken chain.
const EIO: i32 = 5;

fn unreadable(device: &Path, what: &Path, error: &io::Error) -> Result<(), StepError> {
    StepError::refused(format!(
        "the EFI system partition in {} is damaged: /{} can't be read ({error}), and the boot loader would be \
         written there; nothing has been written. {}",
        device.display(),
        what.display(),
        advice("vfat")
    ))
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn what_a_power_cut_leaves_is_no_fault() {
        let dirty = "There are differences between boot sector and its backup.\n\
                     This is mostly harmless. Differences: (offset:original/backup)\n  65:01/00\n  \
                     Not automatically fixing this.\nDirty bit is set. Fs was not properly unmounted and some \
                     data may be corrupt.\n Automatically removing dirty bit.\n\nLeaving filesystem \
                     unchanged.\na.img: 3 files, 589/201616 clusters\n";
        assert!(faults(dirty).is_empty());
    }

    #[test]
    fn a_broken_chain_is_one() {
        let broken = "fsck.fat 4.2 (2021-01-31)\n/EFI\n  Contains a free cluster (3). Assuming EOF.\n\
                      Reclaimed 463 unused clusters (237056 bytes).\nFree cluster summary wrong (201027 vs. \
                      really 201615)\n  Auto-correcting.\n\nLeaving filesystem unchanged.\nb.img: 1 files, \
                      1/201616 clusters\n";
        let found = [
            "/EFI",
            "Contains a free cluster (3). Assuming EOF.",
            "Reclaimed 463 unused clusters (237056 bytes).",
        ];
        assert_eq!(faults(broken), found);
    }
}
