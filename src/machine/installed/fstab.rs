//! fstab(5) and crypttab(5), as far as they say what is where.

use serde::{Deserialize, Serialize};

/// A line of fstab(5), as far as it says what is where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FstabLine {
    /// What: a device node or a tag, such as `UUID=…`.
    pub source: String,
    /// Where it is mounted; `none` for swap.
    pub at: String,
    /// The type of the file system, or `swap`.
    pub kind: String,
}

impl FstabLine {
    /// Whether it is for a file to swap to: no device and no tag.
    pub fn is_swap_file(&self) -> bool {
        self.kind == "swap" && self.source.starts_with('/') && !self.source.starts_with("/dev/")
    }
}

/// A line of crypttab(5), as far as it says what is where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrypttabLine {
    /// What it is called below `/dev/mapper` once it is open.
    pub name: String,
    /// What it lies in: a device node or a tag, such as `UUID=…`.
    pub source: String,
    /// Where its key comes from; `/dev/urandom` for what has another one at each start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Nobody's fstab has more lines.
const MOST_LINES: usize = 1000;

/// The lines of a fstab(5) that say something.
pub(super) fn lines(text: &str) -> Vec<FstabLine> {
    said(text).filter_map(line).take(MOST_LINES).collect()
}

/// The same of a crypttab(5).
pub(super) fn crypttab(text: &str) -> Vec<CrypttabLine> {
    let lines = said(text).filter_map(|line| {
        let mut fields = line.split_ascii_whitespace();
        Some(CrypttabLine {
            name: fields.next()?.to_owned(),
            source: fields.next()?.replace('"', ""),
            key: fields.next().map(str::to_owned),
        })
    });
    lines.take(MOST_LINES).collect()
}

/// What is no comment.
fn said(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim_start);
    lines.filter(|line| !line.starts_with('#'))
}

fn line(line: &str) -> Option<FstabLine> {
    let mut fields = line.split_ascii_whitespace().map(unescaped);
    Some(FstabLine {
        source: fields.next()?.replace('"', ""),
        at: fields.next()?,
        kind: fields.next()?,
    })
}

/// fstab(5): blanks in a field are written as `\040`, others likewise.
fn unescaped(field: &str) -> String {
    let escapes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n")];
    let text = escapes
        .iter()
        .fold(field.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("\\134", "\\")
}
