//! The whole run against a system in memory: what is asked of it, what happens when any of it
//! fails, and what is left open afterwards.

mod alongside;
mod beside_homes;
mod connections;
mod failures;
mod flake;
mod grow;
mod kept;
mod kept_containers;
mod loaders;
mod mbr;
mod new_subvolumes;
mod protocol;
mod read_back;
mod refusals;
mod replay;
mod retry;
mod secrets;
mod server;
mod sleepers;
mod subvolumes;
mod try_mount;
mod unlock;
mod volumes;

use super::scripted::{SYSTEM, Scripted};
use super::*;
use crate::machine::{Disk, Machine};
use crate::plan::{Account, Action, Seed, resolve};
use crate::secret::Secret;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const PASSWORD: &str = "correct horse battery";

const PASSPHRASE: &str = "open: sesame";
const RECOVERY_KEY: &str = "vutr nlkj ihgf edbc cbde fghi jkln rtuv";

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn recorded(path: &str) -> String {
    std::fs::read_to_string(tests().join(path)).unwrap()
}

/// A recorded machine.
fn machine(name: &str) -> Machine {
    serde_json::from_str(&recorded(&format!("machines/{name}.json"))).unwrap()
}

/// The plan for a machine; nothing if the machine is refused.
fn plan_for(machine: &Machine, seed: Seed) -> Option<Plan> {
    let preset = recorded("presets/plasma-two-users.toml");
    let mut preset = crate::preset::read(&preset, "preset").unwrap();
    // By its name, since a disk that can't be read is not taken otherwise.
    let disk = machine
        .disks
        .known()?
        .iter()
        .find(|disk| !disk.live_medium)?;
    preset.disk.choose = crate::preset::DiskChoice::Match(crate::preset::DiskMatch {
        path: Some(disk.path.clone()),
        ..Default::default()
    });
    resolve(machine, &preset, seed).ok()
}

/// The disk of a machine at this path.
fn disk_at<'a>(machine: &'a mut Machine, path: &Path) -> &'a mut Disk {
    let crate::machine::Fact::Known(disks) = &mut machine.disks else {
        panic!("known disks")
    };
    disks.iter_mut().find(|disk| disk.path == path).unwrap()
}

/// The plan for a recorded machine and its disk; nothing if the machine is refused.
fn resolved(name: &str) -> Option<(Plan, Disk)> {
    let mut machine = machine(name);
    let plan = plan_for(&machine, Seed::new([9; 32]))?;
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    Some((plan, disk))
}

fn planned(name: &str) -> (Plan, Disk) {
    resolved(name).unwrap()
}

/// The same for all.
fn recovery_key() -> RecoveryKey {
    RecoveryKey::try_from(Secret::new(RECOVERY_KEY)).unwrap()
}

/// One hash for all, made once: yescrypt takes its time.
fn secrets(plan: &Plan) -> Secrets {
    static HASH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let password = NewPassword::Plain(Secret::new(PASSWORD));
        let secrets = Secrets {
            accounts: BTreeMap::from([(Account::Root, password)]),
            ..Secrets::default()
        };
        secrets.hash(&Account::Root).unwrap().expose().to_owned()
    });
    let accounts = plan.steps.iter().filter_map(|step| match &step.action {
        Action::SetPasswords { accounts } => Some(accounts.clone()),
        _ => None,
    });
    let hash = || NewPassword::Hash(HASH.clone().try_into().unwrap());
    Secrets {
        accounts: accounts
            .flatten()
            .map(|account| (account, hash()))
            .collect(),
        passphrase: Some(Secret::new(PASSPHRASE)),
        recovery_key: Some(recovery_key()),
    }
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

/// One installation, tried as often as it takes.
struct Tries {
    installation: Installation,
    options: RunOptions,
    /// Where the options keep the journal.
    _folder: tempfile::TempDir,
}

impl Tries {
    fn of(system: &Scripted) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            installation: Installation::new(system.plan.clone(), secrets(&system.plan)),
            options: RunOptions {
                state: folder.path().join("state"),
                cancel: CancelToken::default(),
            },
            _folder: folder,
        }
    }

    fn once(&mut self, system: &mut Scripted) -> Outcome {
        self.installation
            .attempt(&self.options, system, &mut |_| {})
    }
}

