//! What happens when something fails, or when somebody cancels, at every single point.

use super::*;

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
                let anytime = step
                    .is_none_or(|s| s.action.interruption() == crate::plan::Interruption::Anytime);
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
