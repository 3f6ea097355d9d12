//! Which Linux has its root in a file system, and what else it mounts and swaps to; whether an NTFS is one
//! with a Windows: read from its own files by the file system's own tool, without mounting it.
//!
//! | file | file systems | tools |
//! |---|---|---|
//! | `ext` | ext2, ext3, ext4 | `debugfs` |
//! | `btrfs` | btrfs, in whichever subvolume | `btrfs restore` |
//! | `xfs` | xfs | `xfs_db` |
//! | `fstab` | fstab(5) and crypttab(5), as all of them have them | |

mod btrfs;
mod ext;
mod fstab;
mod xfs;

pub use fstab::{CrypttabLine, FstabLine};

use super::asleep::{ASLEEP, PAGES};
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
    /// The lines of its crypttab(5), if it has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crypttab: Vec<CrypttabLine>,
    /// The swap file that holds its memory, where it sleeps (hibernated) and that could be looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asleep_in: Option<String>,
    /// The subvolume with its root, from the top of a btrfs; empty where it is the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subvolume: Option<String>,
    /// Others with their roots in further subvolumes of the same btrfs, as they call themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
}

impl FoundLinux {
    /// One of which no more is known.
    pub fn new(name: impl Into<String>, fstab: Option<Vec<FstabLine>>) -> Self {
        Self {
            name: name.into(),
            fstab,
            crypttab: Vec::new(),
            asleep_in: None,
            subvolume: None,
            beside: Vec::new(),
        }
    }

    /// Whether its root is a subvolume of a btrfs, or lies in it.
    pub fn is_in_subvolume(&self, path: &str) -> bool {
        let own = self.subvolume.as_deref();
        own.is_some_and(|own| fstab::lies_in(own, path))
    }

    /// Whether an encrypted device of it has another key at each start, so that nothing in it lasts.
    pub fn has_new_key_each_time(&self, device: &str) -> bool {
        let Some(mapped) = device.strip_prefix("/dev/mapper/") else {
            return false;
        };
        let mut lines = self.crypttab.iter().filter(|line| line.name == mapped);
        let random = ["/dev/urandom", "/dev/random", "/dev/hwrng"];
        lines.any(|line| line.key.as_deref().is_some_and(|key| random.contains(&key)))
    }

    /// What an encrypted device of it lies in, as fstab(5) would call that: by its crypttab(5), or by its
    /// name, where that is the usual one of Fedora and of systemd-cryptsetup-generator(8).
    pub fn container(&self, mapped: &str) -> Option<String> {
        let mut lines = self.crypttab.iter();
        match lines.find(|line| line.name == mapped) {
            Some(line) => Some(line.source.clone()),
            None => Some(format!("UUID={}", mapped.strip_prefix("luks-")?)),
        }
    }
}

/// os-release(5): the file itself comes first, for the other is a link to it as a rule.
const OS_RELEASE: [&str; 2] = ["/usr/lib/os-release", "/etc/os-release"];
const FSTAB: &str = "/etc/fstab";
const CRYPTTAB: &str = "/etc/crypttab";

/// What every NixOS has, however little else can be read.
const NIXOS: &str = "/etc/NIXOS";

/// The Linux whose root is in the file system behind `device`, or the Windows in an NTFS; nothing where
/// that can't be known: in other kinds, or where the tool fails. What is only in a journal is not seen.
pub fn installed(region: Region<'_>, device: &Path, tools: &mut dyn Tools) -> Option<Installed> {
    let found = region.file_system()?;
    match found.kind.as_str() {
        "ext2" | "ext3" | "ext4" => Some(ext::linux(device, tools)?.into()),
        "btrfs" => Some(btrfs::linux(found.subvolumes.as_ref()?, device, tools)?.into()),
        "xfs" => Some(xfs::linux(device, tools)?.into()),
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

impl From<Option<FoundLinux>> for Installed {
    fn from(found: Option<FoundLinux>) -> Self {
        found.map_or(Self::Nothing, |linux| Self::Linux(Box::new(linux)))
    }
}

/// The files of a file system that nobody mounts, by their paths from the root of the system in it.
trait Files {
    /// The text of a file, which may be behind links; nothing if there is none, or nothing in it.
    fn text(&mut self, path: &str) -> Option<String>;

    /// Whether something is there.
    fn exists(&mut self, path: &str) -> bool;

    /// Bytes of a file that lie in one of its blocks; nothing where they can't be read.
    fn bytes(&mut self, _path: &str, _at: u64, _length: u64) -> Option<Vec<u8>> {
        None
    }
}

/// The swap file of a fstab(5) that holds the memory of a Linux that sleeps.
fn asleep_in(files: &mut dyn Files, fstab: &[FstabLine]) -> Option<String> {
    let length = ASLEEP.len() as u64;
    let mut swap_files = fstab.iter().filter(|line| line.is_swap_file());
    let asleep = swap_files.find(|line| {
        let mut pages = PAGES.iter();
        pages.any(|page| {
            let signature = files.bytes(&line.source, page - length, length);
            signature.as_deref() == Some(ASLEEP)
        })
    });
    asleep.map(|line| line.source.clone())
}

/// The Linux that these files are of.
fn linux_of(files: &mut dyn Files) -> Option<FoundLinux> {
    let mut releases = OS_RELEASE.iter();
    let name = releases.find_map(|path| system_name(&files.text(path)?));
    let name = match name {
        Some(name) => name,
        None if files.exists(NIXOS) => "NixOS".to_owned(),
        None => return None,
    };
    let fstab = files.text(FSTAB).map(|text| fstab::lines(&text));
    let crypttab = files.text(CRYPTTAB).unwrap_or_default();
    Some(FoundLinux {
        crypttab: fstab::crypttab(&crypttab),
        asleep_in: asleep_in(files, fstab.as_deref().unwrap_or_default()),
        ..FoundLinux::new(name, fstab)
    })
}

/// Whether the tools take a path as it is: none of them can quote.
fn is_plain(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._+-@".contains(c);
    path.chars().all(plain)
}

/// A chain of more links is none that a system needs.
const MOST_LINKS: usize = 8;

#[cfg(test)]
mod tests;
