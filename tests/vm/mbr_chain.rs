//! A disk whose MBR stays while a primary and two logical ext4 on it become larger, the last one together with
//! the extended partition, and swap between them is made anew where it is. Made on the host, and looked at from
//! there.

use crate::beside::{sum, tool};
use crate::manual_mbr::is_sound;
use crate::mbr::{put_ext4, table_lines, write_table};
use crate::report::Report;
use crate::workspace::Scenario;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// By what it is known.
pub(crate) const SERIAL: &str = "NEVADO-TEST-4";

/// How large it is, in bytes.
pub(crate) const SIZE: u64 = 4 << 30;

/// What the preset has for it.
pub(crate) const DISK: &str = r#"
[[disk.disks]]
choose = { serial = "NEVADO-TEST-4" }

[[disk.disks.partitions]]
partition = { number = 1 }
do = "resize"
size = "rest"

[[disk.disks.partitions]]
partition = { number = 5 }
do = "resize"
size = "rest"
mount = "/srv/five"

[[disk.disks.partitions]]
partition = { number = 6 }
do = "format"
mount = "/srv/six"

[[disk.disks.partitions]]
partition = { number = 7 }
do = "resize"
size = "rest"
mount = "/srv/seven"
"#;

/// Room behind each ext4, behind the last one outside of the extended partition.
const TABLE: &str = "label: dos
label-id: 0x4e657634
1: start=2048, size=524288, type=83
2: start=1574912, size=2101248, type=5
3: start=1050624, size=524288, type=83
5: start=1576960, size=524288, type=83
6: start=2625536, size=524288, type=82
7: start=3151872, size=524288, type=83
";

/// The same afterwards.
const AFTER: [&str; 6] = [
    "1:start=2048,size=1048576,type=83",
    "2:start=1574912,size=6813696,type=5",
    "3:start=1050624,size=524288,type=83",
    "5:start=1576960,size=1046528,type=83",
    "6:start=2625536,size=524288,type=83",
    "7:start=3151872,size=5236736,type=83",
];

/// First sectors of those that become larger, and how many MiB they have then.
const LARGER: [(u64, u64); 3] = [(2048, 512), (1_576_960, 511), (3_151_872, 2557)];

/// Partition 3.
const UNTOUCHED: (u64, u64) = (1_050_624, 524_288);

/// What the disk was like.
pub(crate) struct Before {
    untouched: String,
    files: Vec<String>,
}

/// Makes it; an ext4 in partition 1, 3, 5 and 7, with a file of an owner of its own.
pub(crate) fn make(scenario: &Scenario, disk: &Path) -> Result<Before> {
    write_table(disk, TABLE)?;
    for start in [2048, UNTOUCHED.0, 1_576_960, 3_151_872] {
        put_ext4(scenario, disk, (start, 524_288))?;
        for (field, value) in [("uid", "1001"), ("gid", "100"), ("mode", "0100640")] {
            let request = format!("set_inode_field home/ada/letter.txt {field} {value}");
            debugfs(disk, start, &["-w", "-R", &request])?;
        }
    }
    let (start, length) = UNTOUCHED;
    Ok(Before {
        untouched: sum(disk, start, length)?,
        files: files(disk)?,
    })
}

/// Looks at it after the install.
pub(crate) fn check(disk: &Path, before: &Before, report: &mut Report) -> Result<()> {
    let lines = table_lines(disk)?.join("\n").replace([' ', '\t'], "");
    for line in AFTER {
        report.contains(
            format_args!("the disk with a chain has {line}"),
            &lines,
            line,
        );
    }
    report.same("and no other", lines.matches("start=").count(), AFTER.len());
    is_sound(disk, report)?;
    let (start, length) = UNTOUCHED;
    report.same(
        "every byte of the partition between them is as before",
        &sum(disk, start, length)?,
        &before.untouched,
    );
    let told =
        "the files of those that became larger have owners, permissions and content as before";
    report.same(told, &files(disk)?, &before.files);
    for (start, mib) in LARGER {
        let superblock = debugfs(disk, start, &["-R", "show_super_stats -h"])?;
        let value = |name: &str| -> Result<u64> {
            let mut lines = superblock.lines();
            let line = lines.find_map(|line| line.strip_prefix(name));
            Ok(line.context("no such value")?.trim().parse()?)
        };
        report.same(
            format_args!("the ext4 at sector {start} fills its partition"),
            (value("Block count:")? * value("Block size:")?) >> 20,
            mib,
        );
    }
    Ok(())
}

/// Ada's letter in each that becomes larger: owner, permissions, size, and content.
fn files(disk: &Path) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for (start, _) in LARGER {
        for request in ["ls -l home/ada", "cat home/ada/letter.txt"] {
            all.push(debugfs(disk, start, &["-R", request])?);
        }
    }
    Ok(all)
}

/// debugfs on the file system that begins at a sector of a disk.
fn debugfs(disk: &Path, start: u64, words: &[&str]) -> Result<String> {
    let at = format!("{}?offset={}", disk.display(), start * 512);
    tool(Command::new("debugfs").args(words).arg(at))
}
