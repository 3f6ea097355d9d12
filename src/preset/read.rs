//! Presets from TOML and back, with positions in the messages.

use super::Preset;
use super::deserializer::{Fault, Kind, Node, Path, Segment};
use super::fields;
use super::mistake::{self, Mistake};
use super::place::{self, Place, Source};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many mistakes are told at once; a text with more is meant for something else.
const MOST: usize = 20;

/// The keys of a password's form whose own values are told to be of the wrong form.
const TELLABLE: [&str; 2] = ["hash", "file"];

/// A preset that could not be read: every mistake that could be found in one go.
#[derive(Debug)]
pub struct ReadError {
    source_name: String,
    mistakes: Vec<Mistake>,
    rest: Option<Box<Preset>>,
    /// Whether there were so many that nobody looked for more.
    is_cut: bool,
}

impl ReadError {
    /// The preset without what is faulty, where that makes one: for what else can be told of it, never
    /// for installing.
    pub fn rest(&self) -> Option<&Preset> {
        self.rest.as_deref()
    }

    /// Whether there may be more: there were so many that nobody looked further.
    pub const fn may_be_more(&self) -> bool {
        self.is_cut
    }

    /// The mistakes in the order of the text, at least one.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl std::error::Error for ReadError {}

impl fmt::Display for ReadError {
    /// Each mistake with file, line and column, the line itself, and the mend.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            f.write_str(&self.source_name)?;
            if let Some(place) = &mistake.place {
                write!(f, ":{}:{}", place.line, place.column)?;
            }
            write!(f, ": error: {mistake}")?;
        }
        match self.is_cut {
            true => write!(
                f,
                "\n\nThese are {} mistakes, and more may follow.",
                self.mistakes.len()
            ),
            false => Ok(()),
        }
    }
}

/// Reads a preset; `source_name` is what messages call the text, usually its file's path.
///
/// # Errors
/// The text is not TOML, has an unknown key, lacks one that must be there, or a value has the wrong
/// form. Messages quote the line, except where it may hold a password, and no value of a password.
pub fn read(text: &str, source_name: &str) -> Result<Preset, ReadError> {
    let failed = |mistakes, rest: Option<Box<Preset>>| ReadError {
        source_name: source_name.to_owned(),
        mistakes,
        rest,
        is_cut: false,
    };
    let (tree, errors) = DeTable::parse_recoverable(text);
    let source = Source::new(text, tree.get_ref(), errors.is_empty());
    if let Some(first) = errors.first() {
        // One missing quote spoils everything after it: only the first error is about the mistake.
        return Err(failed(vec![mistake::of_syntax(first, &source)], None));
    }
    let span = tree.span();
    let root = Spanned::new(span, DeValue::Table(tree.into_inner()));
    deserialize(&root).map_err(|faulty| {
        let mistakes = faulty.faults.iter();
        let mistakes = mistakes.map(|f| mistake::of_fault(f, &source));
        ReadError {
            is_cut: faulty.is_cut,
            ..failed(mistakes.collect(), faulty.rest)
        }
    })
}

/// What is wrong with a preset.
struct Faulty {
    /// Every fault, up to the most that are told.
    faults: Vec<Fault>,
    /// The preset without what is faulty, where that makes one.
    rest: Option<Box<Preset>>,
    /// Whether there were so many that nobody looked for more.
    is_cut: bool,
}

/// Reads the tree; after each fault, once more without what was faulty, so that all are told.
fn deserialize(root: &Spanned<DeValue<'_>>) -> Result<Preset, Faulty> {
    let mut skipped = BTreeSet::new();
    let mut faults: Vec<Fault> = Vec::new();
    let (rest, is_cut) = loop {
        let node = Node {
            value: root,
            path: Path::new(),
            skipped: &skipped,
        };
        match Preset::deserialize(node) {
            Ok(preset) if faults.is_empty() => return Ok(preset),
            Ok(rest) => break (Some(Box::new(rest)), false),
            Err(mut fault) => {
                let told = place::tellable(&fault.path);
                let hidden: Vec<Segment> = fault.path.drain(told..).collect();
                let missing = missing_path(&fault);
                let stop = fault.path.is_empty() || mistake::is_version(&fault.path);
                let again = !skipped.insert(without_unknown_key(&fault, &hidden));
                // What is missing only because it was faulty has been told.
                tell_inside(&mut fault, hidden);
                if !missing.is_some_and(|path| skipped.contains(&path)) {
                    faults.push(fault);
                }
                let is_cut = faults.len() >= MOST;
                if stop || again || is_cut {
                    break (None, is_cut);
                }
            }
        }
    };
    faults.sort_by_key(|fault| fault.span.as_ref().map_or(0, |span| span.start));
    Err(Faulty {
        faults,
        rest,
        is_cut,
    })
}

