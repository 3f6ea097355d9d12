//! What holds for every plan, tried on random machines and presets.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::{
    Content, Disk, Fact, FileSystem, Firmware, Gap, Machine, Partition, SectorSizes, Table,
    TableKind, Transport,
};
use nevado::plan::{Action, Device, Plan, Seed, resolve};
use nevado::preset::{DiskChoice, DiskMatch, Encryption, FileSystemKind, Keys, Preset, Swap};
use nevado::storage::{PartitionId, PartitionRole};
use nevado::units::{Bytes, SectorSize, Sectors};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeSet;
use std::path::PathBuf;

const CASES: u32 = 2000;

/// The machine that random disks are put into.
fn machine(disks: Vec<Disk>, bios: bool) -> Machine {
    let text = if bios {
        include_str!("machines/empty-bios.json")
    } else {
        include_str!("machines/empty-uefi.json")
    };
    let mut machine: Machine = serde_json::from_str(text).unwrap();
    machine.disks = Fact::Known(disks);
    machine
}

fn sector_size() -> impl Strategy<Value = SectorSize> {
    prop_oneof![Just(SectorSize::B512), Just(SectorSize::B4096)]
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        Just(Content::Blank),
        Just(Content::Unknown("no permission".to_owned())),
        "[0-9a-f]{8}-[0-9a-f]{4}".prop_map(|uuid| Content::Formatted(FileSystem {
            kind: "ntfs".to_owned(),
            label: Some("Windows".to_owned()),
            uuid: Some(uuid),
            size: None,
            used: None,
            shrink: None,
            home_folders: None,
            installed: None,
            inside: None,
            subvolumes: None,
        })),
    ]
}

/// Partitions cut out of a disk of `sectors` at random places, never overlapping.
fn table(name: String, sectors: u64) -> impl Strategy<Value = Table> {
    let cut = (0..sectors.max(1), content());
    prop::collection::vec(cut, 0..12).prop_map(move |cuts| {
        let mut cuts: Vec<_> = cuts.into_iter().collect();
        cuts.sort_by_key(|(at, _)| *at);
        cuts.dedup_by_key(|(at, _)| *at);
        let partitions = cuts
            .windows(2)
            .zip(1u32..)
            .map(|(pair, number)| Partition {
                number,
                path: PathBuf::from(format!("/dev/{name}{number}")),
                start: Sectors(pair[0].0),
                length: Sectors(pair[1].0 - pair[0].0),
                type_id: "0fc63daf-8483-4772-8e79-3d69d8477de4".to_owned(),
                guid: None,
                name: None,
                content: pair[0].1.clone(),
                mounts: Vec::new(),
                attributes: 0,
                holders: Vec::new(),
            })
            .collect();
        Table::Partitioned {
            kind: TableKind::Gpt {
                guid: "11111111-2222-4333-8444-555555555555".to_owned(),
            },
            hybrid: false,
            flaw: None,
            partitions,
            gaps: vec![Gap {
                start: Sectors(0),
                length: Sectors(1),
            }],
        }
    })
}

fn disk(index: usize) -> impl Strategy<Value = Disk> {
    let name = format!("sd{}", (b'a' + index as u8) as char);
    let size = prop_oneof![
        1 => 0..Bytes::gib(8).0,
        4 => Bytes::gib(8).0..Bytes::gib(4096).0,
        1 => Bytes::gib(4096).0..Bytes::gib(100 * 1024).0,
    ];
    (size, sector_size(), any::<[bool; 3]>()).prop_flat_map(move |(size, sector, flags)| {
        let name = name.clone();
        let sectors = size / sector.bytes();
        let table = prop_oneof![
            2 => table(name.clone(), sectors).prop_map(Fact::Known),
            1 => content().prop_map(|content| Fact::Known(Table::Whole { content })),
            1 => Just(Fact::Unknown("no permission".to_owned())),
        ];
        table.prop_map(move |table| Disk {
            path: PathBuf::from(format!("/dev/{name}")),
            by_id: vec![PathBuf::from(format!("/dev/disk/by-id/ata-{name}"))],
            by_path: Vec::new(),
            model: Some("Model".to_owned()),
            serial: Some(name.clone()),
            wwn: None,
            size: Bytes(size),
            sectors: SectorSizes {
                logical: sector,
                physical: SectorSize::B4096,
            },
            transport: Transport::Ata,
            rotational: flags[0],
            removable: flags[1],
            read_only: false,
            table,
            mounts: Vec::new(),
            holders: Vec::new(),
            live_medium: flags[2] && index > 0,
            name: name.clone(),
        })
    })
}

fn machines() -> impl Strategy<Value = Machine> {
    (disk(0), disk(1), disk(2), any::<bool>())
        .prop_map(|(a, b, c, bios)| machine(vec![a, b, c], bios))
}

