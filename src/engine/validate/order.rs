//! What has to be done before a step.

use super::BadPlan;
use crate::plan::{Action, Plan, TargetFile};
use crate::storage::{Device, KeptLuks, PartitionId};
use std::collections::BTreeSet;
use std::path::Path;

/// What has to come before the first write.
const CHECKED: &str = "the disk is looked at again";

/// And before a disk is taken apart.
const RELEASED: &str = "what holds the disk is released";

/// What has happened before a step.
#[derive(Default)]
pub(super) struct Done<'a> {
    evaluated: Option<Vec<TargetFile>>,
    /// How many disks the plan has; each has to go through what follows.
    disks: usize,
    /// How many of them get another table.
    changed: usize,
    checked: BTreeSet<&'a Path>,
    tried: BTreeSet<PartitionId>,
    saved: BTreeSet<&'a Path>,
    released: BTreeSet<&'a Path>,
    /// Where it was looked whether the subvolumes that are named are there.
    found: BTreeSet<PartitionId>,
    /// What stays and has been mounted once.
    mountable: Vec<Device>,
    shrunk: Vec<PartitionId>,
    wiped: BTreeSet<&'a Path>,
    tables: BTreeSet<&'a Path>,
    opened: Vec<Device>,
    /// What has a new file system or swap in it.
    made: Vec<Device>,
    /// Containers that stay with something in them.
    full: Vec<Device>,
    root: bool,
    built: bool,
}

impl<'a> Done<'a> {
    pub(super) fn of(plan: &Plan) -> Self {
        Self {
            disks: plan.disks().count(),
            changed: plan.disks().filter(|disk| disk.changes_table()).count(),
            ..Self::default()
        }
    }

