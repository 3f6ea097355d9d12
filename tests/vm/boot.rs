//! The boot of the installed disk by itself, and what the running system says about itself.

use crate::inspect::passphrase;
use crate::install::Installed;
use crate::qemu::{Answer, Machine};
use crate::report::Report;
use crate::workspace::{Firmware, Workspace};
use anyhow::{Context, Result};
use nevado::plan::{Action, Device, Plan};
use nevado::preset::{BootLoader, Swap};
use nevado::storage::{MapperName, PartitionId};
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

/// What the installed test system prints before its JSON.
const MARKER: &str = "NEVADO ";
/// What it prints before it hibernates, and then a word that only its memory keeps.
const ASLEEP: &str = "NEVADO-HIBERNATES ";
/// It comes up within this time, or never; a memory-hard key takes its share of it.
const LIMIT: Duration = Duration::from_secs(600);
const WRONG_PASSPHRASE: &str = "staple horse 27182";

/// Boots a disk with nothing else attached, on a computer with these firmware variables or on one
/// that has never seen it; gives what it says, if it comes that far, and the console.
pub(crate) fn boot_alone(
    work: &Workspace,
    name: &str,
    disk: &Path,
    variables: Option<&Path>,
) -> Result<(Option<Value>, Vec<String>)> {
    listen(work.scenario(name)?.machine(disk, variables)?)
}

/// Switches on a machine without a medium; gives what the system on its disk says, if it comes that
/// far, and the console.
pub(crate) fn listen(mut machine: Machine) -> Result<(Option<Value>, Vec<String>)> {
    machine.limit = LIMIT;
    let run = machine.run()?;
    let said = run
        .console
        .iter()
        .find_map(|line| line.split_once(MARKER))
        .map(|(_, json)| serde_json::from_str(json).context("the line after NEVADO"))
        .transpose()?;
    Ok((said, run.console))
}

/// Boots the installed disk; types a wrong passphrase first, then the right one. A computer that was
/// made to hibernate does so, and is switched on again.
fn start(
    work: &Workspace,
    installed: &Installed,
    report: &mut Report,
) -> Result<(Option<Value>, Vec<String>)> {
    let scenario = work.scenario("boot")?;
    let mut machine = scenario.machine(&installed.disk, installed.variables.as_deref())?;
    machine.others.clone_from(&installed.others);
    let passphrase = passphrase(&installed.preset);
    if let Some(passphrase) = passphrase {
        machine.answers = vec![
            answer("try 1:", WRONG_PASSPHRASE),
            answer("try 2:", passphrase),
        ];
    }
    machine.hibernates = installed.preset.disk.swap == Some(Swap::Hibernate);
    let (hibernates, variables) = (machine.hibernates, machine.variables.clone());
    let (said, console) = listen(machine)?;
    if passphrase.is_some() {
        report.contains(
            "boot: a wrong passphrase opens nothing",
            &console.join("\n"),
            "No key available with this passphrase.",
        );
    }
    if !hibernates {
        return Ok((said, console));
    }
    let mut lines = console.iter().filter_map(|line| line.split_once(ASLEEP));
    let token = lines.next().map(|(_, token)| token.trim());
    let token = token.with_context(|| no_sign_of_life(&console))?;
    report.same(
        "boot: it hibernated and switched itself off",
        said.is_none(),
        true,
    );
    let scenario = work.scenario("wake")?;
    let mut machine = scenario.machine(&installed.disk, variables.as_deref())?;
    machine.others.clone_from(&installed.others);
    let answers = passphrase.map(|passphrase| answer("try 1:", passphrase));
    machine.answers = answers.into_iter().collect();
    let (said, console) = listen(machine)?;
    let woken = said.as_ref().and_then(|said| said.get("woken")?.as_str());
    report.same(
        "boot: it wakes up and knows what only its memory knew",
        woken,
        Some(token),
    );
    Ok((said, console))
}

pub(crate) fn answer(to: &'static str, text: &str) -> Answer {
    Answer {
        to,
        text: text.to_owned(),
    }
}

pub(crate) fn no_sign_of_life(console: &[String]) -> String {
    let first = console.len().saturating_sub(15);
    let last = console.get(first..).unwrap_or_default().join("\n");
    format!("the system did not come up; its console ends with\n{last}")
}

/// Boots the installed disk and compares what runs with plan and preset.
pub(crate) fn boot(work: &Workspace, installed: &Installed, report: &mut Report) -> Result<()> {
    let (said, console) = start(work, installed, report)?;
    compare(work, installed, said.as_ref(), &console, report)
}

