//! What holds for the partitions that a plan makes, on any table.

use nevado::storage::NewTable;
use nevado::units::Bytes;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::collections::BTreeSet;

/// They are aligned, in order, in slots of their own, apart from all others, and inside the usable sectors.
pub(crate) fn the_new_fit(table: &NewTable) -> TestCaseResult {
    let sector = table.sector_size;
    let reserved = 16 * 1024 / sector.bytes() + 1;
    for p in &table.partitions {
        prop_assert!(p.length.0 > 0);
        prop_assert_eq!(p.start.bytes(sector).0 % Bytes::mib(1).0, 0);
        prop_assert_eq!(p.length.bytes(sector).0 % Bytes::mib(1).0, 0);
    }
    prop_assert!(table.partitions.is_sorted_by_key(|p| p.start));
    let mut places = table.places();
    let numbers: BTreeSet<u32> = places.iter().map(|(number, ..)| *number).collect();
    prop_assert_eq!(numbers.len(), places.len());
    prop_assert!(numbers.iter().all(|number| (1..=128).contains(number)));
    places.sort_by_key(|(_, start, _)| *start);
    let mut free_from = 1 + reserved;
    for (_, start, length) in places {
        prop_assert!(start.0 >= free_from);
        free_from = start.0 + length.0;
    }
    prop_assert!(free_from + reserved <= table.length.0);
    Ok(())
}
