//! Runs on a disk whose MBR stays.

use super::kept::laid_out;
use super::*;
use crate::preset::Layout;

/// A disk that a preset edits partition by partition.
fn edited(machine_name: &str, preset: &str) -> Scripted {
    let mut machine = machine(machine_name);
    let text = recorded(&format!("presets/{preset}.toml"));
    let preset = crate::preset::read(&text, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    Scripted::new(&plan, &disk)
}

/// The four entries of the first sector.
fn entries(head: &[u8]) -> Vec<Vec<u8>> {
    head[446..510].chunks(16).map(<[u8]>::to_vec).collect()
}

#[test]
fn a_gap_beside_windows_is_filled_and_all_else_stays() {
    let mut system = laid_out("table-mbr-windows", Layout::Free, None);
    let before = system.head.clone();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    assert_eq!(left_open(&system), Vec::<String>::new());
    let (old, new) = (entries(&before), entries(&system.head));
    assert_eq!(new[..3], old[..3]);
    assert_eq!((old[3][4], new[3][4]), (0, 0x83));
    assert_eq!(system.head[440..446], before[440..446], "the signature");
    // GRUB has its code, and its core image in the gap.
    assert!(system.head[..440].windows(5).any(|code| code == b"GRUB "));
}

#[test]
fn home_in_a_logical_partition_stays_and_the_chain_is_not_written() {
    let mut system = laid_out("table-mbr-home", Layout::KeepHome, Some(1));
    let before = system.head.clone();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    let (old, new) = (entries(&before), entries(&system.head));
    assert_eq!(new[1..], old[1..]);
    let home = system.plan.disk.table.kept().iter().find(|p| p.number == 6);
    let home = home.unwrap().id.to_string();
    assert_eq!(home, "5c0ffee2-06");
    let mounted = |line: &&String| line.contains(&home) && line.contains("mount");
    assert!(
        system.asked.iter().any(|line| mounted(&line)),
        "{:#?}",
        system.asked
    );
}

#[test]
fn by_hand_two_new_ones_take_the_places_that_are_left() {
    let mut system = edited("table-mbr-extended", "manual-mbr-logical");
    let before = system.head.clone();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    let (old, new) = (entries(&before), entries(&system.head));
    assert_eq!((&new[0], &new[2]), (&old[0], &old[2]));
    assert_eq!((new[1][4], new[3][4]), (0x82, 0x83));
    assert_eq!(system.head[440..446], before[440..446], "the signature");
}

#[test]
fn an_extended_partition_goes_with_its_chain() {
    for name in ["table-mbr-home", "table-mbr-sector-63"] {
        let mut system = edited(name, "manual-mbr-chain");
        let seen = run_whole(&mut system);
        assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
        assert_eq!(system.violations, Vec::<String>::new());
        let new = entries(&system.head);
        assert_eq!((new[0][4], new[1][4]), (0x83, 0x83));
        assert_eq!(new[2..], vec![vec![0; 16]; 2]);
        for gone in ["sda2", "sda5", "sda6"] {
            let wiped = format!("wipefs --all --quiet /dev/{gone}");
            assert!(system.asked.contains(&wiped), "{:#?}", system.asked);
        }
    }
}

/// One logical partition is made anew in its place, the last becomes larger, and so does what is around it.
fn chain_edited() -> Scripted {
    let mut system = edited("table-mbr-home", "manual-mbr-chain-edited");
    system.answers = vec![(
        "dumpe2fs",
        "Filesystem features: extent\nFilesystem state: clean\nBlock size: 4096\n",
    )];
    system
}

#[test]
fn records_of_a_chain_are_written_where_they_change() {
    let mut system = chain_edited();
    let (before, chain) = (system.head.clone(), system.chain.clone());
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    assert_eq!(left_open(&system), Vec::<String>::new());
    let (old, new) = (entries(&before), entries(&system.head));
    assert_eq!(new[2..], old[2..]);
    assert_eq!(system.head[440..446], before[440..446], "the signature");
    let sectors = |entry: &[u8]| u32::from_le_bytes(entry[12..16].try_into().unwrap());
    let end = 625_141_760;
    assert_eq!((new[1][4], sectors(&new[1])), (5, end - 125_831_168));
    assert_eq!(
        (new[1][..4].to_vec(), &new[1][8..12]),
        (old[1][..4].to_vec(), &old[1][8..12])
    );
    let records: Vec<_> = chain.keys().zip(system.chain.values()).collect();
    let [(_, first), (_, second)] = records.as_slice() else {
        panic!("{records:?}")
    };
    let (first, second) = (entries(first), entries(second));
    assert_eq!((first[0][4], sectors(&first[0])), (0x83, 16_777_216));
    assert_eq!(sectors(&first[1]), end - 142_612_480);
    assert_eq!(
        (second[0][4], sectors(&second[0])),
        (0x83, end - 142_614_528)
    );
}

#[test]
fn a_chain_that_is_changed_has_a_second_try_after_any_failure() {
    second_tries_end_as_unbroken(chain_edited, |whole, tried, asked| {
        assert!(tried.chain == whole.chain, "{asked}");
    });
}

#[test]
fn another_chain_than_the_confirmed_one_is_refused_before_anything_is_wiped() {
    for (record, at) in [(0, 446 + 8), (1, 446 + 4), (1, 510)] {
        let mut system = chain_edited();
        system.chain.values_mut().nth(record).unwrap()[at] ^= 1;
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("refused");
        };
        let told = error.message.contains("is another one") || error.message.contains("breaks");
        assert!(told, "{error:?}");
        let touched = |line: &&String| line.starts_with("write /dev") || line.contains("wipefs");
        assert!(!system.asked.iter().any(|line| touched(&line)));
    }
}

#[test]
fn an_esp_of_an_mbr_starts_grub() {
    let mut system = laid_out("table-mbr-uefi-esp", Layout::Free, None);
    let before = system.head.clone();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.head[..446], before[..446], "the start code stays");
}

#[test]
fn another_record_than_the_confirmed_one_is_refused_before_anything_is_wiped() {
    let mut system = laid_out("table-mbr-windows", Layout::Free, None);
    system.head[446 + 8] ^= 1;
    let seen = run_whole(&mut system);
    let Outcome::Failed { error, .. } = seen.outcome else {
        panic!("refused");
    };
    assert!(error.message.contains("which is to stay"), "{error:?}");
    let touched = |line: &&String| line.starts_with("write /dev") || line.contains("wipefs");
    assert!(
        !system.asked.iter().any(|line| touched(&line)),
        "{:#?}",
        system.asked
    );
}
