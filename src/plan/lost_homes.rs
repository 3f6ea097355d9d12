//! Whose folders go with a file system, by name.

use super::visible::visible;
use crate::machine::{Content, HomeFolder};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Folders of people in a file system that goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LostHomes {
    /// The subvolume with home folders that they are in, safe to show; nothing where they are at the top of
    /// an ext file system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subvolume: Option<String>,
    /// What each of the folders is called, safe to show.
    pub folders: Vec<String>,
}

impl LostHomes {
    /// Those in a file system, or in that of a container, as far as somebody has looked.
    pub(super) fn of(content: &Content) -> Vec<Self> {
        let Content::Formatted(fs) = content else {
            return Vec::new();
        };
        let Some(found) = fs.seen() else {
            return Vec::new();
        };
        let at_top = found.home_folders.iter().flatten();
        let at_top = names(at_top.filter(|folder| folder.is_somebodys()));
        let at_top = at_top.map(|folders| Self {
            subvolume: None,
            folders,
        });
        let all = found.subvolumes.iter().flat_map(|all| &all.all);
        let with_homes = all.filter_map(|one| {
            Some(Self {
                subvolume: Some(visible(&one.path)),
                folders: names(one.home_folders.iter().flatten())?,
            })
        });
        at_top.into_iter().chain(with_homes).collect()
    }
}

impl LostHomes {
    /// Where each of the folders is, seen from the top of the file system.
    pub(super) fn paths(&self) -> impl Iterator<Item = String> {
        let folder = |name: &String| match &self.subvolume {
            Some(subvolume) => format!("{subvolume}/{name}"),
            None => name.clone(),
        };
        self.folders.iter().map(folder)
    }
}

impl LostHomes {
    /// Those in a subvolume that goes alone: whoever tells of it has named it.
    pub(super) fn of_subvolume(content: &Content, path: &str) -> Option<Self> {
        let Content::Formatted(fs) = content else {
            return None;
        };
        let found = fs.seen()?.subvolumes.as_ref()?.at(path)?;
        Some(Self {
            subvolume: None,
            folders: names(found.home_folders.iter().flatten())?,
        })
    }
}

/// What folders are called, if there are any.
fn names<'a>(folders: impl Iterator<Item = &'a HomeFolder>) -> Option<Vec<String>> {
    let names: Vec<String> = folders.map(|folder| visible(&folder.name)).collect();
    (!names.is_empty()).then_some(names)
}

impl fmt::Display for LostHomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folders = self.folders.join(", ");
        match &self.subvolume {
            Some(subvolume) => write!(
                f,
                "the home folders in its subvolume {subvolume} ({folders})"
            ),
            None if self.folders.len() == 1 => write!(f, "the folder {folders}"),
            None => write!(f, "the folders {folders}"),
        }
    }
}
