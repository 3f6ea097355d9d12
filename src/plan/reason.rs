//! Why something is not possible: a sentence, and its details for whoever says it in another language.

use super::{Detail, Details, Problem};
use crate::machine::CannotShrink;
use crate::storage::{
    BadEdit, CannotGrow, CannotKeep, Next, NoContainer, NoEsp, NoHome, NoRoom, NoShare, NotMounted,
};
use crate::units::Bytes;
use std::fmt;

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// In a sentence, or in a part of one.
    pub message: String,
    /// Which one it is, and what it tells.
    pub details: Details,
}

impl Reason {
    /// `word` is the one that tells it from others.
    pub(super) fn new(word: &'static str, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            details: Details::why(word),
        }
    }

    /// The same with a detail.
    pub(super) fn with(mut self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.details = self.details.with(name, detail);
        self
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Problem {
    /// The same with a detail.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.details = self.details.with(name, detail);
        self
    }

    /// The same with these details, in place of all that it had.
    #[must_use]
    pub(crate) fn telling(mut self, details: Details) -> Self {
        self.details = details;
        self
    }

    /// The same with the word for its reason, in place of all details that it had.
    #[must_use]
    pub(crate) fn because(self, why: &'static str) -> Self {
        self.telling(Details::why(why))
    }
}

/// Why nothing on a disk can be kept, as the details of a problem that has words of its own for it.
pub(super) fn not_kept(why: &CannotKeep) -> Details {
    match *why {
        CannotKeep::Unread(_) => Details::why("unread"),
        CannotKeep::NoTable => Details::why("no_table"),
        CannotKeep::NoSignature => Details::why("no_signature"),
        CannotKeep::TwoExtended => Details::why("two_extended"),
        CannotKeep::Outside(number) => Details::why("outside").with("number", number),
        CannotKeep::Overlap(one, other) => {
            let details = Details::why("overlap").with("number", one);
            details.with("other", other)
        }
        CannotKeep::NoGuid(number) => Details::why("no_guid").with("number", number),
        CannotKeep::Hybrid => Details::why("hybrid"),
        CannotKeep::FirstDamaged => Details::why("damaged"),
        CannotKeep::EntriesAt(sector) => {
            Details::why("table_elsewhere").with("sector", Detail::Number(sector.0))
        }
        CannotKeep::TooMany(number) => Details::why("too_many").with("number", number),
    }
}

impl From<&CannotShrink> for Reason {
    fn from(why: &CannotShrink) -> Self {
        let reason = |word| Self::new(word, why.to_string());
        match why {
            CannotShrink::Hibernated => reason("hibernated"),
            CannotShrink::Dirty => reason("dirty"),
            CannotShrink::BitLocker => reason("bit_locker"),
            CannotShrink::InUse => reason("in_use"),
            CannotShrink::SeveralDisks => reason("several_disks"),
            CannotShrink::Unsupported { kind } => {
                reason("other_kind").with("kind", Detail::code(kind))
            }
            CannotShrink::Damaged { .. } => reason("damaged"),
            CannotShrink::NoTool { program } => {
                reason("no_tool").with("program", Detail::code(program))
            }
        }
    }
}

impl From<CannotShrink> for Reason {
    fn from(why: CannotShrink) -> Self {
        Self::from(&why)
    }
}

impl From<&CannotGrow> for Reason {
    fn from(why: &CannotGrow) -> Self {
        let reason = |word| Self::new(word, why.to_string());
        match why {
            CannotGrow::Container => reason("container"),
            CannotGrow::BitLocker => reason("bit_locker"),
            CannotGrow::Vfat => reason("vfat"),
            CannotGrow::OtherKind(kind) => reason("other_kind").with("kind", Detail::code(kind)),
            CannotGrow::Blank => reason("blank"),
            CannotGrow::Unknown => reason("unknown"),
            CannotGrow::SeveralDisks => reason("several_disks"),
            CannotGrow::NotReady(why) => why.into(),
            CannotGrow::NotLookedAt => reason("not_looked_at"),
        }
    }
}

impl From<NoShare> for Reason {
    fn from(why: NoShare) -> Self {
        let message = why.to_string();
        match why {
            NoShare::TooLittle { available, needed } => {
                let reason = Self::new("too_little", message);
                reason.with("available", available).with("needed", needed)
            }
            NoShare::Full => Self::new("full", message),
        }
    }
}

