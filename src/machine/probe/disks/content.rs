//! What a region of a disk holds, by what udev saw there.
//!
//! udev runs libblkid's probe on every disk and partition. Where its record shows nothing, or there
//! is none, `blkid` looks again, and samples are read; only what was read is called blank. A recording
//! holds no such region's bytes: there, udev's word is all there is.

use super::{Block, blank, measure};
use crate::machine::probe::Roots;
use crate::machine::probe::roots::clean;
use crate::machine::{Content, FileSystem};
use crate::units::Bytes;
use anyhow::{Context, Result, anyhow, bail};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::Output;

/// `blkid -p` found no signature, or could not look (`blkid(8)`).
const NOTHING: i32 = 2;
/// `blkid -p` found signatures that contradict each other.
const AMBIVALENT: i32 = 8;

/// What is on a whole disk without a table, or in a partition.
pub(super) fn content(roots: &Roots, block: &Block, mounts: &[PathBuf]) -> Content {
    if let Some(kind) = block.property("ID_FS_TYPE") {
        return Content::Formatted(file_system(roots, block, kind, mounts));
    }
    if let Some(found) = block.property("ID_FS_AMBIVALENT") {
        return Content::Unknown(format!("udev found several signatures: {found}"));
    }
    match (File::open(&block.node), &block.record) {
        (Ok(device), _) if roots.is_live() => second_look(roots, block, &device),
        (Err(error), _) if roots.is_live() => Content::Unknown(not_opened(block, &error)),
        (Ok(device), Some(_)) => blank::blank_or_data(&device),
        (Err(_), Some(_)) => Content::Blank,
        (Ok(_), None) => Content::Unknown("udev has no record of it".to_owned()),
        (Err(error), None) => Content::Unknown(format!(
            "udev has no record of it, and reading it failed: {error}"
        )),
    }
}

/// Why a node can't be looked at.
fn not_opened(block: &Block, error: &io::Error) -> String {
    let name = &block.name;
    match error.kind() {
        ErrorKind::PermissionDenied => format!("no permission to read /dev/{name}"),
        _ => format!("/dev/{name} can't be opened: {error}"),
    }
}

/// The file system that udev's record tells of.
fn file_system(roots: &Roots, block: &Block, kind: &str, mounts: &[PathBuf]) -> FileSystem {
    let record = block.record.as_ref();
    let mut found = FileSystem {
        kind: kind.to_owned(),
        label: record.and_then(|record| record.text("ID_FS_LABEL")),
        uuid: record.and_then(|record| record.get("ID_FS_UUID").map(str::to_owned)),
        size: record
            .and_then(|record| record.number("ID_FS_SIZE"))
            .map(Bytes),
        used: None,
        shrink: None,
        home_folders: None,
        installed: None,
        inside: None,
        subvolumes: None,
    };
    add_measures(roots, block, mounts, &mut found);
    found
}

/// Size and use: from the kernel where it is mounted, else from the file system itself.
fn add_measures(roots: &Roots, block: &Block, mounts: &[PathBuf], found: &mut FileSystem) {
    let mount = mounts.iter().find(|point| point.is_absolute());
    let measured = match mount {
        Some(point) if roots.is_live() => measure::mounted(point),
        Some(_) => None,
        None => measure::unmounted(&found.kind, &block.node),
    };
    if let Some((size, used)) = measured {
        found.size = Some(size);
        found.used = Some(used);
    }
}

/// What is there where udev says nothing: what `blkid` finds, else by samples.
fn second_look(roots: &Roots, block: &Block, device: &File) -> Content {
    let found = match (roots.program("blkid"), &block.record) {
        (Some(_), _) => blkid(roots, block),
        // Without the program, udev's own look for signatures stands.
        (None, Some(_)) => Ok(None),
        (None, None) => Err(anyhow!(
            "udev has no record of it, and blkid is not on PATH"
        )),
    };
    match found {
        Ok(Some(content)) => content,
        Ok(None) => blank::blank_or_data(device),
        Err(error) => Content::Unknown(format!("{error:#}")),
    }
}

/// Runs libblkid's low-level probe on a node; none where it finds no signature.
fn blkid(roots: &Roots, block: &Block) -> Result<Option<Content>> {
    let node = block.node.to_string_lossy();
    signature(&roots.run("blkid", &["-p", "-o", "export", &node])?)
}

/// What `blkid -p -o export` found.
fn signature(output: &Output) -> Result<Option<Content>> {
    let printed = clean(&output.stdout);
    match output.status.code() {
        Some(0) => {}
        Some(NOTHING) => return Ok(None),
        Some(AMBIVALENT) => {
            let why = "blkid found signatures that contradict each other";
            return Ok(Some(Content::Unknown(why.to_owned())));
        }
        _ => bail!(
            "blkid failed with {}: {}",
            output.status,
            clean(&output.stderr)
        ),
    }
    if let Some(found) = FileSystem::from_blkid(&printed) {
        return Ok(Some(Content::Formatted(found)));
    }
    let mut lines = printed.lines();
    let table = lines.find_map(|line| line.strip_prefix("PTTYPE="));
    let table = table.context("blkid printed neither TYPE nor PTTYPE")?;
    Ok(Some(Content::Unknown(format!(
        "it holds a {table} partition table"
    ))))
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
