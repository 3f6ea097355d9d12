//! The whole run against a system in memory: what is asked of it, what happens when any of it
//! fails, and what is left open afterwards.

use super::scripted::{SYSTEM, Scripted};
use super::*;
use crate::machine::{Disk, Machine};
use crate::plan::{Account, Action, Seed, resolve};
use crate::secret::Secret;
use crate::units::Bytes;
use std::collections::BTreeMap;
use std::path::Path;

const PASSWORD: &str = "correct horse battery";

fn planned(machine: &str) -> (Plan, Disk) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let read = |path: String| std::fs::read_to_string(tests.join(path)).unwrap();
    let machine: Machine = serde_json::from_str(&read(format!("machines/{machine}.json"))).unwrap();
    let preset = read("presets/plasma-two-users.toml".to_owned());
    let preset = crate::preset::read(&preset, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disks = machine.disks.known().unwrap().iter();
    let disk = disks
        .clone()
        .find(|disk| disk.path == plan.disk.path)
        .unwrap();
    (plan, disk.clone())
}

/// One hash for all, made once: yescrypt takes its time.
fn secrets(plan: &Plan) -> Secrets {
    static HASH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let password = NewPassword::Plain(Secret::new(PASSWORD));
        let secrets = Secrets(BTreeMap::from([(Account::Root, password)]));
        secrets.hash(&Account::Root).unwrap().expose().to_owned()
    });
    let accounts = plan.steps.iter().filter_map(|step| match &step.action {
        Action::SetPasswords { accounts } => Some(accounts.clone()),
        _ => None,
    });
    let hash = || NewPassword::Hash(HASH.clone().try_into().unwrap());
    Secrets(
        accounts
            .flatten()
            .map(|account| (account, hash()))
            .collect(),
    )
}

/// A run, and everything that was seen of it.
struct Seen {
    outcome: Outcome,
    events: Vec<Event>,
    journal: String,
}

fn run_on(system: &mut Scripted, cancel: CancelToken) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    let plan = system.plan.clone();
    let options = RunOptions {
        state: folder.path().join("state"),
        cancel,
    };
    let mut events = Vec::new();
    let secrets = secrets(&plan);
    let outcome = run(&plan, &secrets, &options, system, &mut |event| {
        events.push(event.clone());
    });
    let journal = std::fs::read_to_string(options.state.join("journal.jsonl")).unwrap_or_default();
    Seen {
        outcome,
        events,
        journal,
    }
}

fn run_whole(system: &mut Scripted) -> Seen {
    run_on(system, CancelToken::default())
}

fn windows_laptop() -> Scripted {
    let (plan, disk) = planned("windows-laptop");
    Scripted::new(&plan, &disk)
}

/// What is open after a run.
fn left_open(system: &Scripted) -> Vec<String> {
    let mounts = system
        .mounts
        .iter()
        .filter(|(at, _)| at.starts_with("/mnt"));
    let mut open: Vec<String> = mounts
        .map(|(at, _)| format!("mount {}", at.display()))
        .collect();
    open.extend(system.held.iter().map(|held| format!("program {held}")));
    let left = system.files.keys().filter(|(place, path)| {
        *place == Place::UdevRules || path.starts_with("draft") || path.starts_with(".nevado")
    });
    open.extend(left.map(|key| format!("file {key:?}")));
    open
}

#[test]
fn the_whole_run_in_order() {
    let mut system = windows_laptop();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(left_open(&system), Vec::<String>::new());
    assert_eq!(system.violations, Vec::<String>::new());
    insta::assert_snapshot!("everything_asked", system.asked.join("\n"));
}

