//! LUKS containers that were there before: opened to look into them, or kept by the plan.

use super::{Path, PathBuf, Place, Scripted};
use crate::engine::command::Command;
use crate::machine::{Content, Disk, Partition};
use crate::plan::{Action, Plan};
use crate::storage::{Device, KeptLuks};
use std::collections::BTreeMap;

/// A container, what opens it, and what is in it.
pub(in crate::engine) struct OldContainer {
    pub(in crate::engine) passphrase: &'static str,
    /// What blkid finds, as a kind.
    pub(in crate::engine) kind: &'static str,
    /// Files in it, with their texts.
    pub(in crate::engine) files: Vec<(&'static str, &'static str)>,
}

/// A container that the plan keeps.
pub(in crate::engine) struct StayingContainer {
    pub(in crate::engine) passphrase: String,
    /// All of its header.
    pub(in crate::engine) header: Vec<u8>,
    luks: KeptLuks,
}

/// Where the data of a [`StayingContainer`] begin.
const DATA: usize = 1 << 15;

/// Those of a plan, by their device, all with the same passphrase.
pub(super) fn staying(plan: &Plan, passphrase: &str) -> BTreeMap<PathBuf, StayingContainer> {
    let tried = plan.steps.iter().filter_map(|step| match &step.action {
        Action::TryContainer { partition, luks } => Some((*partition, luks)),
        _ => None,
    });
    let container = |luks: &KeptLuks| StayingContainer {
        passphrase: passphrase.to_owned(),
        header: header(luks),
        luks: luks.clone(),
    };
    tried
        .map(|(id, luks)| (Device::Partition(id).path(), container(luks)))
        .collect()
}

/// A header of LUKS2 as far as the engine reads it.
fn header(luks: &KeptLuks) -> Vec<u8> {
    let mut header = vec![0x55; DATA];
    header[..8].copy_from_slice(b"LUKS\xba\xbe\0\x02");
    header[8..16].copy_from_slice(&(1_u64 << 14).to_be_bytes());
    let json = format!(
        r#"{{"uuid":"{}","segments":{{"0":{{"offset":"{DATA}","encryption":"aes-xts-plain64"}}}},"config":{{}}}}"#,
        luks.uuid
    );
    header[4096..1 << 14].fill(0);
    header[4096..4096 + json.len()].copy_from_slice(json.as_bytes());
    header
}

/// What blkid finds in the containers that a plan keeps, once they are open.
pub(super) fn inside(plan: &Plan, disk: &Disk) -> Vec<(PathBuf, (String, String))> {
    let opened = plan.steps.iter().filter_map(|step| match &step.action {
        Action::OpenKept { partition, luks } => Some((partition.to_string(), luks)),
        _ => None,
    });
    let found = opened.filter_map(|(id, luks)| {
        let mut partitions = disk.partitions().iter();
        let is_it = |p: &&Partition| p.guid.as_ref() == Some(&id);
        match &partitions.find(is_it)?.inside()?.content {
            Content::Formatted(fs) => {
                let found = (fs.kind.clone(), fs.uuid.clone()?);
                Some((luks.name.path(), found))
            }
            Content::Blank | Content::Unknown(_) => None,
        }
    });
    found.collect()
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

    /// `cryptsetup open` for a container that the plan keeps; nothing for another one.
    pub(super) fn open_staying(&mut self, command: &Command) -> Option<Result<String, Failed>> {
        let words = command.words();
        let tests = words.contains(&"--test-passphrase".to_owned());
        let at = words.len().checked_sub(if tests { 1 } else { 2 })?;
        let container = self.staying.get(Path::new(words.get(at)?))?;
        if words.get(1).map(String::as_str) != Some("open") {
            let line = command.to_string();
            self.violations.push(format!("a kept container: {line}"));
            return None;
        }
        if command.input.as_ref().unwrap().expose() != container.passphrase {
            let why = "No key available with this passphrase.".to_owned();
            return Some(Err((2, why)));
        }
        let name = container.luks.name.to_string();
        if !tests && words.last() != Some(&name) {
            return Some(Err((1, "not planned".to_owned())));
        }
        if !tests {
            self.open.push(name);
        }
        Some(Ok(String::new()))
    }

    /// Whether anything of an opened container is still mounted.
    pub(super) fn is_inside_mounted(&self) -> bool {
        let mut mounts = self.mounts.iter();
        mounts.any(|(at, _)| at.starts_with("/run/nevado"))
    }
}
