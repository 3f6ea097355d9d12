//! A LUKS container that stays: tried before the first write, opened as it is, and its header compared
//! in the end with what it was in the beginning.

use super::super::cleanup::Opened;
use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::{OnPath, StepError};
use super::encrypt::{Access, passphrase};
use super::{device, verify, write_table};
use crate::process::Ending;
use crate::storage::{Device, KeptLuks, PartitionId};
use crate::units::Bytes;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// cryptsetup(8): no key slot has this passphrase.
const NO_KEY: i32 = 2;

/// What both versions begin with (LUKS2 On-Disk Format Specification 1.1.3, chapter 2; LUKS1 On-Disk
/// Format Specification 1.2.3, chapter 2).
const MAGIC: &[u8] = b"LUKS\xba\xbe";

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

/// Where the header ends, as far as its first sector says it.
#[derive(Debug, PartialEq, Eq)]
enum Extent {
    /// The data begin here.
    Luks1 { data: Bytes },
    /// The JSON area says it, which ends here.
    Luks2 { copy: Bytes },
}

impl Extent {
    fn of(first: &[u8]) -> Option<Self> {
        let number = |at: usize, length: usize| {
            let bytes = first.get(at..at + length)?;
            Some(
                bytes
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
            )
        };
        if !first.starts_with(MAGIC) {
            return None;
        }
        match number(6, 2)? {
            // `payload-offset`, in sectors.
            1 => Some(Self::Luks1 {
                data: Bytes(number(104, 4)? * 512),
            }),
            // `hdr_size`.
            2 => Some(Self::Luks2 {
                copy: Bytes(number(8, 8)?),
            }),
            _ => None,
        }
    }

    /// Where the encrypted data begin, after the JSON area of this copy of a LUKS2 header; nothing while
    /// the container needs more than its key to be opened.
    fn data(copy: &[u8]) -> Option<Bytes> {
        let area = copy.get(4096..)?;
        let end = area
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(area.len());
        let layout: Layout = serde_json::from_slice(area.get(..end)?).ok()?;
        if !layout.config.requirements.mandatory.is_empty() {
            return None;
        }
        let mut offsets = layout.segments.into_values();
        let first = offsets.next()?;
        let offset = |segment: &Segment| segment.offset.parse().ok();
        let first: u64 = offset(&first)?;
        offsets
            .try_fold(first, |least, segment| Some(least.min(offset(&segment)?)))
            .map(Bytes)
    }
}

/// As far as it matters here (LUKS2 On-Disk Format Specification 1.1.3, chapter 3).
#[derive(Deserialize)]
struct Layout {
    segments: BTreeMap<String, Segment>,
    config: Config,
}

#[derive(Deserialize)]
struct Segment {
    /// In bytes.
    offset: String,
}

#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    requirements: Requirements,
}

/// Such as an encryption that has not come to its end: opening would go on with it.
#[derive(Default, Deserialize)]
struct Requirements {
    #[serde(default)]
    mandatory: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use std::fs::File;

    /// By the real cryptsetup, in a file.
    #[test]
    fn the_header_ends_where_the_data_begin() {
        for (version, dump) in [("luks1", "Payload offset:"), ("luks2", "offset:")] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("container");
            File::create(&file).unwrap().set_len(32 << 20).unwrap();
            let format = Command::new("cryptsetup")
                .args(["luksFormat", "--batch-mode", "--type", version])
                .args(["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"])
                .args(["--key-file", "-"])
                .arg(&file)
                .input(Secret::new("sesame"));
            run(&format);
            let printed = run(&Command::new("cryptsetup").arg("luksDump").arg(&file));
            let mut lines = printed.lines().map(str::trim);
            let offset = lines.find_map(|line| line.strip_prefix(dump)).unwrap();
            let offset = offset.trim().trim_end_matches(" [bytes]");
            let offset: u64 = offset.parse().unwrap();
            let content = std::fs::read(&file).unwrap();
            let found = match Extent::of(&content).unwrap() {
                Extent::Luks1 { data } => data.0 / 512,
                Extent::Luks2 { copy } => {
                    let copy = usize::try_from(copy.0).unwrap();
                    Extent::data(&content[..copy]).unwrap().0
                }
            };
            assert_eq!(found, offset, "{printed}");
        }
    }

    #[test]
    fn what_is_no_whole_header_is_none() {
        assert_eq!(Extent::of(b"LUKS"), None);
        assert_eq!(Extent::of(&[0; 4096]), None);
        let mut third = MAGIC.to_vec();
        third.extend([0, 3]);
        third.resize(4096, 0);
        assert_eq!(Extent::of(&third), None);
        let copy = |json: &str| {
            let mut copy = vec![0; 4096];
            copy.extend(json.as_bytes());
            copy.push(0);
            Extent::data(&copy)
        };
        let segments = r#""segments":{"0":{"offset":"8192"},"1":{"offset":"4096"}}"#;
        let whole = format!(r#"{{{segments},"config":{{}}}}"#);
        assert_eq!(copy(&whole), Some(Bytes(4096)));
        let half = r#""config":{"requirements":{"mandatory":["online-reencrypt-v2"]}}"#;
        assert_eq!(copy(&format!("{{{segments},{half}}}")), None);
        assert_eq!(copy("{"), None);
    }

    fn run(command: &Command) -> String {
        let output = crate::process::run(command, None, &mut |_, _| {});
        output.unwrap().stdout
    }
}
