//! Drives of Windows and swap of Linux that stay, and what they are read for: whether somebody sleeps in them.

use super::Scripted;
use crate::plan::Action;
use crate::units::Bytes;
use std::path::{Path, PathBuf};

/// The cluster that the memory of a Windows begins in, of 4096 bytes.
const MEMORY: u64 = 9;

impl Scripted {
    /// Where the plan looks for a Windows, and for a Linux.
    fn looked_at(&self) -> (&[PathBuf], &[PathBuf]) {
        let mut steps = self.plan.steps.iter();
        let found = steps.find_map(|step| match &step.action {
            Action::FindSleepers { windows, linux } => Some((windows.as_slice(), linux.as_slice())),
            _ => None,
        });
        found.unwrap_or_default()
    }

    /// ntfsinfo, asked for the file that the memory is kept in.
    pub(super) fn hiberfil(&self, device: &Path) -> Option<String> {
        let (windows, _) = self.looked_at();
        let told = format!(
            "Dumping attribute $DATA (0x80)\nRunlist: VCN LCN Length\n0x0 {MEMORY:#x} 0x2\n"
        );
        windows.contains(&device.to_owned()).then_some(told)
    }

    /// What is read there; nothing where the plan does not look.
    pub(super) fn memory(&self, device: &Path, at: Bytes, length: Bytes) -> Option<Vec<u8>> {
        let (windows, linux) = self.looked_at();
        let device = device.to_owned();
        let sleeps = self.sleeping.contains(&device);
        let mut found = vec![0; usize::try_from(length.0).unwrap()];
        if windows.contains(&device) {
            match at {
                Bytes(0) => {
                    found[3..11].copy_from_slice(b"NTFS    ");
                    found[11..14].copy_from_slice(&[0, 2, 8]);
                }
                at => {
                    assert_eq!(at, Bytes(MEMORY * 4096));
                    found[..4].copy_from_slice(if sleeps { b"HIBR" } else { b"WAKE" });
                }
            }
            return Some(found);
        }
        let is_signature = at == Bytes(4086) && length == Bytes(10);
        let signature = if sleeps {
            b"S1SUSPEND\0"
        } else {
            b"SWAPSPACE2"
        };
        if is_signature {
            found.copy_from_slice(signature);
        }
        linux.contains(&device).then_some(found)
    }
}
