//! What holds for LUKS containers that stay, whatever is edited beside them, tried on random tables: their
//! partitions keep their places, nothing but trying and opening is done to them, and what is in them is
//! written only where the preset says so.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod random_disks;

use nevado::machine::{Content, Disk, Fact, FileSystem, Inside, Partition, Table};
use nevado::plan::{Action, Interruption, Plan, Seed, Severity, Step, resolve};
use nevado::preset::{
    Encryption, Keys, Layout, ManualAction, ManualDisk, ManualPartition, PartSize, PartitionFormat,
    PartitionMatch, PartitionType, Preset, Size,
};
use nevado::storage::{Device, PartitionId};
use nevado::units::Bytes;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use random_disks::{disk, machine};
use std::cell::Cell;

/// What becomes of what is in a container.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// Nobody says anything.
    Unnamed,
    Mounted,
    /// A file system is made in it.
    Formatted,
    /// Swap is made in it.
    Swapped,
}

const FATES: [Fate; 4] = [Fate::Unnamed, Fate::Mounted, Fate::Formatted, Fate::Swapped];

fn file_system(kind: &str, uuid: String) -> FileSystem {
    FileSystem {
        kind: kind.to_owned(),
        label: None,
        uuid: Some(uuid),
        size: None,
        used: None,
        shrink: None,
        home_folders: None,
        installed: None,
        inside: None,
        subvolumes: None,
    }
}

/// A LUKS container with an ext4 that somebody has looked at.
fn container(number: u32) -> Content {
    let inside = file_system("ext4", format!("eeeeeeee-0000-4000-8000-{number:012}"));
    Content::Formatted(FileSystem {
        inside: Some(Box::new(Inside {
            content: Content::Formatted(inside),
            system: None,
        })),
        ..file_system(
            "crypto_LUKS",
            format!("cccccccc-0000-4000-8000-{number:012}"),
        )
    })
}

/// The disk with containers in some partitions, and what becomes of each.
fn with_containers(disk: &Disk, places: &[(usize, Fate)]) -> (Disk, Vec<(Partition, Fate)>) {
    let mut disk = disk.clone();
    let mut kept: Vec<(Partition, Fate)> = Vec::new();
    if let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disk.table {
        let count = partitions.len().max(1);
        for (place, fate) in places {
            let Some(p) = partitions.get_mut(place % count) else {
                continue;
            };
            if kept.iter().all(|(other, _)| other.number != p.number) {
                p.content = container(p.number);
                kept.push((p.clone(), *fate));
            }
        }
    }
    (disk, kept)
}

fn numbered(number: u32, action: ManualAction) -> ManualPartition {
    ManualPartition {
        action: Some(action),
        partition: Some(PartitionMatch {
            number: Some(number),
            ..PartitionMatch::default()
        }),
        ..ManualPartition::default()
    }
}

fn of_container(number: u32, fate: Fate) -> Option<ManualPartition> {
    let unlock = Some(true);
    let mount = Some(format!("/srv/{number}").parse().unwrap());
    match fate {
        Fate::Unnamed => None,
        Fate::Mounted => Some(ManualPartition {
            unlock,
            mount,
            ..numbered(number, ManualAction::Keep)
        }),
        Fate::Formatted => Some(ManualPartition {
            unlock,
            mount,
            ..numbered(number, ManualAction::Format)
        }),
        Fate::Swapped => Some(ManualPartition {
            unlock,
            file_system: Some(PartitionFormat::Swap),
            ..numbered(number, ManualAction::Format)
        }),
    }
}

/// Containers, what goes or is made anew beside them, and a new system.
fn preset(disk: &Disk, kept: &[(Partition, Fate)], others: &[Option<ManualAction>]) -> Preset {
    let text = include_str!("presets/smallest.toml");
    let mut preset = nevado::preset::read(text, "smallest.toml").unwrap();
    let named = kept.iter();
    let mut partitions: Vec<ManualPartition> = named
        .filter_map(|(p, fate)| of_container(p.number, *fate))
        .collect();
    for (p, action) in disk.partitions().iter().zip(others) {
        let is_kept = kept.iter().any(|(kept, _)| kept.number == p.number);
        if let Some(action) = action.filter(|_| !is_kept) {
            let kind = (action == ManualAction::Format).then_some(PartitionType::Linux);
            partitions.push(ManualPartition {
                kind,
                ..numbered(p.number, action)
            });
        }
    }
    for (size, at) in [(1, "/boot"), (10, "/")] {
        partitions.push(ManualPartition {
            size: Some(PartSize::Exactly(Size(Bytes::gib(size)))),
            mount: Some(at.parse().unwrap()),
            encrypt: (at == "/").then_some(true),
            ..ManualPartition::default()
        });
    }
    preset.disk.layout = Some(Layout::Manual);
    preset.disk.encrypt = Some(Encryption::On(Keys::default()));
    preset.disk.disks = vec![ManualDisk {
        partitions,
        ..ManualDisk::default()
    }];
    preset
}

