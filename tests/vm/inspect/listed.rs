//! What the guest's script is told to look at, line by line, from the plan.

use crate::install::{Installed, planned_file_systems};
use crate::workspace::Share;
use anyhow::Result;
use nevado::plan::{Action, Device};
use nevado::preset::{Encryption, Passphrase, Preset};

/// Writes the lists that `guest/inspect.sh` reads.
pub(super) fn write(installed: &Installed, share: &Share) -> Result<()> {
    let (mut containers, mut mounts, mut swap_files) = Default::default();
    for step in &installed.plan.steps {
        match &step.action {
            Action::OpenEncrypted { partition, luks } => {
                let device = Device::Partition(*partition).path();
                line(&mut containers, &[&device.display(), &luks.name]);
            }
            Action::Mount {
                device,
                at,
                kind,
                options,
            } => {
                let options = [options.as_slice(), &["ro".to_owned()]].concat().join(",");
                let device = device.path();
                line(&mut mounts, &[&device.display(), at, kind, &options]);
            }
            Action::MakeSwapFile { at, .. } => line(&mut swap_files, &[at]),
            _ => {}
        }
    }
    let mut file_systems = String::new();
    for (device, made) in planned_file_systems(&installed.plan) {
        line(&mut file_systems, &[&device.path().display(), &made.name()]);
    }
    let mut disks = String::new();
    for disk in installed.plan.disks() {
        line(&mut disks, &[&disk.identity.path.display()]);
    }
    share.write("disks", &disks)?;
    share.write("containers", &containers)?;
    share.write("file-systems", &file_systems)?;
    share.write("mounts", &mounts)?;
    share.write("swap-files", &swap_files)?;
    if let Some(key) = &installed.recovery_key {
        share.write("recovery-key", key)?;
    }
    share.write(
        "passphrase",
        passphrase(&installed.preset).unwrap_or_default(),
    )
}

/// The passphrase in the preset.
pub(crate) fn passphrase(preset: &Preset) -> Option<&str> {
    match &preset.disk.encrypt {
        Some(Encryption::On(keys)) => match &keys.passphrase {
            Passphrase::Plain(secret) => Some(secret.expose()),
            Passphrase::Ask | Passphrase::File(_) => None,
        },
        _ => None,
    }
}

fn line(list: &mut String, words: &[&dyn std::fmt::Display]) {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    list.push_str(&words.join(" "));
    list.push('\n');
}
