//! A machine with very many disks, for what must not become slow with their number.

use nevado::machine::{Content, Fact, Machine, Table, TableKind};
use std::path::PathBuf;

/// `machine` with its first disk `count` times over, each with a name, a number and identifiers of its own:
/// none is a copy of another one, and every layout is possible that is possible on the first.
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
        if let Fact::Known(table) = &mut disk.table {
            make_own(table, index);
        }
        disk
    });
    machine.disks = Fact::Known(disks.collect());
    machine
}

/// Numbers in place of the first digits of each identifier.
fn make_own(table: &mut Table, disk: usize) {
    let own = |id: &mut String, part: u32| {
        let number = format!("{:08x}", (disk + 1) * 1000 + part as usize);
        id.replace_range(..8, &number);
    };
    let Table::Partitioned {
        kind, partitions, ..
    } = table
    else {
        return;
    };
    let is_mbr = match kind {
        TableKind::Gpt { guid } => {
            own(guid, 0);
            false
        }
        TableKind::Mbr { signature } => {
            own(signature, 0);
            true
        }
    };
    for partition in partitions {
        // Those of an MBR begin with its signature.
        let part = if is_mbr { 0 } else { partition.number };
        if let Some(guid) = &mut partition.guid {
            own(guid, part);
        }
        if let Content::Formatted(fs) = &mut partition.content
            && let Some(uuid) = fs.uuid.as_mut().filter(|uuid| uuid.len() == 36)
        {
            own(uuid, part);
        }
    }
}
