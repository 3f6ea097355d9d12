//! An MBR that is kept, held against `sfdisk`: what it has written stays, logical partitions included.

use super::super::kept_table::KeptTable;
use super::super::table_image::{END, compare, pieces};
use super::*;
use crate::machine::{Disk, Table};
use crate::preset::PartitionFlag;
use crate::storage::{NewPartition, PartitionId, PartitionRole, TableBase};
use crate::units::{SectorSize, Sectors};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::process::{Command, Stdio};

/// The first MiB of a disk with the MBR that it is said to have: code, a flag, and no chain, which lies
/// elsewhere.
pub(crate) fn record_on(disk: &Disk) -> Vec<u8> {
    let Some(Table::Partitioned {
        kind, partitions, ..
    }) = disk.table.known()
    else {
        panic!("an MBR")
    };
    let Some(TableId::Mbr(signature)) = TableId::of(kind) else {
        panic!("an MBR")
    };
    let mut head = vec![0; usize::try_from(END.0).unwrap()];
    head[..4].copy_from_slice(b"code");
    head[440..444].copy_from_slice(&signature.0.get().to_le_bytes());
    head[510..512].copy_from_slice(&[0x55, 0xAA]);
    for p in partitions.iter().filter(|p| p.number <= PRIMARY) {
        let Ok(PartitionType::Mbr(kind)) = p.type_id.parse() else {
            panic!("{}", p.type_id)
        };
        let entry = &mut head[place(p.number)..][..LENGTH];
        entry[0] = if p.number == 1 { 0x80 } else { 0 };
        entry[4] = kind;
        put(entry, 8, &mbr_entry::word(p.start).unwrap());
        put(entry, 12, &mbr_entry::word(p.length).unwrap());
    }
    head
}

const SIZE: Bytes = Bytes::gib(64);

/// As Windows and a Linux beside it leave a disk.
const SCRIPT: &str = "label: dos\nlabel-id: 0x1234abcd\n\
    start=2048, size=1024000, type=7, bootable\n\
    start=1026048, size=41943040, type=7\n\
    start=63960064, size=20971520, type=f\n\
    start=63962112, size=8388608, type=83\n\
    start=72353000, size=2097152, type=82\n";

pub(crate) fn disk_of_others() -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".img").tempfile().unwrap();
    file.as_file().set_len(SIZE.0).unwrap();
    // The start code of somebody.
    file.write_all(&[0xEB; 300]).unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    sfdisk(&["--quiet", "--no-reread", &path], SCRIPT);
    file
}

pub(crate) fn sfdisk(arguments: &[&str], input: &str) -> String {
    let mut child = Command::new("sfdisk")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {text}{errors}");
    text + &errors
}

pub(crate) fn head_of(file: &mut File) -> Vec<u8> {
    let mut head = vec![0; usize::try_from(END.0).unwrap()];
    file.seek(SeekFrom::Start(0)).unwrap();
    file.read_exact(&mut head).unwrap();
    head
}

pub(crate) fn kept(number: u32, kind: u8, start: u64, length: u64) -> KeptPartition {
    KeptPartition {
        number,
        id: format!("1234abcd-{number:02x}").parse().unwrap(),
        kind: PartitionType::Mbr(kind),
        name: None,
        start: Sectors(start),
        length: Sectors(length),
        length_now: None,
        flags: None,
    }
}

/// Partition 2 becomes shorter, 4 is new.
fn planned() -> NewTable {
    let mut data = kept(2, 7, 1_026_048, 20_971_520);
    data.length_now = Some(Sectors(41_943_040));
    let id: PartitionId = "1234abcd-04".parse().unwrap();
    NewTable {
        id: "1234abcd".parse().unwrap(),
        sector_size: SectorSize::B512,
        length: SIZE.whole_sectors(SectorSize::B512),
        partitions: vec![NewPartition {
            number: 4,
            role: PartitionRole::RootX86_64,
            id,
            name: "nixos".to_owned(),
            start: Sectors(21_997_568),
            length: Sectors(20_971_520),
            flags: BTreeSet::new(),
        }],
        base: TableBase::Kept {
            partitions: vec![
                kept(1, 7, 2048, 1_024_000),
                data,
                kept(3, 0x0F, 63_960_064, 20_971_520),
                kept(5, 0x83, 63_962_112, 8_388_608),
                kept(6, 0x82, 72_353_000, 2_097_152),
            ],
        },
    }
}

