//! Faults planted on purpose, each of which must be noticed: they prove that the stand-ins check
//! something, and that the boot test can fail.

use crate::bench::Bench;
use crate::boot::boot_alone;
use crate::install::{Installed, planned_file_systems, planned_files};
use crate::report::Report;
use crate::workspace::Share;
use anyhow::{Context, Result, bail};
use nevado::plan::NewFileSystem;

/// A configuration with one fault.
struct Fault {
    name: &'static str,
    /// What must be said about it; none if it can only be noticed at boot.
    complaint: Option<&'static str>,
    /// Text to look for in the sound files, and what takes its place; all of it must be there.
    change: (String, String),
}

/// The faults of the configuration, made from the identifier of the sound root file system.
fn faults(root_uuid: &str) -> Vec<Fault> {
    vec![
        Fault {
            name: "misspelt-option",
            complaint: Some("hostNmae"),
            change: (
                "networking.hostName".to_owned(),
                "networking.hostNmae".to_owned(),
            ),
        },
        Fault {
            name: "wrong-type",
            complaint: Some("time.timeZone"),
            change: (
                "time.timeZone = \"Europe/Berlin\"".to_owned(),
                "time.timeZone = 1".to_owned(),
            ),
        },
        Fault {
            name: "missing-root",
            complaint: Some("fileSystems"),
            change: (
                "fileSystems.\"/\"".to_owned(),
                "fileSystems.\"/other\"".to_owned(),
            ),
        },
        Fault {
            name: "wrong-uuid",
            complaint: None,
            change: (root_uuid.to_owned(), WRONG_UUID.to_owned()),
        },
    ]
}

/// A root file system that is on no disk.
const WRONG_UUID: &str = "deadbeef-0000-4000-8000-000000000000";

/// Plants the faults one by one; the last of them by booting a spoilt copy of the disk.
pub(crate) fn faults_are_noticed(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let reference = bench.reference(report)?;
    let (work, installed) = (&bench.work, &reference.installed);
    let scenario = work.scenario("faults")?;
    let share = scenario.share("faults.sh")?;
    let faults = faults(&root_uuid(installed)?);
    plant(installed, &share, "sound", None)?;
    for fault in &faults {
        plant(installed, &share, fault.name, Some(&fault.change))?;
    }
    let disk = scenario.copy_of_disk(&installed.disk)?;
    let run = work.live(&scenario, &disk, &share)?.run()?;
    report.note(format_args!("planting faults took {:.0} s", run.seconds));
    report.same(
        "the guest's script ran through",
        share.status()?.as_str(),
        "0",
    );

    let status =
        |name: &str| Ok::<_, anyhow::Error>(share.read(&format!("{name}.status"))?.trim() == "0");
    report.same("the sound configuration evaluates", status("sound")?, true);
    for fault in &faults {
        let accepted = status(fault.name)?;
        let Some(complaint) = fault.complaint else {
            report.same(format_args!("{} evaluates", fault.name), accepted, true);
            continue;
        };
        report.same(format_args!("{} is refused", fault.name), accepted, false);
        report.contains(
            format_args!("the message about {} names {complaint}", fault.name),
            &share.read(fault.name)?,
            complaint,
        );
    }
    report.same(
        "nixos-install refuses an unknown flag",
        status("unknown-flag")?,
        false,
    );
    report.contains(
        "its message names the flag",
        &share.read("unknown-flag")?,
        "--no-such-flag",
    );

    let (said, console) = boot_alone(work, "faults-boot", &disk, None)?;
    report.same("with a wrong UUID the system does not come up", said, None);
    report.contains(
        "it says which file system it looked for",
        &console.join("\n"),
        &format!("root file system /dev/disk/by-uuid/{WRONG_UUID} not found"),
    );
    Ok(())
}

/// The UUID of the planned root file system.
fn root_uuid(installed: &Installed) -> Result<String> {
    planned_file_systems(&installed.plan)
        .into_iter()
        .find_map(|(_, file_system)| match file_system {
            NewFileSystem::Ext4 { uuid, .. } => Some(uuid.to_string()),
            _ => None,
        })
        .context("the plan makes no ext4")
}

/// Shares the planned configuration, with one text in place of another.
fn plant(
    installed: &Installed,
    share: &Share,
    name: &str,
    change: Option<&(String, String)>,
) -> Result<()> {
    let mut changed = change.is_none();
    for file in planned_files(&installed.plan) {
        let path = file.path.to_string();
        let Some(file_name) = path.strip_prefix("/etc/nixos/") else {
            continue;
        };
        let mut text = file.text.clone();
        if let Some((sound, faulty)) = change {
            changed |= text.contains(sound.as_str());
            text = text.replace(sound.as_str(), faulty);
        }
        share.write(&format!("configurations/{name}/{file_name}"), &text)?;
    }
    if !changed {
        bail!("the fault {name} could not be planted: {change:?}");
    }
    Ok(())
}
