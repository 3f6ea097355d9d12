//! The disk that others use, made and looked at on the host.

use super::homes;
use super::neighbour::{self, FileSystem};
use crate::workspace::Scenario;
use anyhow::{Context, Result, bail};
use rustix::fs::{SeekFrom as Part, seek};
use rustix::io::Errno;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The table: slots with holes and out of order, an odd sector, attributes, names.
const TABLE: &str = "label: gpt
label-id: 6e657661-646f-4000-8000-000000000001
5: start=2048, size=1228800, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, uuid=6E657661-646F-4000-8000-000000000005, name=\"EFI — système\", attrs=\"RequiredPartition\"
3: start=1230848, size=2097152, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=6E657661-646F-4000-8000-000000000003, name=\"debian\"
2: start=39845889, size=1048577, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, uuid=6E657661-646F-4000-8000-000000000002, name=\"Basic data partition\", attrs=\"GUID:62,63\"
";

/// A line more, for a large neighbour in what is free.
const NEIGHBOUR: &str = "\
7: start=3328000, size=36517888, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, uuid=6E657661-646F-4000-8000-000000000007, name=\"neighbour\"
";

/// Lines more, for a whole Windows in the same place: its reserved partition, its drive, its recovery tools.
const WINDOWS_TABLE: &str = "\
8: start=3328000, size=32768, type=E3C9E316-0B5C-4DB8-817D-F92DF00215AE, uuid=6E657661-646F-4000-8000-000000000008, name=\"Microsoft reserved partition\"
7: start=3360768, size=35436544, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, uuid=6E657661-646F-4000-8000-000000000007, name=\"neighbour\"
9: start=38797312, size=1048576, type=DE94BBA4-06D1-4D40-A16A-BFD50179D6AC, uuid=6E657661-646F-4000-8000-000000000009, name=\"recovery\", attrs=\"RequiredPartition GUID:63\"
";

/// First sector and length of its drive and of its recovery tools, and of what has no file system.
pub(super) const WINDOWS: [(u64, u64); 3] = [DRIVE, RECOVERY, (3_328_000, 32_768)];
const DRIVE: (u64, u64) = (3_360_768, 35_436_544);
const RECOVERY: (u64, u64) = (38_797_312, 1_048_576);

/// Its number, first sector and length.
pub(super) const PLACE: (u32, u64, u64) = (7, 3_328_000, 36_517_888);

/// Number, first sector and length of one with home folders, and of one full of noise.
pub(super) const HOMES: (u32, u64, u64) = (3, 1_230_848, 2_097_152);
pub(super) const NOISE: (u32, u64, u64) = (2, 39_845_889, 1_048_577);

/// Where the ESP begins, in bytes.
pub(super) const ESP: u64 = 2048 * 512;

/// Files of other boot loaders, and what stands in them here.
pub(super) const LOADERS: [(&str, &str); 3] = [
    (
        "EFI/Microsoft/Boot/bootmgfw.efi",
        "stands for the Windows Boot Manager",
    ),
    ("EFI/Microsoft/Boot/BCD", "stands for its configuration"),
    ("EFI/debian/grubx64.efi", "stands for Debian's GRUB"),
];

/// The loader that firmware starts which knows of no entry, another system's; it makes way for the new one's
/// (UEFI specification 2.10, 3.5.1.1).
pub(super) const FALLBACK: (&str, &str) = ("EFI/BOOT/BOOTX64.EFI", "stands for Debian's shim");

/// An ESP with loaders, an ext4 with files, a partition full of noise and, if there is one, a large
/// neighbour with this file system.
pub(super) fn make(scenario: &Scenario, disk: &Path, neighbour: Option<FileSystem>) -> Result<()> {
    let more = neighbour.map_or("", |_| NEIGHBOUR);
    make_others(scenario, disk, &format!("{TABLE}{more}"))?;
    match neighbour {
        Some(file_system) => put_neighbour(file_system, scenario, disk, (PLACE.1, PLACE.2)),
        None => Ok(()),
    }
}

/// The same with a whole Windows in the neighbour's place. What is full of noise is no drive of Windows then:
/// with two drives, which of them belongs to it alone is not clear.
pub(super) fn make_with_windows(scenario: &Scenario, disk: &Path) -> Result<()> {
    let data = TABLE.replace(
        "type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
        "type=0FC63DAF-8483-4772-8E79-3D69D8477DE4",
    );
    make_others(scenario, disk, &format!("{data}{WINDOWS_TABLE}"))?;
    put_neighbour(FileSystem::Ntfs, scenario, disk, DRIVE)?;
    put_neighbour(FileSystem::Ntfs, scenario, disk, RECOVERY)
}

/// A file system with files, in these sectors.
fn put_neighbour(
    file_system: FileSystem,
    scenario: &Scenario,
    disk: &Path,
    (start, length): (u64, u64),
) -> Result<()> {
    let image = scenario.path("neighbour.img");
    File::create(&image)?.set_len(length * 512)?;
    neighbour::make(file_system, scenario, &image, start)?;
    copy_into(disk, &image, start * 512)
}

