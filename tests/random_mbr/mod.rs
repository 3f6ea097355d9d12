//! Random disks with an MBR: up to four entries, one of which may be extended with logical partitions in it,
//! odd sectors, disks beyond 2 TiB.

use nevado::machine::{Content, Disk, Fact, FileSystem, Machine, Partition, Table, TableKind};
use nevado::units::{Bytes, Sectors};
use proptest::prelude::*;
use std::path::PathBuf;

/// What every disk here is known by.
pub(crate) const SIGNATURE: &str = "5eed5eed";

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
        attributes: 0,
        holders: Vec::new(),
    }
}

/// A table of these, the numbers in any order, and what is free behind it; where it has none that is extended,
/// the choice is out of reach.
pub(crate) fn partitions() -> impl Strategy<Value = (Vec<Partition>, u64)> {
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
pub(crate) fn machine(bios: bool, partitions: Vec<Partition>, sectors: u64) -> Machine {
    let text = match bios {
        true => include_str!("../machines/empty-bios.json"),
        false => include_str!("../machines/empty-uefi.json"),
    };
    let mut machine: Machine = serde_json::from_str(text).unwrap();
    let mut disk: Disk = machine.disks.known().unwrap()[0].clone();
    disk.path = PathBuf::from("/dev/sda");
    disk.size = Bytes(sectors * 512);
    disk.table = Fact::Known(Table::Partitioned {
        kind: TableKind::Mbr {
            signature: SIGNATURE.to_owned(),
        },
        partitions,
        gaps: Vec::new(),
        hybrid: false,
        flaw: None,
    });
    machine.disks = Fact::Known(vec![disk]);
    machine
}
