//! The attributes of a partition in a GPT: what is asked for, and what keeps systems on one disk apart.

use super::discoverable::NO_AUTO;
use super::table::{NewPartition, NewTable, PartitionRole};
use crate::preset::PartitionFlag;
use std::collections::BTreeSet;

/// The attribute of a flag: UEFI specification 2.10, table 5.8 ("Defined GPT Partition Entry: Attributes"),
/// and the Discoverable Partitions Specification ("Partition Flags"); none where a GPT has no such flag.
const fn attribute(flag: PartitionFlag) -> Option<u64> {
    match flag {
        PartitionFlag::Required => Some(1),
        PartitionFlag::NoBlockIo => Some(1 << 1),
        PartitionFlag::LegacyBoot => Some(1 << 2),
        PartitionFlag::GrowFileSystem => Some(1 << 59),
        PartitionFlag::ReadOnly => Some(1 << 60),
        PartitionFlag::NoAuto => Some(NO_AUTO),
        PartitionFlag::Active => None,
    }
}

/// Whether a GPT has this flag; an MBR has the others.
pub const fn is_of_gpt(flag: PartitionFlag) -> bool {
    attribute(flag).is_some()
}

/// The flags among the attributes of a partition that is there, in a GPT or in an MBR.
pub fn flags_of(attributes: u64, is_gpt: bool) -> BTreeSet<PartitionFlag> {
    let is_set = |flag: &PartitionFlag| match attribute(*flag) {
        Some(bit) => is_gpt && attributes & bit != 0,
        None => !is_gpt && attributes & 0x80 != 0,
    };
    PartitionFlag::ALL.into_iter().filter(is_set).collect()
}

/// The attributes of a new partition in a GPT.
pub fn attributes(table: &NewTable, partition: &NewPartition) -> u64 {
    let role = partition.role;
    let taken = role.is_root() || matches!(role, PartitionRole::Swap | PartitionRole::Home);
    let own = match taken && !table.base.is_new() {
        true => NO_AUTO,
        false => 0,
    };
    with_flags(own, &partition.flags) | own
}

/// These attributes with exactly these flags; those that no flag is the name of stay.
pub fn with_flags(attributes: u64, flags: &BTreeSet<PartitionFlag>) -> u64 {
    let all = PartitionFlag::ALL.into_iter().filter_map(attribute);
    let named = all.fold(0, |bits, bit| bits | bit);
    let wanted = flags.iter().copied().filter_map(attribute);
    wanted.fold(attributes & !named, |bits, bit| bits | bit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{PartitionId, TableBase, TableId};
    use crate::units::{SectorSize, Sectors};
    use uuid::Uuid;

    fn new(role: PartitionRole) -> NewPartition {
        NewPartition {
            number: 9,
            role,
            id: PartitionId::Gpt(Uuid::from_u128(9)),
            name: "nixos".to_owned(),
            start: Sectors(90_000),
            length: Sectors(2048),
            flags: BTreeSet::new(),
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

    #[test]
    fn beside_others_nobody_takes_ours() {
        let beside = table(TableBase::Kept {
            partitions: Vec::new(),
        });
        for (role, attributes_then) in [
            (PartitionRole::Swap, NO_AUTO),
            (PartitionRole::Home, NO_AUTO),
            (PartitionRole::RootX86_64, NO_AUTO),
            (PartitionRole::Esp, 0),
            (PartitionRole::Boot, 0),
            (PartitionRole::Linux, 0),
        ] {
            assert_eq!(attributes(&beside, &new(role)), attributes_then, "{role:?}");
            assert_eq!(attributes(&table(TableBase::New), &new(role)), 0);
        }
    }

    #[test]
    fn what_is_asked_for_comes_beside_what_keeps_systems_apart() {
        let beside = table(TableBase::Kept {
            partitions: Vec::new(),
        });
        let mut home = new(PartitionRole::Home);
        home.flags = [PartitionFlag::Required, PartitionFlag::ReadOnly].into();
        assert_eq!(attributes(&beside, &home), NO_AUTO | 1 << 60 | 1);
        assert_eq!(attributes(&table(TableBase::New), &home), 1 << 60 | 1);
        home.flags = [PartitionFlag::NoAuto].into();
        assert_eq!(attributes(&table(TableBase::New), &home), NO_AUTO);
    }

    #[test]
    fn attributes_without_a_name_stay() {
        // Windows hides it by bit 62; bit 48 is of ChromeOS.
        let old = 1 << 62 | 1 << 48 | 1 << 2 | 1;
        let flags = [PartitionFlag::NoBlockIo, PartitionFlag::GrowFileSystem];
        let expected = 1 << 62 | 1 << 48 | 1 << 1 | 1 << 59;
        assert_eq!(with_flags(old, &flags.into()), expected);
        assert_eq!(with_flags(old, &BTreeSet::new()), 1 << 62 | 1 << 48);
        assert!(!is_of_gpt(PartitionFlag::Active));
        assert_eq!(flags_of(expected, true), flags.into());
        assert_eq!(flags_of(0x80, false), [PartitionFlag::Active].into());
        assert_eq!(flags_of(0x80, true), BTreeSet::new());
    }
}
