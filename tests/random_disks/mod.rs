//! Disks with random tables: gaps, odd sectors, 4Kn, 100 TB, up to 128 partitions in any slots.

use nevado::machine::{
    Content, Disk, Fact, FileSystem, FoundLinux, Installed, Machine, Measured, Partition,
    SectorSizes, Shrink, Subvolume, Subvolumes, Table, TableKind, Transport,
};
use nevado::units::{Bytes, SectorSize, Sectors};
use proptest::prelude::*;
use std::path::PathBuf;

/// The type of an EFI system partition.
pub(crate) const ESP: &str = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
const LINUX: &str = "0fc63daf-8483-4772-8e79-3d69d8477de4";

/// A partition before it has a place: what it holds, how long it is, what comes before it.
#[derive(Clone, Debug)]
struct Piece {
    esp: Option<(u64, u64)>,
    /// Of ext4, NTFS and btrfs: the minimum and what is recommended, in thousandths of the partition.
    measured: Option<(u64, u64)>,
    held: Held,
    gap: u64,
    length: u64,
}

/// What a partition holds that is no EFI system partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Nothing,
    /// ext4, whose root is a Linux' or not.
    Ext {
        linux: bool,
    },
    /// NTFS, with a Windows or without.
    Ntfs {
        windows: bool,
    },
    /// btrfs with the root and the home folders of a Linux in subvolumes, or without any.
    Btrfs {
        linux: bool,
    },
    /// A container that nobody has opened.
    Luks,
}

fn held() -> impl Strategy<Value = Held> {
    prop_oneof![
        2 => Just(Held::Nothing),
        10 => prop::bool::weighted(0.1).prop_map(|linux| Held::Ext { linux }),
        3 => any::<bool>().prop_map(|windows| Held::Ntfs { windows }),
        3 => any::<bool>().prop_map(|linux| Held::Btrfs { linux }),
        2 => Just(Held::Luks),
    ]
}

fn piece() -> impl Strategy<Value = Piece> {
    // Free and used MiB of an ESP, known or not.
    let esp = prop::option::weighted(0.2, (0..600_u64, 0..600_u64));
    let gap = prop_oneof![
        4 => Just(0_u64),
        2 => 1..5000_u64,
        2 => 5000..200_000_000_u64,
    ];
    let length = prop_oneof![1..10_000_u64, 10_000..400_000_000_u64];
    let measured = prop::option::weighted(0.8, (0..1100_u64, 0..300_u64));
    (esp, measured, held(), gap, length).prop_map(|(esp, measured, held, gap, length)| Piece {
        esp,
        measured,
        held,
        gap,
        length,
    })
}

/// A file system of which only the kind is known.
fn plain(kind: &str) -> FileSystem {
    FileSystem {
        kind: kind.to_owned(),
        label: None,
        uuid: None,
        size: None,
        used: None,
        shrink: None,
        home_folders: None,
        installed: None,
        inside: None,
        subvolumes: None,
    }
}

fn file_system(held: Held, piece: &Piece, number: u32, sector: SectorSize) -> FileSystem {
    let size = Sectors(piece.length).bytes(sector);
    let part = |thousandths: u64| Bytes(size.0 / 1000 * thousandths);
    let shrink = piece.measured.map(|(minimum, room)| {
        Shrink::Possible(Measured {
            size,
            minimum: part(minimum),
            recommended: part(minimum + room),
        })
    });
    let linux = |subvolume: Option<&str>| {
        let mut found = FoundLinux::new(format!("Linux {number}"), Some(Vec::new()));
        found.subvolume = subvolume.map(str::to_owned);
        Installed::Linux(Box::new(found))
    };
    let (kind, shrink, installed) = match held {
        Held::Nothing | Held::Luks => ("crypto_LUKS", None, None),
        Held::Ext { linux: is_root } => ("ext4", shrink, is_root.then(|| linux(None))),
        Held::Ntfs { windows } => ("ntfs", shrink, windows.then_some(Installed::Windows)),
        Held::Btrfs { linux: is_root } => ("btrfs", shrink, is_root.then(|| linux(Some("root")))),
    };
    let subvolumes = matches!(held, Held::Btrfs { linux: true }).then(|| Box::new(subvolumes()));
    FileSystem {
        uuid: Some(format!("dddddddd-0000-4000-8000-{number:012}")),
        size: Some(size),
        shrink,
        installed,
        subvolumes,
        ..plain(kind)
    }
}

