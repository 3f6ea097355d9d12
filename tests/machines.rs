//! The machines that golden plans are made for: each reads as a [`Machine`], and is written as
//! Nevado writes one, so that a recorded file and a made one look alike.
//!
//! Those with a `tests/sysfs/NAME.tree` are what the probe finds there (`tests/probe.rs`); the
//! others are made by hand for one thing each: `empty-…`, `tiny-disk`, `read-only-disk`,
//! `table-…` (one disk's content each), `unknown-table`, `two-equal-disks`, `disk-with-lvm`, `nvme-2tb-linux`, `windows-laptop`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use nevado::machine::{Disk, FORMAT, GptFlaw, Machine, Table, TableKind};
use nevado::units::Bytes;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
    let entries = folder.read_dir().unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_machine_is_read_and_written_back_unchanged() {
    let mut seen = 0;
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let machine: Machine =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_eq!(machine.format, FORMAT, "{path:?}");
        let again = serde_json::to_string_pretty(&machine).unwrap() + "\n";
        assert_eq!(text, again, "{path:?} is not in Nevado's own form");
        seen += 1;
    }
    assert!(seen >= 10, "only {seen} machines");
}

#[test]
fn partitions_and_gaps_fill_every_disk() {
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let machine: Machine = serde_json::from_str(&text).unwrap();
        for disk in machine.disks.known().into_iter().flatten() {
            check_table(disk, &path);
        }
    }
}

/// Each usable sector is in a partition or a gap, and in one gap at most.
fn check_table(disk: &Disk, path: &Path) {
    let Some(Table::Partitioned {
        kind,
        partitions,
        gaps,
        flaw,
        ..
    }) = disk.table.known()
    else {
        return;
    };
    let name = &disk.name;
    let sector = disk.sectors.logical;
    let total = disk.size.whole_sectors(sector).0;
    let array = Bytes(16 << 10).whole_sectors(sector).0;
    let usable = match kind {
        TableKind::Gpt { .. } => 2 + array..total - 1 - array,
        TableKind::Mbr { .. } => 1..total.min(1 << 32),
    };
    let starts: Vec<_> = partitions.iter().map(|part| part.start).collect();
    assert!(starts.is_sorted(), "{path:?}: {name} is out of order");
    let parts = partitions.iter().map(|part| (part.start.0, part.length.0));
    let free = gaps.iter().map(|gap| (gap.start.0, gap.length.0));
    let mut regions: Vec<_> = parts.chain(free.clone()).collect();
    regions.sort_unstable();
    // Where the entries lie elsewhere, so does the first sector behind them.
    let mut covered = match (flaw, regions.first()) {
        (Some(GptFlaw::EntriesAt(_)), Some((first, _))) => *first,
        _ => usable.start,
    };
    for (start, length) in regions {
        let end = start + length;
        assert!(
            start <= covered,
            "{path:?}: {name} forgets sector {covered}"
        );
        assert!(
            end <= usable.end,
            "{path:?}: {name} ends at {end} of {total}"
        );
        covered = covered.max(end);
    }
    assert_eq!(covered, usable.end, "{path:?}: {name} forgets its end");
    for (start, length) in free {
        let apart = partitions
            .iter()
            .all(|part| part.start.0 + part.length.0 <= start || start + length <= part.start.0);
        assert!(apart, "{path:?}: {name}: the gap at {start} is covered");
    }
}
