//! Reads GRUB back: on a BIOS machine its first stage and its core image, from UEFI its image on the
//! ESP, and its menu.

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::super::table_image::END;
use super::{install_system, verify};
use crate::machine::Architecture;
use crate::plan::{Action, LoaderFound, Plan, PlannedDisk, Step};
use crate::storage::{Device, KeptPartition, PartitionRole, TableId};
use crate::units::{Bytes, Sectors};
use std::path::{Path, PathBuf};

/// Where NixOS has GRUB write its menu.
const MENU: &str = "/boot/grub/grub.cfg";

/// Where the core image of a GRUB that starts from a BIOS lies.
pub(super) struct Core<'p> {
    disk: &'p PlannedDisk,
    /// Its first sector.
    start: Sectors,
}

/// The place of the core image, if the plan's system starts by GRUB from a BIOS: a new BIOS boot
/// partition, and without one, on the disk with the kernels, the gap behind the first sector of an MBR or
/// the BIOS boot partition that is there.
pub(super) fn core(plan: &Plan) -> Option<Core<'_>> {
    if let Some(made) = plan.disks().find_map(made_partition) {
        return Some(made);
    }
    // Beside an ESP that the plan mounts, a BIOS boot partition that stays belongs to another system.
    if verify::esp(plan).is_ok() {
        return None;
    }
    let disk = disk_of_kernels(plan)?;
    let is_core = |p: &&KeptPartition| p.kind.is(PartitionRole::BiosBoot);
    let start = match disk.table.id {
        TableId::Mbr(_) => Sectors(1),
        TableId::Gpt(_) => {
            let kept = disk.table.kept().iter().filter(is_core);
            kept.min_by_key(|p| p.number)?.start
        }
    };
    Some(Core { disk, start })
}

fn made_partition(disk: &PlannedDisk) -> Option<Core<'_>> {
    let mut new = disk.table.partitions.iter();
    let made = new.find(|p| p.role == PartitionRole::BiosBoot)?;
    let start = made.start;
    Some(Core { disk, start })
}

/// The disk of `/boot`, or of the root without one; both are plain partitions here.
fn disk_of_kernels(plan: &Plan) -> Option<&PlannedDisk> {
    let mounted = |wanted: &str| {
        plan.steps.iter().find_map(|step| match &step.action {
            Action::Mount {
                device: Device::Partition(partition),
                at,
                ..
            } if at.as_path() == Path::new(wanted) => Some(*partition),
            _ => None,
        })
    };
    plan.disk_of(mounted("/boot").or_else(|| mounted("/"))?)
}

/// Follows the way of a boot: sector 0, the core image that it loads, the menu, what that names.
pub(super) fn compare(context: &mut Context<'_>, core: &Core<'_>) -> Result<(), StepError> {
    let disk = &core.disk.identity.path;
    let at = core.start.bytes(core.disk.table.sector_size);
    let mut read = |at| context.system.read_device(disk, at, END).on("read", disk);
    let first = read(Bytes(0))?;
    let image = match usize::try_from(at.0) {
        Ok(offset) if at < END => first.get(offset..).unwrap_or_default().to_vec(),
        _ => read(at)?,
    };
    if let Err(what) = stages(&first, &image, at) {
        return StepError::refused(format!("{} does not start GRUB: {what}", disk.display()));
    }
    menu(context)
}

/// The same from UEFI: the loader on the ESP, the menu, what that names. NixOS calls the loader's
/// folder after the place of the ESP (`nixos/modules/system/boot/loader/grub/grub.nix`).
pub(super) fn compare_efi(context: &mut Context<'_>, found: LoaderFound) -> Result<(), StepError> {
    let architecture = context.plan.architecture;
    let esp = verify::esp(context.plan)?.as_path();
    let own = format!("NixOS{}", esp.to_string_lossy().replace('/', "-"));
    let image = match architecture {
        Architecture::X86_64 => "grubx64.efi",
        Architecture::Aarch64 => "grubaa64.efi",
    };
    let image = match found {
        LoaderFound::ByEntry => format!("EFI/{own}/{image}"),
        LoaderFound::AtFallback => format!("EFI/BOOT/{}", verify::fallback(architecture)),
    };
    // The path of its menu's folder stands in it, `/grub` or `/boot/grub`.
    verify::image(context, &esp.join(image), "GRUB")?;
    menu(context)
}

