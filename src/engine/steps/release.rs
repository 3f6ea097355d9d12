//! Stops swapping to, unmounts and closes whatever is in the way on the disk, the innermost first:
//! all of it where the whole disk is taken; what is replaced, resized or mounted anew where the rest
//! stays.

use super::super::command::Command;
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::device;
use crate::plan::{Action, TARGET_ROOT};
use crate::storage::{Device, KeptPartition};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// Where the running system lives; a disk that carries one of these is never taken apart.
const LIVING: [&str; 4] = ["/", "/nix", "/nix/store", "/nix/.ro-store"];

pub(super) fn run(context: &mut Context<'_>, disk: &Path) -> Result<(), StepError> {
    let name = device::kernel_name(context, disk)?;
    let mut seen = BTreeSet::new();
    let table = &device::planned(context, disk)?.table;
    let unit = table.sector_size.bytes() / 512;
    let steps = &context.plan.steps;
    for partition in device::partitions(context, &name)? {
        let is_it = |p: &&KeptPartition| {
            u64::from(p.number) == partition.number && p.start.0 * unit == partition.start
        };
        let stays = |kept: &KeptPartition| {
            kept.length_now.is_none() && !steps.iter().any(|step| mounts_anew(&step.action, kept))
        };
        if !table.kept().iter().find(is_it).is_some_and(stays) {
            release(context, &partition.name, &mut seen)?;
        }
    }
    if table.base.is_new() {
        release(context, &name, &mut seen)?;
    }
    target_root_is_free(context)
}

/// Whether a step mounts a partition that stays, or opens the container in it.
fn mounts_anew(action: &Action, kept: &KeptPartition) -> bool {
    match action {
        Action::Mount { device, .. } => *device == Device::Partition(kept.id),
        Action::OpenKept { partition, .. } => *partition == kept.id,
        _ => false,
    }
}

/// First what is built on a device, then the device. A mapper or array may be built on several.
fn release(
    context: &mut Context<'_>,
    name: &str,
    seen: &mut BTreeSet<String>,
) -> Result<(), StepError> {
    let holders = device::sysfs(name).join("holders");
    for holder in context.system.list(&holders).unwrap_or_default() {
        if seen.insert(holder.clone()) {
            release(context, &holder, seen)?;
            close(context, &holder)?;
        }
    }
    stop_swap(context, name)?;
    unmount(context, name)
}

/// Whatever is mounted where the target goes belongs to somebody else, who has to unmount it.
fn target_root_is_free(context: &mut Context<'_>) -> Result<(), StepError> {
    let mounts = mounts(&read(context, "/proc/self/mountinfo")?);
    match mounts
        .iter()
        .find(|mount| mount.at.starts_with(TARGET_ROOT))
    {
        None => Ok(()),
        Some(mount) => StepError::refused(format!(
            "{} is mounted at {}, where the new system goes: unmount it first",
            mount.source.display(),
            mount.at.display()
        )),
    }
}

/// Closes a mapper or an array.
fn close(context: &mut Context<'_>, name: &str) -> Result<(), StepError> {
    let folder = device::sysfs(name);
    let command = if let Some(mapper) = device::text_in(context, &folder.join("dm/name")) {
        Command::new("dmsetup")
            .args(["remove", "--retry"])
            .arg(mapper)
    } else if device::text_in(context, &folder.join("md/array_state")).is_some() {
        Command::new("mdadm").arg("--stop").arg(device::node(name))
    } else {
        return StepError::refused(format!(
            "{name} is built on the disk and is of a kind that can't be closed here"
        ));
    };
    context.run(&command).map(drop)
}

fn stop_swap(context: &mut Context<'_>, name: &str) -> Result<(), StepError> {
    for area in swap_areas(&read(context, "/proc/swaps")?) {
        if leads_to(context, &area, name) {
            context.run(&Command::new("swapoff").arg(area))?;
        }
    }
    Ok(())
}

fn unmount(context: &mut Context<'_>, name: &str) -> Result<(), StepError> {
    let number = device::text_in(context, &device::sysfs(name).join("dev"));
    let mut mounts = mounts(&read(context, "/proc/self/mountinfo")?);
    // The newest first: what is mounted inside another mount came later.
    mounts.reverse();
    for mount in mounts {
        let same = Some(&mount.number) == number.as_ref();
        if !same && !leads_to(context, &mount.source, name) {
            continue;
        }
        if LIVING.iter().any(|place| mount.at == Path::new(place)) {
            return StepError::refused(format!(
                "the running system lives on {name} (mounted at {})",
                mount.at.display()
            ));
        }
        context.run(&Command::new("umount").arg(mount.at))?;
    }
    Ok(())
}

fn read(context: &mut Context<'_>, path: &str) -> Result<String, StepError> {
    let path = Path::new(path);
    let content = context.system.read(path).on("read", path)?;
    Ok(String::from_utf8_lossy(&content).into_owned())
}

/// Whether a path is a node of this very device.
fn leads_to(context: &mut Context<'_>, path: &Path, name: &str) -> bool {
    path.starts_with("/dev") && device::kernel_name(context, path).is_ok_and(|found| found == name)
}

/// The first column of `/proc/swaps`, without its heading.
fn swap_areas(text: &str) -> Vec<PathBuf> {
    let words = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next());
    words.map(unescaped).collect()
}

/// A line of `/proc/self/mountinfo`, see proc_pid_mountinfo(5).
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    number: String,
    at: PathBuf,
    source: PathBuf,
}

fn mounts(text: &str) -> Vec<Mount> {
    let read = |line: &str| {
        let (before, after) = line.split_once(" - ")?;
        let mut before = before.split(' ');
        Some(Mount {
            number: before.nth(2)?.to_owned(),
            at: unescaped(before.nth(1)?),
            source: unescaped(after.split(' ').nth(1)?),
        })
    };
    text.lines().filter_map(read).collect()
}

/// The kernel writes blanks, tabs, line ends and backslashes as `\040` and the like.
fn unescaped(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let octal = after
            .get(..3)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match escaped {
            Some(value) if byte == b'\\' => {
                bytes.push(value);
                rest = after.get(3..).unwrap_or_default();
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    PathBuf::from(OsString::from_vec(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_lists_are_read() {
        let swaps = "Filename\tType\tSize\tUsed\tPriority\n/dev/sda3 partition 1 0 -2\n/a\\040b file 1 0 -3\n";
        assert_eq!(
            swap_areas(swaps),
            [Path::new("/dev/sda3"), Path::new("/a b")]
        );
        let text = "36 35 98:0 /mnt1 /mnt\\134x rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n\
                    37 35 0:5 / /dev rw - devtmpfs none rw\nbroken\n";
        let read = mounts(text);
        assert_eq!(read.len(), 2);
        assert_eq!(
            read[0],
            Mount {
                number: "98:0".to_owned(),
                at: "/mnt\\x".into(),
                source: "/dev/root".into()
            }
        );
    }
}
