//! What a step may touch: the disks, partitions, containers and files of its own plan, and nothing else.

use super::subvolumes;
use crate::plan::{Action, DiskIdentity, Plan, Step, TargetFile};
use crate::storage::{
    Device, KeptLuks, KeptPartition, Larger, MapperName, NewLuks, PartitionId, PartitionRole,
    Smaller, TargetPath,
};
use std::path::{Component, Path, PathBuf};

/// Whether a partition that stays is as long as before, or its file system is made smaller first, or larger
/// afterwards: a shorter partition would cut it off.
pub(super) fn is_whole(plan: &Plan, partition: &KeptPartition) -> bool {
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
        // It has no file system; the table's own rules hold it to what lies in it.
        (false, true) if partition.is_extended() => true,
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
pub(super) fn is_own(plan: &Plan, action: &Action) -> bool {
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
        Action::TryMount {
            partition,
            container,
            kind,
        } => is_mounted_kept(plan, *partition, container.as_ref(), kind),
        Action::FindSubvolumes(named) => is_kept(plan, &Device::Partition(named.partition)),
        Action::DeleteSubvolumes {
            partition,
            subvolumes,
        } => {
            let found = subvolumes::of(plan, &Device::Partition(*partition));
            found.is_some_and(|found| found.gone == *subvolumes && subvolumes::is_whole(found))
        }
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
        // They are only read, on whatever disk.
        Action::FindSleepers { windows, linux } => {
            windows.iter().chain(linux).all(|node| is_node(node))
        }
        Action::OpenKept { partition, luks } => is_tried(plan, *partition, luks),
        Action::WipeInside { device } => is_kept_container(plan, device),
        Action::MakeFileSystem { device, .. } | Action::MakeSwap { device, .. } => {
            is_own_device(plan, device)
        }
        Action::MakeSubvolumes { device, subvolumes } => match made(plan, device) {
            Some(made) => made == "btrfs",
            None => subvolumes::of(plan, device).is_some_and(|found| found.new == *subvolumes),
        },
        // It is emptied and removed after the build.
        Action::Mount { at, .. } if at.is_scratch() => false,
        // mount(8) runs programs for some, and gives others away.
        Action::Mount { options, .. } if !options.iter().all(|option| is_usual(option)) => false,
        Action::Mount {
            device,
            kind,
            options,
            ..
        } if subvolumes::is_new(plan, device, options) => kind == "btrfs" && is_kept(plan, device),
        Action::Mount {
            device,
            kind,
            at,
            options,
        } => match made(plan, device) {
            Some(made) => is_own_device(plan, device) && made == kind,
            None if is_kept_esp(plan, device) => {
                kind == "vfat" && ESP_PLACES.contains(&at.to_string().as_str())
            }
            None => {
                at.is_for_data()
                    && is_kept(plan, device)
                    && DATA_KINDS.contains(&kind.as_str())
                    && subvolumes::stays(plan, device, options)
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
        Action::Mount {
            device,
            at,
            options,
            ..
        } => Some((device, at, options)),
        _ => None,
    });
    let above = mounts.filter(|(_, at, _)| path.as_path().starts_with(at.as_path()));
    let nearest = above.max_by_key(|(_, at, _)| at.as_path().components().count());
    nearest.is_some_and(|(device, at, options)| {
        let is_new = made(plan, device).is_some() || subvolumes::is_new(plan, device, options);
        at != path && is_new
    })
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

/// Whether it is what stays in a partition or its container, and is mounted as this later.
fn is_mounted_kept(
    plan: &Plan,
    partition: PartitionId,
    container: Option<&KeptLuks>,
    kind: &str,
) -> bool {
    let own = Device::Partition(partition);
    let opens = |luks| is_tried(plan, partition, luks) && luks.name == MapperName::of(luks.uuid);
    let wanted = container.map_or_else(|| own.clone(), KeptLuks::device);
    let mounts = |step: &Step| match &step.action {
        Action::Mount {
            device,
            kind: as_kind,
            ..
        } => *device == wanted && as_kind == kind,
        _ => false,
    };
    container.is_none_or(opens) && is_kept(plan, &wanted) && plan.steps.iter().any(mounts)
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

/// Whether a path is that of a device node, and leads nowhere else.
fn is_node(path: &Path) -> bool {
    let mut parts = path.components();
    path.starts_with("/dev") && !parts.any(|part| part == Component::ParentDir)
}

fn same(one: &DiskIdentity, other: &DiskIdentity) -> bool {
    one == other && one.path.starts_with(Path::new("/dev"))
}
