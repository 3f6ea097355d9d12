//! The table is held against `sfdisk` and `sgdisk`, other people's tools, where they are installed.

use super::*;
use crate::storage::{Need, NeedSize, PartitionId, PartitionRole, erase};
use crate::units::Sectors;
use proptest::prelude::*;
use std::fs::File;
use std::process::Command;
use uuid::Uuid;

fn table(size: Bytes, sector_size: SectorSize) -> NewTable {
    let mut next = 0;
    let need = |role, size| Need {
        role,
        name: "part",
        size,
    };
    let needs = [
        need(PartitionRole::Esp, NeedSize::Fixed(Bytes::gib(1))),
        need(PartitionRole::RootX86_64, NeedSize::Rest(Bytes::mib(64))),
    ];
    erase(size, sector_size, &needs, || {
        next += 1;
        Uuid::from_u128(0x1111_2222_3333_4444_5555_6666_7777_0000 + next)
    })
    .unwrap()
}

fn on_file(table: &NewTable) -> tempfile::NamedTempFile {
    // A name that ends in a digit would get a `p` before the number of a partition.
    let mut file = tempfile::Builder::new().suffix(".img").tempfile().unwrap();
    file.as_file()
        .set_len(table.length.bytes(table.sector_size).0)
        .unwrap();
    for piece in pieces(table, None).unwrap() {
        file.seek(SeekFrom::Start(piece.at.0)).unwrap();
        file.write_all(&piece.content).unwrap();
    }
    file
}

fn ends_of(file: &mut File, length: u64) -> (Vec<u8>, Vec<u8>) {
    let mut end = |at| {
        let mut content = vec![0; usize::try_from(END.0).unwrap()];
        file.seek(SeekFrom::Start(at)).unwrap();
        file.read_exact(&mut content).unwrap();
        content
    };
    (end(0), end(length - END.0))
}

/// Runs a tool that the test can't do without.
fn tool(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {text}");
    text
}

#[test]
fn other_tools_find_what_was_planned() {
    let mut planned = table(Bytes::gib(8), SectorSize::B512);
    // Slots are kept, holes between them as well.
    planned.partitions[1].number = 5;
    let file = on_file(&planned);
    let path = file.path().to_str().unwrap();
    let verdict = tool("sfdisk", &["--verify", path]);
    assert!(verdict.contains("No errors detected"), "{verdict}");
    let verdict = tool("sgdisk", &["-v", path]);
    assert!(verdict.contains("No problems found"), "{verdict}");
    let dump = tool("sfdisk", &["--dump", path]).to_lowercase();
    assert!(
        dump.contains(&format!("label-id: {}", planned.id)),
        "{dump}"
    );
    for partition in &planned.partitions {
        let line = format!(
            "{path}{} : start={:>12}, size={:>12}, type={}, uuid={}, name=\"{}\"",
            partition.number,
            partition.start.0,
            partition.length.0,
            partition.role.type_guid(),
            partition.id,
            partition.name
        )
        .to_lowercase();
        assert!(dump.contains(&line), "{dump}\n{line}");
    }
}

#[test]
fn other_tools_find_it_on_big_sectors_too() {
    let planned = table(Bytes::gib(8), SectorSize::B4096);
    let file = on_file(&planned);
    let path = file.path().to_str().unwrap();
    // sgdisk can't be told the sector size of a file, and older sfdisk neither; partx and fdisk can.
    let found = tool(
        "partx",
        &[
            "--raw",
            "--noheadings",
            "--sector-size=4096",
            "--output=NR,START,SECTORS,UUID",
            path,
        ],
    );
    // partx counts in 512 bytes whatever the sectors are.
    let planned_lines: Vec<String> = planned
        .partitions
        .iter()
        .map(|p| format!("{} {} {} {}", p.number, p.start.0 * 8, p.length.0 * 8, p.id))
        .collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), planned_lines);
    let list = tool("fdisk", &["--sector-size=4096", "--list", path]).to_lowercase();
    assert!(
        list.contains(&format!("disk identifier: {}", planned.id)),
        "{list}"
    );
    assert!(
        !list.contains("corrupt") && !list.contains("mismatch"),
        "{list}"
    );
}

#[test]
fn one_wrong_bit_is_found() {
    let planned = table(Bytes::gib(3), SectorSize::B512);
    let length = planned.length.bytes(planned.sector_size).0;
    let mut file = on_file(&planned).into_file();
    let (head, tail) = ends_of(&mut file, length);
    compare(&planned, None, head.clone(), tail.clone()).unwrap();
    // Signature and LBA of the MBR's record, primary header, first entry.
    for at in [450, 510, 512, 520, 512 + 56, 1024, 1024 + 40] {
        let mut broken = head.clone();
        broken[at] ^= 1;
        assert!(
            compare(&planned, None, broken, tail.clone()).is_err(),
            "{at}"
        );
    }
    let end = tail.len();
    for at in [end - 512, end - 512 + 16, end - 512 - 128 * 128] {
        let mut broken = tail.clone();
        broken[at] ^= 1;
        assert!(
            compare(&planned, None, head.clone(), broken).is_err(),
            "{at}"
        );
    }
    let mut other = planned.clone();
    other.partitions[1].name = "other".to_owned();
    assert!(compare(&other, None, head.clone(), tail.clone()).is_err());
    let mut other = planned;
    other.partitions.pop();
    assert!(compare(&other, None, head, tail).is_err());
}

