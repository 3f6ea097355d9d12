//! Tests of the boot record reader, on records made byte by byte.

use super::*;
use proptest::prelude::*;
use std::io::Cursor;

const TOTAL: Sectors = Sectors(4096);

/// A disk of [`TOTAL`] sectors without anything.
fn empty() -> Vec<u8> {
    vec![0; 4096 * 512]
}

/// Writes a record with entries of (type, start, length) into a sector.
fn write(disk: &mut [u8], sector: usize, signature: u32, entries: &[(u8, u32, u32)]) {
    let record = &mut disk[sector * 512..][..512];
    record[440..444].copy_from_slice(&signature.to_le_bytes());
    for (slot, (kind, start, length)) in entries.iter().enumerate() {
        let entry = &mut record[446 + slot * 16..][..16];
        entry[4] = *kind;
        entry[8..12].copy_from_slice(&start.to_le_bytes());
        entry[12..16].copy_from_slice(&length.to_le_bytes());
    }
    record[510..].copy_from_slice(&[0x55, 0xaa]);
}

fn read_all(disk: Vec<u8>) -> Result<BootRecord> {
    read(&mut Cursor::new(disk), SectorSize::B512, TOTAL)
}

fn entries_of(record: BootRecord) -> Vec<(u32, u64, u64, String)> {
    let BootRecord::Table(table) = record else {
        panic!("{record:?} is no table");
    };
    let entries = table.entries.into_iter();
    entries
        .map(|e| (e.number, e.start.0, e.length.0, e.type_id))
        .collect()
}

/// Two primary partitions, and two logical ones in an extended one.
fn with_logical() -> Vec<u8> {
    let mut disk = empty();
    let primary = [(0x07, 63, 937), (0, 0, 0), (0x0f, 1024, 3000)];
    write(&mut disk, 0, 0x5f2a_9c31, &primary);
    write(&mut disk, 1024, 0, &[(0x83, 63, 500), (0x05, 1000, 1000)]);
    write(&mut disk, 2024, 0, &[(0x82, 1, 900)]);
    disk
}

#[test]
fn logical_partitions_are_numbered_from_five() {
    let record = read_all(with_logical()).unwrap();
    let BootRecord::Table(table) = &record else {
        panic!("{record:?} is no table");
    };
    assert_eq!(table.entries[3].guid.as_deref(), Some("5f2a9c31-06"));
    assert_eq!(table.usable, 1..4096);
    assert_eq!(
        entries_of(record),
        [
            (1, 63, 937, "0x07".to_owned()),
            (3, 1024, 3000, "0x0f".to_owned()),
            (5, 1087, 500, "0x83".to_owned()),
            (6, 2025, 900, "0x82".to_owned()),
        ]
    );
}

