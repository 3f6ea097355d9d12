//! What is kept while it does not show, so that looking at another layout loses nothing.
//!
//! | while | is kept | and comes back |
//! |---|---|---|
//! | another layout, or another disk, is chosen | the edits | with the manual layout of that disk |
//! | the layout is the manual one | encryption and swap | with another layout |

use crate::preset::{
    DiskChoice, DiskPreset, Encryption, Keys, Layout, ManualDisk, ManualTable, Swap,
};

#[derive(Debug, Default)]
pub(super) struct Aside {
    /// The last edits of the manual layout.
    edits: Vec<ManualDisk>,
    /// What other layouts say of encryption.
    encrypt: Option<Encryption>,
    /// Passphrase and recovery key as they were last asked for, with whichever layout.
    keys: Keys,
    /// What other layouts say of swap.
    swap: Option<Swap>,
    /// The disk that the manual layout begins with, while that is the layout.
    manual: Option<DiskChoice>,
}

/// Whether nothing is said of any partition.
fn is_untouched(disks: &[ManualDisk]) -> bool {
    disks.iter().all(|disk| disk.partitions.is_empty())
}

fn is_on(encrypt: Option<&Encryption>) -> bool {
    matches!(encrypt, Some(Encryption::On(_)))
}

/// The disk that the manual layout begins with.
fn first(disks: &[ManualDisk]) -> Option<&DiskChoice> {
    disks.first().map(|disk| &disk.choose)
}

impl Aside {
    /// With what a preset says already.
    pub(super) fn new(preset: &DiskPreset) -> Self {
        let mut aside = Self {
            encrypt: preset.encrypt.clone(),
            swap: preset.swap,
            ..Self::default()
        };
        aside.note_keys(preset);
        if preset.layout == Some(Layout::Manual) {
            aside.manual = first(&preset.disks).cloned();
            aside.note(preset);
        }
        aside
    }

    /// Encryption, if other layouts ask for it.
    pub(super) fn encryption(&self) -> Option<Encryption> {
        is_on(self.encrypt.as_ref()).then(|| Encryption::On(self.keys.clone()))
    }

    fn note_keys(&mut self, preset: &DiskPreset) {
        if let Some(Encryption::On(keys)) = &preset.encrypt {
            self.keys.clone_from(keys);
        }
    }

    /// Notes the edits as they are now. Those of a disk that is looked at for the first time are none
    /// that would take the place of another disk's.
    pub(super) fn note(&mut self, preset: &DiskPreset) {
        let is_manual = preset.layout == Some(Layout::Manual);
        let is_same = first(&preset.disks) == first(&self.edits);
        if is_manual && (is_same || !is_untouched(&preset.disks)) {
            self.edits.clone_from(&preset.disks);
        }
    }

    /// Looks at which layout and disk are chosen now, and brings back what was kept for them.
    pub(super) fn follow(&mut self, preset: &mut DiskPreset) {
        self.note_keys(preset);
        if preset.layout != Some(Layout::Manual) {
            if self.manual.take().is_some() {
                self.leave_manual(preset);
            }
            self.encrypt.clone_from(&preset.encrypt);
            self.swap = preset.swap;
            return;
        }
        let now = first(&preset.disks);
        let is_other = now != self.manual.as_ref();
        if is_other && is_untouched(&preset.disks) && now == first(&self.edits) {
            preset.disks.clone_from(&self.edits);
        }
        self.manual = first(&preset.disks).cloned();
        self.settle(preset);
    }

    /// Encryption that was asked for with either layout stays asked for.
    fn leave_manual(&self, preset: &mut DiskPreset) {
        if !is_on(preset.encrypt.as_ref()) {
            preset.encrypt = self.encryption().or_else(|| self.encrypt.clone());
        }
        preset.swap = preset.swap.or(self.swap);
    }

    /// Leaves out disks of which nothing is said, but for the last one, and asks for a passphrase where
    /// something is encrypted.
    pub(super) fn settle(&mut self, preset: &mut DiskPreset) {
        self.note_keys(preset);
        let disks = &mut preset.disks;
        let first = disks.first().cloned();
        disks.retain(|disk| disk.table == ManualTable::New || !disk.partitions.is_empty());
        if disks.is_empty() {
            disks.extend(first);
        }
        let mut parts = disks.iter().flat_map(|disk| &disk.partitions);
        let any = parts.any(|part| part.encrypt == Some(true) || part.unlock == Some(true));
        if any != is_on(preset.encrypt.as_ref()) {
            preset.encrypt = any.then(|| Encryption::On(self.keys.clone()));
        }
    }
}
