//! What holds for every layout that keeps something, tried on random tables: gaps, odd sectors, 4Kn,
//! 100 TB, up to 128 partitions in any slots.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod new_partitions;
mod random_disks;
mod thread_time;

use nevado::machine::{Content, Disk, Fact, Table, TableKind};
use nevado::plan::{Action, Plan, Seed, SpotPlace, Survey, modes, resolve};
use nevado::preset::{DiskChoice, DiskMatch, Layout, PartitionMatch, Preset, Size};
use nevado::storage::{Device, ExistingHome};
use nevado::units::{Bytes, Sectors};
use new_partitions::the_new_fit;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use random_disks::{ESP, disk, machine};
use std::cell::Cell;
use std::path::PathBuf;
use std::time::Duration;

fn smallest() -> Preset {
    nevado::preset::read(include_str!("presets/smallest.toml"), "smallest.toml").unwrap()
}

/// A preset for one of the partitions of a disk with fewer than `count`, or for free space.
fn preset(layout: Layout, index: usize, size: Option<u64>, disk: &Disk) -> Preset {
    let mut preset = smallest();
    preset.disk.layout = Some(layout);
    preset.disk.choose = DiskChoice::Match(DiskMatch {
        serial: Some("S".to_owned()),
        ..DiskMatch::default()
    });
    let replaces = matches!(layout, Layout::Replace | Layout::KeepHome);
    let numbered = |at: usize| {
        let partitions = disk.partitions();
        let number = Some(partitions[at % partitions.len()].number);
        let others = PartitionMatch::default();
        Some(PartitionMatch { number, ..others })
    };
    if replaces && !disk.partitions().is_empty() {
        preset.disk.partition = numbered(index);
        if layout == Layout::KeepHome {
            // One that can be kept, if there is one.
            let mut partitions = disk.partitions().iter();
            let home = partitions.rposition(|p| ExistingHome::of(p).is_ok());
            preset.disk.home = numbered(home.unwrap_or_default());
        }
    }
    if !replaces {
        preset.disk.size = size.map(|mib| Size(Bytes::mib(mib)));
    }
    preset
}

/// Everything but what was named stays: slot, GUID, type, first sector, length.
fn the_rest_stays(plan: &Plan, disk: &Disk, gone: Option<u32>) -> Result<(), TestCaseError> {
    let smaller: Vec<u32> = plan
        .disk
        .shrunk
        .iter()
        .map(|shrunk| shrunk.what.number)
        .collect();
    let line = |number, start, length, guid: &str, kind: &str| {
        (number, start, length, guid.to_owned(), kind.to_owned())
    };
    let stays = disk.partitions().iter().filter(|p| Some(p.number) != gone);
    let before: Vec<_> = stays
        .map(|p| {
            line(
                p.number,
                p.start,
                p.length,
                p.guid.as_ref().unwrap(),
                &p.type_id,
            )
        })
        .collect();
    let after: Vec<_> = plan
        .disk
        .table
        .kept()
        .iter()
        .map(|p| {
            let (guid, kind) = (p.id.to_string(), p.kind.to_string());
            line(p.number, p.start, p.old_length(), &guid, &kind)
        })
        .collect();
    prop_assert_eq!(before, after);
    for kept in plan.disk.table.kept() {
        let is_smaller = smaller.contains(&kept.number);
        prop_assert_eq!(kept.length_now.is_some(), is_smaller);
        prop_assert!(kept.length <= kept.old_length());
    }
    Ok(())
}

