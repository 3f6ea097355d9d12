//! Partitions that stay and become larger: an ext4 with home folders, which is `/home` afterwards, an xfs, a
//! btrfs, an f2fs and an NTFS, a new system behind them. Each file has its owner and its content in the end, and
//! each file system fills its partition. Before that, an xfs and an f2fs that were left as a power cut leaves them
//! are refused, untouched.

use crate::bench::Bench;
use crate::boot::boot;
use crate::install::{Order, Wish, install_as_ordered};
use crate::report::Report;
use crate::workspace::Computer;
use anyhow::Result;
use nevado::plan::Action;

/// What the preset has in `[disk]`.
const DISK: &str = r#"layout = "manual"
swap = "zram"

[[disk.disks]]
choose = { serial = "NEVADO-TEST-1" }

[[disk.disks.partitions]]
partition = { number = 3 }
do = "resize"
size = "rest"
mount = "/home"

[[disk.disks.partitions]]
partition = { number = 4 }
do = "resize"
size = "400 MiB"
mount = "/srv/media"

[[disk.disks.partitions]]
partition = { number = 5 }
do = "resize"
size = "rest"

[[disk.disks.partitions]]
partition = { number = 6 }
do = "resize"
size = "rest"

[[disk.disks.partitions]]
partition = { number = 7 }
do = "resize"
size = "512 MiB"

[[disk.disks.partitions]]
size = "1 GiB"
gap_after = 7
mount = "/boot"

[[disk.disks.partitions]]
size = "rest"
gap_after = 7
mount = "/"
"#;

/// Each kind, how many MiB its partition has afterwards, and the least that is seen of them from inside.
const GROWN: [(&str, u32, u64, u64); 5] = [
    ("ext4", 3, 1280, 1150),
    ("xfs", 4, 400, 320),
    ("btrfs", 5, 512, 512),
    ("f2fs", 6, 512, 400),
    ("ntfs", 7, 512, 511),
];

/// Makes them, installs, compares, boots.
pub(crate) fn all_kinds_grow(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("grow", Computer::USUAL);
    let order = Order {
        script: "grow.sh",
        wish: Wish::Whole(DISK),
        more: &[],
    };
    let (installed, share) = install_as_ordered(&order, &work, report)?;
    for kind in ["xfs", "f2fs"] {
        report.contains(
            format_args!("an {kind} that was not shut down is refused"),
            &share.read(&format!("unclean-told-{kind}"))?,
            &format!("the {kind} in /dev/disk/by-partuuid/"),
        );
        report.contains(
            format_args!("and why is told of the {kind}"),
            &share.read(&format!("unclean-told-{kind}"))?,
            "can't be made larger now: it was not shut down cleanly",
        );
        report.same(
            format_args!("and no byte of the {kind} has changed"),
            share.read(&format!("unclean-after-{kind}"))?,
            share.read(&format!("unclean-before-{kind}"))?,
        );
    }
    let plan = &installed.plan;
    let grows = |action: &Action| matches!(action, Action::Grow(_));
    report.same(
        "five file systems are made larger",
        plan.steps.iter().filter(|step| grows(&step.action)).count(),
        GROWN.len(),
    );
    report.same("the plan loses nothing", plan.losses().count(), 0);
    let sizes = share.read("sizes-after")?;
    for (kind, number, length, least) in GROWN {
        report.contains(
            format_args!("the partition with {kind} has {length} MiB for the kernel"),
            &sizes,
            &format!("partition {number}: {length}\n"),
        );
        let room: u64 = share.read(&format!("room-{kind}"))?.trim().parse()?;
        report.same(
            format_args!("{kind} shows {room} MiB of them, {least} at least"),
            (least..=length).contains(&room),
            true,
        );
        report.same(
            format_args!("every file in {kind} is there, with its permissions, owner and content"),
            share.read(&format!("files-after-{kind}"))?,
            share.read(&format!("files-before-{kind}"))?,
        );
        report.same(
            format_args!("{kind} is sound, by its own tool"),
            share.read(&format!("check-status-{kind}"))?.trim(),
            "0",
        );
    }
    boot(&work, &installed, report)
}
