//! A disk that nobody chose: it is there during an install, and afterwards no byte of it was written.

use crate::beside::tool;
use crate::checksum::checksum;
use crate::mbr::write_table;
use crate::qemu::Drive;
use crate::report::Report;
use crate::workspace::Scenario;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Its size in bytes.
const SIZE: usize = 64 << 20;
/// What every byte is that belongs to no file system; no hole is in the image, so that a discard shows.
const PATTERN: u8 = 0x5A;

/// Its table: what the chosen disk has, by the same names.
const TABLE: &str = "label: gpt
1: start=2048, size=32768, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name=\"ESP\"
2: start=34816, size=32768, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709, name=\"nixos\"
3: start=67584, size=32768, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=\"neighbour\"
";

/// What makes a file system in each of them, with the label that one on the chosen disk has or gets, and the
/// sector that it begins at.
const CONTENT: [(&[&str], u64); 3] = [
    (&["mkfs.vfat", "-n", "BOOT"], 2048),
    (&["mkfs.ext4", "-q", "-F", "-L", "nixos"], 34816),
    (&["mkfs.ext4", "-q", "-F", "-L", "neighbour"], 67584),
];
/// How many bytes each has.
const LENGTH: usize = 16 << 20;

/// The disk, and the checksum that it must keep.
pub(crate) struct NotChosen {
    drive: Drive,
    before: String,
}

impl NotChosen {
    /// Makes it in the scenario's folder: partitions and file systems that a mix-up by label, by type or by
    /// number would take for those of the chosen disk, and a pattern around them.
    pub(crate) fn new(scenario: &Scenario) -> Result<Self> {
        let image = scenario.path("not-chosen.img");
        fs::write(&image, vec![PATTERN; SIZE])?;
        write_table(&image, TABLE)?;
        // What mkfs leaves out is a hole until somebody has read it: all of it is written out.
        let mut content = fs::read(&image)?;
        for (make, sector) in CONTENT {
            let made = made(&scenario.path("not-chosen-part.img"), make)?;
            let at = usize::try_from(sector)? * 512;
            let place = content.get_mut(at..at + LENGTH);
            place.context("it is too small")?.copy_from_slice(&made);
        }
        fs::write(&image, content)?;
        let before = checksum(&image)?;
        let serial = "NEVADO-TEST-2";
        Ok(Self {
            drive: Drive { image, serial },
            before,
        })
    }

    /// To be put into the machine.
    pub(crate) fn drive(&self) -> Drive {
        self.drive.clone()
    }

    /// Looks whether it is as it was made.
    pub(crate) fn is_unchanged(&self, report: &mut Report) -> Result<()> {
        report.same(
            "not a byte of the disk that was not chosen has changed",
            checksum(&self.drive.image)?,
            self.before.clone(),
        );
        Ok(())
    }
}

/// A file system as this makes it.
fn made(image: &Path, make: &[&str]) -> Result<Vec<u8>> {
    fs::write(image, vec![0; LENGTH])?;
    let (program, words) = make.split_first().context("it names no program")?;
    tool(Command::new(program).args(words).arg(image))?;
    let content = fs::read(image)?;
    fs::remove_file(image)?;
    Ok(content)
}