pub(crate) fn kept_of(table: &mut NewTable) -> &mut Vec<KeptPartition> {
    match &mut table.base {
        TableBase::Kept { partitions } => partitions,
        TableBase::New => panic!("kept"),
    }
}

fn line(dump: &str, number: u32) -> Option<&str> {
    let mut lines = dump.lines();
    lines.find(|line| line.contains(&format!(".img{number} :")))
}

#[test]
fn what_others_have_written_stays() {
    let mut file = disk_of_others();
    let path = file.path().to_str().unwrap().to_owned();
    let before = sfdisk(&["--dump", &path], "");
    let head = head_of(file.as_file_mut());
    let table = planned();
    let old = KeptTable::read(&table, head.clone(), Vec::new(), None).unwrap();
    for piece in pieces(&table, Some(&old)).unwrap() {
        assert_eq!((piece.at, piece.content.len()), (Bytes(0), 512));
        file.seek(SeekFrom::Start(piece.at.0)).unwrap();
        file.write_all(&piece.content).unwrap();
    }
    let verdict = sfdisk(&["--verify", &path], "");
    assert!(verdict.contains("No errors detected"), "{verdict}");
    let after = sfdisk(&["--dump", &path], "");
    for number in [1, 3, 5, 6] {
        assert_eq!(line(&before, number), line(&after, number), "{after}");
    }
    let shorter = line(&before, 2).unwrap().replace("41943040", "20971520");
    assert_eq!(line(&after, 2), Some(shorter.as_str()), "{after}");
    let new = "start=    21997568, size=    20971520, type=83";
    assert!(line(&after, 4).unwrap().ends_with(new), "{after}");
    assert!(after.contains("label-id: 0x1234abcd"), "{after}");
    assert_eq!(after.matches(".img").count(), 6 + 1, "{after}");
    // sfdisk would have written the same entries, cylinders and heads included.
    let own = sfdisk_alone();
    let now = head_of(file.as_file_mut());
    assert_eq!(now[440..512], own[440..512]);
    assert_eq!(now[..440], head[..440], "the start code");
    assert_eq!(now[512..], head[512..], "what lies behind the record");

    compare(&table, Some(&old), now.clone(), Vec::new()).unwrap();
    let mut grub = now.clone();
    grub[..440].fill(0x90);
    compare(&table, Some(&old), grub, Vec::new()).unwrap();
    for at in [440, 446, 450 + 16, 510] {
        let mut broken = now.clone();
        broken[at] ^= 1;
        let verdict = compare(&table, Some(&old), broken, Vec::new());
        assert!(verdict.is_err(), "{at}");
    }
}

/// Some BIOSes start no disk of which no partition is active.
#[test]
fn what_takes_the_place_of_the_active_partition_is_active() {
    let mut file = disk_of_others();
    let path = file.path().to_str().unwrap().to_owned();
    let head = head_of(file.as_file_mut());
    // Of what stays, the first is active.
    let record = KeptRecord::read(&planned(), &head, None).unwrap();
    assert_eq!((record.new[446], record.new[446 + 48]), (0x80, 0));
    let mut table = planned();
    kept_of(&mut table).remove(0);
    let record = KeptRecord::read(&table, &head, None).unwrap();
    assert_eq!((record.new[446], record.new[446 + 48]), (0, 0x80));
    file.seek(SeekFrom::Start(0)).unwrap();
    file.write_all(&record.new).unwrap();
    let dump = sfdisk(&["--dump", &path], "");
    assert!(line(&dump, 4).unwrap().ends_with("bootable"), "{dump}");
    record.compare(&head_of(file.as_file_mut())).unwrap();
}

