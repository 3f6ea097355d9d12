//! Mounts and swap in use (`proc_pid_mountinfo(5)`, `proc_swaps`).

use super::Block;
use crate::machine::probe::Roots;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// One line of `/proc/self/mountinfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mount {
    /// `MAJOR:MINOR`; major 0 where the file system has no device of its own, as with btrfs.
    pub number: String,
    /// Where it is mounted.
    pub point: PathBuf,
    /// The file system's kind.
    pub kind: String,
    /// What was mounted, such as `/dev/sda1`.
    pub source: String,
    /// The options of the file system itself, split at commas.
    pub options: Vec<String>,
}

/// What is in use now.
#[derive(Debug, Default)]
pub(super) struct InUse {
    pub mounts: Vec<Mount>,
    /// Device nodes in use as swap.
    pub swaps: Vec<PathBuf>,
}

impl InUse {
    /// Reads both tables.
    ///
    /// # Errors
    /// When the mounts can't be read. A kernel without swap has no `/proc/swaps`.
    pub(super) fn read(roots: &Roots) -> Result<Self> {
        let text = roots
            .text("/proc/self/mountinfo")
            .context("cannot tell what is mounted")?;
        let swaps = roots.text("/proc/swaps").unwrap_or_default();
        Ok(Self {
            mounts: text.lines().filter_map(mount).collect(),
            swaps: swaps
                .lines()
                .skip(1)
                .filter_map(|line| Some(PathBuf::from(unescape(line.split_whitespace().next()?))))
                .collect(),
        })
    }

    /// Where a block device is mounted, in the order of mounting, `[SWAP]` last.
    pub(super) fn points(&self, roots: &Roots, block: &Block) -> Vec<PathBuf> {
        let number = block.number();
        let mut points: Vec<PathBuf> = Vec::new();
        for mount in &self.mounts {
            let same = if mount.has_own_device() {
                Some(&mount.number) == number.as_ref()
            } else {
                mount
                    .devices(roots)
                    .iter()
                    .any(|device| device == &block.name)
            };
            if same && !points.contains(&mount.point) {
                points.push(mount.point.clone());
            }
        }
        let mut swaps = self.swaps.iter();
        if swaps.any(|swap| device_name(roots, swap).as_ref() == Some(&block.name)) {
            points.push(PathBuf::from("[SWAP]"));
        }
        points
    }

    /// The mount that a file lies on.
    pub(super) fn holding(&self, file: &Path) -> Option<&Mount> {
        // Of equal points the later mount hides the earlier.
        let on = self.mounts.iter().filter(|m| file.starts_with(&m.point));
        on.max_by_key(|mount| mount.point.components().count())
    }
}

impl Mount {
    /// Whether its number is that of a block device.
    pub(super) fn has_own_device(&self) -> bool {
        !self.number.starts_with("0:")
    }

    /// The block devices that its source names; bcachefs joins several with colons.
    pub(super) fn devices(&self, roots: &Roots) -> Vec<String> {
        if !self.source.starts_with("/dev/") {
            return Vec::new();
        }
        let nodes = self.source.split(':').map(Path::new);
        nodes.filter_map(|node| device_name(roots, node)).collect()
    }
}

/// The kernel's name for a device node, links followed where they were recorded.
pub(super) fn device_name(roots: &Roots, node: &Path) -> Option<String> {
    if !node.starts_with("/dev") {
        return None;
    }
    let node = roots.resolve(node).unwrap_or_else(|_| node.to_owned());
    super::sysfs::name(&node)
}

/// One line; a variable number of optional fields ends with a single hyphen.
fn mount(line: &str) -> Option<Mount> {
    let (place, what) = line.split_once(" - ")?;
    let mut place = place.split(' ').skip(2);
    let number = place.next()?.to_owned();
    let point = PathBuf::from(unescape(place.nth(1)?));
    let mut what = what.split(' ');
    Some(Mount {
        number,
        point,
        kind: what.next()?.to_owned(),
        source: unescape(what.next()?),
        options: what.next()?.split(',').map(unescape).collect(),
    })
}

/// The kernel writes space, tab, newline and backslash as `\` and three octal digits.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('\\');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.get(..3).and_then(|d| u8::from_str_radix(d, 8).ok());
        match digits.filter(u8::is_ascii).zip(part.get(3..)) {
            Some((byte, rest)) => {
                out.push(char::from(byte));
                out.push_str(rest);
            }
            None => {
                out.push('\\');
                out.push_str(part);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_optional_fields_and_escapes_is_read() {
        let line = "36 35 98:0 /a /mnt/my\\040disk rw,noatime master:1 shared:2 - ext4 /dev/root rw,errors=continue";
        let found = mount(line).unwrap();
        assert_eq!(found.number, "98:0");
        assert_eq!(found.point, Path::new("/mnt/my disk"));
        assert_eq!(
            (found.kind.as_str(), found.source.as_str()),
            ("ext4", "/dev/root")
        );
        assert_eq!(found.options, ["rw", "errors=continue"]);
        assert_eq!(mount("36 35 98:0 / /mnt rw"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_or_passed_over(line in ".{0,80}|[0-9 :/\\\\-]{0,80}") {
            let _found = mount(&line);
        }
    }

    #[test]
    fn the_deepest_mount_holds_a_file() {
        let line = |number: &str, point: &str| {
            mount(&format!("1 1 {number} / {point} rw - ext4 /dev/x rw")).unwrap()
        };
        let in_use = InUse {
            mounts: vec![
                line("8:1", "/"),
                line("8:2", "/iso"),
                line("8:3", "/isolated"),
            ],
            swaps: Vec::new(),
        };
        let of = |file: &str| in_use.holding(Path::new(file)).unwrap().number.clone();
        assert_eq!(of("/iso/nix-store.squashfs"), "8:2");
        assert_eq!(of("/isolate"), "8:1");
    }
}
