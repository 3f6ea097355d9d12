//! What the engine refuses: other disks, other people's mounts, plans that break a rule.

use super::*;
use crate::units::Bytes;

#[test]
fn another_disk_in_its_place_is_refused() {
    let cases: [Sabotage; 5] = [
        (
            |s| s.disk.serial = Some("other".to_owned()),
            "serial number",
        ),
        (|s| s.disk.size = Bytes(s.disk.size.0 - 512), "size"),
        (
            |s| s.disk.table = crate::machine::Fact::Unknown(String::new()),
            "partition table",
        ),
        (|s| s.disk.live_medium = true, "was started from"),
        (|s| s.disk.read_only = true, "refuses writes"),
    ];
    for (sabotage, words) in cases {
        let mut system = windows_laptop();
        sabotage(&mut system);
        let seen = run_whole(&mut system);
        let Outcome::Failed {
            step: Some(2),
            error,
        } = seen.outcome
        else {
            panic!("{words}: {:?}", seen.outcome);
        };
        assert!(error.message.contains(words), "{error:?}");
        let changed = ["write", "umount", "wipefs", "swapoff", "dmsetup"];
        let is_change = |line: &&String| changed.iter().any(|c| line.starts_with(c));
        assert_eq!(system.asked.iter().find(is_change), None, "{words}");
    }
}

/// Releasing and making smaller take their time: the disk that is wiped is the one that was looked at.
#[test]
fn another_disk_that_takes_its_place_before_the_wipe_is_not_wiped() {
    let mut system = windows_laptop();
    system.before = Some(("umount", |s| {
        s.disk.table = crate::machine::Fact::Unknown(String::new());
    }));
    let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
        panic!("refused");
    };
    assert!(
        error.message.contains("partition table") && error.message.contains("has not been wiped"),
        "{error:?}"
    );
    assert!(!error.message.contains("nothing has been changed"));
    let is_change = |line: &&String| line.starts_with("write /dev") || line.starts_with("wipefs");
    assert_eq!(system.asked.iter().find(is_change), None);
}

#[test]
fn somebody_elses_mount_below_the_target_root_is_not_covered() {
    let mut system = windows_laptop();
    system.mounts = vec![("/mnt/stick".into(), "rw".to_owned())];
    // The stand-in says of every mount that it is of the third partition.
    system.kernel.truncate(2);
    let Outcome::Failed {
        step: Some(5),
        error,
    } = run_whole(&mut system).outcome
    else {
        panic!("refused");
    };
    assert!(error.message.contains("unmount it first"), "{error:?}");
}

#[test]
fn plans_that_break_a_rule_are_not_begun() {
    let other = Path::new("/dev/sda").to_owned();
    let breakages: [fn(&mut Plan); 16] = [
        |plan| plan.format = 1,
        // The same disk twice, and partitions that are on two disks.
        |plan| plan.others.push(plan.disk.clone()),
        |plan| {
            plan.others.push(plan.disk.clone());
            plan.others[0].identity.path = "/dev/sda".into();
        },
        // A second disk that no step looks at.
        |plan| {
            plan.others.push(plan.disk.clone());
            plan.others[0].identity.path = "/dev/sda".into();
            plan.others[0].table.partitions.clear();
        },
        |plan| plan.steps.swap(0, 1),
        |plan| drop(plan.steps.pop()),
        |plan| plan.steps.iter_mut().for_each(|step| step.number += 1),
        |plan| drop(plan.steps.drain(0..1)),
        |plan| {
            replace(
                plan,
                |action| matches!(action, Action::Wipe { .. }),
                |_| Action::Wipe {
                    disk: "/dev/sda".into(),
                },
            )
        },
        |plan| {
            plan.disk.table.partitions[0].id =
                crate::storage::PartitionId::Gpt(uuid::Uuid::from_u128(7))
        },
        |plan| plan.disk.table.partitions[1].start.0 -= 2048,
        |plan| {
            replace(
                plan,
                |action| matches!(action, Action::Evaluate { .. }),
                |_| Action::Evaluate { files: Vec::new() },
            )
        },
        |plan| plan.disk.table.length.0 *= 2,
        |plan| {
            replace(
                plan,
                |action| matches!(action, Action::InstallSystem { .. }),
                |_| Action::InstallSystem {
                    channel: Some("/tmp/x".into()),
                    loader: crate::preset::BootLoader::SystemdBoot,
                    found: crate::plan::LoaderFound::ByEntry,
                },
            );
        },
        |plan| edit_files(plan, |file| file.mode = 0o4755),
        |plan| edit_files(plan, |file| file.path = "/etc/passwd".parse().unwrap()),
    ];
    for (i, breakage) in breakages.iter().enumerate() {
        let mut system = windows_laptop();
        breakage(&mut system.plan);
        let seen = run_whole(&mut system);
        assert!(
            matches!(seen.outcome, Outcome::Failed { step: None, .. }),
            "{i}: {:?}",
            seen.outcome
        );
        assert_eq!(system.asked, Vec::<String>::new(), "{i}");
        assert!(matches!(
            seen.events.as_slice(),
            [Event {
                kind: EventKind::Finished { .. },
                ..
            }]
        ));
    }
    let mut system = windows_laptop();
    system.plan.disk.identity.path = other;
    assert!(!run_whole(&mut system).outcome.is_installed());
    let plan = windows_laptop().plan;
    let message = validate::validate(&plan, &Secrets::default())
        .unwrap_err()
        .to_string();
    assert_eq!(message, "there is no password for root");
}

fn replace(plan: &mut Plan, which: fn(&Action) -> bool, with: fn(&Action) -> Action) {
    let step = plan
        .steps
        .iter_mut()
        .find(|step| which(&step.action))
        .unwrap();
    step.action = with(&step.action);
}

fn edit_files(plan: &mut Plan, edit: fn(&mut crate::plan::TargetFile)) {
    for step in &mut plan.steps {
        if let Action::Evaluate { files } | Action::WriteFiles { files } = &mut step.action {
            files.iter_mut().for_each(edit);
        }
    }
}

#[test]
fn packages_come_from_where_the_plan_says() {
    let mut system = windows_laptop();
    let preset = "version = 1\n[install]\nsubstituters = [\"http://cache.example\"]\n\
                  public_keys = [\"cache.example-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=\"]\n\
                  exclusive = true\nproxy = \"http://proxy.example:3128\"\n";
    system.plan.install = crate::preset::read(preset, "test").unwrap().install;
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done);
    let words = "--option substituters http://cache.example --option extra-trusted-public-keys \
                 cache.example-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";
    for program in ["nix-build ", "nixos-install "] {
        let mut asked = system.asked.iter();
        let line = asked.find(|line| line.starts_with(program)).unwrap();
        assert!(line.contains(words), "{line}");
        // What the medium has is added to these, and must come later.
        if let Some(medium) = line.find("auto?trusted=1") {
            assert!(line.find(words).unwrap() < medium, "{line}");
        }
    }
    let secret = "http://ada:hunter2@proxy.example".to_owned();
    system.plan.install.proxy = secret.try_into().ok();
    let refused = validate::validate(&system.plan, &secrets(&system.plan)).unwrap_err();
    assert!(!refused.to_string().contains("hunter2"), "{refused}");
}
