//! Tests of tables read from disk images, and of the gaps between partitions.

use super::*;
use crate::machine::probe::Roots;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;

fn entry(number: u32, start: u64, length: u64) -> Entry {
    Entry {
        number,
        start: Sectors(start),
        length: Sectors(length),
        type_id: "0x83".to_owned(),
        guid: None,
        name: None,
        attributes: 0,
        extended: false,
    }
}

fn pairs(entries: &[Entry], usable: Range<u64>) -> Vec<(u64, u64)> {
    let gaps = gaps(entries, usable).into_iter();
    gaps.map(|gap| (gap.start.0, gap.length.0)).collect()
}

#[test]
fn gaps_are_what_no_partition_covers() {
    assert_eq!(pairs(&[], 34..1000), [(34, 966)]);
    let two = [entry(1, 100, 100), entry(2, 200, 50)];
    assert_eq!(pairs(&two, 34..1000), [(34, 66), (250, 750)]);
    // A logical partition lies in its extended one; what is free in there is covered.
    let nested = [entry(4, 100, 500), entry(5, 163, 100)];
    assert_eq!(pairs(&nested, 1..600), [(1, 99)]);
    // An image written to a stick may have a partition that begins at its first sector.
    assert_eq!(pairs(&[entry(1, 0, 400)], 1..500), [(400, 100)]);
    assert_eq!(pairs(&[entry(1, 0, 900)], 1..500), []);
}

/// A sparse image with a GPT and one partition.
fn image(folder: &Path, sector: SectorSize, total: u64) -> File {
    let size = match sector {
        SectorSize::B4096 => ::gpt::disk::LogicalBlockSize::Lb4096,
        _ => ::gpt::disk::LogicalBlockSize::Lb512,
    };
    let mut file = File::options()
        .create_new(true)
        .read(true)
        .write(true)
        .open(folder.join("image"))
        .unwrap();
    file.set_len(total * sector.bytes()).unwrap();
    let last = u32::try_from(total - 1).unwrap();
    ::gpt::mbr::ProtectiveMBR::with_lb_size(last)
        .overwrite_lba0(&mut file)
        .unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let mut disk = ::gpt::GptConfig::new()
        .writable(true)
        .logical_block_size(size)
        .create_from_device(file, None)
        .unwrap();
    disk.update_partitions(BTreeMap::new()).unwrap();
    let kind = ::gpt::partition_types::LINUX_FS;
    disk.add_partition("root", 1 << 20, kind, 0, None).unwrap();
    let mut file = disk.write().unwrap();
    file.flush().unwrap();
    file
}

fn block(folder: &Path) -> Block {
    Block {
        name: "vda".to_owned(),
        sysfs: folder.to_owned(),
        record: None,
        node: folder.join("image"),
    }
}

fn read(folder: &Path, sector: SectorSize, total: u64) -> Result<Table> {
    let roots = Roots::recorded(folder);
    let size = Sectors(total).bytes(sector);
    table(&roots, &block(folder), sector, size, &InUse::default())
}

#[test]
fn two_tables_for_one_disk_are_told_by_the_first_sector() {
    for hybrid in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let mut file = image(folder.path(), SectorSize::B512, 40_000);
        if hybrid {
            // The second of the four entries: an NTFS of 1000 sectors.
            file.seek(SeekFrom::Start(446 + 16)).unwrap();
            file.write_all(&[0x80, 0, 0, 0, 0x07, 0, 0, 0, 0, 8, 0, 0, 0xE8, 3, 0, 0])
                .unwrap();
        }
        let table = read(folder.path(), SectorSize::B512, 40_000).unwrap();
        let found = matches!(table, Table::Partitioned { hybrid: true, .. });
        assert_eq!(found, hybrid, "{table:?}");
    }
}

#[test]
fn a_gpt_is_read_with_either_sector_size() {
    for (sector, first, total) in [
        (SectorSize::B512, 34, 40_000),
        (SectorSize::B4096, 6, 5_000),
    ] {
        let folder = tempfile::tempdir().unwrap();
        image(folder.path(), sector, total);
        let table = read(folder.path(), sector, total).unwrap();
        let Table::Partitioned {
            partitions, gaps, ..
        } = table
        else {
            panic!("{table:?} has no partitions");
        };
        let [root] = partitions.as_slice() else {
            panic!("{partitions:?}");
        };
        assert_eq!(root.name.as_deref(), Some("root"));
        assert_eq!(root.type_id, "0fc63daf-8483-4772-8e79-3d69d8477de4");
        assert_eq!(root.length.bytes(sector), Bytes(1 << 20));
        assert!(matches!(root.content, Content::Unknown(_)));
        // What the header says is what is assumed for a table that can't be read.
        assert_eq!(gpt::usable(sector, Sectors(total)).start, first);
        let covered = gaps.iter().map(|gap| gap.length.0).sum::<u64>() + root.length.0;
        let usable = gpt::usable(sector, Sectors(total));
        assert_eq!(covered, usable.end - usable.start);
    }
}

