//! LUKS containers that were there before: opened to look into them.

use super::{Path, Place, Scripted};
use crate::engine::command::Command;

/// A container, what opens it, and what is in it.
pub(in crate::engine) struct OldContainer {
    pub(in crate::engine) passphrase: &'static str,
    /// What blkid finds, as a kind.
    pub(in crate::engine) kind: &'static str,
    /// Files in it, with their texts.
    pub(in crate::engine) files: Vec<(&'static str, &'static str)>,
}

/// How a program ended that failed: with this exit code, saying this.
pub(super) type Failed = (i32, String);

impl Scripted {
    /// `cryptsetup open` for a container that was there before; nothing for another one.
    pub(super) fn open_old(&mut self, command: &Command) -> Option<Result<String, Failed>> {
        let words = command.words();
        let [.., device, name] = words.as_slice() else {
            return None;
        };
        let container = self.old_containers.get(Path::new(device))?;
        if words.get(1).map(String::as_str) != Some("open") {
            return None;
        }
        if !words.contains(&"--readonly".to_owned()) {
            self.violations.push(format!("opened {device} for writing"));
        }
        if command.input.as_ref().unwrap().expose() != container.passphrase {
            let why = "No key available with this passphrase.".to_owned();
            return Some(Err((2, why)));
        }
        let mapper = Path::new("/dev/mapper").join(name);
        let found = (container.kind.to_owned(), "0b6f".to_owned());
        self.formatted.insert(mapper, found);
        for (path, text) in &container.files {
            let key = Self::key(Place::Inside, Path::new(path));
            self.files.insert(key, text.as_bytes().to_vec());
        }
        self.open.push(name.clone());
        Some(Ok(String::new()))
    }

    /// Whether anything of an opened container is still mounted.
    pub(super) fn is_inside_mounted(&self) -> bool {
        let mut mounts = self.mounts.iter();
        mounts.any(|(at, _)| at.starts_with("/run/nevado"))
    }
}
