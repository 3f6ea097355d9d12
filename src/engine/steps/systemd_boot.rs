//! Reads systemd-boot back: its entries, and what they name (Boot Loader Specification, type 1).

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::{install_system, verify};
use crate::machine::Architecture;
use crate::storage::PartitionRole;
use std::path::Path;

/// At least one entry, and each of NixOS' names a kernel, an initrd and a system that are there. Those
/// of other systems are theirs.
pub(super) fn compare(context: &mut Context<'_>) -> Result<(), StepError> {
    let esp = verify::esp(context.plan)?;
    let built = install_system::built(context)?;
    // `bootctl install` writes both always; the first may be another system's on a shared partition.
    let architecture = context.plan.architecture;
    let fallback = Path::new("EFI/BOOT").join(verify::fallback(architecture));
    let own = match architecture {
        Architecture::X86_64 => "EFI/systemd/systemd-bootx64.efi",
        Architecture::Aarch64 => "EFI/systemd/systemd-bootaa64.efi",
    };
    for image in [fallback.as_path(), Path::new(own)] {
        verify::must_exist(context, &esp.as_path().join(image))?;
    }
    let kernels = verify::mount_of(context.plan, PartitionRole::Xbootldr).unwrap_or(esp);
    let folder = kernels.as_path().join("loader/entries");
    let names = context
        .system
        .list_folder(Place::Target, &folder)
        .on("list", &folder)?;
    let mut boots_built = false;
    let is_own = |name: &&String| name.starts_with("nixos") && name.ends_with(".conf");
    for name in names.iter().filter(is_own) {
        let path = folder.join(name);
        let text = context
            .system
            .read_file(Place::Target, &path)
            .on("read", &path)?;
        let entry = BootEntry::read(&String::from_utf8_lossy(&text));
        let (Some(kernel), Some(init)) = (&entry.kernel, &entry.init) else {
            return StepError::refused(format!("{} names no kernel or init", path.display()));
        };
        for file in std::iter::once(kernel).chain(&entry.initrds) {
            verify::must_exist(
                context,
                &kernels.as_path().join(file.trim_start_matches('/')),
            )?;
        }
        verify::must_exist(context, Path::new(init))?;
        boots_built |= Path::new(init) == built.join("init");
    }
    match boots_built {
        true => Ok(()),
        false => StepError::refused(format!("no boot entry starts {}", built.display())),
    }
}

/// An entry of the boot loader, as far as it names files.
#[derive(Debug, Default, PartialEq, Eq)]
struct BootEntry {
    kernel: Option<String>,
    initrds: Vec<String>,
    init: Option<String>,
}

impl BootEntry {
    fn read(text: &str) -> Self {
        let mut entry = Self::default();
        for line in text.lines().map(str::trim) {
            let (key, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let value = value.trim();
            match key {
                "linux" | "efi" | "uki" => entry.kernel = Some(value.to_owned()),
                "initrd" => entry.initrds.push(value.to_owned()),
                "options" => {
                    let mut words = value.split_whitespace();
                    let init = words.find_map(|word| word.strip_prefix("init="));
                    entry.init = init.map(str::to_owned).or(entry.init);
                }
                _ => {}
            }
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boot_entry_is_read() {
        let text = "title NixOS\nversion Generation 1\nlinux /EFI/nixos/k.efi\n\
                    initrd /EFI/nixos/i.efi\noptions init=/nix/store/x-nixos/init quiet\n# x\n";
        assert_eq!(
            BootEntry::read(text),
            BootEntry {
                kernel: Some("/EFI/nixos/k.efi".to_owned()),
                initrds: vec!["/EFI/nixos/i.efi".to_owned()],
                init: Some("/nix/store/x-nixos/init".to_owned()),
            }
        );
    }
}
