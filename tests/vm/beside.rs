//! An install on a disk that others use, into its free space or in place of one partition: a file
//! system with files, an ESP with the boot loaders of other systems. Afterwards every byte of the one
//! is as before, every file of the other is there, the table has them where they were, and the new
//! system starts.
//!
//! The disk is made on the host, and looked at from there: nothing of Nevado is in between.

use crate::bench::Bench;
use crate::boot::boot;
use crate::install::{Installed, left_as_before, random_seed, share};
use crate::report::Report;
use crate::workspace::{Scenario, source};
use anyhow::{Context, Result, bail};
use nevado::plan::Plan;
use nevado::preset;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The table: slots with holes and out of order, an odd sector, attributes, names.
const TABLE: &str = "label: gpt
label-id: 6e657661-646f-4000-8000-000000000001
5: start=2048, size=1228800, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, uuid=6E657661-646F-4000-8000-000000000005, name=\"EFI — système\", attrs=\"RequiredPartition\"
3: start=1230848, size=2097152, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=6E657661-646F-4000-8000-000000000003, name=\"debian\"
2: start=39845889, size=1048577, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, uuid=6E657661-646F-4000-8000-000000000002, name=\"Basic data partition\", attrs=\"GUID:62,63\"
";

/// A line more, for a partition in what is free: the system that is replaced.
const OLD_SYSTEM: &str = "\
7: start=3328000, size=36517888, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=6E657661-646F-4000-8000-000000000007, name=\"old system\"
";

/// Its number, first sector and length.
const REPLACED: (u32, u64, u64) = (7, 3_328_000, 36_517_888);

/// Number, first sector and length of those in which every byte must stay.
const UNTOUCHED: [(u32, u64, u64); 2] = [(3, 1_230_848, 2_097_152), (2, 39_845_889, 1_048_577)];

/// Where the ESP begins, in bytes.
const ESP: u64 = 2048 * 512;

/// Files of other boot loaders, and what stands in them here.
const LOADERS: [(&str, &str); 3] = [
    (
        "EFI/Microsoft/Boot/bootmgfw.efi",
        "stands for the Windows Boot Manager",
    ),
    ("EFI/Microsoft/Boot/BCD", "stands for its configuration"),
    ("EFI/debian/grubx64.efi", "stands for Debian's GRUB"),
];

/// Where on the disk the new system goes.
pub(crate) struct Place {
    /// What its folders are called.
    name: &'static str,
    /// What the preset has in `[disk]`.
    lines: &'static str,
    /// Whether a partition is in the place.
    replaces: bool,
}

/// Between the others.
pub(crate) const FREE: Place = Place {
    name: "beside",
    lines: "layout = \"free\"",
    replaces: false,
};

/// Where an old system is.
pub(crate) const REPLACE: Place = Place {
    name: "replace",
    lines: "layout = \"replace\"\npartition = { label = \"old system\" }",
    replaces: true,
};

/// Makes the disk, installs, compares, boots.
pub(crate) fn install_beside(place: &Place, bench: &mut Bench, report: &mut Report) -> Result<()> {
    let work = &bench.work.with(place.name, bench.work.computer());
    let scenario = work.scenario("install")?;
    let disk = scenario.empty_disk()?;
    make_disk(&scenario, &disk, place)?;
    let before = (table_lines(&disk)?, sums(&disk)?);

    let (_, share) = share(&scenario, "install.sh")?;
    let text = fs::read_to_string(source("preset.toml"))?;
    let text = text.replace("layout = \"erase\"", place.lines);
    share.write("preset.toml", &text)?;
    let preset = preset::read(&text, "preset.toml")?;
    let seed = random_seed()?;
    share.write("seed", &seed)?;
    let machine = work.live(&scenario, &disk, &share)?;
    let run = machine.run()?;
    report.note(format_args!(
        "the install beside others took {:.0} s",
        run.seconds
    ));
    if share.status()? != "0" {
        bail!("nevado install failed:\n{}", run.last_lines(40));
    }
    left_as_before(&share, 1, report)?;
    let plan: Plan = serde_json::from_str(&share.read("plan.json")?)?;
    report.same(
        "the plan loses what is replaced, and nothing else",
        plan.losses.len(),
        usize::from(place.replaces),
    );
    let new: Vec<_> = plan.table.partitions.iter().collect();
    report.same("one partition is new", new.len(), 1);
    if let (true, Some(new)) = (place.replaces, new.first()) {
        let (number, start, length) = REPLACED;
        let within = start <= new.start.0 && new.start.0 + new.length.0 <= start + length;
        report.same(
            "it is where the replaced one was, under its number",
            (new.number, within),
            (number, true),
        );
    }

    let verdict = tool(Command::new("sgdisk").arg("--verify").arg(&disk))?;
    report.contains(
        "`sgdisk --verify` finds no problem",
        &verdict,
        "No problems found",
    );
    let after = table_lines(&disk)?;
    let is_replaced = |line: &&String| place.replaces && OLD_SYSTEM.contains(uuid_in(line));
    report.same(
        "the replaced one is not in the table any more",
        after.iter().any(|line| is_replaced(&line)),
        false,
    );
    for line in before.0.iter().filter(|line| !is_replaced(line)) {
        let name = line.split(" : ").next().unwrap_or(line);
        let name = name.rsplit('/').next().unwrap_or(name);
        report.same(
            format_args!("the table's line {name} is as before"),
            after.contains(line),
            true,
        );
    }
    report.same(
        "every byte of the other partitions is as before",
        sums(&disk)?,
        before.1,
    );
    for (path, content) in LOADERS {
        let at = format!("{}@@{ESP}", disk.display());
        let found = tool(
            Command::new("mtype")
                .args(["-i", &at])
                .arg(format!("::{path}")),
        );
        report.same(
            format_args!("{path} is still on the ESP"),
            found.unwrap_or_default(),
            content.to_owned(),
        );
    }
    let installed = Installed {
        disk,
        variables: machine.variables,
        plan,
        preset,
        seed,
    };
    boot(work, &installed, report)
}

