//! The edits of a table, partition by partition, and why one can't be.

use super::existing::PRIMARY;
use crate::preset::PartSize;
use crate::units::Bytes;
use std::fmt;

/// One thing that is done to a table. Partitions that no edit names stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A new partition.
    Create {
        /// How large.
        size: PartSize,
        /// In the gap behind this partition; in the largest if not said.
        gap_after: Option<u32>,
    },
    /// A partition that stays.
    Keep {
        /// Its number.
        number: u32,
    },
    /// A partition that is made anew where it is.
    Format {
        /// Its number.
        number: u32,
    },
    /// A partition that goes.
    Delete {
        /// Its number.
        number: u32,
    },
    /// A partition that becomes shorter.
    Shorten {
        /// Its number.
        number: u32,
        /// Its new size, rounded so that it ends at a whole MiB.
        size: Bytes,
    },
    /// A partition that becomes longer, into the free space right behind it.
    Lengthen {
        /// Its number.
        number: u32,
        /// Its new size, rounded so that it ends at a whole MiB; all that is free there if not said.
        size: Option<Bytes>,
    },
}

/// Why an edit can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEdit {
    /// The table does not have it.
    #[error("the disk has no partition {0}")]
    NoPartition(u32),
    /// Another edit names it.
    #[error("partition {0} is named twice")]
    Twice(u32),
    /// There is no gap there.
    #[error("there is no free space behind partition {0}")]
    NoGap(u32),
    /// There is no gap at the beginning.
    #[error("there is no free space before the first partition")]
    NoGapBefore,
    /// There is no gap at all.
    #[error("there is no free space on this disk")]
    NoFreeSpace,
    /// It would have no MiB.
    #[error("a partition has 1 MiB at least")]
    TooSmall,
    /// Another one gets the rest of the same gap.
    #[error("another partition gets the rest of the same free space already")]
    SecondRest,
    /// It does not fit.
    #[error(
        "there is room for {available} in that free space, and up to this one {needed} are asked for"
    )]
    NoRoom {
        /// What the gap holds.
        available: Bytes,
        /// What is needed up to this edit.
        needed: Bytes,
    },
    /// Every slot of the table is taken.
    #[error("the partition table has no room for another partition")]
    NoSlot,
    /// Every entry of an MBR is taken.
    #[error(
        "an MBR partition table has room for {PRIMARY} partitions, an extended one included, and all \
         four places are taken"
    )]
    NoPrimary,
    /// The chain of logical ones stays as long as it is, record by record.
    #[error(
        "partition {0} is a logical one: it stays where it is, formatted or larger if you like, or goes together \
         with the extended partition and every logical one in it, for others would get new numbers"
    )]
    Logical(u32),
    /// Logical partitions lie in it.
    #[error(
        "partition {0} is the extended one: it stays as it is, or goes together with every logical \
         one in it"
    )]
    Extended(u32),
    /// It would become longer.
    #[error("partition {number} has {now}, which is not more than it is to become")]
    NotShorter {
        /// Its number.
        number: u32,
        /// How large it is.
        now: Bytes,
    },
    /// It would not become longer by a MiB.
    #[error("partition {number} has {now}, and would not become larger by a whole MiB")]
    NotLonger {
        /// Its number.
        number: u32,
        /// How large it is.
        now: Bytes,
    },
    /// Nothing is free right behind it.
    #[error("there is no free space right behind partition {number}: {next}")]
    NothingBehind {
        /// Its number.
        number: u32,
        /// What is there.
        next: Next,
    },
    /// Too little is free right behind it.
    #[error("partition {number} can have {most} at most: {next} behind that")]
    TooLittleBehind {
        /// Its number.
        number: u32,
        /// How large it can become.
        most: Bytes,
        /// What is there.
        next: Next,
    },
}

/// What follows a partition and the free space behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another partition.
    Partition(u32),
    /// The end of what a table can use.
    End,
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partition(number) => write!(f, "partition {number} begins"),
            Self::End => f.write_str("the disk ends"),
        }
    }
}