/// The mark moves to whichever partition is named, as `sfdisk --activate` moves it.
#[test]
fn what_is_named_active_is_it_alone() {
    let mut file = disk_of_others();
    let path = file.path().to_str().unwrap().to_owned();
    let head = head_of(file.as_file_mut());
    let marks = |table: &NewTable| {
        let record = KeptRecord::read(table, &head, None).unwrap();
        [1, 2, 3, 4].map(|number| record.new[place(number)])
    };
    let active = || BTreeSet::from([PartitionFlag::Active]);
    let mut table = planned();
    table.partitions[0].flags = active();
    assert_eq!(marks(&table), [0, 0, 0, 0x80]);
    let record = KeptRecord::read(&table, &head, None).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.write_all(&record.new).unwrap();
    let dump = sfdisk(&["--activate", "--no-reread", &path], "");
    assert_eq!(dump.trim(), format!("{path}4"), "{dump}");
    let mut table = planned();
    kept_of(&mut table)[1].flags = Some(active());
    assert_eq!(marks(&table), [0, 0x80, 0, 0]);
    let none = || Some(BTreeSet::new());
    let mut table = planned();
    // What is named without it, and the first new one becomes it.
    kept_of(&mut table)[0].flags = none();
    assert_eq!(marks(&table), [0, 0, 0, 0x80]);
    table.partitions.clear();
    assert_eq!(marks(&table), [0; 4]);
}

/// The same change made by `sfdisk`.
fn sfdisk_alone() -> Vec<u8> {
    let mut file = disk_of_others();
    let path = file.path().to_str().unwrap().to_owned();
    let quiet = ["--quiet", "--no-reread", "--no-tell-kernel"];
    let arguments = |number| [&quiet[..], &["-N", number, &path]].concat();
    sfdisk(&arguments("2"), ",20971520\n");
    sfdisk(&arguments("4"), "21997568,20971520,83\n");
    head_of(file.as_file_mut())
}

#[test]
fn another_table_is_not_taken_for_it() {
    let mut file = disk_of_others();
    let head = head_of(file.as_file_mut());
    let breakages: [fn(&mut NewTable); 6] = [
        |t| t.id = "1234abce".parse().unwrap(),
        |t| kept_of(t)[0].kind = PartitionType::Mbr(0x83),
        |t| kept_of(t)[0].start.0 += 1,
        |t| kept_of(t)[1].length_now = None,
        |t| kept_of(t)[2].length.0 -= 1,
        |t| kept_of(t)[0].kind = PartitionType::Gpt(uuid::Uuid::from_u128(1)),
    ];
    for (i, breakage) in breakages.iter().enumerate() {
        let mut table = planned();
        breakage(&mut table);
        assert!(KeptRecord::read(&table, &head, None).is_err(), "{i}");
    }
    assert!(KeptRecord::read(&planned(), &[0; 512], None).is_err());
    assert!(KeptRecord::read(&planned(), &head[..100], None).is_err());
}

#[test]
fn tables_that_break_a_rule_are_not_written() {
    let mut file = disk_of_others();
    let head = head_of(file.as_file_mut());
    let old = KeptTable::read(&planned(), head, Vec::new(), None).unwrap();
    let breakages: [fn(&mut NewTable); 12] = [
        |t| t.partitions[0].flags = [PartitionFlag::NoAuto].into(),
        |t| kept_of(t)[3].flags = Some([PartitionFlag::Active].into()),
        |t| {
            t.partitions[0].flags = [PartitionFlag::Active].into();
            kept_of(t)[0].flags = Some([PartitionFlag::Active].into());
        },
        |t| t.base = TableBase::New,
        |t| t.partitions[0].number = 7,
        |t| t.partitions[0].id = "1234abcd-03".parse().unwrap(),
        |t| t.partitions[0].length = Sectors(41_965_568),
        |t| drop(kept_of(t).remove(2)),
        |t| kept_of(t)[2].length = Sectors(10_000_384),
        |t| kept_of(t)[4].start = Sectors(72_350_000),
        |t| kept_of(t)[4].length_now = Some(Sectors(2_097_153)),
        |t| kept_of(t)[3].id = PartitionId::Gpt(uuid::Uuid::from_u128(1)),
    ];
    assert!(pieces(&planned(), Some(&old)).is_ok());
    for (i, breakage) in breakages.iter().enumerate() {
        let mut table = planned();
        breakage(&mut table);
        assert!(pieces(&table, Some(&old)).is_err(), "{i}");
    }
}