/// An ESP with loaders, an ext4 with files, and a partition full of noise.
fn make_disk(scenario: &Scenario, disk: &Path, place: &Place) -> Result<()> {
    let mut sfdisk = Command::new("sfdisk")
        .arg("--quiet")
        .arg(disk)
        .stdin(Stdio::piped())
        .spawn()
        .context("starting sfdisk")?;
    let mut input = sfdisk.stdin.take().context("sfdisk has no input")?;
    input.write_all(TABLE.as_bytes())?;
    if place.replaces {
        input.write_all(OLD_SYSTEM.as_bytes())?;
    }
    drop(input);
    if !sfdisk.wait()?.success() {
        bail!("sfdisk failed");
    }
    let files = scenario.path("files");
    fs::create_dir_all(files.join("home/ada"))?;
    fs::write(
        files.join("home/ada/letter.txt"),
        "unchanged\n".repeat(5000),
    )?;
    let [(_, ext4, ext4_length), (_, noise, noise_length)] = UNTOUCHED;
    let image = scenario.path("ext4.img");
    File::create(&image)?.set_len(ext4_length * 512)?;
    tool(
        Command::new("mkfs.ext4")
            .args(["-q", "-d"])
            .arg(&files)
            .arg(&image),
    )?;
    copy_into(disk, &image, ext4 * 512)?;
    if place.replaces {
        let (_, old, length) = REPLACED;
        let image = scenario.path("old.img");
        File::create(&image)?.set_len(length * 512)?;
        tool(Command::new("mkfs.ext4").arg("-q").arg(&image))?;
        copy_into(disk, &image, old * 512)?;
    }
    let image = scenario.path("esp.img");
    File::create(&image)?.set_len(1_228_800 * 512)?;
    tool(
        Command::new("mkfs.vfat")
            .args(["-F", "32", "-n", "SYSTEM"])
            .arg(&image),
    )?;
    let at = image.display().to_string();
    for folder in ["EFI", "EFI/Microsoft", "EFI/Microsoft/Boot", "EFI/debian"] {
        tool(
            Command::new("mmd")
                .args(["-i", &at])
                .arg(format!("::{folder}")),
        )?;
    }
    for (path, content) in LOADERS {
        let file = scenario.path("loader");
        fs::write(&file, content)?;
        tool(
            Command::new("mcopy")
                .args(["-i", &at])
                .arg(&file)
                .arg(format!("::{path}")),
        )?;
    }
    copy_into(disk, &image, ESP)?;
    let mut random = File::open("/dev/urandom")?.take(1 << 20);
    let mut block = Vec::new();
    random.read_to_end(&mut block)?;
    let mut file = File::options().write(true).open(disk)?;
    for at in [noise * 512, (noise + noise_length) * 512 - (1 << 20)] {
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&block)?;
    }
    Ok(())
}

/// Copies an image to its place; blocks of zeros stay holes.
fn copy_into(disk: &Path, image: &Path, at: u64) -> Result<()> {
    let (mut from, mut into) = (File::open(image)?, File::options().write(true).open(disk)?);
    let mut block = vec![0; 1 << 16];
    let mut place = at;
    loop {
        let count = from.read(&mut block)?;
        let Some(part) = block.get(..count).filter(|part| !part.is_empty()) else {
            break;
        };
        if part.iter().any(|byte| *byte != 0) {
            into.seek(SeekFrom::Start(place))?;
            into.write_all(part)?;
        }
        place += count as u64;
    }
    fs::remove_file(image)?;
    Ok(())
}

/// The GUID in such a line; the whole line if it has none.
fn uuid_in(line: &str) -> &str {
    let uuid = line.split_once("uuid=").map(|(_, rest)| rest);
    uuid.and_then(|rest| rest.split([',', ' ']).next())
        .unwrap_or(line)
}

/// The lines of `sfdisk --dump` that describe partitions, and the disk's GUID.
fn table_lines(disk: &Path) -> Result<Vec<String>> {
    let dump = tool(Command::new("sfdisk").arg("--dump").arg(disk))?;
    let says = |line: &&str| line.contains(" : start=") || line.starts_with("label-id");
    Ok(dump.lines().filter(says).map(str::to_owned).collect())
}

/// Checksums of what must not change.
fn sums(disk: &Path) -> Result<Vec<String>> {
    let sum = |(_, start, length): (u32, u64, u64)| {
        let mut file = File::open(disk)?;
        file.seek(SeekFrom::Start(start * 512))?;
        let mut child = Command::new("sha256sum")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().context("sha256sum has no input")?;
        std::io::copy(&mut file.take(length * 512), &mut input)?;
        drop(input);
        let output = child.wait_with_output()?;
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    };
    UNTOUCHED.into_iter().map(sum).collect()
}

/// Runs a tool of the host.
fn tool(command: &mut Command) -> Result<String> {
    let output = command
        .env("LC_ALL", "C")
        .output()
        .with_context(|| format!("starting {:?}", command.get_program()))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        bail!("{:?}: {why}", command.get_program());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