/// Whether sector 0 loads the core image, and the core image is where it looks for it: the offset
/// is `GRUB_BOOT_MACHINE_KERNEL_SECTOR` of GRUB's `include/grub/i386/pc/boot.h`, the words are what
/// its `boot.S` and `diskboot.S` say on the screen.
fn stages(first: &[u8], image: &[u8], core: Bytes) -> Result<(), String> {
    let says = |code: &[u8], word: &[u8]| code.windows(word.len()).any(|part| part == word);
    if first.get(510..512) != Some(&[0x55, 0xAA]) {
        return Err("its first sector has no boot signature".to_owned());
    }
    if !first.get(..440).is_some_and(|code| says(code, b"GRUB ")) {
        return Err("its first sector holds other code".to_owned());
    }
    let sector = first
        .get(0x5C..0x64)
        .and_then(|field| field.try_into().ok());
    let loads = sector.map(u64::from_le_bytes);
    let planned = core.0 / 512;
    if loads != Some(planned) {
        return Err(format!(
            "its first sector loads sector {}, and its core image has to be at {planned}",
            loads.unwrap_or_default()
        ));
    }
    match says(image.get(..512).unwrap_or(image), b"loading") {
        true => Ok(()),
        false => Err("there is no core image".to_owned()),
    }
}

/// The menu names only files that are there, and the system that was built.
fn menu(context: &mut Context<'_>) -> Result<(), StepError> {
    let path = Path::new(MENU);
    let text = context.system.read_file(Place::Target, path);
    let entries = Entry::all(&String::from_utf8_lossy(&text.on("read", path)?));
    let init = install_system::built(context)?.join("init");
    let root = grub_root(context.plan);
    for entry in &entries {
        for file in &entry.files {
            verify::must_exist(context, &root.join(below(file)))?;
        }
        if let Some(init) = &entry.init {
            verify::must_exist(context, init)?;
        }
    }
    let starts_built = |entry: &Entry| {
        // A kernel and an initrd at least.
        entry.files.len() > 1 && entry.init.as_ref() == Some(&init)
    };
    match entries.iter().any(starts_built) {
        true => Ok(()),
        false => StepError::refused(format!("no entry of {MENU} starts {}", init.display())),
    }
}

/// What GRUB calls `/`: the top of the file system that `/boot` is in, which may be one of its own.
fn grub_root(plan: &Plan) -> PathBuf {
    let boot = Path::new("/boot");
    let is_own =
        |step: &Step| matches!(&step.action, Action::Mount { at, .. } if at.as_path() == boot);
    match plan.steps.iter().any(is_own) {
        true => boot.to_owned(),
        false => PathBuf::from("/"),
    }
}

fn below(file: &Path) -> &Path {
    file.strip_prefix("/").unwrap_or(file)
}

/// A menu entry, as far as it names files.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entry {
    /// Kernel and initrds, as paths of the file system that `/boot` is in.
    files: Vec<PathBuf>,
    /// The system's first program.
    init: Option<PathBuf>,
}

impl Entry {
    /// Every entry that starts a kernel of the new system; what os-prober has added starts others.
    fn all(text: &str) -> Vec<Self> {
        let mut entries: Vec<Self> = Vec::new();
        let mut others = false;
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let command = words.next();
            if matches!(command, Some("menuentry" | "submenu")) {
                others = line.contains("osprober-");
            }
            if others {
                continue;
            }
            if command == Some("linux") {
                let kernel = words.next().map(in_file_system);
                let init = words.find_map(|word| word.strip_prefix("init="));
                entries.push(Self {
                    files: kernel.into_iter().collect(),
                    init: init.map(PathBuf::from),
                });
            } else if command == Some("initrd")
                && let Some(entry) = entries.last_mut()
            {
                entry.files.extend(words.map(in_file_system));
            }
        }
        entries
    }
}

/// A path of GRUB's without its device: `($drive1)/nix/store/…`.
fn in_file_system(word: &str) -> PathBuf {
    let path = match word.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, path)) => path,
        None => word,
    };
    Path::new("/").join(path)
}

#[cfg(test)]
#[path = "grub_tests.rs"]
mod tests;
