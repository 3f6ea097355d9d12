//! A chain held against `sfdisk`: the same change made by both gives the same bytes.

use super::super::kept_record::{disk_of_others, head_of, kept, kept_of, sfdisk};
use super::super::kept_table::KeptTable;
use super::super::table_image::pieces;
use super::*;
use crate::machine::Disk;
use crate::storage::{PartitionRole, TableBase};
use crate::units::Bytes;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

/// The chain of a disk as tools make it, a MiB before each partition; the records lie between those that a disk
/// is said to have.
pub(crate) fn chain_on(disk: &Disk) -> Vec<Link> {
    let all = disk.partitions();
    let Some(extended) = all.iter().find(|p| p.is_extended()) else {
        return Vec::new();
    };
    let mut logical: Vec<_> = all.iter().filter(|p| p.number > PRIMARY).collect();
    logical.sort_by_key(|p| p.number);
    let at = |index: usize| match index {
        0 => extended.start,
        _ => Sectors(logical[index].start.0 - disk.sectors.logical.per_mib().0),
    };
    let link = |(index, p): (usize, &&crate::machine::Partition)| {
        let mut record = vec![0; mbr_entry::sector(disk.sectors.logical)];
        record[510..512].copy_from_slice(&[0x55, 0xAA]);
        let mut entry = |number: u32, kind: u8, start: u64, length: u64| {
            let words = [start, length].map(|word| u32::try_from(word).unwrap().to_le_bytes());
            mbr_entry::put(&mut record, place(number) + 4, &[kind]);
            mbr_entry::put(&mut record, place(number) + 8, &words.concat());
        };
        let Ok(PartitionType::Mbr(kind)) = p.type_id.parse() else {
            panic!("{}", p.type_id)
        };
        entry(1, kind, p.start.0 - at(index).0, p.length.0);
        if let Some(next) = logical.get(index + 1) {
            let reaches = next.start.0 + next.length.0 - at(index + 1).0;
            entry(2, 0x05, at(index + 1).0 - extended.start.0, reaches);
        }
        Link {
            at: at(index),
            record,
        }
    };
    logical.iter().enumerate().map(link).collect()
}

/// The disk of others as it is.
fn table() -> NewTable {
    NewTable {
        id: "1234abcd".parse().unwrap(),
        sector_size: SectorSize::B512,
        length: Bytes::gib(64).whole_sectors(SectorSize::B512),
        partitions: Vec::new(),
        base: TableBase::Kept {
            partitions: vec![
                kept(1, 7, 2048, 1_024_000),
                kept(2, 7, 1_026_048, 41_943_040),
                kept(3, 0x0F, 63_960_064, 20_971_520),
                kept(5, 0x83, 63_962_112, 8_388_608),
                kept(6, 0x82, 72_353_000, 2_097_152),
            ],
        },
    }
}

fn longer(table: &mut NewTable, number: u32, length: u64) {
    let mut all = kept_of(table).iter_mut();
    let own = all.find(|p| p.number == number).unwrap();
    (own.length_now, own.length) = (Some(own.length), Sectors(length));
}

/// Partition 6 is made anew, 5 becomes longer up to its record.
fn one_longer_one_anew() -> NewTable {
    let mut table = table();
    let swap = kept_of(&mut table).pop().unwrap();
    table.partitions.push(NewPartition {
        number: 6,
        role: PartitionRole::Home,
        id: swap.id,
        name: "home".to_owned(),
        start: swap.start,
        length: swap.length,
        flags: BTreeSet::new(),
    });
    longer(&mut table, 5, 8_388_840);
    table
}

/// Partition 6 becomes longer, and what is around it as well.
fn the_last_longer() -> NewTable {
    let mut table = table();
    longer(&mut table, 6, 100_000_000 - 72_353_000);
    longer(&mut table, 3, 100_000_000 - 63_960_064);
    table
}

fn read_from(file: &mut File, table: &NewTable) -> Result<Chain, TableError> {
    Chain::follow(table, |at| {
        let mut record = vec![0; 512];
        file.seek(SeekFrom::Start(at.0 * 512)).unwrap();
        file.read_exact(&mut record).unwrap();
        Ok::<_, TableError>(record)
    })
}

/// The records of a disk, and its first sector from the signature on.
fn all_of(file: &mut File) -> (Chain, Vec<u8>) {
    let chain = read_from(file, &table()).unwrap();
    (chain, head_of(file)[440..512].to_vec())
}

