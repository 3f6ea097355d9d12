//! Reads everything back, read-only, and compares it with the plan; then makes the receipt final.

use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::kept_table::KeptTable;
use super::super::system::Place;
use super::super::table_image;
use super::encrypt::{self, Access};
use super::keep_record::{self, State};
use super::{
    carry_connections, device, find_subvolumes, grow, grub, install_system, kept_container, limine,
    mount, save_table, set_passwords, shrink, systemd_boot, unmount,
};
use crate::machine::Architecture;
use crate::plan::{Action, LoaderFound, Plan, PlannedDisk, TargetFile};
use crate::preset::{BootLoader, Decision, Origin};
use crate::storage::{
    Device, KeptPartition, NewFileSystem, PartitionId, PartitionRole, TargetPath,
};
use crate::units::Bytes;
use std::path::{Path, PathBuf};

/// The system profile in the target.
const PROFILE: &str = "/nix/var/nix/profiles/system";

pub(super) fn run(context: &mut Context<'_>) -> Result<(), StepError> {
    let plan = context.plan;
    for disk in plan.disks() {
        table(context, disk)?;
    }
    open_all(context, Access::ReadOnly)?;
    for step in &plan.steps {
        content(context, &step.action)?;
    }
    mount_all(context, Some("ro"))?;
    files(context)?;
    swap_files(context)?;
    system(context)?;
    time_zone(context)?;
    let (loader, found) = loader(context.plan);
    match (grub::core(context.plan), loader) {
        (Some(core), _) => grub::compare(context, &core)?,
        (None, BootLoader::SystemdBoot) => systemd_boot::compare(context)?,
        (None, BootLoader::Grub) => grub::compare_efi(context, found)?,
        (None, BootLoader::Limine) => limine::compare(context, found)?,
    }
    set_passwords::compare(context)?;
    carry_connections::compare(context)?;
    unmount::run(context)?;
    // From here on it is only the record that changes, and that is not left half done.
    context.cancel = None;
    open_all(context, Access::ReadWrite)?;
    mount_all(context, None)?;
    keep_record::write(context, State::Done)?;
    // The receipt is final: if unmounting fails now, when all is closed, that is a warning.
    context.system.sync();
    Ok(())
}

/// What the plan installs to start the system, and where firmware finds it.
fn loader(plan: &Plan) -> (BootLoader, LoaderFound) {
    let installed = plan.steps.iter().find_map(|step| match &step.action {
        Action::InstallSystem { loader, found, .. } => Some((*loader, *found)),
        _ => None,
    });
    installed.unwrap_or((BootLoader::SystemdBoot, LoaderFound::ByEntry))
}

fn table(context: &mut Context<'_>, planned: &PlannedDisk) -> Result<(), StepError> {
    let (disk, table) = (&planned.identity.path, &planned.table);
    let end = table_image::END;
    let length = table.length.bytes(table.sector_size);
    let last = Bytes(length.0.saturating_sub(end.0));
    let head = context
        .system
        .read_device(disk, Bytes(0), end)
        .on("read", disk)?;
    let tail = context
        .system
        .read_device(disk, last, end)
        .on("read", disk)?;
    // A GPT that stays untouched need not be as a tool would write it, but it must be what it was.
    if !planned.changes_table() && table.id.guid().is_some() {
        let [old_head, old_tail] = save_table::saved(context, planned)?;
        table_image::unchanged(table, [&old_head, &old_tail], [&head, &tail])?;
        context.note(format!(
            "the partition table of {} is as it was",
            disk.display()
        ));
        return Ok(());
    }
    let kept = save_table::kept(context, planned)?;
    table_image::compare(table, kept.as_ref(), head, tail)?;
    for record in kept.iter().flat_map(KeptTable::chain) {
        let length = Bytes(u64::try_from(record.content.len()).unwrap_or_default());
        let found = context
            .system
            .read_device(disk, record.at, length)
            .on("read", disk)?;
        if found != record.content {
            return StepError::refused(format!(
                "a record of the logical partitions of {}, {} behind its beginning, is not as planned",
                disk.display(),
                record.at
            ));
        }
    }
    context.note(format!(
        "both copies of the partition table of {} are as planned",
        disk.display()
    ));
    Ok(())
}

