//! Names on disks: where something is mounted, subvolumes, labels.

use super::names::{BadName, checked_text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// Letters and signs that need no quotes anywhere, a word of fstab(5) and a unit of systemd included.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@._+~-".contains(c);
    let begins = |part: &str| {
        let part = part.strip_prefix('.').unwrap_or(part);
        part.starts_with(|c: char| plain(c) && c != '.')
    };
    text.split('/')
        .all(|part| begins(part) && part.chars().all(plain))
}

checked_text!(
    /// Where a file system is mounted, such as `/` or `/home`.
    MountPath,
    "mount point",
    "it looks like `/home`: letters, digits and the signs `@ . _ + ~ -`",
    r"^(/|(/\.?[A-Za-z0-9@_+~-][A-Za-z0-9@._+~-]*)+)$",
    |text| {
        let below = text.strip_prefix('/');
        text == "/" || (text.len() <= 255 && below.is_some_and(is_plain))
    }
);

checked_text!(
    /// A subvolume of btrfs by its path from the top, such as `@` or `@home`.
    SubvolumePath,
    "subvolume",
    "it looks like `@home`: letters, digits and the signs `@ . _ -`",
    r"^[A-Za-z0-9@_][A-Za-z0-9@._-]*(/\.?[A-Za-z0-9@_-][A-Za-z0-9@._-]*)*$",
    |text| {
        let first = text.starts_with(|c: char| c.is_ascii_alphanumeric() || "@_".contains(c));
        text.len() <= 255 && first && is_plain(text) && !text.contains(['+', '~'])
    }
);

checked_text!(
    /// The label of a file system, and the name of its partition.
    VolumeLabel,
    "label",
    "1 to 36 characters, none of them a control character",
    r"^[^\u0000-\u001f\u007f-\u009f]{1,36}$",
    |text| {
        let units = text.encode_utf16().count();
        (1..=36).contains(&units) && !text.chars().any(char::is_control)
    }
);

impl MountPath {
    /// Whether it is `/`.
    pub fn is_root(&self) -> bool {
        self.as_str() == "/"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits<T: TryFrom<String>>(text: &str) -> bool {
        T::try_from(text.to_owned()).is_ok()
    }

    #[test]
    fn mount_points_go_straight_down() {
        for good in ["/", "/home", "/var/log", "/.snapshots", "/srv/a+b~1"] {
            assert!(fits::<MountPath>(good), "{good}");
        }
        for bad in [
            "", "home", "//", "/a/", "/a//b", "/..", "/a/./b", "/a b", "/ä", "/a\n",
        ] {
            assert!(!fits::<MountPath>(bad), "{bad}");
        }
    }

    #[test]
    fn subvolumes_stay_below_the_top() {
        for good in ["@", "@home", "var/log", "@/.snapshots"] {
            assert!(fits::<SubvolumePath>(good), "{good}");
        }
        for bad in ["", "/@", "@/", "..", "@/../x", "-f", "a,ro", "a b"] {
            assert!(!fits::<SubvolumePath>(bad), "{bad}");
        }
    }

    #[test]
    fn labels_fit_into_a_table() {
        assert!(fits::<VolumeLabel>("Daten 日本") && fits::<VolumeLabel>(&"x".repeat(36)));
        assert!(!fits::<VolumeLabel>("") && !fits::<VolumeLabel>(&"x".repeat(37)));
        assert!(!fits::<VolumeLabel>("a\u{1b}[2J"));
    }
}
