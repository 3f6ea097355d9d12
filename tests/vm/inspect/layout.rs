//! What makes a layout its own: the containers' headers, subvolumes, swap files, the disk's sectors.

use super::kernel_name;
use crate::install::Installed;
use crate::report::Report;
use crate::workspace::{Computer, Share};
use anyhow::Result;
use nevado::plan::Action;
use nevado::storage::{KeySlots, NewLuks};
use nevado::units::Bytes;
use serde_json::Value;

/// All of it that the plan has.
pub(super) fn layout(
    computer: Computer,
    installed: &Installed,
    share: &Share,
    report: &mut Report,
) -> Result<()> {
    let sectors = computer.sectors;
    for disk in installed.plan.disks() {
        let name = kernel_name(disk);
        report.contains(
            format_args!("inspection: sgdisk sees sectors of {sectors} bytes on {name}"),
            &share.read(&format!("sectors-{name}"))?,
            &format!("Sector size (logical/physical): {sectors}/{sectors} bytes"),
        );
    }
    for step in &installed.plan.steps {
        match &step.action {
            Action::Encrypt { luks, .. } => header(computer, luks, share, report)?,
            Action::MakeSubvolumes { subvolumes, .. } => {
                let listed = share.read("subvolumes")?;
                let mut found: Vec<&str> = listed
                    .lines()
                    .filter_map(|line| line.split_once(" path ").map(|(_, path)| path))
                    .collect();
                let mut planned: Vec<&str> = subvolumes.iter().map(|name| name.as_str()).collect();
                found.sort_unstable();
                planned.sort_unstable();
                report.same(
                    "inspection: `btrfs subvolume list` has the planned ones and no other",
                    found,
                    planned,
                );
            }
            Action::MakeSwapFile {
                size, file_system, ..
            } => {
                let copies = *file_system != nevado::preset::FileSystemKind::Btrfs;
                swap_file(*size, copies, share, report)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The header as `cryptsetup luksDump` has it: one passphrase, Argon2id within the machine's memory,
/// AES-XTS.
fn header(computer: Computer, luks: &NewLuks, share: &Share, report: &mut Report) -> Result<()> {
    let header: Value = serde_json::from_str(&share.read(&format!("luks-{}", luks.name))?)?;
    let slots = header.get("keyslots").and_then(Value::as_object);
    report.same(
        "inspection: the container has a key slot for the passphrase, and one for the recovery key if \
         it was asked for",
        slots.map(|slots| slots.len()),
        Some(luks.key_slots.count()),
    );
    if luks.key_slots == KeySlots::PassphraseAndRecoveryKey {
        let status = |what| share.read(&format!("{what}-{}.status", luks.name));
        report.same(
            "inspection: the recovery key opens the container, another one does not",
            (status("recovered")?.trim(), status("other-key")?.trim()),
            ("0", "2"),
        );
    }
    let at = |pointer: &str| header.pointer(pointer).cloned().unwrap_or_default();
    report.same(
        "inspection: its key is made by Argon2id, its content is in AES-XTS",
        (at("/keyslots/0/kdf/type"), at("/segments/0/encryption")),
        ("argon2id".into(), "aes-xts-plain64".into()),
    );
    let takes = Bytes(at("/keyslots/0/kdf/memory").as_u64().unwrap_or_default() * 1024);
    let quarter = Bytes::mib(u64::from(computer.memory) / 4);
    report.same(
        format_args!(
            "inspection: opening it takes {takes}, 128 MiB at least and a quarter of the memory at most"
        ),
        (Bytes::mib(128) <= takes, takes <= quarter),
        (true, true),
    );
    Ok(())
}

/// A swap file: for root only, with every block in its place, as swapon(8) asks for it.
fn swap_file(size: Bytes, copies: bool, share: &Share, report: &mut Report) -> Result<()> {
    let stat = share.read("swap-file")?;
    let words: Vec<&str> = stat.split_whitespace().collect();
    let blocks: u64 = words.last().unwrap_or(&"0").parse()?;
    report.same(
        format_args!("inspection: the swap file has {size}, all of it there, for root's eyes only"),
        (words.get(..3).unwrap_or_default(), blocks * 512 >= size.0),
        (&["600", "0", size.0.to_string().as_str()][..], true),
    );
    report.same(
        "inspection: blkid sees swap in it",
        share.read("swap-file-signature")?.trim(),
        "swap",
    );
    if !copies {
        let attributes = share.read("swap-file-attributes")?;
        let attributes = attributes.split_whitespace().next().unwrap_or_default();
        report.contains("inspection: lsattr says no copy-on-write", attributes, "C");
    }
    Ok(())
}
