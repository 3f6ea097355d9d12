//! What a problem tells, in a language: its details are put into the text for its reason.
//!
//! A problem's text has an attribute for each of its reasons, or one that is called `told`. Where there is
//! none, or a detail in it is missing, the text itself is told, which has none. In English the wizard tells the
//! resolver's own message, unless that names a key of presets (`Context::words`).

use super::Texts;
use super::direction::{apart, without_needless_marks};
use crate::plan::{Cause, Detail, Details, NamedDisk, ProblemId};
use fluent_bundle::{FluentArgs, FluentValue};

/// The key of a problem's text.
pub(crate) fn key_of(id: ProblemId) -> String {
    let own = match serde_json::to_value(id) {
        Ok(serde_json::Value::String(id)) => id.replace('_', "-"),
        _ => String::new(),
    };
    format!("problem-{own}")
}

impl Texts {
    /// A problem by the key of its text; `unnamed` is what a disk is called whose model is not known.
    pub(crate) fn told(&self, key: &str, details: &Details, unnamed: &str) -> String {
        let reason = details.reason().unwrap_or("told").replace('_', "-");
        let told = self.attribute(key, &reason, &self.facts(details, unnamed));
        match told {
            Some(told) if self.language.is_right_to_left() => without_needless_marks(&told),
            Some(told) => told,
            None => self.get(key),
        }
    }

    /// An attribute of a text in the language itself, if every value in it is there.
    fn attribute(&self, key: &str, name: &str, values: &FluentArgs<'_>) -> Option<String> {
        let bundle = self.bundles.first()?;
        let pattern = bundle.get_message(key)?.get_attribute(name)?.value();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(values), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    fn facts<'d>(&self, details: &'d Details, unnamed: &str) -> FluentArgs<'d> {
        let values = details.iter().map(|(name, detail)| {
            let value = match detail {
                Detail::Number(number) => FluentValue::from(*number),
                // Texts choose by it.
                Detail::Word(word) => FluentValue::from(&**word),
                _ => FluentValue::from(self.fact(detail, unnamed)),
            };
            (name, value)
        });
        values.collect()
    }

    /// A detail in words, apart from the text around it.
    fn fact(&self, detail: &Detail, unnamed: &str) -> String {
        let own = match detail {
            Detail::Bytes(size) => self.size(*size),
            Detail::Number(number) => number.to_string(),
            Detail::Name(name) => return self.with("told-name", &[("name", name.into())]),
            Detail::Code(code) => code.clone(),
            Detail::Word(word) => word.to_string(),
            Detail::Disk(disk) => return self.disk(disk, unnamed),
            Detail::List(all) => {
                let all = all.iter().map(|one| self.fact(one, unnamed));
                return all.collect::<Vec<_>>().join(&self.get("told-between"));
            }
            Detail::Problems(all) => {
                let told = |cause: &Cause| self.told(&key_of(cause.id), &cause.details, unnamed);
                let all: Vec<String> = all.iter().map(told).collect();
                return all.join(&self.get("told-between-sentences"));
            }
        };
        match self.language.is_right_to_left() {
            true => apart(&own),
            false => own,
        }
    }

    /// A disk, or a partition of it, as people know it.
    fn disk(&self, disk: &NamedDisk, unnamed: &str) -> String {
        let mut values = vec![
            ("model", disk.model.as_deref().unwrap_or(unnamed).into()),
            ("size", self.size(disk.size).into()),
            ("path", disk.path.as_str().into()),
        ];
        let named = match &disk.serial {
            Some(serial) => {
                values.push(("serial", serial.as_str().into()));
                self.with("told-disk-serial", &values)
            }
            None => self.with("told-disk", &values),
        };
        match disk.partition {
            Some(number) => {
                let values = [
                    ("number", number.to_string().into()),
                    ("disk", named.into()),
                ];
                self.with("told-partition", &values)
            }
            None => named,
        }
    }
}