/// A preset that means one of the three disks, by its serial number.
fn presets() -> impl Strategy<Value = Preset> {
    let text = include_str!("presets/smallest.toml");
    let preset = nevado::preset::read(text, "smallest.toml").unwrap();
    let storage = (0..4usize, any::<bool>(), 0..5usize);
    (0..4usize, storage).prop_map(move |(index, (kind, encrypted, swap))| {
        let mut preset = preset.clone();
        if index < 3 {
            let serial = Some(format!("sd{}", (b'a' + index as u8) as char));
            preset.disk.choose = DiskChoice::Match(DiskMatch {
                serial,
                ..DiskMatch::default()
            });
        }
        preset.disk.file_system = FileSystemKind::ALL.get(kind).copied();
        preset.disk.encrypt = encrypted.then_some(Encryption::On(Keys::default()));
        preset.disk.swap = Swap::ALL.get(swap).copied();
        preset
    })
}

/// Every device that a plan writes to, and every partition GUID that it uses.
fn touched(plan: &Plan) -> (BTreeSet<PathBuf>, BTreeSet<PartitionId>) {
    let (mut disks, mut partitions) = (BTreeSet::new(), BTreeSet::new());
    let mut opened = BTreeSet::new();
    for step in &plan.steps {
        match &step.action {
            Action::SaveTable { disk }
            | Action::Release { disk }
            | Action::Wipe { disk }
            | Action::WriteTable { disk, .. } => {
                disks.insert(disk.clone());
            }
            Action::CheckIdentity { disk } => {
                disks.insert(disk.path.clone());
            }
            Action::Encrypt { partition, .. } => {
                partitions.insert(*partition);
            }
            Action::Shrink(smaller) => {
                partitions.insert(smaller.partition);
            }
            Action::LookOver(larger) | Action::Grow(larger) => {
                partitions.insert(larger.partition);
            }
            Action::TryMount { partition, .. } => {
                partitions.insert(*partition);
            }
            Action::FindSubvolumes(named) => {
                partitions.insert(named.partition);
            }
            Action::DeleteSubvolumes { partition, .. } => {
                partitions.insert(*partition);
            }
            Action::OpenEncrypted { partition, luks } => {
                partitions.insert(*partition);
                opened.insert(luks.device());
            }
            Action::TryContainer { partition, .. } => {
                partitions.insert(*partition);
            }
            Action::OpenKept { partition, luks } => {
                partitions.insert(*partition);
                opened.insert(luks.device());
            }
            Action::WipeInside { device }
            | Action::MakeFileSystem { device, .. }
            | Action::MakeSubvolumes { device, .. }
            | Action::MakeSwap { device, .. }
            | Action::Mount { device, .. } => match device {
                Device::Partition(guid) => drop(partitions.insert(*guid)),
                mapped @ Device::Mapped { .. } => assert!(opened.contains(mapped), "{mapped}"),
            },
            // On whatever disk: it is only read.
            Action::FindSleepers { .. }
            | Action::Evaluate { .. }
            | Action::MakeSwapFile { .. }
            | Action::Inhibit
            | Action::WriteFiles { .. }
            | Action::Build { .. }
            | Action::InstallSystem { .. }
            | Action::SetPasswords { .. }
            | Action::CarryConnections
            | Action::KeepRecord
            | Action::Unmount
            | Action::Verify => {}
        }
    }
    (disks, partitions)
}

fn identifiers(plan: &Plan) -> Vec<String> {
    let mut ids = vec![plan.nonce.to_string(), plan.disk.table.id.to_string()];
    ids.extend(plan.disk.table.partitions.iter().map(|p| p.id.to_string()));
    ids.extend(plan.steps.iter().filter_map(|step| match &step.action {
        Action::MakeFileSystem { file_system, .. } => Some(file_system.identifier()),
        Action::Encrypt { luks, .. } => Some(luks.uuid.to_string()),
        Action::MakeSwap { uuid, .. } => Some(uuid.to_string()),
        _ => None,
    }));
    ids
}

/// Sectors are aligned, in order, apart from each other, and inside what GPT leaves free.
fn layout_holds(plan: &Plan) -> Result<(), TestCaseError> {
    let table = &plan.disk.table;
    let sector = table.sector_size;
    let reserved = 16 * 1024 / sector.bytes() + 1;
    prop_assert_eq!(table.length, plan.disk.identity.size.whole_sectors(sector));
    let mut free_from = 1 + reserved;
    for partition in &table.partitions {
        prop_assert!(partition.length.0 > 0);
        prop_assert_eq!(partition.start.bytes(sector).0 % Bytes::mib(1).0, 0);
        prop_assert_eq!(partition.length.bytes(sector).0 % Bytes::mib(1).0, 0);
        prop_assert!(partition.start.0 >= free_from);
        free_from = partition.last().0 + 1;
    }
    prop_assert!(free_from + reserved <= table.length.0);
    Ok(())
}

