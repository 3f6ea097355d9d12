//! Partition by partition on two disks with an MBR each, on a BIOS. On the first, a Windows partition
//! goes and the root takes its place, an ext4 stays and is mounted, and not a byte changes of the others,
//! the chain of logical partitions included. On the second, the whole chain goes for home folders. On the third
//! (`mbr_chain`), partitions become larger, in the chain as well. Not a byte of a disk that was not chosen changes.
//!
//! The disks are made on the host, and looked at from there: nothing of Nevado is in between.

use crate::bench::Bench;
use crate::beside::{sum, tool};
use crate::boot::boot;
use crate::install::{Installed, Wish, left_as_before, put_preset, random_seed, share};
use crate::mbr::{letter, put_ext4, put_ntfs, table_lines, write_table};
use crate::mbr_chain;
use crate::not_chosen::NotChosen;
use crate::qemu::Drive;
use crate::report::Report;
use crate::workspace::{Computer, Scenario};
use anyhow::{Context, Result, bail};
use nevado::plan::Plan;
use std::path::Path;
use std::process::Command;

/// What the preset has in `[disk]`.
const DISK: &str = r#"layout = "manual"
swap = "zram"

[[disk.disks]]
choose = { serial = "NEVADO-TEST-1" }

[[disk.disks.partitions]]
partition = { number = 2 }
do = "delete"

[[disk.disks.partitions]]
size = "rest"
gap_after = 1
mount = "/"
flags = ["active"]

[[disk.disks.partitions]]
partition = { number = 4 }
mount = "/srv/old"

[[disk.disks]]
choose = { serial = "NEVADO-TEST-3" }

[[disk.disks.partitions]]
partition = { number = 2 }
do = "delete"

[[disk.disks.partitions]]
partition = { number = 5 }
do = "delete"

[[disk.disks.partitions]]
partition = { number = 6 }
do = "delete"

[[disk.disks.partitions]]
size = "rest"
gap_after = 1
mount = "/home"
"#;

/// As Windows leaves a disk, with a Linux in a logical partition behind it and data before that.
const FIRST: &str = "label: dos
label-id: 0x4e657661
1: start=2048, size=1024000, type=7, bootable
2: start=1026048, size=2097152, type=7
3: start=39845888, size=2095104, type=f
4: start=37748736, size=2097152, type=83
5: start=39847936, size=1048576, type=83
6: start=40898560, size=1042432, type=82
";

/// Number, first sector and length of those in which every byte must stay.
const UNTOUCHED: [(u32, u64, u64); 2] = [(1, 2048, 1_024_000), (3, 39_845_888, 2_095_104)];

/// The primary ext4 with files, which is mounted.
const DATA: (u64, u64) = (37_748_736, 2_097_152);

/// An ext4 and a chain, on 4 GiB.
const SECOND: &str = "label: dos
label-id: 0x4e657633
1: start=2048, size=1048576, type=83
2: start=1050624, size=7337984, type=5
5: start=1052672, size=2097152, type=83
6: start=3151872, size=2097152, type=83
";

/// Makes the disks, installs, compares, boots.
pub(crate) fn by_hand(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = &bench.work.with("manual-mbr", Computer::BIOS);
    let scenario = work.scenario("install")?;
    let image = scenario.empty_disk()?;
    let second = scenario.blank_disk("second.img", 4 << 30)?;
    let third = scenario.blank_disk("third.img", mbr_chain::SIZE)?;
    make(&scenario, &image, &second)?;
    let chained = mbr_chain::make(&scenario, &third)?;
    let before = (table_lines(&image)?, sums(&image)?);

    let (_, share) = share(&scenario, "install.sh")?;
    let preset = put_preset(&share, Wish::Whole(&format!("{DISK}{}", mbr_chain::DISK)))?;
    let seed = random_seed()?;
    share.write("seed", &seed)?;
    let mut machine = work.live(&scenario, &image, &share)?;
    let serial = "NEVADO-TEST-3";
    let others = vec![
        Drive {
            image: second,
            serial,
        },
        Drive {
            image: third,
            serial: mbr_chain::SERIAL,
        },
    ];
    let not_chosen = NotChosen::new(&scenario)?;
    machine.others.clone_from(&others);
    machine.others.push(not_chosen.drive());
    let run = machine.run()?;
    report.note(format_args!("the install took {:.0} s", run.seconds));
    if share.status()? != "0" {
        bail!("nevado install failed:\n{}", run.last_lines(40));
    }
    left_as_before(&share, 1, report)?;
    not_chosen.is_unchanged(report)?;
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)?;
    // The frame of a chain has a line of its own.
    report.same("what goes is told", plan.losses().count(), 5);
    first_disk(&image, &plan, before, report)?;
    let read = letter_in(&image)?;
    let told = "the file in what is mounted as it is has its content";
    report.same(told, read.matches("unchanged\n").count(), 5000);
    second_disk(others.first().context("a second disk")?, report)?;
    let third = others.last().context("a third disk")?;
    mbr_chain::check(&third.image, &chained, report)?;
    let installed = Installed {
        disk: image,
        others,
        variables: machine.variables,
        plan,
        preset,
        seed,
        recovery_key: None,
    };
    boot(work, &installed, report)
}

