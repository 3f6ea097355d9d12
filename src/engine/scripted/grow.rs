//! What programs do that make file systems larger: each goes to the end of its device as the kernel has it.

use super::Scripted;
use crate::machine::superblock::HEAD;
use crate::plan::{Action, Plan};
use crate::storage::{Device, Growable, Larger};
use crate::units::Bytes;
use std::path::{Path, PathBuf};

/// The file systems that a plan makes larger, by their devices.
fn planned(plan: &Plan) -> impl Iterator<Item = (PathBuf, &Larger)> {
    plan.steps.iter().filter_map(|step| match &step.action {
        Action::Grow(larger) => Some((Device::Partition(larger.partition).path(), larger)),
        _ => None,
    })
}

/// Their sizes before.
pub(super) fn sizes(plan: &Plan) -> impl Iterator<Item = (PathBuf, Bytes)> {
    planned(plan).map(|(device, larger)| (device, larger.from))
}

impl Scripted {
    /// Takes all of its device.
    pub(super) fn grow(&mut self, device: &Path) -> Result<(), String> {
        let id = device.file_name().and_then(|name| name.to_str());
        let id = id.and_then(|id| id.parse().ok()).ok_or("no partition")?;
        let number = self.plan.disk.table.number_of(id).ok_or("not planned")?;
        let mut kernel = self.kernel.iter();
        let found = kernel.find(|p| p.1 == u64::from(number)).ok_or("gone")?;
        self.resize(device, &(found.3 * 512).to_string())
    }

    /// The one whose top is mounted where the target goes.
    pub(super) fn grow_mounted(&mut self, file_system: Growable) -> Result<(), String> {
        if !self.mounts.iter().any(|(at, _)| at == Path::new("/mnt")) {
            return Err("not mounted".to_owned());
        }
        let device = {
            let mut all = planned(&self.plan);
            let own = all.find(|(_, larger)| larger.file_system == file_system);
            own.map(|(device, _)| device)
        };
        self.grow(&device.ok_or("not planned")?)
    }

    /// The beginning of a file system that the plan makes larger; it says its size.
    pub(super) fn superblock(&self, device: &Path, length: Bytes) -> Option<Vec<u8>> {
        let mut all = planned(&self.plan);
        let (_, larger) = all.find(|(own, _)| own == device)?;
        let size = self.sizes.get(device)?.0;
        let mut head = vec![0; usize::try_from(HEAD.0).unwrap()];
        let mut put = |at: usize, bytes: &[u8]| head[at..at + bytes.len()].copy_from_slice(bytes);
        match larger.file_system {
            Growable::Ext => {
                put(1024 + 0x38, &[0x53, 0xEF]);
                put(1024 + 0x18, &2_u32.to_le_bytes());
                put(
                    1024 + 0x4,
                    &u32::try_from(size / 4096).unwrap().to_le_bytes(),
                );
            }
            Growable::Btrfs => {
                put(0x1_0040, b"_BHRfS_M");
                put(0x1_0070, &size.to_le_bytes());
            }
            Growable::Xfs => {
                put(0, b"XFSB");
                put(4, &4096_u32.to_be_bytes());
                put(8, &(size / 4096).to_be_bytes());
            }
            Growable::F2fs => {
                put(1024, &0xF2F5_2010_u32.to_le_bytes());
                put(1024 + 16, &12_u32.to_le_bytes());
                put(1024 + 36, &(size / 4096).to_le_bytes());
            }
            Growable::Ntfs => {
                put(3, b"NTFS    ");
                put(11, &512_u16.to_le_bytes());
                put(0x28, &(size / 512 - 1).to_le_bytes());
            }
        }
        (length == HEAD).then_some(head)
    }
}