    /// Takes a step in, where all is done that has to come before it.
    pub(super) fn step(&mut self, step: u32, action: &'a Action) -> Result<(), BadPlan> {
        let after = |before: bool, first| match before {
            true => Ok(()),
            false => Err(BadPlan::Order { step, first }),
        };
        if action.changes_disk() {
            after(self.evaluated.is_some(), "the configuration is evaluated")?;
            after(self.checked.len() == self.disks, CHECKED)?;
            after(self.saved.len() == self.disks, "the old table is kept")?;
        }
        let tables = self.tables.len() == self.changed;
        match action {
            Action::Evaluate { files } => self.evaluated = Some(files.clone()),
            Action::CheckIdentity { disk } => drop(self.checked.insert(&disk.path)),
            Action::TryContainer { partition, .. } => {
                after(self.checked.len() == self.disks, CHECKED)?;
                let untouched = self.released.is_empty() && self.wiped.is_empty();
                after(untouched, "anything is released or written")?;
                self.tried.insert(*partition);
            }
            Action::FindSleepers { .. } => {
                after(self.checked.len() == self.disks, CHECKED)?;
                let untouched = self.released.is_empty() && self.wiped.is_empty();
                after(untouched, "anything is released or written")?;
            }
            Action::SaveTable { disk } => {
                after(self.checked.contains(disk.as_path()), CHECKED)?;
                self.saved.insert(disk);
            }
            Action::Release { disk } => drop(self.released.insert(disk)),
            Action::Shrink(smaller) => {
                after(self.released.len() == self.disks, RELEASED)?;
                // What is wiped and written lies where the file system still ends.
                let untouched = self.wiped.is_empty() && self.tables.is_empty();
                after(untouched, "anything is wiped or written")?;
                self.shrunk.push(smaller.partition);
            }
            Action::TryMount {
                partition,
                container,
                ..
            } => {
                after(self.released.len() == self.disks, RELEASED)?;
                let untouched = self.shrunk.is_empty() && self.wiped.is_empty();
                after(untouched && self.tables.is_empty(), "anything is changed")?;
                let tried = container.is_none() || self.tried.contains(partition);
                after(tried, "its passphrase is tried")?;
                let own = Device::Partition(*partition);
                let device = container.as_ref().map_or(own, KeptLuks::device);
                self.mountable.push(device);
            }
            Action::LookOver(_) | Action::FindSubvolumes(_) => {
                after(self.released.len() == self.disks, RELEASED)?;
                let untouched = self.wiped.is_empty() && self.tables.is_empty();
                after(untouched, "anything is wiped or written")?;
                if let Action::FindSubvolumes(named) = action {
                    self.found.insert(named.partition);
                    self.mountable.push(Device::Partition(named.partition));
                }
            }
            Action::Grow(_) => {
                after(tables, "the table is written")?;
                // Some are mounted for it, where the root will be.
                after(!self.root, "anything is mounted")?;
            }
            Action::Wipe { disk } => {
                after(self.released.contains(disk.as_path()), RELEASED)?;
                self.wiped.insert(disk);
            }
            Action::WriteTable { disk, table } => {
                let mut shorter = table.kept().iter().filter(|p| p.is_shorter());
                let done = shorter.all(|p| self.shrunk.contains(&p.id));
                after(done, "what lies in shorter partitions is made smaller")?;
                self.tables.insert(disk);
            }
            Action::Encrypt { .. } => after(tables, "the table is written")?,
            Action::OpenEncrypted { luks, .. } => {
                after(tables, "the table is written")?;
                self.opened.push(luks.device());
            }
            Action::OpenKept { partition, luks } => {
                after(tables, "the table is written")?;
                after(self.tried.contains(partition), "its passphrase is tried")?;
                self.opened.push(luks.device());
                self.full.push(luks.device());
            }
            Action::WipeInside { device } => {
                after(self.full.contains(device), "its container is opened")?;
                self.full.retain(|full| full != device);
            }
            Action::MakeFileSystem { device, .. } | Action::MakeSwap { device, .. } => {
                after(tables, "the table is written")?;
                let open = matches!(device, Device::Partition(_)) || self.opened.contains(device);
                after(open, "its container is opened")?;
                after(!self.full.contains(device), "what is in its container goes")?;
                self.made.push(device.clone());
            }
            Action::DeleteSubvolumes { partition, .. } => {
                let found = self.found.contains(partition);
                after(found, "it is looked whether its subvolumes are there")?;
                after(tables, "the table is written")?;
                after(!self.root, "anything is mounted")?;
            }
            Action::MakeSubvolumes { device, .. } => {
                // One that is there already is taken for an earlier attempt's.
                let is_looked_for = match device {
                    Device::Partition(id) => self.found.contains(id),
                    Device::Mapped { .. } => false,
                };
                let known = is_looked_for || self.made.contains(device);
                after(known, "it is looked whether its subvolumes are there")?;
                after(tables, "the table is written")?;
                after(!self.root, "anything is mounted")?;
            }
            Action::MakeSwapFile { .. } => after(self.root, "the root is mounted")?,
            Action::Mount { at, device, .. } => {
                after(tables, "the table is written")?;
                let is_known = self.made.contains(device) || self.mountable.contains(device);
                after(is_known, "it is looked whether what stays can be mounted")?;
                let is_root = at.is_root();
                after(is_root != self.root, "the root is mounted, once")?;
                self.root = true;
            }
            Action::WriteFiles { files } => {
                after(self.root, "the root is mounted")?;
                if self.evaluated.as_ref() != Some(files) {
                    return Err(BadPlan::OtherFiles);
                }
            }
            Action::Build { .. } => {
                after(self.root, "the root is mounted")?;
                self.built = true;
            }
            Action::InstallSystem { .. }
            | Action::SetPasswords { .. }
            | Action::CarryConnections
            | Action::KeepRecord => {
                after(self.built, "the system is built")?;
            }
            Action::Inhibit | Action::Unmount | Action::Verify => {}
        }
        Ok(())
    }
}
