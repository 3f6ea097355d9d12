//! Makes, opens and looks at LUKS2 containers. The passphrase goes in on standard input, nowhere
//! else.

use super::super::cleanup::Opened;
use super::super::command::{Command, LONG};
use super::super::context::Context;
use super::super::error::StepError;
use super::{device, wipe, write_table};
use crate::secret::Secret;
use crate::storage::{Device, KeyDerivation, KeySlots, NewLuks, PartitionId};
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
    let most = Cost::AtMost(luks.key_derivation.memory);
    context.run(&format(&device, luks, most, passphrase(context)?))?;
    let mut kdf = kdf_of(context, &device)?;
    if kdf.is_weak(&luks.key_derivation) {
        context.note(
            "this computer is slow, or was busy: the key is made with more effort".to_owned(),
        );
        let least = Cost::Just(Kdf::least(&luks.key_derivation));
        context.run(&format(&device, luks, least, passphrase(context)?))?;
        kdf = kdf_of(context, &device)?;
    }
    if luks.key_slots == KeySlots::PassphraseAndRecoveryKey {
        add_recovery_key(context, &device, kdf)?;
    }
    write_table::trigger(context, &device)?;
    let link = Path::new("/dev/disk/by-uuid").join(luks.uuid.to_string());
    write_table::wait_for(context, &link)
}

/// How much effort making a key takes.
enum Cost {
    /// What cryptsetup measures, with this much memory at most.
    AtMost(Bytes),
    /// This, unmeasured.
    Just(Kdf),
}

impl Cost {
    /// What cryptsetup takes is in KiB.
    fn arguments(&self) -> Vec<String> {
        let (memory, forced) = match self {
            Self::AtMost(memory) => (memory.0 / 1024, None),
            Self::Just(kdf) => (kdf.memory, Some(kdf)),
        };
        let mut arguments: Vec<String> = ["--pbkdf", "argon2id", "--pbkdf-memory"]
            .map(str::to_owned)
            .into();
        arguments.push(memory.to_string());
        if let Some(Kdf { time, cpus, .. }) = forced {
            arguments.extend(["--pbkdf-force-iterations".to_owned(), time.to_string()]);
            arguments.extend(["--pbkdf-parallel".to_owned(), cpus.to_string()]);
        }
        arguments
    }
}

fn format(device: &Path, luks: &NewLuks, cost: Cost, passphrase: Secret) -> Command {
    Command::new("cryptsetup")
        .args(["luksFormat", "--batch-mode", "--type", "luks2"])
        .args(["--uuid", &luks.uuid.to_string()])
        .args(cost.arguments())
        .args(["--key-file", "-"])
        .arg(device)
        .input(passphrase)
        .within(LONG)
}

/// A second key slot, made with the effort of the first. Without `--key-file`, cryptsetup reads the two
/// keys as two lines (cryptsetup(8), "Notes on passphrase processing for LUKS").
fn add_recovery_key(context: &mut Context<'_>, device: &Path, kdf: Kdf) -> Result<(), StepError> {
    let Some(key) = &context.secrets.recovery_key else {
        return StepError::refused("the recovery key of the disk is not known");
    };
    let command = add_key(device, kdf, &[&passphrase(context)?, key.secret()]);
    context.run(&command).map(drop)
}

fn add_key(device: &Path, kdf: Kdf, old_and_new: &[&Secret; 2]) -> Command {
    Command::new("cryptsetup")
        .args(["luksAddKey", "--batch-mode"])
        .args(Cost::Just(kdf).arguments())
        .arg(device)
        .input(Secret::lines(old_and_new))
        .within(LONG)
}

/// Whether a key opens a container, which stays closed.
fn test_key(device: &Path, key: &Secret) -> Command {
    Command::new("cryptsetup")
        .args(["open", "--test-passphrase", "--type", "luks2"])
        .args(["--key-file", "-"])
        .arg(device)
        .input(key.clone())
        .within(LONG)
}

