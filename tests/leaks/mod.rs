//! Finds secrets where they must not be: as they are, and in the forms that programs give to text.
#![allow(
    dead_code,
    reason = "each test that includes this file uses a part of it"
)]
#![allow(
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and positions come from the text itself"
)]

use std::collections::BTreeMap;
use std::fmt;

/// Secrets in all their forms.
pub(crate) struct Needles {
    needles: Vec<Needle>,
    /// Which needles begin with these two bytes.
    by_start: BTreeMap<[u8; 2], Vec<usize>>,
    /// Whether any needle begins with this byte; most bytes of a disk are sorted out here.
    starts: [bool; 256],
}

struct Needle {
    secret: String,
    form: &'static str,
    bytes: Vec<u8>,
}

/// A secret that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Leak {
    /// The name that the secret was given, never the secret.
    pub(crate) secret: String,
    /// In which form.
    pub(crate) form: &'static str,
    /// How many bytes lie before it.
    pub(crate) at: usize,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}) at byte {}", self.secret, self.form, self.at)
    }
}

impl Needles {
    /// All forms of secrets, each with a name to tell it by. Secrets shorter than six characters
    /// would be found by chance, so there must be none.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut needles: Vec<Needle> = Vec::new();
        for (name, secret) in secrets {
            assert!(secret.len() >= 6, "{name} is too short to be searched for");
            for (form, bytes) in forms(secret.as_bytes()) {
                if !needles.iter().any(|needle| needle.bytes == bytes) {
                    needles.push(Needle {
                        secret: name.to_owned(),
                        form,
                        bytes,
                    });
                }
            }
        }
        let mut by_start: BTreeMap<[u8; 2], Vec<usize>> = BTreeMap::new();
        let mut starts = [false; 256];
        for (index, needle) in needles.iter().enumerate() {
            let start = [needle.bytes[0], needle.bytes[1]];
            by_start.entry(start).or_default().push(index);
            starts[usize::from(start[0])] = true;
        }
        Self {
            needles,
            by_start,
            starts,
        }
    }

    /// Every place where one of them begins.
    pub(crate) fn search(&self, bytes: &[u8]) -> Vec<Leak> {
        let mut leaks = Vec::new();
        for (at, first) in bytes.iter().enumerate() {
            if !self.starts[usize::from(*first)] {
                continue;
            }
            let rest = &bytes[at..];
            let Some(start) = rest.first_chunk::<2>() else {
                break;
            };
            for index in self.by_start.get(start).into_iter().flatten() {
                let needle = &self.needles[*index];
                if rest.starts_with(&needle.bytes) {
                    leaks.push(Leak {
                        secret: needle.secret.clone(),
                        form: needle.form,
                        at,
                    });
                }
            }
        }
        leaks
    }

    /// The length of the longest form, in bytes.
    pub(crate) fn longest(&self) -> usize {
        let lengths = self.needles.iter().map(|needle| needle.bytes.len());
        lengths.max().unwrap_or_default()
    }

    /// The forms that are one line of text each, for `grep --fixed-strings --file`.
    pub(crate) fn patterns(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        for needle in self.needles.iter().filter(|n| !n.bytes.contains(&0)) {
            lines.extend_from_slice(&needle.bytes);
            lines.push(b'\n');
        }
        lines
    }
}

/// The forms of a text.
fn forms(text: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let hex = |upper: bool| -> Vec<u8> {
        let byte = |b: &u8| match upper {
            true => format!("{b:02X}"),
            false => format!("{b:02x}"),
        };
        text.iter().map(byte).collect::<String>().into_bytes()
    };
    let mut forms = vec![
        ("as it is", text.to_vec()),
        ("hex", hex(false)),
        ("hex", hex(true)),
        ("UTF-16", text.iter().flat_map(|b| [*b, 0]).collect()),
    ];
    for kept in ["-._~", "-._~!*'()", "-._~:/?#[]@!$&'()*+,;="] {
        for (form, space) in [("URL", "%20"), ("form", "+")] {
            forms.push((form, percent(text, kept, space, false)));
            forms.push((form, percent(text, kept, space, true)));
        }
    }
    for alphabet in [STANDARD, URL_SAFE] {
        for before in 0..3 {
            forms.push(("base64", base64(text, alphabet, before)));
        }
    }
    let text = String::from_utf8_lossy(text);
    forms.push(("JSON", json(&text, false)));
    forms.push(("JSON", json(&text, true)));
    // JSON in JSON, as a log holds a plan.
    let once = String::from_utf8_lossy(&json(&text, false)).into_owned();
    forms.push(("JSON in JSON", json(&once, false)));
    forms.push((
        "Nix",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace("${", "\\${")
            .into(),
    ));
    forms.push(("shell", text.replace('\'', "'\\''").into()));
    forms
}

/// Percent-encoded but for letters, digits and `kept` (RFC 3986).
fn percent(text: &[u8], kept: &str, space: &str, lower: bool) -> Vec<u8> {
    let encode = |byte: &u8| match byte {
        b' ' => space.to_owned(),
        byte if byte.is_ascii_alphanumeric() || kept.contains(char::from(*byte)) => {
            char::from(*byte).to_string()
        }
        byte if lower => format!("%{byte:02x}"),
        byte => format!("%{byte:02X}"),
    };
    text.iter().map(encode).collect::<String>().into_bytes()
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The characters of base64 (RFC 4648) that are the text's alone when `before` other bytes stand
/// before it and any after.
fn base64(text: &[u8], alphabet: &[u8; 64], before: usize) -> Vec<u8> {
    let bit = |index: usize| {
        let byte = index / 8;
        let value = byte.checked_sub(before).and_then(|i| text.get(i));
        value.map(|value| value >> (7 - index % 8) & 1)
    };
    let characters = (before + text.len()) * 8 / 6;
    let known = (0..characters).filter_map(|character| {
        let bits: Option<Vec<u8>> = (0..6).map(|i| bit(character * 6 + i)).collect();
        let value = bits?.into_iter().fold(0, |value, bit| value << 1 | bit);
        Some(alphabet[usize::from(value)])
    });
    known.collect()
}

/// As a JSON string has it (RFC 8259), with or without what is not ASCII in escapes.
fn json(text: &str, ascii: bool) -> Vec<u8> {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if ascii && !c.is_ascii() => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out.into_bytes()
}
