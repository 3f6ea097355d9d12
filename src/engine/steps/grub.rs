//! Reads GRUB back: on a BIOS machine its first stage and its core image, from UEFI its image on the
//! ESP, and its menu.

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::super::table_image::END;
use super::{install_system, verify};
use crate::machine::Architecture;
use crate::plan::{Action, Plan, PlannedDisk, Step};
use crate::storage::{NewPartition, PartitionRole};
use crate::units::{Bytes, SectorSize};
use std::path::{Path, PathBuf};

/// Where NixOS has GRUB write its menu.
const MENU: &str = "/boot/grub/grub.cfg";

/// The partition that holds the core image, if the plan's system starts by GRUB from a BIOS.
pub(super) fn core_partition(plan: &Plan) -> Option<(&PlannedDisk, &NewPartition)> {
    plan.disks().find_map(|disk| {
        let mut partitions = disk.table.partitions.iter();
        let core = partitions.find(|partition| partition.role == PartitionRole::BiosBoot);
        Some((disk, core?))
    })
}

/// Follows the way of a boot: sector 0, the core image that it loads, the menu, what that names.
pub(super) fn compare(
    context: &mut Context<'_>,
    (planned, core): (&PlannedDisk, &NewPartition),
) -> Result<(), StepError> {
    let (disk, size) = (&planned.identity.path, planned.table.sector_size);
    let mut read = |at| context.system.read_device(disk, at, END).on("read", disk);
    let (first, image) = (read(Bytes(0))?, read(core.start.bytes(size))?);
    if let Err(what) = stages(&first, &image, core, size) {
        return StepError::refused(format!("{} does not start GRUB: {what}", disk.display()));
    }
    menu(context)
}

/// The same from UEFI: the loader on the ESP, the menu, what that names. NixOS calls the loader's
/// folder after the place of the ESP (`nixos/modules/system/boot/loader/grub/grub.nix`).
pub(super) fn compare_efi(context: &mut Context<'_>) -> Result<(), StepError> {
    let architecture = context.plan.architecture;
    let esp = verify::esp(context.plan)?.as_path();
    let own = format!("NixOS{}", esp.to_string_lossy().replace('/', "-"));
    let image = match architecture {
        Architecture::X86_64 => "grubx64.efi",
        Architecture::Aarch64 => "grubaa64.efi",
    };
    let loaders = [
        format!("EFI/{own}/{image}"),
        format!("EFI/BOOT/{}", verify::fallback(architecture)),
    ];
    verify::one_of(context, esp, &loaders)?;
    menu(context)
}

/// Whether sector 0 loads the core image, and the core image is where it looks for it: the offset
/// is `GRUB_BOOT_MACHINE_KERNEL_SECTOR` of GRUB's `include/grub/i386/pc/boot.h`, the words are what
/// its `boot.S` and `diskboot.S` say on the screen.
fn stages(first: &[u8], image: &[u8], core: &NewPartition, size: SectorSize) -> Result<(), String> {
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
    let planned = core.start.bytes(size).0 / 512;
    if loads != Some(planned) {
        return Err(format!(
            "its first sector loads sector {}, and the BIOS boot partition starts at {planned}",
            loads.unwrap_or_default()
        ));
    }
    match says(image.get(..512).unwrap_or(image), b"loading") {
        true => Ok(()),
        false => Err("the BIOS boot partition holds no core image".to_owned()),
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
    /// Every entry that starts a kernel.
    fn all(text: &str) -> Vec<Self> {
        let mut entries: Vec<Self> = Vec::new();
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let command = words.next();
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
