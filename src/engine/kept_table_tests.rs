//! A table that is kept, held against `sfdisk` and `sgdisk`, other people's tools: what they have
//! written stays, entry by entry, and they find no fault with the rest.

use super::super::table_image::{END, compare, pieces};
use super::*;
use crate::machine::Disk;
use crate::preset::PartitionFlag;
use crate::storage::{NewPartition, PartitionId, PartitionRole, PartitionType, TableBase, TableId};
use crate::units::{Bytes, Sectors};
use gpt::partition::Partition;
use gpt::partition_types::{OperatingSystem, Type};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::process::Command;

/// Both ends of a disk with the table that it is said to have, attributes and code included.
pub(crate) fn table_on(disk: &Disk) -> (Vec<u8>, Vec<u8>) {
    let end = usize::try_from(END.0).unwrap();
    let sector = disk.sectors.logical;
    let block = block_size(sector).unwrap();
    let ends = TwoEnds::filled(disk.size, vec![0; end], vec![0; end]).unwrap();
    let Some(crate::machine::Table::Partitioned {
        kind: crate::machine::TableKind::Gpt { guid },
        partitions,
        ..
    }) = disk.table.known()
    else {
        panic!("a GPT")
    };
    let image = GptConfig::new()
        .writable(true)
        .logical_block_size(block)
        .create_from_device(ends, Some(guid.parse().unwrap()))
        .unwrap();
    let mut primary = image.primary_header().unwrap().clone();
    let mut backup = image.backup_header().unwrap().clone();
    let mut ends = image.take_device();
    for header in [&primary, &backup] {
        for p in partitions {
            let entry = Partition {
                part_type_guid: Type {
                    guid: p.type_id.parse().unwrap(),
                    os: OperatingSystem::None,
                },
                part_guid: p.guid.as_ref().unwrap().parse().unwrap(),
                first_lba: p.start.0,
                last_lba: p.start.0 + p.length.0 - 1,
                flags: 1 << 63 | u64::from(p.number),
                name: p.name.clone().unwrap_or_default(),
            };
            let slot = u64::from(p.number - 1);
            let (start, size) = (header.part_start, header.part_size);
            entry
                .write_to_device(&mut ends, slot, start, block, size)
                .unwrap();
        }
    }
    backup.write_backup(&mut ends, block).unwrap();
    primary.write_primary(&mut ends, block).unwrap();
    let [tail, mut head] = ends.into_pieces().try_into().unwrap();
    head.content[..4].copy_from_slice(b"code");
    head.content[510..512].copy_from_slice(&[0x55, 0xAA]);
    (head.content, tail.content)
}

fn tool(program: &str, arguments: &[&str], input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("input");
    std::fs::write(&script, input).unwrap();
    let output = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(File::open(script).unwrap())
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {text}");
    text
}

/// A table as `sfdisk` makes one: slots with holes, out of order, odd sectors, attributes, names.
const OTHERS: &str = "label: gpt
label-id: 11111111-2222-4333-8444-555555555555
first-lba: 34
7: start=34, size=2000, type=E3C9E316-0B5C-4DB8-817D-F92DF00215AE, uuid=AAAAAAAA-0000-4000-8000-000000000007, name=\"MSR — früh\"
2: start=1050624, size=1048577, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, uuid=AAAAAAAA-0000-4000-8000-000000000002, name=\"Basic data\", attrs=\"RequiredPartition GUID:63\"
1: start=2048, size=614400, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, uuid=AAAAAAAA-0000-4000-8000-000000000001, attrs=\"LegacyBIOSBootable\"
128: start=8000000, size=4096, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=AAAAAAAA-0000-4000-8000-000000000128
";

const SIZE: Bytes = Bytes::gib(8);

/// A file with that table, and something in every byte of the first MiB that is not table.
fn disk_of_others() -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".img").tempfile().unwrap();
    file.as_file().set_len(SIZE.0).unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    tool("sfdisk", &["--quiet", &path], OTHERS);
    file.write_all(b"somebody's boot code").unwrap();
    file.seek(SeekFrom::Start(34 * 512)).unwrap();
    file.write_all(&[0x5A; 2000 * 512]).unwrap();
    file
}