#[test]
fn the_same_bytes_as_sfdisk_writes() {
    let quiet = ["--quiet", "--no-reread", "--no-tell-kernel", "-N"];
    type Changes = &'static [(&'static str, &'static str)];
    let cases: [(fn() -> NewTable, Changes); 2] = [
        (one_longer_one_anew, &[("6", ",,83\n"), ("5", ",8388840\n")]),
        (
            the_last_longer,
            &[("3", ",36039936\n"), ("6", ",27647000\n")],
        ),
    ];
    for (planned, changes) in cases {
        let (mut ours, theirs) = (disk_of_others(), disk_of_others());
        let table = planned();
        let chain = read_from(ours.as_file_mut(), &table).unwrap();
        let bytes = chain.to_bytes();
        let copy = Chain::from_bytes(&table, &bytes).unwrap();
        assert_eq!(copy, chain);
        assert!(Chain::from_bytes(&table, &bytes[..bytes.len() - 1]).is_err());
        let head = head_of(ours.as_file_mut());
        let old = KeptTable::read(&table, head, Vec::new(), Some(copy)).unwrap();
        for piece in pieces(&table, Some(&old)).unwrap() {
            assert_eq!(piece.content.len(), 512);
            ours.seek(SeekFrom::Start(piece.at.0)).unwrap();
            ours.write_all(&piece.content).unwrap();
        }
        let mut theirs = theirs;
        let path = theirs.path().to_str().unwrap().to_owned();
        for (number, change) in changes {
            sfdisk(&[&quiet[..], &[number, &path]].concat(), change);
        }
        let (own, mut other) = (all_of(ours.as_file_mut()), all_of(theirs.as_file_mut()));
        // sfdisk leaves what the record before says of the next one as it was.
        let (_, _, reaches) = next(&own.0.links[0].record).unwrap();
        let of_last = table.kept().iter().find(|p| p.number == 6);
        let length = of_last.map_or(2_097_152, |p| p.length.0);
        assert_eq!(reaches, Sectors(2048 + length));
        let first = other.0.first;
        mbr_entry::set_length(&mut other.0.links[0].record, 2, first, reaches).unwrap();
        assert!(own == other, "{own:?} {other:?}");
        let path = ours.path().to_str().unwrap().to_owned();
        let verdict = sfdisk(&["--verify", &path], "");
        assert!(verdict.contains("No errors detected"), "{verdict}");
        assert_eq!(old.chain().len(), 2, "both are looked at again");
    }
}

#[test]
fn nothing_takes_a_record_or_is_taken_for_another() {
    let mut file = disk_of_others();
    let breakages: [fn(&mut NewTable); 8] = [
        // Over the record of the next one, which lies 2048 sectors before it.
        |t| longer(t, 5, 8_388_860),
        |t| kept_of(t)[3].kind = PartitionType::Mbr(0x82),
        |t| kept_of(t)[3].start.0 += 1,
        |t| kept_of(t)[3].length.0 -= 1,
        |t| drop(kept_of(t).remove(3)),
        |t| t.partitions[0].start.0 += 1,
        |t| t.partitions[0].number = 7,
        |t| t.partitions[0].role = PartitionRole::BiosBoot,
    ];
    let chain = read_from(file.as_file_mut(), &table()).unwrap();
    assert!(chain.clone().changed(&one_longer_one_anew()).is_ok());
    for (i, breakage) in breakages.iter().enumerate() {
        let mut table = one_longer_one_anew();
        let own = &mut kept_of(&mut table)[3];
        (own.length, own.length_now) = (Sectors(8_388_608), None);
        breakage(&mut table);
        assert!(chain.clone().changed(&table).is_err(), "{i}");
    }
}

#[test]
fn what_is_no_chain_is_not_followed() {
    let table = table();
    let first = 63_960_064;
    let second = 72_350_952;
    for (sector, from, bytes) in [
        (first, 510, [0, 0]),
        // It leads to itself, and out of the extended partition.
        (first, 462 + 8, [0, 0]),
        (first, 462 + 10, [0xFF, 0xFF]),
        (second, 510, [0, 0]),
    ] {
        let mut file = disk_of_others();
        let chain = read_from(file.as_file_mut(), &table).unwrap();
        assert_eq!(chain.links.len(), 2);
        let place = sector * 512;
        if from == 462 + 8 {
            file.seek(SeekFrom::Start(place + 462 + 8)).unwrap();
            file.write_all(&[0; 4]).unwrap();
        }
        file.seek(SeekFrom::Start(place + from)).unwrap();
        file.write_all(&bytes).unwrap();
        assert!(
            read_from(file.as_file_mut(), &table).is_err(),
            "{sector} {from}"
        );
    }
}
