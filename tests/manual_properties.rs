//! What holds for the manual layout, whatever is edited, tried on random tables: what stays keeps its
//! place, nothing overlaps, what can't be is told at its field, and an editor sees what the plan does.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod edited_rows;
mod new_partitions;
mod random_disks;
mod random_edits;

use edited_rows::places;
use nevado::machine::{Content, Disk, Fact, Table, TableKind};
use nevado::plan::{Action, Plan, PlannedDisk, Seed, Severity, Step, Survey, edited_disk, resolve};
use nevado::preset::{
    Layout, ManualAction, ManualDisk, ManualPartition, ManualTable, MountPath, PartSize, Preset,
    Size,
};
use nevado::storage::{Device, KeptPartition};
use nevado::units::{Bytes, SectorSize, Sectors};
use new_partitions::the_new_fit;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use random_disks::{disk, machine};
use random_edits::{change, created, new, numbered, of_serial, preset, smallest};
use std::cell::Cell;
use std::collections::BTreeSet;

/// Another disk with the same table under other names, which is chosen or not.
fn beside(disk: &Disk, name: &str, serial: &str) -> Disk {
    let mut other = disk.clone();
    other.name = name.to_owned();
    other.path = format!("/dev/{name}").into();
    other.serial = Some(serial.to_owned());
    if let Fact::Known(Table::Partitioned {
        kind, partitions, ..
    }) = &mut other.table
    {
        *kind = TableKind::Gpt {
            guid: format!("{serial:c<8}-2222-4333-8444-555555555555").to_lowercase(),
        };
        for (p, number) in partitions.iter_mut().zip(1_u32..) {
            p.path = format!("/dev/{name}{number}").into();
            p.guid = Some(format!("{serial:c<8}-0000-4000-8000-{number:012}").to_lowercase());
            if let Content::Formatted(fs) = &mut p.content {
                fs.uuid = Some(format!("{serial}-{number}"));
            }
        }
    }
    other
}

/// Its file system is looked over before the table is written, and follows it afterwards.
fn grows(steps: &[Step], kept: &KeptPartition) -> TestCaseResult {
    let at = |is_it: &dyn Fn(&Action) -> bool| steps.iter().position(|step| is_it(&step.action));
    let looked = at(&|action| matches!(action, Action::LookOver(l) if l.partition == kept.id));
    let wiped = at(&|action| matches!(action, Action::Wipe { .. }));
    let table = at(&|action| matches!(action, Action::WriteTable { .. }));
    let grown = at(&|action| matches!(action, Action::Grow(l) if l.partition == kept.id));
    let order = [looked, wiped, table, grown];
    prop_assert!(
        order.iter().all(Option::is_some) && order.is_sorted(),
        "{order:?}"
    );
    Ok(())
}

/// Everything but what goes stays: slot, GUID, type, first sector; and the length, unless it was to get
/// another one. Counts what becomes larger.
fn the_rest_stays(
    (plan, steps): (&PlannedDisk, &[Step]),
    disk: &Disk,
    edits: &[ManualPartition],
    larger: &Cell<u32>,
) -> TestCaseResult {
    let action = |number: u32| {
        let mut edits = edits.iter();
        let edit = edits.find(|e| {
            e.partition
                .as_ref()
                .is_some_and(|p| p.number == Some(number))
        });
        edit.map(ManualPartition::action)
    };
    let goes = |number| {
        matches!(
            action(number),
            Some(ManualAction::Delete | ManualAction::Format)
        )
    };
    let before: Vec<_> = disk
        .partitions()
        .iter()
        .filter(|p| !goes(p.number))
        .collect();
    prop_assert_eq!(before.len(), plan.table.kept().len());
    for (old, kept) in before.into_iter().zip(plan.table.kept()) {
        prop_assert_eq!(old.number, kept.number);
        prop_assert_eq!(old.start, kept.start);
        prop_assert_eq!(old.guid.as_ref().unwrap(), &kept.id.to_string());
        prop_assert_eq!(&old.type_id, &kept.kind.to_string());
        prop_assert_eq!(old.length, kept.old_length());
        let is_resized = action(old.number) == Some(ManualAction::Resize);
        prop_assert_eq!(is_resized, kept.length != old.length);
        if kept.length > old.length {
            let Content::Formatted(fs) = &old.content else {
                panic!("nothing to make larger")
            };
            prop_assert!(["ext4", "ntfs", "btrfs"].contains(&fs.kind.as_str()));
            let end = Sectors(kept.start.0 + kept.length.0).bytes(plan.table.sector_size);
            prop_assert_eq!(end.0 % Bytes::mib(1).0, 0);
            grows(steps, kept)?;
            larger.set(larger.get() + 1);
        }
        if kept.length < old.length {
            let Content::Formatted(fs) = &old.content else {
                panic!("nothing to make smaller")
            };
            let measured = *fs.shrink.as_ref().unwrap().possible().unwrap();
            let length = kept.length.bytes(plan.table.sector_size);
            prop_assert!(length >= measured.recommended && length >= measured.minimum);
        }
    }
    Ok(())
}

