use super::*;
use crate::units::Bytes;

/// A build as the engine tells it, cut short.
fn events() -> Vec<Event> {
    let step = |step: u32, title: &str| EventKind::StepStarted {
        step,
        title: title.to_owned(),
    };
    let progress = |phase, fraction, done: u64, speed: Option<u64>, current: &str| {
        EventKind::Progress(Progress {
            phase,
            fraction,
            done: Bytes::mib(done),
            total: Bytes::mib(if done == 0 { 0 } else { 4096 }),
            speed: speed.map(Bytes::mib),
            current: (!current.is_empty()).then(|| current.to_owned()),
        })
    };
    let kinds = vec![
        EventKind::Started {
            nonce: serde_json::from_str("\"3d237cd371514aeb3a0dfac6959bf7bb\"").unwrap(),
            steps: 18,
        },
        step(1, "Evaluate the configuration"),
        EventKind::StepFinished {
            step: 1,
            seconds: 4.21,
        },
        step(2, "Look at the disk again"),
        EventKind::StepFinished {
            step: 2,
            seconds: 0.02,
        },
        step(13, "Build the system"),
        progress(Phase::Evaluate, 0.04, 0, None, ""),
        progress(Phase::Realise, 0.25, 700, Some(58), "firefox-131.0"),
        EventKind::Log {
            source: "nix-build".to_owned(),
            text: "copying path".to_owned(),
        },
        EventKind::Warning {
            text: "the clock was wrong".to_owned(),
        },
        progress(Phase::Realise, 0.31, 1000, Some(61), "glibc-2.41"),
        progress(Phase::Realise, 0.32, 1010, Some(61), "glibc-2.41"),
        EventKind::StepFailed {
            step: 13,
            error: error(),
        },
        EventKind::Finished {
            outcome: Outcome::Failed {
                step: Some(13),
                error: error(),
            },
        },
    ];
    kinds
        .into_iter()
        .map(|kind| Event {
            format: 1,
            time: "2026-11-22T17:03:05.123Z".to_owned(),
            kind,
        })
        .collect()
}

fn error() -> ErrorReport {
    ErrorReport {
        message: "the system could not be built; see the last lines below".to_owned(),
        command: Some(crate::engine::FailedCommand {
            arguments: vec!["nix-build".to_owned(), "-A".to_owned(), "system".to_owned()],
            status: "exit status 1".to_owned(),
            stdout: String::new(),
            stderr: "error: builder failed\n".to_owned(),
        }),
    }
}

fn shown(form: Form, width: fn() -> usize) -> String {
    let mut out = Vec::new();
    let mut display = Display::new(&mut out, form, width);
    for event in events() {
        // Every progress is drawn, however fast the test is.
        display.drawn = display.drawn.and_then(|at| at.checked_sub(REDRAW));
        display.show(&event).unwrap();
    }
    String::from_utf8(out).unwrap()
}

/// What is left on a screen after the text was written to it.
fn screen(text: &str) -> Vec<String> {
    let line = |line: &str| {
        line.rsplit("\r\x1b[K")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    text.lines().map(line).collect()
}

#[test]
fn where_there_is_no_terminal_lines_are_plain() {
    let text = shown(Form::Plain, || 80);
    assert!(!text.contains('\x1b') && !text.contains('\r'), "{text}");
    assert_eq!(
        text,
        "Installation 3d237cd371514aeb3a0dfac6959bf7bb\n\
         [ 1/18] Evaluate the configuration\n\
         [ 1/18] took 4.2 s\n\
         [ 2/18] Look at the disk again\n\
         [13/18] Build the system\n\
         [13/18] Build the system: 25 %, 700 MiB of 4 GiB, 58 MiB/s, 60 s left, firefox-131.0\n\
         warning: the clock was wrong\n\
         [13/18] Build the system: 31 %, 1000 MiB of 4 GiB, 61 MiB/s, 60 s left, glibc-2.41\n\
         [13/18] Build the system: FAILED\n\
         \n\
         The installation failed at step 13.\n\
         the system could not be built; see the last lines below\n  \
           nix-build -A system: exit status 1\n  \
           │ error: builder failed\n\
         When that is mended, `nevado retry` goes on from this step.\n"
    );
}

#[test]
fn a_terminal_keeps_one_line_for_each_step() {
    let text = shown(Form::Terminal, || 120);
    assert!(
        text.contains(
            "\r\x1b[K[13/18] Build the system  █████░░░░░░░░░░░░░░░  25 %, 700 MiB of 4 GiB, \
             58 MiB/s, 60 s left, firefox-131.0"
        ),
        "{text}"
    );
    assert!(text.contains("4 %, reading the configuration"), "{text}");
    assert_eq!(
        screen(&text).get(..6).unwrap(),
        [
            "Installation 3d237cd371514aeb3a0dfac6959bf7bb",
            "[ 1/18] Evaluate the configuration  4.2 s",
            "[ 2/18] Look at the disk again",
            "warning: the clock was wrong",
            "[13/18] Build the system: FAILED",
            "",
        ]
    );
}

#[test]
fn a_drawn_line_never_wraps() {
    let text = shown(Form::Terminal, || 40);
    for drawn in text.split("\r\x1b[K").skip(1) {
        let line = drawn.split('\n').next().unwrap();
        // Warnings and the end are lines of their own, which may wrap.
        let is_step = line.starts_with('[');
        assert!(line.chars().count() < 40 || !is_step, "{line}");
    }
    assert!(text.contains('…'), "{text}");
}

#[test]
fn json_lines_read_back_as_the_events() {
    let text = shown(Form::Json, || 80);
    let again: Vec<Event> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(again, events());
}

#[test]
fn the_time_left_is_said_in_steps() {
    let left = |done: u64, total: u64, speed: u64| {
        time_left(&Progress {
            done: Bytes(done),
            total: Bytes(total),
            speed: Some(Bytes(speed)),
            ..Progress::default()
        })
    };
    assert_eq!(left(0, 100, 10).unwrap(), "10 s left");
    assert_eq!(left(0, 110, 10).unwrap(), "20 s left");
    assert_eq!(left(0, 6100, 10).unwrap(), "11 min left");
    assert_eq!(left(0, 6000 * 10, 10).unwrap(), "2 h left");
    assert_eq!(left(100, 100, 10), None);
    assert_eq!(left(0, 100, 0), None);
    assert_eq!(left(200, 100, 10), None);
}
