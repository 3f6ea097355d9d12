//! Makes, opens and looks at LUKS2 containers. The passphrase goes in on standard input, nowhere
//! else.

use super::super::cleanup::Opened;
use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::StepError;
use super::{device, wipe, write_table};
use crate::secret::Secret;
use crate::storage::{Device, NewLuks, PartitionId};
use crate::units::Bytes;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Makes a container.
pub(super) fn make(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &NewLuks,
) -> Result<(), StepError> {
    let device = device::own(context, &Device::Partition(partition))?;
    context.run(&wipe::wipe_signatures(&device))?;
    let uuid = luks.uuid.to_string();
    // What cryptsetup takes is in KiB; it measures the number of passes by itself.
    let memory = (luks.key_derivation.memory.0 / 1024).to_string();
    let command = Command::new("cryptsetup")
        .args(["luksFormat", "--batch-mode", "--type", "luks2"])
        .args(["--uuid", &uuid])
        .args(["--pbkdf", "argon2id", "--pbkdf-memory", &memory])
        .args(["--key-file", "-"])
        .arg(&device)
        .input(passphrase(context)?);
    context.run(&command.within(LONG))?;
    write_table::trigger(context, &device)?;
    write_table::wait_for(context, &Path::new("/dev/disk/by-uuid").join(uuid))
}

/// Whether an opened container takes writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    ReadOnly,
    ReadWrite,
}

/// Opens a container and writes down that it has to be closed.
pub(super) fn open(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &NewLuks,
    access: Access,
) -> Result<(), StepError> {
    let device = device::own(context, &Device::Partition(partition))?;
    let mut command = Command::new("cryptsetup")
        .args(["open", "--type", "luks2", "--key-file", "-"])
        .input(passphrase(context)?);
    if luks.discards {
        command = command.arg("--allow-discards");
    }
    if access == Access::ReadOnly {
        command = command.arg("--readonly");
    }
    context.run(&command.arg(&device).arg(luks.name.as_str()).within(LONG))?;
    context.opened.push(Opened::Mapper(luks.name.clone()));
    write_table::settle(context)?;
    device::own(context, &luks.device()).map(drop)
}

fn passphrase(context: &Context<'_>) -> Result<Secret, StepError> {
    match &context.secrets.passphrase {
        Some(passphrase) => Ok(passphrase.clone()),
        None => StepError::refused("the passphrase of the disk is not known"),
    }
}

/// Compares the header with the plan: one passphrase, made into a key as planned.
pub(super) fn compare(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &NewLuks,
) -> Result<(), StepError> {
    let device = device::own(context, &Device::Partition(partition))?;
    let command = Command::new("cryptsetup")
        .args(["luksDump", "--dump-json-metadata"])
        .arg(&device);
    let output = context.ask(&command)?.stdout;
    match Header::read(&output).and_then(|header| header.compare(luks)) {
        Ok(()) => Ok(()),
        Err(what) => StepError::refused(format!("the container in {}: {what}", device.display())),
    }
}

/// What the JSON area of a header says (LUKS2 On-Disk Format Specification 1.1.3, chapter 3), as
/// far as the plan fixes it.
#[derive(Deserialize)]
struct Header {
    keyslots: BTreeMap<String, KeySlot>,
}

#[derive(Deserialize)]
struct KeySlot {
    kdf: Kdf,
}

#[derive(Deserialize)]
struct Kdf {
    #[serde(rename = "type")]
    kind: String,
    /// In KiB; only Argon2 has it.
    #[serde(default)]
    memory: u64,
}

impl Header {
    fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("its header can't be read: {error}"))
    }

    fn compare(&self, luks: &NewLuks) -> Result<(), String> {
        let slots = self.keyslots.len();
        if slots != 1 {
            return Err(format!("{slots} passphrases open it, not one"));
        }
        let planned = luks.key_derivation.memory;
        for slot in self.keyslots.values() {
            let memory = Bytes(slot.kdf.memory.saturating_mul(1024));
            if slot.kdf.kind != "argon2id" {
                return Err(format!(
                    "its key is made by {}, not argon2id",
                    slot.kdf.kind
                ));
            }
            if memory > planned {
                return Err(format!("opening it takes {memory}, more than {planned}"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{KeyDerivation, MapperName};

    fn compare(kind: &str, memory: u64, slots: &[&str]) -> Result<(), String> {
        let uuid = uuid::Uuid::from_u128(1);
        let luks = NewLuks {
            uuid,
            key_derivation: KeyDerivation {
                memory: Bytes::mib(64),
            },
            name: MapperName::of(uuid),
            discards: false,
        };
        let slot = |number: &&str| {
            format!(r#""{number}":{{"type":"luks2","kdf":{{"type":"{kind}","memory":{memory}}}}}"#)
        };
        let slots: Vec<String> = slots.iter().map(slot).collect();
        let text = format!(r#"{{"keyslots":{{{}}},"config":{{}}}}"#, slots.join(","));
        Header::read(&text)?.compare(&luks)
    }

    #[test]
    fn a_header_that_is_not_as_planned_is_noticed() {
        assert_eq!(compare("argon2id", 65536, &["0"]), Ok(()));
        assert!(compare("argon2id", 65537, &["0"]).is_err());
        assert!(compare("pbkdf2", 0, &["0"]).is_err());
        assert!(compare("argon2id", 65536, &[]).is_err());
        assert!(compare("argon2id", 65536, &["0", "1"]).is_err());
        assert!(Header::read("no JSON").is_err());
    }
}