/// The table, the ESP, the home folders and the noise.
fn make_others(scenario: &Scenario, disk: &Path, table: &str) -> Result<()> {
    let mut sfdisk = Command::new("sfdisk")
        .arg("--quiet")
        .arg(disk)
        .stdin(Stdio::piped())
        .spawn()
        .context("starting sfdisk")?;
    let mut input = sfdisk.stdin.take().context("sfdisk has no input")?;
    input.write_all(table.as_bytes())?;
    drop(input);
    if !sfdisk.wait()?.success() {
        bail!("sfdisk failed");
    }
    let (_, homes, length) = HOMES;
    let image = scenario.path("homes.img");
    File::create(&image)?.set_len(length * 512)?;
    homes::make(scenario, &image)?;
    copy_into(disk, &image, homes * 512)?;
    let image = scenario.path("esp.img");
    File::create(&image)?.set_len(1_228_800 * 512)?;
    tool(
        Command::new("mkfs.vfat")
            .args(["-F", "32", "-n", "SYSTEM"])
            .arg(&image),
    )?;
    let at = image.display().to_string();
    let folders = [
        "EFI",
        "EFI/BOOT",
        "EFI/Microsoft",
        "EFI/Microsoft/Boot",
        "EFI/debian",
    ];
    for folder in folders {
        tool(
            Command::new("mmd")
                .args(["-i", &at])
                .arg(format!("::{folder}")),
        )?;
    }
    for (path, content) in LOADERS.into_iter().chain([FALLBACK]) {
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
    let (_, noise, noise_length) = NOISE;
    for at in [noise * 512, (noise + noise_length) * 512 - (1 << 20)] {
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&block)?;
    }
    Ok(())
}

/// Copies an image to its place; holes and blocks of zeros stay holes.
pub(crate) fn copy_into(disk: &Path, image: &Path, at: u64) -> Result<()> {
    let (mut from, mut into) = (File::open(image)?, File::options().write(true).open(disk)?);
    let mut block = vec![0; 1 << 16];
    let mut place = 0;
    loop {
        place = match seek(&from, Part::Data(place)) {
            Ok(data) => data,
            // No more data (lseek(2)).
            Err(Errno::NXIO) => break,
            Err(error) => return Err(error.into()),
        };
        let hole = seek(&from, Part::Hole(place))?;
        from.seek(SeekFrom::Start(place))?;
        while place < hole {
            let count = from.read(&mut block)?;
            let part = block.get(..count).unwrap_or_default();
            if part.iter().any(|byte| *byte != 0) {
                into.seek(SeekFrom::Start(at + place))?;
                into.write_all(part)?;
            }
            place += count as u64;
        }
    }
    fs::remove_file(image)?;
    Ok(())
}

/// Whether such a line is the large neighbour's, or is for another part of the Windows on it.
pub(super) fn is_neighbour(line: &str) -> bool {
    let last = ["7", "8", "9"];
    let own = last.map(|last| format!("uuid=6E657661-646F-4000-8000-00000000000{last}"));
    own.iter().any(|own| line.contains(own))
}

/// One partition alone, which begins at this sector and has this many.
pub(super) fn partition_image(
    scenario: &Scenario,
    disk: &Path,
    (start, length): (u64, u64),
) -> Result<PathBuf> {
    let image = scenario.path("partition.img");
    tool(
        Command::new("dd")
            .args(["bs=1M", "iflag=skip_bytes,count_bytes", "conv=sparse"])
            .arg(format!("if={}", disk.display()))
            .arg(format!("of={}", image.display()))
            .arg(format!("skip={}", start * 512))
            .arg(format!("count={}", length * 512)),
    )?;
    File::options()
        .write(true)
        .open(&image)?
        .set_len(length * 512)?;
    Ok(image)
}

/// The lines of `sfdisk --dump` that describe partitions, and the disk's GUID.
pub(super) fn table_lines(disk: &Path) -> Result<Vec<String>> {
    let dump = tool(Command::new("sfdisk").arg("--dump").arg(disk))?;
    let says = |line: &&str| line.contains(" : start=") || line.starts_with("label-id");
    Ok(dump.lines().filter(says).map(str::to_owned).collect())
}

/// Checksums of the partitions in which no byte must change.
pub(super) fn sums(disk: &Path, untouched: &[(u32, u64, u64)]) -> Result<Vec<String>> {
    let parts = untouched.iter();
    parts
        .map(|(_, start, length)| sum(disk, *start, *length))
        .collect()
}

/// The checksum of these sectors of a disk.
pub(crate) fn sum(disk: &Path, start: u64, length: u64) -> Result<String> {
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
}

/// Runs a tool of the host.
pub(crate) fn tool(command: &mut Command) -> Result<String> {
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
