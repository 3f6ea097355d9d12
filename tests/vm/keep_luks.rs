//! Encrypted home folders that stay: an install around a LUKS2 container that was there before, and into
//! a LUKS1 container, whose old system goes. A wrong passphrase is refused first, and nothing is written;
//! in the end each file at home has its owner and its content, and the headers of both containers are the
//! same, byte by byte.

use crate::bench::Bench;
use crate::beside::sum;
use crate::boot::boot;
use crate::install::{Order, Wish, install_as_ordered};
use crate::report::Report;
use crate::workspace::{Computer, Share};
use anyhow::{Context, Result};
use nevado::plan::Action;
use std::path::Path;

/// What the preset has in `[disk]`.
const DISK: &str = r#"layout = "manual"
swap = "zram"
encrypt = { passphrase = { plain = "staple horse 31415" } }

[[disk.disks]]
choose = { serial = "NEVADO-TEST-1" }

[[disk.disks.partitions]]
size = "1 GiB"
mount = "/boot"

[[disk.disks.partitions]]
partition = { number = 3 }
unlock = true
mount = "/home"

[[disk.disks.partitions]]
partition = { number = 4 }
do = "format"
unlock = true
mount = "/"
"#;

/// For each container its name here, the first sector of its partition, and the length of its header: what
/// cryptsetup leaves before the data.
const HEADERS: [(&str, u64, u64); 2] = [
    ("homes", 2048, (16 << 20) / 512),
    ("system", 4_196_352, (2 << 20) / 512),
];

/// Makes the container, tries, installs, compares, boots.
pub(crate) fn homes_stay(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("keep-luks", Computer::USUAL);
    let order = Order {
        script: "keep-luks.sh",
        wish: Wish::Whole(DISK),
        more: &[],
    };
    let (installed, share) = install_as_ordered(&order, &work, report)?;
    let wrong = share.read("wrong")?;
    report.same(
        "with a wrong passphrase, `nevado install` says that the preset can't be installed",
        share.read("wrong-status")?.trim(),
        "3",
    );
    for words in [
        "the passphrase does not open the LUKS container in partition 3; nothing was changed",
        "unlock = true",
    ] {
        report.contains(format_args!("it tells `{words}`"), &wrong, words);
    }
    report.same(
        "not a sector was written until then",
        share.read("written-after")?,
        share.read("written-before")?,
    );
    let plan = &installed.plan;
    let opened = plan.steps.iter().filter_map(|step| match &step.action {
        Action::OpenKept { luks, .. } => Some(luks.uuid.to_string()),
        _ => None,
    });
    let mut opened: Vec<String> = opened.collect();
    opened.sort();
    let uuids = share.read("uuids")?;
    let mut uuids: Vec<String> = uuids.lines().map(str::to_owned).collect();
    uuids.sort();
    report.same(
        "the plan opens the containers that were there",
        opened,
        uuids,
    );
    let lost: Vec<String> = plan.losses().map(ToString::to_string).collect();
    report.contains(
        "the plan loses what is in the LUKS1 container, and nothing else",
        &lost.join("\n"),
        "partition 4 “system”, 8 GiB: what is in its LUKS container",
    );
    report.same("that is one thing", lost.len(), 1);
    report.same(
        "every file in the old home folders is there, with its permissions, owner and content",
        share.read("files-after")?,
        share.read("files-before")?,
    );
    report.same(
        "the file system in the container is sound",
        share.read("fsck-status")?.trim(),
        "0",
    );
    headers_are_the_same(&installed.disk, &share, "after the installation", report)?;
    for (name, number) in [("anna", "1001"), ("kurt", "1000")] {
        let files = plan.steps.iter().find_map(|step| match &step.action {
            Action::WriteFiles { files } => files.first(),
            _ => None,
        });
        let text = &files.context("the plan writes no files")?.text;
        let own = text
            .split("users.users.")
            .find(|part| part.starts_with(name));
        report.contains(
            format_args!("{name} has the number of the old folder"),
            own.unwrap_or_default(),
            &format!("uid = {number};"),
        );
    }
    boot(&work, &installed, report)?;
    headers_are_the_same(&installed.disk, &share, "after the boot", report)
}

fn headers_are_the_same(disk: &Path, share: &Share, when: &str, report: &mut Report) -> Result<()> {
    let of = |printed: &str| printed.split(' ').next().unwrap_or_default().to_owned();
    for (name, first, length) in HEADERS {
        report.same(
            format_args!("{when}, the header of {name} is as it was, byte by byte"),
            of(&sum(disk, first, length)?),
            of(&share.read(&format!("header-{name}"))?),
        );
    }
    Ok(())
}
