//! What holds for every layout on a disk with an MBR, tried on random tables: up to four entries, one of
//! which may be extended with logical partitions in it, odd sectors, disks beyond 2 TiB, BIOS and UEFI.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::{Content, Disk, Fact, FileSystem, Machine, Partition, Table, TableKind};
use nevado::plan::{Action, Plan, RowKind, Seed, Severity, SpotPlace, edited_disk, modes, resolve};
use nevado::preset::{
    DiskChoice, DiskMatch, Layout, ManualAction, ManualDisk, ManualPartition, PartSize,
    PartitionMatch, PartitionType, Preset, Size,
};
use nevado::storage::{Device, NewTable, PartitionRole};
use nevado::units::{Bytes, Sectors};
use proptest::prelude::*;
use std::cell::Cell;
use std::path::PathBuf;

const SIGNATURE: &str = "5eed5eed";

/// A primary partition before it has a place: the gap before it, its length, its type, and for an extended
/// one gaps and lengths of the logical ones.
#[derive(Clone, Debug)]
struct Piece {
    gap: u64,
    length: u64,
    kind: u8,
    logical: Vec<(u64, u64)>,
}

fn piece() -> impl Strategy<Value = Piece> {
    let gap = prop_oneof![3 => Just(0_u64), 2 => 1..5000_u64, 2 => 5000..900_000_000_u64];
    let length = prop_oneof![1..100_000_u64, 100_000..1_200_000_000_u64];
    let kind = prop::sample::select(vec![0x07_u8, 0x83, 0x82, 0x0C, 0xEF, 0x27]);
    let logical = prop::collection::vec((1..5000_u64, 1..100_000_000_u64), 0..6);
    (gap, length, kind, logical).prop_map(|(gap, length, kind, logical)| Piece {
        gap,
        length,
        kind,
        logical,
    })
}

fn partition(number: u32, start: u64, length: u64, kind: u8) -> Partition {
    let holds = |kind: &str| {
        Content::Formatted(FileSystem {
            kind: kind.to_owned(),
            label: None,
            uuid: Some(format!("dddddddd-0000-4000-8000-{number:012}")),
            size: None,
            used: None,
            shrink: None,
            home_folders: None,
            installed: None,
            inside: None,
            subvolumes: None,
        })
    };
    Partition {
        number,
        path: PathBuf::from(format!("/dev/sda{number}")),
        start: Sectors(start),
        length: Sectors(length),
        type_id: format!("{kind:#04x}"),
        guid: Some(format!("{SIGNATURE}-{number:02x}")),
        name: None,
        content: match kind {
            0x0F => holds("dos"),
            0x07 => holds("ntfs"),
            0x83 => holds("ext4"),
            _ => Content::Blank,
        },
        mounts: Vec::new(),
        holders: Vec::new(),
    }
}

/// A table of these, the numbers in any order, and what is free behind it; where it has none that is extended,
/// the choice is out of reach.
fn partitions() -> impl Strategy<Value = (Vec<Partition>, u64)> {
    let numbers = prop::sample::subsequence(vec![1_u32, 2, 3, 4], 1..=4).prop_shuffle();
    let pieces = prop::collection::vec(piece(), 4);
    let rest = prop_oneof![Just(0_u64), 1..100_000_u64, 1_000_000..4_000_000_000_u64];
    let first = prop::sample::select(vec![1_u64, 63, 100, 129, 2048]);
    (numbers, pieces, rest, first, 0..8_usize).prop_map(
        |(numbers, pieces, rest, first, extended)| {
            let mut at = first;
            let mut all = Vec::new();
            for (index, (number, piece)) in numbers.into_iter().zip(&pieces).enumerate() {
                let start = at + piece.gap;
                let inside: u64 = piece.logical.iter().map(|(gap, length)| gap + length).sum();
                let (kind, length) = match index == extended {
                    true => (0x0F, inside + piece.length),
                    false => (piece.kind, piece.length),
                };
                if start + length > u64::from(u32::MAX) {
                    break;
                }
                all.push(partition(number, start, length, kind));
                let mut place = start;
                let chain = piece.logical.iter().filter(|_| kind == 0x0F);
                for (logical, (gap, length)) in (5..).zip(chain) {
                    all.push(partition(logical, place + gap, *length, 0x83));
                    place += gap + length;
                }
                at = start + length;
            }
            all.sort_by_key(|p| (p.start, p.number));
            (all, at + rest)
        },
    )
}