#[test]
fn events_number_the_steps_and_end_with_the_outcome() {
    let mut system = windows_laptop();
    let seen = run_whole(&mut system);
    let steps: Vec<u32> = (1..=u32::try_from(system.plan.steps.len()).unwrap()).collect();
    let number = |kind: &EventKind| match kind {
        EventKind::StepStarted { step, .. } => Some(*step),
        _ => None,
    };
    let started: Vec<u32> = seen.events.iter().filter_map(|e| number(&e.kind)).collect();
    assert_eq!(started, steps);
    let outcome = Outcome::Done;
    assert_eq!(
        seen.events.last().unwrap().kind,
        EventKind::Finished { outcome }
    );
    let lines: Vec<Event> = seen
        .journal
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert!(lines == seen.events, "the journal is the stream");
    let progress = seen.events.iter().filter_map(|event| match &event.kind {
        EventKind::Progress(progress) => Some(progress.fraction),
        _ => None,
    });
    let progress: Vec<f64> = progress.collect();
    assert!(
        progress.is_sorted() && progress.last() == Some(&1.0),
        "{progress:?}"
    );
}

#[test]
fn no_secret_is_seen_anywhere() {
    let mut system = windows_laptop();
    // Real passwords, to be hashed, on the way to each account.
    let hashes = secrets(&system.plan);
    let Some(NewPassword::Hash(hash)) = hashes.0.values().next() else {
        panic!("a hash")
    };
    let hash = hash.secret().expose().to_owned();
    let seen = run_whole(&mut system);
    let shadow = system
        .files
        .remove(&(Place::Target, "etc/shadow".into()))
        .unwrap();
    assert!(
        String::from_utf8(shadow).unwrap().contains(&hash),
        "it was set"
    );
    let mut texts = system.asked.clone();
    texts.push(seen.journal);
    texts.push(format!("{:?}", seen.events));
    texts.extend(
        system
            .files
            .values()
            .map(|f| String::from_utf8_lossy(f).into_owned()),
    );
    assert!(
        texts
            .iter()
            .all(|text| !text.contains(&hash) && !text.contains(PASSWORD))
    );
}

#[test]
fn no_command_names_a_device_outside_the_plan() {
    for machine in [
        "windows-laptop",
        "empty-uefi",
        "empty-4kn",
        "nvme-2tb-linux",
    ] {
        let (plan, disk) = planned(machine);
        let mut system = Scripted::new(&plan, &disk);
        let own = |word: &str| {
            let of_disk = word.starts_with(plan.disk.path.to_str().unwrap());
            let by_guid = plan
                .table
                .partitions
                .iter()
                .any(|p| word.ends_with(&p.guid.to_string()));
            let by_uuid = plan.steps.iter().any(|step| match &step.action {
                Action::MakeFileSystem { file_system, .. } => {
                    word.ends_with(&file_system.identifier())
                }
                _ => false,
            });
            of_disk || by_guid || by_uuid || word == "/dev/mapper"
        };
        let seen = run_whole(&mut system);
        assert!(seen.outcome.is_installed(), "{machine}: {:?}", seen.outcome);
        let words = system.asked.iter().flat_map(|line| line.split(' '));
        let foreign: Vec<&str> = words
            .filter(|w| w.starts_with("/dev/") && !own(w))
            .collect();
        assert_eq!(foreign, Vec::<&str>::new(), "{machine}");
    }
}

#[test]
fn nothing_is_changed_before_everything_was_checked() {
    let mut system = windows_laptop();
    run_whole(&mut system).outcome.is_installed();
    let first = |start: &str| {
        system
            .asked
            .iter()
            .position(|line| line.starts_with(start))
            .unwrap()
    };
    let disk = system.plan.disk.path.display().to_string();
    assert!(first("nix-instantiate --eval") < first(&format!("probe {disk}")));
    assert!(first(&format!("read {disk}")) < first("umount"));
    assert!(first("umount") < first("wipefs"));
}

