//! Mistakes in a preset's text, told so that they can be mended.

use super::deserializer::{Fault, Kind, Path, Segment};
use super::fields;
use super::place::{Place, Source, is_public_key, is_secret};
use serde::Serialize;
use std::fmt;

/// One mistake, where it is and what to write in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// Which mistake it is, for programs.
    pub id: MistakeId,
    /// The field, for programs: `network.host_name`, or `users[0].name` with positions counted from 0;
    /// empty for the text as a whole. The sentences count from 1.
    pub field: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// How to mend it, in a sentence.
    pub mend: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// The mistakes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MistakeId {
    /// The text is not TOML.
    NotToml,
    /// A key that presets don't have.
    UnknownKey,
    /// A value that is none of those to choose from.
    UnknownValue,
    /// A key that must be there is not.
    MissingKey,
    /// A value of another type, such as a number where a text is expected.
    WrongType,
    /// A value of the right type that does not have the form of what it stands for.
    WrongForm,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n{place}")?;
        }
        if !self.mend.is_empty() {
            write!(f, "\n  {}", self.mend)?;
        }
        Ok(())
    }
}

/// What to say where a password is not understood: nothing of it is repeated.
const PASSWORD_MEND: &str = "Write password = { hash = \"…\" } with the output of `mkpasswd`, \
                             password = { plain = \"…\" }, or password = \"ask\".";

/// The same for what opens a disk.
const PASSPHRASE_MEND: &str = "Write encrypt = true, which asks for the passphrase, encrypt = false, or \
                               encrypt = { passphrase = { file = \"…\" } }.";

/// The same within the table of `encrypt`.
const INNER_PASSPHRASE_MEND: &str = "Write passphrase = \"ask\", passphrase = { file = \"/run/passphrase\" } \
                                     or passphrase = { plain = \"…\" }.";

/// The same for the second key.
const RECOVERY_KEY_MEND: &str = "Write recovery_key = true, which shows a new one once, or \
                                 recovery_key = { file = \"/run/recovery-key\" }, which it is written to.";

/// A text that is no TOML; `error` says what the reader of TOML stumbled over.
pub(super) fn of_syntax(error: &toml::de::Error, source: &Source<'_>) -> Mistake {
    let place = error.span().map(|span| source.place(&span));
    let visible = place.as_ref().is_some_and(|place| place.text.is_some());
    let message = if visible {
        let said = error.message().trim().replace('\n', ", ");
        format!("this is no TOML: {said}")
    } else {
        "this is no TOML".to_owned()
    };
    let mend = if visible {
        "Texts stand in quotes, lists in [ ], and a line holds one `key = value`."
    } else {
        "Texts stand in quotes and end on the same line."
    };
    Mistake {
        id: MistakeId::NotToml,
        field: String::new(),
        message,
        mend: mend.to_owned(),
        place,
    }
}

/// A fault of a text that is TOML.
pub(super) fn of_fault(fault: &Fault, source: &Source<'_>) -> Mistake {
    let path = fault.path.as_slice();
    let (id, message, mend) = match &fault.kind {
        Kind::UnknownKey { known } => unknown_key(path, known),
        Kind::UnknownInside { misspelt, known } => {
            unknown_inside(fault, misspelt.as_deref(), known)
        }
        Kind::Refused(message) if is_public_key(path) => (
            MistakeId::WrongForm,
            format!("`{}` holds something else", shown(path)),
            sentence(message),
        ),
        Kind::WrongType { found, expected } if is_public_key(path) => {
            wrong_type(path, found, expected)
        }
        _ if is_secret(path) && !matches!(fault.kind, Kind::MissingKey(_)) => (
            MistakeId::WrongForm,
            password_message(fault),
            secret_mend(fault).to_owned(),
        ),
        Kind::UnknownValue { given, known } => unknown_value(path, given, known),
        Kind::MissingKey(key) => missing_key(path, key),
        Kind::WrongType { found, expected } => wrong_type(path, found, expected),
        Kind::Refused(message) => (
            MistakeId::WrongForm,
            format!("`{}` is not understood", shown(path)),
            sentence(message),
        ),
    };
    Mistake {
        id,
        field: counted_from(0, path),
        message,
        mend,
        place: fault.span.as_ref().map(|span| source.place(span)),
    }
}

fn wrong_type(path: &[Segment], found: &str, expected: &str) -> (MistakeId, String, String) {
    let mend = match shown(path).as_str() {
        "users" => "Begin every person with a line `[[users]]`, in double brackets.".to_owned(),
        _ => format!("Write {expected}{}.", example(path, found, expected)),
    };
    let message = format!("`{}` is {found} here", shown(path));
    (MistakeId::WrongType, message, mend)
}

/// What the table that is expected may look like, where people write its only value.
fn example(path: &[Segment], found: &str, expected: &str) -> &'static str {
    let Some(Segment::Key(key)) = path.last().filter(|_| expected == "a table") else {
        return "";
    };
    match (key.as_str(), found) {
        ("partition" | "esp" | "home", "a whole number") => " such as { number = 3 }",
        ("partition" | "esp" | "home", _) => {
            " such as { number = 3 }, { label = \"…\" } or { guid = \"…\" }"
        }
        ("size", _) => " such as { min = \"100 GiB\" }",
        _ => "",
    }
}

