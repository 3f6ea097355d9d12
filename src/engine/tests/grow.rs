//! Runs in which something that stays becomes larger.

use super::*;
use crate::machine::Fact;
use crate::storage::{Growable, Larger};
use crate::units::Bytes;

/// A machine, and what becomes larger on it.
type Case = (&'static str, &'static str, &'static [Growable]);

/// An NTFS behind which a partition goes.
const NTFS: &str = "[[disk.disks.partitions]]\npartition = { number = 1 }\ndo = \"resize\"\n\
    size = \"60 GiB\"\n[[disk.disks.partitions]]\npartition = { number = 128 }\ndo = \"delete\"\n\
    [[disk.disks.partitions]]\npartition = { number = 2 }\nmount = \"/efi\"\n\
    [[disk.disks.partitions]]\nsize = \"1 GiB\"\nmount = \"/boot\"\n\
    [[disk.disks.partitions]]\nsize = \"rest\"\nmount = \"/\"\n";

/// An f2fs behind which swap goes.
const F2FS: &str = "[[disk.disks.partitions]]\npartition = { number = 3 }\ndo = \"resize\"\n\
    size = \"rest\"\n[[disk.disks.partitions]]\npartition = { number = 4 }\ndo = \"delete\"\n\
    [[disk.disks.partitions]]\npartition = { number = 1 }\nmount = \"/boot\"\n\
    [[disk.disks.partitions]]\nsize = \"rest\"\nmount = \"/\"\n";

const CASES: [Case; 4] = [
    (
        "table-linux-measured",
        "",
        &[Growable::Btrfs, Growable::Ext],
    ),
    ("table-cannot-shrink", "", &[Growable::Xfs, Growable::Ext]),
    ("table-odd-measured", NTFS, &[Growable::Ntfs]),
    ("table-cannot-shrink", F2FS, &[Growable::F2fs]),
];

/// What dumpe2fs says of an ext4 that was shut down cleanly.
const CLEAN: &str =
    "Filesystem features: has_journal extent\nFilesystem state: clean\nBlock size: 4096\n";

/// What btrfs says of a file system on one device.
const ALONE: &str = "num_devices\t\t1\ndev_item.devid\t\t1\nlog_root\t\t0\ntotal_bytes\t\t1\n";

/// What fsck.f2fs says of one that was unmounted.
const UNMOUNTED: &str =
    "Info: checkpoint state = 185 :  trimmed nat_bits compacted_summary unmount\n";

fn system(case: Case) -> Scripted {
    let (name, partitions, _) = case;
    let mut machine = machine(name);
    // An ext4 of these was not shut down cleanly, which the planner refuses where it was looked at. An NTFS
    // has to be looked at.
    if partitions != NTFS {
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("it has disks")
        };
        *disks = disks.iter().map(Disk::unmeasured).collect();
    }
    let text = match partitions {
        "" => recorded("presets/manual-larger.toml"),
        partitions => format!(
            "version = 1\n[[users]]\nname = \"ada\"\nadministrator = true\n\
             [disk]\nlayout = \"manual\"\n[[disk.disks]]\n{partitions}"
        ),
    };
    let preset = crate::preset::read(&text, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    let mut system = Scripted::new(&plan, &disk);
    system.answers = vec![
        ("btrfs inspect-internal dump-super", ALONE),
        ("dumpe2fs", CLEAN),
        ("fsck.f2fs", UNMOUNTED),
    ];
    system
}

fn grown(plan: &Plan) -> Vec<Larger> {
    let steps = plan.steps.iter().filter_map(|step| match &step.action {
        Action::Grow(larger) => Some(larger.clone()),
        _ => None,
    });
    steps.collect()
}

/// Where something is asked for the first time.
fn position(system: &Scripted, words: &str) -> usize {
    let mut asked = system.asked.iter();
    let found = asked.position(|line| line.starts_with(words));
    found.unwrap_or_else(|| panic!("{words}: {:#?}", system.asked))
}

#[test]
fn each_kind_is_looked_over_before_the_wipe_and_grows_after_the_table() {
    for case in CASES {
        let mut system = system(case);
        let seen = run_whole(&mut system);
        assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
        assert_eq!(system.violations, Vec::<String>::new(), "{case:?}");
        assert_eq!(left_open(&system), Vec::<String>::new(), "{case:?}");
        let larger = grown(&system.plan);
        let kinds: Vec<Growable> = larger.iter().map(|larger| larger.file_system).collect();
        assert_eq!(kinds, case.2);
        for larger in larger {
            let (look, grow) = match larger.file_system {
                Growable::Ext => ("e2fsck -f -p", "resize2fs"),
                Growable::Btrfs => ("btrfs check --readonly", "btrfs filesystem resize max /mnt"),
                Growable::Xfs => ("xfs_repair -n", "xfs_growfs -d /mnt"),
                Growable::F2fs => ("fsck.f2fs --dry-run", "resize.f2fs"),
                Growable::Ntfs => ("ntfsresize --info --no-action", "ntfsresize --force"),
            };
            let table = position(&system, "partx");
            assert!(position(&system, look) < position(&system, "wipefs"));
            assert!(position(&system, look) < position(&system, "write /dev"));
            assert!(table < position(&system, grow));
            assert!(position(&system, grow) < position(&system, "mkfs."));
        }
        for (device, size) in &system.sizes {
            let mut larger = grown(&system.plan).into_iter();
            let is_it =
                |l: &Larger| crate::storage::Device::Partition(l.partition).path() == *device;
            assert_eq!(*size, larger.find(is_it).unwrap().to);
        }
    }
}

/// Whatever fails, a second try ends as an unbroken run does, and nothing is lost on the way.
#[test]
fn a_retry_ends_as_an_unbroken_run_does() {
    for case in CASES {
        second_tries_end_as_unbroken(
            || system(case),
            |whole, tried, asked| assert_eq!(tried.sizes, whole.sizes, "{asked}"),
        );
    }
}

/// A btrfs on several disks, or an NTFS that Windows sleeps in by now: told before anything is written.
#[test]
fn what_can_not_follow_by_now_stops_the_installation_in_time() {
    let two = "num_devices\t\t2\ndev_item.devid\t\t1\nlog_root\t\t0\ntotal_bytes\t\t1\n";
    for (case, words) in [(CASES[0], "several disks"), (CASES[2], "larger now")] {
        let mut system = system(case);
        system.answers = vec![
            ("btrfs inspect-internal dump-super", two),
            ("ntfsresize --info --no-action", "nothing that can be read"),
        ];
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("{case:?} is refused");
        };
        assert!(error.message.contains(words), "{}", error.message);
        let is_change = |line: &&String| {
            ["write ", "wipefs", "mkfs"]
                .iter()
                .any(|word| line.starts_with(word))
        };
        assert_eq!(system.asked.iter().find(is_change), None, "{case:?}");
        assert_eq!(left_open(&system), Vec::<String>::new(), "{case:?}");
    }
}