#[test]
fn a_damaged_gpt_is_an_error_and_never_an_empty_disk() {
    let folder = tempfile::tempdir().unwrap();
    let file = image(folder.path(), SectorSize::B512, 40_000);
    file.write_all_at(b"not EFI!", 512).unwrap();
    assert!(read(folder.path(), SectorSize::B512, 40_000).is_ok());
    file.write_all_at(b"not EFI!", 39_999 * 512).unwrap();
    let error = read(folder.path(), SectorSize::B512, 40_000).unwrap_err();
    assert!(error.to_string().contains("damaged"), "{error:#}");
}

/// The CRC-32 that a GPT has of its header (UEFI 2.10, section 5.3.2).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
    let byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), step);
    !bytes.iter().fold(!0, byte)
}

/// Moves the entries of the first copy to another sector, and says so in its header.
fn move_entries(file: &File, to: u64) {
    let mut entries = vec![0; 32 * 512];
    file.read_exact_at(&mut entries, 2 * 512).unwrap();
    file.write_all_at(&entries, to * 512).unwrap();
    let mut header = [0; 92];
    file.read_exact_at(&mut header, 512).unwrap();
    header[72..80].copy_from_slice(&to.to_le_bytes());
    header[16..20].fill(0);
    let sum = checksum(&header);
    header[16..20].copy_from_slice(&sum.to_le_bytes());
    file.write_all_at(&header, 512).unwrap();
}

/// What is done to a table, and the flaw that it has then.
type Spoil = (fn(&File), Option<GptFlaw>);

#[test]
fn what_keeps_a_gpt_from_being_written_anew_is_told() {
    let spoils: [Spoil; 4] = [
        (|_| {}, None),
        (
            |file| file.write_all_at(b"not EFI!", 512).unwrap(),
            Some(GptFlaw::FirstHeaderDamaged),
        ),
        (
            |file| move_entries(file, 64),
            Some(GptFlaw::EntriesAt(Sectors(64))),
        ),
        // The second copy is written anew in any case.
        (
            |file| file.write_all_at(b"not EFI!", 39_999 * 512).unwrap(),
            None,
        ),
    ];
    for (spoil, expected) in spoils {
        let folder = tempfile::tempdir().unwrap();
        spoil(&image(folder.path(), SectorSize::B512, 40_000));
        let Table::Partitioned {
            flaw, partitions, ..
        } = read(folder.path(), SectorSize::B512, 40_000).unwrap()
        else {
            panic!("it has a table")
        };
        assert_eq!(flaw, expected);
        assert_eq!(partitions.len(), 1);
    }
}

#[test]
fn entries_of_another_size_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = image(folder.path(), SectorSize::B512, 40_000);
    file.write_all_at(&256_u32.to_le_bytes(), 512 + 84).unwrap();
    let error = read(folder.path(), SectorSize::B512, 40_000).unwrap_err();
    assert!(error.to_string().contains("256 bytes"), "{error:#}");
}

#[test]
fn a_disk_that_nobody_looked_at_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let roots = Roots::recorded(folder.path());
    let none = block(folder.path());
    let size = Bytes::gib(1);
    let error = table(&roots, &none, SectorSize::B512, size, &InUse::default()).unwrap_err();
    assert!(format!("{error:#}").contains("no record"), "{error:#}");
}

proptest! {
    /// Bytes changed anywhere in the table are read or refused, never a panic; what is read is on
    /// the disk, and its gaps touch no partition.
    #[test]
    fn a_gpt_with_changed_bytes_is_read_or_refused(
        changes in proptest::collection::vec((0_u64..34 * 512, any::<u8>()), 1..8),
        both in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let total = 4096;
        let file = image(folder.path(), SectorSize::B512, total);
        for (offset, byte) in changes {
            file.write_all_at(&[byte], offset).unwrap();
            if both {
                file.write_all_at(&[byte], total * 512 - 1 - offset).unwrap();
            }
        }
        if let Ok(Table::Partitioned { partitions, gaps, .. }) =
            read(folder.path(), SectorSize::B512, total)
        {
            for (part, gap) in partitions.iter().flat_map(|p| gaps.iter().map(move |g| (p, g))) {
                let apart = part.start.0 + part.length.0 <= gap.start.0
                    || gap.start.0 + gap.length.0 <= part.start.0;
                prop_assert!(apart, "{part:?} {gap:?}");
            }
        }
    }
}