/// Fails once at each thing that an unbroken run asks for: the second try ends well, writes the same table, and
/// leaves what `compare` finds equal in both, the whole one first.
fn second_tries_end_as_unbroken(
    system: impl Fn() -> Scripted,
    compare: impl Fn(&Scripted, &Scripted, &str),
) {
    let mut whole = system();
    assert_eq!(run_whole(&mut whole).outcome, Outcome::Done);
    for (at, asked) in whole.asked.iter().enumerate() {
        let mut system = system();
        system.fail_at = Some(at);
        let mut tries = Tries::of(&system);
        let first = tries.once(&mut system);
        system.fail_at = None;
        if !first.is_installed() {
            let second = tries.once(&mut system);
            assert!(second.is_installed(), "{at}: {asked} then {second:?}");
        }
        assert_eq!(system.violations, Vec::<String>::new(), "{at}: {asked}");
        assert!(
            system.head == whole.head && system.tail == whole.tail,
            "{at}: {asked}"
        );
        compare(&whole, &system, asked);
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
fn no_command_names_a_device_outside_the_plan() {
    let mut runs = 0;
    for file in std::fs::read_dir(tests().join("machines")).unwrap() {
        let file = file.unwrap().path();
        let machine = file.file_stem().unwrap().to_str().unwrap();
        let Some((plan, disk)) = resolved(machine) else {
            continue;
        };
        let mut system = Scripted::new(&plan, &disk);
        let seen = run_whole(&mut system);
        assert!(seen.outcome.is_installed(), "{machine}: {:?}", seen.outcome);
        let asked = system
            .asked
            .iter()
            .filter(|line| !looks_for_sleepers(&plan, line));
        let words = asked.flat_map(|line| line.split(' '));
        let devices = words.filter(|word| word.starts_with("/dev/"));
        let foreign: Vec<&str> = devices.filter(|word| !is_own(&plan, word)).collect();
        assert_eq!(foreign, Vec::<&str>::new(), "{machine}");
        runs += 1;
    }
    assert!(runs >= 8, "only {runs} machines");
}

/// Whether it only reads what the plan names to be looked at, which may be on other disks.
fn looks_for_sleepers(plan: &Plan, line: &str) -> bool {
    let named = plan.steps.iter().flat_map(|step| match &step.action {
        Action::FindSleepers { windows, linux } => windows.iter().chain(linux).collect(),
        _ => Vec::new(),
    });
    let reads = |node: &Path| {
        let node = node.display();
        let memory = format!("ntfsinfo --verbose --force --file /hiberfil.sys {node}");
        line == memory || line.starts_with(&format!("read {node} at "))
    };
    named.into_iter().any(|node| reads(node))
}

/// The plan's disk, one of its old partitions, or a lasting name that the plan gives.
fn is_own(plan: &Plan, device: &str) -> bool {
    let disk = plan.disk.identity.path.to_str().unwrap();
    let number = device
        .strip_prefix(disk)
        .map(|rest| rest.trim_start_matches('p'));
    let of_disk = number.is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
    let mut partitions = plan.disk.table.partitions.iter();
    let by_guid = partitions.any(|p| device == format!("/dev/disk/by-partuuid/{}", p.id));
    let by_uuid = plan.steps.iter().any(|step| match &step.action {
        Action::MakeFileSystem { file_system, .. } => {
            device == format!("/dev/disk/by-uuid/{}", file_system.identifier())
        }
        _ => false,
    });
    of_disk || by_guid || by_uuid
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
    let disk = system.plan.disk.identity.path.display().to_string();
    assert!(first("nix-instantiate --eval") < first(&format!("probe {disk}")));
    assert!(first(&format!("read {disk}")) < first("umount"));
    assert!(first("umount") < first("wipefs"));
}

#[test]
fn too_little_memory_to_evaluate_is_a_warning_and_no_pass() {
    let mut system = windows_laptop();
    system.meminfo = Some("MemAvailable: 524288 kB\nSwapFree: 0 kB\n".to_owned());
    let seen = run_whole(&mut system);
    let Outcome::DoneWithWarnings { warnings } = seen.outcome else {
        panic!("a warning");
    };
    assert!(
        warnings[0].contains("was not evaluated: only 512 MiB"),
        "{warnings:?}"
    );
    let evaluated = |line: &String| line.contains("--eval");
    assert!(!system.asked.iter().any(evaluated) && !seen.journal.contains("evaluates to"));
    let mut system = windows_laptop();
    system.meminfo = Some("MemAvailable: 8388608 kB\n".to_owned());
    assert_eq!(run_whole(&mut system).outcome, Outcome::Done);
}

fn receipt(system: &Scripted) -> String {
    let key = (Place::Target, "var/log/nevado/receipt.json".into());
    let content = system.files.get(&key).cloned().unwrap_or_default();
    String::from_utf8(content).unwrap()
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
    assert_eq!(receipt["format"], 2);
    assert_eq!(receipt["state"], "done");
    assert_eq!(receipt["nonce"], system.plan.nonce.to_string());
    assert_eq!(receipt["system"], SYSTEM);
    let nonce = system.plan.nonce;
    for file in [
        "receipt.json".to_owned(),
        "install.jsonl".to_owned(),
        format!("disk-1-first-mib-{nonce}"),
        format!("disk-1-last-mib-{nonce}"),
    ] {
        let path = Path::new("var/log/nevado").join(&file);
        assert_eq!(system.modes.get(&path), Some(&0o600), "{file}");
    }
}

/// Something done to the system before the run, and what the run must say of it.
type Sabotage = (fn(&mut Scripted), &'static str);
