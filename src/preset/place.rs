//! Where something stands in a preset's text, and whether that line may be shown.
//!
//! A line that holds a password, or may hold one, is never quoted: messages end up in terminals'
//! scroll-back, in logs and in reports.

use super::deserializer::{Path, Segment};
use super::fields;
use serde::Serialize;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many columns of a line are shown at most.
const WIDEST: usize = 160;

/// What people misspell when they misspell a password's key.
const SECRET_WORD: &str = "password";

/// A part of one line of a preset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// In characters, at least 1.
    pub length: usize,
    /// The line itself; none if it may hold a password.
    pub text: Option<String>,
}

impl fmt::Display for Place {
    /// The line with carets under the part that is meant; nothing if it must not be shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(text) = &self.text else {
            return write!(f, "      (this line may hold a password and is not shown)");
        };
        // A tab counts as one column, so it is shown as one.
        let shown: String = text
            .chars()
            .take(WIDEST)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        writeln!(f, "  {:>3} │ {shown}", self.line)?;
        let before = " ".repeat(self.column.saturating_sub(1).min(WIDEST));
        let carets = "^".repeat(self.length.min(WIDEST));
        write!(f, "      │ {before}{carets}")
    }
}

/// A preset's text with its tree, for pointing into it.
pub(super) struct Source<'t> {
    text: &'t str,
    secrets: Vec<Range<usize>>,
    /// Whether the text is TOML; where it is not, the tree can't be trusted to know all secrets.
    whole: bool,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str, tree: &DeTable<'_>, whole: bool) -> Self {
        let mut secrets = Vec::new();
        secret_spans(tree, &Path::new(), &mut secrets);
        Self {
            text,
            secrets,
            whole,
        }
    }

    /// The place of a span, which ends with its line.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        let start = floor(self.text, span.start);
        let line_start = self.before(start).rfind('\n').map_or(0, |at| at + 1);
        let rest = self.text.get(line_start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let line_end = line_start + line.len();
        let end = floor(self.text, span.end).clamp(start, line_end.max(start));
        let length = self
            .text
            .get(start..end)
            .unwrap_or_default()
            .chars()
            .count();
        let before = self.text.get(line_start..start).unwrap_or_default();
        Place {
            line: self.before(line_start).matches('\n').count() + 1,
            column: before.chars().count() + 1,
            length: length.max(1),
            text: (!self.hides(line, &(line_start..line_end))).then(|| line.to_owned()),
        }
    }

    fn before(&self, end: usize) -> &str {
        self.text.get(..end).unwrap_or_default()
    }

    fn hides(&self, line: &str, span: &Range<usize>) -> bool {
        let touches = |secret: &Range<usize>| secret.start < span.end && span.start < secret.end;
        // An address may hold a password before the host, or a token behind it.
        let signs = ["@", "?", "\\u", "\\U"];
        let address = line.contains("://") && signs.iter().any(|sign| line.contains(sign));
        address
            || secret_word_in(line)
            || self.secrets.iter().any(touches)
            || (!self.whole && self.may_hide_a_secret(line, span.start))
    }

    /// For a text that is no TOML: whether the line may belong to a password all the same. Only a
    /// header, or one value of a known key, is sure to be none.
    fn may_hide_a_secret(&self, line: &str, start: usize) -> bool {
        let before = self.before(start);
        let in_long_text = before.contains("\"\"\"") || before.contains("'''");
        let mut parts = line.split('=');
        let key = parts.next().unwrap_or_default().trim();
        let value = parts.next().unwrap_or_default().trim();
        let opens = key == ENCRYPT || OPENERS.contains(&key);
        let tells_nothing = !opens || matches!(value, "true" | "false");
        let one_value = parts.next().is_none() && fields::is_known(key) && tells_nothing;
        let header = key.starts_with('[') && !line.contains(['=', '"', '\'']);
        in_long_text || !(one_value || header)
    }
}

/// The keys of an account that hold no secret.
const PUBLIC_KEYS: [&str; 5] = ["name", "full_name", "administrator", "shell", "groups"];

/// The character boundary at or before a position.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// Whether a word of this line looks like the key of a secret, misspelt ones included.
pub(super) fn secret_word_in(line: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
        .any(is_secret_word)
}

/// Whether a key says that its value is a secret.
fn is_secret_word(word: &str) -> bool {
    let word = word.to_lowercase();
    ["pass", "plain", "hash", "secret", "pwd", "psk"]
        .iter()
        .any(|part| word.contains(part))
        || strsim::damerau_levenshtein(&word, SECRET_WORD) <= 3
}

/// Whether a key of `disk` is `encrypt`, or no key at all and a misspelt `encrypt`.
fn is_encrypt(key: &str) -> bool {
    key == ENCRYPT
        || !fields::is_known(key) && fields::nearest(key, [ENCRYPT].into_iter()).is_some()
}

