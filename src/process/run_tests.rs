//! Programs that end, fail, talk too much or don't end.

use super::*;
use crate::secret::Secret;

fn shell(script: &str) -> Command {
    Command::new("sh").args(["-c", script])
}

fn quiet(command: &Command) -> Result<Output, CommandError> {
    run(command, None, &mut |_, _| {})
}

#[test]
fn both_outputs_arrive_line_by_line() {
    let mut lines = Vec::new();
    let command = shell("echo one; printf 'two\\r\\nthree'; printf '\\377\\n' >&2");
    let output = run(&command, None, &mut |stream, line| {
        lines.push((stream, line.to_owned()));
    })
    .unwrap();
    assert_eq!(output.stdout, "one\ntwo\nthree\n");
    assert!(lines.contains(&(Stream::Out, "two".to_owned())));
    assert!(lines.contains(&(Stream::Err, "\u{FFFD}".to_owned())));
}

#[test]
fn a_failure_carries_arguments_status_and_outputs() {
    let error = quiet(&shell("echo out; echo err >&2; exit 3")).unwrap_err();
    assert_eq!(error.ending, Ending::Code(3));
    assert_eq!(error.output.stdout, "out\n");
    assert_eq!(error.output.stderr, "err\n");
    assert_eq!(error.words.len(), 3);
    let error = quiet(&shell("kill -9 $$")).unwrap_err();
    assert_eq!(error.ending, Ending::Signal(9));
    let error = quiet(&Command::new("no-such-program-here")).unwrap_err();
    assert!(matches!(error.ending, Ending::NotStarted(_)));
}

#[test]
fn input_is_given_or_empty() {
    let cat = Command::new("cat");
    assert_eq!(quiet(&cat).unwrap().stdout, "");
    let output = quiet(&cat.input(Secret::new("a\nb"))).unwrap();
    assert_eq!(output.stdout, "a\nb\n");
}

#[test]
fn what_takes_too_long_is_ended_with_its_children() {
    let mut command = shell("sleep 100 & echo $!; wait");
    command.limit = Some(Duration::from_millis(200));
    let begin = Instant::now();
    let error = quiet(&command).unwrap_err();
    assert!(matches!(error.ending, Ending::TooLong(_)));
    assert!(begin.elapsed() < PATIENCE);
    let grandchild = error.output.stdout.trim().to_owned();
    let is_gone = || {
        let state = std::fs::read_to_string(format!("/proc/{grandchild}/stat"));
        state.map_or(true, |state| state.contains(") Z "))
    };
    // It closes its outputs a moment before it is gone.
    while !is_gone() {
        assert!(begin.elapsed() < 2 * PATIENCE, "{grandchild} lives on");
        thread::yield_now();
    }
}

/// A program in uninterruptible sleep: its outputs stay open, and its end never comes.
#[test]
fn what_even_sigkill_does_not_end_is_given_up() {
    let (sender, receiver) = channel();
    let mut command = Command::new("mkfs.ext4");
    command.limit = Some(Duration::from_millis(10));
    let patience = Duration::from_millis(50);
    let (done, ended) = channel();
    thread::spawn(move || {
        let result = follow(&command, None, patience, &receiver, &mut |_, _| {});
        done.send(result).unwrap();
    });
    let error = ended.recv_timeout(PATIENCE).unwrap().unwrap_err();
    assert!(matches!(error.ending, Ending::TooLong(_)), "{error:?}");
    drop(sender);
}

#[test]
fn a_cancel_ends_it_at_once() {
    let token = CancelToken::default();
    let other = token.clone();
    let begin = Instant::now();
    let result = run(&shell("echo go; sleep 100"), Some(&token), &mut |_, _| {
        other.cancel();
    });
    assert_eq!(result.unwrap_err().ending, Ending::Cancelled);
    assert!(begin.elapsed() < PATIENCE);
}

#[test]
fn a_program_left_behind_does_not_hold_the_run() {
    let begin = Instant::now();
    let output = quiet(&shell("sleep 20 & echo done")).unwrap();
    assert_eq!(output.stdout, "done\n");
    assert!(begin.elapsed() < Duration::from_secs(15));
}

#[test]
fn what_ends_at_once_holds_nothing() {
    let error = start(&shell("echo refused >&2; exit 1")).unwrap_err();
    assert_eq!(error.ending, Ending::Code(1));
    assert_eq!(error.output.stderr, "refused\n");
    let error = start(&shell("exit 0")).unwrap_err();
    assert!(matches!(error.ending, Ending::Lost(_)), "{error:?}");
}

#[test]
fn what_is_held_is_ended() {
    let running = start(&shell("sleep 100 & echo held; wait")).unwrap();
    let id = running.0.id();
    running.stop().unwrap();
    assert!(!std::path::Path::new(&format!("/proc/{id}")).exists());
}
