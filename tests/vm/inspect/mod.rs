//! The disk, looked at by other people's tools in a second boot of the medium, against the plan.

mod accounts;
mod loader;
mod table;
mod target;

use crate::install::{Installed, passwords};
use crate::report::Report;
use crate::workspace::{Firmware, Share, Workspace};
use anyhow::Result;
use serde_json::Value;

/// Looks at everything; nothing on the disk is changed. Its folder gets this name. Gives the list of
/// all that is in the target, as `guest/manifest.sh` has it.
pub(crate) fn inspect(
    work: &Workspace,
    name: &str,
    installed: &Installed,
    report: &mut Report,
) -> Result<String> {
    let scenario = work.scenario(name)?;
    let share = scenario.share("inspect.sh")?;
    share.write("secrets", &passwords(&installed.preset).join("\n"))?;
    if work.firmware() == Firmware::Bios {
        share.write("bios", "")?;
    }
    let run = work.live(&scenario, &installed.disk, &share)?.run()?;
    report.note(format_args!("the inspection took {:.0} s", run.seconds));
    compare(work.firmware(), installed, &share, report)?;
    share.read("manifest")
}

/// Holds what `guest/inspect.sh` has put out against the plan.
pub(crate) fn compare(
    firmware: Firmware,
    installed: &Installed,
    share: &Share,
    report: &mut Report,
) -> Result<()> {
    report.same(
        "inspection: the guest's script ran through",
        share.status()?.as_str(),
        "0",
    );

    report.contains(
        "inspection: `sgdisk --verify` finds no problem",
        &share.read("sgdisk")?,
        "No problems found",
    );
    let fscks: &[&str] = match firmware {
        Firmware::Uefi => &["fsck-vfat", "fsck-ext4"],
        Firmware::Bios => &["fsck-ext4"],
    };
    for tool in fscks {
        report.same(
            format_args!("inspection: {tool} finds nothing to mend"),
            share.read(&format!("{tool}.status"))?.trim(),
            "0",
        );
    }
    table::table(installed, share, report)?;
    table::probed(installed, share, report)?;
    table::mounts(installed, share, report)?;
    target::files(installed, share, report)?;
    target::time_zone(installed, share, report)?;
    target::records(installed, share, report)?;
    accounts::accounts(installed, share, report)?;
    match firmware {
        Firmware::Uefi => loader::loader(share, report)?,
        Firmware::Bios => loader::grub(share, report)?,
    }
    target::store(installed, share, report)
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
