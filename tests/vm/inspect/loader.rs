//! The boot loader's own files, and what they name. That it starts is for the boot to show.

use crate::report::Report;
use crate::workspace::Share;
use anyhow::Result;

/// The boot loader: the fallback path, one entry, and what the entry names.
pub(super) fn loader(share: &Share, report: &mut Report) -> Result<()> {
    let listing = share.read("files")?;
    let has = |path: &str| {
        listing.lines().any(|line| {
            line.to_lowercase()
                .ends_with(&format!(" {path}").to_lowercase())
        })
    };
    report.same(
        "inspection: the boot loader is at the fallback path",
        has("/boot/EFI/BOOT/BOOTX64.EFI"),
        true,
    );
    let entry = share.read("loader/entries/nixos-generation-1.conf")?;
    for key in ["linux", "initrd"] {
        let file = entry
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .map(str::trim)
            .unwrap_or_default();
        report.same(
            format_args!("inspection: the loader entry's {key} is on the ESP"),
            !file.is_empty() && has(&format!("/boot{file}")),
            true,
        );
    }
    Ok(())
}

/// GRUB on a BIOS: its menu, and what the menu names.
pub(super) fn grub(share: &Share, report: &mut Report) -> Result<()> {
    let menu = share.read("grub.cfg")?;
    for command in ["linux (", "initrd ("] {
        report.contains(
            format_args!("inspection: GRUB's menu has a line `{command}`"),
            &menu,
            command,
        );
    }
    report.same(
        "inspection: everything that GRUB's menu names is there",
        share.read("grub-missing")?,
        String::new(),
    );
    Ok(())
}