/// Those that Fedora makes.
fn subvolumes() -> Subvolumes {
    let one = |(path, id): (&str, u64)| Subvolume {
        path: path.to_owned(),
        id,
        parent: 5,
        read_only: false,
        home_folders: None,
    };
    Subvolumes {
        default: 5,
        all: [("home", 256), ("root", 257)].map(one).to_vec(),
    }
}

fn partition(piece: &Piece, number: u32, start: u64, sector: SectorSize) -> Partition {
    let content = match (piece.esp, piece.held) {
        (None, Held::Nothing) => Content::Blank,
        (None, held) => Content::Formatted(file_system(held, piece, number, sector)),
        (Some((free, used)), _) => Content::Formatted(FileSystem {
            uuid: Some(format!("0000-{number:04X}")),
            size: Some(Bytes::mib(free + used)),
            used: Some(Bytes::mib(used)),
            ..plain("vfat")
        }),
    };
    Partition {
        number,
        path: PathBuf::from(format!("/dev/sda{number}")),
        start: Sectors(start),
        length: Sectors(piece.length),
        type_id: if piece.esp.is_some() { ESP } else { LINUX }.to_owned(),
        guid: Some(format!("aaaaaaaa-0000-4000-8000-{number:012}")),
        name: None,
        content,
        mounts: Vec::new(),
        attributes: 0,
        holders: Vec::new(),
    }
}

/// A disk with the serial number `S` that its partitions fill, up to some room at the end.
pub(crate) fn disk() -> impl Strategy<Value = Disk> {
    let slots = prop::sample::subsequence((1..=128_u32).collect::<Vec<_>>(), 0..=128);
    let pieces = prop::collection::vec(piece(), 128);
    let rest = prop_oneof![Just(0_u64), 1..100_000_u64, 1_000_000..200_000_000_000_u64];
    (slots.prop_shuffle(), pieces, rest, any::<bool>()).prop_map(|(slots, pieces, rest, big)| {
        let sector = if big {
            SectorSize::B4096
        } else {
            SectorSize::B512
        };
        let array = 16 * 1024 / sector.bytes();
        let mut at = array + 2;
        let mut partitions = Vec::new();
        for (piece, number) in pieces.iter().zip(slots) {
            at += piece.gap;
            partitions.push(partition(piece, number, at, sector));
            at += piece.length;
        }
        let sectors = at + rest + array + 1;
        Disk {
            name: "sda".to_owned(),
            path: PathBuf::from("/dev/sda"),
            by_id: Vec::new(),
            by_path: Vec::new(),
            model: None,
            serial: Some("S".to_owned()),
            wwn: None,
            size: Sectors(sectors).bytes(sector),
            sectors: SectorSizes {
                logical: sector,
                physical: SectorSize::B4096,
            },
            transport: Transport::Ata,
            rotational: false,
            removable: false,
            read_only: false,
            table: Fact::Known(Table::Partitioned {
                kind: TableKind::Gpt {
                    guid: "11111111-2222-4333-8444-555555555555".to_owned(),
                },
                hybrid: false,
                flaw: None,
                partitions,
                gaps: Vec::new(),
            }),
            mounts: Vec::new(),
            holders: Vec::new(),
            live_medium: false,
        }
    })
}

/// A machine with UEFI and these disks.
pub(crate) fn machine(disks: Vec<Disk>) -> Machine {
    let text = include_str!("../machines/empty-uefi.json");
    let mut machine: Machine = serde_json::from_str(text).unwrap();
    machine.disks = Fact::Known(disks);
    machine
}