/// A recorded machine whose one disk has this table.
fn machine(bios: bool, partitions: Vec<Partition>, sectors: u64) -> Machine {
    let text = match bios {
        true => include_str!("machines/empty-bios.json"),
        false => include_str!("machines/empty-uefi.json"),
    };
    let mut machine: Machine = serde_json::from_str(text).unwrap();
    let mut disk: Disk = machine.disks.known().unwrap()[0].clone();
    disk.path = PathBuf::from("/dev/sda");
    disk.size = Bytes(sectors * 512);
    disk.table = Fact::Known(Table::Partitioned {
        kind: TableKind::Mbr {
            signature: SIGNATURE.to_owned(),
        },
        hybrid: false,
        partitions,
        gaps: Vec::new(),
    });
    machine.disks = Fact::Known(vec![disk]);
    machine
}

/// What must hold for each table that a layout gives.
fn check(
    old: &[Partition],
    table: &NewTable,
    gone: &[u32],
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
                p.length,
                p.id.to_string(),
                p.kind.to_string(),
            )
        })
        .collect();
    prop_assert_eq!(before, after);
    let outer = || table.kept().iter().filter(|p| !p.is_logical());
    for new in &table.partitions {
        prop_assert!((1..=4).contains(&new.number));
        prop_assert!(outer().all(|p| p.number != new.number));
        prop_assert_eq!(
            new.id.to_string(),
            format!("{SIGNATURE}-{:02x}", new.number)
        );
        prop_assert_eq!((new.start.0 % 2048, new.length.0 % 2048), (0, 0));
        prop_assert!(new.start.0 >= 2048 && new.last() < table.length);
        prop_assert!(new.last().0 <= u64::from(u32::MAX));
        prop_assert!(new.role != PartitionRole::BiosBoot);
        let apart =
            |p: &nevado::storage::KeptPartition| p.last() < new.start || new.last() < p.start;
        prop_assert!(table.kept().iter().all(apart));
    }
    if bios {
        // GRUB has its room, whoever is first now.
        prop_assert!(outer().all(|p| p.start.0 > 128));
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
        for mode in modes(&machine, &disk, &preset) {
            if mode.layout == Layout::Erase {
                continue;
            }
            for spot in mode.possible.into_iter().flatten() {
                let Ok(table) = spot.table else { continue };
                let gone = match spot.place {
                    SpotPlace::Partition(number) => vec![number],
                    SpotPlace::WholeDisk | SpotPlace::GapAfter(_) | SpotPlace::System(_) => Vec::new(),
                };
                check(&old, &table, &gone, bios)?;
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
            (true, Chain::Stays) => None,
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
    let edited = edited_disk(machine, disk, &preset.disk, 0).unwrap();
    prop_assert_eq!(&edited.problems, &[]);
    let places = edited.rows.iter().filter_map(|row| match row.kind {
        RowKind::Free { .. } => None,
        RowKind::Stays { number, .. }
        | RowKind::Smaller { number, .. }
        | RowKind::Larger { number, .. }
        | RowKind::Formatted { number, .. }
        | RowKind::New { number, .. } => Some((number, row.start, row.length)),
    });
    let mut places: Vec<_> = places.collect();
    places.sort_unstable();
    prop_assert_eq!(places, plan.disk.table.places());
    Ok(())
}

#[test]
fn by_hand_too_nothing_moves_that_stays_and_a_chain_is_never_broken() {
    let (planned, whole_chains, refused) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let cases = (partitions(), changes(), chain(), any::<bool>(), 1..4_usize);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1500,
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
        let gone: Vec<u32> = gone
            .filter_map(|edit| edit.partition.as_ref()?.number)
            .collect();
        match resolve(&machine, &preset, Seed::new([7; 32])) {
            Ok(plan) => {
                planned.set(planned.get() + 1);
                check(&old, &plan.disk.table, &gone, bios)?;
                nothing_else_is_touched(&plan)?;
                rows_are_the_plan(&machine, &preset, &plan)?;
                let left = plan.disk.table.kept().iter();
                let left = left.filter(|p| p.is_extended() || p.is_logical()).count();
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
    println!(
        "{planned} planned, {whole} of them without a chain that was there, {refused} refused"
    );
    assert!(planned > 100 && whole > 20 && refused > 100);
}
