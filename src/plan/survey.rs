//! A computer, and what it is to every plan for it: found out when it is first asked for, and then known. A
//! change of the preset changes none of that, and with two hundred disks to look through it is most of the work
//! (`tests/BENCHMARKS.md`, "another of 200 disks").
//!
//! What is asked most is whether there is any of something: which one, and whether it goes, is looked for only
//! where there is.

use super::layout::{alike, any_linux_may_sleep, any_linux_sleeps, any_windows_sleeps};
use super::{left_behind, present};
use crate::identifiers::Taken;
use crate::machine::{Disk, Machine};
use std::borrow::Cow;
use std::cell::OnceCell;

/// A computer, and what is known of it.
#[derive(Clone, Debug)]
pub struct Survey<'m> {
    machine: Cow<'m, Machine>,
    known: Known,
}

/// What follows from the machine alone.
#[derive(Clone, Debug, Default)]
struct Known {
    taken: OnceCell<Taken>,
    alike: OnceCell<Vec<bool>>,
    linux_sleeps: OnceCell<bool>,
    linux_may_sleep: OnceCell<bool>,
    windows_sleeps: OnceCell<bool>,
    nixos_may_be: OnceCell<bool>,
}

impl<'m> Survey<'m> {
    /// Of a machine that stays as it is.
    pub fn of(machine: &'m Machine) -> Self {
        Self {
            machine: Cow::Borrowed(machine),
            known: Known::default(),
        }
    }

    /// Of a machine that may change.
    pub fn owned(machine: Machine) -> Survey<'static> {
        Survey {
            machine: Cow::Owned(machine),
            known: Known::default(),
        }
    }

    /// The machine as it is now.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Changes the machine (a copy of it, where it was borrowed); all that was known is found out anew.
    pub fn change(&mut self, change: impl FnOnce(&mut Machine)) {
        change(self.machine.to_mut());
        self.known = Known::default();
    }

    /// The identifiers that its disks have.
    pub(super) fn taken(&self) -> &Taken {
        let found = || Taken::of(present::identifiers(self.machine()));
        self.known.taken.get_or_init(found)
    }

    /// Whether something in the table of a disk has an identifier that begins as one in another disk's. Only then
    /// may one of them be a copy; whether it is, they have to be compared for.
    pub(super) fn has_alike(&self, disk: &Disk) -> bool {
        let disks = self.machine.disks.known().map_or(&[][..], Vec::as_slice);
        let alike = self.known.alike.get_or_init(|| alike(disks));
        let mut known = disks.iter().zip(alike);
        known.any(|(other, alike)| *alike && other.path == disk.path)
    }

    /// Whether a Linux sleeps, on whatever disk.
    pub(super) fn linux_sleeps(&self) -> bool {
        let found = || any_linux_sleeps(self.machine());
        *self.known.linux_sleeps.get_or_init(found)
    }

    /// Whether there is a Linux of which nobody can see whether it sleeps.
    pub(super) fn linux_may_sleep(&self) -> bool {
        let found = || any_linux_may_sleep(self.machine());
        *self.known.linux_may_sleep.get_or_init(found)
    }

    /// Whether a Windows sleeps, on whatever disk.
    pub(super) fn windows_sleeps(&self) -> bool {
        let found = || any_windows_sleeps(self.machine());
        *self.known.windows_sleeps.get_or_init(found)
    }

    /// Whether there is a NixOS, or something that may hold one and could not be looked into.
    pub(super) fn nixos_may_be(&self) -> bool {
        let found = || left_behind::any_nixos_may_be(self.machine());
        *self.known.nixos_may_be.get_or_init(found)
    }
}
