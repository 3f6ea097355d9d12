//! Runs on a disk where something stays: a Windows with a gap beside it.

use super::*;
use crate::engine::table_image::END;
use crate::preset::{DiskChoice, DiskMatch, Layout, PartitionMatch};
use crate::storage::{PartitionId, PartitionType, TableBase, TableId};

/// A machine of `tests/machines` with a layout for its first disk.
pub(super) fn laid_out(name: &str, layout: Layout, partition: Option<u32>) -> Scripted {
    laid_out_on(machine(name), layout, partition)
}

/// The same on a machine that was changed.
pub(super) fn laid_out_on(
    mut machine: Machine,
    layout: Layout,
    partition: Option<u32>,
) -> Scripted {
    let text = recorded("presets/smallest.toml");
    let mut preset = crate::preset::read(&text, "preset").unwrap();
    let path = machine.disks.known().unwrap()[0].path.clone();
    preset.disk.choose = DiskChoice::Match(DiskMatch {
        path: Some(path.clone()),
        ..DiskMatch::default()
    });
    preset.disk.layout = Some(layout);
    preset.disk.partition = partition.map(|number| PartitionMatch {
        number: Some(number),
        ..PartitionMatch::default()
    });
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &path).clone();
    Scripted::new(&plan, &disk)
}

/// The raw entry of a slot in one of the two copies.
fn entry(copy: &[u8], from: usize, number: u32) -> Vec<u8> {
    let at = from + (number as usize - 1) * 128;
    copy[at..at + 128].to_vec()
}

#[test]
fn a_gap_is_filled_and_all_else_stays() {
    let mut system = laid_out("table-windows-gap", Layout::Free, None);
    let (head, tail) = (system.head.clone(), system.tail.clone());
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    assert_eq!(left_open(&system), Vec::<String>::new());
    // 128 entries and a header at the very end.
    let backup = tail.len() - 512 - 128 * 128;
    for number in 1..=4 {
        assert_eq!(
            entry(&system.head, 1024, number),
            entry(&head, 1024, number)
        );
        assert_eq!(
            entry(&system.tail, backup, number),
            entry(&tail, backup, number)
        );
    }
    assert_eq!(system.head[..512], head[..512]);
    assert_eq!(system.head[34 * 512..], head[34 * 512..]);
    // The disk of the stand-in is in use: what stays is not taken from who uses it.
    assert_eq!(system.mounts, [("/run/media/old disk".into(), "rw".into())]);
    assert!(!system.swaps.is_empty());
    let wiped = system
        .asked
        .iter()
        .filter(|line| line.starts_with("wipefs"));
    let new: Vec<String> = system
        .plan
        .disk
        .table
        .partitions
        .iter()
        .map(|p| p.id.to_string())
        .collect();
    for line in wiped {
        assert!(new.iter().any(|guid| line.ends_with(guid)), "{line}");
    }
    insta::assert_snapshot!("everything_asked_beside", system.asked.join("\n"));
}

#[test]
fn only_what_is_replaced_is_released_and_wiped() {
    let mut system = laid_out("table-windows-gap", Layout::Replace, Some(3));
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    // The third partition was mounted, the fourth swapped to.
    assert_eq!(system.mounts, []);
    assert!(!system.swaps.is_empty());
    let asked = |line: &str| system.asked.iter().any(|asked| asked == line);
    assert!(
        asked("wipefs --all --quiet /dev/nvme0n1p3"),
        "{:#?}",
        system.asked
    );
    for other in [1, 2, 4] {
        assert!(!asked(&format!(
            "wipefs --all --quiet /dev/nvme0n1p{other}"
        )));
    }
}

#[test]
fn an_esp_that_stays_is_never_formatted() {
    for name in ["table-windows-gap", "table-windows-large-esp"] {
        let mut system = laid_out(name, Layout::Free, None);
        assert_eq!(run_whole(&mut system).outcome, Outcome::Done, "{name}");
        let esp = system.plan.disk.table.kept()[0].id;
        let about = |line: &&String| line.contains(&esp.to_string());
        let lines: Vec<&String> = system.asked.iter().filter(about).collect();
        let looks = ["mount ", "fsck.vfat -n "];
        let only_looks = |line: &&String| looks.iter().any(|look| line.starts_with(look));
        assert!(lines.iter().all(only_looks), "{lines:?}");
        assert!(lines.len() > 1);
    }
}

