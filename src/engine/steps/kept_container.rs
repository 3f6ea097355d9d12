//! A LUKS container that stays: tried before the first write, opened as it is, and its header compared
//! in the end with what it was in the beginning.

use super::super::cleanup::Opened;
use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::encrypt::{Access, passphrase};
use super::luks_header::{self, Extent};
use super::{device, verify, write_table};
use crate::process::Ending;
use crate::storage::{Device, KeptLuks, PartitionId};
use crate::units::Bytes;
use std::fmt;
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// cryptsetup(8): no key slot has this passphrase.
const NO_KEY: i32 = 2;

/// A header is read in pieces of this size at most.
const MOST: Bytes = Bytes::mib(256);

/// The header of a container that stays, as it was before the first write.
pub(crate) struct KeptHeader {
    luks: Uuid,
    content: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for KeptHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = Bytes(self.content.len() as u64);
        write!(f, "the header of {}, {length}", self.luks)
    }
}

/// Tries the passphrase, and keeps the header; nothing is opened.
pub(super) fn try_passphrase(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &KeptLuks,
) -> Result<(), StepError> {
    let device = own(context, partition, luks)?;
    let content = header(context, &device)?;
    if let Some(why) = luks_header::unlike_ours(&content) {
        return StepError::refused(format!(
            "the container in {} {why}, which the new system could not open while it starts; nothing has \
             been changed. Make a new container in its place, or leave it out and add it to the \
             configuration later",
            device.display()
        ));
    }
    match context.headers.iter().find(|kept| kept.luks == luks.uuid) {
        // An earlier attempt has seen it.
        Some(kept) => is_same(&device, kept, &content)?,
        None => context.headers.push(KeptHeader {
            luks: luks.uuid,
            content,
        }),
    }
    let command = Command::new("cryptsetup")
        .args(["open", "--test-passphrase", "--type", "luks"])
        .args(["--key-file", "-"])
        .arg(&device)
        .input(passphrase(context)?)
        .within(LONG);
    match context.run(&command) {
        Ok(_) => Ok(()),
        Err(StepError::Command(error)) if error.ending == Ending::Code(NO_KEY) => {
            StepError::refused(format!(
                "the passphrase does not open the container in {}, which is to stay; nothing has \
                 been changed",
                device.display()
            ))
        }
        Err(error) => Err(error),
    }
}

/// Opens it and writes down that it has to be closed.
pub(super) fn open(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &KeptLuks,
    access: Access,
) -> Result<(), StepError> {
    let device = own(context, partition, luks)?;
    let mut command = Command::new("cryptsetup")
        .args(["open", "--type", "luks", "--key-file", "-"])
        .input(passphrase(context)?);
    if access == Access::ReadOnly {
        command = command.arg("--readonly");
    }
    context.run(&command.arg(&device).arg(luks.name.as_str()).within(LONG))?;
    context.opened.push(Opened::Mapper(luks.name.clone()));
    write_table::settle(context)?;
    device::own(context, &luks.device()).map(drop)
}

/// Compares the header with what it was.
pub(super) fn compare(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &KeptLuks,
) -> Result<(), StepError> {
    let device = own(context, partition, luks)?;
    let now = header(context, &device)?;
    let kept = context.headers.iter().find(|kept| kept.luks == luks.uuid);
    let Some(kept) = kept else {
        return StepError::refused(format!(
            "the header of {} was not looked at before the first write",
            device.display()
        ));
    };
    is_same(&device, kept, &now)?;
    context.note(format!(
        "the header of the container in {} is as it was, byte by byte",
        device.display()
    ));
    Ok(())
}

/// The partition's path, if it holds the planned container.
fn own(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &KeptLuks,
) -> Result<std::path::PathBuf, StepError> {
    let device = Device::Partition(partition);
    verify::signature(context, &device, "crypto_LUKS", &luks.uuid.to_string())?;
    device::own(context, &device)
}

fn is_same(device: &Path, kept: &KeptHeader, now: &[u8]) -> Result<(), StepError> {
    match *kept.content == now {
        true => Ok(()),
        false => StepError::refused(format!(
            "the header of the container in {} is not what it was",
            device.display()
        )),
    }
}

/// All that lies before the encrypted data: the header, its copy, and the key slots.
fn header(context: &mut Context<'_>, device: &Path) -> Result<Zeroizing<Vec<u8>>, StepError> {
    let mut read = |length: Bytes| {
        let content = context.system.read_device(device, Bytes(0), length);
        content.map(Zeroizing::new).on("read", device)
    };
    let extent = Extent::of(&read(Bytes(4096))?);
    let length = match extent {
        Some(Extent::Luks1 { data }) => Some(data),
        Some(Extent::Luks2 { copy }) if copy <= MOST => Extent::data(&read(copy)?),
        Some(Extent::Luks2 { .. }) | None => None,
    };
    match length.filter(|length| *length <= MOST) {
        Some(length) => read(length),
        None => StepError::refused(format!(
            "the header of the container in {} is damaged, or it is being encrypted anew; nothing \
             has been changed",
            device.display()
        )),
    }
}
