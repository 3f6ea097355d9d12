//! Edits of a table with holes: where each ends up, and why some can't be.

use super::*;
use crate::preset::Size;
use crate::storage::PartitionId;
use crate::storage::TableId;
use crate::units::SectorSize;

const MIB: u64 = 2048;

fn kept(number: u32, start: u64, mib: u64) -> KeptPartition {
    KeptPartition {
        number,
        id: PartitionId::Gpt(Uuid::from_u128(u128::from(number))),
        kind: PartitionType::Gpt(Uuid::from_u128(99)),
        name: None,
        start: Sectors(start),
        length: Sectors(mib * MIB),
        length_now: None,
        flags: None,
    }
}

/// 1000 MiB: 1 at 1–101, 3 at 201–301, 2 (at an odd sector) at about 401–501.
fn table() -> ExistingTable {
    ExistingTable {
        id: TableId::Gpt(Uuid::from_u128(1000)),
        sector_size: SectorSize::B512,
        length: Sectors(1000 * MIB),
        partitions: vec![
            kept(1, MIB, 100),
            kept(3, 201 * MIB, 100),
            kept(2, 401 * MIB + 7, 100),
        ],
    }
}

fn create(text: &str, gap_after: Option<u32>) -> Edit {
    let size = PartSize::try_from(text.to_owned()).unwrap();
    Edit::Create { size, gap_after }
}

/// Edit, number, first and behind the last MiB.
fn places(edited: &Edited) -> Vec<(usize, u32, u64, u64)> {
    let place = |made: &MadePlace| {
        let start = made.region.start.0;
        let end = start + made.region.length.0;
        (made.edit, made.number, start / MIB, end / MIB)
    };
    edited.made.iter().map(place).collect()
}

#[test]
fn new_ones_follow_each_other_in_their_gaps() {
    let edits = [
        create("25 %", Some(1)),
        create("100 MiB", None),
        create("rest", Some(1)),
        create("1537 KiB", None),
    ];
    let edited = table().edited(&edits);
    assert_eq!(edited.bad, []);
    // The gap behind 1 has 100 MiB, the last one is the largest.
    assert_eq!(
        places(&edited),
        [
            (0, 4, 101, 126),
            (2, 6, 126, 201),
            (1, 5, 502, 602),
            (3, 7, 602, 603)
        ]
    );
    let free: Vec<(u32, u64)> = edited
        .free
        .iter()
        .map(|(after, gap)| (*after, gap.length.0 / MIB))
        .collect();
    assert_eq!(free, [(3, 100), (7, 396)]);
}

#[test]
fn what_goes_makes_room_first() {
    let edits = [
        create("250 MiB", Some(3)),
        Edit::Delete { number: 3 },
        Edit::Shorten {
            number: 1,
            size: Bytes::mib(50),
        },
    ];
    let edited = table().edited(&edits);
    assert_eq!(edited.bad, []);
    // The slot of the one that goes is free again.
    assert_eq!(places(&edited), [(0, 3, 51, 301)]);
    let stays: Vec<u32> = edited.stays.partitions.iter().map(|p| p.number).collect();
    assert_eq!(stays, [1, 2]);
    assert_eq!(edited.stays.partitions[0].length, Sectors(50 * MIB));
    assert_eq!(
        edited.stays.partitions[0].length_now,
        Some(Sectors(100 * MIB))
    );
}

#[test]
fn what_is_made_anew_keeps_its_slot_and_whole_mib() {
    let edited = table().edited(&[Edit::Format { number: 2 }]);
    assert_eq!(places(&edited), [(0, 2, 402, 501)]);
    assert!(edited.stays.partitions.iter().all(|p| p.number != 2));
}

#[test]
fn each_edit_that_can_not_be_is_told_and_the_others_are_made() {
    let edits = [
        create("rest", Some(1)),
        create("rest", Some(1)),
        create("900 GiB", None),
        create("0 bytes", None),
        create("1 MiB", Some(9)),
        Edit::Delete { number: 9 },
        Edit::Keep { number: 3 },
        Edit::Format { number: 3 },
        Edit::Shorten {
            number: 2,
            size: Bytes::gib(1),
        },
        create("1 MiB", Some(0)),
    ];
    let edited = table().edited(&edits);
    let available = Bytes::mib(497);
    let needed = PartSize::Exactly(Size(Bytes::gib(900)));
    let PartSize::Exactly(Size(needed)) = needed else {
        panic!("a size")
    };
    assert_eq!(
        edited.bad,
        [
            (1, BadEdit::SecondRest),
            (2, BadEdit::NoRoom { available, needed }),
            (3, BadEdit::TooSmall),
            (4, BadEdit::NoGap(9)),
            (5, BadEdit::NoPartition(9)),
            (7, BadEdit::Twice(3)),
            (
                8,
                BadEdit::NotShorter {
                    number: 2,
                    now: Bytes::mib(100)
                }
            ),
            (9, BadEdit::NoGapBefore),
        ]
    );
    assert_eq!(places(&edited), [(0, 4, 101, 201)]);
}

