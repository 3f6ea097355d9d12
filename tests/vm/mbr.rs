//! An install beside others on a disk with an MBR, on a BIOS: into its free space, with GRUB in the gap
//! before the first partition. Afterwards other people's tools see the kept partitions where they were,
//! every byte of theirs is as before, the chain of logical ones included, and the new system starts.
//!
//! The disk is made on the host, and looked at from there: nothing of Nevado is in between.

use crate::bench::Bench;
use crate::beside::{copy_into, sum, tool};
use crate::boot::boot;
use crate::install::{Installed, left_as_before, random_seed, share};
use crate::not_chosen::NotChosen;
use crate::report::Report;
use crate::workspace::{Computer, Scenario, source};
use anyhow::{Context, Result, bail};
use nevado::plan::Plan;
use nevado::preset;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// As Windows leaves a disk, with a Linux in a logical partition behind it.
const TABLE: &str = "label: dos
label-id: 0x4e657661
start=2048, size=1024000, type=7, bootable
start=1026048, size=2097152, type=7
start=39845888, size=2095104, type=f
start=39847936, size=1048576, type=83
start=40898560, size=1042432, type=82
";

/// Number, first sector and length of those in which every byte must stay: all, and the records of the
/// chain, which lie in the extended one.
const UNTOUCHED: [(u32, u64, u64); 3] = [
    (1, 2048, 1_024_000),
    (2, 1_026_048, 2_097_152),
    (3, 39_845_888, 2_095_104),
];

/// Where the ext4 with files is.
const LINUX: (u64, u64) = (39_847_936, 1_048_576);

/// Makes the disk, installs, compares, boots.
pub(crate) fn mbr_is_kept(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = &bench.work.with("mbr-kept", Computer::BIOS);
    let scenario = work.scenario("install")?;
    let image = scenario.empty_disk()?;
    make(&scenario, &image)?;
    let before = (table_lines(&image)?, sums(&image)?);

    let (_, share) = share(&scenario, "install.sh")?;
    let text = fs::read_to_string(source("preset.toml"))?;
    let text = text.replace("layout = \"erase\"", "layout = \"free\"");
    share.write("preset.toml", &text)?;
    let preset = preset::read(&text, "preset.toml")?;
    let seed = random_seed()?;
    share.write("seed", &seed)?;
    let mut machine = work.live(&scenario, &image, &share)?;
    let not_chosen = NotChosen::new(&scenario)?;
    machine.others.push(not_chosen.drive());
    let run = machine.run()?;
    report.note(format_args!("the install took {:.0} s", run.seconds));
    if share.status()? != "0" {
        bail!("nevado install failed:\n{}", run.last_lines(40));
    }
    left_as_before(&share, 1, report)?;
    not_chosen.is_unchanged(report)?;
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)?;
    report.same("the plan loses nothing", plan.disk.losses.len(), 0);
    report.same("one partition is new", plan.disk.table.partitions.len(), 1);
    table(&image, &plan, &before.0, report)?;
    report.same(
        "every byte of the other partitions is as before, the chain of logical ones included",
        sums(&image)?,
        before.1,
    );
    let installed = Installed {
        disk: image,
        others: Vec::new(),
        variables: machine.variables,
        plan,
        preset,
        seed,
        recovery_key: None,
    };
    boot(work, &installed, report)
}

/// The table has every line that it had, one more, and no fault.
fn table(image: &Path, plan: &Plan, before: &[String], report: &mut Report) -> Result<()> {
    let verdict = tool(Command::new("sfdisk").arg("--verify").arg(image))?;
    report.contains(
        "`sfdisk --verify` finds no error",
        &verdict,
        "No errors detected",
    );
    let after = table_lines(image)?;
    for line in before {
        let name = line.split(" : ").next().unwrap_or(line);
        let name = name.rsplit('/').next().unwrap_or(name);
        report.same(
            format_args!("the table's line {name} is as before"),
            after.contains(line),
            true,
        );
    }
    let new: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
    let planned = plan.disk.table.partitions.first();
    let planned = planned.context("the plan has no new partition")?;
    report.same("one line is new", new.len(), 1);
    let line = new.first().map(|line| line.replace(' ', ""));
    report.contains(
        "it is the planned one",
        &line.unwrap_or_default(),
        &format!(
            ".img{}:start={},size={},type=83",
            planned.number, planned.start, planned.length
        ),
    );
    Ok(())
}