/// What stays is as it was, and the root has the place of what went.
fn first_disk(
    image: &Path,
    plan: &Plan,
    (lines, bytes): (Vec<String>, Vec<String>),
    report: &mut Report,
) -> Result<()> {
    let after = table_lines(image)?;
    let mut changed = lines.iter().filter(|line| !after.contains(line));
    let marked = changed.next().map(String::as_str).unwrap_or_default();
    report.contains("a line loses its mark", marked, "type=7, bootable");
    let unmarked = marked.replace(", bootable", "");
    report.same("and nothing else", after.contains(&unmarked), true);
    let gone = changed.next().map(String::as_str).unwrap_or_default();
    report.contains("the deleted line is another one", gone, "1026048");
    report.same("and no other line", changed.next(), None);
    let root = plan.disk.table.partitions.first();
    let root = root.context("the plan has no new partition")?;
    report.same("the root has its place in the table", root.number, 2);
    let new = |line: &&String| !lines.contains(line) && **line != unmarked;
    let new = after.iter().find(new);
    report.contains(
        "the table has the planned root, and it is the active partition",
        &new.map(|line| line.replace(' ', "")).unwrap_or_default(),
        &format!("start={},size={},type=83,bootable", root.start, root.length),
    );
    report.same(
        "every byte of what is not named is as before, the chain of logical partitions included",
        sums(image)?,
        bytes,
    );
    is_sound(image, report)
}

/// Ada's letter, read by other people's tools from the partition that is mounted as it is.
fn letter_in(image: &Path) -> Result<String> {
    let at = format!("{}?offset={}", image.display(), DATA.0 * 512);
    tool(Command::new("debugfs").args(["-R", "cat home/ada/letter.txt", &at]))
}

/// The chain went, and one partition is in its place.
fn second_disk(disk: &Drive, report: &mut Report) -> Result<()> {
    let after = table_lines(&disk.image)?.join("\n").replace(' ', "");
    report.same(
        "the second disk has two partitions",
        after.matches("start=").count(),
        2,
    );
    for line in [
        "start=2048,size=1048576,type=83",
        "start=1050624,size=7337984,type=83",
    ] {
        report.contains(format_args!("one is {line}"), &after, line);
    }
    is_sound(&disk.image, report)
}

pub(crate) fn is_sound(image: &Path, report: &mut Report) -> Result<()> {
    let verdict = tool(Command::new("sfdisk").arg("--verify").arg(image))?;
    report.contains(
        "`sfdisk --verify` finds no error",
        &verdict,
        "No errors detected",
    );
    Ok(())
}

/// The first disk with two NTFS, a primary and a logical ext4; the second with file systems in its chain.
fn make(scenario: &Scenario, first: &Path, second: &Path) -> Result<()> {
    write_table(first, FIRST)?;
    write_table(second, SECOND)?;
    let letter = letter(scenario)?;
    put_ntfs(scenario, first, (2048, 1_024_000), None)?;
    put_ntfs(scenario, first, (1_026_048, 2_097_152), Some(&letter))?;
    put_ext4(scenario, first, DATA)?;
    put_ext4(scenario, first, (39_847_936, 1_048_576))?;
    for start in [2048, 1_052_672, 3_151_872] {
        put_ext4(scenario, second, (start, 1_048_576))?;
    }
    Ok(())
}

/// Checksums of what must not change.
fn sums(disk: &Path) -> Result<Vec<String>> {
    let parts = UNTOUCHED.into_iter();
    parts
        .map(|(_, start, length)| sum(disk, start, length))
        .collect()
}
