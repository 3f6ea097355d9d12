//! Reads Limine back: its image on the ESP, its menu, and what that names.
//!
//! Where things lie is as NixOS has them (`nixos/modules/system/boot/loader/limine`); the menu's form
//! is Limine's own (its `CONFIG.md`).

use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::super::system::Place;
use super::{install_system, verify};
use crate::plan::LoaderFound;
use std::path::{Path, PathBuf};

/// The menu, below the ESP.
const MENU: &str = "limine/limine.conf";

/// Follows the way of a boot.
pub(super) fn compare(context: &mut Context<'_>, found: LoaderFound) -> Result<(), StepError> {
    let image = verify::fallback(context.plan.architecture);
    let esp = verify::esp(context.plan)?.as_path();
    // NixOS writes these two in small letters, which are the same to FAT.
    let folder = match found {
        LoaderFound::ByEntry => "efi/limine",
        LoaderFound::AtFallback => "efi/boot",
    };
    // The name of its menu stands in it.
    verify::image(context, &esp.join(folder).join(image), "Limine")?;
    let path = esp.join(MENU);
    let text = context.system.read_file(Place::Target, &path);
    let entries = Entry::all(&String::from_utf8_lossy(&text.on("read", &path)?));
    let init = install_system::built(context)?.join("init");
    for entry in &entries {
        for file in &entry.files {
            verify::must_exist(context, &esp.join(file))?;
        }
    }
    // A kernel and an initrd at least.
    let starts_built = |entry: &Entry| entry.files.len() > 1 && entry.init.as_ref() == Some(&init);
    match entries.iter().any(starts_built) {
        true => Ok(()),
        false => StepError::refused(format!(
            "no entry of {} starts {}",
            path.display(),
            init.display()
        )),
    }
}

/// A menu entry, as far as it names files.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entry {
    /// Kernel and initrds, below the ESP.
    files: Vec<PathBuf>,
    /// The system's first program.
    init: Option<PathBuf>,
}

impl Entry {
    /// Every entry that starts a kernel.
    fn all(text: &str) -> Vec<Self> {
        let mut entries: Vec<Self> = Vec::new();
        for line in text.lines() {
            let Some((key, value)) = line.trim().split_once(": ") else {
                continue;
            };
            if matches!(key, "kernel_path" | "path") {
                entries.push(Self::default());
            }
            let Some(entry) = entries.last_mut() else {
                continue;
            };
            match key {
                "kernel_path" | "path" | "module_path" => entry.files.extend(on_esp(value)),
                "cmdline" => {
                    let mut words = value.split_whitespace();
                    let init = words.find_map(|word| word.strip_prefix("init="));
                    entry.init = init.map(PathBuf::from);
                }
                _ => {}
            }
        }
        entries
    }
}

/// `boot():/limine/kernels/…#HASH` without the volume and the hash; none on another volume.
fn on_esp(uri: &str) -> Option<PathBuf> {
    let path = uri.strip_prefix("boot():/")?;
    let (path, _) = path.split_once('#').unwrap_or((path, ""));
    Some(Path::new(path).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_is_read() {
        let text = "timeout: 5\ndefault_entry: 2\n/+NixOS default profile\n//Generation 1\n\
                    protocol: linux\ncomment: NixOS, built on 2026-11-27\n\
                    kernel_path: boot():/limine/kernels/k-bzImage#00ff\n\
                    cmdline: init=/nix/store/x/init quiet\n\
                    module_path: boot():/limine/kernels/i-initrd#00ff\n//Other\n\
                    path: guid(1):/EFI/x.efi\n";
        let first = Entry {
            files: vec![
                "limine/kernels/k-bzImage".into(),
                "limine/kernels/i-initrd".into(),
            ],
            init: Some("/nix/store/x/init".into()),
        };
        assert_eq!(Entry::all(text), [first, Entry::default()]);
    }
}
