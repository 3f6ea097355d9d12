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
    /// The subvolume of a btrfs, from its top, where the options name it (`subvol=`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subvolume: Option<String>,
}

impl FstabLine {
    /// Whether it is for a file to swap to: no device and no tag.
    pub fn is_swap_file(&self) -> bool {
        self.kind == "swap" && self.source.starts_with('/') && !self.source.starts_with("/dev/")
    }

    /// Whether files of a subvolume are seen where this line mounts its btrfs: what is mounted is that one,
    /// lies in it, or has it inside. Where the line names none, a place such as `/home` tells, which is for
    /// `home` or `@home`; `root` is the subvolume that `/` is.
    pub fn shows(&self, subvolume: &str, root: Option<&str>) -> bool {
        let named = match self.at.as_str() {
            "/" => self.subvolume.as_deref().or(root),
            _ => self.subvolume.as_deref(),
        };
        match named {
            Some(own) => lies_in(own, subvolume) || lies_in(subvolume, own),
            None => {
                let last = subvolume.rsplit('/').next().unwrap_or(subvolume);
                self.at.trim_start_matches('/') == last.trim_start_matches('@')
            }
        }
    }
}

/// Whether a path from the top of a btrfs is another one, or lies below it; everything lies in the top.
pub(super) fn lies_in(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    outer.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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
        subvolume: fields.next().as_deref().and_then(subvolume),
    })
}

/// Which subvolume the options of a line name.
fn subvolume(options: &str) -> Option<String> {
    let mut options = options.split(',');
    let path = options.find_map(|option| option.strip_prefix("subvol="))?;
    Some(path.trim_matches(['/', '"']).to_owned())
}

/// fstab(5): blanks in a field are written as `\040`, others likewise.
fn unescaped(field: &str) -> String {
    let escapes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n")];
    let text = escapes
        .iter()
        .fold(field.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subvolume_is_seen_where_it_or_what_it_lies_in_is_mounted() {
        let all = lines(
            "UUID=a / btrfs rw,noatime 0 0\nUUID=a /home btrfs noatime,subvol=/people/@home 0 0\n\
             UUID=a /top btrfs subvol=/ 0 0\n/dev/sda2 /var btrfs\n",
        );
        let named: Vec<Option<&str>> = all.iter().map(|line| line.subvolume.as_deref()).collect();
        assert_eq!(named, [None, Some("people/@home"), Some(""), None]);
        let shown = |subvolume: &str| {
            let shows = all.iter().map(|line| line.shows(subvolume, Some("@")));
            shows.collect::<Vec<_>>()
        };
        assert_eq!(shown("@"), [true, false, true, false]);
        assert_eq!(shown("@/srv"), [true, false, true, false]);
        assert_eq!(shown("people"), [false, true, true, false]);
        assert_eq!(shown("people/@home/anna"), [false, true, true, false]);
        assert_eq!(shown("people/@homes"), [false, false, true, false]);
        assert_eq!(shown("@var"), [false, false, true, true]);
    }
}
