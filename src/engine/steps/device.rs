//! Finds devices in sysfs: the disk, its partitions, and what is built on them.

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use crate::plan::{PlannedDisk, TableIdentity};
use crate::storage::{Device, MapperName, PRIMARY, PartitionId, shown_of_extended};
use crate::units::Sectors;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Where the kernel lists block devices by name.
const CLASS: &str = "/sys/class/block";

/// The kernel's name of a device node, such as `nvme0n1`.
pub(super) fn kernel_name(context: &mut Context<'_>, node: &Path) -> Result<String, StepError> {
    let node = context.system.resolve(node).on("find", node)?;
    let below = node.strip_prefix("/dev").unwrap_or(&node);
    // A slash in a kernel name is an exclamation mark in sysfs.
    Ok(below.to_string_lossy().replace('/', "!"))
}

/// The node of a device by its kernel name.
pub(super) fn node(name: &str) -> PathBuf {
    Path::new("/dev").join(name.replace('!', "/"))
}

/// The folder of a device in sysfs.
pub(super) fn sysfs(name: &str) -> PathBuf {
    Path::new(CLASS).join(name)
}

/// A partition as the kernel sees it now, in units of 512 bytes as sysfs has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KernelPartition {
    pub(super) name: String,
    pub(super) number: u64,
    pub(super) start: u64,
    pub(super) length: u64,
}

/// The partitions of a disk as the kernel sees them now, by number.
pub(super) fn partitions(
    context: &mut Context<'_>,
    disk: &str,
) -> Result<Vec<KernelPartition>, StepError> {
    let folder = sysfs(disk);
    let names = context.system.list(&folder).on("list", &folder)?;
    let mut found = Vec::new();
    for name in names.into_iter().filter(|name| name.starts_with(disk)) {
        let folder = folder.join(&name);
        if let Some(number) = number_in(context, &folder.join("partition")) {
            let value = |context: &mut Context<'_>, file| {
                number_in(context, &folder.join(file)).unwrap_or_default()
            };
            found.push(KernelPartition {
                number,
                start: value(context, "start"),
                length: value(context, "size"),
                name,
            });
        }
    }
    found.sort_by_key(|partition| partition.number);
    Ok(found)
}

/// The disk of the plan behind a device node.
pub(crate) fn planned<'a>(
    context: &Context<'a>,
    disk: &Path,
) -> Result<&'a PlannedDisk, StepError> {
    match context.plan.disk_at(disk) {
        Some(planned) => Ok(planned),
        None => StepError::refused(format!("the plan has no disk {}", disk.display())),
    }
}

/// Those of its partitions that the plan does not keep, by number. What it keeps must be where the plan has
/// it: what is found elsewhere is another table, and nothing in it is taken for granted.
pub(super) fn going(
    context: &mut Context<'_>,
    planned: &PlannedDisk,
) -> Result<Vec<KernelPartition>, StepError> {
    let disk = kernel_name(context, &planned.identity.path)?;
    let table = &planned.table;
    let unit = table.sector_size.bytes() / 512;
    let mut found = partitions(context, &disk)?;
    for kept in table.kept() {
        let shown = kept.shown_length(kept.old_length(), table.sector_size);
        let old = (kept.start.0 * unit, shown);
        let number = u64::from(kept.number);
        let same = |p: &KernelPartition| p.number == number && (p.start, p.length) == old;
        match found.iter().position(same) {
            Some(place) => drop(found.remove(place)),
            None => {
                return StepError::refused(format!(
                    "partition {number} of {disk}, which is to stay, is not where it was"
                ));
            }
        }
    }
    if !table.base.is_new()
        && let Some(strange) = found.iter().find(|p| !is_known(planned, p))
    {
        return StepError::refused(format!(
            "the kernel has a partition {} of {disk} that is in no table of the plan: restart the \
             computer, and plan again; if it is there again, a table inside a partition shows it, as \
             BSD systems have one, and only a layout that erases the disk is possible",
            strange.number
        ));
    }
    Ok(found)
}

