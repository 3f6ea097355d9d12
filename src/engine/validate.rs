//! The engine takes no plan on trust: its steps must fit its disk, its table and each other.

use super::password::{Secrets, unusable};
use super::{table_image, table_rules};
use crate::plan::{
    Action, DiskIdentity, FORMAT, Plan, PlannedDisk, Step, TableIdentity, TargetFile, UsedPartition,
};
use crate::preset::ProxyUrl;
use crate::storage::{
    Device, KeptLuks, KeptPartition, KeySlots, Larger, MapperName, NewLuks, PartitionId,
    PartitionRole, Smaller, TargetPath,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why a plan is not run.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadPlan {
    /// It was written by another version.
    #[error("this plan has format {0}, and this Nevado runs format {FORMAT}")]
    Format(u32),
    /// Its steps are not numbered from 1.
    #[error("step {0} of the plan has another number")]
    Numbering(usize),
    /// A step is for another disk than the plan.
    #[error("step {0} is for a disk, partition, table or file that it must not touch")]
    Foreign(u32),
    /// Something must come first.
    #[error("step {step} comes before {first}")]
    Order {
        /// The step that is too early.
        step: u32,
        /// What has to come before it.
        first: &'static str,
    },
    /// The last step must read everything back.
    #[error("the plan does not end with reading everything back")]
    Unverified,
    /// The plan evaluates other files than it writes.
    #[error("the files that are evaluated are not the files that are written")]
    OtherFiles,
    /// The table breaks a rule.
    #[error(transparent)]
    Table(#[from] table_image::TableError),
    /// A secret that would end up in the environment of programs and in the plan's copy.
    #[error("the address of the proxy holds a name or a password")]
    ProxyPassword,
    /// The password of an account was not handed over.
    #[error("there is no password for {0}")]
    NoPassword(String),
    /// The passphrase of the disk was not handed over.
    #[error("there is no passphrase for the encrypted disk")]
    NoPassphrase,
    /// Nobody could open the disk with it.
    #[error("the passphrase of the encrypted disk can't be used: {0}")]
    BadPassphrase(&'static str),
    /// The recovery key of the disk was not handed over.
    #[error("there is no recovery key for the encrypted disk")]
    NoRecoveryKey,
}

/// Looks the whole plan through before anything is done.
///
/// # Errors
/// The first rule that it breaks.
pub(crate) fn validate(plan: &Plan, secrets: &Secrets) -> Result<(), BadPlan> {
    if plan.format != FORMAT {
        return Err(BadPlan::Format(plan.format));
    }
    if plan
        .install
        .proxy
        .as_ref()
        .is_some_and(ProxyUrl::has_credentials)
    {
        return Err(BadPlan::ProxyPassword);
    }
    check_disks(plan)?;
    let mut done = Done::of(plan);
    for (i, step) in plan.steps.iter().enumerate() {
        if usize::try_from(step.number) != Ok(i + 1) {
            return Err(BadPlan::Numbering(i + 1));
        }
        if !is_own(plan, &step.action) {
            return Err(BadPlan::Foreign(step.number));
        }
        done.step(step.number, &step.action)?;
        if let Action::Encrypt { luks, .. } = &step.action {
            has_keys(luks, secrets)?;
        }
        if let Action::TryContainer { .. } = &step.action
            && secrets.passphrase.is_none()
        {
            return Err(BadPlan::NoPassphrase);
        }
        if let Action::SetPasswords { accounts } = &step.action
            && let Some(account) = accounts.iter().find(|account| !secrets.has(account))
        {
            return Err(BadPlan::NoPassword(account.name().to_owned()));
        }
    }
    match plan.steps.last().map(|step| &step.action) {
        Some(Action::Verify) => Ok(()),
        _ => Err(BadPlan::Unverified),
    }
}

/// Everything that is to open a container is there.
fn has_keys(luks: &NewLuks, secrets: &Secrets) -> Result<(), BadPlan> {
    let passphrase = secrets.passphrase.as_ref();
    if let Some(why) = unusable(passphrase.ok_or(BadPlan::NoPassphrase)?) {
        return Err(BadPlan::BadPassphrase(why));
    }
    match luks.key_slots {
        KeySlots::PassphraseAndRecoveryKey if secrets.recovery_key.is_none() => {
            Err(BadPlan::NoRecoveryKey)
        }
        KeySlots::PassphraseAndRecoveryKey | KeySlots::Passphrase => Ok(()),
    }
}

/// Each disk's table keeps the rules, and nothing can be taken for something on another disk: neither
/// a disk by its device node nor a partition by its identity.
fn check_disks(plan: &Plan) -> Result<(), BadPlan> {
    let mut seen = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for disk in plan.disks() {
        let table = &disk.table;
        table_rules::check(table)?;
        keeps_what_is_there(plan, disk)?;
        let is_too_long = table.length.bytes(table.sector_size) > disk.identity.size;
        if is_too_long || table.sector_size != disk.identity.sector_size {
            return Err(BadPlan::Foreign(0));
        }
        let new = table.partitions.iter().map(|p| p.id);
        let mut own = new.chain(table.kept().iter().map(|p| p.id));
        if !seen.insert(&disk.identity.path) || !own.all(|id| ids.insert(id)) {
            return Err(BadPlan::Foreign(0));
        }
    }
    Ok(())
}

/// A table that is kept is the one of the disk, and every partition that stays is one of it: what was
/// confirmed and is compared again before the first write.
fn keeps_what_is_there(plan: &Plan, disk: &PlannedDisk) -> Result<(), BadPlan> {
    if disk.table.base.is_new() {
        return Ok(());
    }
    let TableIdentity::Partitioned { kind, partitions } = &disk.identity.table else {
        return Err(BadPlan::Foreign(0));
    };
    let own = *kind == disk.table.id.kind();
    let whole = disk.table.kept().iter().all(|p| is_whole(plan, p));
    let is_there = |kept: &KeptPartition| {
        let is_it = |p: &UsedPartition| {
            (p.number, p.start, p.length) == (kept.number, kept.start, kept.old_length())
                && p.guid.as_ref().is_some_and(|id| id.parse() == Ok(kept.id))
        };
        partitions.iter().any(is_it)
    };
    match own && whole && disk.table.kept().iter().all(is_there) {
        true => Ok(()),
        false => Err(BadPlan::Foreign(0)),
    }
}

/// Whether a partition that stays is as long as before, or its file system is made smaller first, or larger
/// afterwards: a shorter partition would cut it off.
fn is_whole(plan: &Plan, partition: &KeptPartition) -> bool {
    let fits = |step: &Step| {
        matches!(&step.action, Action::Shrink(smaller)
            if smaller.partition == partition.id && is_own_smaller(plan, smaller))
    };
    // One that no step makes larger would be left with room that nobody uses.
    let follows = |step: &Step| {
        matches!(&step.action, Action::Grow(larger)
            if larger.partition == partition.id && is_own_larger(plan, larger))
    };
    match (partition.is_shorter(), partition.is_longer()) {
        (true, _) => plan.steps.iter().any(fits),
        (false, true) => plan.steps.iter().any(follows),
        (false, false) => partition.length_now.is_none(),
    }
}

/// Whether a file system that becomes larger is in a partition that becomes longer, and fills it.
fn is_own_larger(plan: &Plan, larger: &Larger) -> bool {
    let Some(disk) = plan.disk_of(larger.partition) else {
        return false;
    };
    let unit = disk.table.sector_size;
    let mut kept = disk.table.kept().iter();
    kept.find(|p| p.id == larger.partition).is_some_and(|p| {
        let sizes = (p.old_length().bytes(unit), p.length.bytes(unit));
        p.is_longer() && (larger.from, larger.to) == sizes
    })
}

/// Whether a file system that becomes larger is looked over before anything is wiped.
fn is_looked_over(plan: &Plan, larger: &Larger) -> bool {
    let looked = |step: &Step| matches!(&step.action, Action::LookOver(other) if other == larger);
    plan.steps.iter().any(looked)
}

/// Whether a file system that becomes smaller is in a partition that becomes shorter, and fits into
/// what the partition keeps.
fn is_own_smaller(plan: &Plan, smaller: &Smaller) -> bool {
    let Some(disk) = plan.disk_of(smaller.partition) else {
        return false;
    };
    let unit = disk.table.sector_size;
    let mut kept = disk.table.kept().iter();
    kept.find(|p| p.id == smaller.partition).is_some_and(|p| {
        let shorter = p.length_now.is_some_and(|now| p.length < now);
        shorter && smaller.to <= p.length.bytes(unit) && smaller.to <= smaller.from
    })
}

/// Whether a step stays with the plan's disks, tables and partitions.
fn is_own(plan: &Plan, action: &Action) -> bool {
    let disk = |path: &PathBuf| plan.disk_at(path).is_some();
    match action {
        Action::CheckIdentity { disk: identity } => {
            let planned = plan.disk_at(&identity.path);
            planned.is_some_and(|planned| same(identity, &planned.identity))
        }
        Action::SaveTable { disk: path }
        | Action::Release { disk: path }
        | Action::Wipe { disk: path } => disk(path),
        Action::Shrink(smaller) => is_own_smaller(plan, smaller),
        Action::FindSubvolumes { partition, .. } => is_kept(plan, &Device::Partition(*partition)),
        Action::LookOver(larger) => is_own_larger(plan, larger),
        Action::Grow(larger) => is_own_larger(plan, larger) && is_looked_over(plan, larger),
        Action::WriteTable { disk: path, table } => {
            let planned = plan.disk_at(path);
            planned.is_some_and(|planned| *table == planned.table)
        }
        Action::Encrypt { partition, luks } | Action::OpenEncrypted { partition, luks } => {
            is_own_container(plan, *partition, luks)
        }
        Action::TryContainer { partition, luks } => {
            let is_named = luks.name == MapperName::of(luks.uuid);
            is_named && is_kept(plan, &Device::Partition(*partition))
        }
        Action::OpenKept { partition, luks } => is_tried(plan, *partition, luks),
        Action::WipeInside { device } => is_kept_container(plan, device),
        Action::MakeFileSystem { device, .. } | Action::MakeSwap { device, .. } => {
            is_own_device(plan, device)
        }
        Action::MakeSubvolumes { device, .. } => made(plan, device) == Some("btrfs"),
        // It is emptied and removed after the build.
        Action::Mount { at, .. } if at.is_scratch() => false,
        // mount(8) runs programs for some, and gives others away.
        Action::Mount { options, .. } if !options.iter().all(|option| is_usual(option)) => false,
        Action::Mount {
            device, kind, at, ..
        } => match made(plan, device) {
            Some(made) => is_own_device(plan, device) && made == kind,
            None if is_kept_esp(plan, device) => {
                kind == "vfat" && ESP_PLACES.contains(&at.to_string().as_str())
            }
            None => {
                at.is_for_data() && is_kept(plan, device) && DATA_KINDS.contains(&kind.as_str())
            }
        },
        Action::Evaluate { files } | Action::WriteFiles { files } => files.iter().all(is_own_file),
        Action::InstallSystem { channel, .. } => channel
            .as_ref()
            .is_none_or(|path| path.starts_with("/nix/store")),
        Action::MakeSwapFile { at, .. } => is_in_new_file_system(plan, at),
        Action::Inhibit
        | Action::Build { .. }
        | Action::SetPasswords { .. }
        | Action::CarryConnections
        | Action::KeepRecord
        | Action::Unmount
        | Action::Verify => true,
    }
}

/// Where an ESP that stays is mounted.
const ESP_PLACES: [&str; 2] = ["/boot", "/efi"];

/// The file systems of data that stay.
const DATA_KINDS: [&str; 6] = ["btrfs", "ext2", "ext3", "ext4", "f2fs", "xfs"];

/// Whether a plan has this option of mount(8): those that `storage` writes.
fn is_usual(option: &str) -> bool {
    const WHOLE: [&str; 4] = ["noatime", "compress=zstd", "fmask=0077", "dmask=0077"];
    let subvolume = option.strip_prefix("subvol=");
    let is_one = |name: &str| !name.contains([',', '"', '\\']) && !name.contains(char::is_control);
    WHOLE.contains(&option) || subvolume.is_some_and(is_one)
}

fn is_own_device(plan: &Plan, device: &Device) -> bool {
    match device {
        Device::Partition(id) => {
            let mut new = plan.disks().flat_map(|disk| &disk.table.partitions);
            new.any(|p| p.id == *id)
        }
        Device::Mapped { .. } => plan.steps.iter().any(|step| match &step.action {
            Action::OpenEncrypted { luks, .. } => luks.device() == *device,
            Action::OpenKept { luks, .. } => luks.device() == *device,
            _ => false,
        }),
    }
}

/// Whether a path of the target is inside a file system that the plan makes.
fn is_in_new_file_system(plan: &Plan, path: &TargetPath) -> bool {
    let mounts = plan.steps.iter().filter_map(|step| match &step.action {
        Action::Mount { device, at, .. } => Some((device, at)),
        _ => None,
    });
    let above = mounts.filter(|(_, at)| path.as_path().starts_with(at.as_path()));
    let nearest = above.max_by_key(|(_, at)| at.as_path().components().count());
    nearest.is_some_and(|(device, at)| at != path && made(plan, device).is_some())
}

/// Whether it is a partition that stays, or the container in one. It may be mounted where nothing of the
/// system is written.
fn is_kept(plan: &Plan, device: &Device) -> bool {
    let mut kept = plan.disks().flat_map(|disk| disk.table.kept());
    kept.any(|p| *device == Device::Partition(p.id)) || is_kept_container(plan, device)
}

/// Whether it is a container that stays, and is opened.
fn is_kept_container(plan: &Plan, device: &Device) -> bool {
    let opened = |step: &Step| matches!(&step.action, Action::OpenKept { luks, .. } if luks.device() == *device);
    plan.steps.iter().any(opened)
}

/// Whether the passphrase of a container that stays is tried before anything is written.
fn is_tried(plan: &Plan, partition: PartitionId, luks: &KeptLuks) -> bool {
    let tried = |step: &Step| match &step.action {
        Action::TryContainer {
            partition: other,
            luks: tried,
        } => *other == partition && tried == luks,
        _ => false,
    };
    plan.steps.iter().any(tried)
}

/// Whether it is an ESP that stays.
fn is_kept_esp(plan: &Plan, device: &Device) -> bool {
    let mut kept = plan.disks().flat_map(|disk| disk.table.kept());
    kept.any(|p| *device == Device::Partition(p.id) && p.kind.is(PartitionRole::Esp))
}

/// Whether the plan makes this container in this partition of its own.
fn is_own_container(plan: &Plan, partition: PartitionId, luks: &NewLuks) -> bool {
    let made = |step: &Step| match &step.action {
        Action::Encrypt {
            partition: other,
            luks: made,
        } => *other == partition && made == luks,
        _ => false,
    };
    is_own_device(plan, &Device::Partition(partition)) && plan.steps.iter().any(made)
}

/// The type of the file system that the plan makes in a device.
fn made<'a>(plan: &'a Plan, wanted: &Device) -> Option<&'a str> {
    plan.steps.iter().find_map(|step| match &step.action {
        Action::MakeFileSystem {
            device,
            file_system,
        } if device == wanted => Some(file_system.name()),
        _ => None,
    })
}

/// Files of the configuration, with permission bits only.
fn is_own_file(file: &TargetFile) -> bool {
    file.path.as_path().starts_with("/etc/nixos") && file.mode & !0o777 == 0
}

fn same(one: &DiskIdentity, other: &DiskIdentity) -> bool {
    one == other && one.path.starts_with(Path::new("/dev"))
}

/// What has to come before the first write.
const CHECKED: &str = "the disk is looked at again";

/// And before a disk is taken apart.
const RELEASED: &str = "what holds the disk is released";

/// What has happened before a step.
#[derive(Default)]
struct Done<'a> {
    evaluated: Option<Vec<TargetFile>>,
    /// How many disks the plan has; each has to go through what follows.
    disks: usize,
    /// How many of them get another table.
    changed: usize,
    checked: BTreeSet<&'a Path>,
    tried: BTreeSet<PartitionId>,
    saved: BTreeSet<&'a Path>,
    released: BTreeSet<&'a Path>,
    shrunk: Vec<PartitionId>,
    wiped: BTreeSet<&'a Path>,
    tables: BTreeSet<&'a Path>,
    opened: Vec<Device>,
    /// Containers that stay with something in them.
    full: Vec<Device>,
    root: bool,
    built: bool,
}

impl<'a> Done<'a> {
    fn of(plan: &Plan) -> Self {
        Self {
            disks: plan.disks().count(),
            changed: plan.disks().filter(|disk| disk.changes_table()).count(),
            ..Self::default()
        }
    }

    fn step(&mut self, step: u32, action: &'a Action) -> Result<(), BadPlan> {
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
            Action::LookOver(_) | Action::FindSubvolumes { .. } => {
                after(self.released.len() == self.disks, RELEASED)?;
                let untouched = self.wiped.is_empty() && self.tables.is_empty();
                after(untouched, "anything is wiped or written")?;
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
            }
            Action::MakeSubvolumes { .. } => {
                after(tables, "the table is written")?;
                after(!self.root, "anything is mounted")?;
            }
            Action::MakeSwapFile { .. } => after(self.root, "the root is mounted")?,
            Action::Mount { at, .. } => {
                after(tables, "the table is written")?;
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
