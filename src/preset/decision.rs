//! Where each setting comes from: a person who reads a plan can tell what was asked from what was decided.

use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// One setting of the installation and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The preset's field, such as `locale.time_zone`.
    pub field: String,
    /// The value in words.
    pub value: String,
    /// Whether the person said so.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The preset says it.
    Asked,
    /// The preset is silent.
    Default,
}

/// Collects decisions while values are taken out of a preset.
#[derive(Default)]
pub(super) struct Ledger(Vec<Decision>);

impl Ledger {
    /// Writes one down.
    pub(super) fn note(&mut self, field: &str, value: impl Display, origin: Origin) {
        self.0.push(Decision {
            field: field.to_owned(),
            value: value.to_string(),
            origin,
        });
    }

    /// The preset's value, or the default; either way it is written down.
    pub(super) fn take<T: Clone + Display>(
        &mut self,
        field: &str,
        asked: Option<&T>,
        default: T,
    ) -> T {
        let (value, origin) = match asked {
            Some(value) => (value.clone(), Origin::Asked),
            None => (default, Origin::Default),
        };
        self.note(field, &value, origin);
        value
    }

    /// As [`Self::take`], where having no value is a decision of its own.
    pub(super) fn take_or_none<T: Clone + Display>(
        &mut self,
        field: &str,
        asked: Option<&T>,
        otherwise: &str,
    ) -> Option<T> {
        match asked {
            Some(value) => self.note(field, value, Origin::Asked),
            None => self.note(field, otherwise, Origin::Default),
        }
        asked.cloned()
    }

    /// A switch; its default is so plain that only what was asked is written down.
    pub(super) fn switch(&mut self, field: &str, asked: Option<bool>, default: bool) -> bool {
        if let Some(asked) = asked {
            self.note(field, asked, Origin::Asked);
        }
        asked.unwrap_or(default)
    }

    /// What was asked for, where several may be and none is nothing to speak of.
    pub(super) fn list<T: Display>(&mut self, field: &str, values: &[T]) {
        if !values.is_empty() {
            let words: Vec<String> = values.iter().map(T::to_string).collect();
            self.note(field, words.join(", "), Origin::Asked);
        }
    }

    /// All that was noted, in that order.
    pub(super) fn decisions(self) -> Vec<Decision> {
        self.0
    }
}
