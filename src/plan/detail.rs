//! What a problem tells besides its sentence: the sizes, names and reasons in it, each by a name of its own,
//! for programs, and for the wizard, which says them in the person's language.
//!
//! They say nothing that the sentence does not say, and no secret.

use super::visible::visible;
use super::{DiskIdentity, Problem, ProblemId, gone::Place};
use crate::machine::Disk;
use crate::units::Bytes;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// What tells which of the reasons it is, where a problem can have several.
const WHY: &str = "why";

/// What tells which of the causes that reason has.
const CAUSE: &str = "cause";

/// Details by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Details(BTreeMap<Cow<'static, str>, Detail>);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// An amount of data.
    Bytes(Bytes),
    /// How many, or the number of a partition.
    Number(u64),
    /// What somebody or something is called, safe to show.
    Name(String),
    /// A path, an address or a word of a program, safe to show: the same in every language.
    Code(String),
    /// Which of several cases it is, in snake case.
    Word(Cow<'static, str>),
    /// A disk, or a partition of it.
    Disk(NamedDisk),
    /// Several.
    List(Vec<Detail>),
    /// Problems of their own, which together are the reason, each a sentence.
    Problems(Vec<Cause>),
}

/// A problem that is a reason for another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Which problem it is.
    pub id: ProblemId,
    /// What it tells.
    pub details: Details,
}

/// What people know a disk by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedDisk {
    /// The number of a partition, where it is about that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<u32>,
    /// Its model, safe to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Its serial number, safe to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Its size.
    pub size: Bytes,
    /// Its device node, safe to show.
    pub path: String,
}

impl Details {
    /// None at all.
    pub const NONE: Self = Self(BTreeMap::new());

    /// Which of its reasons a problem has.
    pub fn why(word: &'static str) -> Self {
        Self::NONE.with(WHY, Detail::Word(word.into()))
    }

    /// These and another one.
    #[must_use]
    pub fn with(mut self, name: &'static str, detail: impl Into<Detail>) -> Self {
        self.0.insert(name.into(), detail.into());
        self
    }

    /// As the cause of something else that is not possible.
    #[must_use]
    pub(super) fn inside(mut self, why: &'static str) -> Self {
        if let Some(cause) = self.0.remove(WHY) {
            self.0.insert(CAUSE.into(), cause);
        }
        self.with(WHY, Detail::Word(why.into()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which of its reasons the problem has.
    pub fn reason(&self) -> Option<&str> {
        match self.0.get(WHY)? {
            Detail::Word(word) => Some(word),
            _ => None,
        }
    }

    /// All of them, by their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Detail)> {
        self.0.iter().map(|(name, detail)| (&**name, detail))
    }
}

impl Detail {
    /// What somebody or something is called.
    pub fn name(name: impl fmt::Display) -> Self {
        Self::Name(visible(&name.to_string()))
    }

    /// What is the same in every language.
    pub fn code(code: impl fmt::Display) -> Self {
        Self::Code(visible(&code.to_string()))
    }

    /// Several names.
    pub fn names<T: fmt::Display>(names: impl IntoIterator<Item = T>) -> Self {
        Self::List(names.into_iter().map(Self::name).collect())
    }

    /// Several of what is the same in every language.
    pub fn codes<T: fmt::Display>(codes: impl IntoIterator<Item = T>) -> Self {
        Self::List(codes.into_iter().map(Self::code).collect())
    }
}

impl From<&Problem> for Cause {
    fn from(problem: &Problem) -> Self {
        Self {
            id: problem.id,
            details: problem.details.clone(),
        }
    }
}

impl From<Bytes> for Detail {
    fn from(size: Bytes) -> Self {
        Self::Bytes(size)
    }
}

impl From<u32> for Detail {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Detail {
    fn from(number: usize) -> Self {
        Self::Number(number.try_into().unwrap_or(u64::MAX))
    }
}

impl From<&Path> for Detail {
    fn from(path: &Path) -> Self {
        Self::code(path.display())
    }
}

impl From<&Disk> for Detail {
    fn from(disk: &Disk) -> Self {
        let found = DiskIdentity::of(disk);
        let shown = |text: &Option<String>| text.as_deref().map(visible);
        Self::Disk(NamedDisk {
            partition: None,
            model: shown(&found.model),
            serial: shown(&found.serial),
            size: found.size,
            path: visible(&found.path.display().to_string()),
        })
    }
}

impl From<&Place<'_>> for Detail {
    fn from(place: &Place<'_>) -> Self {
        match Self::from(place.disk) {
            Self::Disk(disk) => Self::Disk(NamedDisk {
                partition: place.partition.map(|partition| partition.number),
                ..disk
            }),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_plain_json_with_a_kind_each() {
        let details = Details::why("too_little")
            .with("needed", Bytes::gib(9))
            .with("number", 3_u32)
            .with("system", Detail::name("NixOS\u{1b}[2J"));
        let json = serde_json::to_string(&details).unwrap();
        let expected = "{\"needed\":{\"bytes\":9663676416},\"number\":{\"number\":3},\
                        \"system\":{\"name\":\"NixOS\u{fffd}[2J\"},\"why\":{\"word\":\"too_little\"}}";
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str::<Details>(&json).unwrap(), details);
        assert_eq!(details.reason(), Some("too_little"));
    }
}
