//! What a system takes into use by the mere type of a partition, beside what its fstab names (Discoverable
//! Partitions Specification; `systemd-gpt-auto-generator(8)`): swap and home folders on the disk of its
//! root. Where systems share a disk, none may take the other's: a swap that another Linux sleeps in, or
//! that is not encrypted as the root is.

use super::identity::{PartitionId, PartitionType};
use super::table::{KeptPartition, NewTable, PartitionRole};
use crate::preset::PartitionFlag;
use uuid::Uuid;

/// The attribute that says "only who names it": bit 63, "no-auto" in the specification.
pub(super) const NO_AUTO: u64 = 1 << 63;

/// The types that are taken and that no partition of ours has: `/srv`, `/var`, `/var/tmp`.
const TAKEN: [Uuid; 3] = [
    Uuid::from_u128(0x3B8F8425_20E0_4F3B_907F_1A25A76F98E8),
    Uuid::from_u128(0x4D21B016_B534_45C2_A9FB_5C16E091FD2D),
    Uuid::from_u128(0x7EC6F557_3BC5_4ACA_B293_16EF5DF639D1),
];

/// Whether something stays in a GPT that the new system would take into use though nobody said so;
/// `named` is what its fstab names.
pub fn would_take(table: &NewTable, named: impl Fn(PartitionId) -> bool) -> bool {
    let mut kept = table.kept().iter();
    kept.any(|kept| is_taken(kept.kind) && !is_left_alone(kept) && !named(kept.id))
}

/// Whether the preset says that nobody takes it.
fn is_left_alone(kept: &KeptPartition) -> bool {
    let flags = kept.flags.as_ref();
    flags.is_some_and(|flags| flags.contains(&PartitionFlag::NoAuto))
}

fn is_taken(kind: PartitionType) -> bool {
    match kind {
        PartitionType::Gpt(guid) => {
            TAKEN.contains(&guid)
                || [PartitionRole::Swap, PartitionRole::Home]
                    .iter()
                    .any(|role| role.type_guid() == guid)
        }
        PartitionType::Mbr(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{PartitionId, TableBase, TableId};
    use crate::units::{SectorSize, Sectors};

    fn kept(number: u32, kind: &str) -> KeptPartition {
        KeptPartition {
            number,
            id: PartitionId::Gpt(Uuid::from_u128(u128::from(number))),
            kind: kind.parse().unwrap(),
            name: None,
            start: Sectors(u64::from(number) * 2048),
            length: Sectors(2048),
            length_now: None,
            flags: None,
        }
    }

    fn table(base: TableBase) -> NewTable {
        NewTable {
            id: TableId::Gpt(Uuid::from_u128(1)),
            sector_size: SectorSize::try_from(512).unwrap(),
            length: Sectors(1 << 20),
            partitions: vec![],
            base,
        }
    }

    const SWAP: &str = "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f";
    const HOME: &str = "933ac7e1-2eb4-4f13-b844-0e14e2aef915";
    const LINUX: &str = "0fc63daf-8483-4772-8e79-3d69d8477de4";

    #[test]
    fn ours_would_take_what_is_marked_and_not_named() {
        let would_take = |kinds: &[&str], named: &[u32]| {
            let partitions = (1..).zip(kinds).map(|(n, kind)| kept(n, kind)).collect();
            let named: Vec<_> = named.iter().map(|n| kept(*n, LINUX).id).collect();
            let table = table(TableBase::Kept { partitions });
            would_take(&table, |id| named.contains(&id))
        };
        assert!(would_take(&[LINUX, SWAP], &[]));
        assert!(would_take(&[HOME], &[]));
        assert!(would_take(&["4d21b016-b534-45c2-a9fb-5c16e091fd2d"], &[]));
        assert!(!would_take(&[LINUX, HOME], &[2]));
        assert!(!would_take(&[LINUX], &[]));
        assert!(!would_take(&["0x82"], &[]));
    }

    #[test]
    fn what_the_preset_marks_is_left_alone() {
        let mut home = kept(1, HOME);
        home.flags = Some([PartitionFlag::NoAuto].into());
        let base = |home: &KeptPartition| TableBase::Kept {
            partitions: vec![home.clone()],
        };
        assert!(!would_take(&table(base(&home)), |_| false));
        home.flags = Some([PartitionFlag::ReadOnly].into());
        assert!(would_take(&table(base(&home)), |_| false));
    }
}
