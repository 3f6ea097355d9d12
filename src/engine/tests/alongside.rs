//! Runs beside a neighbour that is made smaller.

use super::kept::{kept_of, laid_out};
use super::*;
use crate::preset::Layout;
use crate::storage::Device;
use crate::units::Bytes;

/// A machine, and the number of a partition that is made smaller.
const CASES: [(&str, u32); 3] = [
    ("table-windows-measured", 3),
    ("table-linux-measured", 2),
    ("table-linux-measured", 5),
];

fn alongside((name, number): (&str, u32)) -> Scripted {
    laid_out(name, Layout::Alongside, Some(number))
}

/// Where something is asked for the first time.
fn position(system: &Scripted, words: &str) -> usize {
    let mut asked = system.asked.iter();
    let found = asked.position(|line| line.contains(words));
    found.unwrap_or_else(|| panic!("{words}: {:#?}", system.asked))
}

#[test]
fn each_kind_is_looked_over_before_and_after_and_comes_before_the_table() {
    let words = ["ntfsresize --force", "btrfs filesystem resize", "resize2fs"];
    let checks = ["ntfsresize --info", "btrfs check", "e2fsck -f -p"];
    for ((case, resize), check) in CASES.into_iter().zip(words).zip(checks) {
        let mut system = alongside(case);
        let seen = run_whole(&mut system);
        assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
        assert_eq!(system.violations, Vec::<String>::new(), "{case:?}");
        assert_eq!(left_open(&system), Vec::<String>::new(), "{case:?}");
        assert_eq!(system.resized, 1, "{case:?}");
        let resized = position(&system, resize);
        assert!(position(&system, check) < resized);
        assert!(resized < position(&system, "write /dev"));
        assert!(resized < position(&system, "partx"));
        let after = &system.asked[resized + 1..position(&system, "write /dev")];
        let looked = ["ntfsresize --info", "btrfs check", "e2fsck -f -n"];
        let is_look = |line: &String| looked.iter().any(|look| line.starts_with(look));
        assert!(after.iter().any(is_look), "{after:#?}");
    }
}

/// A partition that the kernel shows and no table has: nothing is made smaller for a plan that can't go on.
#[test]
fn what_only_the_kernel_knows_is_told_before_anything_is_made_smaller() {
    for case in CASES {
        let mut system = alongside(case);
        let (name, number, start, length) = system.kernel.last().unwrap().clone();
        let strange = format!("{}{}", name.trim_end_matches(char::is_numeric), number + 1);
        system
            .kernel
            .push((strange, number + 1, start + 8, length - 8));
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("{case:?} is refused");
        };
        assert!(
            error.message.contains("in no table of the plan"),
            "{error:?}"
        );
        assert_eq!(system.resized, 0, "{case:?}");
        let is_change =
            |line: &&String| line.starts_with("write /dev") || line.starts_with("umount");
        assert_eq!(system.asked.iter().find(is_change), None, "{case:?}");
    }
}

/// Between two tries the neighbour may be mounted, and made larger: it is not cut off.
#[test]
fn a_neighbour_that_grew_again_is_made_smaller_again() {
    for case in CASES {
        let mut whole = alongside(case);
        run_whole(&mut whole);
        let mut system = alongside(case);
        system.fail_at = Some(position(&whole, "write /dev"));
        let mut tries = Tries::of(&system);
        let first = tries.once(&mut system);
        assert!(!first.is_installed(), "{case:?}");
        let from = of_shrink(&mut system.plan).from;
        system.sizes.values_mut().for_each(|size| *size = from);
        // Windows looked it over.
        (system.fail_at, system.resized) = (None, 0);
        let second = tries.once(&mut system);
        assert!(second.is_installed(), "{case:?} {second:?}");
        assert_eq!(system.resized, 1, "{case:?}");
        assert_eq!(system.violations, Vec::<String>::new(), "{case:?}");
    }
}