/// Same slot, identity, type, first sector and length; nothing new lies on it.
fn it_stays_where_it_is(plan: &Plan, old: &Partition) -> TestCaseResult {
    let table = &plan.disk.table;
    let kept = table.kept().iter().find(|p| p.number == old.number);
    let Some(kept) = kept else {
        return Err(TestCaseError::fail(format!("{} is gone", old.number)));
    };
    prop_assert_eq!((kept.start, kept.length), (old.start, old.length));
    prop_assert_eq!(kept.length_now, None);
    prop_assert_eq!(Some(kept.id.to_string()), old.guid.clone());
    prop_assert_eq!(&kept.kind.to_string(), &old.type_id);
    for new in &table.partitions {
        prop_assert!(new.last() < kept.start || kept.last() < new.start);
    }
    Ok(())
}

/// The partition that a step is about by itself, not by what is open.
fn partition_of(action: &Action) -> Option<PartitionId> {
    match action {
        Action::TryContainer { partition, .. }
        | Action::Encrypt { partition, .. }
        | Action::OpenEncrypted { partition, .. }
        | Action::TryMount { partition, .. }
        | Action::OpenKept { partition, .. } => Some(*partition),
        Action::Shrink(smaller) => Some(smaller.partition),
        _ => match device_of(action)? {
            Device::Partition(partition) => Some(*partition),
            Device::Mapped { .. } => None,
        },
    }
}

fn device_of(action: &Action) -> Option<&Device> {
    match action {
        Action::WipeInside { device }
        | Action::MakeFileSystem { device, .. }
        | Action::MakeSubvolumes { device, .. }
        | Action::MakeSwap { device, .. }
        | Action::Mount { device, .. } => Some(device),
        _ => None,
    }
}

/// A word for each step, and the first of them that changes anything.
fn word(step: &Step) -> &'static str {
    match &step.action {
        Action::TryContainer { .. } => "try",
        Action::TryMount { .. } => "look",
        Action::OpenKept { .. } => "open",
        Action::WipeInside { .. } => "wipe",
        Action::MakeFileSystem { .. } => "make",
        Action::MakeSwap { .. } => "swap",
        Action::Mount { .. } => "mount",
        _ => "another step",
    }
}

/// Exactly these steps, in this order, and the passphrase is tried before anything changes.
fn only_what_is_named_is_done(plan: &Plan, old: &Partition, fate: Fate) -> TestCaseResult {
    let id: PartitionId = old.guid.as_ref().unwrap().parse().unwrap();
    let uuid = format!("cccccccc-0000-4000-8000-{:012}", old.number);
    let is_own = |step: &&Step| match device_of(&step.action) {
        Some(Device::Mapped { luks, .. }) => luks.to_string() == uuid,
        _ => partition_of(&step.action) == Some(id),
    };
    let own: Vec<&Step> = plan.steps.iter().filter(is_own).collect();
    let words: Vec<&str> = own.iter().map(|step| word(step)).collect();
    let expected: &[&str] = match fate {
        Fate::Unnamed => &[],
        Fate::Mounted => &["try", "look", "open", "mount"],
        Fate::Formatted => &["try", "open", "wipe", "make", "mount"],
        Fate::Swapped => &["try", "open", "wipe", "swap"],
    };
    prop_assert_eq!(words, expected);
    let changes = plan.steps.iter().find(|step| step.action.changes_disk());
    if let (Some(first), Some(tried)) = (changes, own.first()) {
        prop_assert!(tried.number < first.number);
    }
    for step in own.iter().filter(|step| word(step) == "wipe") {
        let late = step.action.interruption() == Interruption::PointOfNoReturn;
        prop_assert!(late);
    }
    let named = format!("partition {},", old.number);
    let mut losses = plan.losses().map(ToString::to_string);
    let is_lost =
        losses.any(|line| line.starts_with(&named) && line.contains("the container stays"));
    prop_assert_eq!(is_lost, matches!(fate, Fate::Formatted | Fate::Swapped));
    Ok(())
}

#[test]
fn a_container_that_stays_is_opened_and_nothing_else() {
    let (planned, containers, refused) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let fate = prop::sample::select(FATES.to_vec());
    let change = prop_oneof![
        40 => Just(None),
        1 => Just(Some(ManualAction::Format)),
        2 => Just(Some(ManualAction::Delete)),
    ];
    let cases = (
        disk(),
        prop::collection::vec((0..128_usize, fate), 1..5),
        prop::collection::vec(change, 128),
        any::<[u8; 32]>(),
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 800,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&cases, |(disk, places, others, seed)| {
            let (disk, kept) = with_containers(&disk, &places);
            let preset = preset(&disk, &kept, &others);
            match resolve(&machine(vec![disk]), &preset, Seed::new(seed)) {
                Ok(plan) => {
                    planned.set(planned.get() + 1);
                    for (old, fate) in &kept {
                        containers.set(containers.get() + 1);
                        it_stays_where_it_is(&plan, old)?;
                        only_what_is_named_is_done(&plan, old, *fate)?;
                    }
                }
                Err(problems) => {
                    refused.set(refused.get() + 1);
                    prop_assert!(problems.0.iter().any(|p| p.severity == Severity::Error));
                    for problem in &problems.0 {
                        prop_assert!(problem.field.starts_with("disk"), "{}", problem);
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    let (planned, containers, refused) = (planned.get(), containers.get(), refused.get());
    println!("{planned} planned with {containers} containers, {refused} refused");
    assert!(planned > 100 && containers > 200);
}