#[test]
fn home_folders_are_mounted_as_they_are() {
    let mut system = laid_out("table-dual-linux", Layout::KeepHome, Some(3));
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    assert_eq!(left_open(&system), Vec::<String>::new());
    let home = system.plan.disk.table.kept().iter().find(|p| p.number == 5);
    let home = home.unwrap().id.to_string();
    let about = system.asked.iter().filter(|line| line.contains(&home));
    let about: Vec<&String> = about.collect();
    let looks = ["mount ", "dumpe2fs -h "];
    let only_looks = |line: &&String| looks.iter().any(|look| line.starts_with(look));
    assert!(
        !about.is_empty() && about.iter().all(only_looks),
        "{about:?}"
    );
    let configured = system.files.iter().find_map(|((_, path), text)| {
        let is_it = path.ends_with("hardware-configuration.nix");
        is_it.then(|| String::from_utf8(text.clone()).unwrap())
    });
    let configured = configured.unwrap();
    assert!(configured.contains("fileSystems.\"/home\""), "{configured}");
    assert!(configured.contains("5d2c0f04-7a1e-4b93-8f60-c41d9be2a704"));
}

#[test]
fn what_stays_is_mounted_where_nothing_is_written() {
    for at in ["/", "/nix", "/etc/nixos", "/var/log"] {
        let mut system = laid_out("table-dual-linux", Layout::KeepHome, Some(3));
        for step in &mut system.plan.steps {
            if let Action::Mount { at: place, .. } = &mut step.action
                && place.to_string() == "/home"
            {
                *place = at.parse().unwrap();
            }
        }
        let seen = run_whole(&mut system);
        let refused = matches!(seen.outcome, Outcome::Failed { step: None, .. });
        assert!(refused, "{at}");
    }
}

/// Whatever fails in between, a second try ends as an unbroken run does.
#[test]
fn a_retry_keeps_it_too() {
    second_tries_end_as_unbroken(
        || laid_out("table-windows-gap", Layout::Free, None),
        |_, _, _| {},
    );
}

#[test]
fn a_table_that_has_changed_is_not_written_over() {
    let mut system = laid_out("table-windows-gap", Layout::Free, None);
    // The kernel still shows the confirmed table, the disk has another one.
    system.head[1024 + 48] ^= 1;
    let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
        panic!("refused")
    };
    assert!(error.message.contains("table"), "{error:?}");
    let writes = ["mkfs", "partx", "wipefs", "write /dev"];
    let touched = |line: &&String| writes.iter().any(|write| line.starts_with(write));
    assert_eq!(system.asked.iter().find(touched), None);
}

#[test]
fn plans_that_keep_what_is_not_there_are_not_begun() {
    let breakages: [fn(&mut Plan); 6] = [
        // Another type: what is no EFI system partition would be taken for one.
        |plan| kept_of(plan)[0].kind = PartitionType::Gpt(uuid::Uuid::from_u128(1)),
        |plan| plan.disk.table.id = TableId::Gpt(uuid::Uuid::from_u128(1)),
        |plan| kept_of(plan)[0].start.0 += 2048,
        |plan| kept_of(plan)[0].id = PartitionId::Gpt(uuid::Uuid::from_u128(1)),
        |plan| kept_of(plan)[2].length.0 += 1,
        |plan| {
            // Formatting what stays.
            let guid = kept_of(plan)[0].id;
            for step in &mut plan.steps {
                if let Action::MakeFileSystem { device, .. } = &mut step.action {
                    *device = crate::storage::Device::Partition(guid);
                }
            }
        },
    ];
    for (i, breakage) in breakages.into_iter().enumerate() {
        let mut system = laid_out("table-windows-gap", Layout::Free, None);
        breakage(&mut system.plan);
        let plan = &mut system.plan;
        let table = plan.disk.table.clone();
        for step in &mut plan.steps {
            if let Action::WriteTable { table: own, .. } = &mut step.action {
                *own = table.clone();
            }
        }
        let seen = run_whole(&mut system);
        assert!(
            matches!(seen.outcome, Outcome::Failed { step: None, .. }),
            "{i}"
        );
        assert_eq!(system.asked, Vec::<String>::new(), "{i}");
    }
}

