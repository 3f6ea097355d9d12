//! The boot of the installed disk by itself, and what the running system says about itself.

use crate::install::Installed;
use crate::report::Report;
use crate::workspace::{Firmware, Workspace};
use anyhow::{Context, Result};
use nevado::plan::Action;
use nevado::preset::Swap;
use nevado::storage::PartitionRole;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

/// What the installed test system prints before its JSON.
const MARKER: &str = "NEVADO ";

/// Boots a disk with nothing else attached, on a computer with these firmware variables or on one
/// that has never seen it; gives what it says, if it comes that far, and the console.
pub(crate) fn boot_alone(
    work: &Workspace,
    name: &str,
    disk: &Path,
    variables: Option<&Path>,
) -> Result<(Option<Value>, Vec<String>)> {
    let mut machine = work.scenario(name)?.machine(disk, variables)?;
    machine.limit = Duration::from_secs(600);
    let run = machine.run()?;
    let said = run
        .console
        .iter()
        .find_map(|line| line.split_once(MARKER))
        .map(|(_, json)| serde_json::from_str(json).context("the line after NEVADO"))
        .transpose()?;
    Ok((said, run.console))
}

/// Boots the installed disk and compares what runs with plan and preset.
pub(crate) fn boot(work: &Workspace, installed: &Installed, report: &mut Report) -> Result<()> {
    let variables = installed.variables.as_deref();
    let (said, console) = boot_alone(work, "boot", &installed.disk, variables)?;
    let said = said.with_context(|| {
        let last: Vec<&str> = console
            .iter()
            .rev()
            .take(15)
            .rev()
            .map(String::as_str)
            .collect();
        format!(
            "the system did not come up; its console ends with\n{}",
            last.join("\n")
        )
    })?;
    let starter = match work.firmware() {
        Firmware::Uefi => "\"Linux Boot Manager\"",
        Firmware::Bios => "BOOT_IMAGE=(hd0,gpt2)/nix/store/",
    };
    report.contains(
        "boot: the firmware starts the boot loader of the install",
        &console.join("\n"),
        starter,
    );
    let text = |pointer: &str| {
        said.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let plan = &installed.plan;
    let preset = &installed.preset;
    let firmware = match work.firmware() {
        Firmware::Uefi => "uefi",
        Firmware::Bios => "bios",
    };
    report.same(
        "boot: through the firmware that it was installed for",
        text("/firmware"),
        firmware.to_owned(),
    );
    report.same(
        "boot: the nonce is the plan's",
        text("/nonce"),
        plan.nonce.to_string(),
    );
    report.same(
        "boot: the receipt is final",
        text("/receipt_state"),
        "done".to_owned(),
    );
    let root = plan
        .table
        .partitions
        .iter()
        .find(|p| p.role == PartitionRole::RootX86_64)
        .context("the plan has no root partition")?;
    report.same(
        "boot: it runs from the planned root partition",
        text("/root_partition_guid"),
        root.guid.to_string(),
    );
    mounts(installed, &said, report);
    let expected = |value: Option<String>| value.unwrap_or_default();
    let locale = &preset.locale;
    report.same(
        "boot: the host name is the preset's",
        text("/host_name"),
        expected(preset.network.host_name.as_ref().map(ToString::to_string)),
    );
    report.same(
        "boot: the time zone is the preset's",
        text("/time_zone"),
        expected(locale.time_zone.as_ref().map(ToString::to_string)),
    );
    report.same(
        "boot: the language is the preset's",
        text("/locale"),
        expected(locale.language.as_ref().map(ToString::to_string)),
    );
    report.same(
        "boot: it runs the profile's system",
        text("/system"),
        text("/profile"),
    );
    let zram = text("/swap/0/source").contains("zram");
    report.same(
        "boot: swap is the preset's",
        zram,
        preset.disk.swap == Some(Swap::Zram),
    );
    users(installed, &said, report);
    Ok(())
}

/// Every planned mount, with its type and options.
fn mounts(installed: &Installed, said: &Value, report: &mut Report) {
    for step in &installed.plan.steps {
        let Action::Mount {
            at, kind, options, ..
        } = &step.action
        else {
            continue;
        };
        let mount = said.get("mounts").and_then(|all| all.get(at.to_string()));
        let field = |key: &str| {
            mount
                .and_then(|mount| mount.get(key))
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        report.same(
            format_args!("boot: {at} is mounted as {kind}"),
            field("fstype"),
            kind.as_str(),
        );
        let mounted: Vec<&str> = field("options").split(',').collect();
        let missing: Vec<&String> = options
            .iter()
            .filter(|option| !mounted.contains(&option.as_str()))
            .collect();
        report.same(
            format_args!("boot: {at} has the planned options {options:?}"),
            missing,
            Vec::new(),
        );
    }
}

/// The people of the preset, and nobody else but root.
fn users(installed: &Installed, said: &Value, report: &mut Report) {
    let empty = Vec::new();
    let users = said
        .get("users")
        .and_then(Value::as_array)
        .unwrap_or(&empty);
    let text = |user: &Value, key: &str| {
        user.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let found: Vec<_> = users
        .iter()
        .map(|user| {
            let wheel = user
                .get("groups")
                .and_then(Value::as_array)
                .is_some_and(|groups| groups.iter().any(|group| group == "wheel"));
            (
                text(user, "name"),
                text(user, "full_name"),
                wheel,
                text(user, "password"),
            )
        })
        .filter(|user| user.0 != "root")
        .collect();
    let expected: Vec<_> = installed
        .preset
        .users
        .iter()
        .map(|user| {
            let full_name = user.full_name.as_ref().map(ToString::to_string);
            (
                user.name.to_string(),
                full_name.unwrap_or_default(),
                user.administrator,
                "set".to_owned(),
            )
        })
        .collect();
    report.same("boot: the users are the preset's", found, expected);
    let root = users.iter().find(|user| text(user, "name") == "root");
    report.same(
        "boot: nobody logs in as root",
        root.map(|root| text(root, "password")),
        Some("locked".to_owned()),
    );
}
