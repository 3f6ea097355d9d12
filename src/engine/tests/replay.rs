//! Replays of the recorded installation: its own plan's and another's, stopped, failing, retried.

use super::*;
use crate::engine::protocol::{Reply, Request};
use crate::engine::replay::{BadRecording, read_journal};

const JOURNAL: &str = include_str!("../../../tests/recordings/uefi-erase-ext4.jsonl");
const PLAN: &str = include_str!("../../../tests/recordings/uefi-erase-ext4.plan.json");

/// A replay and the installation that it stands in for.
struct Stage {
    replay: Replay,
    installation: Installation,
}

impl Stage {
    fn new() -> Self {
        let (plan, _) = planned("windows-laptop");
        let secrets = secrets(&plan);
        Self {
            replay: Replay::new(Recording::included().unwrap(), Speed::AT_ONCE),
            installation: Installation::new(plan, secrets),
        }
    }

    /// An attempt that is cancelled when this step begins; never for 0.
    fn attempt(&mut self, cancel_at: u32) -> (Vec<EventKind>, Outcome) {
        let options = RunOptions::default();
        let mut seen = Vec::new();
        let outcome = self
            .replay
            .attempt(&mut self.installation, &options, &mut |event| {
                if matches!(event.kind, EventKind::StepStarted { step, .. } if step == cancel_at) {
                    options.cancel.cancel();
                }
                seen.push(event.kind.clone());
            });
        let last = EventKind::Finished {
            outcome: outcome.clone(),
        };
        assert_eq!(seen.last(), Some(&last));
        (seen, outcome)
    }

    fn number(&self, kind: fn(&Action) -> bool) -> u32 {
        let steps = &self.installation.plan().steps;
        steps.iter().find(|s| kind(&s.action)).unwrap().number
    }
}

fn started(events: &[EventKind]) -> Vec<(u32, &str)> {
    let steps = events.iter().filter_map(|kind| match kind {
        EventKind::StepStarted { step, title } => Some((*step, title.as_str())),
        _ => None,
    });
    steps.collect()
}

#[test]
fn another_plan_tells_its_own_steps_and_what_the_recorded_ones_told() {
    let mut stage = Stage::new();
    let (seen, outcome) = stage.attempt(0);
    assert_eq!(outcome, Outcome::Done);
    let plan = stage.installation.plan().clone();
    let titles: Vec<String> = plan.steps.iter().map(|s| title(&s.action)).collect();
    let planned: Vec<(u32, &str)> = (1..).zip(titles.iter().map(String::as_str)).collect();
    assert_eq!(started(&seen), planned);
    let disk = plan.disk.identity.path.display().to_string();
    assert!(
        titles.contains(&format!("Partition {disk}")) && disk != "/dev/vda",
        "not the recorded plan"
    );
    // Everything that was recorded in a step is told: the plans are alike.
    let inner = |kind: &EventKind| {
        matches!(
            kind,
            EventKind::Log { .. } | EventKind::Progress(_) | EventKind::Warning { .. }
        )
    };
    let recorded = read_journal(JOURNAL).unwrap().into_iter();
    let recorded: Vec<EventKind> = recorded.map(|t| t.event.kind).filter(inner).collect();
    let mut told: Vec<EventKind> = seen.into_iter().filter(inner).collect();
    let EventKind::Log { text, .. } = told.remove(0) else {
        panic!("a note")
    };
    assert!(text.contains("replay"), "{text}");
    // The file systems are made in another order or the same; each tells what its like told.
    assert_eq!(told.len(), recorded.len());
    assert!(recorded.iter().all(|kind| told.contains(kind)));
}

