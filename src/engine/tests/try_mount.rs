//! What stays and is mounted, mounted once before anything is wiped: an EFI system partition, home folders.

use super::kept::laid_out;
use super::*;
use crate::preset::Layout;
use crate::storage::Device;

/// With an EFI system partition that stays.
fn beside_windows() -> Scripted {
    laid_out("table-windows-gap", Layout::Free, None)
}

/// With that and an ext4 with home folders that stays.
fn around_home() -> Scripted {
    laid_out("table-dual-linux", Layout::KeepHome, Some(3))
}

/// With home folders in a container that stays.
fn around_encrypted_home() -> Scripted {
    let mut machine = machine("table-luks-home");
    let preset = recorded("presets/manual-unlock.toml");
    let preset = crate::preset::read(&preset, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    Scripted::new(&plan, &disk)
}

/// What a refused run says; it was refused where mounting is tried, and changed nothing.
fn refused(system: &mut Scripted) -> String {
    let Outcome::Failed {
        step: Some(step),
        error,
    } = run_whole(system).outcome
    else {
        panic!("refused: {:#?}", system.asked);
    };
    let step = usize::try_from(step).unwrap();
    let action = &system.plan.steps[step - 1].action;
    assert!(matches!(action, Action::TryMount { .. }), "{action:?}");
    let changes = [
        "wipefs",
        "write /dev",
        "mkfs",
        "partx",
        "resize2fs",
        "e2fsck",
    ];
    let is_change = |line: &&String| changes.iter().any(|start| line.starts_with(start));
    assert_eq!(system.asked.iter().find(is_change), None);
    assert_eq!(left_open(system), Vec::<String>::new());
    assert_eq!(system.open, Vec::<String>::new());
    error.message
}

/// The lines that begin like this.
fn asked(system: &Scripted, start: &str) -> Vec<String> {
    let lines = system.asked.iter().filter(|line| line.starts_with(start));
    lines.cloned().collect()
}

#[test]
fn an_esp_that_cannot_be_mounted_ends_it_in_time() {
    let mut system = beside_windows();
    system.failures.push(("mount -t vfat -o ro ", ""));
    let said = refused(&mut system);
    assert!(
        said.contains("the vfat in /dev/disk/by-partuuid/"),
        "{said}"
    );
    assert!(said.contains("nothing has been written"), "{said}");
    assert!(said.contains("fsck.vfat"), "{said}");
}

#[test]
fn an_esp_whose_folders_cannot_be_read_ends_it_in_time() {
    for folder in ["EFI", "EFI/BOOT", "loader/entries"] {
        let mut system = beside_windows();
        system.unreadable.insert(folder.into());
        let said = refused(&mut system);
        assert!(said.contains(&format!("/{folder} can't be read")), "{said}");
    }
    let mut system = beside_windows();
    system.put("EFI/BOOT/BOOTX64.EFI", b"loader");
    system.unreadable.insert("EFI/BOOT/BOOTX64.EFI".into());
    let said = refused(&mut system);
    assert!(
        said.contains("/EFI/BOOT/BOOTX64.EFI can't be read"),
        "{said}"
    );
}

#[test]
fn faults_of_an_esp_that_are_not_in_the_way_are_told() {
    let shared = "/EFI/a\n and /EFI/b\n share clusters.\n";
    let dirty = "Dirty bit is set. Fs was not properly unmounted and some data may be corrupt.\n";
    for (prints, told) in [(shared, true), (dirty, false)] {
        let mut system = around_home();
        system.failures.push(("fsck.vfat -n ", prints));
        let outcome = run_whole(&mut system).outcome;
        match outcome {
            Outcome::DoneWithWarnings { warnings } => {
                assert!(
                    told && warnings[0].contains("/EFI/b; share clusters"),
                    "{warnings:?}"
                );
            }
            outcome => assert!(!told && outcome == Outcome::Done, "{outcome:?}"),
        }
    }
}

#[test]
fn home_folders_that_cannot_be_mounted_end_it_in_time() {
    let mut system = around_home();
    system.failures.push(("mount -t ext4 -o ro,loop ", ""));
    let said = refused(&mut system);
    assert!(said.contains("the ext4 in "), "{said}");
    assert!(said.contains("Check it with e2fsck"), "{said}");
}

/// It would be replayed for nothing, and by somebody who may still change their mind.
#[test]
fn no_journal_is_replayed_to_look_at_it() {
    let clean = "Filesystem features: has_journal\nFilesystem state: clean\nBlock size: 4096\n";
    let unclean = "Filesystem features: has_journal needs_recovery\nFilesystem state: clean\nBlock size: 4096\n";
    for (prints, options) in [(clean, "ro,loop"), (unclean, "ro,loop,noload")] {
        let mut system = around_home();
        system.answers.push(("dumpe2fs -h ", prints));
        assert_eq!(run_whole(&mut system).outcome, Outcome::Done);
        let mounted = asked(&system, &format!("mount -t ext4 -o {options} "));
        assert_eq!(mounted.len(), 1, "{:#?}", system.asked);
    }
}

#[test]
fn what_is_in_a_container_is_looked_at_too_and_closed_again() {
    let mut system = around_encrypted_home();
    system.failures.push(("mount -t ext4 -o ro,loop ", ""));
    let said = refused(&mut system);
    assert!(said.contains("/dev/mapper/luks-"), "{said}");
    let opened = asked(&system, "cryptsetup open --type luks");
    let read_only = |line: &String| line.contains(" --readonly ");
    assert!(
        !opened.is_empty() && opened.iter().all(read_only),
        "{opened:?}"
    );
}

#[test]
fn plans_that_do_not_look_in_time_are_not_begun() {
    let is_try = |action: &Action| matches!(action, Action::TryMount { .. });
    let take_out = |plan: &mut Plan| {
        let at = plan.steps.iter().position(|step| is_try(&step.action));
        plan.steps.remove(at.unwrap())
    };
    let breakages: [&dyn Fn(&mut Plan); 4] = [
        &|plan| drop(take_out(plan)),
        // Too late.
        &|plan| {
            let step = take_out(plan);
            let is_wipe = |step: &crate::plan::Step| matches!(step.action, Action::Wipe { .. });
            let at = plan.steps.iter().position(is_wipe).unwrap();
            plan.steps.insert(at + 1, step);
        },
        // As something else.
        &|plan| {
            for step in &mut plan.steps {
                if let Action::TryMount { kind, .. } = &mut step.action {
                    *kind = "ntfs".to_owned();
                }
            }
        },
        // What is mounted nowhere.
        &|plan| {
            let mounted: Vec<Device> = plan
                .steps
                .iter()
                .filter_map(|step| match &step.action {
                    Action::Mount { device, .. } => Some(device.clone()),
                    _ => None,
                })
                .collect();
            let mut kept = plan.disk.table.kept().iter().map(|kept| kept.id);
            let other = kept.find(|id| !mounted.contains(&Device::Partition(*id)));
            let other = other.unwrap();
            for step in &mut plan.steps {
                if let Action::TryMount { partition, .. } = &mut step.action {
                    *partition = other;
                }
            }
        },
    ];
    for (i, breakage) in breakages.into_iter().enumerate() {
        let mut system = beside_windows();
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