/// Opens every container of the plan.
fn open_all(context: &mut Context<'_>, access: Access) -> Result<(), StepError> {
    for step in &context.plan.steps {
        match &step.action {
            Action::OpenEncrypted { partition, luks } => {
                encrypt::open(context, *partition, luks, access)?;
            }
            Action::OpenKept { partition, luks } => {
                kept_container::open(context, *partition, luks, access)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a step made in a device.
fn content(context: &mut Context<'_>, action: &Action) -> Result<(), StepError> {
    match action {
        Action::Encrypt { partition, luks } => {
            let device = Device::Partition(*partition);
            signature(context, &device, "crypto_LUKS", &luks.uuid.to_string())?;
            encrypt::compare(context, *partition, luks)
        }
        Action::TryContainer { partition, luks } => {
            kept_container::compare(context, *partition, luks)
        }
        Action::MakeFileSystem {
            device,
            file_system,
        } => {
            let identifier = file_system.identifier();
            signature(context, device, file_system.name(), &identifier)?;
            consistency(context, device, file_system)
        }
        Action::Shrink(smaller) => shrink::check(context, smaller),
        Action::Grow(larger) => grow::check(context, larger),
        Action::FindSubvolumes(named) => find_subvolumes::check(context, named),
        Action::MakeSwap { device, uuid } => signature(context, device, "swap", &uuid.to_string()),
        _ => Ok(()),
    }
}

/// Swap files are there, and are swap.
fn swap_files(context: &mut Context<'_>) -> Result<(), StepError> {
    for step in &context.plan.steps {
        if let Action::MakeSwapFile { at, .. } = &step.action {
            must_exist(context, at.as_path())?;
            let command = Command::new("blkid")
                .args(["--probe", "--match-types", "swap"])
                .arg(mount::folder(at));
            context.ask(&command)?;
        }
    }
    Ok(())
}

/// What libblkid finds, looking at the device itself.
pub(super) fn signature(
    context: &mut Context<'_>,
    device: &Device,
    kind: &str,
    identifier: &str,
) -> Result<(), StepError> {
    let path = device::own(context, device)?;
    let command = Command::new("blkid")
        .args(["--probe", "--output", "export"])
        .arg(&path);
    let output = context.ask(&command)?.stdout;
    let value = |key: &str| {
        let mut pairs = output.lines().filter_map(|line| line.split_once('='));
        pairs
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value.to_owned())
    };
    let mut wanted = vec![("TYPE", kind.to_owned()), ("UUID", identifier.to_owned())];
    if let Device::Partition(id) = device {
        wanted.push(("PART_ENTRY_UUID", id.to_string()));
    }
    for (key, wanted) in wanted {
        let found = value(key);
        if found.as_ref() != Some(&wanted) {
            let found = found.unwrap_or_else(|| "not there".to_owned());
            let path = path.display();
            return StepError::refused(format!("{key} of {path} is {found}, not {wanted}"));
        }
    }
    Ok(())
}

fn consistency(
    context: &mut Context<'_>,
    device: &Device,
    file_system: &NewFileSystem,
) -> Result<(), StepError> {
    let path = device::own(context, device)?;
    let command = match file_system {
        NewFileSystem::Vfat { .. } => Command::new("fsck.vfat").arg("-n"),
        NewFileSystem::Ext4 { .. } => Command::new("e2fsck").args(["-f", "-n"]),
        NewFileSystem::Btrfs { .. } => Command::new("btrfs").args(["check", "--readonly"]),
        NewFileSystem::Xfs { .. } => Command::new("xfs_repair").arg("-n"),
        NewFileSystem::F2fs { .. } => Command::new("fsck.f2fs").arg("--dry-run"),
    };
    context.run(&command.arg(path).within(LONG)).map(drop)
}

/// Mounts what the plan mounts, in its order, with the planned options and these.
fn mount_all(context: &mut Context<'_>, besides: Option<&str>) -> Result<(), StepError> {
    for step in &context.plan.steps {
        if let Action::Mount {
            device,
            at,
            kind,
            options,
        } = &step.action
        {
            let path = device::own(context, device)?;
            let all: Vec<&str> = options.iter().map(String::as_str).chain(besides).collect();
            let options = mount::words(&all);
            mount::mount(context, &path, &mount::folder(at), kind, &options)?;
        }
    }
    Ok(())
}

/// Every file of the configuration, byte by byte.
fn files(context: &mut Context<'_>) -> Result<(), StepError> {
    let plan = context.plan;
    let written = plan.steps.iter().filter_map(|step| match &step.action {
        Action::WriteFiles { files } => Some(files),
        _ => None,
    });
    for TargetFile { path, text, .. } in written.flatten() {
        let found = context
            .system
            .read_file(Place::Target, path.as_path())
            .on("read", path.as_path())?;
        if found != text.as_bytes() {
            return StepError::refused(format!("{path} is not as it was written"));
        }
    }
    Ok(())
}

/// The profile leads to the system that was built, and it is there.
fn system(context: &mut Context<'_>) -> Result<(), StepError> {
    let built = install_system::built(context)?;
    let profile = Path::new(PROFILE);
    let mut path = profile.to_owned();
    // The profile leads to a generation, and that to the store.
    for _ in 0..2 {
        let link = context
            .system
            .read_link(Place::Target, &path)
            .on("read", &path)?;
        path = path.parent().unwrap_or(profile).join(link);
    }
    if path != built {
        return StepError::refused(format!(
            "the system profile leads to {}, not to {}",
            path.display(),
            built.display()
        ));
    }
    for needed in [built.join("init"), PathBuf::from("/etc/NIXOS")] {
        must_exist(context, &needed)?;
    }
    Ok(())
}

/// The clock of the new system goes by the planned time zone (localtime(5)).
fn time_zone(context: &mut Context<'_>) -> Result<(), StepError> {
    let mut decisions = context.plan.decisions.iter();
    let asked = |d: &&Decision| d.field == "locale.time_zone" && d.origin == Origin::Asked;
    // Nobody asked: there is no link then, which means UTC.
    let Some(planned) = decisions.find(asked) else {
        return Ok(());
    };
    let path = Path::new("/etc/localtime");
    let link = context
        .system
        .read_link(Place::Target, path)
        .on("read", path)?;
    // The zone's name is all that follows the folder of the zones, wherever that is.
    let zone = link.to_str().and_then(|link| link.split_once("zoneinfo/"));
    if zone.is_some_and(|(_, zone)| zone == planned.value) {
        Ok(())
    } else {
        StepError::refused(format!(
            "the new system's clock goes by {}, not by {}",
            link.display(),
            planned.value
        ))
    }
}

pub(super) fn must_exist(context: &mut Context<'_>, path: &Path) -> Result<(), StepError> {
    match context.system.exists(Place::Target, path) {
        true => Ok(()),
        false => StepError::refused(format!("{} is missing in the target", path.display())),
    }
}

/// Where the plan mounts the EFI system partition.
pub(super) fn esp(plan: &Plan) -> Result<&TargetPath, StepError> {
    match mount_of(plan, PartitionRole::Esp) {
        Some(at) => Ok(at),
        None => StepError::refused("the plan mounts no EFI system partition"),
    }
}

/// What firmware looks for in `EFI/BOOT` when it knows of no other loader (UEFI specification 2.10,
/// 3.5.1.1).
pub(super) const fn fallback(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86_64 => "BOOTX64.EFI",
        Architecture::Aarch64 => "BOOTAA64.EFI",
    }
}

/// A boot loader's image on the EFI system partition. A shared one has images of other systems too, and
/// one for firmware that knows of no entry nearly always: `word`, in whatever case, is in that of the
/// loader alone.
pub(super) fn image(
    context: &mut Context<'_>,
    path: &Path,
    word: &'static str,
) -> Result<(), StepError> {
    must_exist(context, path)?;
    let content = context.system.read_file(Place::Target, path);
    let content = content.on("read", path)?;
    let mut windows = content.windows(word.len());
    match windows.any(|part| part.eq_ignore_ascii_case(word.as_bytes())) {
        true => Ok(()),
        false => StepError::refused(format!("{} is not that of {word}", path.display())),
    }
}

/// Where the plan mounts a partition of this type, new or kept.
pub(super) fn mount_of(plan: &Plan, role: PartitionRole) -> Option<&TargetPath> {
    let ids = plan.disks().flat_map(|disk| {
        let table = &disk.table;
        let new = table.partitions.iter().filter(move |p| p.role == role);
        let of_type = move |p: &&KeptPartition| p.kind.is(role);
        let kept = table.kept().iter().filter(of_type);
        new.map(|p| p.id).chain(kept.map(|p| p.id))
    });
    ids.into_iter().find_map(|id| mount_point(plan, id))
}

/// Where the plan mounts the partition of this identity.
pub(super) fn mount_point(plan: &Plan, partition: PartitionId) -> Option<&TargetPath> {
    let wanted = Device::Partition(partition);
    plan.steps.iter().find_map(|step| match &step.action {
        Action::Mount { device, at, .. } if *device == wanted => Some(at),
        _ => None,
    })
}
