//! The disk, looked at by other people's tools in a second boot of the medium, against the plan.

use crate::install::{Installed, passwords, planned_file_systems, planned_files};
use crate::report::Report;
use crate::workspace::{Firmware, Share, Workspace};
use anyhow::{Context, Result, bail};
use nevado::plan::{Account, Action, Device, NewFileSystem};
use nevado::storage::PartitionRole;
use serde_json::Value;

/// Looks at everything; nothing on the disk is changed.
pub(crate) fn inspect(work: &Workspace, installed: &Installed, report: &mut Report) -> Result<()> {
    let scenario = work.scenario("inspect")?;
    let share = scenario.share("inspect.sh")?;
    share.write("secrets", &passwords(&installed.preset).join("\n"))?;
    if work.firmware() == Firmware::Bios {
        share.write("bios", "")?;
    }
    let mut machine = scenario.machine(&installed.disk, None)?;
    machine.medium = Some(work.medium());
    machine.share = Some(share.folder().to_owned());
    let run = machine.run()?;
    report.note(format_args!("the inspection took {:.0} s", run.seconds));
    report.same(
        "inspect: the guest's script ran through",
        share.status()?.as_str(),
        "0",
    );

    report.contains(
        "inspect: `sgdisk --verify` finds no problem",
        &share.read("sgdisk")?,
        "No problems found",
    );
    let fscks: &[&str] = match work.firmware() {
        Firmware::Uefi => &["fsck-vfat", "fsck-ext4"],
        Firmware::Bios => &["fsck-ext4"],
    };
    for tool in fscks {
        report.same(
            format_args!("inspect: {tool} finds nothing to mend"),
            share.read(&format!("{tool}.status"))?.trim(),
            "0",
        );
    }
    table(installed, &share, report)?;
    probed(installed, &share, report)?;
    mounts(installed, &share, report)?;
    files(installed, &share, report)?;
    records(installed, &share, report)?;
    accounts(installed, &share, report)?;
    match work.firmware() {
        Firmware::Uefi => loader(&share, report)?,
        Firmware::Bios => grub(&share, report)?,
    }
    store(installed, &share, report)
}

/// Partition table and file systems, as lsblk has them from udev.
fn table(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing: Value = serde_json::from_str(&share.read("disk.json")?)?;
    let disk = listing
        .pointer("/blockdevices/0")
        .context("lsblk saw no disk")?;
    let plan = &installed.plan;
    report.same(
        "inspect: the table is a GPT",
        text(disk, "pttype"),
        "gpt".to_owned(),
    );
    report.same(
        "inspect: the disk's GUID is the plan's",
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
        "inspect: the partitions are the plan's, sector by sector",
        found,
        expected,
    );
    Ok(())
}

/// The file systems as blkid reads them off the partitions, without any cache.
fn probed(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
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
                format_args!("inspect: blkid sees no file system in {name}"),
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
        let (NewFileSystem::Vfat { label, .. } | NewFileSystem::Ext4 { label, .. }) = planned;
        report.same(
            format_args!("inspect: blkid sees the planned file system in {name}"),
            (
                field("TYPE"),
                field("UUID"),
                field("LABEL"),
                field("PART_ENTRY_UUID"),
            ),
            (
                planned.name().to_owned(),
                planned.identifier(),
                label.clone(),
                partition.guid.to_string(),
            ),
        );
    }
    Ok(())
}

/// The file systems as findmnt sees them, once they are mounted.
fn mounts(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
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
        "inspect: findmnt shows the planned file systems",
        share.read("mounts")?.lines().collect::<Vec<_>>(),
        expected.iter().map(String::as_str).collect(),
    );
    Ok(())
}

/// The configuration: text, permissions, owner.
fn files(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("files")?;
    let planned = planned_files(&installed.plan);
    if planned.is_empty() {
        bail!("the plan writes no files");
    }
    for file in planned {
        let path = file.path.to_string();
        if let Some(name) = path.strip_prefix("/etc/nixos/") {
            report.same(
                format_args!("inspect: {path} has the planned text"),
                share.read(&format!("nixos/{name}"))?,
                file.text.clone(),
            );
        }
        let mode = format!("f {:#05o} 0 0 {path}", file.mode).replace("0o", "0");
        report.check(
            format_args!("inspect: {path} has the planned permissions"),
            listed(&listing, &mode),
        );
    }
    Ok(())
}