fn ends_of(file: &mut File) -> (Vec<u8>, Vec<u8>) {
    let mut end = |at| {
        let mut content = vec![0; usize::try_from(END.0).unwrap()];
        file.seek(SeekFrom::Start(at)).unwrap();
        file.read_exact(&mut content).unwrap();
        content
    };
    (end(0), end(SIZE.0 - END.0))
}

fn kept(number: u32, type_guid: &str, start: u64, length: u64) -> KeptPartition {
    KeptPartition {
        number,
        id: format!("aaaaaaaa-0000-4000-8000-000000000{number:03}")
            .parse()
            .unwrap(),
        kind: type_guid.parse().unwrap(),
        name: None,
        start: Sectors(start),
        length: Sectors(length),
        length_now: None,
        flags: None,
    }
}

/// Partition 128 goes, 2 becomes shorter, 3 is new.
fn planned() -> NewTable {
    let mut windows = kept(
        2,
        "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
        1_050_624,
        524_289,
    );
    windows.length_now = Some(Sectors(1_048_577));
    NewTable {
        id: "11111111-2222-4333-8444-555555555555".parse().unwrap(),
        sector_size: SectorSize::B512,
        length: SIZE.whole_sectors(SectorSize::B512),
        partitions: vec![NewPartition {
            number: 3,
            role: PartitionRole::RootX86_64,
            id: PartitionId::Gpt(Uuid::from_u128(3)),
            name: "nixos".to_owned(),
            start: Sectors(2_099_200),
            length: Sectors(4_194_304),
            flags: BTreeSet::new(),
        }],
        base: TableBase::Kept {
            partitions: vec![
                kept(7, "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", 34, 2000),
                kept(1, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", 2048, 614_400),
                windows,
            ],
        },
    }
}

fn line(dump: &str, number: u32) -> Option<&str> {
    let mut lines = dump.lines();
    lines.find(|line| line.contains(&format!(".img{number} :")))
}

/// Firmware of some boards lies where entries usually do.
#[test]
fn entries_that_lie_elsewhere_are_not_moved() {
    let mut file = tempfile::Builder::new().suffix(".img").tempfile().unwrap();
    file.as_file().set_len(SIZE.0).unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    let table =
        "label: gpt\nlabel-id: 11111111-2222-4333-8444-555555555555\n1: start=4096, size=2048\n";
    tool("sfdisk", &["--quiet", &path], table);
    tool("sgdisk", &["--move-main-table=64", &path], "");
    let (head, tail) = ends_of(file.as_file_mut());
    let error = KeptTable::read(&planned(), head, tail, None).unwrap_err();
    let error = error.to_string();
    assert!(error.contains("begin at sector 64"), "{error}");
}

#[test]
fn what_others_have_written_stays() {
    let mut file = disk_of_others();
    let path = file.path().to_str().unwrap().to_owned();
    let before = tool("sfdisk", &["--dump", &path], "");
    let (head, tail) = ends_of(file.as_file_mut());
    let table = planned();
    let old = KeptTable::read(&table, head.clone(), tail, None).unwrap();
    for piece in pieces(&table, Some(&old)).unwrap() {
        file.seek(SeekFrom::Start(piece.at.0)).unwrap();
        file.write_all(&piece.content).unwrap();
    }
    let verdict = tool("sfdisk", &["--verify", &path], "");
    assert!(verdict.contains("No errors detected"), "{verdict}");
    let verdict = tool("sgdisk", &["-v", &path], "");
    assert!(verdict.contains("No problems found"), "{verdict}");

    let after = tool("sfdisk", &["--dump", &path], "");
    for number in [1, 7] {
        assert_eq!(line(&before, number), line(&after, number), "{after}");
    }
    let shorter = line(&before, 2).unwrap().replace("1048577", " 524289");
    assert_eq!(line(&after, 2), Some(shorter.as_str()), "{after}");
    assert_eq!(line(&after, 128), None);
    assert!(
        line(&after, 3)
            .unwrap()
            .contains("start=     2099200, size=     4194304")
    );
    assert_eq!(after.matches(".img").count(), 4 + 1, "{after}");

    let (now, tail) = ends_of(file.as_file_mut());
    assert_eq!(now[..512], head[..512], "the boot record");
    assert_eq!(
        now[34 * 512..],
        head[34 * 512..],
        "what begins before the first MiB"
    );
    compare(&table, Some(&old), now.clone(), tail.clone()).unwrap();
    // An attribute that is another one, the boot record's signature.
    for at in [1024 + 128 + 48, 1024 + 6 * 128 + 60, 450] {
        let mut broken = now.clone();
        broken[at] ^= 1;
        assert!(
            compare(&table, Some(&old), broken, tail.clone()).is_err(),
            "{at}"
        );
    }
}

#[test]
fn another_table_is_not_taken_for_it() {
    let mut file = disk_of_others();
    let (head, tail) = ends_of(file.as_file_mut());
    let breakages: [fn(&mut KeptPartition); 5] = [
        |p| p.number = 3,
        |p| p.id = PartitionId::Gpt(Uuid::from_u128(7)),
        |p| p.kind = PartitionType::Gpt(Uuid::from_u128(7)),
        |p| p.start.0 += 1,
        |p| p.length_now = Some(Sectors(1_048_576)),
    ];
    for (i, breakage) in breakages.iter().enumerate() {
        let mut table = planned();
        let TableBase::Kept { partitions } = &mut table.base else {
            panic!("kept")
        };
        breakage(&mut partitions[2]);
        assert!(
            KeptTable::read(&table, head.clone(), tail.clone(), None).is_err(),
            "{i}"
        );
    }
    let mut table = planned();
    table.id = TableId::Gpt(Uuid::from_u128(1));
    assert!(KeptTable::read(&table, head.clone(), tail.clone(), None).is_err());
    // A damaged entry no longer fits its checksum.
    let mut damaged = head;
    damaged[1024 + 40] ^= 1;
    assert!(KeptTable::read(&planned(), damaged, tail, None).is_err());
}

#[test]
fn flags_that_are_named_are_written_and_others_stay() {
    let mut file = disk_of_others();
    let path = file.path().to_str().unwrap().to_owned();
    let attributes = |number: &str| {
        let told = tool("sfdisk", &["--part-attrs", &path, number], "");
        told.trim().to_owned()
    };
    // Windows hides it by bit 62, which has no name here.
    tool(
        "sfdisk",
        &["--part-attrs", &path, "1", "RequiredPartition GUID:62"],
        "",
    );
    let others = attributes("7");
    let mut table = planned();
    table.partitions[0].flags = [PartitionFlag::ReadOnly].into();
    let TableBase::Kept { partitions } = &mut table.base else {
        panic!("kept")
    };
    let flags = [PartitionFlag::LegacyBoot, PartitionFlag::NoBlockIo];
    partitions[1].flags = Some(flags.into());
    let (head, tail) = ends_of(file.as_file_mut());
    let old = KeptTable::read(&table, head, tail, None).unwrap();
    for piece in pieces(&table, Some(&old)).unwrap() {
        file.seek(SeekFrom::Start(piece.at.0)).unwrap();
        file.write_all(&piece.content).unwrap();
    }
    assert_eq!(
        attributes("1"),
        "NoBlockIOProtocol LegacyBIOSBootable GUID:62"
    );
    // Beside others, nobody mounts it by its type.
    assert_eq!(attributes("3"), "GUID:60,63");
    assert_eq!(attributes("7"), others);
    let (head, tail) = ends_of(file.as_file_mut());
    compare(&table, Some(&old), head.clone(), tail.clone()).unwrap();
    let mut broken = head;
    broken[1024 + 48] ^= 1;
    assert!(compare(&table, Some(&old), broken, tail).is_err());
    table.partitions[0].flags = [PartitionFlag::Active].into();
    assert!(pieces(&table, Some(&old)).is_err());
}
