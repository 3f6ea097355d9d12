//! The files of an ext file system, by debugfs(8).

use super::{FoundLinux, MOST_LINKS, is_plain, linux_of};
use crate::machine::shrink::Tools;
use crate::process::Command;
use crate::units::Bytes;
use std::path::Path;

/// Which Linux has its root there; nothing where that can't be known.
pub(super) fn linux(device: &Path, tools: &mut dyn Tools) -> Option<Option<FoundLinux>> {
    let mut files = Files { device, tools };
    // The tool exits with 0 whatever it could read.
    files
        .ask("stat", "/")?
        .contains("Type: directory")
        .then_some(())?;
    Some(linux_of(&mut files))
}

struct Files<'a> {
    device: &'a Path,
    tools: &'a mut dyn Tools,
}

impl Files<'_> {
    /// What debugfs(8) prints, asked about a path. It takes a path with a blank for two.
    fn ask(&mut self, request: &str, path: &str) -> Option<String> {
        if !is_plain(path) {
            return None;
        }
        let request = format!("{request} {path}");
        let command = Command::new("debugfs").args(["-R", &request]);
        let output = self.tools.run(&command.arg(self.device)).ok()?;
        Some(output.stdout)
    }
}

impl Files<'_> {
    /// The size of a block, in bytes: in the superblock, as a power of two from 1024 (`s_log_block_size`).
    fn block(&mut self) -> Option<u64> {
        let field = self
            .tools
            .read(self.device, Bytes(1024 + 24), Bytes(4))
            .ok()?;
        let power = u32::from_le_bytes(field.try_into().ok()?);
        1024_u64.checked_shl(power).filter(|_| power <= 6)
    }
}

impl super::Files for Files<'_> {
    fn text(&mut self, path: &str) -> Option<String> {
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            let about = self.ask("stat", &path)?;
            if !about.contains("Type: symlink") {
                break;
            }
            path = target(&path, fast_link(&about)?);
        }
        let text = self.ask("cat", &path)?;
        (!text.is_empty()).then_some(text)
    }

    fn exists(&mut self, path: &str) -> bool {
        let about = self.ask("stat", path);
        about.is_some_and(|about| about.contains("Type: "))
    }

    fn bytes(&mut self, path: &str, at: u64, length: u64) -> Option<Vec<u8>> {
        if !is_plain(path) {
            return None;
        }
        let size = self.block()?;
        let command = Command::new("debugfs").arg("-R");
        let command = command.arg(format!("bmap {path} {}", at / size));
        let said = self.tools.run(&command.arg(self.device)).ok()?.stdout;
        let block: u64 = said.trim().parse().ok().filter(|block| *block != 0)?;
        let at = block.checked_mul(size)?.checked_add(at % size)?;
        let read = self.tools.read(self.device, Bytes(at), Bytes(length));
        read.ok()
    }
}

/// Where a link leads that is short enough to stand in its inode.
fn fast_link(about: &str) -> Option<&str> {
    let (_, rest) = about.split_once("Fast link dest: \"")?;
    rest.split_once('"').map(|(target, _)| target)
}

/// The path that a link at `path` means.
fn target(path: &str, link: &str) -> String {
    match link.starts_with('/') {
        true => link.to_owned(),
        false => {
            let (folder, _) = path.rsplit_once('/').unwrap_or_default();
            format!("{folder}/{link}")
        }
    }
}