/// Log and receipt.
fn records(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("files")?;
    for name in ["install.jsonl", "receipt.json"] {
        let line = format!("f 0600 0 0 /var/log/nevado/{name}");
        report.check(
            format_args!("inspect: {name} is for root's eyes only"),
            listed(&listing, &line),
        );
    }
    let receipt: Value = serde_json::from_str(&share.read("nevado/receipt.json")?)?;
    report.same(
        "inspect: the receipt says done",
        text(&receipt, "state"),
        "done".to_owned(),
    );
    report.same(
        "inspect: the receipt has the plan's nonce",
        text(&receipt, "nonce"),
        installed.plan.nonce.to_string(),
    );
    let log = share.read("nevado/install.jsonl")?;
    let bad = log
        .lines()
        .find(|line| serde_json::from_str::<Value>(line).is_err());
    report.same("inspect: every line of the log is JSON", bad, None);
    report.check(
        "inspect: the log has at least a line for each step",
        at_least(log.lines().count(), installed.plan.steps.len()),
    );
    // grep's status 1: it could read everything, and found nothing.
    report.same(
        "inspect: no password of the preset is anywhere on the target",
        (share.read("secrets")?, share.read("secrets.status")?),
        (String::new(), "1\n".to_owned()),
    );
    Ok(())
}

/// Passwords: a strong hash for each account that the plan sets one for, none for the others.
fn accounts(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let shadow = share.read("shadow")?;
    let set: Vec<&Account> = installed
        .plan
        .steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::SetPasswords { accounts } => Some(accounts),
            _ => None,
        })
        .flatten()
        .collect();
    for line in shadow.lines() {
        let mut fields = line.split(':');
        let (name, hash) = (
            fields.next().unwrap_or_default(),
            fields.next().unwrap_or_default(),
        );
        let planned = set.iter().any(|account| account.name() == name);
        // Everybody else's is locked.
        let fits = if planned {
            hash.starts_with("$y$")
        } else {
            hash.starts_with('!') || hash.starts_with('*')
        };
        if planned || name == "root" {
            report.same(
                format_args!("inspect: the password of {name} is as planned"),
                fits,
                true,
            );
        }
    }
    report.same(
        "inspect: every planned account is in /etc/shadow",
        set.iter()
            .all(|account| shadow.contains(&format!("{}:", account.name()))),
        true,
    );
    Ok(())
}

/// The boot loader: the fallback path, one entry, and what the entry names.
fn loader(share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("files")?;
    let has = |path: &str| {
        listing.lines().any(|line| {
            line.to_lowercase()
                .ends_with(&format!(" {path}").to_lowercase())
        })
    };
    report.same(
        "inspect: the boot loader is at the fallback path",
        has("/boot/EFI/BOOT/BOOTX64.EFI"),
        true,
    );
    let entry = share.read("loader/entries/nixos-generation-1.conf")?;
    for key in ["linux", "initrd"] {
        let file = entry
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .map(str::trim)
            .unwrap_or_default();
        report.same(
            format_args!("inspect: the loader entry's {key} is on the ESP"),
            !file.is_empty() && has(&format!("/boot{file}")),
            true,
        );
    }
    Ok(())
}

/// GRUB on a BIOS: its menu, and what the menu names. That it starts is for the boot to show.
fn grub(share: &Share, report: &mut Report) -> Result<()> {
    let menu = share.read("grub.cfg")?;
    for command in ["linux (", "initrd ("] {
        report.contains(
            format_args!("inspect: GRUB's menu has a line `{command}`"),
            &menu,
            command,
        );
    }
    report.same(
        "inspect: everything that GRUB's menu names is there",
        share.read("grub-missing")?,
        String::new(),
    );
    Ok(())
}

/// The system and the channel in the target's store.
fn store(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("store")?;
    for link in ["profile", "channel"] {
        let path = share.read(link)?;
        let name = path.trim().trim_start_matches("/nix/store/");
        report.same(
            format_args!("inspect: the {link} leads into the target's store"),
            !name.is_empty() && listing.lines().any(|line| line == name),
            true,
        );
    }
    let planned = installed
        .plan
        .steps
        .iter()
        .find_map(|step| match &step.action {
            Action::InstallSystem { channel } => channel.as_ref(),
            _ => None,
        });
    report.same(
        "inspect: root's channel is the medium's",
        share.read("channel")?.trim().to_owned(),
        planned
            .map(|path| path.display().to_string())
            .unwrap_or_default(),
    );
    Ok(())
}

/// A field of an object as text; empty if it is not there.
fn text(object: &Value, key: &str) -> String {
    object
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// A field of an object as a number; zero if it is not there.
fn number(object: &Value, key: &str) -> u64 {
    object.get(key).and_then(Value::as_u64).unwrap_or_default()
}

/// Whether `find` has listed just this.
fn listed(listing: &str, expected: &str) -> Result<()> {
    if listing.lines().any(|line| line == expected) {
        return Ok(());
    }
    let path = expected.rsplit(' ').next().unwrap_or_default();
    let found = listing.lines().find(|line| line.ends_with(path));
    bail!(
        "expected {expected}\nfound    {}",
        found.unwrap_or("no such file")
    )
}

fn at_least(found: usize, expected: usize) -> Result<()> {
    if found < expected {
        bail!("{found} lines, expected at least {expected}");
    }
    Ok(())
}
