//! Encryption, other file systems and swap: what is asked of the system, and what is left of it.

use super::*;
use crate::preset::{Encryption, FileSystemKind, Keys, Preset, RecoveryKeyFor, Swap};
use crate::storage::PartitionId;

const SEED: Seed = Seed::new([9; 32]);

fn preset(file_system: FileSystemKind, encrypted: bool, swap: Swap) -> Preset {
    let text = recorded("presets/smallest.toml");
    let mut preset = crate::preset::read(&text, "preset").unwrap();
    preset.disk.file_system = Some(file_system);
    preset.disk.encrypt = encrypted.then_some(Encryption::On(Keys::default()));
    preset.disk.swap = Some(swap);
    preset
}

fn system(name: &str, preset: &Preset) -> Scripted {
    let mut machine = machine(name);
    let plan = resolve(&machine, preset, SEED).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    Scripted::new(&plan, &disk)
}

/// Two containers with one passphrase, subvolumes, hibernation.
pub(super) fn encrypted() -> Scripted {
    system(
        "empty-uefi",
        &preset(FileSystemKind::Btrfs, true, Swap::Hibernate),
    )
}

fn left(system: &Scripted) -> Vec<String> {
    let mut left = left_open(system);
    left.extend(system.open.iter().map(|name| format!("mapper {name}")));
    left
}

#[test]
fn an_encrypted_installation_in_order() {
    let mut system = encrypted();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(left(&system), Vec::<String>::new());
    assert_eq!(system.containers.len(), 2);
    assert!(system.containers.values().all(|keys| keys == &[PASSPHRASE]));
    insta::assert_snapshot!("everything_asked_encrypted", system.asked.join("\n"));
}

/// The same with a second key for each container.
pub(super) fn recoverable() -> Scripted {
    let mut preset = preset(FileSystemKind::Btrfs, true, Swap::Hibernate);
    preset.disk.encrypt = Some(Encryption::On(Keys {
        recovery_key: RecoveryKeyFor::Shown,
        ..Keys::default()
    }));
    system("empty-uefi", &preset)
}

#[test]
fn every_container_gets_the_recovery_key_and_is_tried_with_it() {
    let mut system = recoverable();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(left(&system), Vec::<String>::new());
    assert_eq!(system.containers.len(), 2);
    let both = [PASSPHRASE, RECOVERY_KEY];
    assert!(system.containers.values().all(|keys| keys == &both));
    let asked = system
        .asked
        .iter()
        .filter(|line| line.starts_with("cryptsetup"));
    let asked: Vec<&str> = asked.map(String::as_str).collect();
    insta::assert_snapshot!("cryptsetup_with_a_recovery_key", asked.join("\n"));
}

#[test]
fn without_the_recovery_key_that_the_plan_wants_nothing_begins() {
    let plan = recoverable().plan;
    let mut secrets = secrets(&plan);
    assert!(validate::validate(&plan, &secrets).is_ok());
    secrets.recovery_key = None;
    let refused = validate::validate(&plan, &secrets).unwrap_err().to_string();
    assert!(refused.contains("recovery key"), "{refused}");
    // Where it is not wanted, nobody misses it.
    assert!(validate::validate(&encrypted().plan, &secrets).is_ok());
}

#[test]
fn a_key_that_was_measured_weak_is_made_again() {
    let mut system = recoverable();
    system.weak_keys = Some(crate::units::Bytes::mib(64));
    assert_eq!(run_whole(&mut system).outcome, Outcome::Done);
    let forced = "--pbkdf-memory 131072 --pbkdf-force-iterations 4 --pbkdf-parallel 1";
    let formats = |line: &&String| line.starts_with("cryptsetup luksFormat");
    let formats: Vec<_> = system.asked.iter().filter(formats).collect();
    let made_again = formats.iter().filter(|line| line.contains(forced));
    assert_eq!(made_again.count(), 1, "{formats:#?}");
    assert_eq!(formats.len(), 3, "{formats:#?}");
}

#[test]
fn every_choice_runs_and_leaves_nothing_open() {
    for machine in ["empty-uefi", "empty-bios"] {
        for file_system in FileSystemKind::ALL {
            for swap in Swap::ALL {
                if (file_system, swap) == (FileSystemKind::F2fs, Swap::File) {
                    continue;
                }
                for encrypted in [false, true] {
                    let what = format!("{machine} {file_system} {swap} {encrypted}");
                    let mut system = system(machine, &preset(file_system, encrypted, swap));
                    let seen = run_whole(&mut system);
                    assert_eq!(seen.outcome, Outcome::Done, "{what}");
                    assert_eq!(left(&system), Vec::<String>::new(), "{what}");
                    assert_eq!(system.violations, Vec::<String>::new(), "{what}");
                }
            }
        }
    }
}

#[test]
fn a_passphrase_is_seen_nowhere() {
    let mut system = encrypted();
    let seen = run_whole(&mut system);
    let mut texts = system.asked.clone();
    texts.push(seen.journal);
    texts.push(format!("{:?}", seen.events));
    texts.push(serde_json::to_string(&system.plan).unwrap());
    let files = system.files.values();
    texts.extend(files.map(|file| String::from_utf8_lossy(file).into_owned()));
    assert!(texts.iter().all(|text| !text.contains(PASSPHRASE)));
}