/// Windows may have run since it was measured.
#[test]
fn an_ntfs_that_needs_more_by_now_stays_as_it_is() {
    let mut system = alongside(CASES[0]);
    system.ntfs_needs = Bytes(of_shrink(&mut system.plan).to.0 + 1);
    match run_whole(&mut system).outcome {
        Outcome::Failed { error, .. } => {
            assert!(error.message.contains("by now"), "{}", error.message);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(system.resized, 0);
    let writes = system.asked.iter().any(|line| line.starts_with("write "));
    assert!(!writes, "{:#?}", system.asked);
}

/// What sleeps, or was mounted meanwhile, is not made smaller, and its journal is not replayed.
#[test]
fn what_was_not_shut_down_cleanly_by_now_stays_as_it_is() {
    let dirty = [
        (
            "btrfs inspect-internal dump-super",
            "num_devices\t\t1\ndev_item.devid\t\t1\nlog_root\t\t30408704\ntotal_bytes\t\t1\n",
            "shut down cleanly",
        ),
        (
            "btrfs inspect-internal dump-super",
            "num_devices\t\t2\ndev_item.devid\t\t1\nlog_root\t\t0\ntotal_bytes\t\t1\n",
            "several disks",
        ),
        (
            "dumpe2fs -h",
            "Filesystem features: has_journal needs_recovery\nFilesystem state: clean\nBlock size: 4096\n",
            "shut down cleanly",
        ),
    ];
    for (case, (command, prints, words)) in [CASES[1], CASES[1], CASES[2]].into_iter().zip(dirty) {
        let mut system = alongside(case);
        let partition = Device::Partition(of_shrink(&mut system.plan).partition).path();
        system.answers.push((command, prints));
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("{case:?} is refused");
        };
        let message = &error.message;
        assert!(message.contains("can't be made smaller now"), "{message}");
        assert!(message.contains(words), "{message}");
        assert_eq!(system.resized, 0, "{case:?}");
        let partition = partition.to_str().unwrap();
        let changes = [
            "e2fsck -f -p ",
            "resize2fs ",
            "write /dev",
            "mount -t btrfs -o subvolid=5 ",
        ];
        let is_change = |line: &&String| {
            changes.iter().any(|start| line.starts_with(start)) && line.contains(partition)
        };
        assert_eq!(system.asked.iter().find(is_change), None, "{case:?}");
        assert!(!system.asked.iter().any(|line| line.starts_with("write ")));
    }
}

#[test]
fn everything_that_is_asked_beside_windows() {
    let mut system = alongside(CASES[0]);
    run_whole(&mut system);
    insta::assert_snapshot!("everything_asked_alongside", system.asked.join("\n"));
}

/// Whatever fails, a second try ends as an unbroken run does, and nothing shrinks twice.
#[test]
fn a_retry_does_not_shrink_twice() {
    for case in CASES {
        second_tries_end_as_unbroken(
            || alongside(case),
            |_, tried, asked| assert_eq!(tried.resized, 1, "{asked}"),
        );
    }
}

#[test]
fn plans_that_would_cut_a_file_system_off_are_not_begun() {
    let breakages: [fn(&mut Plan); 6] = [
        // No step makes it smaller.
        |plan| plan.steps.retain(|s| !is_shrink(&s.action)),
        // Larger than what its partition keeps.
        |plan| of_shrink(plan).to.0 += Bytes::mib(2).0,
        // Another partition.
        |plan| of_shrink(plan).partition = kept_of(plan)[0].id,
        // A partition that goes, or is new.
        |plan| of_shrink(plan).partition = plan.disk.table.partitions[0].id,
        // It would grow.
        |plan| of_shrink(plan).from = Bytes(1),
        // Too late: the table is written first.
        |plan| {
            let is_it = |step: &crate::plan::Step| is_shrink(&step.action);
            let at = plan.steps.iter().position(is_it).unwrap();
            plan.steps[at..at + 3].rotate_left(1);
        },
    ];
    for (i, breakage) in breakages.into_iter().enumerate() {
        let mut system = alongside(CASES[0]);
        breakage(&mut system.plan);
        for (step, number) in system.plan.steps.iter_mut().zip(1..) {
            step.number = number;
        }
        let seen = run_whole(&mut system);
        let refused = matches!(seen.outcome, Outcome::Failed { step: None, .. });
        assert!(refused, "{i}: {:?}", seen.outcome);
        assert_eq!(system.asked, Vec::<String>::new(), "{i}");
    }
}

fn is_shrink(action: &Action) -> bool {
    matches!(action, Action::Shrink(_))
}

fn of_shrink(plan: &mut Plan) -> &mut crate::storage::Smaller {
    let mut steps = plan.steps.iter_mut();
    let found = steps.find_map(|step| match &mut step.action {
        Action::Shrink(smaller) => Some(smaller),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn what_is_made_smaller_is_told_by_name_and_its_use_is_ended() {
    let mut system = alongside(CASES[0]);
    let shrunk = &system.plan.disk.shrunk[0];
    let what = shrunk.what.to_string();
    assert!(what.contains("Windows"), "{what}");
    assert!(shrunk.to < shrunk.from);
    assert!(system.plan.disk.losses.is_empty());
    run_whole(&mut system);
    // The third partition was mounted.
    assert_eq!(system.mounts, []);
}
