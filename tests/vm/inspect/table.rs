//! Partitions and file systems, as other people's tools see them, against the plan.

use super::{kernel_name, number, text};
use crate::install::Installed;
use crate::report::Report;
use crate::workspace::Share;
use anyhow::{Context, Result};
use nevado::plan::{Action, Device, Plan, PlannedDisk};
use nevado::storage::PartitionRole;
use serde_json::Value;

/// The partition table of each disk, as lsblk has it from udev.
pub(super) fn table(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let mut disks = installed.plan.disks();
    disks.try_for_each(|disk| table_of(disk, share, report))
}

fn table_of(planned: &PlannedDisk, share: &Share, report: &mut Report) -> Result<()> {
    let name = kernel_name(planned);
    let listing: Value = serde_json::from_str(&share.read(&format!("disk-{name}.json"))?)?;
    let disk = listing
        .pointer("/blockdevices/0")
        .context("lsblk saw no disk")?;
    report.same(
        format_args!("inspection: the table of {name} is a GPT"),
        text(disk, "pttype"),
        "gpt".to_owned(),
    );
    report.same(
        format_args!("inspection: the GUID of {name} is the plan's"),
        text(disk, "ptuuid"),
        planned.table.id.to_string(),
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
    let sector = planned.table.sector_size;
    let expected: Vec<_> = planned
        .table
        .partitions
        .iter()
        .map(|p| {
            // lsblk counts the start in units of 512 bytes, whatever the disk's sectors are.
            let start = p.start.bytes(sector).0 / 512;
            let size = p.length.bytes(sector).0;
            (
                (
                    u64::from(p.number),
                    p.id.to_string(),
                    p.role.type_guid().to_string(),
                ),
                (p.name.clone(), start, size),
            )
        })
        .collect();
    report.same(
        format_args!("inspection: the partitions of {name} are the plan's, sector by sector"),
        found,
        expected,
    );
    Ok(())
}

/// What lies in partitions and containers, as blkid reads it, without any cache.
pub(super) fn probed(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let plan = &installed.plan;
    let new = plan.disks().flat_map(|disk| {
        let partitions = disk.table.partitions.iter();
        partitions.map(move |partition| (kernel_name(disk), partition))
    });
    for (disk, partition) in new {
        let device = Device::Partition(partition.id);
        let planned = match partition.role {
            PartitionRole::BiosBoot => Default::default(),
            _ => made_in(plan, &device)?,
        };
        let name = format!("blkid-{disk}{}", partition.number);
        let found = share.read(&name)?;
        report.same(
            format_args!("inspection: blkid sees what is planned in {name}"),
            (content(&found), field(&found, "PART_ENTRY_UUID")),
            (planned, partition.id.to_string()),
        );
    }
    for step in &plan.steps {
        if let Action::OpenEncrypted { luks, .. } = &step.action {
            let found = share.read(&format!("blkid-{}", luks.name))?;
            report.same(
                format_args!("inspection: blkid sees what is planned in {}", luks.name),
                content(&found),
                made_in(plan, &luks.device())?,
            );
        }
    }
    Ok(())
}

/// Type, UUID and label.
type Content = (String, String, String);

/// What the plan makes in a device.
fn made_in(plan: &Plan, wanted: &Device) -> Result<Content> {
    let made = plan.steps.iter().find_map(|step| match &step.action {
        Action::Encrypt { partition, luks } if Device::Partition(*partition) == *wanted => {
            let (kind, uuid) = ("crypto_LUKS".to_owned(), luks.uuid.to_string());
            Some((kind, uuid, String::new()))
        }
        Action::MakeFileSystem {
            device,
            file_system: made,
        } if device == wanted => {
            let label = made.label().to_owned();
            Some((made.name().to_owned(), made.identifier(), label))
        }
        Action::MakeSwap { device, uuid } if device == wanted => {
            Some(("swap".to_owned(), uuid.to_string(), String::new()))
        }
        _ => None,
    });
    made.with_context(|| format!("the plan makes nothing in {wanted}"))
}

/// What `blkid -o export` says.
fn content(found: &str) -> Content {
    let [kind, uuid, label] = ["TYPE", "UUID", "LABEL"].map(|key| field(found, key));
    (kind, uuid, label)
}

fn field(found: &str, key: &str) -> String {
    let mut lines = found.lines();
    let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    value.unwrap_or_default().replace('\\', "")
}

/// The file systems as findmnt sees them, once they are mounted: what of them is mounted where.
pub(super) fn mounts(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let mut expected = Vec::new();
    for step in &installed.plan.steps {
        let Action::Mount {
            device,
            at,
            options,
            ..
        } = &step.action
        else {
            continue;
        };
        let (kind, identifier, _) = made_in(&installed.plan, device)?;
        let target = match at.to_string().as_str() {
            "/" => "/mnt".to_owned(),
            below => format!("/mnt{below}"),
        };
        let subvolume = options.iter().find_map(|o| o.strip_prefix("subvol="));
        let top = subvolume.unwrap_or_default();
        expected.push(format!("{target} {kind} {identifier} /{top}"));
    }
    let found = share.read("mounts")?;
    let mut found: Vec<&str> = found.lines().collect();
    found.sort_unstable();
    expected.sort_unstable();
    report.same(
        "inspection: findmnt shows the planned file systems",
        found,
        expected.iter().map(String::as_str).collect(),
    );
    Ok(())
}