/// What has to be left out for the rest to be read: an unknown key alone, else all of a faulty secret.
fn without_unknown_key(fault: &Fault, hidden: &[Segment]) -> Path {
    let mut path = fault.path.clone();
    if matches!(fault.kind, Kind::UnknownKey { .. }) {
        path.extend_from_slice(hidden);
    }
    path
}

/// Gives a fault back what may be told of the part of its path behind the key of a secret: a key that
/// every preset may have there, or one that is almost such a key.
fn tell_inside(fault: &mut Fault, hidden: Vec<Segment>) {
    let Some(Segment::Key(key)) = hidden.into_iter().next() else {
        return;
    };
    match &fault.kind {
        Kind::UnknownKey { known } | Kind::UnknownValue { known, .. } => {
            let almost = fields::nearest(&key, known.iter().copied()).is_some();
            fault.kind = Kind::UnknownInside {
                known,
                misspelt: almost.then_some(key),
            };
        }
        _ if TELLABLE.contains(&key.as_str()) => fault.path.push(Segment::Key(key)),
        _ => {}
    }
}

/// The path of a key that is not there.
fn missing_path(fault: &Fault) -> Option<Path> {
    let Kind::MissingKey(key) = &fault.kind else {
        return None;
    };
    let mut path = fault.path.clone();
    path.push(Segment::Key((*key).to_owned()));
    Some(path)
}

/// Where a field such as `disk.choose` stands in a preset's text; if it is left out, the section
/// that it belongs to; none if that is not there either.
pub fn place(text: &str, field: &str) -> Option<Place> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let span = place::find(&tree, field)?;
    Some(Source::new(text, tree.get_ref(), errors.is_empty()).place(&span))
}

/// Writes a preset as TOML; passwords come out as `"ask"`.
///
/// # Errors
/// Only if a value can't be held by TOML, which no preset that was read has.
pub fn write(preset: &Preset) -> Result<String, toml::ser::Error> {
    toml::to_string_pretty(preset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_pointed_at() {
        let error = read("version = 1\n[network]\nhostname = \"x\"\n", "a.toml").unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("a.toml:3:1:") && text.contains("Did you mean `host_name`?"),
            "{text}"
        );
    }

    #[test]
    fn other_versions_are_refused() {
        let error = read("version = 2\n", "a.toml").unwrap_err().to_string();
        assert!(error.contains("Preset version 2 is not known"), "{error}");
        assert!(
            read("", "a.toml")
                .unwrap_err()
                .to_string()
                .contains("Begin the preset with `version = 1`.")
        );
    }

    #[test]
    fn no_message_quotes_a_password() {
        for line in [
            "password = { hash = \"topsecret\" }",
            "password = { plain = \"topsecret\", x = 1 }",
            "password = \"topsecret\"",
            "password = topsecret",
        ] {
            let text = format!("version = 1\n[[users]]\nname = \"ada\"\n{line}\n");
            let error = read(&text, "a.toml").unwrap_err().to_string();
            assert!(!error.contains("topsecret"), "{error}");
            assert!(error.contains("a.toml:4:"), "{error}");
        }
    }

    #[test]
    fn a_preset_comes_back_without_its_passwords() {
        let text = "version = 1\n[disk]\nchoose = { size = { min = \"40 GiB\" } }\nswap = \"zram\"\n\
                    [[users]]\nname = \"ada\"\npassword = { plain = \"topsecret\" }\n";
        let preset = read(text, "a.toml").unwrap();
        let written = write(&preset).unwrap();
        assert!(
            !written.contains("topsecret") && written.contains("password = \"ask\""),
            "{written}"
        );
        let again = read(&written, "b.toml").unwrap();
        assert_eq!(again.disk, preset.disk);
        assert_eq!(write(&again).unwrap(), written);
    }
}
