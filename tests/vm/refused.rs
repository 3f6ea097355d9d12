//! Installations that must be refused before a byte is written: on a disk that is too small, of a
//! configuration that does not evaluate, onto a disk that was swapped after the plan was confirmed.

use crate::attempts;
use crate::bench::Bench;
use crate::checksum::checksum;
use crate::install;
use crate::qemu::{DISK_SERIAL, Drive};
use crate::report::Report;
use crate::workspace::{DISK_SIZE, Share, source};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// The serial number of a disk that nobody chose.
const OTHER_SERIAL: &str = "NEVADO-TEST-2";
/// That of a disk with too little room.
const SMALL_SERIAL: &str = "NEVADO-SMALL";
/// Too little room, in bytes.
const SMALL: u64 = 4 << 30;

/// How a case must end.
struct Case {
    name: &'static str,
    status: &'static str,
    /// The step that must refuse; none if it must not come to steps.
    step: Option<u32>,
    /// What it must say.
    words: &'static str,
}

const CASES: [Case; 5] = [
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
    ];
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

/// The preset of the tests with another disk, and with a package that there is not.
fn presets(share: &Share) -> Result<()> {
    let text = fs::read_to_string(source("preset.toml"))?;
    let small = text.replace(DISK_SERIAL, SMALL_SERIAL);
    let nonsense = format!("{text}\n[software]\npackages = [\"no-such-package\"]\n");
    if small == text {
        bail!("the preset does not choose the disk by {DISK_SERIAL}");
    }
    share.write("small.toml", &small)?;
    share.write("nonsense.toml", &nonsense)
}

/// Whether a case ended as it must.
fn refused(share: &Share, case: &Case) -> Result<()> {
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