/// Whether a value at this path is a secret or may be meant as one.
pub(super) fn is_secret(path: &[Segment]) -> bool {
    let keys: Vec<&str> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Index(_) => None,
        })
        .collect();
    let of_account =
        matches!(keys.as_slice(), ["users" | "root", key, ..] if !PUBLIC_KEYS.contains(key));
    // The passphrase may have been written right behind it.
    let of_encryption = matches!(keys.as_slice(), ["disk", key, ..] if is_encrypt(key));
    let of_caches = matches!(keys.as_slice(), ["install" | "system", "public_keys", ..]);
    of_account || of_encryption || of_caches || keys.iter().any(|key| is_secret_word(key))
}

/// Whether a value is meant as a public key, of SSH or of a cache. Its line is not shown, for a private
/// one may stand there, but what is wrong with it can be told.
pub(super) fn is_public_key(path: &[Segment]) -> bool {
    let names = ["ssh_keys", "public_keys"];
    let key =
        |segment: &Segment| matches!(segment, Segment::Key(key) if names.contains(&key.as_str()));
    path.iter().any(key)
}

/// Whether a value is in no section and under no key that a preset has: it may have slipped out of
/// an account, key and all.
fn is_stray(path: &[Segment]) -> bool {
    let known = |segment: &Segment, is_known: fn(&str) -> bool| match segment {
        Segment::Key(key) => is_known(key),
        Segment::Index(_) => false,
    };
    let in_section = path
        .first()
        .is_some_and(|first| known(first, fields::is_section));
    let under_known_key = path
        .last()
        .is_some_and(|last| known(last, fields::is_known));
    !in_section && !under_known_key
}

/// What opens the disk stands behind this key.
const ENCRYPT: &str = "encrypt";

/// The keys of `disk.encrypt`, whose values are secrets each for itself.
const OPENERS: [&str; 2] = ["passphrase", "recovery_key"];

/// How many parts of a path may be told: what follows the key of a secret may be the secret.
pub(super) fn tellable(path: &[Segment]) -> usize {
    if let [
        Segment::Key(disk),
        Segment::Key(encrypt),
        Segment::Key(key),
        ..,
    ] = path
        && disk == "disk"
        && encrypt == ENCRYPT
        && OPENERS.contains(&key.as_str())
    {
        return 3;
    }
    (1..=path.len())
        .find(|end| path.get(..*end).is_some_and(is_secret))
        .unwrap_or(path.len())
}

/// The spans of everything that is or may be a secret.
fn secret_spans(table: &DeTable<'_>, path: &Path, found: &mut Vec<Range<usize>>) {
    for (key, value) in table {
        let mut path = path.clone();
        path.push(Segment::Key(key.get_ref().clone().into_owned()));
        if is_secret(&path) {
            found.push(key.span());
        }
        secret_values(value, &path, found);
    }
}

fn secret_values(value: &Spanned<DeValue<'_>>, path: &Path, found: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Table(table) => secret_spans(table, path, found),
        DeValue::Array(values) => {
            for value in values.iter() {
                secret_values(value, path, found);
            }
        }
        DeValue::String(_) if is_stray(path) => found.push(value.span()),
        _ if is_secret(path) => found.push(value.span()),
        _ => {}
    }
}

/// The span of a field such as `disk.choose` or `disk.disks[0].partitions[2].size`, or of the nearest
/// table around it that is there. Positions in lists are counted from 0.
pub(super) fn find(tree: &Spanned<DeTable<'_>>, field: &str) -> Option<Range<usize>> {
    let mut table = tree.get_ref();
    let mut found = None;
    for part in field.split('.') {
        let (part, index) = with_index(part);
        let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref().as_ref() == part)
        else {
            break;
        };
        found = Some(key.span());
        let value = match (value.get_ref(), index) {
            (DeValue::Array(values), Some(index)) => {
                let Some(value) = values.get(index) else {
                    break;
                };
                found = Some(value.span());
                value
            }
            _ => value,
        };
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            _ => break,
        }
    }
    found
}

/// A field such as `disk.disks[0].table` as people read it, with positions counted from 1.
pub fn shown_field(field: &str) -> String {
    let shown = |part: &str| match with_index(part) {
        (key, Some(index)) => format!("{key}[{}]", index + 1),
        (_, None) => part.to_owned(),
    };
    let parts: Vec<String> = field.split('.').map(shown).collect();
    parts.join(".")
}

/// A key and, if it has one, the position behind it: `disks[0]`.
fn with_index(part: &str) -> (&str, Option<usize>) {
    let split = part.strip_suffix(']').and_then(|part| part.split_once('['));
    let split = split.and_then(|(key, index)| Some((key, Some(index.parse().ok()?))));
    split.unwrap_or((part, None))
}
