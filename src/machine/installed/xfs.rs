//! The files of an xfs, found by xfs_db(8) and read from the device.

use super::{FoundLinux, MOST_LINKS, is_plain, linux_of};
use crate::machine::shrink::Tools;
use crate::process::Command;
use crate::units::Bytes;
use std::path::Path;

/// A file that is larger is none of those that are looked for.
const MOST: u64 = 1 << 20;

/// What an inode is, by the first bits of its mode (inode(7)).
const KIND: u32 = 0o170_000;
const FILE: u32 = 0o100_000;
const LINK: u32 = 0o120_000;

/// Which Linux has its root there; nothing where that can't be known.
pub(super) fn linux(device: &Path, tools: &mut dyn Tools) -> Option<Option<FoundLinux>> {
    let asked = ["sb 0", "print blocksize agblocks"];
    let said = ask(device, tools, &asked)?;
    let mut files = Files {
        block: number(&said, "blocksize")?,
        group: number(&said, "agblocks")?,
        device,
        tools,
    };
    files.inode("/")?;
    Some(linux_of(&mut files))
}

/// What xfs_db(8) prints, which may not write.
fn ask(device: &Path, tools: &mut dyn Tools, requests: &[&str]) -> Option<String> {
    let mut command = Command::new("xfs_db").arg("-r");
    for request in requests {
        command = command.args(["-c", request]);
    }
    Some(tools.run(&command.arg(device)).ok()?.stdout)
}

/// The value of the line `NAME = VALUE`.
fn value<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    let mut values = said.lines().filter_map(|line| line.split_once(" = "));
    values.find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn number(said: &str, name: &str) -> Option<u64> {
    value(said, name)?.parse().ok()
}

struct Files<'a> {
    /// The size of a block, in bytes.
    block: u64,
    /// How many blocks an allocation group has.
    group: u64,
    device: &'a Path,
    tools: &'a mut dyn Tools,
}

/// As far as it matters here.
struct Inode {
    mode: u32,
    size: u64,
    /// Where a link leads that is short enough to stand in the inode.
    link: Option<String>,
}

/// A part of a file that lies in one piece, in blocks.
struct Extent {
    /// Where in the file it begins.
    offset: u64,
    /// The allocation group that it lies in, and where.
    at: (u64, u64),
    count: u64,
}

impl Files<'_> {
    /// The inode at a path that has no link on the way to its end.
    fn inode(&mut self, path: &str) -> Option<Inode> {
        if !is_plain(path) {
            return None;
        }
        let said = ask(self.device, self.tools, &[&format!("path {path}"), "print"])?;
        // `u3` since version 5 of the format.
        let link = value(&said, "u3.symlink").or_else(|| value(&said, "u.symlink"));
        Some(Inode {
            mode: u32::from_str_radix(value(&said, "core.mode")?, 8).ok()?,
            size: number(&said, "core.size")?,
            link: link.map(|link| link.trim_matches('"').to_owned()),
        })
    }

    /// A file's path without links, with its inode; the tool follows none.
    fn file(&mut self, path: &str) -> Option<(String, Inode)> {
        let mut rest: Vec<String> = parts(path);
        let mut done = String::new();
        let mut links = 0;
        loop {
            let part = rest.pop()?;
            if part == ".." {
                done.truncate(done.rfind('/').unwrap_or(0));
                continue;
            }
            let next = format!("{done}/{part}");
            let inode = self.inode(&next)?;
            match (inode.mode & KIND, &inode.link) {
                (LINK, Some(link)) => {
                    links += 1;
                    if links > MOST_LINKS {
                        return None;
                    }
                    if link.starts_with('/') {
                        done.clear();
                    }
                    rest.extend(parts(link));
                }
                (FILE, _) if rest.is_empty() => return Some((next, inode)),
                _ => done = next,
            }
        }
    }

    fn extents(&mut self, path: &str) -> Option<Vec<Extent>> {
        let said = ask(self.device, self.tools, &[&format!("path {path}"), "bmap"])?;
        Some(said.lines().filter_map(extent).collect())
    }
}

/// The parts of a path, last first.
fn parts(path: &str) -> Vec<String> {
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
    parts.rev().map(str::to_owned).collect()
}

/// `data offset 0 startblock 12 (0/12) count 1 flag 0`
fn extent(line: &str) -> Option<Extent> {
    let mut words = line.strip_prefix("data offset ")?.split(' ');
    let offset = words.next()?.parse().ok()?;
    let at = words.nth(2)?.strip_prefix('(')?.strip_suffix(')')?;
    let (group, block) = at.split_once('/')?;
    Some(Extent {
        offset,
        at: (group.parse().ok()?, block.parse().ok()?),
        count: words.nth(1)?.parse().ok()?,
    })
}

impl super::Files for Files<'_> {
    fn text(&mut self, path: &str) -> Option<String> {
        let (path, inode) = self.file(path)?;
        let (block, size) = (self.block, inode.size);
        if size == 0 || size > MOST {
            return None;
        }
        let mut content = vec![0; usize::try_from(size).ok()?];
        for extent in self.extents(&path)? {
            let (group, at) = extent.at;
            let at = group.checked_mul(self.group)?.checked_add(at)?;
            let from = extent.offset.checked_mul(block)?;
            let length = extent
                .count
                .checked_mul(block)?
                .min(size.saturating_sub(from));
            let read = self
                .tools
                .read(self.device, Bytes(at.checked_mul(block)?), Bytes(length));
            let from = usize::try_from(from).ok()?;
            let place = content
                .get_mut(from..)?
                .get_mut(..usize::try_from(length).ok()?)?;
            place.copy_from_slice(read.ok()?.get(..place.len())?);
        }
        String::from_utf8(content).ok()
    }

    fn exists(&mut self, path: &str) -> bool {
        self.inode(path).is_some()
    }

    fn bytes(&mut self, path: &str, at: u64, length: u64) -> Option<Vec<u8>> {
        let (path, _) = self.file(path)?;
        let block = at / self.block;
        let holds = |extent: &Extent| {
            let after = extent.offset.saturating_add(extent.count);
            (extent.offset..after).contains(&block)
        };
        let extent = self.extents(&path)?.into_iter().find(holds)?;
        let (group, first) = extent.at;
        let first = group.checked_mul(self.group)?.checked_add(first)?;
        let block = first.checked_add(block - extent.offset)?;
        let at = block
            .checked_mul(self.block)?
            .checked_add(at % self.block)?;
        self.tools.read(self.device, Bytes(at), Bytes(length)).ok()
    }
}
