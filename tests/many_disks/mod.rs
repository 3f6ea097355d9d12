//! A machine with very many disks, for what must not become slow with their number.

use nevado::machine::{Fact, Machine};
use std::path::PathBuf;

/// `machine` with its first disk `count` times over, each with a name and a number of its own.
pub(crate) fn many_disks(machine: &Machine, count: usize) -> Machine {
    let mut machine = machine.clone();
    let first = machine
        .disks
        .known()
        .and_then(|disks| disks.first())
        .cloned();
    let first = first.expect("a disk");
    let disks = (0..count).map(|index| {
        let mut disk = first.clone();
        disk.name = format!("nvme{index}n1");
        disk.path = PathBuf::from(format!("/dev/nvme{index}n1"));
        disk.by_id = vec![PathBuf::from(format!(
            "/dev/disk/by-id/nvme-number-{index}"
        ))];
        disk.by_path.clear();
        disk.serial = Some(format!("number-{index}"));
        disk.wwn = None;
        disk
    });
    machine.disks = Fact::Known(disks.collect());
    machine
}
