//! A new system in new subvolumes of a btrfs that stays, around the home folders in it, in place of the root of
//! the old one: a name that is not there writes nothing; in the end the home folders and another subvolume have
//! their files, with their owners.

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
partition = { number = 3 }
subvolumes = [
  { name = "nixos", do = "create", mount = "/" },
  { name = "nixos/store", do = "create", mount = "/nix" },
  { name = "home", mount = "/home" },
  { name = "root", do = "delete" },
]
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
        "with a subvolume that is not there, `nevado install` refuses the preset",
        share.read("wrong-status")?.trim(),
        "3",
    );
    report.contains(
        "it tells which there are",
        &share.read("wrong")?,
        "Name one of those that there are: home, photos, root.",
    );
    report.same(
        "not a sector was written until then",
        share.read("written-after")?,
        share.read("written-before")?,
    );
    let lost: Vec<String> = installed.plan.losses().map(ToString::to_string).collect();
    report.same("the plan loses one thing", lost.len(), 1);
    report.contains(
        "the old root",
        &lost.concat(),
        "subvolume root in partition 3",
    );
    report.same(
        "the subvolumes are those that stay and the new ones",
        share.read("subvolumes-after")?.trim(),
        "home\nnixos\nnixos/store\nphotos",
    );
    report.same(
        "every file in the subvolumes that stay is there, with its permissions, owner and content",
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
