//! Retries against a system in memory: after a failure at any point, on another disk, and a whole
//! new run on a disk that a failed one left half written.

use super::*;
use crate::machine::Fact;

/// An installation on a system in memory, with a folder for its journal.
struct Bench {
    installation: Installation,
    system: Scripted,
    folder: tempfile::TempDir,
    events: Vec<EventKind>,
}

impl Bench {
    fn new() -> Self {
        let system = windows_laptop();
        Self {
            installation: Installation::new(system.plan.clone(), secrets(&system.plan)),
            system,
            folder: tempfile::tempdir().unwrap(),
            events: Vec::new(),
        }
    }

    fn attempt(&mut self) -> Outcome {
        self.cancellable(CancelToken::default())
    }

    fn cancellable(&mut self, cancel: CancelToken) -> Outcome {
        let options = RunOptions {
            state: self.folder.path().join("state"),
            cancel,
        };
        let Self {
            installation,
            system,
            events,
            ..
        } = self;
        installation.attempt(&options, system, &mut |event| {
            events.push(event.kind.clone());
        })
    }

    /// How often something was asked of the system.
    fn count(&self, start: &str) -> usize {
        let asked = self.system.asked.iter();
        asked.filter(|line| line.starts_with(start)).count()
    }
}

/// What is on the disk and in the target, apart from the log and from salts.
fn written(system: &Scripted) -> impl PartialEq + use<> {
    let files = system.files.clone();
    let lasting = files
        .into_iter()
        .filter(|(key, _)| !key.1.ends_with("install.jsonl") && !key.1.ends_with("receipt.json"));
    (
        system.head == system.tail,
        lasting.collect::<Vec<_>>(),
        system.links.clone(),
        system.formatted.clone(),
        system.kernel.clone(),
    )
}

#[test]
fn a_retry_after_a_failure_anywhere_ends_as_an_unbroken_run() {
    let mut whole = Bench::new();
    assert_eq!(whole.attempt(), Outcome::Done);
    let written_whole = written(&whole.system);
    let mut retried = 0;
    for at in 0..whole.system.asked.len() {
        let mut bench = Bench::new();
        bench.system.fail_at = Some(at);
        let Outcome::Failed {
            step: Some(step), ..
        } = bench.attempt()
        else {
            assert!(!bench.installation.can_be_retried(), "{at}");
            continue;
        };
        let what = bench.system.asked.get(at).unwrap().clone();
        assert!(bench.installation.can_be_retried(), "{what}");
        let resumed = bench.events.len();
        let outcome = bench.attempt();
        assert_eq!(outcome, Outcome::Done, "{what}");
        let steps = 18;
        assert_eq!(
            bench.events[resumed],
            EventKind::Resumed { step, steps },
            "{what}"
        );
        assert!(written(&bench.system) == written_whole, "{what}");
        assert_eq!(bench.system.head, whole.system.head, "{what}");
        assert_eq!(left_open(&bench.system), Vec::<String>::new(), "{what}");
        assert_eq!(bench.system.violations, Vec::<String>::new(), "{what}");
        // What was complete is not done twice.
        let number = |kind: fn(&Action) -> bool| {
            let steps = &bench.system.plan.steps;
            steps.iter().find(|s| kind(&s.action)).unwrap().number
        };
        let disk = format!("write {}", bench.system.plan.disk.identity.path.display());
        if step > number(|a| matches!(a, Action::WriteTable { .. })) {
            assert_eq!(bench.count(&disk), 2, "{what}");
        }
        if step > number(|a| matches!(a, Action::Build { .. })) {
            assert_eq!(bench.count("nix-build"), 1, "{what}");
            assert_eq!(bench.count("mkfs"), 2, "{what}");
        }
        retried += 1;
    }
    assert!(retried > 50, "{retried}");
}

