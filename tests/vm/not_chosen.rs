//! A disk that nobody chose: it is there during an install, and afterwards no byte of it was written.

use crate::checksum::checksum;
use crate::qemu::Drive;
use crate::report::Report;
use crate::workspace::Scenario;
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::Command;

/// Its size in bytes.
const SIZE: usize = 64 << 20;
/// What every byte is that belongs to no file system; no hole is in the image, so that a discard shows.
const PATTERN: u8 = 0x5A;

/// The disk, and the checksum that it must keep.
pub(crate) struct NotChosen {
    drive: Drive,
    before: String,
}

impl NotChosen {
    /// Makes it in the scenario's folder: an ext4 in its first half, which somebody might mount, and a
    /// pattern behind it.
    pub(crate) fn new(scenario: &Scenario) -> Result<Self> {
        let image = scenario.path("not-chosen.img");
        fs::write(&image, vec![PATTERN; SIZE])?;
        let status = Command::new("mkfs.ext4")
            .args(["-q", "-F", "-E", "nodiscard"])
            .arg(&image)
            .arg("32M")
            .status()
            .context("starting mkfs.ext4")?;
        if !status.success() {
            bail!("mkfs.ext4 failed on {}", image.display());
        }
        // mkfs sets room aside for zeros, which is a hole until the virtual machine has read it: all of it
        // is written out.
        fs::write(&image, fs::read(&image)?)?;
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