/// Holds what the system has said of itself, and what came over its console, against plan and preset.
pub(crate) fn compare(
    work: &Workspace,
    installed: &Installed,
    said: Option<&Value>,
    console: &[String],
    report: &mut Report,
) -> Result<()> {
    let said = said.with_context(|| no_sign_of_life(console))?;
    // In an MBR, GRUB counts the new partition by its place there.
    let table = &installed.plan.disk.table;
    let own = match (table.id.guid(), table.partitions.first()) {
        (None, Some(root)) => format!("msdos{}", root.number),
        _ => "gpt2".to_owned(),
    };
    let starter = match work.firmware() {
        Firmware::Uefi if installed.preset.system.boot_loader == Some(BootLoader::Grub) => {
            "\"NixOS-boot\"".to_owned()
        }
        Firmware::Uefi => "\"Linux Boot Manager\"".to_owned(),
        Firmware::Bios if passphrase(&installed.preset).is_some() => {
            format!("BOOT_IMAGE=(hd0,{own})//kernels/")
        }
        Firmware::Bios => format!("BOOT_IMAGE=(hd0,{own})/nix/store/"),
    };
    report.contains(
        "boot: the firmware starts the boot loader of the install",
        &console.join("\n"),
        &starter,
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
    let root = root_partition(plan).context("the plan has no root partition")?;
    report.same(
        "boot: it runs from the planned root partition",
        text("/root_partition_guid"),
        root.to_string(),
    );
    mounts(installed, said, report);
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
    swap(installed, &text("/swap/0/source"), report);
    containers(plan, said, report);
    users(installed, said, report);
    Ok(())
}

/// What is swapped to.
fn swap(installed: &Installed, found: &str, report: &mut Report) {
    let steps = &installed.plan.steps;
    let planned = steps.iter().find_map(|step| match &step.action {
        Action::MakeSwap { device, .. } => Some(match device {
            Device::Partition(guid) => {
                let number = installed
                    .plan
                    .disk
                    .table
                    .number_of(*guid)
                    .unwrap_or_default();
                format!("/dev/vda{number}")
            }
            Device::Mapped { name, .. } => name.path().display().to_string(),
        }),
        Action::MakeSwapFile { at, .. } => Some(at.to_string()),
        _ => None,
    });
    let zram = || "/dev/zram0".to_owned();
    let planned = planned
        .or_else(|| (installed.preset.disk.swap.unwrap_or_default() == Swap::Zram).then(zram));
    report.same(
        "boot: what is swapped to is what is planned",
        found,
        planned.unwrap_or_default().as_str(),
    );
}

/// The partition that the root file system is in, or the container around it.
fn root_partition(plan: &Plan) -> Option<PartitionId> {
    let mut steps = plan.steps.iter();
    let root = steps.find_map(|step| match &step.action {
        Action::Mount { device, at, .. } if at.to_string() == "/" => Some(device),
        _ => None,
    })?;
    let uuid = match root {
        Device::Partition(id) => return Some(*id),
        Device::Mapped { luks, .. } => luks,
    };
    plan.steps.iter().find_map(|step| match &step.action {
        Action::OpenEncrypted { partition, luks } if luks.uuid == *uuid => Some(*partition),
        Action::OpenKept { partition, luks } if luks.uuid == *uuid => Some(*partition),
        _ => None,
    })
}

/// What is open is what the plan encrypts or unlocks, and nothing else: LUKS2 where it is new.
fn containers(plan: &Plan, said: &Value, report: &mut Report) {
    let mapped = said.get("mapped").cloned().unwrap_or_default();
    let is_luks1 = |name: &MapperName| {
        let found = mapped.get(name.to_string()).and_then(Value::as_str);
        found.is_some_and(|found| found.starts_with("CRYPT-LUKS1-"))
    };
    let open = plan.steps.iter().filter_map(|step| match &step.action {
        Action::OpenEncrypted { luks, .. } => Some((luks.uuid, &luks.name, 2)),
        Action::OpenKept { luks, .. } => Some((
            luks.uuid,
            &luks.name,
            if is_luks1(&luks.name) { 1 } else { 2 },
        )),
        _ => None,
    });
    let open = open.map(|(uuid, name, version)| {
        let known_as = format!("CRYPT-LUKS{version}-{}-{name}", uuid.simple());
        (name.to_string(), Value::from(known_as))
    });
    report.same(
        "boot: the planned containers are open, and nothing else is mapped",
        mapped.clone(),
        Value::Object(open.collect()),
    );
}

/// Whether a mount option of the plan is among those that the kernel shows: it gives subvolumes from
/// the top on, and a compression with its level.
fn is_shown(option: &str, mounted: &[&str]) -> bool {
    let shown = match option.split_once('=') {
        Some(("subvol", name)) => format!("subvol=/{name}"),
        Some(("compress", "zstd")) => "compress=zstd:3".to_owned(),
        _ => option.to_owned(),
    };
    mounted.contains(&shown.as_str())
}

/// Every planned mount, with its type and options.
fn mounts(installed: &Installed, said: &Value, report: &mut Report) {
    for step in &installed.plan.steps {
        let Action::Mount {
            device,
            at,
            kind,
            options,
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
        if let Device::Mapped { name, .. } = device {
            report.same(
                format_args!("boot: {at} comes from the planned container"),
                field("source"),
                &*name.path().to_string_lossy(),
            );
        }
        let mounted: Vec<&str> = field("options").split(',').collect();
        let missing: Vec<&String> = options
            .iter()
            .filter(|option| !is_shown(option, &mounted))
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