#[test]
fn a_retry_opens_again_what_was_closed() {
    let mut bench = Bench::new();
    let mut whole = Bench::new();
    assert!(whole.attempt().is_installed());
    let asked = &whole.system.asked;
    bench.system.fail_at = asked.iter().position(|line| line.starts_with("nix-build"));
    assert!(!bench.attempt().is_installed());
    let before = bench.system.asked.len();
    assert!(bench.attempt().is_installed());
    let build = bench
        .system
        .asked
        .iter()
        .rposition(|l| l.starts_with("nix-build"));
    let reopened = &bench.system.asked[before..build.unwrap()];
    insta::assert_snapshot!("reopened_before_the_build", reopened.join("\n"));
}

#[test]
fn a_cancelled_run_is_resumed() {
    let mut whole = Bench::new();
    assert!(whole.attempt().is_installed());
    let mut cancelled = 0;
    for at in (0..whole.system.asked.len()).step_by(5) {
        let mut bench = Bench::new();
        let token = CancelToken::default();
        bench.system.cancel_at = Some((at, token.clone()));
        let outcome = bench.cancellable(token);
        bench.system.cancel_at = None;
        if let Outcome::Cancelled { .. } = outcome {
            assert_eq!(bench.attempt(), Outcome::Done, "{at}");
            cancelled += 1;
        }
    }
    assert!(cancelled > 5, "{cancelled}");
}

#[test]
fn a_retry_on_another_disk_is_refused() {
    let swaps: [fn(&mut Scripted); 3] = [
        |system| system.disk.serial = Some("other".to_owned()),
        |system| system.disk.table = Fact::Unknown("not readable".to_owned()),
        |system| system.disk.live_medium = true,
    ];
    for (i, swap) in swaps.into_iter().enumerate() {
        let mut whole = Bench::new();
        assert!(whole.attempt().is_installed());
        let asked = &whole.system.asked;
        let mut bench = Bench::new();
        bench.system.fail_at = asked.iter().position(|line| line.starts_with("nix-build"));
        assert!(!bench.attempt().is_installed());
        swap(&mut bench.system);
        let before = bench.system.asked.len();
        let Outcome::Failed {
            step: Some(2),
            error,
        } = bench.attempt()
        else {
            panic!("{i} is refused");
        };
        assert!(
            !error.message.contains("nothing has been changed"),
            "{error:?}"
        );
        let changes = ["write", "umount", "mount", "wipefs", "mkfs"];
        let asked = &bench.system.asked[before..];
        assert!(
            !asked
                .iter()
                .any(|line| changes.iter().any(|c| line.starts_with(c))),
            "{asked:?}"
        );
    }
}

#[test]
fn a_finished_installation_is_not_repeated() {
    let mut bench = Bench::new();
    assert!(!bench.installation.can_be_retried());
    assert!(bench.attempt().is_installed());
    let asked = bench.system.asked.len();
    assert!(matches!(
        bench.attempt(),
        Outcome::Failed { step: None, .. }
    ));
    assert_eq!(bench.system.asked.len(), asked);
}

#[test]
fn a_new_run_on_a_half_written_disk_succeeds() {
    let mut whole = Bench::new();
    assert!(whole.attempt().is_installed());
    for at in 0..whole.system.asked.len() {
        let mut bench = Bench::new();
        bench.system.fail_at = Some(at);
        assert!(matches!(
            bench.attempt(),
            Outcome::Failed { .. } | Outcome::Done | Outcome::DoneWithWarnings { .. }
        ));
        if !left_open(&bench.system).is_empty() {
            continue;
        }
        // The computer is looked at afresh, and gets a plan with other identifiers.
        let mut computer = machine("windows-laptop");
        *disk_at(&mut computer, &bench.system.plan.disk.identity.path) = bench.system.disk.clone();
        let plan = plan_for(&computer, Seed::new([10; 32])).unwrap();
        assert_ne!(plan.disk.table.id, bench.system.plan.disk.table.id);
        bench.system.plan = plan.clone();
        bench.installation = Installation::new(plan.clone(), secrets(&plan));
        let outcome = bench.attempt();
        assert_eq!(
            outcome,
            Outcome::Done,
            "{at}: {:?}",
            bench.system.asked.get(at)
        );
        assert_eq!(left_open(&bench.system), Vec::<String>::new(), "{at}");
    }
}
