//! What an installation means for all that its disks hold now, in one word: whoever asks a person
//! chooses the question by it.

use super::{Plan, PlannedDisk};

/// What becomes of the content of a disk, or of all disks that are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There is nothing on it.
    Blank,
    /// All of it is lost.
    AllGoes,
    /// What [`PlannedDisk::losses`] names is lost, and the rest stays.
    SomeGoes,
    /// Nothing is meant to be lost, but what [`PlannedDisk::shrunk`] names is made smaller, which is
    /// never without risk.
    SomeShrinks,
    /// As above, with what [`PlannedDisk::grown`] names being made larger and nothing smaller.
    SomeGrows,
    /// All of it stays; NixOS takes free space.
    AllStays,
}

impl Fate {
    /// What becomes of two disks together.
    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Blank, fate) | (fate, Self::Blank) => fate,
            (Self::AllGoes, Self::AllGoes) => Self::AllGoes,
            (Self::AllGoes | Self::SomeGoes, _) | (_, Self::AllGoes | Self::SomeGoes) => {
                Self::SomeGoes
            }
            (Self::SomeShrinks, _) | (_, Self::SomeShrinks) => Self::SomeShrinks,
            (Self::SomeGrows, _) | (_, Self::SomeGrows) => Self::SomeGrows,
            (Self::AllStays, Self::AllStays) => Self::AllStays,
        }
    }
}

impl PlannedDisk {
    /// What becomes of the content of this disk.
    pub fn fate(&self) -> Fate {
        match (self.table.base.is_new(), self.losses.is_empty()) {
            (true, true) => Fate::Blank,
            (true, false) => Fate::AllGoes,
            (false, false) => Fate::SomeGoes,
            (false, true) if !self.shrunk.is_empty() => Fate::SomeShrinks,
            (false, true) if !self.grown.is_empty() => Fate::SomeGrows,
            (false, true) => Fate::AllStays,
        }
    }
}

impl Plan {
    /// What becomes of the content of all disks that are written to.
    pub fn fate(&self) -> Fate {
        self.disks()
            .map(PlannedDisk::fate)
            .fold(Fate::Blank, Fate::and)
    }
}

#[cfg(test)]
mod tests {
    use super::Fate::{self, AllGoes, AllStays, Blank, SomeGoes, SomeGrows, SomeShrinks};

    #[test]
    fn of_two_disks_the_worse_is_told_and_never_too_much() {
        for (one, other, both) in [
            (Blank, AllGoes, AllGoes),
            (AllGoes, AllGoes, AllGoes),
            (AllGoes, AllStays, SomeGoes),
            (SomeShrinks, AllGoes, SomeGoes),
            (SomeShrinks, AllStays, SomeShrinks),
            (SomeGrows, AllStays, SomeGrows),
            (SomeGrows, SomeShrinks, SomeShrinks),
            (SomeGrows, AllGoes, SomeGoes),
            (Blank, AllStays, AllStays),
        ] {
            assert_eq!(Fate::and(one, other), both, "{one:?} {other:?}");
            assert_eq!(Fate::and(other, one), both, "{other:?} {one:?}");
        }
    }
}
