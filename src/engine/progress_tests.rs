//! Recorded logs of real Nix, 2.8 and 2.26, building a small closure of our own into a store of its
//! own; and bytes that nobody sent.

use super::*;
use proptest::prelude::*;

const COPY_AND_BUILD: [&str; 2] = [
    include_str!("../../tests/nix_logs/nix-2.8-copy-and-build.log"),
    include_str!("../../tests/nix_logs/nix-2.26-copy-and-build.log"),
];
const BUILD_FAILS: [&str; 2] = [
    include_str!("../../tests/nix_logs/nix-2.8-build-fails.log"),
    include_str!("../../tests/nix_logs/nix-2.26-build-fails.log"),
];
const EVALUATION_FAILS: [&str; 2] = [
    include_str!("../../tests/nix_logs/nix-2.8-evaluation-fails.log"),
    include_str!("../../tests/nix_logs/nix-2.26-evaluation-fails.log"),
];

/// Feeds a log, a line each 100 ms, and hands back every state that it went through.
fn replay(log: &str) -> (BuildProgress, Vec<Progress>, Vec<Note>) {
    let mut progress = BuildProgress::default();
    let (mut states, mut notes) = (Vec::new(), Vec::new());
    for (i, line) in log.lines().enumerate() {
        let at = Duration::from_millis(100 * i as u64);
        notes.extend(progress.line(line, at));
        states.push(progress.now());
    }
    (progress, states, notes)
}

fn rises(states: &[Progress]) -> bool {
    states.is_sorted_by(|a, b| a.fraction <= b.fraction && a.phase <= b.phase)
}

#[test]
fn a_build_goes_through_its_phases_and_the_bar_rises() {
    for log in COPY_AND_BUILD {
        let (progress, states, notes) = replay(log);
        assert!(rises(&states));
        for phase in [Phase::Evaluate, Phase::Plan, Phase::Realise] {
            assert!(states.iter().any(|state| state.phase == phase), "{phase:?}");
        }
        let last = states.last().unwrap();
        assert!(last.fraction > 0.9 && last.fraction < 1.0, "{last:?}");
        assert!((progress.finished().fraction - 1.0).abs() < f64::EPSILON);
        // The kernel was copied: 200,000 bytes and the NAR around them. Nix does not tell of the last
        // few bytes before it ends a copy.
        assert!(last.done <= last.total && last.total.0 - last.done.0 < 100);
        assert!((200_000..201_000).contains(&last.done.0), "{}", last.done.0);
        let shown = |name: &str| {
            let is = |state: &&Progress| state.current.as_deref() == Some(name);
            states.iter().filter(is).count()
        };
        assert!(shown("kernel-6.12") > 0 && shown("initrd-nixos") > 0);
        assert!(states.iter().any(|state| state.speed.is_some()));
        let planned = "these 2 derivations will be built:".to_owned();
        assert!(notes.contains(&Note::Line(planned)), "{notes:?}");
        assert!(progress.errors.is_empty());
    }
}

#[test]
fn a_failed_build_is_told_with_its_last_lines() {
    for log in BUILD_FAILS {
        let (progress, states, notes) = replay(log);
        assert!(rises(&states));
        assert!(states.iter().all(|state| state.fraction < 1.0));
        assert!(notes.iter().any(|note| matches!(note, Note::Error(_))));
        let told = progress.failure();
        assert!(told.contains("failed with exit code 7"), "{told}");
        assert!(told.contains("the last lines of broken-1.0:"), "{told}");
        assert!(told.contains("the compiler gave up"), "{told}");
        // 80 lines and the last word: the first 31 are gone.
        assert!(told.contains("broken-1.0 line 32\n") && !told.contains("broken-1.0 line 31\n"));
        assert!(!told.contains('\u{1b}'));
    }
}

#[test]
fn an_error_in_the_configuration_is_told_with_its_place() {
    for log in EVALUATION_FAILS {
        let (progress, states, _) = replay(log);
        assert!(states.iter().all(|state| state.phase == Phase::Evaluate));
        let told = progress.failure();
        assert!(
            told.contains("called without required argument 'name'"),
            "{told}"
        );
        assert!(told.contains("evalbad.nix:1:13"), "{told}");
    }
}

#[test]
fn names_are_those_of_packages() {
    let path = "/nix/store/5q64vw5xjb34jjdwz49dl6vjsyq9d035-kernel-6.12.drv";
    assert_eq!(package(path), "kernel-6.12");
    assert_eq!(package("odd"), "odd");
    assert_eq!(package(""), "");
}

/// A line of the protocol with any numbers in it.
fn any_event() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        Just(100_u64),
        Just(104),
        Just(105),
        Just(106),
        0..3_u64,
        any::<u64>()
    ];
    (0..4_u8, 0..5_u64, number.clone(), number.clone(), number).prop_map(
        |(action, id, kind, one, two)| match action {
            0 => format!(
                r#"@nix {{"action":"start","id":{id},"level":0,"parent":0,"text":"t","type":{kind},"fields":["/nix/store/x",{one}]}}"#
            ),
            1 => format!(r#"@nix {{"action":"stop","id":{id}}}"#),
            2 => format!(
                r#"@nix {{"action":"result","id":{id},"type":{kind},"fields":[{one},{two},{one},{two}]}}"#
            ),
            _ => format!(r#"@nix {{"action":"msg","level":{kind},"msg":"these {one} derivations will be built:"}}"#),
        },
    )
}

proptest! {
    #[test]
    fn no_bytes_break_it_and_the_bar_never_falls(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        lines in proptest::collection::vec(prop_oneof![any_event(), ".{0,40}"], 0..60),
    ) {
        let soup = String::from_utf8_lossy(&bytes).into_owned();
        let log = format!("{}\n@nix {soup}\n{}", lines.join("\n"), lines.join("\n"));
        let (_, states, _) = replay(&log);
        prop_assert!(rises(&states));
        for state in &states {
            prop_assert!((0.0..1.0).contains(&state.fraction), "{}", state.fraction);
            prop_assert!(state.done <= state.total);
        }
    }

    #[test]
    fn a_damaged_recording_does_not_break_it(
        which in 0..2_usize, at in 0..10_000_usize, byte in any::<u8>(), cut in 0..200_usize
    ) {
        let mut bytes = COPY_AND_BUILD[which].as_bytes().to_vec();
        bytes[at] = byte;
        bytes.drain(at..(at + cut).min(bytes.len()));
        let (_, states, _) = replay(&String::from_utf8_lossy(&bytes));
        prop_assert!(rises(&states));
    }
}
