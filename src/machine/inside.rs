//! What a LUKS container holds that was opened to look into it.

use super::{Content, FileSystem};
use serde::{Deserialize, Serialize};

/// How looking into a LUKS container ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlocked {
    /// It was opened, looked into and closed again.
    Inside(Inside),
    /// The passphrase opens none of its key slots.
    WrongPassphrase,
    /// It could not be looked into.
    Impossible {
        /// Why, in a sentence.
        why: String,
    },
}

/// What was found in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inside {
    /// The file system in it, or another format with a signature.
    pub content: Content,
    /// What the system on it calls itself, such as `NixOS 25.11 (Xantusia)`; nothing if none was found.
    pub system: Option<String>,
}

/// The longest name of a system, in characters.
const LONGEST_NAME: usize = 100;

/// What a system calls itself: `PRETTY_NAME`, else `NAME`, in os-release(5). Whoever wrote the file may
/// be anyone, so the name is cut and rid of what could redraw a terminal.
pub fn system_name(os_release: &str) -> Option<String> {
    let value = |name: &str| {
        let mut lines = os_release.lines();
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
        let value = value.trim().trim_matches(['"', '\'']);
        let shown: String = value.chars().filter(|c| !c.is_control()).collect();
        let shown: String = shown.trim().chars().take(LONGEST_NAME).collect();
        (!shown.is_empty()).then_some(shown)
    };
    value("PRETTY_NAME").or_else(|| value("NAME"))
}

impl FileSystem {
    /// What `blkid -p -o export` found; nothing without a `TYPE`.
    pub fn from_blkid(printed: &str) -> Option<Self> {
        let value = |name: &str| {
            let mut lines = printed.lines();
            let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
            Some(value.to_owned())
        };
        Some(Self {
            kind: value("TYPE")?,
            label: value("LABEL"),
            uuid: value("UUID"),
            size: value("FSSIZE")
                .and_then(|size| size.parse().ok())
                .map(crate::units::Bytes),
            used: None,
            shrink: None,
            home_folders: None,
            installed: None,
            inside: None,
            subvolumes: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_called_as_it_calls_itself() {
        let nixos = "NAME=NixOS\nPRETTY_NAME=\"NixOS 25.11 (Xantusia)\"\nVERSION_ID=\"25.11\"\n";
        assert_eq!(system_name(nixos).unwrap(), "NixOS 25.11 (Xantusia)");
        assert_eq!(system_name("NAME='Void'\n").unwrap(), "Void");
        for nameless in ["", "PRETTY_NAME=\n", "PRETTY_NAME=\"\u{7} \"", "# NAME=x"] {
            assert_eq!(system_name(nameless), None, "{nameless:?}");
        }
    }

    #[test]
    fn a_name_can_not_redraw_the_terminal_nor_fill_it() {
        let hostile = format!("PRETTY_NAME=\"\u{1b}[2J{}\"\n", "x".repeat(5000));
        let name = system_name(&hostile).unwrap();
        assert!(name.starts_with("[2Jxx") && name.chars().count() == LONGEST_NAME);
    }
}