impl From<NoRoom> for Reason {
    fn from(why: NoRoom) -> Self {
        let message = why.to_string();
        match why {
            NoRoom::TooSmall { available, needed } => {
                let reason = Self::new("too_small", message);
                reason.with("available", available).with("needed", needed)
            }
            NoRoom::NoSlot(count) => Self::new("no_slot", message).with("count", count),
            NoRoom::NoPrimary { free, needed } => {
                let reason = Self::new("no_primary", message);
                reason.with("free", free).with("count", needed)
            }
        }
    }
}

impl From<NoEsp> for Reason {
    fn from(why: NoEsp) -> Self {
        let message = why.to_string();
        match why {
            NoEsp::OtherType(number) => Self::new("other_type", message).with("number", number),
            NoEsp::NoFat(number) => Self::new("no_fat", message).with("number", number),
            NoEsp::Unmeasured(number) => Self::new("unmeasured", message).with("number", number),
            NoEsp::Full(number, free) => {
                let reason = Self::new("full", message).with("number", number);
                reason.with("free", free)
            }
        }
    }
}

impl From<NoHome> for Reason {
    fn from(why: NoHome) -> Self {
        let message = why.to_string();
        match why {
            NoHome::OtherKind(number, kind) => {
                let reason = Self::new("other_kind", message).with("number", number);
                reason.with("kind", Detail::code(kind))
            }
            NoHome::UnseenBtrfs(number) => Self::new("unseen", message).with("number", number),
            NoHome::NoIdentifier(number) => {
                Self::new("no_identifier", message).with("number", number)
            }
        }
    }
}

impl From<NoContainer> for Reason {
    fn from(why: NoContainer) -> Self {
        let message = why.to_string();
        match why {
            NoContainer::OtherKind(number, kind) => {
                let reason = Self::new("no_container", message).with("number", number);
                reason.with("kind", Detail::code(kind))
            }
            NoContainer::NoIdentifier(number) => {
                Self::new("no_uuid", message).with("number", number)
            }
        }
    }
}

impl From<NotMounted> for Reason {
    fn from(why: NotMounted) -> Self {
        let message = why.to_string();
        match why {
            NotMounted::NoFileSystem(number) => {
                Self::new("no_file_system", message).with("number", number)
            }
            NotMounted::OtherKind(number, kind) => {
                let reason = Self::new("other_kind", message).with("number", number);
                reason.with("kind", Detail::code(kind))
            }
            NotMounted::HomesInBtrfs(number) => {
                Self::new("homes_in_btrfs", message).with("number", number)
            }
            NotMounted::NoIdentifier(number) => {
                Self::new("no_identifier", message).with("number", number)
            }
            NotMounted::NoContainer(why) => why.into(),
            NotMounted::Locked(number) => Self::new("locked", message).with("number", number),
        }
    }
}

impl From<BadEdit> for Reason {
    fn from(why: BadEdit) -> Self {
        let message = why.to_string();
        let of = |word, number: u32| Self::new(word, why.to_string()).with("number", number);
        match why {
            BadEdit::NoPartition(number) => {
                let known_by = Detail::List(vec![number.into()]);
                Self::new("missing", message).with("known_by", known_by)
            }
            BadEdit::Twice(number) => of("twice", number),
            BadEdit::NoGap(number) => of("no_gap_behind", number),
            BadEdit::NoGapBefore => Self::new("no_gap_before", message),
            BadEdit::NoFreeSpace => Self::new("no_free_space", message),
            BadEdit::TooSmall => Self::new("too_small", message).with("least", Bytes::mib(1)),
            BadEdit::SecondRest => Self::new("second_rest", message),
            BadEdit::NoRoom { available, needed } => {
                let reason = Self::new("no_room", message);
                reason.with("available", available).with("needed", needed)
            }
            BadEdit::NoSlot => Self::new("no_slot", message),
            BadEdit::NoPrimary => Self::new("no_primary", message),
            BadEdit::Logical(number) => of("logical", number),
            BadEdit::Extended(number) => of("extended", number),
            BadEdit::NotShorter { number, now } => of("not_shorter", number).with("size", now),
            BadEdit::NotLonger { number, now } => of("not_longer", number).with("size", now),
            BadEdit::NothingBehind { number, next } => match next {
                Next::Partition(next) => of("partition_behind", number).with("next", next),
                Next::End => of("end_behind", number),
            },
            BadEdit::TooLittleBehind { number, most, next } => match next {
                Next::Partition(next) => {
                    let reason = of("partition_near", number).with("next", next);
                    reason.with("most", most)
                }
                Next::End => of("end_near", number).with("most", most),
            },
        }
    }
}