#[test]
fn a_failure_anywhere_is_told_and_everything_is_closed() {
    let mut whole = windows_laptop();
    assert!(run_whole(&mut whole).outcome.is_installed());
    let count = whole.asked.len();
    let mut tolerated = Vec::new();
    for at in 0..count {
        let mut system = windows_laptop();
        system.fail_at = Some(at);
        let seen = run_whole(&mut system);
        let what = system.asked.get(at).unwrap().clone();
        match &seen.outcome {
            Outcome::Failed {
                step: Some(step),
                error,
            } => {
                assert!(
                    error.message.contains("planted failure"),
                    "{what}: {error:?}"
                );
                let told = seen.events.iter().any(|event| {
                    matches!(&event.kind, EventKind::StepFailed { step: s, .. } if s == step)
                });
                assert!(told, "{what}");
                assert!(!receipt(&system).contains("\"done\""), "{what}");
            }
            Outcome::DoneWithWarnings { warnings } => {
                assert!(
                    warnings.iter().any(|w| w.contains("planted failure")),
                    "{what}"
                );
                tolerated.push(what.clone());
            }
            // The kernel is told again until it has taken the table.
            Outcome::Done if what.starts_with("partx") => tolerated.push(what.clone()),
            other => panic!("{what}: {other:?}"),
        }
        // What failed to close is open, and is told; nothing else is.
        let closes = ["umount /mnt", "let go", "remove "]
            .iter()
            .any(|c| what.starts_with(c));
        let open = left_open(&system);
        assert!(open.len() <= usize::from(closes) * 2, "{what}: {open:?}");
        assert_eq!(system.violations, Vec::<String>::new(), "{what}");
    }
    let name = "failures_that_are_warnings";
    insta::assert_snapshot!(name, tolerated.join("\n"));
}

fn receipt(system: &Scripted) -> String {
    let key = (Place::Target, "var/log/nevado/receipt.json".into());
    let content = system.files.get(&key).cloned().unwrap_or_default();
    String::from_utf8(content).unwrap()
}

#[test]
fn a_cancel_stops_at_the_next_safe_point() {
    let mut whole = windows_laptop();
    assert!(run_whole(&mut whole).outcome.is_installed());
    for at in 0..whole.asked.len() {
        let mut system = windows_laptop();
        let token = CancelToken::default();
        system.cancel_at = Some((at, token.clone()));
        let seen = run_on(&mut system, token);
        assert_eq!(left_open(&system), Vec::<String>::new(), "{at}");
        match seen.outcome {
            Outcome::Cancelled { after } => {
                // A step that has to end first is not left in its middle.
                let running = seen
                    .events
                    .iter()
                    .rev()
                    .find_map(|event| match &event.kind {
                        EventKind::StepStarted { step, .. } => Some(*step),
                        _ => None,
                    });
                let running = running.unwrap_or(0);
                let step = system.plan.steps.iter().find(|step| step.number == running);
                let anytime = step.is_none_or(|s| s.action.interruption() == Interruption::Anytime);
                assert!(after == running || anytime, "{at}: {after} of {running}");
                assert!(!receipt(&system).contains("\"done\""), "{at}");
            }
            // Too late: everything was done already.
            outcome => assert!(
                outcome.is_installed() && at + 20 > whole.asked.len(),
                "{at}"
            ),
        }
    }
}

/// A cancel that comes before the run, or before anything is changed, leaves the disk as it was.
#[test]
fn an_early_cancel_leaves_the_disk_alone() {
    let mut system = windows_laptop();
    let token = CancelToken::default();
    token.cancel();
    let seen = run_on(&mut system, token);
    assert_eq!(seen.outcome, Outcome::Cancelled { after: 0 });
    assert_eq!(system.asked, Vec::<String>::new());
}

