//! Partition by partition, on two disks of three: the root on one, the home folders on another, both
//! encrypted with one passphrase, which is typed wrong first; not a byte of the third changes.

use crate::bench::Bench;
use crate::beside::tool;
use crate::boot::boot;
use crate::inspect::inspect;
use crate::install::{Order, Wish, install_as_ordered};
use crate::report::Report;
use crate::workspace::Computer;
use anyhow::{Context, Result};
use nevado::plan::Action;
use std::path::Path;
use std::process::Command;

/// The disk for the home folders.
const HOMES: (&str, u64) = ("NEVADO-TEST-3", 4 << 30);

/// What the preset has in `[disk]`.
const DISK: &str = r#"layout = "manual"
swap = "zram"
encrypt = { passphrase = { plain = "staple horse 31415" } }

[[disk.disks]]
choose = { serial = "NEVADO-TEST-1" }
table = "new"

[[disk.disks.partitions]]
size = "1 GiB"
mount = "/boot"
flags = ["required", "legacy_boot"]

[[disk.disks.partitions]]
size = "rest"
encrypt = true
label = "system"
subvolumes = [
    { name = "@", mount = "/" },
    { name = "@store", mount = "/nix" },
    { name = "@spare" },
]

[[disk.disks]]
choose = { serial = "NEVADO-TEST-3" }
table = "new"

[[disk.disks.partitions]]
size = "25 %"
file_system = "xfs"
label = "media"
mount = "/srv/media"
flags = ["read_only", "no_auto"]

[[disk.disks.partitions]]
size = "rest"
encrypt = true
file_system = "ext4"
mount = "/home"
"#;

/// The attributes of a partition of a GPT, as another tool names them.
fn part_attributes(disk: &Path, number: u32) -> Result<String> {
    let number = number.to_string();
    tool(
        Command::new("sfdisk")
            .arg("--part-attrs")
            .args([disk.as_os_str(), number.as_ref()]),
    )
}

/// Installs, looks at both disks, boots from them.
pub(crate) fn on_two_disks(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("manual", Computer::USUAL);
    let order = Order {
        script: "install.sh",
        wish: Wish::Whole(DISK),
        more: &[HOMES],
    };
    let (installed, _) = install_as_ordered(&order, &work, report)?;
    let plan = &installed.plan;
    report.same("two disks are written to", plan.disks().count(), 2);
    let second = |action: &Action| match action {
        Action::Encrypt { partition, .. } => {
            let on = plan.disk_of(*partition).map(|disk| &disk.identity.serial);
            on.is_some_and(|serial| serial.as_deref() == Some(HOMES.0))
        }
        _ => false,
    };
    report.same(
        "the home folders are encrypted on the second disk",
        plan.steps
            .iter()
            .filter(|step| second(&step.action))
            .count(),
        1,
    );
    let first = installed.disk.as_path();
    let second = installed.others.first().map(|other| other.image.as_path());
    let told = [
        (Some(first), 1, "RequiredPartition LegacyBIOSBootable"),
        (Some(first), 2, ""),
        (second, 1, "GUID:60,63"),
        (second, 2, ""),
    ];
    for (disk, number, flags) in told {
        let disk = disk.context("a second disk")?;
        let found = part_attributes(disk, number)?;
        let what = format!("`sfdisk --part-attrs` tells the flags of partition {number}");
        report.same(what, found.trim(), flags);
    }
    let manifest = inspect(&work, "inspect", &installed, report)?;
    for home in ["./home/anna", "./home/kurt"] {
        report.contains(
            format_args!("inspection: there is {home}, below what the second disk is mounted at"),
            &manifest,
            home,
        );
    }
    boot(&work, &installed, report)
}
