//! Runs beside a Windows or a Linux that may sleep: it is looked for before anything is released or written.

use super::kept::{laid_out, laid_out_on};
use super::*;
use crate::machine::{Fact, Table};
use crate::plan::Step;
use crate::preset::Layout;
use crate::units::Sectors;

/// The type of a drive of Windows.
const DATA: &str = "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7";

/// Another drive of a Windows is replaced, and the one with its folders stays.
fn beside_windows() -> Scripted {
    let mut machine = machine("table-windows-gap");
    let disk = disk_at(&mut machine, Path::new("/dev/nvme0n1"));
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disk.table else {
        panic!("it has partitions")
    };
    let drive = &mut partitions[3];
    drive.start = Sectors(599_998_464);
    drive.length = Sectors(325_615_616);
    DATA.clone_into(&mut drive.type_id);
    laid_out_on(machine, Layout::Replace, Some(4))
}

/// Where the plan looks.
fn looked_at(system: &Scripted) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut steps = system.plan.steps.iter();
    let found = steps.find_map(|step| match &step.action {
        Action::FindSleepers { windows, linux } => Some((windows.clone(), linux.clone())),
        _ => None,
    });
    found.expect("the plan looks again")
}

/// How it ends where somebody sleeps behind a device node.
fn asleep(mut system: Scripted, node: &Path) -> String {
    system.sleeping.insert(node.to_owned());
    let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
        panic!("it is refused: {:#?}", system.asked);
    };
    let starts = ["write ", "wipefs", "umount", "swapoff", "mount "];
    let is_change = |line: &&String| starts.iter().any(|start| line.starts_with(start));
    // The journal is no disk.
    let mut asked = system.asked.iter().filter(|line| !line.contains("journal"));
    assert_eq!(asked.find(is_change), None, "{:#?}", system.asked);
    assert_eq!(left_open(&system), Vec::<String>::new());
    error.message
}

#[test]
fn a_windows_that_sleeps_is_found_before_anything_is_touched() {
    let windows = Path::new("/dev/nvme0n1p3");
    let mut awake = beside_windows();
    assert_eq!(looked_at(&awake), (vec![windows.to_owned()], Vec::new()));
    let seen = run_whole(&mut awake);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", awake.asked);
    let message = asleep(beside_windows(), windows);
    for words in [
        "the Windows in /dev/nvme0n1p3 is hibernated",
        "nothing is lost",
        "hold Shift while you choose to shut it down",
    ] {
        assert!(message.contains(words), "{message}");
    }
}

/// What becomes smaller is a drive of it as well.
#[test]
fn a_windows_that_sleeps_is_not_made_smaller() {
    let smaller = || laid_out("table-windows-measured", Layout::Alongside, Some(3));
    let (windows, _) = looked_at(&smaller());
    let message = asleep(smaller(), &windows[0]);
    assert!(message.contains("is hibernated"), "{message}");
}

#[test]
fn a_linux_that_sleeps_is_found_before_anything_is_touched() {
    let beside = || laid_out("table-dual-linux", Layout::Replace, Some(3));
    let swap = PathBuf::from("/dev/nvme0n1p4");
    assert_eq!(looked_at(&beside()), (Vec::new(), vec![swap.clone()]));
    let message = asleep(beside(), &swap);
    let words = "a Linux is hibernated (its memory is in /dev/nvme0n1p4)";
    assert!(message.contains(words), "{message}");
    assert!(message.contains("shut it down fully"), "{message}");
}

/// What can't be looked at is no reason to end: it is told.
#[test]
fn what_can_not_be_seen_is_told_in_the_end() {
    let mut system = beside_windows();
    system.failures.push(("ntfsinfo", "Error"));
    match run_whole(&mut system).outcome {
        Outcome::DoneWithWarnings { warnings } => {
            let told = |warning: &String| {
                warning
                    .contains("whether a Windows is hibernated in /dev/nvme0n1p3 could not be seen")
            };
            assert!(warnings.iter().any(told), "{warnings:?}");
        }
        other => panic!("{other:?}"),
    }
}

/// Between two tries, somebody may have started it.
#[test]
fn it_is_looked_for_again_in_a_retry() {
    let mut whole = beside_windows();
    run_whole(&mut whole);
    let mut whole = whole.asked.iter();
    let failing = whole.position(|line| line.contains("wipefs"));
    let retried = |failing: usize| {
        let mut system = beside_windows();
        system.fail_at = Some(failing);
        let mut tries = Tries::of(&system);
        assert!(!tries.once(&mut system).is_installed());
        system.fail_at = None;
        system.sleeping.insert(PathBuf::from("/dev/nvme0n1p3"));
        tries.once(&mut system)
    };
    let Outcome::Failed { error, .. } = retried(failing.unwrap()) else {
        panic!("it is refused")
    };
    assert!(error.message.contains("is hibernated"), "{}", error.message);
    // What it remembers is gone: there is nothing left to spare.
    let after = whole.position(|line| line.starts_with("mkfs.ext4"));
    let ended = retried(failing.unwrap() + after.unwrap());
    assert!(ended.is_installed(), "{ended:?}");
}

/// Only device nodes are looked at, and before anything is released.
#[test]
fn a_plan_that_looks_elsewhere_is_not_run() {
    let refused = |change: fn(&mut Plan)| {
        let mut system = beside_windows();
        change(&mut system.plan);
        let Outcome::Failed { step: None, error } = run_whole(&mut system).outcome else {
            panic!("it is refused")
        };
        assert_eq!(system.asked, Vec::<String>::new());
        error.message
    };
    fn place(plan: &Plan) -> usize {
        let mut steps = plan.steps.iter();
        let is_it = |step: &Step| matches!(step.action, Action::FindSleepers { .. });
        steps.position(is_it).unwrap()
    }
    fn look(plan: &mut Plan, node: &str) {
        let at = place(plan);
        plan.steps[at].action = Action::FindSleepers {
            windows: Vec::new(),
            linux: vec![node.into()],
        };
    }
    for other in [
        refused(|plan| look(plan, "/etc/shadow")),
        refused(|plan| look(plan, "/dev/../etc/shadow")),
    ] {
        assert!(other.contains("must not touch"), "{other}");
    }
    let late = refused(|plan| {
        let at = place(plan);
        let is_wipe = |step: &Step| matches!(step.action, Action::Wipe { .. });
        let wiped = plan.steps.iter().position(is_wipe).unwrap();
        plan.steps[at..=wiped].rotate_left(1);
        for (number, step) in (1..).zip(&mut plan.steps) {
            step.number = number;
        }
    });
    assert!(late.contains("released or written"), "{late}");
}
