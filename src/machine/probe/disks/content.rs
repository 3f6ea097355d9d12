//! What a region of a disk holds, by what udev saw there.
//!
//! udev runs libblkid's probe on every disk and partition. Where its record shows nothing, or there
//! is none, and the node can be read, `blkid` looks again; only then is a region called blank.

use super::{Block, measure};
use crate::machine::probe::Roots;
use crate::machine::probe::roots::clean;
use crate::machine::{Content, FileSystem};
use crate::units::Bytes;
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::path::PathBuf;

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
    let readable = File::open(&block.node);
    match (&block.record, readable) {
        (_, Ok(_)) if roots.is_live() => second_look(roots, block),
        (Some(_), _) => Content::Blank,
        (None, Ok(_)) => Content::Unknown("udev has no record of it".to_owned()),
        (None, Err(error)) => Content::Unknown(format!(
            "udev has no record of it, and reading it failed: {error}"
        )),
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

/// What `blkid` says where udev says nothing.
fn second_look(roots: &Roots, block: &Block) -> Content {
    match blkid(roots, block) {
        Ok(content) => content,
        // Without the program, udev's own look stands.
        Err(_) if block.record.is_some() => Content::Blank,
        Err(error) => Content::Unknown(format!("udev has no record of it, and {error:#}")),
    }
}

/// Runs libblkid's low-level probe on a node that can be read.
fn blkid(roots: &Roots, block: &Block) -> Result<Content> {
    let node = block.node.to_string_lossy();
    let output = roots.run("blkid", &["-p", "-o", "export", &node])?;
    let printed = clean(&output.stdout);
    let value = |name: &str| {
        let mut lines = printed.lines();
        lines.find_map(|line| {
            line.strip_prefix(name)?
                .strip_prefix('=')
                .map(str::to_owned)
        })
    };
    match output.status.code() {
        Some(0) => {}
        Some(NOTHING) => return Ok(Content::Blank),
        Some(AMBIVALENT) => {
            let why = "blkid found signatures that contradict each other";
            return Ok(Content::Unknown(why.to_owned()));
        }
        _ => bail!(
            "blkid failed with {}: {}",
            output.status,
            clean(&output.stderr)
        ),
    }
    let Some(kind) = value("TYPE") else {
        let table = value("PTTYPE").context("blkid printed neither TYPE nor PTTYPE")?;
        return Ok(Content::Unknown(format!(
            "it holds a {table} partition table"
        )));
    };
    Ok(Content::Formatted(FileSystem {
        kind,
        label: value("LABEL"),
        uuid: value("UUID"),
        size: value("FSSIZE")
            .and_then(|size| size.parse().ok())
            .map(Bytes),
        used: None,
    }))
}
