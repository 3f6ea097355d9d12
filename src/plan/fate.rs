//! What an installation means for all that its disk holds now, in one word: whoever asks a person
//! chooses the question by it.

use super::Plan;

/// What becomes of the content of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There is nothing on it.
    Blank,
    /// All of it is lost.
    AllGoes,
    /// What [`Plan::losses`] names is lost, and the rest stays.
    SomeGoes,
    /// Nothing is meant to be lost, but what [`Plan::shrunk`] names is made smaller, which is never
    /// without risk.
    SomeShrinks,
    /// All of it stays; NixOS takes free space.
    AllStays,
}

impl Plan {
    /// What becomes of the content of the disk.
    pub fn fate(&self) -> Fate {
        match (self.table.base.is_new(), self.losses.is_empty()) {
            (true, true) => Fate::Blank,
            (true, false) => Fate::AllGoes,
            (false, false) => Fate::SomeGoes,
            (false, true) if !self.shrunk.is_empty() => Fate::SomeShrinks,
            (false, true) => Fate::AllStays,
        }
    }
}
