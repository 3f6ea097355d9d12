//! Which Linux has its root in a file system, and what else it mounts and swaps to; whether an NTFS is one
//! with a Windows: read from its own files by the file system's own tool, without mounting it.

use super::shrink::Tools;
use super::{Region, system_name};
use crate::process::Command;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What was found by looking for a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Installed {
    /// It was looked at, and no system has its root here.
    Nothing,
    /// The root of a Linux.
    Linux(Box<FoundLinux>),
    /// The drive of a Windows, with its folder.
    Windows,
}

/// A Linux, as its own files describe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundLinux {
    /// What it calls itself, such as `Debian GNU/Linux 12 (bookworm)`.
    pub name: String,
    /// The lines of its fstab(5); nothing where that could not be read.
    pub fstab: Option<Vec<FstabLine>>,
}

/// A line of fstab(5), as far as it says what is where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FstabLine {
    /// What: a device node or a tag, such as `UUID=…`.
    pub source: String,
    /// Where it is mounted; `none` for swap.
    pub at: String,
    /// The type of the file system, or `swap`.
    pub kind: String,
}

/// os-release(5): the file itself comes first, for the other is a link to it as a rule.
const OS_RELEASE: [&str; 2] = ["/usr/lib/os-release", "/etc/os-release"];
const FSTAB: &str = "/etc/fstab";

/// A chain of more links is none that a system needs.
const MOST_LINKS: usize = 8;
/// Nobody's fstab has more lines.
const MOST_LINES: usize = 1000;

/// The Linux whose root is in the ext file system behind `device`, or the Windows in an NTFS; nothing where
/// that can't be known: in other kinds, or where the tool fails. What is only in the journal is not seen.
pub fn installed(region: Region<'_>, device: &Path, tools: &mut dyn Tools) -> Option<Installed> {
    match region.file_system()?.kind.as_str() {
        "ext2" | "ext3" | "ext4" => linux(device, tools),
        "ntfs" => windows(device, tools),
        _ => None,
    }
}

/// ntfsls(8) lists the top: a Windows has its folder there.
fn windows(device: &Path, tools: &mut dyn Tools) -> Option<Installed> {
    let command = Command::new("ntfsls").args(["--force", "--path", "/"]);
    let listed = tools.run(&command.arg(device)).ok()?.stdout;
    let mut names = listed.lines().map(str::trim);
    match names.any(|name| name.eq_ignore_ascii_case("Windows")) {
        true => Some(Installed::Windows),
        false => Some(Installed::Nothing),
    }
}

fn linux(device: &Path, tools: &mut dyn Tools) -> Option<Installed> {
    let mut files = Files { device, tools };
    // The tool exits with 0 whatever it could read.
    files
        .ask("stat", "/")?
        .contains("Type: directory")
        .then_some(())?;
    let mut releases = OS_RELEASE.iter();
    let name = releases.find_map(|path| system_name(&files.text(path)?));
    Some(match name {
        None => Installed::Nothing,
        Some(name) => Installed::Linux(Box::new(FoundLinux {
            name,
            fstab: files.text(FSTAB).map(|text| lines(&text)),
        })),
    })
}

/// The files of an ext file system that nobody mounts.
struct Files<'a> {
    device: &'a Path,
    tools: &'a mut dyn Tools,
}

impl Files<'_> {
    /// What debugfs(8) prints, asked about a path. It takes a path with a blank for two.
    fn ask(&mut self, request: &str, path: &str) -> Option<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/._+-@".contains(c);
        if !path.chars().all(plain) {
            return None;
        }
        let request = format!("{request} {path}");
        let command = Command::new("debugfs").args(["-R", &request]);
        let output = self.tools.run(&command.arg(self.device)).ok()?;
        Some(output.stdout)
    }

    /// The text of a file, which may be behind links; nothing if there is none, or nothing in it.
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

/// The lines of a fstab(5) that say something.
fn lines(text: &str) -> Vec<FstabLine> {
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.filter_map(line).take(MOST_LINES).collect()
}

fn line(line: &str) -> Option<FstabLine> {
    let mut fields = line.split_ascii_whitespace().map(unescaped);
    Some(FstabLine {
        source: fields.next()?.replace('"', ""),
        at: fields.next()?,
        kind: fields.next()?,
    })
}

/// fstab(5): blanks in a field are written as `\040`, others likewise.
fn unescaped(field: &str) -> String {
    let escapes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n")];
    let text = escapes
        .iter()
        .fold(field.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("\\134", "\\")
}

#[cfg(test)]
#[path = "installed_tests.rs"]
mod tests;