/// With how much effort the key of a new container is made.
fn kdf_of(context: &mut Context<'_>, device: &Path) -> Result<Kdf, StepError> {
    let kdf = header(context, device)?.and_then(|header| {
        let mut slots = header.keyslots.into_values();
        slots
            .next()
            .map(|slot| slot.kdf)
            .ok_or_else(|| "no passphrase opens it".to_owned())
    });
    kdf.or_else(|what| bad_container(device, &what))
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

pub(super) fn passphrase(context: &Context<'_>) -> Result<Secret, StepError> {
    match &context.secrets.passphrase {
        Some(passphrase) => Ok(passphrase.clone()),
        None => StepError::refused("the passphrase of the disk is not known"),
    }
}

/// Compares the header with the plan: as many keys as planned, each made with the planned effort, and
/// the recovery key, if there is to be one, opens it.
pub(super) fn compare(
    context: &mut Context<'_>,
    partition: PartitionId,
    luks: &NewLuks,
) -> Result<(), StepError> {
    let device = device::own(context, &Device::Partition(partition))?;
    let compared = header(context, &device)?.and_then(|header| header.compare(luks));
    compared.or_else(|what| bad_container(&device, &what))?;
    let (KeySlots::PassphraseAndRecoveryKey, Some(key)) =
        (luks.key_slots, &context.secrets.recovery_key)
    else {
        return Ok(());
    };
    let command = test_key(&device, key.secret());
    context.run(&command).map(drop)
}

fn bad_container<T>(device: &Path, what: &str) -> Result<T, StepError> {
    StepError::refused(format!("the container in {}: {what}", device.display()))
}

fn header(context: &mut Context<'_>, device: &Path) -> Result<Result<Header, String>, StepError> {
    let command = Command::new("cryptsetup")
        .args(["luksDump", "--dump-json-metadata"])
        .arg(device);
    Ok(Header::read(&context.ask(&command)?.stdout))
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

#[derive(Clone, Deserialize)]
struct Kdf {
    #[serde(rename = "type")]
    kind: String,
    /// In KiB; only Argon2 has this and the following.
    #[serde(default)]
    memory: u64,
    /// How often it goes over the memory.
    #[serde(default)]
    time: u32,
    /// How many threads it takes.
    #[serde(default)]
    cpus: u32,
}

impl Kdf {
    /// The least that is taken, by one thread: whoever guesses has many processors anyway.
    fn least(planned: &KeyDerivation) -> Self {
        Self {
            kind: "argon2id".to_owned(),
            memory: planned.least().0 / 1024,
            time: KeyDerivation::LEAST_PASSES,
            cpus: 1,
        }
    }

    fn memory(&self) -> Bytes {
        Bytes(self.memory.saturating_mul(1024))
    }

    fn is_weak(&self, planned: &KeyDerivation) -> bool {
        self.memory() < planned.least() || self.time < KeyDerivation::LEAST_PASSES
    }

    fn compare(&self, planned: &KeyDerivation) -> Result<(), String> {
        let memory = self.memory();
        if self.kind != "argon2id" {
            return Err(format!("its key is made by {}, not argon2id", self.kind));
        }
        if memory > planned.memory {
            let most = planned.memory;
            return Err(format!("opening it takes {memory}, more than {most}"));
        }
        if self.is_weak(planned) {
            let (passes, least) = (self.time, planned.least());
            return Err(format!(
                "its key is made with {memory} in {passes} passes, less than {least} in {}",
                KeyDerivation::LEAST_PASSES
            ));
        }
        Ok(())
    }
}

impl Header {
    fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("its header can't be read: {error}"))
    }

    fn compare(&self, luks: &NewLuks) -> Result<(), String> {
        let (slots, planned) = (self.keyslots.len(), luks.key_slots.count());
        if slots != planned {
            return Err(format!("{slots} keys open it, not {planned}"));
        }
        let mut slots = self.keyslots.values();
        slots.try_for_each(|slot| slot.kdf.compare(&luks.key_derivation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MapperName;

    fn luks(key_slots: KeySlots) -> NewLuks {
        let uuid = uuid::Uuid::from_u128(1);
        NewLuks {
            uuid,
            key_derivation: KeyDerivation {
                memory: Bytes::mib(256),
            },
            key_slots,
            name: MapperName::of(uuid),
            discards: false,
        }
    }

    fn compare(kind: &str, memory: u64, time: u32, slots: &[&str]) -> Result<(), String> {
        let slot = |number: &&str| {
            let kdf = format!(r#"{{"type":"{kind}","memory":{memory},"time":{time},"cpus":2}}"#);
            format!(r#""{number}":{{"type":"luks2","kdf":{kdf}}}"#)
        };
        let slots: Vec<String> = slots.iter().map(slot).collect();
        let text = format!(r#"{{"keyslots":{{{}}},"config":{{}}}}"#, slots.join(","));
        Header::read(&text)?.compare(&luks(KeySlots::Passphrase))
    }

    #[test]
    fn a_header_that_is_not_as_planned_is_noticed() {
        let least = 128 * 1024;
        assert_eq!(compare("argon2id", least, 4, &["0"]), Ok(()));
        assert_eq!(compare("argon2id", 2 * least, 40, &["0"]), Ok(()));
        assert!(compare("argon2id", 2 * least + 1, 4, &["0"]).is_err());
        assert!(compare("argon2id", least - 1, 4, &["0"]).is_err());
        assert!(compare("argon2id", least, 3, &["0"]).is_err());
        assert!(compare("pbkdf2", 0, 0, &["0"]).is_err());
        assert!(compare("argon2id", least, 4, &[]).is_err());
        assert!(compare("argon2id", least, 4, &["0", "1"]).is_err());
        assert!(Header::read("no JSON").is_err());
    }

    /// By the real cryptsetup, in a file.
    #[test]
    fn a_weak_key_is_made_again_and_both_keys_open_the_container() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("container");
        std::fs::File::create(&file)
            .unwrap()
            .set_len(Bytes::mib(32).0)
            .unwrap();
        let mut luks = luks(KeySlots::PassphraseAndRecoveryKey);
        luks.key_derivation.memory = Bytes::mib(64);
        let (passphrase, key) = (Secret::new("se same"), Secret::new("cbde fghi"));
        let dump = |luks: &NewLuks| {
            let dump = Command::new("cryptsetup").args(["luksDump", "--dump-json-metadata"]);
            let header = Header::read(&run(&dump.arg(&file)).unwrap()).unwrap();
            let first = header.keyslots.values().next().unwrap().kdf.clone();
            (header.compare(luks), first)
        };
        let weak = Cost::Just(Kdf {
            memory: 32 * 1024,
            ..Kdf::least(&luks.key_derivation)
        });
        run(&format(&file, &luks, weak, passphrase.clone())).unwrap();
        assert!(dump(&luks).1.is_weak(&luks.key_derivation));
        let least = Cost::Just(Kdf::least(&luks.key_derivation));
        run(&format(&file, &luks, least, passphrase.clone())).unwrap();
        let (compared, kdf) = dump(&luks);
        assert!(!kdf.is_weak(&luks.key_derivation));
        assert!(compared.is_err(), "one key only");
        run(&add_key(&file, kdf, &[&passphrase, &key])).unwrap();
        assert_eq!(dump(&luks).0, Ok(()));
        for (typed, opens) in [
            (&passphrase, true),
            (&key, true),
            (&Secret::new("x"), false),
        ] {
            assert_eq!(run(&test_key(&file, typed)).is_ok(), opens);
        }
    }

    fn run(command: &Command) -> Result<String, crate::process::CommandError> {
        crate::process::run(command, None, &mut |_, _| {}).map(|output| output.stdout)
    }
}