/// mount(8) runs programs of its own for some types, and for some options.
#[test]
fn what_stays_is_mounted_as_a_file_system_and_where_it_belongs() {
    type Change = fn(&mut String, &mut Vec<String>, &mut crate::plan::TargetPath);
    let breakages: [(&str, Change); 6] = [
        ("/home", |kind, _, _| *kind = "fuse.sh".to_owned()),
        ("/home", |_, options, _| options.push("suid".to_owned())),
        ("/home", |_, options, _| {
            options.push("subvol=a,suid".to_owned())
        }),
        ("/boot", |_, options, _| options.push("helper=x".to_owned())),
        ("/boot", |_, _, at| *at = "/home".parse().unwrap()),
        ("/boot", |_, _, at| *at = "/".parse().unwrap()),
    ];
    let system = laid_out("table-dual-linux", Layout::KeepHome, Some(3));
    let all = secrets(&system.plan);
    for (i, (place, breakage)) in breakages.into_iter().enumerate() {
        let mut plan = system.plan.clone();
        for step in &mut plan.steps {
            if let Action::Mount {
                at, kind, options, ..
            } = &mut step.action
                && at.as_path() == Path::new(place)
            {
                breakage(kind, options, at);
            }
        }
        assert!(plan != system.plan, "{i}");
        let error = validate::validate(&plan, &all).unwrap_err().to_string();
        assert!(error.contains("must not touch"), "{i}: {error}");
    }
}

/// Whatever the engine empties or removes is the plan's own.
#[test]
fn nothing_kept_is_mounted_where_the_engine_removes_files() {
    let breakages: [fn(&mut Action); 3] = [
        |action| {
            if let Action::Mount { at, .. } = action
                && at.as_path() == Path::new("/home")
            {
                *at = "/.nevado".parse().unwrap();
            }
        },
        |action| {
            if let Action::MakeSwapFile { at, .. } = action {
                *at = "/home".parse().unwrap();
            }
        },
        |action| {
            if let Action::MakeSwapFile { at, .. } = action {
                *at = "/home/ada/swapfile".parse().unwrap();
            }
        },
    ];
    let system = laid_out("table-dual-linux", Layout::KeepHome, Some(3));
    let all = secrets(&system.plan);
    let mut good = system.plan;
    let after = good
        .steps
        .iter()
        .rposition(|step| matches!(step.action, Action::Mount { .. }));
    good.steps.insert(
        after.unwrap() + 1,
        crate::plan::Step {
            number: 0,
            action: Action::MakeSwapFile {
                at: "/swapfile".parse().unwrap(),
                size: crate::units::Bytes::gib(1),
                file_system: crate::preset::FileSystemKind::Ext4,
            },
        },
    );
    for (number, step) in (1..).zip(&mut good.steps) {
        step.number = number;
    }
    validate::validate(&good, &all).unwrap();
    for (i, breakage) in breakages.into_iter().enumerate() {
        let mut plan = good.clone();
        plan.steps
            .iter_mut()
            .for_each(|step| breakage(&mut step.action));
        assert!(plan != good, "{i}");
        assert!(validate::validate(&plan, &all).is_err(), "{i}");
    }
}

pub(super) fn kept_of(plan: &mut Plan) -> &mut Vec<crate::storage::KeptPartition> {
    let TableBase::Kept { partitions } = &mut plan.disk.table.base else {
        panic!("kept")
    };
    partitions
}

#[test]
fn both_ends_of_what_is_new_are_blank_before_the_kernel_sees_it() {
    let mut system = laid_out("table-windows-gap", Layout::Free, None);
    assert!(run_whole(&mut system).outcome.is_installed());
    assert_eq!(END, crate::units::Bytes::mib(1));
    let position = |start: &str| {
        let mut asked = system.asked.iter();
        asked.position(|line| line.starts_with(start)).unwrap()
    };
    // The first write to the disk is that of zeros, the second one the table.
    let writes = system
        .asked
        .iter()
        .filter(|line| line.starts_with("write /dev"));
    assert_eq!(writes.count(), 2);
    assert!(position("write /dev") < position("partx"));
}
