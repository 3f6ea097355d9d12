//! The large neighbour's file system: made with files in it, and read, by its own tools.

use super::disk::tool;
use crate::workspace::Scenario;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileSystem {
    Ext4,
    Ntfs,
    Btrfs,
}

/// What the Linux in the ext4 or btrfs calls itself, and what its root is known by.
const NAME: &str = "Debian GNU/Linux 12 (bookworm)";
const UUID: &str = "6e657661-646f-4000-8000-0000000000f7";

/// Files of noise, by name and size.
const FILES: [(&str, u64); 3] = [
    ("letter.txt", 1234),
    ("picture.raw", 5 << 20),
    ("film.raw", 150 << 20),
];

/// Makes it in an image of a partition that begins at this sector.
pub(super) fn make(
    file_system: FileSystem,
    scenario: &Scenario,
    image: &Path,
    start: u64,
) -> Result<()> {
    let folder = scenario.path("neighbour");
    fs::create_dir_all(&folder)?;
    for (name, size) in FILES {
        let mut noise = File::open("/dev/urandom")?.take(size);
        std::io::copy(&mut noise, &mut File::create(folder.join(name))?)?;
    }
    match file_system {
        FileSystem::Ext4 => {
            system(&folder, &format!("UUID={UUID} / ext4 defaults 0 1\n"))?;
            let mut command = Command::new("mkfs.ext4");
            let command = command.args(["-q", "-U", UUID, "-d"]);
            tool(command.arg(&folder).arg(image))?;
        }
        FileSystem::Ntfs => {
            tool(
                Command::new("mkfs.ntfs")
                    .args(["--force", "--quick", "--quiet", "--sector-size", "512"])
                    .args(["--heads", "255", "--sectors-per-track", "63"])
                    .args(["--partition-start", &start.to_string()])
                    .arg(image),
            )?;
            for (name, _) in FILES {
                let mut command = Command::new("ntfscp");
                tool(command.arg(image).arg(folder.join(name)).arg(name))?;
            }
            // It stands for the folder that a Windows is told by.
            let mut command = Command::new("ntfscp");
            tool(
                command
                    .arg(image)
                    .arg(folder.join("letter.txt"))
                    .arg("Windows"),
            )?;
        }
        FileSystem::Btrfs => {
            let fstab = [("/", "root"), ("/home", "home")];
            let fstab =
                fstab.map(|(at, name)| format!("UUID={UUID} {at} btrfs subvol={name} 0 0\n"));
            system(&folder, &fstab.concat())?;
            let mut command = Command::new("mkfs.btrfs");
            let command = command.args(["-q", "-U", UUID, "--rootdir"]);
            tool(command.arg(&folder).arg(image))?;
        }
    }
    Ok(())
}

/// What a Linux is known by, with the home folders of another partition as data of no system.
fn system(folder: &Path, fstab: &str) -> Result<()> {
    fs::create_dir_all(folder.join("usr/lib"))?;
    fs::create_dir_all(folder.join("etc"))?;
    let name = format!("PRETTY_NAME=\"{NAME}\"\n");
    fs::write(folder.join("usr/lib/os-release"), name)?;
    let data = "PARTUUID=6e657661-646f-4000-8000-000000000003 /srv ext4 defaults 0 2";
    let fstab = format!("{fstab}{data}\n/swapfile none swap sw 0 0\n");
    fs::write(folder.join("etc/fstab"), fstab)?;
    Ok(())
}

/// Whether it is sound, and not larger than the image.
pub(super) fn is_sound(file_system: FileSystem, image: &Path) -> Result<()> {
    match file_system {
        // Also looks whether there are as many blocks as the file system says.
        FileSystem::Ext4 => {
            let mut command = Command::new("e2fsck");
            tool(command.args(["-f", "-n"]).arg(image)).map(drop)
        }
        // It waits for a check by Windows, which is why it takes force to ask.
        FileSystem::Ntfs => {
            let mut command = Command::new("ntfsresize");
            let said = tool(
                command
                    .args(["--info", "--force", "--no-progress-bar"])
                    .arg(image),
            )?;
            let size = said.lines().find_map(|line| {
                let words = line.strip_prefix("Current volume size:")?;
                words.trim().split(' ').next()?.parse::<u64>().ok()
            });
            fits(size, image)
        }
        FileSystem::Btrfs => {
            let mut command = Command::new("btrfs");
            tool(command.args(["check", "--readonly"]).arg(image))?;
            let mut command = Command::new("btrfs");
            let said = tool(command.args(["inspect-internal", "dump-super"]).arg(image))?;
            let size = said.lines().find_map(|line| {
                let number = line.strip_prefix("dev_item.total_bytes")?;
                number.trim().parse::<u64>().ok()
            });
            fits(size, image)
        }
    }
}

/// Whether a file system of that many bytes has room in the image.
fn fits(size: Option<u64>, image: &Path) -> Result<()> {
    let (size, room) = (size.context("no size")?, fs::metadata(image)?.len());
    if size > room {
        bail!("it has {size} bytes in a partition of {room}");
    }
    Ok(())
}

/// Checksums of the files in it.
pub(super) fn sums(file_system: FileSystem, image: &Path) -> Result<Vec<String>> {
    let restored = image.with_extension("restored");
    if file_system == FileSystem::Btrfs {
        fs::create_dir_all(&restored)?;
        let mut command = Command::new("btrfs");
        tool(command.arg("restore").arg(image).arg(&restored))?;
    }
    FILES
        .iter()
        .map(|(name, _)| match file_system {
            FileSystem::Ext4 => {
                let mut command = Command::new("debugfs");
                sum(command.arg("-R").arg(format!("cat /{name}")).arg(image))
            }
            FileSystem::Ntfs => sum(Command::new("ntfscat").arg("--force").arg(image).arg(name)),
            FileSystem::Btrfs => sum(Command::new("cat").arg(restored.join(name))),
        })
        .collect()
}

/// Checksums of the files that were put in.
pub(super) fn made_sums(scenario: &Scenario) -> Result<Vec<String>> {
    let folder = scenario.path("neighbour");
    let files = FILES.iter().map(|(name, _)| folder.join(name));
    files
        .map(|file| sum(Command::new("cat").arg(file)))
        .collect()
}

/// The checksum of what a program prints.
fn sum(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::null()).output()?;
    let mut summing = Command::new("sha256sum")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = summing.stdin.take().context("sha256sum has no input")?;
    input.write_all(&output.stdout)?;
    drop(input);
    Ok(String::from_utf8(summing.wait_with_output()?.stdout)?)
}