#[test]
fn a_full_table_takes_no_more() {
    let mut full = table();
    full.partitions = (1..=128)
        .map(|number| kept(number, u64::from(number) * MIB, 1))
        .collect();
    let edited = full.edited(&[create("1 MiB", None)]);
    assert_eq!(edited.bad, [(0, BadEdit::NoSlot)]);
    let edits = [
        Edit::Delete { number: 7 },
        create("1 MiB", None),
        create("1 MiB", None),
    ];
    let edited = full.edited(&edits);
    assert_eq!(edited.bad, [(2, BadEdit::NoSlot)]);
    assert_eq!(edited.made[0].number, 7);
}

/// As [`table`], on an MBR: 1, an extended 2 with 5 and 6 in it, a gap behind each.
fn record() -> ExistingTable {
    let disk = "1234abcd".parse().unwrap();
    let part = |number, kind, start, mib| KeptPartition {
        id: PartitionId::Mbr(disk, number),
        kind: PartitionType::Mbr(kind),
        ..kept(number, start * MIB, mib)
    };
    ExistingTable {
        id: TableId::Mbr(disk),
        partitions: vec![
            part(1, 0x83, 1, 100),
            part(2, 0x05, 201, 300),
            part(5, 0x83, 202, 100),
            part(6, 0x82, 303, 100),
        ],
        ..table()
    }
}

#[test]
fn a_chain_of_logical_partitions_goes_as_a_whole_or_stays() {
    let delete = |number| Edit::Delete { number };
    let edited = record().edited(&[delete(6), delete(2)]);
    assert_eq!(
        edited.bad,
        [(0, BadEdit::Logical(6)), (1, BadEdit::Extended(2))]
    );
    assert_eq!(edited.stays, record());
    let all = [delete(5), delete(2), delete(6), create("rest", Some(2))];
    let edited = record().edited(&all);
    assert_eq!(edited.bad, []);
    assert_eq!(edited.stays.partitions.len(), 1);
    assert_eq!(places(&edited), [(3, 2, 101, 1000)]);
}

#[test]
fn what_lies_in_a_chain_or_around_it_becomes_no_smaller() {
    let size = Bytes::mib(50);
    let shorten = |number| Edit::Shorten { number, size };
    let (extended, logical) = (BadEdit::Extended(2), BadEdit::Logical);
    for (edit, bad) in [
        (Edit::Format { number: 2 }, extended),
        (lengthen(2, None), extended),
        (shorten(2), extended),
        (shorten(5), logical(5)),
        (shorten(6), logical(6)),
    ] {
        let edited = record().edited(&[edit]);
        assert_eq!(edited.bad, [(0, bad)], "{edit:?}");
        assert_eq!((edited.stays, edited.made.len()), (record(), 0));
    }
    for number in [2, 5, 6] {
        assert_eq!(record().edited(&[Edit::Keep { number }]).bad, []);
    }
}

#[test]
fn a_logical_partition_is_made_anew_exactly_where_it_is() {
    let mut odd = record();
    odd.partitions[2].start.0 += 63;
    odd.partitions[2].length.0 -= 100;
    let edited = odd.edited(&[Edit::Format { number: 5 }]);
    assert_eq!(edited.bad, []);
    let [made] = edited.made.as_slice() else {
        panic!("{edited:?}")
    };
    let region = Region {
        start: Sectors(202 * MIB + 63),
        length: Sectors(100 * MIB - 100),
    };
    assert_eq!((made.number, made.region), (5, region));
    let numbers: Vec<u32> = edited.stays.partitions.iter().map(|p| p.number).collect();
    assert_eq!(numbers, [1, 2, 6]);
}

#[test]
fn a_logical_partition_becomes_longer_up_to_the_record_of_the_next() {
    let mut with_room = record();
    with_room.partitions[2].length.0 -= 50 * MIB;
    let edited = with_room.edited(&[lengthen(5, None)]);
    assert_eq!(edited.bad, []);
    assert_eq!(end_of(&edited, 5), (302, Some(50)));
    assert_eq!(end_of(&edited, 2), (501, None));
    let next = Next::Partition(6);
    let nothing = BadEdit::NothingBehind { number: 5, next };
    assert_eq!(record().edited(&[lengthen(5, None)]).bad, [(0, nothing)]);
    let most = Bytes::mib(100);
    let too_little = BadEdit::TooLittleBehind {
        number: 5,
        most,
        next,
    };
    let edited = with_room.edited(&[lengthen(5, Some(101))]);
    assert_eq!(edited.bad, [(0, too_little)]);
}

