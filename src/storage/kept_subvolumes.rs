//! What becomes of the subvolumes of a btrfs that stays.

use super::{PartitionId, SubvolumeName};
use serde::{Deserialize, Serialize};

/// The subvolumes that a plan names in a btrfs that stays. All others stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptSubvolumes {
    /// The partition that the btrfs is in.
    pub partition: PartitionId,
    /// Those that stay and are mounted: they have to be there.
    pub stay: Vec<SubvolumeName>,
    /// Those that are made: nothing may have their names. One that lies in another comes after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<SubvolumeName>,
    /// Those that go: they have to be there, and what lies in them has to go, too. One that lies in
    /// another comes before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<SubvolumeName>,
}

impl KeptSubvolumes {
    /// None of a btrfs yet.
    pub const fn of(partition: PartitionId) -> Self {
        Self {
            partition,
            stay: Vec::new(),
            new: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// In the order in which they can be made, and go.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.new.sort();
        self.gone.sort_by(|one, other| other.cmp(one));
        self
    }

    /// Whether something of them is made or goes.
    pub fn changes(&self) -> bool {
        !self.new.is_empty() || !self.gone.is_empty()
    }
}