/// How to write a secret that is not understood.
fn secret_mend(fault: &Fault) -> &'static str {
    let field = shown(&fault.path);
    let refused = matches!(fault.kind, Kind::Refused(_));
    match field.as_str() {
        "disk.encrypt.passphrase.file" if refused => {
            "Write the whole path of the file, from `/` on, such as { file = \"/run/passphrase\" }."
        }
        "disk.encrypt.recovery_key.file" if refused => {
            "Write the whole path of the file, from `/` on, such as { file = \"/run/recovery-key\" }."
        }
        _ if field.starts_with("disk.encrypt.passphrase") => INNER_PASSPHRASE_MEND,
        _ if field.starts_with("disk.encrypt.recovery_key") => RECOVERY_KEY_MEND,
        _ if field.starts_with("disk") => PASSPHRASE_MEND,
        _ => PASSWORD_MEND,
    }
}

/// A key in the table of a secret. Only one that is almost right is repeated.
fn unknown_inside(
    fault: &Fault,
    misspelt: Option<&str>,
    known: &[&str],
) -> (MistakeId, String, String) {
    let parent = shown(&fault.path);
    let right = misspelt.and_then(|key| Some((key, fields::nearest(key, known.iter().copied())?)));
    let (message, mend) = match right {
        Some((key, right)) => (
            format!("there is no key `{key}` in `{parent}`"),
            format!("Did you mean `{right}`?"),
        ),
        None => (
            format!("there is no such key in `{parent}`"),
            match known.contains(&"ask") {
                // Not every form of a password is a key.
                true => secret_mend(fault).to_owned(),
                false => format!("Known here: {}.", list(known, "`")),
            },
        ),
    };
    (MistakeId::UnknownKey, message, mend)
}

/// Whether a refused password is of the wrong form or the wrong scheme may be said.
fn password_message(fault: &Fault) -> String {
    let field = shown(&fault.path);
    match &fault.kind {
        Kind::Refused(_) if field.ends_with(".hash") => {
            format!("`{field}` is no hash of a strong scheme (one begins with $y$, $2b$ or $6$)")
        }
        Kind::Refused(_) if field.ends_with(".file") => {
            format!("`{field}` is no whole path: where it began would depend on who reads it")
        }
        _ => format!("`{field}` is not understood"),
    }
}

fn unknown_key(path: &[Segment], known: &[&str]) -> (MistakeId, String, String) {
    let key = match path.last() {
        Some(Segment::Key(key)) => key.as_str(),
        _ => "",
    };
    let parent = path
        .split_last()
        .map_or(String::new(), |(_, parent)| shown(parent));
    let message = if parent.is_empty() {
        format!("there is no key `{key}` at the top of a preset")
    } else {
        format!("there is no key `{key}` in `{parent}`")
    };
    let mend = match fields::nearest(key, known.iter().copied()) {
        Some(right) => format!("Did you mean `{right}`?"),
        None => match fields::nearest_field(key) {
            Some((section, right)) => {
                let header = match section {
                    "users" => "[[users]]".to_owned(),
                    _ => format!("[{section}]"),
                };
                format!("Did you mean `{right}`? Write it below a line `{header}`.")
            }
            None => format!("Known here: {}.", list(known, "`")),
        },
    };
    (MistakeId::UnknownKey, message, mend)
}

fn unknown_value(path: &[Segment], given: &str, known: &[&str]) -> (MistakeId, String, String) {
    let message = format!("`{}` can't be \"{given}\"", shown(path));
    let choices = format!("It can be {}.", list(known, "\""));
    let mend = match fields::nearest(given, known.iter().copied()) {
        Some(right) => format!("Did you mean \"{right}\"? {choices}"),
        None => choices,
    };
    (MistakeId::UnknownValue, message, mend)
}

fn missing_key(path: &[Segment], key: &str) -> (MistakeId, String, String) {
    if path.is_empty() && key == "version" {
        let mend = format!("Begin the preset with `version = {}`.", super::VERSION);
        let message = "the preset does not say which version of presets it is".to_owned();
        return (MistakeId::MissingKey, message, mend);
    }
    let message = format!("`{}` has no `{key}`", shown(path));
    (MistakeId::MissingKey, message, format!("Add `{key} = …`."))
}

/// A path as people read it: `users[2].name`, counted from 1.
fn shown(path: &[Segment]) -> String {
    counted_from(1, path)
}

fn counted_from(first: usize, path: &[Segment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Index(index) => text.push_str(&format!("[{}]", index + first)),
            Segment::Key(key) if text.is_empty() => text.push_str(key),
            Segment::Key(key) => text.push_str(&format!(".{key}")),
        }
    }
    text
}

fn list(words: &[&str], quote: &str) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("{quote}{word}{quote}"))
        .collect();
    words.join(", ")
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let stop = if text.ends_with(['.', '!', '?', ')']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{stop}", letters.as_str())
}

/// Whether the mistake is in the version: then everything else may be meant for another Nevado.
pub(super) fn is_version(path: &Path) -> bool {
    matches!(path.as_slice(), [Segment::Key(key)] if key == "version")
}