/// What is free inside the extended partition comes first, then what is free behind it.
#[test]
fn the_last_logical_partition_takes_the_extended_one_along() {
    for (size, last, extended) in [
        (150, 453, (501, None)),
        (198, 501, (501, None)),
        (300, 603, (603, Some(300))),
    ] {
        let edited = record().edited(&[lengthen(6, Some(size)), create("rest", Some(2))]);
        assert_eq!(edited.bad, []);
        assert_eq!(end_of(&edited, 6), (last, Some(100)));
        assert_eq!(end_of(&edited, 2), extended);
        assert_eq!(places(&edited), [(1, 3, extended.0, 1000)]);
    }
    let mut before_another = record();
    before_another.partitions.push(KeptPartition {
        id: before_another.id.partition(3, Uuid::nil),
        kind: PartitionType::Mbr(0x83),
        ..kept(3, 700 * MIB, 10)
    });
    let edited = before_another.edited(&[lengthen(6, None)]);
    assert_eq!(end_of(&edited, 6), (700, Some(100)));
    assert_eq!(end_of(&edited, 2), (700, Some(300)));
}

#[test]
fn an_mbr_has_four_places_and_the_gaps_between_them() {
    let edits = ["10 MiB"; 3].map(|size| create(size, Some(2)));
    let edited = record().edited(&edits);
    assert_eq!(places(&edited), [(0, 3, 501, 511), (1, 4, 511, 521)]);
    assert_eq!(edited.bad, [(2, BadEdit::NoPrimary)]);
    // Those in the extended partition are none.
    let edited = record().edited(&[create("10 MiB", Some(5))]);
    assert_eq!(edited.bad, [(0, BadEdit::NoGap(5))]);
    let free: Vec<u32> = edited.free.iter().map(|(after, _)| *after).collect();
    assert_eq!(free, [1, 2]);
}

fn lengthen(number: u32, size: Option<u64>) -> Edit {
    let size = size.map(Bytes::mib);
    Edit::Lengthen { number, size }
}

/// The last MiB of one that stays, and its length before.
fn end_of(edited: &Edited, number: u32) -> (u64, Option<u64>) {
    let mut stays = edited.stays.partitions.iter();
    let own = stays.find(|p| p.number == number).unwrap();
    let now = own.length_now.map(|length| length.0 / MIB);
    ((own.start.0 + own.length.0) / MIB, now)
}

#[test]
fn what_becomes_longer_ends_later_and_begins_where_it_did() {
    let edits = [
        // Two whole MiB at an odd sector, rounded down.
        lengthen(2, Some(202)),
        lengthen(1, None),
        create("rest", Some(2)),
    ];
    let edited = table().edited(&edits);
    assert_eq!(edited.bad, []);
    assert_eq!(end_of(&edited, 1), (201, Some(100)));
    assert_eq!(end_of(&edited, 2), (603, Some(100)));
    let starts: Vec<Sectors> = edited.stays.partitions.iter().map(|p| p.start).collect();
    let before: Vec<Sectors> = table().partitions.iter().map(|p| p.start).collect();
    assert_eq!(starts, before);
    assert_eq!(places(&edited), [(2, 4, 603, 999)]);
}

#[test]
fn what_goes_or_becomes_shorter_makes_room_for_what_is_before_it() {
    let edits = [
        lengthen(1, Some(300)),
        Edit::Delete { number: 3 },
        lengthen(2, None),
    ];
    let edited = table().edited(&edits);
    assert_eq!(edited.bad, []);
    assert_eq!(end_of(&edited, 1), (301, Some(100)));
    assert_eq!(end_of(&edited, 2), (999, Some(100)));
    assert_eq!(
        edited.free,
        [(
            1,
            Region {
                start: Sectors(301 * MIB),
                length: Sectors(100 * MIB),
            }
        )]
    );
}

#[test]
fn what_has_no_room_behind_it_is_told_with_what_lies_there() {
    let mut full = table();
    full.partitions[1].start = Sectors(101 * MIB);
    for (table, edit, bad) in [
        (
            full,
            lengthen(1, Some(150)),
            "right behind partition 1: partition 3 begins",
        ),
        (
            table(),
            lengthen(1, Some(201)),
            "can have 200 MiB at most: partition 3 begins",
        ),
        (
            table(),
            lengthen(2, Some(900)),
            "can have 598 MiB at most: the disk ends",
        ),
        (table(), lengthen(9, None), "no partition 9"),
    ] {
        let edited = table.edited(&[edit]);
        assert_eq!(edited.stays, table);
        let told = edited.bad.iter().map(|(_, bad)| bad.to_string());
        let told: Vec<String> = told.collect();
        assert!(told.len() == 1 && told[0].contains(bad), "{told:?}");
    }
    let odd = Edit::Lengthen {
        number: 1,
        size: Some(Bytes(Bytes::mib(100).0 + 512)),
    };
    let edited = table().edited(&[odd, odd]);
    let told: Vec<String> = edited.bad.iter().map(|(_, bad)| bad.to_string()).collect();
    assert!(told[0].contains("whole MiB"), "{told:?}");
    assert!(told[1].contains("named twice"), "{told:?}");
}
