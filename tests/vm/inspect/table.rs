//! Partitions and file systems, as other people's tools see them, against the plan.

use super::{number, text};
use crate::install::{Installed, planned_file_systems};
use crate::report::Report;
use crate::workspace::Share;
use anyhow::{Context, Result, bail};
use nevado::plan::{Action, Device};
use nevado::storage::PartitionRole;
use serde_json::Value;

/// Partition table and file systems, as lsblk has them from udev.
pub(super) fn table(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing: Value = serde_json::from_str(&share.read("disk.json")?)?;
    let disk = listing
        .pointer("/blockdevices/0")
        .context("lsblk saw no disk")?;
    let plan = &installed.plan;
    report.same(
        "inspection: the table is a GPT",
        text(disk, "pttype"),
        "gpt".to_owned(),
    );
    report.same(
        "inspection: the disk's GUID is the plan's",
        text(disk, "ptuuid"),
        plan.table.guid.to_string(),
    );
    let empty = Vec::new();
    let found: Vec<_> = disk
        .get("children")
        .and_then(Value::as_array)
        .unwrap_or(&empty)
        .iter()
        .map(|p| {
            (
                (number(p, "partn"), text(p, "partuuid"), text(p, "parttype")),
                (text(p, "partlabel"), number(p, "start"), number(p, "size")),
            )
        })
        .collect();
    let expected: Vec<_> = plan
        .table
        .partitions
        .iter()
        .map(|p| {
            // lsblk counts the start in units of 512 bytes, whatever the disk's sectors are.
            let start = p.start.bytes(plan.table.sector_size).0 / 512;
            let size = p.length.bytes(plan.table.sector_size).0;
            (
                (
                    u64::from(p.number),
                    p.guid.to_string(),
                    p.role.type_guid().to_string(),
                ),
                (p.name.clone(), start, size),
            )
        })
        .collect();
    report.same(
        "inspection: the partitions are the plan's, sector by sector",
        found,
        expected,
    );
    Ok(())
}

/// The file systems as blkid reads them off the partitions, without any cache.
pub(super) fn probed(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    for partition in &installed.plan.table.partitions {
        let name = format!("blkid-{}", partition.number);
        let found = share.read(&name)?;
        let field = |key: &str| {
            found
                .lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
                .unwrap_or_default()
                .replace('\\', "")
        };
        if partition.role == PartitionRole::BiosBoot {
            report.same(
                format_args!("inspection: blkid sees no file system in {name}"),
                (field("TYPE"), field("PART_ENTRY_UUID")),
                (String::new(), partition.guid.to_string()),
            );
            continue;
        }
        let planned = planned_file_systems(&installed.plan);
        let (_, planned) = planned
            .iter()
            .find(|(device, _)| **device == Device::Partition(partition.guid))
            .with_context(|| format!("the plan makes nothing in partition {}", partition.number))?;
        let label = planned.label().to_owned();
        report.same(
            format_args!("inspection: blkid sees the planned file system in {name}"),
            (
                field("TYPE"),
                field("UUID"),
                field("LABEL"),
                field("PART_ENTRY_UUID"),
            ),
            (
                planned.name().to_owned(),
                planned.identifier(),
                label,
                partition.guid.to_string(),
            ),
        );
    }
    Ok(())
}

/// The file systems as findmnt sees them, once they are mounted.
pub(super) fn mounts(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let mut expected = Vec::new();
    for step in &installed.plan.steps {
        let Action::Mount { device, at, .. } = &step.action else {
            continue;
        };
        let Device::Partition(guid) = device else {
            bail!("the plan mounts {device}");
        };
        let planned = planned_file_systems(&installed.plan);
        let (_, made) = planned
            .iter()
            .find(|(of, _)| *of == device)
            .with_context(|| format!("the plan mounts {guid}, and makes nothing there"))?;
        let target = match at.to_string().as_str() {
            "/" => "/mnt".to_owned(),
            below => format!("/mnt{below}"),
        };
        let (kind, identifier) = (made.name(), made.identifier());
        expected.push(format!("{target} {kind} {identifier} {guid}"));
    }
    report.same(
        "inspection: findmnt shows the planned file systems",
        share.read("mounts")?.lines().collect::<Vec<_>>(),
        expected.iter().map(String::as_str).collect(),
    );
    Ok(())
}
