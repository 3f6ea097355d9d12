//! What holds for every layout on a disk with an MBR, tried on random tables: up to four entries, one of
//! which may be extended with logical partitions in it, odd sectors, disks beyond 2 TiB, BIOS and UEFI.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod edited_rows;
mod random_mbr;

use edited_rows::places;
use nevado::machine::{Machine, Partition};
use nevado::plan::{Action, Plan, Seed, Severity, SpotPlace, Survey, edited_disk, modes, resolve};
use nevado::preset::{
    DiskChoice, DiskMatch, Layout, ManualAction, ManualDisk, ManualPartition, PartSize,
    PartitionMatch, PartitionType, Preset, Size,
};
use nevado::storage::{Device, KeptPartition, NewTable, PartitionRole};
use nevado::units::Bytes;
use proptest::prelude::*;
use random_mbr::{SIGNATURE, machine, partitions};
use std::cell::Cell;
use std::path::PathBuf;

/// What must hold for each table that a layout gives; `larger` are those that become so.
fn check(
    old: &[Partition],
    table: &NewTable,
    (gone, larger): (&[u32], &[u32]),
    bios: bool,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(table.id.to_string(), SIGNATURE);
    let line = |number, start, length, id: String, kind: String| (number, start, length, id, kind);
    let stays = old.iter().filter(|p| !gone.contains(&p.number));
    let before: Vec<_> = stays
        .map(|p| {
            line(
                p.number,
                p.start,
                p.length,
                p.guid.clone().unwrap(),
                p.type_id.clone(),
            )
        })
        .collect();
    let kept = table.kept().iter();
    let after: Vec<_> = kept
        .map(|p| {
            line(
                p.number,
                p.start,
                p.old_length(),
                p.id.to_string(),
                p.kind.to_string(),
            )
        })
        .collect();
    prop_assert_eq!(before, after);
    lengths(table, larger)?;
    let outer = || table.kept().iter().filter(|p| !p.is_logical());
    for new in &table.partitions {
        prop_assert_eq!(
            new.id.to_string(),
            format!("{SIGNATURE}-{:02x}", new.number)
        );
        if new.number > 4 {
            // It is where one was that goes.
            let was = old.iter().find(|p| p.number == new.number).unwrap();
            prop_assert!(gone.contains(&new.number));
            prop_assert_eq!((new.start, new.length), (was.start, was.length));
            prop_assert!(new.role != PartitionRole::Esp);
            continue;
        }
        prop_assert!((1..=4).contains(&new.number));
        prop_assert!(outer().all(|p| p.number != new.number));
        prop_assert_eq!((new.start.0 % 2048, new.length.0 % 2048), (0, 0));
        prop_assert!(new.start.0 >= 2048 && new.last() < table.length);
        prop_assert!(new.last().0 <= u64::from(u32::MAX));
        prop_assert!(new.role != PartitionRole::BiosBoot);
        let apart = |p: &KeptPartition| p.last() < new.start || new.last() < p.start;
        prop_assert!(table.kept().iter().all(apart));
    }
    if bios {
        // GRUB has its room, whoever is first now.
        prop_assert!(outer().all(|p| p.start.0 > 128));
    }
    Ok(())
}

