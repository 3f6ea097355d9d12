//! What holds where a whole Linux is replaced by its name, tried on random tables with random systems in
//! them, each with a random fstab.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod random_disks;

use nevado::machine::{Content, Disk, Fact, FoundLinux, FstabLine, Installed, Partition, Table};
use nevado::plan::{Seed, resolve};
use nevado::preset::{FoundSystem, Layout, LinuxName, Preset};
use nevado::storage::{KeptPartition, PartitionRole};
use proptest::prelude::*;
use random_disks::{disk, machine};
use std::cell::Cell;
use std::iter;

/// The preset that replaces the Linux of this name.
fn replacing(name: &str) -> Preset {
    let text = include_str!("presets/smallest.toml");
    let mut preset = nevado::preset::read(text, "smallest.toml").unwrap();
    preset.disk.layout = Some(Layout::Replace);
    preset.disk.system = Some(FoundSystem::Linux(LinuxName::new(name).unwrap()));
    preset
}

/// Lines of a fstab: which partition, by which of its names, where.
type Lines = Vec<(usize, bool, usize)>;

/// Where they mount it; the last is swap.
const PLACES: [&str; 6] = ["/", "/boot", "/home", "/srv", "/boot/efi", "none"];

/// What a Linux is looked for in.
fn is_root(kind: &str) -> bool {
    ["ext4", "btrfs", "xfs"].contains(&kind)
}

/// The disk with a Linux in some of its partitions; others are looked at in vain, `all` or some.
fn with_systems(mut disk: Disk, all: bool, systems: &[(usize, Option<Lines>)]) -> Disk {
    let names: Vec<_> = { disk.partitions().iter() }
        .map(|p| match &p.content {
            Content::Formatted(fs) => (p.guid.clone(), fs.uuid.clone()),
            Content::Blank | Content::Unknown(_) => (p.guid.clone(), None),
        })
        .collect();
    let line = |(which, by_guid, at): &(usize, bool, usize)| {
        let (guid, uuid) = names[which % names.len()].clone();
        let source = match uuid.filter(|_| !by_guid) {
            Some(uuid) => format!("UUID={uuid}"),
            None => format!("PARTUUID={}", guid.unwrap()),
        };
        let at = PLACES[at % PLACES.len()];
        FstabLine {
            source,
            at: at.to_owned(),
            kind: if at == "none" { "swap" } else { "ext4" }.to_owned(),
            subvolume: None,
        }
    };
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disk.table else {
        panic!("{:?}", disk.table);
    };
    for partition in partitions.iter_mut().filter(|_| all) {
        if let Content::Formatted(fs) = &mut partition.content
            && is_root(&fs.kind)
        {
            fs.installed = Some(Installed::Nothing);
        }
    }
    for (number, (which, system)) in systems.iter().enumerate() {
        let count = partitions.len();
        if let Content::Formatted(fs) = &mut partitions[which % count].content
            && is_root(&fs.kind)
        {
            fs.installed = Some(match system {
                None => Installed::Nothing,
                Some(lines) => {
                    let own = line(&(which % count, false, 0));
                    let fstab = iter::once(own).chain(lines.iter().map(line)).collect();
                    let linux = FoundLinux::new(format!("Linux {number}"), Some(fstab));
                    Installed::Linux(Box::new(linux))
                }
            });
        }
    }
    disk
}

/// A Linux that is replaced takes its root and what it alone mounts in the places of a system, and
/// nothing else: no ESP, nothing that another one mounts, too.
#[test]
fn a_linux_takes_what_is_its_own() {
    let lines = prop::collection::vec((any::<usize>(), any::<bool>(), any::<usize>()), 0..4);
    let system = (any::<usize>(), prop::option::weighted(0.6, lines));
    let systems = prop::collection::vec(system, 1..40);
    let cases = (disk(), any::<bool>(), systems, any::<[u8; 32]>());
    let (alone, more) = (Cell::new(0), Cell::new(0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let named = |linux: &FoundLinux, p: &Partition, wanted: &[&str]| {
        let uuid = match &p.content {
            Content::Formatted(fs) => fs.uuid.as_ref().map(|uuid| format!("UUID={uuid}")),
            Content::Blank | Content::Unknown(_) => None,
        };
        let guid = format!("PARTUUID={}", p.guid.as_ref().unwrap());
        let lines = linux.fstab.iter().flatten();
        let mut lines = lines.filter(|line| wanted.is_empty() || wanted.contains(&&*line.at));
        lines.any(|line| line.source == guid || Some(&line.source) == uuid.as_ref())
    };
    runner
        .run(&cases, |(disk, all, systems, seed)| {
            prop_assume!(!disk.partitions().is_empty());
            let disk = with_systems(disk, all, &systems);
            let linux = |p: &Partition| match &p.content {
                Content::Formatted(fs) => fs.linux().cloned(),
                Content::Blank | Content::Unknown(_) => None,
            };
            for root in disk.partitions() {
                let Some(own) = linux(root) else { continue };
                let preset = replacing(&own.name);
                let machine = machine(vec![disk.clone()]);
                let Ok(plan) = resolve(&machine, &preset, Seed::new(seed)) else {
                    continue;
                };
                let stays: Vec<u32> = plan.disk.table.kept().iter().map(|p| p.number).collect();
                let gone = disk
                    .partitions()
                    .iter()
                    .filter(|p| !stays.contains(&p.number));
                let gone: Vec<&Partition> = gone.collect();
                prop_assert!(gone.iter().any(|p| p.number == root.number));
                for partition in gone.iter().filter(|p| p.number != root.number) {
                    prop_assert!(named(&own, partition, &["/boot", "/home", "none"]));
                    prop_assert!(!PartitionRole::Esp.is_of(partition));
                    let others = disk.partitions().iter().filter(|p| p.number != root.number);
                    for other in others.filter_map(linux) {
                        prop_assert!(!named(&other, partition, &[]), "{other:?}");
                    }
                }
                let count = if gone.len() == 1 { &alone } else { &more };
                count.set(count.get() + 1);
                for kept in plan.disk.table.kept() {
                    let old = disk
                        .partitions()
                        .iter()
                        .find(|p| p.number == kept.number)
                        .unwrap();
                    prop_assert_eq!((kept.start, kept.length), (old.start, old.length));
                    prop_assert_eq!(Some(kept.id.to_string()), old.guid.clone());
                }
                for new in &plan.disk.table.partitions {
                    let apart = |kept: &KeptPartition| {
                        new.start.0 + new.length.0 <= kept.start.0
                            || kept.start.0 + kept.length.0 <= new.start.0
                    };
                    prop_assert!(plan.disk.table.kept().iter().all(apart));
                }
                prop_assert_eq!(plan.disk.losses.len(), gone.len());
            }
            Ok(())
        })
        .unwrap();
    let (alone, more) = (alone.get(), more.get());
    println!("{alone} roots alone, {more} with more");
    assert!(alone > 50 && more > 5);
}
