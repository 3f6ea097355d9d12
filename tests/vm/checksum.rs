//! The checksum that shows whether anything was written to an image of a disk.

use anyhow::{Context, Result, bail};
use rustix::fs::{SeekFrom, seek};
use rustix::io::Errno;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// A SHA-256 checksum of an image: of its size, and of where its data is and what it is. A byte that
/// was written where there was a hole changes it too, even a zero. Room that was set aside and not
/// written must not be in it (fallocate(2)): it is a hole until somebody has read it.
pub(crate) fn checksum(image: &Path) -> Result<String> {
    let mut file = File::open(image).with_context(|| format!("opening {}", image.display()))?;
    let size = file.metadata()?.len();
    let mut summing = Command::new("sha256sum")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting sha256sum")?;
    let mut input = summing.stdin.take().context("sha256sum reads nothing")?;
    writeln!(input, "{size}")?;
    let mut at = 0;
    // ENXIO: no more data (lseek(2)).
    loop {
        let begin = match seek(&file, SeekFrom::Data(at)) {
            Ok(begin) => begin,
            Err(Errno::NXIO) => break,
            Err(error) => return Err(error.into()),
        };
        at = seek(&file, SeekFrom::Hole(begin))?;
        writeln!(input, "{begin} {at}")?;
        file.seek(std::io::SeekFrom::Start(begin))?;
        std::io::copy(&mut (&file).take(at - begin), &mut input)?;
    }
    drop(input);
    let output = summing.wait_with_output()?;
    if !output.status.success() {
        bail!("sha256sum ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
