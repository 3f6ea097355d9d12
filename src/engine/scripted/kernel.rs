//! What the kernel tells of the system in memory: `/proc` and `/sys`.

use super::Scripted;
use std::path::{Path, PathBuf};

impl Scripted {
    /// A file of `/proc` or `/sys`; nothing if there is none.
    pub(super) fn kernel_file(&self, path: &Path) -> Option<String> {
        match path.to_str()? {
            "/proc/swaps" => Some(self.swaps_text()),
            "/proc/self/mountinfo" => Some(self.mountinfo()),
            "/proc/meminfo" => self.meminfo.clone(),
            _ => self.sysfs(path),
        }
    }

    fn swaps_text(&self) -> String {
        let areas = self
            .swaps
            .iter()
            .map(|a| format!("{} partition 1 0 -2\n", a.display()));
        "Filename Type Size Used Priority\n".to_owned() + &areas.collect::<String>()
    }

    fn mountinfo(&self) -> String {
        // The third old partition is the one that is mounted.
        let source = self.kernel.get(2).map(|p| p.0.clone()).unwrap_or_default();
        let line = |(at, options): &(PathBuf, String)| {
            let at = at.to_string_lossy().replace(' ', "\\040");
            format!("99 1 0:42 / {at} {options} shared:1 - ntfs3 /dev/{source} rw\n")
        };
        let root = "21 1 0:20 / / rw - tmpfs tmpfs rw\n".to_owned();
        root + &self.mounts.iter().map(line).collect::<String>()
    }

    fn sysfs(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix("/sys/class/block").ok()?;
        let words: Vec<&str> = below.iter().filter_map(|word| word.to_str()).collect();
        match words.as_slice() {
            ["dm-0", "dm", "name"] => Some("old-luks\n".to_owned()),
            [node, "dm", "uuid"] => {
                let number: usize = node.strip_prefix("dm-")?.parse().ok()?;
                let name = self.open.get(number.checked_sub(7)?)?;
                let uuid = name.strip_prefix("luks-")?.replace('-', "");
                Some(format!("CRYPT-LUKS2-{uuid}-{name}\n"))
            }
            [disk, partition, file] if *disk == self.disk_name() => {
                let found = self.kernel.iter().find(|p| p.0 == *partition)?;
                let value = match *file {
                    "partition" => found.1,
                    "start" => found.2,
                    "size" => found.3,
                    _ => return None,
                };
                Some(format!("{value}\n"))
            }
            _ => None,
        }
    }
}
