//! Encrypted home folders that stay: an install around a LUKS2 container that was there before. A wrong
//! passphrase is refused first, and nothing is written; in the end each file has its owner and its
//! content, and the container's header is the same, byte by byte.

use crate::bench::Bench;
use crate::beside::sum;
use crate::boot::boot;
use crate::install::{Order, Wish, install_as_ordered};
use crate::report::Report;
use crate::workspace::Computer;
use anyhow::{Context, Result};
use nevado::plan::Action;

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
size = "rest"
encrypt = true
mount = "/"

[[disk.disks.partitions]]
partition = { number = 3 }
unlock = true
mount = "/home"
"#;

/// The first sector of the partition with the container, and the length of its header: what cryptsetup
/// leaves before the data.
const HEADER: (u64, u64) = (2048, (16 << 20) / 512);

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
    let uuid = share.read("uuid")?;
    let plan = &installed.plan;
    let opened = plan.steps.iter().find_map(|step| match &step.action {
        Action::OpenKept { luks, .. } => Some(luks.uuid.to_string()),
        _ => None,
    });
    report.same(
        "the plan opens the container that was there",
        opened.as_deref(),
        Some(uuid.trim()),
    );
    report.same("the plan loses nothing", plan.losses().count(), 0);
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
    let before = share.read("header-before")?;
    let header = || sum(&installed.disk, HEADER.0, HEADER.1);
    let of = |printed: &str| printed.split(' ').next().unwrap_or_default().to_owned();
    report.same(
        "the container's header is as it was, byte by byte",
        of(&header()?),
        of(&before),
    );
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
    report.same(
        "after the boot, the container's header is as it was",
        of(&header()?),
        of(&before),
    );
    Ok(())
}