/// Something done to the system before the run, and what the run must say of it.
type Sabotage = (fn(&mut Scripted), &'static str);

#[test]
fn another_disk_in_its_place_is_refused() {
    let cases: [Sabotage; 5] = [
        (
            |s| s.disk.serial = Some("other".to_owned()),
            "serial number",
        ),
        (|s| s.disk.size = Bytes(s.disk.size.0 - 512), "size"),
        (
            |s| s.disk.table = crate::machine::Fact::Unknown(String::new()),
            "partition table",
        ),
        (|s| s.disk.live_medium = true, "was started from"),
        (|s| s.disk.read_only = true, "refuses writes"),
    ];
    for (sabotage, words) in cases {
        let mut system = windows_laptop();
        sabotage(&mut system);
        let seen = run_whole(&mut system);
        let Outcome::Failed {
            step: Some(2),
            error,
        } = seen.outcome
        else {
            panic!("{words}: {:?}", seen.outcome);
        };
        assert!(error.message.contains(words), "{error:?}");
        let changed = ["write", "umount", "wipefs", "swapoff", "dmsetup"];
        let is_change = |line: &&String| changed.iter().any(|c| line.starts_with(c));
        assert_eq!(system.asked.iter().find(is_change), None, "{words}");
    }
}

#[test]
fn what_does_not_read_back_as_written_is_found() {
    let spoils: [Sabotage; 14] = [
        (|s| s.head[1024] ^= 1, "table"),
        (|s| s.tail[1 << 19] ^= 1, ""),
        (
            |s| s.put("etc/nixos/configuration.nix", b"{ }"),
            "is not as it was written",
        ),
        (
            |s| s.put("etc/shadow", b"root:!:1::::::"),
            "has not been set",
        ),
        (|s| s.put("etc/shadow", b""), "no account root"),
        (|s| forget(s, "etc/NIXOS"), "/etc/NIXOS is missing"),
        (|s| forget(s, "boot/EFI/BOOT"), "BOOTX64.EFI is missing"),
        (|s| forget(s, "boot/EFI/nixos/k.efi"), "k.efi is missing"),
        (|s| forget(s, "boot/EFI/nixos/i.efi"), "i.efi is missing"),
        (|s| forget(s, "boot/loader/entries"), "no boot entry starts"),
        (
            |s| forget(s, SYSTEM.trim_start_matches('/')),
            "init is missing",
        ),
        (
            |s| s.put("boot/loader/entries/a.conf", b"title x"),
            "names no kernel",
        ),
        (
            |s| {
                drop(s.links.insert(
                    "/nix/var/nix/profiles/system-1-link".into(),
                    "/nix/store/x".into(),
                ))
            },
            "the system profile leads to /nix/store/x",
        ),
        (
            |s| {
                s.formatted
                    .values_mut()
                    .for_each(|found| found.1 = "1234-5678".to_owned())
            },
            "UUID of",
        ),
    ];
    for (i, (spoil, words)) in spoils.into_iter().enumerate() {
        let mut system = windows_laptop();
        system.spoil = Some(spoil);
        let seen = run_whole(&mut system);
        // What lies between the table and the middle of the disk is nobody's business.
        if words.is_empty() {
            assert_eq!(seen.outcome, Outcome::Done, "{i}");
            continue;
        }
        let Outcome::Failed {
            step: Some(18),
            error,
        } = seen.outcome
        else {
            panic!("{i} {words}: {:?}", seen.outcome);
        };
        assert!(error.message.contains(words), "{i}: {}", error.message);
        assert!(receipt(&system).contains("\"pending\""), "{i}");
        assert_eq!(left_open(&system), Vec::<String>::new(), "{i}");
    }
}

/// Loses a file or folder of the target.
fn forget(system: &mut Scripted, path: &str) {
    system
        .files
        .retain(|key, _| key.0 != Place::Target || !key.1.starts_with(path));
}

#[test]
fn somebody_elses_mount_below_the_target_root_is_not_covered() {
    let mut system = windows_laptop();
    system.mounts = vec![("/mnt/stick".into(), "rw".to_owned())];
    // The stand-in says of every mount that it is of the third partition.
    system.kernel.truncate(2);
    let Outcome::Failed {
        step: Some(5),
        error,
    } = run_whole(&mut system).outcome
    else {
        panic!("refused");
    };
    assert!(error.message.contains("unmount it first"), "{error:?}");
}

#[test]
fn a_missing_inhibitor_is_a_warning() {
    let mut system = windows_laptop();
    system.missing.insert("systemd-inhibit".to_owned());
    let Outcome::DoneWithWarnings { warnings } = run_whole(&mut system).outcome else {
        panic!("a warning");
    };
    assert!(
        warnings[0].contains("systemd-inhibit is missing"),
        "{warnings:?}"
    );
    assert!(receipt(&system).contains("systemd-inhibit is missing"));
}

#[test]
fn the_receipt_is_final_and_names_the_plan() {
    let mut system = windows_laptop();
    run_whole(&mut system).outcome.is_installed();
    let receipt: serde_json::Value = serde_json::from_str(&receipt(&system)).unwrap();
    assert_eq!(receipt["format"], 1);
    assert_eq!(receipt["state"], "done");
    assert_eq!(receipt["nonce"], system.plan.nonce.to_string());
    assert_eq!(receipt["system"], SYSTEM);
    for file in [
        "receipt.json",
        "install.jsonl",
        "disk-first-mib",
        "disk-last-mib",
    ] {
        let path = Path::new("var/log/nevado").join(file);
        assert_eq!(system.modes.get(&path), Some(&0o600), "{file}");
    }
}

#[test]
fn plans_that_break_a_rule_are_not_begun() {
    let other = Path::new("/dev/sda").to_owned();
    let breakages: [fn(&mut Plan); 13] = [
        |plan| plan.format = 2,
        |plan| plan.steps.swap(0, 1),
        |plan| drop(plan.steps.pop()),
        |plan| plan.steps.iter_mut().for_each(|step| step.number += 1),
        |plan| drop(plan.steps.drain(0..1)),
        |plan| {
            replace(
                plan,
                |action| matches!(action, Action::Wipe { .. }),
                |_| Action::Wipe {
                    disk: "/dev/sda".into(),
                },
            )
        },
        |plan| plan.table.partitions[0].guid = uuid::Uuid::from_u128(7),
        |plan| plan.table.partitions[1].start.0 -= 2048,
        |plan| {
            replace(
                plan,
                |action| matches!(action, Action::Evaluate { .. }),
                |_| Action::Evaluate { files: Vec::new() },
            )
        },
        |plan| plan.table.length.0 *= 2,
        |plan| {
            replace(
                plan,
                |action| matches!(action, Action::InstallSystem { .. }),
                |_| Action::InstallSystem {
                    channel: Some("/tmp/x".into()),
                },
            );
        },
        |plan| edit_files(plan, |file| file.mode = 0o4755),
        |plan| edit_files(plan, |file| file.path = "/etc/passwd".parse().unwrap()),
    ];
    for (i, breakage) in breakages.iter().enumerate() {
        let mut system = windows_laptop();
        breakage(&mut system.plan);
        let seen = run_whole(&mut system);
        assert!(
            matches!(seen.outcome, Outcome::Failed { step: None, .. }),
            "{i}: {:?}",
            seen.outcome
        );
        assert_eq!(system.asked, Vec::<String>::new(), "{i}");
        assert!(matches!(
            seen.events.as_slice(),
            [Event {
                kind: EventKind::Finished { .. },
                ..
            }]
        ));
    }
    let mut system = windows_laptop();
    system.plan.disk.path = other;
    assert!(!run_whole(&mut system).outcome.is_installed());
    let plan = windows_laptop().plan;
    let message = validate::validate(&plan, &Secrets::default())
        .unwrap_err()
        .to_string();
    assert_eq!(message, "there is no password for root");
}

fn replace(plan: &mut Plan, which: fn(&Action) -> bool, with: fn(&Action) -> Action) {
    let step = plan
        .steps
        .iter_mut()
        .find(|step| which(&step.action))
        .unwrap();
    step.action = with(&step.action);
}

fn edit_files(plan: &mut Plan, edit: fn(&mut crate::plan::TargetFile)) {
    for step in &mut plan.steps {
        if let Action::Evaluate { files } | Action::WriteFiles { files } = &mut step.action {
            files.iter_mut().for_each(edit);
        }
    }
}
