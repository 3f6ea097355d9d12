//! Flags of partitions on the Partitions page: chips that begin with what a partition has.

use super::driver::recorded;
use super::partitions::{disks, on_partitions_with, press, undo, with_partitions};
use crate::machine::{Fact, Table};
use crate::preset::PartitionFlag;

#[test]
fn flags_of_what_stays_begin_with_its_own_and_are_not_said_where_they_are_the_same() {
    let mut machine = recorded("table-dual-linux");
    let Fact::Known(all) = &mut machine.disks else {
        panic!("disks")
    };
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut all[0].table else {
        panic!("a table")
    };
    partitions[1].attributes = 1 << 60;
    let mut driver = on_partitions_with(machine, 900.0);
    driver.click("2  ·  fedora (btrfs)");
    press(&mut driver, "more");
    press(&mut driver, "flag-no_auto");
    let flags = disks(&driver)[0].partitions[0].flags.clone();
    let both = [PartitionFlag::ReadOnly, PartitionFlag::NoAuto];
    assert_eq!(flags, Some(both.into()));
    press(&mut driver, "flag-no_auto");
    assert!(disks(&driver)[0].partitions.is_empty());
    press(&mut driver, "flag-read_only");
    let flags = disks(&driver)[0].partitions[0].flags.clone();
    assert_eq!(flags, Some([].into()));
    // Made anew, it has none of its own.
    driver.click("Format");
    assert_eq!(disks(&driver)[0].partitions[0].flags, None);
    press(&mut driver, "flag-required");
    let flags = disks(&driver)[0].partitions[0].flags.clone();
    assert_eq!(flags, Some([PartitionFlag::Required].into()));
    assert!(!driver.shows("Active"));
    undo(&mut driver);
    assert_eq!(disks(&driver)[0].partitions[0].flags, None);
}

#[test]
fn an_mbr_has_one_flag_and_a_flag_that_can_not_be_is_told_beside_it() {
    let mut driver = on_partitions_with(recorded("table-mbr-home"), 900.0);
    driver.click("1  ·  debian (ext4)");
    press(&mut driver, "more");
    assert!(driver.shows("Active") && !driver.shows("Read-only"));
    press(&mut driver, "flag-active");
    let flags = disks(&driver)[0].partitions[0].flags.clone();
    assert_eq!(flags, Some([PartitionFlag::Active].into()));
    let text = "[[disk.disks.partitions]]\npartition = { number = 1 }\n\
                mount = '/boot'\nflags = ['no_block_io']\n";
    let mut driver = with_partitions("table-dual-linux", text);
    assert!(driver.shows("its firmware does not see"));
}