#[test]
fn a_table_that_is_not_written_may_have_its_backup_anywhere() {
    let small = table(Bytes::gib(3), SectorSize::B512);
    let mut file = on_file(&small).into_file();
    // Onto a larger disk, as dd clones it.
    let mut planned = small;
    planned.length = Sectors(Bytes::gib(4).0 / 512);
    let length = planned.length.bytes(planned.sector_size).0;
    file.set_len(length).unwrap();
    let (head, tail) = ends_of(&mut file, length);
    assert!(compare(&planned, None, head.clone(), tail.clone()).is_err());
    unchanged(&planned, [&head, &tail], [&head, &tail]).unwrap();
    let mut code = head.clone();
    code[17] ^= 1;
    unchanged(&planned, [&head, &tail], [&code, &tail]).unwrap();
    for at in [440, 450, 512, 1024 + 40, 34 * 512 - 1] {
        let mut other = head.clone();
        other[at] ^= 1;
        assert!(
            unchanged(&planned, [&head, &tail], [&other, &tail]).is_err(),
            "{at}"
        );
    }
    for back in [1, 512, 33 * 512] {
        let mut other = tail.clone();
        let at = other.len() - back;
        other[at] ^= 1;
        assert!(
            unchanged(&planned, [&head, &tail], [&head, &other]).is_err(),
            "{back}"
        );
    }
}

/// Some BIOSes start no disk whose boot record has no active entry; UEFI wants none.
#[test]
fn a_new_table_for_a_bios_protects_with_an_active_entry() {
    let mut planned = table(Bytes::gib(3), SectorSize::B512);
    let first = |planned: &NewTable| pieces(planned, None).unwrap().pop().unwrap().content;
    assert_eq!((first(&planned)[446], first(&planned)[450]), (0, 0xEE));
    planned.partitions[0].role = PartitionRole::BiosBoot;
    let mut file = on_file(&planned);
    let path = file.path().to_str().unwrap().to_owned();
    let verdict = tool("sgdisk", &["-v", &path]);
    assert!(verdict.contains("No problems found"), "{verdict}");
    let length = planned.length.bytes(planned.sector_size).0;
    let (mut head, tail) = ends_of(file.as_file_mut(), length);
    assert_eq!((head[446], head[450]), (0x80, 0xEE));
    compare(&planned, None, head.clone(), tail.clone()).unwrap();
    head[446] = 0;
    assert!(compare(&planned, None, head, tail).is_err());
}

#[test]
fn broken_tables_are_refused() {
    let good = table(Bytes::gib(3), SectorSize::B512);
    table_rules::check(&good).unwrap();
    let breakages: [fn(&mut NewTable); 11] = [
        |t| t.partitions[1].start = Sectors(4096),
        |t| t.partitions[1].number = 1,
        |t| t.partitions[1].number = 0,
        |t| t.partitions[1].number = 129,
        |t| t.partitions[1].id = t.partitions[0].id,
        |t| t.partitions[1].id = PartitionId::Gpt(t.id.guid().unwrap()),
        |t| t.partitions[1].length = Sectors(0),
        |t| t.partitions[1].length.0 += 1,
        |t| t.partitions[1].length.0 += 2048,
        |t| t.partitions[0].start = Sectors(0),
        |t| t.partitions[0].name = "x".repeat(37),
    ];
    for (i, breakage) in breakages.iter().enumerate() {
        let mut bad = good.clone();
        breakage(&mut bad);
        assert!(pieces(&bad, None).is_err(), "{i}");
    }
    // What no table can be written for is said before the disk is wiped.
    let bad = table(Bytes::gib(3), SectorSize::try_from(2048).unwrap());
    let error = table_rules::check(&bad).unwrap_err().to_string();
    assert!(error.contains("its sectors have 2048 bytes"), "{error}");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        mib in 2048_u64..4_000_000, odd in 0_u64..2048, big in any::<bool>(), slot in 2_u32..=128
    ) {
        let size = if big { SectorSize::B4096 } else { SectorSize::B512 };
        let mut planned = table(Bytes(Bytes::mib(mib).0 + odd * 4096), size);
        planned.partitions[1].number = slot;
        planned.partitions[1].role = PartitionRole::RootAarch64;
        let written = pieces(&planned, None).unwrap();
        let [tail, head] = written.as_slice() else { panic!("two pieces") };
        prop_assert_eq!(tail.at.0 + END.0, planned.length.bytes(size).0);
        prop_assert_eq!(head.at.0, 0);
        compare(&planned, None, head.content.clone(), tail.content.clone()).unwrap();
    }
}