#[test]
fn a_failure_anywhere_closes_every_container() {
    let mut whole = encrypted();
    assert!(run_whole(&mut whole).outcome.is_installed());
    for at in 0..whole.asked.len() {
        let mut system = encrypted();
        system.fail_at = Some(at);
        let seen = run_whole(&mut system);
        let what = system.asked.get(at).unwrap().clone();
        assert!(!matches!(seen.outcome, Outcome::Cancelled { .. }), "{what}");
        // What failed to close keeps what it is in open; that is told.
        let closes = what.starts_with("umount /mnt") || what.starts_with("cryptsetup close");
        let left = left(&system);
        let others = left.iter().filter(|_| !closes);
        let others =
            others.filter(|open| !what.starts_with("let go") || !open.starts_with("program"));
        let others: Vec<_> = others
            .filter(|open| !what.starts_with("remove") || !open.starts_with("file"))
            .collect();
        assert!(others.is_empty(), "{what}: {others:?}");
    }
}

#[test]
fn without_a_passphrase_nothing_begins() {
    let mut system = encrypted();
    let plan = system.plan.clone();
    let mut secrets = secrets(&plan);
    secrets.passphrase = None;
    let folder = tempfile::tempdir().unwrap();
    let options = RunOptions {
        state: folder.path().join("state"),
        ..RunOptions::default()
    };
    let outcome = run(&plan, &secrets, &options, &mut system, &mut |_| ());
    let Outcome::Failed { step: None, error } = outcome else {
        panic!("{outcome:?}");
    };
    assert!(error.message.contains("no passphrase"), "{error:?}");
    assert_eq!(system.asked, Vec::<String>::new());
}

#[test]
fn a_container_of_somebody_else_is_refused() {
    let system = encrypted();
    let breakages: [fn(&mut Action); 3] = [
        |action| {
            if let Action::OpenEncrypted { luks, .. } = action {
                luks.uuid = uuid::Uuid::from_u128(5);
            }
        },
        |action| {
            if let Action::Encrypt { partition, .. } = action {
                *partition = PartitionId::Gpt(uuid::Uuid::from_u128(5));
            }
        },
        |action| {
            if let Action::MakeSwap { device, .. } = action {
                *device =
                    crate::storage::Device::Partition(PartitionId::Gpt(uuid::Uuid::from_u128(5)));
            }
        },
    ];
    for break_it in breakages {
        let mut plan = system.plan.clone();
        for step in &mut plan.steps {
            break_it(&mut step.action);
        }
        assert!(validate::validate(&plan, &secrets(&plan)).is_err());
    }
}

#[test]
fn a_tool_that_is_missing_is_missed_in_time() {
    for (file_system, tool) in [
        (FileSystemKind::Btrfs, "mkfs.btrfs"),
        (FileSystemKind::Xfs, "xfs_repair"),
        (FileSystemKind::F2fs, "mkfs.f2fs"),
        (FileSystemKind::Ext4, "cryptsetup"),
    ] {
        let mut system = system("empty-uefi", &preset(file_system, true, Swap::None));
        system.missing.insert(tool.to_owned());
        let Outcome::Failed {
            step: Some(1),
            error,
        } = run_whole(&mut system).outcome
        else {
            panic!("{tool}");
        };
        assert!(error.message.contains(tool), "{error:?}");
    }
}

#[test]
fn a_passphrase_that_nobody_can_type_at_the_boot_is_refused_first() {
    let system = encrypted();
    let mut all = secrets(&system.plan);
    validate::validate(&system.plan, &all).unwrap();
    for bad in ["", "a\nb", "tab\t", &"x".repeat(513)] {
        all.passphrase = Some(crate::secret::Secret::new(bad));
        let error = validate::validate(&system.plan, &all).unwrap_err();
        assert!(
            error.to_string().contains("can't be used"),
            "{bad:?} {error}"
        );
    }
}

#[test]
fn a_retry_after_a_failure_anywhere_ends_well() {
    let mut whole = encrypted();
    assert!(run_whole(&mut whole).outcome.is_installed());
    let mut retried = 0;
    for at in 0..whole.asked.len() {
        let mut system = encrypted();
        system.fail_at = Some(at);
        let mut tries = Tries::of(&system);
        let first = tries.once(&mut system);
        if first.is_installed() {
            continue;
        }
        let what = system.asked.get(at).unwrap().clone();
        let second = tries.once(&mut system);
        assert_eq!(second, Outcome::Done, "{what}");
        assert_eq!(system.containers.len(), 2, "{what}");
        assert!(system.formatted == whole.formatted, "{what}");
        assert_eq!(left(&system), Vec::<String>::new(), "{what}");
        assert_eq!(system.violations, Vec::<String>::new(), "{what}");
        retried += 1;
    }
    assert!(retried > 80, "{retried}");
}