/// What util-linux's `partx` sees, which numbers as the kernel does: number, first sector, length.
fn seen_by_partx(disk: &[u8]) -> String {
    let mut file = tempfile::Builder::new().suffix(".img").tempfile().unwrap();
    std::io::Write::write_all(&mut file, disk).unwrap();
    let output = std::process::Command::new("partx")
        .args(["--raw", "--noheadings", "--output=NR,START,SECTORS"])
        .arg(file.path())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_empty_first_record_takes_no_number() {
    let mut disk = empty();
    write(&mut disk, 0, 0x5f2a_9c31, &[(0x0f, 1024, 3000)]);
    write(&mut disk, 1024, 0, &[(0, 0, 0), (0x05, 500, 500)]);
    write(&mut disk, 1524, 0, &[(0x83, 63, 400), (0x05, 1000, 1000)]);
    write(&mut disk, 2024, 0, &[(0x82, 1, 900)]);
    let seen = seen_by_partx(&disk);
    let entries = entries_of(read_all(disk).unwrap());
    let logical = [
        (5, 1587, 400, "0x83".to_owned()),
        (6, 2025, 900, "0x82".to_owned()),
    ];
    assert_eq!(entries[1..], logical);
    for (number, start, length, _) in logical {
        let line = format!("{number} {start} {length}\n");
        assert!(seen.contains(&line), "{line}{seen}");
    }
}

#[test]
fn a_record_of_several_partitions_is_refused() {
    let several: [&[(u8, u32, u32)]; 4] = [
        &[(0x83, 63, 100), (0x83, 200, 100)],
        &[(0x83, 63, 100), (0, 0, 0), (0x83, 200, 100)],
        &[(0x83, 63, 100), (0, 0, 0), (0, 0, 0), (0x83, 200, 100)],
        &[(0x83, 63, 100), (0, 0, 0), (0x05, 1000, 1000)],
    ];
    for entries in several {
        let mut disk = with_logical();
        write(&mut disk, 2024, 0, entries);
        let error = read_all(disk).unwrap_err().to_string();
        assert!(error.contains("several partitions"), "{error}");
    }
    // Old tools left bytes of something else there.
    let mut disk = with_logical();
    let garbage = [(0x83, 63, 100), (0, 0, 0), (0x74, 0x6e65_7920, 0x6b6f_7220)];
    write(&mut disk, 2024, 0, &garbage);
    assert_eq!(entries_of(read_all(disk).unwrap()).len(), 4);
}

#[test]
fn what_is_no_table_is_absent() {
    assert_eq!(read_all(empty()).unwrap(), BootRecord::Absent);
    let mut boot_sector = empty();
    boot_sector[446..510].fill(b'x');
    boot_sector[510..512].copy_from_slice(&[0x55, 0xaa]);
    assert_eq!(read_all(boot_sector).unwrap(), BootRecord::Absent);
}

#[test]
fn a_protective_record_is_no_table_of_its_own() {
    let mut disk = empty();
    write(&mut disk, 0, 0, &[(0xee, 1, 4095)]);
    assert_eq!(read_all(disk).unwrap(), BootRecord::Protective);
}

#[test]
fn a_record_with_partitions_of_its_own_beside_a_gpt_is_told_apart() {
    let mut disk = empty();
    write(
        &mut disk,
        0,
        0,
        &[(0xee, 1, 409), (0xaf, 410, 1000), (0x07, 1410, 2000)],
    );
    assert_eq!(read_all(disk).unwrap(), BootRecord::Hybrid);
    // What lies behind the others is kept away from as well, by a second such entry.
    let mut disk = empty();
    write(&mut disk, 0, 0, &[(0xee, 1, 409), (0xee, 3410, 685)]);
    assert_eq!(read_all(disk).unwrap(), BootRecord::Protective);
}

#[test]
fn a_broken_chain_is_an_error() {
    let mut disk = with_logical();
    disk[2024 * 512 + 511] = 0;
    let error = read_all(disk).unwrap_err().to_string();
    assert!(error.contains("breaks at sector 2024"), "{error}");
}

#[test]
fn a_chain_in_circles_is_an_error() {
    let mut disk = with_logical();
    write(&mut disk, 2024, 0, &[(0x82, 1, 900), (0x05, 0, 10)]);
    let error = read_all(disk).unwrap_err().to_string();
    assert!(error.contains("leads from sector 2024 to 1024"), "{error}");
}

#[test]
fn a_partition_beyond_the_end_is_an_error() {
    let mut disk = empty();
    write(&mut disk, 0, 7, &[(0x83, 2048, 9000)]);
    let error = read_all(disk).unwrap_err().to_string();
    assert!(error.contains("beyond the disk's 4096"), "{error}");
}

proptest! {
    /// Whatever stands in the records, they are read or refused, and partitions are on the disk.
    #[test]
    fn any_records_are_read_or_refused(
        first in proptest::collection::vec(any::<u8>(), 64),
        // Small numbers, so that chains of records come about.
        chain in proptest::collection::vec((0_usize..64, any::<u8>(), 0_u32..64, 0_u32..64), 0..40),
        wild in any::<bool>(),
    ) {
        let mut disk = empty();
        for (sector, kind, start, length) in chain {
            let kind = if kind < 128 { 0x05 } else { kind };
            write(&mut disk, sector, 7, &[(0x83, start, length), (kind, length, 64)]);
        }
        if wild {
            disk[446..510].copy_from_slice(&first);
            disk[510..512].copy_from_slice(&[0x55, 0xaa]);
        }
        if let Ok(BootRecord::Table(table)) = read_all(disk) {
            for entry in table.entries {
                prop_assert!(entry.start.0 + entry.length.0 <= TOTAL.0);
            }
        }
    }
}
