//! What lies in the target: the configuration, log and receipt, the store.

use super::text;
use crate::install::{Installed, planned_files};
use crate::report::Report;
use crate::workspace::Share;
use anyhow::{Result, bail};
use nevado::plan::Action;
use serde_json::Value;

/// The configuration: text, permissions, owner.
pub(super) fn files(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("files")?;
    let planned = planned_files(&installed.plan);
    if planned.is_empty() {
        bail!("the plan writes no files");
    }
    for file in planned {
        let path = file.path.to_string();
        if let Some(name) = path.strip_prefix("/etc/nixos/") {
            report.same(
                format_args!("inspection: {path} has the planned text"),
                share.read(&format!("nixos/{name}"))?,
                file.text.clone(),
            );
        }
        let mode = format!("f {:#05o} 0 0 {path}", file.mode).replace("0o", "0");
        report.check(
            format_args!("inspection: {path} has the planned permissions"),
            listed(&listing, &mode),
        );
    }
    Ok(())
}

/// The link that gives the target its time zone (localtime(5)).
pub(super) fn time_zone(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let Some(zone) = &installed.preset.locale.time_zone else {
        return Ok(());
    };
    report.same(
        "inspection: /etc/localtime leads to the preset's time zone",
        share.read("localtime")?.trim().to_owned(),
        format!("/etc/zoneinfo/{zone}"),
    );
    Ok(())
}

/// Log and receipt.
pub(super) fn records(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("files")?;
    for name in ["install.jsonl", "receipt.json"] {
        let line = format!("f 0600 0 0 /var/log/nevado/{name}");
        report.check(
            format_args!("inspection: {name} is for root's eyes only"),
            listed(&listing, &line),
        );
    }
    let receipt: Value = serde_json::from_str(&share.read("nevado/receipt.json")?)?;
    report.same(
        "inspection: the receipt says done",
        text(&receipt, "state"),
        "done".to_owned(),
    );
    report.same(
        "inspection: the receipt has the plan's nonce",
        text(&receipt, "nonce"),
        installed.plan.nonce.to_string(),
    );
    let log = share.read("nevado/install.jsonl")?;
    let bad = log
        .lines()
        .find(|line| serde_json::from_str::<Value>(line).is_err());
    report.same("inspection: every line of the log is JSON", bad, None);
    report.check(
        "inspection: the log has at least a line for each step",
        at_least(log.lines().count(), installed.plan.steps.len()),
    );
    // grep's status 1: it could read everything, and found nothing.
    report.same(
        "inspection: no password of the preset is anywhere on the target",
        (share.read("secrets")?, share.read("secrets.status")?),
        (String::new(), "1\n".to_owned()),
    );
    Ok(())
}

/// The system and the channel in the target's store.
pub(super) fn store(installed: &Installed, share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("store")?;
    let mut leads_into_the_store = |link: &str| -> Result<()> {
        let path = share.read(link)?;
        let name = path.trim().trim_start_matches("/nix/store/");
        report.same(
            format_args!("inspection: the {link} leads into the target's store"),
            !name.is_empty() && listing.lines().any(|line| line == name),
            true,
        );
        Ok(())
    };
    let planned = installed
        .plan
        .steps
        .iter()
        .find_map(|step| match &step.action {
            Action::InstallSystem { channel, .. } => channel.as_ref(),
            _ => None,
        });
    leads_into_the_store("profile")?;
    if planned.is_some() {
        leads_into_the_store("channel")?;
    }
    report.same(
        "inspection: root's channel is the medium's, and a flake needs none",
        share.read("channel")?.trim().to_owned(),
        planned
            .map(|path| path.display().to_string())
            .unwrap_or_default(),
    );
    Ok(())
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