/// The firmware finds what it starts from: an ESP with a file system at `/boot`, or a BIOS boot
/// partition of one MiB without any, on sectors of 512 bytes.
fn firmware_can_start(machine: &Machine, plan: &Plan) -> Result<(), TestCaseError> {
    let table = &plan.disk.table;
    let first = &table.partitions[0];
    let size = first.length.bytes(table.sector_size);
    let made = |action: &Action| matches!(action, Action::MakeFileSystem { device, .. } if *device == Device::Partition(first.id));
    let has_file_system = plan.steps.iter().any(|step| made(&step.action));
    if machine.firmware.known() == Some(&Firmware::Bios) {
        prop_assert_eq!(first.role, PartitionRole::BiosBoot);
        prop_assert_eq!(size, Bytes::mib(1));
        prop_assert_eq!(table.sector_size, SectorSize::B512);
        prop_assert!(!has_file_system);
    } else {
        prop_assert_eq!(first.role, PartitionRole::Esp);
        prop_assert_eq!(size, Bytes::gib(1));
        prop_assert!(has_file_system);
    }
    Ok(())
}

/// Root and swap are encrypted or not, as asked; what GRUB reads is a plain ext4 within the sectors that a
/// BIOS counts with 32 bits.
fn encryption_is_as_asked(preset: &Preset, plan: &Plan) -> Result<(), TestCaseError> {
    let asked = preset.disk.encrypt.is_some();
    for partition in &plan.disk.table.partitions {
        let encrypted = plan.steps.iter().any(|step| {
            matches!(&step.action, Action::Encrypt { partition: guid, .. } if *guid == partition.id)
        });
        let private = matches!(
            partition.role,
            PartitionRole::RootX86_64 | PartitionRole::RootAarch64 | PartitionRole::Swap
        );
        prop_assert_eq!(encrypted, asked && private);
    }
    let has = |role| plan.disk.table.partitions.iter().any(|p| p.role == role);
    let within = plan.disk.table.length.0 <= 1 << 32;
    let plain = within && !asked && preset.disk.file_system == Some(FileSystemKind::Ext4);
    prop_assert_eq!(
        has(PartitionRole::Boot),
        has(PartitionRole::BiosBoot) && !plain
    );
    let swap = matches!(preset.disk.swap, Some(Swap::Partition | Swap::Hibernate));
    prop_assert_eq!(has(PartitionRole::Swap), swap);
    Ok(())
}

#[test]
fn every_plan_keeps_the_rules() {
    let seed = std::env::var("NEVADO_TEST_SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or_else(|| std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64);
    println!("{CASES} cases, NEVADO_TEST_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let planned = std::cell::Cell::new(0);
    let seeds = (any::<[u8; 32]>(), any::<[u8; 32]>()).prop_filter("two seeds", |(a, b)| a != b);
    runner
        .run(
            &(machines(), presets(), seeds),
            |(machine, preset, (seed, other))| {
                let Ok(plan) = resolve(&machine, &preset, Seed::new(seed)) else {
                    return Ok(());
                };
                planned.set(planned.get() + 1);
                layout_holds(&plan)?;
                firmware_can_start(&machine, &plan)?;
                encryption_is_as_asked(&preset, &plan)?;

                let (disks, partitions) = touched(&plan);
                prop_assert_eq!(disks, BTreeSet::from([plan.disk.identity.path.clone()]));
                let own: BTreeSet<_> = plan.disk.table.partitions.iter().map(|p| p.id).collect();
                prop_assert!(partitions.is_subset(&own));
                let chosen = machine
                    .disks
                    .known()
                    .unwrap()
                    .iter()
                    .find(|d| d.path == plan.disk.identity.path);
                let chosen = chosen.unwrap();
                prop_assert!(!chosen.live_medium && !chosen.read_only);
                if let DiskChoice::Match(wanted) = &preset.disk.choose {
                    prop_assert_eq!(&wanted.serial, &chosen.serial);
                }

                prop_assert_eq!(&resolve(&machine, &preset, Seed::new(seed)).unwrap(), &plan);
                let ids = identifiers(&plan);
                let unique: BTreeSet<&String> = ids.iter().collect();
                prop_assert_eq!(unique.len(), ids.len());
                let others = identifiers(&resolve(&machine, &preset, Seed::new(other)).unwrap());
                prop_assert!(ids.iter().all(|id| !others.contains(id)));
                Ok(())
            },
        )
        .unwrap();
    println!("{} plans", planned.get());
    assert!(
        planned.get() > CASES / 4,
        "too few of the random machines can be installed on"
    );
}
