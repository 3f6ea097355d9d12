//! The subvolumes of a btrfs that stays, as btrfs treats them.

use super::Scripted;
use std::path::Path;

impl Scripted {
    pub(super) fn keeps_subvolumes(&self) -> bool {
        !self.subvolumes.is_empty()
    }

    /// Whether the top of the btrfs is mounted, and has a subvolume, or a folder around one, at this path.
    pub(super) fn is_subvolume(&self, path: &Path) -> bool {
        let top = |(at, options): &(_, String)| {
            *at == Path::new("/mnt") && options.split(',').any(|o| o == "subvolid=5")
        };
        let mut all = self.subvolumes.iter();
        self.mounts.iter().any(top) && all.any(|own| Path::new(own).starts_with(path))
    }

    /// What can't be mounted: a subvolume that is not there.
    pub(super) fn check_subvolume(&self, options: &str) -> Result<(), String> {
        let mut names = options.split(',').filter_map(|o| o.strip_prefix("subvol="));
        match names.next() {
            Some(name) if self.keeps_subvolumes() && !self.subvolumes.iter().any(|s| s == name) => {
                Err(format!("no subvolume {name}"))
            }
            _ => Ok(()),
        }
    }

    /// `btrfs subvolume …`.
    pub(super) fn subvolume(&mut self, words: &[String]) -> Result<String, String> {
        let last = Path::new(words.last().unwrap());
        let name = last.strip_prefix("/mnt").unwrap_or(last);
        let name = name.to_string_lossy().into_owned();
        match words[2].as_str() {
            "list" => {
                let all = self.subvolumes.iter().enumerate();
                let line = |(id, path)| format!("ID {} gen 9 top level 5 path {path}\n", id + 256);
                return Ok(all.map(line).collect());
            }
            "get-default" => {
                let first = self.subvolumes.first().unwrap();
                return Ok(format!("ID 256 gen 9 top level 5 path {first}\n"));
            }
            "create" if self.subvolumes.contains(&name) => return Err("it exists".to_owned()),
            "create" => self.subvolumes.push(name),
            "delete" => {
                let inside = format!("{name}/");
                if self.subvolumes.iter().any(|s| s.starts_with(&inside)) {
                    return Err("directory not empty".to_owned());
                }
                let before = self.subvolumes.len();
                self.subvolumes.retain(|s| *s != name);
                if self.subvolumes.len() == before {
                    return Err("no such subvolume".to_owned());
                }
            }
            _ => {}
        }
        Ok(String::new())
    }
}