/// What is made smaller keeps what it needs, in its file system and in its partition.
fn nothing_is_squeezed(plan: &Plan, disk: &Disk) -> Result<(), TestCaseError> {
    let unit = plan.disk.table.sector_size;
    for step in &plan.steps {
        let Action::Shrink(smaller) = &step.action else {
            continue;
        };
        let mut kept = plan.disk.table.kept().iter();
        let kept = kept.find(|kept| kept.id == smaller.partition).unwrap();
        let mut partitions = disk.partitions().iter();
        let old = partitions.find(|p| p.number == kept.number).unwrap();
        let Content::Formatted(fs) = &old.content else {
            panic!("nothing to make smaller")
        };
        let measured = *fs.shrink.as_ref().unwrap().possible().unwrap();
        prop_assert!(smaller.to <= smaller.from && smaller.from == measured.size);
        prop_assert!(smaller.to <= kept.length.bytes(unit));
        prop_assert!(smaller.to >= measured.minimum);
        prop_assert!(kept.length.bytes(unit) >= measured.recommended);
    }
    Ok(())
}

/// Nothing that stays is formatted, and what is mounted of it is an ESP with enough room.
fn what_stays_is_not_formatted(plan: &Plan, disk: &Disk) -> Result<(), TestCaseError> {
    let is_kept = |device: &Device| {
        let mut kept = plan.disk.table.kept().iter();
        kept.find(|p| *device == Device::Partition(p.id)).cloned()
    };
    for step in &plan.steps {
        match &step.action {
            Action::MakeFileSystem { device, .. } => prop_assert!(is_kept(device).is_none()),
            Action::Mount { device, at, .. } => {
                let Some(kept) = is_kept(device) else {
                    continue;
                };
                if at.to_string() == "/home" {
                    continue;
                }
                prop_assert_eq!(kept.kind.to_string(), ESP);
                let old = disk.partitions().iter().find(|p| p.number == kept.number);
                let Content::Formatted(fs) = &old.unwrap().content else {
                    panic!("an ESP without a file system")
                };
                let free = fs.size.unwrap().0 - fs.used.unwrap().0;
                let needed = if at.to_string() == "/boot" { 300 } else { 4 };
                prop_assert!(free >= Bytes::mib(needed).0);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What goes is told once, by its number and what it holds, and nothing else is.
fn what_goes_is_told(plan: &Plan, disk: &Disk, gone: Option<u32>) -> Result<(), TestCaseError> {
    let told: Vec<String> = plan.disk.losses.iter().map(ToString::to_string).collect();
    let goes = disk.partitions().iter().filter(|p| Some(p.number) == gone);
    prop_assert_eq!(told.len(), goes.clone().count());
    for (told, partition) in told.iter().zip(goes) {
        let number = partition.number;
        prop_assert!(told.contains(&format!("partition {number}")), "{}", told);
        if let Content::Formatted(fs) = &partition.content {
            let kind = match fs.kind.as_str() {
                "crypto_LUKS" => "LUKS",
                kind => kind,
            };
            let is_told = told.to_lowercase().contains(&kind.to_lowercase());
            prop_assert!(is_told || fs.installed.is_some(), "{}: {}", kind, told);
        }
    }
    Ok(())
}

#[test]
fn what_stays_stays_and_what_is_new_fits() {
    let (free, replaced, smaller, homes) = (Cell::new(0), Cell::new(0), Cell::new(0), Cell::new(0));
    let layouts = vec![
        Layout::Free,
        Layout::Replace,
        Layout::Alongside,
        Layout::KeepHome,
    ];
    let layouts = prop::sample::select(layouts);
    let size = prop::option::of(1..100_000_u64);
    let cases = (disk(), layouts, any::<usize>(), size, any::<[u8; 32]>());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&cases, |(disk, layout, index, size, seed)| {
            let preset = preset(layout, index, size, &disk);
            let machine = machine(vec![disk.clone()]);
            let Ok(plan) = resolve(&machine, &preset, Seed::new(seed)) else {
                return Ok(());
            };
            let count = match layout {
                Layout::Free => &free,
                Layout::Alongside => &smaller,
                Layout::KeepHome => &homes,
                _ => &replaced,
            };
            count.set(count.get() + 1);
            let gone = preset.disk.partition.as_ref().and_then(|p| p.number);
            the_rest_stays(&plan, &disk, gone)?;
            the_new_fit(&plan.disk.table)?;
            nothing_is_squeezed(&plan, &disk)?;
            prop_assert_eq!(!plan.disk.shrunk.is_empty(), layout == Layout::Alongside);
            let is_home = |action: &Action| {
                matches!(action, Action::Mount { at, .. } if at.to_string() == "/home")
            };
            let homes = plan.steps.iter().filter(|step| is_home(&step.action)).count();
            prop_assert_eq!(homes, usize::from(layout == Layout::KeepHome));
            what_stays_is_not_formatted(&plan, &disk)?;
            what_goes_is_told(&plan, &disk, gone)?;
            if let Some(Size(wanted)) = preset.disk.size {
                let new = plan.disk.table.partitions.iter().map(|p| p.length.0).sum();
                prop_assert!(Sectors(new).bytes(plan.disk.table.sector_size) <= wanted);
            }
            Ok(())
        })
        .unwrap();
    let (free, replaced, smaller) = (free.get(), replaced.get(), smaller.get());
    let homes = homes.get();
    println!(
        "{free} in free space, {replaced} replaced, {smaller} beside smaller ones, {homes} homes"
    );
    assert!(free > 100 && replaced > 60 && smaller > 60 && homes > 40);
}

/// Every list of layouts is true to the disk: a gap is free, and a partition is there.
#[test]
fn layouts_are_listed_for_places_that_are_there() {
    proptest!(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() }, |(disk in disk())| {
        let machine = machine(vec![disk.clone()]);
        for mode in modes(&Survey::of(&machine), &disk, &smallest()) {
            for spot in mode.possible.into_iter().flatten() {
                match spot.place {
                    SpotPlace::WholeDisk => prop_assert_eq!(spot.size, disk.size),
                    SpotPlace::Partition(number) => {
                        prop_assert!(disk.partitions().iter().any(|p| p.number == number));
                    }
                    SpotPlace::GapAfter(0) => {}
                    SpotPlace::System(_) => prop_assert_eq!(mode.layout, Layout::Replace),
                    SpotPlace::GapAfter(number) => {
                        prop_assert!(disk.partitions().iter().any(|p| p.number == number));
                    }
                }
            }
        }
    });
}

/// 200 disks with tables of their own: one of them is laid out in well under a blink.
#[test]
fn two_hundred_disks_are_planned_at_once() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let one = disk().new_tree(&mut runner).unwrap().current();
    let disks = (0..200_u32).map(|index| {
        let mut disk = one.clone();
        disk.name = format!("sd{index}");
        disk.path = PathBuf::from(format!("/dev/sd{index}"));
        disk.serial = Some(if index == 7 {
            "S".to_owned()
        } else {
            format!("S{index}")
        });
        if let Fact::Known(Table::Partitioned {
            kind, partitions, ..
        }) = &mut disk.table
        {
            *kind = TableKind::Gpt {
                guid: format!("cccccccc-0000-4000-{index:04}-000000000000"),
            };
            for (p, number) in partitions.iter_mut().zip(0_u32..) {
                p.guid = Some(format!("bbbbbbbb-0000-4000-{index:04}-{number:012}"));
                p.path = PathBuf::from(format!("/dev/sd{index}p{number}"));
                if let Content::Formatted(fs) = &mut p.content {
                    fs.uuid = Some(format!("{index:04X}-{number:04X}"));
                }
            }
        }
        disk
    });
    let mut disks: Vec<Disk> = disks.collect();
    let sector = disks[7].sectors.logical;
    disks[7].size = Bytes(disks[7].size.0 + (200 << 30) / sector.bytes() * sector.bytes());
    let preset = preset(Layout::Free, 0, None, &disks[7]);
    let machine = machine(disks);
    let took = thread_time::mean(20, |_| {
        resolve(&machine, &preset, Seed::new([1; 32])).unwrap();
    });
    println!("200 disks: {took:?}");
    // A loose bound for a build without optimisation; the benchmark has the number.
    assert!(took < Duration::from_millis(100), "{took:?}");
}