/// What was not asked for stays as long as it is, but for what lies around a logical partition that becomes
/// longer: it still reaches as far as the last one, and no record of the chain is taken.
fn lengths(table: &NewTable, larger: &[u32]) -> Result<(), TestCaseError> {
    let logical = || table.kept().iter().filter(|p| p.is_logical());
    for kept in table.kept() {
        let is_asked = larger.contains(&kept.number);
        let around =
            kept.is_extended() && logical().any(|p| p.is_longer() && p.last() == kept.last());
        prop_assert_eq!(kept.is_longer(), is_asked || kept.is_longer() && around);
        prop_assert!(!kept.is_shorter());
        prop_assert!(kept.last().0 < table.length.0.min(1 << 32));
        if kept.is_longer() {
            prop_assert_eq!((kept.last().0 + 1) % 2048, 0);
        }
        if kept.is_extended() {
            prop_assert!(logical().all(|p| p.last() <= kept.last()));
        }
        if kept.is_logical() && kept.is_longer() {
            let mut behind = logical().filter(|p| p.start > kept.start);
            prop_assert!(behind.all(|p| kept.last().0 + 2048 < p.start.0));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_is_kept_moves_and_what_is_new_fits((old, sectors) in partitions(), bios: bool) {
        let machine = machine(bios, old.clone(), sectors.max(1 << 22));
        let disk = machine.disks.known().unwrap()[0].clone();
        let text = include_str!("presets/smallest.toml");
        let preset = nevado::preset::read(text, "smallest.toml").unwrap();
        for mode in modes(&Survey::of(&machine), &disk, &preset) {
            if mode.layout == Layout::Erase {
                continue;
            }
            for spot in mode.possible.into_iter().flatten() {
                let Ok(table) = spot.table else { continue };
                let gone = match spot.place {
                    SpotPlace::Partition(number) => vec![number],
                    SpotPlace::WholeDisk | SpotPlace::GapAfter(_) | SpotPlace::System(_) => Vec::new(),
                };
                check(&old, &table, (&gone, &[]), bios)?;
                let plan = resolve(&machine, &at(&preset, mode.layout, spot.place), Seed::new([7; 32]));
                prop_assert_eq!(plan.map(|plan| plan.disk.table).map_err(|why| why.to_string()), Ok(table));
            }
        }
    }
}

/// The preset with this layout in this place.
fn at(preset: &Preset, layout: Layout, place: SpotPlace) -> Preset {
    let mut preset = preset.clone();
    preset.disk.choose = DiskChoice::Match(DiskMatch {
        path: Some(PathBuf::from("/dev/sda")),
        ..DiskMatch::default()
    });
    preset.disk.layout = Some(layout);
    match place {
        SpotPlace::WholeDisk => {}
        SpotPlace::System(system) => preset.disk.system = Some(system),
        SpotPlace::GapAfter(number) => preset.disk.gap_after = Some(number),
        SpotPlace::Partition(number) => {
            preset.disk.partition = Some(PartitionMatch {
                number: Some(number),
                ..PartitionMatch::default()
            });
        }
    }
    preset
}

/// What becomes of an extended partition and all in it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Chain {
    Stays,
    Goes,
    /// Each as it is drawn, which is mostly impossible.
    Mixed,
}

/// A disk, what is drawn for each partition, the chain's fate, whether a BIOS starts, and how many are new.
type Case = (
    (Vec<Partition>, u64),
    Vec<Option<ManualAction>>,
    Chain,
    bool,
    usize,
);

fn changes() -> impl Strategy<Value = Vec<Option<ManualAction>>> {
    let change = prop_oneof![
        8 => Just(None),
        1 => Just(Some(ManualAction::Keep)),
        2 => Just(Some(ManualAction::Format)),
        4 => Just(Some(ManualAction::Delete)),
        5 => Just(Some(ManualAction::Resize)),
    ];
    prop::collection::vec(change, 16)
}

fn chain() -> impl Strategy<Value = Chain> {
    prop_oneof![4 => Just(Chain::Stays), 4 => Just(Chain::Goes), 1 => Just(Chain::Mixed)]
}

fn is_chained(p: &Partition) -> bool {
    p.number > 4 || p.type_id == "0x0f"
}

/// Edits of what is there, then a root and what firmware and people may want besides.
fn edits(
    old: &[Partition],
    changes: &[Option<ManualAction>],
    chain: Chain,
    (bios, more): (bool, usize),
) -> Vec<ManualPartition> {
    let change = |(p, drawn): (&Partition, &Option<ManualAction>)| {
        let action = match (is_chained(p), chain) {
            (true, Chain::Stays) if p.number <= 4 => None,
            // Alone, none of them can go.
            (true, Chain::Stays) if *drawn == Some(ManualAction::Delete) => {
                Some(ManualAction::Format)
            }
            (true, Chain::Stays) => *drawn,
            (true, Chain::Goes) => Some(ManualAction::Delete),
            (true, Chain::Mixed) | (false, _) => *drawn,
        };
        Some(ManualPartition {
            action: Some(action?),
            partition: Some(PartitionMatch {
                number: Some(p.number),
                ..PartitionMatch::default()
            }),
            kind: (action == Some(ManualAction::Format)).then_some(PartitionType::Linux),
            size: (action == Some(ManualAction::Resize)).then_some(PartSize::Rest),
            ..ManualPartition::default()
        })
    };
    let mut edits: Vec<_> = old.iter().zip(changes).filter_map(change).collect();
    let places = ["/", "/boot", "/srv/a", "/srv/b"];
    let wanted = places.into_iter().filter(|at| !bios || *at != "/boot");
    edits.extend(wanted.take(more).map(|at| ManualPartition {
        size: Some(PartSize::Exactly(Size(Bytes::gib(if at == "/" {
            10
        } else {
            1
        })))),
        mount: Some(at.parse().unwrap()),
        ..ManualPartition::default()
    }));
    edits
}

/// Nothing that stays is formatted, and the steps know one disk and one table.
fn nothing_else_is_touched(plan: &Plan) -> Result<(), TestCaseError> {
    prop_assert!(plan.others.is_empty());
    let table = &plan.disk.table;
    for step in &plan.steps {
        match &step.action {
            Action::MakeFileSystem { device, .. } | Action::MakeSwap { device, .. } => {
                let is_new = |p: &nevado::storage::NewPartition| *device == Device::Partition(p.id);
                prop_assert!(table.partitions.iter().any(is_new));
            }
            Action::WriteTable { table: written, .. } => prop_assert_eq!(written, table),
            _ => {}
        }
    }
    Ok(())
}

/// An editor shows the partitions that the plan has, at their places.
fn rows_are_the_plan(machine: &Machine, preset: &Preset, plan: &Plan) -> Result<(), TestCaseError> {
    let disk = &machine.disks.known().unwrap()[0];
    let edited = edited_disk(&Survey::of(machine), disk, &preset.disk, 0).unwrap();
    prop_assert_eq!(&edited.problems, &[]);
    prop_assert_eq!(places(&edited), plan.disk.table.places());
    Ok(())
}

#[test]
fn by_hand_too_nothing_moves_that_stays_and_a_chain_is_never_broken() {
    let (planned, whole_chains, refused) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let (anew, grown, frames) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let cases = (partitions(), changes(), chain(), any::<bool>(), 1..4_usize);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 4000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let run = |((old, sectors), changes, chain, bios, more): Case| {
        let machine = machine(bios, old.clone(), sectors.max(1 << 22));
        let text = include_str!("presets/smallest.toml");
        let mut preset = nevado::preset::read(text, "smallest.toml").unwrap();
        preset.disk.layout = Some(Layout::Manual);
        let partitions = edits(&old, &changes, chain, (bios, more));
        preset.disk.disks = vec![ManualDisk {
            partitions: partitions.clone(),
            ..ManualDisk::default()
        }];
        let goes = |action| matches!(action, ManualAction::Delete | ManualAction::Format);
        let gone = partitions.iter().filter(|edit| goes(edit.action()));
        let number = |edit: &ManualPartition| edit.partition.as_ref()?.number;
        let gone: Vec<u32> = gone.filter_map(number).collect();
        let is_larger = |edit: &&ManualPartition| edit.action() == ManualAction::Resize;
        let larger: Vec<u32> = partitions
            .iter()
            .filter(is_larger)
            .filter_map(number)
            .collect();
        match resolve(&machine, &preset, Seed::new([7; 32])) {
            Ok(plan) => {
                planned.set(planned.get() + 1);
                check(&old, &plan.disk.table, (&gone, &larger), bios)?;
                let table = &plan.disk.table;
                anew.set(anew.get() + table.partitions.iter().filter(|p| p.number > 4).count());
                grown.set(grown.get() + larger.len());
                let along = |p: &&KeptPartition| p.is_extended() && p.is_longer();
                frames.set(frames.get() + table.kept().iter().filter(along).count());
                nothing_else_is_touched(&plan)?;
                rows_are_the_plan(&machine, &preset, &plan)?;
                let left = table.kept().iter();
                let left = left.filter(|p| p.is_extended() || p.is_logical()).count();
                let left = left + table.partitions.iter().filter(|p| p.number > 4).count();
                let all = old.iter().filter(|p| is_chained(p)).count();
                prop_assert!(left == 0 || left == all, "{} of {}", left, all);
                whole_chains.set(whole_chains.get() + usize::from(left < all));
            }
            Err(problems) => {
                refused.set(refused.get() + 1);
                prop_assert!(problems.0.iter().any(|p| p.severity == Severity::Error));
                for problem in &problems.0 {
                    prop_assert!(problem.field.starts_with("disk"), "{}", problem);
                    let told = problem.message.contains("together with");
                    prop_assert!(!told || chain == Chain::Mixed, "{}", problem);
                }
            }
        }
        Ok(())
    };
    runner.run(&cases, run).unwrap();
    let (planned, whole, refused) = (planned.get(), whole_chains.get(), refused.get());
    let (anew, grown, frames) = (anew.get(), grown.get(), frames.get());
    println!(
        "{planned} planned, {whole} of them without a chain that was there, {refused} refused; {anew} logical \
         ones made anew, {grown} larger, {frames} of them with the extended one"
    );
    assert!(planned > 100 && whole > 20 && refused > 100);
    assert!(anew > 20 && grown > 20 && frames > 2);
}
