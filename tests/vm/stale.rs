//! A disk that others have left much on: volumes of LVM over a partition and an array, an array with
//! its superblocks at the end, an open LUKS container, all in use. An install takes it apart, and
//! nothing of it comes alive again.

use crate::bench::Bench;
use crate::boot::boot;
use crate::inspect::inspect;
use crate::install::install_by;
use crate::report::Report;
use anyhow::Result;

/// Makes the disk, installs, looks, boots.
pub(crate) fn taken_apart(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = bench.work.with("stale", bench.work.computer());
    let (installed, share) = install_by("stale.sh", &work, "swap = \"zram\"", report)?;
    let before = share.read("before")?;
    for used in [
        "/dev/mapper/old-data ext4",
        "/dev/dm-1 partition",
        "raid1 vda",
        "old-luks",
    ] {
        report.contains(format_args!("before, there is {used}"), &before, used);
    }
    let losses = installed.plan.disk.losses.len();
    report.same("the plan says what is lost", losses > 0, true);
    // Looks for arrays and volumes that have come alive, as after every install.
    inspect(&work, "inspect", &installed, report)?;
    boot(&work, &installed, report)
}
