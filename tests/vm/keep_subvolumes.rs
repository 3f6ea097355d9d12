//! Home folders in a subvolume of a btrfs that stays, beside another system in the same file system: a name that
//! is not there writes nothing; in the end every subvolume has its files, with their owners.

use crate::bench::Bench;
use crate::boot::boot;
use crate::install::{Order, Wish, install_as_ordered};
use crate::report::Report;
use crate::workspace::Computer;
use anyhow::Result;

/// What the preset has in `[disk]`.
const DISK: &str = r#"layout = "manual"
swap = "zram"

[[disk.disks]]
choose = { serial = "NEVADO-TEST-1" }

[[disk.disks.partitions]]
size = "1 GiB"
mount = "/boot"

[[disk.disks.partitions]]
size = "rest"
mount = "/"

[[disk.disks.partitions]]
partition = { number = 3 }
subvolumes = [{ name = "home", mount = "/home" }]
"#;

/// Makes the btrfs, tries, installs, compares, boots.
pub(crate) fn homes_stay(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("keep-subvolumes", Computer::USUAL);
    let order = Order {
        script: "keep-subvolumes.sh",
        wish: Wish::Whole(DISK),
        more: &[],
    };
    let (installed, share) = install_as_ordered(&order, &work, report)?;
    report.same(
        "with a subvolume that is not there, `nevado install` fails",
        share.read("wrong-status")?.trim(),
        "1",
    );
    report.contains(
        "it tells which there are",
        &share.read("wrong")?,
        "there is no subvolume `@home`",
    );
    report.same(
        "not a sector was written until then",
        share.read("written-after")?,
        share.read("written-before")?,
    );
    report.same("the plan loses nothing", installed.plan.losses().count(), 0);
    report.same(
        "every file in every subvolume is there, with its permissions, owner and content",
        share.read("files-after")?,
        share.read("files-before")?,
    );
    report.same(
        "the btrfs is sound",
        share.read("check-status")?.trim(),
        "0",
    );
    boot(&work, &installed, report)
}
