//! Encrypted containers that stay: the passphrase is tried through the engine, read-only and in the
//! background, before anything is planned on it.

use super::Wizard;
use super::link::Order;
use super::page::Page;
use crate::machine::Unlocked;
use std::path::Path;

impl Wizard {
    /// Tries the passphrase on every container that is still to be opened.
    pub(super) fn unlock(&mut self) {
        let Some(passphrase) = self.disk.passphrase_to_try(&self.draft) else {
            return;
        };
        let (round, devices) = self.disk.begin_unlocking(&self.draft);
        if self.replayed {
            return self.disk.answer_for_recording();
        }
        self.order(Order::Unlock {
            round,
            devices,
            passphrase,
        });
    }

    /// The same with a passphrase that a preset has brought, once: nobody types it. What somebody types is
    /// tried when they say so.
    pub(super) fn unlock_by_itself(&mut self) {
        if (self.probed || self.replayed) && self.disk.brings_passphrase(&self.draft) {
            self.unlock();
        }
    }

    /// The passphrase was tried on a container.
    pub(super) fn unlocked(&mut self, round: u64, device: &Path, found: &Unlocked) {
        if !self.disk.unlocked(round, device, found) {
            return;
        }
        if let Unlocked::Inside(inside) = found {
            self.draft.opened(device, inside);
            self.disk.look(&self.draft);
            self.partitions.look(&self.draft);
        }
        if self.page == Page::Summary {
            self.evaluate();
        }
    }
}