/// Who does not wait is told the same, by a clock of its own.
#[test]
fn what_a_replay_would_tell_is_known_before() {
    let mut stage = Stage::new();
    let recording = Recording::included().unwrap();
    let known = recording.told_of(stage.installation.plan());
    let (mut seen, _) = stage.attempt(0);
    // A note that nothing is installed.
    let note = seen.remove(1);
    assert!(matches!(note, EventKind::Log { .. }), "{note:?}");
    let kinds: Vec<EventKind> = known.iter().map(|timed| timed.event.kind.clone()).collect();
    assert_eq!(kinds, seen);
    let sum: std::time::Duration = known.iter().map(|timed| timed.pause).sum();
    assert!(sum > std::time::Duration::from_secs(20), "{sum:?}");
    let times: Vec<&str> = known
        .iter()
        .map(|timed| timed.event.time.as_str())
        .collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn the_pauses_are_those_of_the_recording() {
    let timed = read_journal(JOURNAL).unwrap();
    let sum: std::time::Duration = timed.iter().map(|t| t.pause).sum();
    // From the times of its first and last line.
    assert_eq!(sum, std::time::Duration::from_millis(28_495));
    let (first, rest) = JOURNAL.split_once('\n').unwrap();
    let back = format!("{rest}{first}\n");
    let timed = read_journal(&back).unwrap();
    assert_eq!(timed.last().unwrap().pause, std::time::Duration::ZERO);
}

#[test]
fn a_cancel_is_kept_to_the_end_of_a_step_that_must_end() {
    let mut stage = Stage::new();
    let table = stage.number(|a| matches!(a, Action::WriteTable { .. }));
    let (seen, outcome) = stage.attempt(table);
    assert_eq!(outcome, Outcome::Cancelled { after: table });
    assert!(
        seen.iter()
            .any(|k| matches!(k, EventKind::StepFinished { step, .. } if *step == table))
    );
    let (seen, outcome) = stage.attempt(0);
    let (step, steps) = (table + 1, 18);
    assert_eq!(seen[0], EventKind::Resumed { step, steps });
    assert_eq!(started(&seen)[0].0, step);
    assert_eq!(outcome, Outcome::Done);
}

#[test]
fn a_cancel_ends_the_build_at_once_whatever_the_speed() {
    let mut stage = Stage::new();
    let build = stage.number(|a| matches!(a, Action::Build { .. }));
    // All but the build is over: what is left takes ten minutes.
    let (_, outcome) = stage.attempt(build);
    assert_eq!(outcome, Outcome::Cancelled { after: build - 1 });
    stage.replay = Replay::new(Recording::included().unwrap(), Speed::new(0.01).unwrap());
    let begin = std::time::Instant::now();
    let (_, outcome) = stage.attempt(build);
    assert_eq!(outcome, Outcome::Cancelled { after: build - 1 });
    assert!(begin.elapsed().as_secs() < 60);
}

#[test]
fn a_planted_failure_comes_once() {
    let mut stage = Stage::new();
    let step = stage.number(|a| matches!(a, Action::InstallSystem { .. }));
    let error = ErrorReport {
        message: "planted".to_owned(),
        command: None,
    };
    let replay = Replay::new(Recording::included().unwrap(), Speed::AT_ONCE);
    stage.replay = replay.failing_at(step, error.clone());
    let (seen, outcome) = stage.attempt(0);
    let failed = Some(step);
    assert_eq!(
        outcome,
        Outcome::Failed {
            step: failed,
            error: error.clone()
        }
    );
    assert!(seen.contains(&EventKind::StepFailed { step, error }));
    let (seen, outcome) = stage.attempt(0);
    assert_eq!(started(&seen)[0].0, step);
    assert_eq!(outcome, Outcome::Done);
}

#[test]
fn a_front_end_talks_to_it_as_to_the_engine() {
    let (plan, _) = planned("windows-laptop");
    let replay = Replay::new(Recording::included().unwrap(), Speed::AT_ONCE);
    let mut client = Server::in_process(replay, || machine("empty-uefi")).unwrap();
    let found = Reply::Machine(Box::new(machine("empty-uefi")));
    assert_eq!(client.ask(&Request::Probe).unwrap(), found);
    let secrets = secrets(&plan);
    let plan = Box::new(plan);
    let reply = client.ask(&Request::Run { plan, secrets }).unwrap();
    assert_eq!(reply, Reply::Accepted);
    client.requests().send(&Request::Follow).unwrap();
    let end = loop {
        if let Reply::Event(event) = client.next_reply().unwrap()
            && let EventKind::Finished { outcome } = event.kind
        {
            break outcome;
        }
    };
    assert_eq!(end, Outcome::Done);
}

#[test]
fn only_whole_installations_are_recordings() {
    let lines: Vec<&str> = JOURNAL.lines().collect();
    let cut = lines[..lines.len() - 1].join("\n");
    let not_whole = |journal: &str| {
        let read = Recording::read(PLAN, journal);
        matches!(read, Err(BadRecording::NotWhole))
    };
    assert!(!not_whole(JOURNAL));
    assert!(not_whole(&cut) && not_whole(lines[0]) && not_whole(""));
    let failed = JOURNAL.replace(r#"{"state":"done"}"#, r#"{"state":"cancelled","after":3}"#);
    assert!(not_whole(&failed));
    let third = format!("{}\n{}\n", lines[0], &lines[1][..40]);
    assert!(matches!(
        read_journal(&third),
        Err(BadRecording::Event { line: 2, .. })
    ));
    let untimed = lines[0].replace("2026-11-22T", "today ");
    assert!(matches!(
        read_journal(&untimed),
        Err(BadRecording::Time { line: 1 })
    ));
}

/// A recording shows what any live medium shows, and no secret.
#[test]
fn the_recording_names_no_place_of_the_computer_that_recorded_it() {
    let known = [
        "dev", "run", "nix", "mnt", "etc", "boot", "profiles", "var", "",
    ];
    for text in [JOURNAL, PLAN] {
        let words = text.split(|c: char| !(c.is_alphanumeric() || "/.-_".contains(c)));
        for path in words.filter(|word| word.starts_with('/') && !word.starts_with("//")) {
            let first = path.split('/').find(|part| !part.is_empty());
            assert!(known.contains(&first.unwrap_or_default()), "{path}");
        }
        for secret in ["horse", "staple", "$y$", "$6$"] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
}
