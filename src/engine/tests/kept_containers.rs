//! LUKS containers that stay: tried first, opened as they are, never written.

use super::*;
use crate::storage::Device;

const PRESETS: [&str; 2] = ["manual-unlock", "manual-unlock-root"];

fn system(preset: &str) -> Scripted {
    let mut machine = machine("table-luks-home");
    let text = recorded(&format!("presets/{preset}.toml"));
    let preset = crate::preset::read(&text, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    Scripted::new(&plan, &disk)
}

/// What is mounted, running or mapped after a run.
fn left(system: &Scripted) -> Vec<String> {
    let mut left = left_open(system);
    left.extend(system.open.iter().map(|name| format!("mapper {name}")));
    left
}

/// Where in the list something like this is asked first.
fn first(system: &Scripted, start: &str) -> usize {
    let mut asked = system.asked.iter();
    let found = asked.position(|line| line.starts_with(start));
    found.unwrap_or_else(|| panic!("{start} in {:#?}", system.asked))
}

/// That nothing but opening and looking was asked of the partitions with containers that stay.
fn assert_untouched(system: &Scripted) {
    let mut numbers = Vec::new();
    for device in system.staying.keys() {
        let id = device.file_name().unwrap().to_str().unwrap();
        let id = id.parse().unwrap();
        numbers.push(system.plan.disk.table.number_of(id).unwrap());
        let named = |line: &&String| line.contains(device.to_str().unwrap());
        for line in system.asked.iter().filter(named) {
            let looks = ["cryptsetup open ", "blkid ", "read "];
            assert!(looks.iter().any(|look| line.starts_with(look)), "{line}");
        }
    }
    for number in numbers {
        let node = format!("/dev/nvme0n1p{number}");
        let by_node = system.asked.iter().find(|line| line.ends_with(&node));
        assert_eq!(by_node, None);
    }
    assert_eq!(system.violations, Vec::<String>::new());
}

#[test]
fn what_is_in_a_container_is_mounted_or_made_anew_and_the_container_stays() {
    for preset in PRESETS {
        let mut system = system(preset);
        let headers: Vec<Vec<u8>> = system.staying.values().map(|c| c.header.clone()).collect();
        let seen = run_whole(&mut system);
        assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
        assert_eq!(left(&system), Vec::<String>::new());
        assert_untouched(&system);
        let after: Vec<Vec<u8>> = system.staying.values().map(|c| c.header.clone()).collect();
        assert!(headers == after);
        let compared = "the header of the container in";
        assert_eq!(seen.journal.matches(compared).count(), headers.len());
        assert!(!seen.journal.contains(PASSPHRASE));
        insta::assert_snapshot!(
            format!("everything_asked_{preset}"),
            system.asked.join("\n")
        );
    }
}

#[test]
fn a_wrong_passphrase_ends_it_before_anything_is_touched() {
    let mut system = system("manual-unlock");
    for container in system.staying.values_mut() {
        container.passphrase = "another one".to_owned();
    }
    let Outcome::Failed {
        step: Some(step),
        error,
    } = run_whole(&mut system).outcome
    else {
        panic!("refused")
    };
    let step = usize::try_from(step).unwrap();
    let action = &system.plan.steps[step - 1].action;
    assert!(matches!(action, Action::TryContainer { .. }), "{action:?}");
    let words = "the passphrase does not open the container in";
    assert!(error.message.starts_with(words), "{error:?}");
    assert!(error.message.contains("nothing has been changed"));
    let changes = [
        "umount", "swapoff", "dmsetup", "wipefs", "write", "mkfs", "partx", "mount", "claim",
    ];
    let is_change = |line: &&String| changes.iter().any(|start| line.starts_with(start));
    assert_eq!(system.asked.iter().find(is_change), None);
    assert_eq!(left(&system), Vec::<String>::new());
}

#[test]
fn it_is_tried_before_what_is_in_use_is_released() {
    let mut system = system("manual-unlock-root");
    run_whole(&mut system);
    let last = system
        .asked
        .iter()
        .rposition(|line| line.contains("--test-passphrase"));
    assert!(last.unwrap() < first(&system, "umount"));
    assert!(last.unwrap() < first(&system, "wipefs"));
    let formats = system.asked.iter().any(|line| line.contains("luksFormat"));
    assert!(!formats, "the container is not made anew");
}

#[test]
fn a_header_that_changed_meanwhile_is_noticed() {
    let mut system = system("manual-unlock");
    system.spoil = Some(|system| {
        let container = system.staying.values_mut().next().unwrap();
        container.header[20_000] ^= 1;
    });
    let Outcome::Failed { step, error } = run_whole(&mut system).outcome else {
        panic!("noticed")
    };
    assert_eq!(step, Some(u32::try_from(system.plan.steps.len()).unwrap()));
    assert!(error.message.contains("is not what it was"), "{error:?}");
    assert!(!receipt(&system).contains("\"done\""));
}

#[test]
fn a_volume_that_spans_devices_is_not_wiped_in_a_container_that_changed_meanwhile() {
    for kind in crate::machine::SPANNING {
        let mut system = system("manual-unlock-root");
        for (device, (found, _)) in &mut system.formatted {
            if device.starts_with("/dev/mapper") {
                kind.clone_into(found);
            }
        }
        let Outcome::Failed { step, error } = run_whole(&mut system).outcome else {
            panic!("refused")
        };
        let step = usize::try_from(step.unwrap()).unwrap();
        let action = &system.plan.steps[step - 1].action;
        assert!(matches!(action, Action::WipeInside { .. }), "{action:?}");
        assert!(error.message.contains(kind), "{error:?}");
        let wiped = |line: &&String| line.starts_with("wipefs --all") && line.contains("/mapper/");
        assert_eq!(system.asked.iter().find(wiped), None);
        assert_eq!(left(&system), Vec::<String>::new());
    }
}

#[test]
fn a_retry_compares_with_the_header_of_the_first_attempt() {
    let mut whole = system("manual-unlock");
    run_whole(&mut whole);
    let mut system = system("manual-unlock");
    system.fail_at = Some(first(&whole, "wipefs"));
    let mut tries = Tries::of(&system);
    assert!(matches!(tries.once(&mut system), Outcome::Failed { .. }));
    assert_eq!(left(&system), Vec::<String>::new());
    system.fail_at = None;
    let container = system.staying.values_mut().next().unwrap();
    container.header[20_000] ^= 1;
    let Outcome::Failed { error, .. } = tries.once(&mut system) else {
        panic!("noticed")
    };
    assert!(error.message.contains("is not what it was"), "{error:?}");
    let container = system.staying.values_mut().next().unwrap();
    container.header[20_000] ^= 1;
    assert_eq!(tries.once(&mut system), Outcome::Done);
    assert_untouched(&system);
}

#[test]
fn whatever_fails_the_container_is_untouched_and_closed() {
    let mut whole = system("manual-unlock");
    run_whole(&mut whole);
    let text = whole.asked.clone();
    for (at, what) in text.iter().enumerate() {
        let mut system = system("manual-unlock");
        system.fail_at = Some(at);
        let seen = run_whole(&mut system);
        assert_untouched(&system);
        assert!(!seen.journal.contains(PASSPHRASE), "{what}");
        let closes = ["umount /mnt", "let go", "remove ", "cryptsetup close"];
        let closes = closes.iter().any(|start| what.starts_with(start));
        assert!(
            left(&system).is_empty() || closes,
            "{what}: {:?}",
            left(&system)
        );
    }
}

#[test]
fn a_plan_that_does_not_try_it_first_or_has_no_passphrase_is_not_begun() {
    let plan = system("manual-unlock").plan;
    let message =
        |plan: &Plan, secrets: &Secrets| validate::validate(plan, secrets).unwrap_err().to_string();
    let mut without = secrets(&plan);
    without.passphrase = None;
    assert!(message(&plan, &without).contains("no passphrase"));
    let try_at = |plan: &Plan| {
        let tries = |step: &crate::plan::Step| matches!(step.action, Action::TryContainer { .. });
        plan.steps.iter().position(tries).unwrap()
    };
    let edited = |edit: &dyn Fn(&mut Plan)| {
        let mut plan = plan.clone();
        edit(&mut plan);
        for (step, number) in plan.steps.iter_mut().zip(1..) {
            step.number = number;
        }
        message(&plan, &secrets(&plan))
    };
    let never = edited(&|plan| {
        plan.steps.remove(try_at(plan));
    });
    assert!(never.contains("must not touch"), "{never}");
    let late = edited(&|plan| {
        let tried = plan.steps.remove(try_at(plan));
        // Which would be too early by itself.
        let looks = |step: &crate::plan::Step| matches!(step.action, Action::TryMount { .. });
        plan.steps.retain(|step| !looks(step));
        let is_table = |step: &crate::plan::Step| matches!(step.action, Action::WriteTable { .. });
        let at = plan.steps.iter().position(is_table).unwrap();
        plan.steps.insert(at, tried);
    });
    assert!(late.contains("comes before anything is released"), "{late}");
    // The container that stays is no place for the system, unless something is made in it.
    let over = edited(&|plan| {
        for step in &mut plan.steps {
            if let Action::Mount {
                device: Device::Mapped { .. },
                at,
                ..
            } = &mut step.action
                && at.to_string() == "/home"
            {
                *at = "/nix".parse().unwrap();
            }
        }
    });
    assert!(over.contains("must not touch"), "{over}");
    // Nor is a partition that the plan makes one that stays.
    let new = edited(&|plan| {
        let id = plan.disk.table.partitions[0].id;
        for step in &mut plan.steps {
            if let Action::TryContainer { partition, .. } = &mut step.action {
                *partition = id;
            }
        }
    });
    assert!(new.contains("must not touch"), "{new}");
}