/// Steps touch the disks of the preset alone, and nothing that stays is formatted.
fn only_what_is_named_is_touched(plan: &Plan, disks: &[&str]) -> TestCaseResult {
    let kept: BTreeSet<_> = plan
        .disks()
        .flat_map(|disk| disk.table.kept())
        .map(|p| Device::Partition(p.id))
        .collect();
    let planned: Vec<_> = plan
        .disks()
        .map(|disk| disk.identity.serial.clone().unwrap())
        .collect();
    prop_assert_eq!(planned, disks);
    for step in &plan.steps {
        match &step.action {
            Action::MakeFileSystem { device, .. } | Action::MakeSwap { device, .. } => {
                prop_assert!(!kept.contains(device));
            }
            Action::SaveTable { disk } | Action::Release { disk } | Action::Wipe { disk } => {
                prop_assert!(plan.disk_at(disk).is_some());
            }
            Action::WriteTable { disk, table } => {
                prop_assert_eq!(&plan.disk_at(disk).unwrap().table, table);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What an editor shows is what the plan does: the same partitions at the same places, and no sector
/// twice.
fn rows_are_the_plan(
    preset: &Preset,
    disk: &Disk,
    planned: Option<&PlannedDisk>,
) -> TestCaseResult {
    let machine = machine(vec![disk.clone()]);
    let edited = edited_disk(&Survey::of(&machine), disk, &preset.disk, 0).unwrap();
    let mut free_from = Sectors(0);
    for row in &edited.rows {
        prop_assert!(row.start >= free_from && row.length.0 > 0);
        free_from = Sectors(row.start.0 + row.length.0);
    }
    let Some(planned) = planned else {
        return Ok(());
    };
    prop_assert_eq!(&edited.problems, &[]);
    prop_assert_eq!(places(&edited), planned.table.places());
    Ok(())
}

#[test]
fn what_is_not_edited_stays_and_what_is_new_fits() {
    let (planned, refused, larger) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let cases = (
        disk(),
        (
            prop::collection::vec(change(), 128),
            prop::collection::vec(new(), 0..3),
            prop::option::weighted(0.3, any::<usize>()),
        ),
        any::<bool>(),
        any::<[u8; 32]>(),
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&cases, |(disk, wanted, second, seed)| {
            let preset = preset(&disk, &wanted, second);
            let others = [beside(&disk, "sdb", "T"), beside(&disk, "sdc", "U")];
            let [other, untouched] = others;
            let machine = machine(vec![disk.clone(), other, untouched]);
            match resolve(&machine, &preset, Seed::new(seed)) {
                Ok(plan) => {
                    planned.set(planned.get() + 1);
                    let edits = &preset.disk.disks[0].partitions;
                    the_rest_stays((&plan.disk, &plan.steps), &disk, edits, &larger)?;
                    plan.disks().try_for_each(|disk| the_new_fit(&disk.table))?;
                    let named: &[&str] = if second { &["S", "T"] } else { &["S"] };
                    only_what_is_named_is_touched(&plan, named)?;
                    rows_are_the_plan(&preset, &disk, Some(&plan.disk))?;
                }
                Err(problems) => {
                    refused.set(refused.get() + 1);
                    let mut errors = problems.0.iter();
                    prop_assert!(errors.any(|p| p.severity == Severity::Error));
                    for problem in &problems.0 {
                        prop_assert!(problem.field.starts_with("disk"), "{}", problem);
                        prop_assert!(!problem.message.is_empty() && !problem.mend.is_empty());
                    }
                    rows_are_the_plan(&preset, &disk, None)?;
                }
            }
            Ok(())
        })
        .unwrap();
    let (planned, refused) = (planned.get(), refused.get());
    let larger = larger.get();
    println!("{planned} planned, {refused} refused, {larger} larger");
    assert!(planned > 100 && refused > 100 && larger > 20);
}

/// The mount point that every partition of a disk would get at once: none of the rest is lost.
#[test]
fn a_disk_of_which_something_is_only_mounted_gets_no_other_table() {
    let text = include_str!("machines/table-dual-linux.json");
    let machine: nevado::machine::Machine = serde_json::from_str(text).unwrap();
    let disk = machine.disks.known().unwrap()[0].clone();
    let mut blank = disk.clone();
    blank.path = "/dev/vdz".into();
    blank.serial = Some("blank".to_owned());
    blank.table = Fact::Known(Table::Whole {
        content: Content::Blank,
    });
    let serial = disk.serial.clone().unwrap();
    let mut machine = machine.clone();
    machine.disks = Fact::Known(vec![disk, blank]);
    let mut preset = smallest();
    preset.disk.layout = Some(Layout::Manual);
    let home: MountPath = "/home".parse().unwrap();
    preset.disk.disks = vec![
        ManualDisk {
            choose: of_serial("blank"),
            table: ManualTable::New,
            partitions: vec![
                created(PartSize::Exactly(Size(Bytes::gib(1))), "/boot"),
                created(PartSize::Rest, "/"),
            ],
        },
        ManualDisk {
            choose: of_serial(&serial),
            table: ManualTable::Keep,
            partitions: vec![ManualPartition {
                partition: numbered(5),
                mount: Some(home),
                ..ManualPartition::default()
            }],
        },
    ];
    let plan = resolve(&machine, &preset, Seed::new([1; 32])).unwrap();
    let second = &plan.others[0];
    assert!(second.losses.is_empty() && !second.changes_table());
    let path = &second.identity.path;
    let written = plan.steps.iter().any(|step| match &step.action {
        Action::Wipe { disk } | Action::WriteTable { disk, .. } => disk == path,
        _ => false,
    });
    assert!(!written);
    assert_eq!(second.table.sector_size, SectorSize::B512);
}
