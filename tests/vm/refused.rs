//! Installations that must be refused before a byte is written: on a disk that is too small, of a
//! configuration that does not evaluate, onto a disk that was swapped after the plan was confirmed, onto an EFI
//! system partition that stays and is damaged.

use crate::attempts;
use crate::bench::Bench;
use crate::checksum::checksum;
use crate::install;
use crate::qemu::{DISK_SERIAL, Drive};
use crate::report::Report;
use crate::workspace::{DISK_SIZE, Share, source};
use anyhow::{Context, Result, bail};
use nevado::plan::Plan;
use nevado::storage::PartitionRole;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The serial number of a disk that nobody chose.
const OTHER_SERIAL: &str = "NEVADO-TEST-2";
/// That of a disk with too little room.
const SMALL_SERIAL: &str = "NEVADO-SMALL";
/// That of a disk whose EFI system partition is damaged.
const DAMAGED_SERIAL: &str = "NEVADO-DAMAGED";
/// Too little room, in bytes.
const SMALL: u64 = 4 << 30;

/// How a case must end.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) status: &'static str,
    /// The step that must refuse; none if it must not come to steps.
    pub(crate) step: Option<u32>,
    /// What it must say.
    pub(crate) words: &'static str,
}

const CASES: [Case; 6] = [
    Case {
        name: "too-small",
        status: "3",
        step: None,
        words: "too small",
    },
    Case {
        name: "does-not-evaluate",
        status: "1",
        step: Some(1),
        words: "no-such-package",
    },
    Case {
        name: "damaged-esp",
        status: "1",
        step: Some(6),
        words: "/EFI can't be read",
    },
    Case {
        name: "other_serial",
        status: "1",
        step: Some(2),
        words: "the serial number of /dev/vda was NEVADO-TEST-1, and is NEVADO-TEST-2 now",
    },
    Case {
        name: "other_size",
        status: "1",
        step: Some(2),
        words: "the size of /dev/vda was 21474836480, and is 22548578304 now",
    },
    Case {
        name: "other_table",
        status: "1",
        step: Some(2),
        words: "the partition table of /dev/vda was GPT",
    },
];

/// A disk of the scenario's machine, by its name in the guest's script.
struct Disk {
    name: &'static str,
    image: PathBuf,
    serial: &'static str,
    /// What blkid calls its table.
    table: &'static str,
}

/// Runs the scenario with disks of its own; what is on them is an installed system, where it counts.
pub(crate) fn nothing_is_written(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let reference = bench.reference(report)?;
    let work = &bench.work;
    let scenario = work.scenario("refused")?;
    let installed = &reference.installed.disk;
    let disk = |name, image, serial, table| Disk {
        name,
        image,
        serial,
        table,
    };
    let disks = [
        disk(
            "chosen",
            scenario.copy_as(installed, "chosen.img")?,
            DISK_SERIAL,
            "gpt",
        ),
        disk(
            "other_serial",
            scenario.copy_as(installed, "serial.img")?,
            OTHER_SERIAL,
            "gpt",
        ),
        disk(
            "other_size",
            scenario.blank_disk("size.img", DISK_SIZE + (1 << 30))?,
            DISK_SERIAL,
            "",
        ),
        disk(
            "other_table",
            scenario.blank_disk("table.img", DISK_SIZE)?,
            DISK_SERIAL,
            "",
        ),
        disk(
            "small",
            scenario.blank_disk("small.img", SMALL)?,
            SMALL_SERIAL,
            "",
        ),
        disk(
            "damaged",
            scenario.copy_as(installed, "damaged.img")?,
            DAMAGED_SERIAL,
            "gpt",
        ),
    ];
    for Disk { image, .. } in disks.iter().filter(|disk| disk.name == "damaged") {
        damage_esp(image, esp_start(&reference.installed.plan)?)?;
    }
    let (_, share) = install::share(&scenario, "refused.sh")?;
    presets(&share)?;
    let mut list = String::new();
    for Disk {
        name,
        image,
        serial,
        table,
    } in &disks
    {
        let size = fs::metadata(image)?.len();
        list.push_str(&format!("{name} {serial} {size} {table}\n"));
    }
    share.write("disks", &list)?;
    let before = checksums(&disks)?;
    let [chosen, others @ ..] = &disks;
    let mut machine = work.live(&scenario, &chosen.image, &share)?;
    machine.others = others
        .iter()
        .map(|other| Drive {
            image: other.image.clone(),
            serial: other.serial,
        })
        .collect();
    let run = machine.run()?;
    report.note(format_args!("it took {:.0} s", run.seconds));
    for case in &CASES {
        report.check(
            format_args!("{}: refused, with the reason", case.name),
            refused(&share, case),
        );
    }
    install::left_as_before(&share, CASES.len(), report)?;
    let after = checksums(&disks)?;
    for ((disk, before), after) in disks.iter().zip(before).zip(after) {
        let name = format_args!("not a byte of the disk {} was written", disk.name);
        report.same(name, after, before);
    }
    Ok(())
}