/// Two NTFS, one with files, an extended partition with an ext4 with files and swap.
fn make(scenario: &Scenario, disk: &Path) -> Result<()> {
    write_table(disk, TABLE)?;
    let letter = letter(scenario)?;
    let (_, start, length) = UNTOUCHED[0];
    put_ntfs(scenario, disk, (start, length), None)?;
    let (_, start, length) = UNTOUCHED[1];
    put_ntfs(scenario, disk, (start, length), Some(&letter))?;
    put_ext4(scenario, disk, LINUX)
}

/// Has `sfdisk` write a table onto a disk.
pub(crate) fn write_table(disk: &Path, table: &str) -> Result<()> {
    let mut sfdisk = Command::new("sfdisk")
        .arg("--quiet")
        .arg(disk)
        .stdin(Stdio::piped())
        .spawn()
        .context("starting sfdisk")?;
    let mut input = sfdisk.stdin.take().context("sfdisk has no input")?;
    input.write_all(table.as_bytes())?;
    drop(input);
    match sfdisk.wait()?.success() {
        true => Ok(()),
        false => bail!("sfdisk failed"),
    }
}

/// A file of Ada's, in the folder that [`put_ext4`] takes over.
pub(crate) fn letter(scenario: &Scenario) -> Result<PathBuf> {
    let home = scenario.path("files").join("home/ada");
    fs::create_dir_all(&home)?;
    let letter = home.join("letter.txt");
    fs::write(&letter, "unchanged\n".repeat(5000))?;
    Ok(letter)
}

/// An NTFS, perhaps with a file, from this sector on and of this many.
pub(crate) fn put_ntfs(
    scenario: &Scenario,
    disk: &Path,
    (start, length): (u64, u64),
    file: Option<&Path>,
) -> Result<()> {
    let image = scenario.path("partition.img");
    File::create(&image)?.set_len(length * 512)?;
    tool(
        Command::new("mkfs.ntfs")
            .args(["--force", "--quick", "--quiet", "--sector-size", "512"])
            .args(["--heads", "255", "--sectors-per-track", "63"])
            .args(["--partition-start", &start.to_string()])
            .arg(&image),
    )?;
    if let Some(file) = file {
        let mut copy = Command::new("ntfscp");
        tool(copy.arg("--quiet").arg(&image).arg(file).arg("letter.txt"))?;
    }
    copy_into(disk, &image, start * 512)
}

/// An ext4 with Ada's files, from this sector on and of this many.
pub(crate) fn put_ext4(
    scenario: &Scenario,
    disk: &Path,
    (start, length): (u64, u64),
) -> Result<()> {
    let image = scenario.path("partition.img");
    File::create(&image)?.set_len(length * 512)?;
    let files = scenario.path("files");
    let mut make = Command::new("mkfs.ext4");
    tool(make.args(["-q", "-d"]).arg(files).arg(&image))?;
    copy_into(disk, &image, start * 512)
}

/// The lines of `sfdisk --dump` that describe partitions, and the disk's signature.
pub(crate) fn table_lines(disk: &Path) -> Result<Vec<String>> {
    let dump = tool(Command::new("sfdisk").arg("--dump").arg(disk))?;
    let says = |line: &&str| line.contains(" : start=") || line.starts_with("label-id");
    Ok(dump.lines().filter(says).map(str::to_owned).collect())
}

/// Checksums of what must not change.
fn sums(disk: &Path) -> Result<Vec<String>> {
    let parts = UNTOUCHED.into_iter();
    parts
        .map(|(_, start, length)| sum(disk, start, length))
        .collect()
}
