//! What programs do that make file systems smaller, and what becomes of one that is cut off.

use super::Scripted;
use crate::plan::Action;
use crate::storage::{Device, Smaller};
use crate::units::Bytes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file systems that a plan makes smaller, by their devices, and their sizes before.
pub(super) fn sizes(plan: &crate::plan::Plan) -> BTreeMap<PathBuf, Bytes> {
    let of = |action: &Action| match action {
        Action::Shrink(Smaller {
            partition, from, ..
        }) => Some((Device::Partition(*partition).path(), *from)),
        _ => None,
    };
    plan.steps.iter().filter_map(|s| of(&s.action)).collect()
}

impl Scripted {
    /// Takes on a new size, in bytes or in KiB.
    pub(super) fn resize(&mut self, device: &Path, size: &str) -> Result<(), String> {
        let bytes = match size.strip_suffix('K') {
            Some(kib) => kib.parse::<u64>().unwrap() * 1024,
            None => size.parse().unwrap(),
        };
        let now = self.sizes.get_mut(device).ok_or("not planned")?;
        if *now != Bytes(bytes) {
            self.resized += 1;
        }
        *now = Bytes(bytes);
        Ok(())
    }

    /// ntfsresize: tells the size, tries, or does it.
    pub(super) fn ntfsresize(&mut self, words: &[String]) -> Result<String, String> {
        let has = |word: &str| words.iter().any(|own| own == word);
        let device = PathBuf::from(words.last().unwrap());
        let now = *self.sizes.get(&device).ok_or("not planned")?;
        if !has("--force") && self.resized > 0 {
            return Err("ERROR: Volume is scheduled for check.".to_owned());
        }
        if has("--info") {
            return Ok(format!(
                "Cluster size       : 4096 bytes\nCurrent volume size: {} bytes (1 MB)\n\
                 You might resize at {} bytes or 1 MB\n",
                now.0, self.ntfs_needs.0
            ));
        }
        if !has("--no-action") {
            match words.iter().position(|word| word == "--size") {
                Some(at) => self.resize(&device, &words[at + 1])?,
                None => self.grow(&device)?,
            }
        }
        Ok(String::new())
    }

    /// ntfsinfo: there is a journal, and what Windows sleeps in where the plan looks for that.
    pub(super) fn ntfsinfo(&self, words: &[String]) -> String {
        let device = words.last().map(Path::new);
        if let Some(memory) = device.and_then(|device| self.hiberfil(device)) {
            return memory;
        }
        match words.iter().any(|word| word == "--inode") {
            true => "Dumping attribute $DATA (0x80)\nRunlist: VCN LCN Length\n0x0 0x4 0x2\n",
            false => "",
        }
        .to_owned()
    }

    /// btrfs, whose top is mounted where the target goes.
    pub(super) fn btrfs_resize(&mut self, size: &str) -> Result<(), String> {
        let device = self.sizes.keys().next().cloned().ok_or("not planned")?;
        if !self.mounts.iter().any(|(at, _)| at == Path::new("/mnt")) {
            return Err("not mounted".to_owned());
        }
        self.resize(&device, size)
    }

    /// Notes what the new table cuts off.
    pub(super) fn check_cuts(&mut self) {
        let unit = self.plan.disk.table.sector_size;
        for kept in self.plan.disk.table.kept() {
            let device = Device::Partition(kept.id).path();
            if kept.is_shorter() && self.sizes[&device] > kept.length.bytes(unit) {
                self.violations
                    .push(format!("cut {} off", device.display()));
            }
        }
    }
}