/// Whoever was not shut down may sleep, and go on with what it remembers.
#[test]
fn what_was_not_shut_down_cleanly_is_not_replayed_and_nothing_is_wiped() {
    let uncleanly = [
        (
            CASES[0],
            "dumpe2fs",
            "Filesystem features: needs_recovery\nFilesystem state: clean\nBlock size: 4096\n",
            "e2fsck",
        ),
        (
            CASES[0],
            "btrfs inspect-internal dump-super",
            "num_devices\t\t1\ndev_item.devid\t\t1\nlog_root\t\t4096\ntotal_bytes\t\t1\n",
            "mount -t btrfs",
        ),
        (
            CASES[0],
            "btrfs inspect-internal dump-super",
            "num_devices\t\t2\ndev_item.devid\t\t1\nlog_root\t\t0\ntotal_bytes\t\t1\n",
            "mount -t btrfs",
        ),
        (
            CASES[3],
            "fsck.f2fs",
            "Info: checkpoint state = 184 :  nat_bits compacted_summary sudden-power-off\n",
            "mount -t f2fs",
        ),
    ];
    for (case, command, prints, change) in uncleanly {
        let mut system = system(case);
        system.answers.retain(|(own, _)| *own != command);
        system.answers.push((command, prints));
        refuses_untouched(&mut system, change);
    }
    let mut system = system(CASES[1]);
    system.failures.push((
        "xfs_repair -n",
        "ALERT: The filesystem has valuable metadata changes in a log which is being\nignored",
    ));
    let why = refuses_untouched(&mut system, "mount -t xfs");
    assert!(why.contains("not shut down cleanly"), "{why}");
}

/// Why it can't grow: told before it is changed by a command that begins like this, or anything is wiped.
fn refuses_untouched(system: &mut Scripted, change: &str) -> String {
    let Outcome::Failed { error, .. } = run_whole(system).outcome else {
        panic!("{change}: {:#?}", system.asked);
    };
    assert!(
        error.message.contains("can't be made larger"),
        "{}",
        error.message
    );
    for command in [change, "wipefs", "write /dev"] {
        let ran = system.asked.iter().any(|line| line.starts_with(command));
        assert!(!ran, "{command}: {:#?}", system.asked);
    }
    error.message
}

/// A tool that says that all went well, and left the file system as it was.
#[test]
fn what_has_not_grown_is_told() {
    let mut system = system(CASES[1]);
    system.answers.push(("xfs_growfs", "data blocks changed"));
    let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
        panic!("told");
    };
    assert!(
        error.message.contains("should have grown"),
        "{}",
        error.message
    );
}

#[test]
fn plans_that_leave_a_file_system_behind_are_not_begun() {
    let breakages: [fn(&mut Plan); 6] = [
        // No step makes it larger.
        |plan| plan.steps.retain(|s| !matches!(s.action, Action::Grow(_))),
        // Nobody looks at it in time.
        |plan| {
            plan.steps
                .retain(|s| !matches!(s.action, Action::LookOver(_)))
        },
        // More than its partition gets.
        |plan| of_grow(plan).to.0 += Bytes::mib(2).0,
        // A partition that stays as long as it is.
        |plan| {
            let id = plan
                .disk
                .table
                .kept()
                .iter()
                .find(|p| p.length_now.is_none());
            let id = id.unwrap().id;
            of_grow(plan).partition = id;
        },
        // Too early: the table is not written.
        |plan| {
            let is_it = |step: &crate::plan::Step| matches!(step.action, Action::Grow(_));
            let at = plan.steps.iter().position(is_it).unwrap();
            plan.steps.swap(at, at - 1);
        },
        // Over the partition behind it.
        |plan| {
            let crate::storage::TableBase::Kept { partitions } = &mut plan.disk.table.base else {
                panic!("kept")
            };
            let longer = partitions.iter_mut().find(|p| p.is_longer()).unwrap();
            longer.length.0 += 2048;
        },
    ];
    for (i, breakage) in breakages.into_iter().enumerate() {
        let mut system = system(CASES[0]);
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

fn of_grow(plan: &mut Plan) -> &mut Larger {
    let mut steps = plan.steps.iter_mut();
    let found = steps.find_map(|step| match &mut step.action {
        Action::Grow(larger) => Some(larger),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn everything_that_is_asked_where_home_grows() {
    let mut system = system(CASES[0]);
    run_whole(&mut system);
    insta::assert_snapshot!("everything_asked_grown", system.asked.join("\n"));
}