/// Whether a partition is in the confirmed table, or a new one of the plan.
fn is_known(planned: &PlannedDisk, partition: &KernelPartition) -> bool {
    let size = planned.table.sector_size;
    let unit = size.bytes() / 512;
    // Of which type one is that goes, the plan does not say: it may be an extended one.
    let may_be_extended = |number| planned.table.id.guid().is_none() && number <= PRIMARY;
    let is_it = |number: u32, start: Sectors, length: Sectors| {
        let is_long = partition.length == length.0 * unit;
        let is_frame =
            || may_be_extended(number) && partition.length == shown_of_extended(length, size);
        (u64::from(number), start.0 * unit) == (partition.number, partition.start)
            && (is_long || is_frame())
    };
    let confirmed = match &planned.identity.table {
        TableIdentity::Partitioned { partitions, .. } => partitions.as_slice(),
        TableIdentity::Whole | TableIdentity::Unknown => &[],
    };
    let mut new = planned.table.partitions.iter();
    confirmed.iter().any(|p| is_it(p.number, p.start, p.length))
        || new.any(|p| is_it(p.number, p.start, p.length))
}

fn number_in(context: &mut Context<'_>, file: &Path) -> Option<u64> {
    text_in(context, file)?.parse().ok()
}

/// The text of a file in sysfs, without the line's end; nothing if it is not there.
pub(super) fn text_in(context: &mut Context<'_>, file: &Path) -> Option<String> {
    let content = context.system.read(file).ok()?;
    Some(String::from_utf8_lossy(&content).trim().to_owned())
}

/// The lasting name of a new partition.
pub(super) fn by_partuuid(partition: PartitionId) -> PathBuf {
    Path::new("/dev/disk/by-partuuid").join(partition.to_string())
}

/// The path of a device of the plan, after a look whether it leads to the disk that the plan has it on: a link that
/// leads elsewhere must never reach a program that writes.
pub(super) fn own(context: &mut Context<'_>, device: &Device) -> Result<PathBuf, StepError> {
    match device {
        Device::Partition(id) => own_partition(context, *id),
        Device::Mapped { luks, name } => own_mapped(context, *luks, name),
    }
}

/// The path of an opened container; it must be the planned one, on the planned partition.
fn own_mapped(
    context: &mut Context<'_>,
    luks: Uuid,
    name: &MapperName,
) -> Result<PathBuf, StepError> {
    let path = name.path();
    let kernel = kernel_name(context, &path)?;
    let folder = sysfs(&kernel);
    // What cryptsetup gives a mapping of LUKS2: CRYPT-LUKS2-<UUID without dashes>-<name>; one that
    // stays may be of the first version.
    let planned = |version| format!("CRYPT-LUKS{version}-{}-{name}", luks.simple());
    let found = text_in(context, &folder.join("dm/uuid")).unwrap_or_default();
    if !["2", "1"].map(planned).contains(&found) {
        return StepError::refused(format!("{name} is not the planned container but `{found}`"));
    }
    Ok(path)
}

/// The lasting name of a new partition.
fn own_partition(context: &mut Context<'_>, partition: PartitionId) -> Result<PathBuf, StepError> {
    let link = by_partuuid(partition);
    let found = context.plan.disk_of(partition);
    let number = found.and_then(|disk| disk.table.number_of(partition));
    let Some((disk, number)) = found.zip(number) else {
        return StepError::refused(format!("the plan has no partition {partition}"));
    };
    let number = u64::from(number);
    let disk = kernel_name(context, &disk.identity.path)?;
    let name = kernel_name(context, &link)?;
    let own = partitions(context, &disk)?;
    if own.iter().any(|p| p.name == name && p.number == number) {
        Ok(link)
    } else {
        StepError::refused(format!(
            "{} leads to {name}, which is not partition {number} of {disk}",
            link.display()
        ))
    }
}
