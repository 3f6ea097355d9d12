//! The disk, looked at by other people's tools in a second boot of the medium, against the plan.

mod accounts;
mod layout;
mod listed;
mod loader;
mod table;
mod target;

use crate::install::{Installed, passwords, planned_file_systems};
use crate::report::Report;
use crate::workspace::{Computer, Firmware, Share, Workspace};
use anyhow::Result;
pub(crate) use listed::passphrase;
use nevado::plan::PlannedDisk;
use nevado::preset::BootLoader;
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
    let mut secrets = passwords(&installed.preset);
    secrets.extend(installed.recovery_key.as_deref());
    share.write("secrets", &secrets.join("\n"))?;
    listed::write(installed, &share)?;
    if starts_by_grub(work.computer(), installed) {
        share.write("grub", "")?;
    }
    let mut machine = work.live(&scenario, &installed.disk, &share)?;
    machine.others.clone_from(&installed.others);
    let run = machine.run()?;
    report.note(format_args!("the inspection took {:.0} s", run.seconds));
    compare(work.computer(), installed, &share, report)?;
    share.read("manifest")
}

/// Holds what `guest/inspect.sh` has put out against the plan.
pub(crate) fn compare(
    computer: Computer,
    installed: &Installed,
    share: &Share,
    report: &mut Report,
) -> Result<()> {
    report.same(
        "inspection: the guest's script ran through",
        share.status()?.as_str(),
        "0",
    );

    for disk in installed.plan.disks() {
        let name = kernel_name(disk);
        report.contains(
            format_args!("inspection: `sgdisk --verify` finds no problem on {name}"),
            &share.read(&format!("sgdisk-{name}"))?,
            "No problems found",
        );
    }
    report.same(
        "inspection: no array and no volume of LVM has come alive",
        share.read("revived")?,
        String::new(),
    );
    for (number, (_, made)) in (1..).zip(planned_file_systems(&installed.plan)) {
        report.same(
            format_args!(
                "inspection: the check of {} ({}) finds nothing to mend",
                made.name(),
                made.label()
            ),
            share.read(&format!("fsck-{number}.status"))?.trim(),
            "0",
        );
    }
    table::table(installed, share, report)?;
    table::probed(installed, share, report)?;
    table::mounts(installed, share, report)?;
    layout::layout(computer, installed, share, report)?;
    target::files(installed, share, report)?;
    target::time_zone(installed, share, report)?;
    target::records(installed, share, report)?;
    accounts::accounts(installed, share, report)?;
    match starts_by_grub(computer, installed) {
        true => loader::grub(share, report)?,
        false => loader::loader(share, report)?,
    }
    target::store(installed, share, report)
}

/// What the guest calls a disk.
fn kernel_name(disk: &PlannedDisk) -> String {
    let name = disk.identity.path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn starts_by_grub(computer: Computer, installed: &Installed) -> bool {
    computer.firmware == Firmware::Bios
        || installed.preset.system.boot_loader == Some(BootLoader::Grub)
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