fn checksums(disks: &[Disk]) -> Result<Vec<String>> {
    disks.iter().map(|disk| checksum(&disk.image)).collect()
}

/// Where the EFI system partition of the plan begins, in bytes.
fn esp_start(plan: &Plan) -> Result<u64> {
    let table = &plan.disk.table;
    let mut new = table.partitions.iter();
    let esp = new.find(|p| p.role == PartitionRole::Esp);
    let esp = esp.context("the plan has no EFI system partition")?;
    Ok(esp.start.bytes(table.sector_size).0)
}

/// Breaks the chains of a FAT32's first clusters, in both copies of its table, but for those of its top folder:
/// what is in the folders there can't be read any more. A boot sector has the sizes (Microsoft, "FAT: General
/// Overview of On-Disk Format").
fn damage_esp(image: &Path, start: u64) -> Result<()> {
    let mut disk = File::options().read(true).write(true).open(image)?;
    let mut boot = [0; 512];
    disk.seek(SeekFrom::Start(start))?;
    disk.read_exact(&mut boot)?;
    let value = |at: usize, length: usize| {
        let bytes = boot.get(at..at + length).unwrap_or_default().iter().rev();
        bytes.fold(0, |value, byte| value << 8 | u64::from(*byte))
    };
    if boot.get(82..90) != Some(b"FAT32   ") || value(44, 4) != 2 {
        bail!("there is no FAT32 at {start} in {}", image.display());
    }
    let (sector, reserved, length) = (value(11, 2), value(14, 2), value(36, 4));
    for copy in 0..value(16, 1) {
        let table = start + (reserved + copy * length) * sector;
        // After two entries that are none and the top folder's own, of four bytes each.
        disk.seek(SeekFrom::Start(table + 3 * 4))?;
        disk.write_all(&[0; 4096])?;
    }
    Ok(())
}

/// The preset of the tests with another disk, and with a package that there is not.
fn presets(share: &Share) -> Result<()> {
    let text = fs::read_to_string(source("preset.toml"))?;
    let small = text.replace(DISK_SERIAL, SMALL_SERIAL);
    let nonsense = format!("{text}\n[software]\npackages = [\"no-such-package\"]\n");
    if small == text {
        bail!("the preset does not choose the disk by {DISK_SERIAL}");
    }
    share.write("small.toml", &small)?;
    let damaged = text.replace(DISK_SERIAL, DAMAGED_SERIAL);
    let damaged = damaged.replace(
        "layout = \"erase\"",
        "layout = \"replace\"\npartition = { number = 2 }",
    );
    share.write("damaged.toml", &damaged)?;
    share.write("nonsense.toml", &nonsense)
}

/// Whether a case ended as it must.
pub(crate) fn refused(share: &Share, case: &Case) -> Result<()> {
    let said = share.read(&format!("{}.said", case.name))?;
    let status = share.read(&format!("{}.status", case.name))?;
    if status.trim() != case.status {
        bail!("it ended with {}, having said\n{said}", status.trim());
    }
    if !said.contains(case.words) {
        bail!("it does not say `{}`, but\n{said}", case.words);
    }
    if let Some(step) = case.step {
        let attempts = attempts::read_as(share, &format!("{}.jsonl", case.name))?;
        let last = attempts.last().context("the journal is empty")?;
        let failed = last.failure().map(|(step, _)| step);
        if failed != Some(step) || last.last_begun() != Some(step) {
            bail!("it ended with {:?}", last.outcome());
        }
    }
    Ok(())
}
