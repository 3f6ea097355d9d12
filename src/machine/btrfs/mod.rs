//! Which subvolumes a btrfs has, and whose folders are in those that hold home folders: read from its trees
//! without mounting it.

mod tree;

use super::shrink::Tools;
use super::{HomeFolder, Region};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use tree::{Item, Key, Root, Trees, little_16, little_32, little_64};

/// The number of the top of every btrfs, which is a subvolume, too (`BTRFS_FS_TREE_OBJECTID`).
pub const TOP: u64 = 5;

/// The subvolumes of a btrfs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subvolumes {
    /// The number of the one that is mounted where none is named; [`TOP`] as a rule.
    pub default: u64,
    /// All but the top, in the order of their paths.
    pub all: Vec<Subvolume>,
}

/// A subvolume of a btrfs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subvolume {
    /// Where it is, from the top and without a slash before it, such as `root/var/lib/machines`.
    pub path: String,
    /// Its number.
    pub id: u64,
    /// The number of the subvolume that it lies in; [`TOP`] if it lies in no other.
    pub parent: u64,
    /// Whether nothing can be written into it, as into most snapshots.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// The folders at its top with their owners, where it is called as one with home folders is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_folders: Option<Vec<HomeFolder>>,
}

/// Whether a subvolume at this path lies in another one, at any depth.
pub(crate) fn lies_in(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

impl Subvolumes {
    /// The subvolume at this path from the top.
    pub fn at(&self, path: &str) -> Option<&Subvolume> {
        self.all.iter().find(|subvolume| subvolume.path == path)
    }

    /// Those that lie in this one, at any depth.
    pub fn inside(&self, outer: &Subvolume) -> impl Iterator<Item = &Subvolume> {
        let inside = |subvolume: &&Subvolume| lies_in(&subvolume.path, &outer.path);
        self.all.iter().filter(inside)
    }
}

/// What a subvolume with home folders is called: Fedora, openSUSE, Debian's and Arch's way.
const HOMES: [&str; 2] = ["home", "@home"];

const INODE_ITEM: u8 = 1;
const INODE_REF: u8 = 12;
const DIR_ITEM: u8 = 84;
const DIR_INDEX: u8 = 96;
const ROOT_ITEM: u8 = 132;
const ROOT_BACKREF: u8 = 144;
/// Where the tree of trees says which subvolume is the default.
const DEFAULTS: u64 = 6;
/// The number of the folder at the top of a subvolume, and of the first tree of files after [`TOP`].
const FIRST: u64 = 256;
/// Numbers above are those of the file system's own trees (`BTRFS_LAST_FREE_OBJECTID`).
const LAST: u64 = u64::MAX - 255;
/// More folders at one top are none that belong to people.
const MOST_FOLDERS: usize = 1000;
/// A chain of more folders, or of more subvolumes in each other, is a loop.
const DEEPEST: usize = 200;

/// The subvolumes of the btrfs in `region`, behind the node `device`; nothing in other kinds, or where they
/// can't be read.
pub fn subvolumes(region: Region<'_>, device: &Path, tools: &mut dyn Tools) -> Option<Subvolumes> {
    if region.file_system()?.kind != "btrfs" {
        return None;
    }
    let mut finder = Finder::open(device, tools)?;
    let mut all = Vec::new();
    for id in finder.places.keys().copied().collect::<Vec<_>>() {
        all.push(finder.subvolume(id)?);
    }
    all.sort_by(|one, other| one.path.cmp(&other.path));
    let default = finder.default;
    Some(Subvolumes { default, all })
}

/// The tree of a subvolume.
#[derive(Clone, Copy)]
struct Files {
    root: Root,
    read_only: bool,
}

/// The tree behind a root item, if it is one of files.
fn root((key, item): &Item) -> Option<(u64, Files)> {
    let is_files = key.object == TOP || key.object >= FIRST;
    if key.kind != ROOT_ITEM || !is_files {
        return None;
    }
    let files = Files {
        root: Root {
            at: little_64(item, 176)?,
            level: *item.get(238)?,
        },
        read_only: little_64(item, 208)? & 1 != 0,
    };
    Some((key.object, files))
}

/// Where a subvolume lies.
struct Place {
    parent: u64,
    /// The number of the folder in the parent's tree.
    folder: u64,
    name: String,
}

fn place((key, item): &Item) -> Option<(u64, Place)> {
    if key.kind != ROOT_BACKREF {
        return None;
    }
    let place = Place {
        parent: key.offset,
        folder: little_64(item, 0)?,
        name: name(item, 16)?,
    };
    Some((key.object, place))
}

/// The number of the default subvolume, from the item that is called so.
fn default((key, item): &Item) -> Option<u64> {
    let is_it = key.kind == DIR_ITEM && key.object == DEFAULTS;
    let entry = is_it.then(|| Entry::read(item))??;
    (entry.name == "default").then_some(entry.to.object)
}

/// An entry of a folder.
struct Entry {
    to: Key,
    name: String,
}

impl Entry {
    fn read(item: &[u8]) -> Option<Self> {
        let length = usize::from(little_16(item, 27)?);
        let name = item.get(30..30 + length)?;
        Some(Self {
            to: Key::read(item, 0)?,
            name: String::from_utf8_lossy(name).into_owned(),
        })
    }
}

/// A name behind its length, which is at `at`.
fn name(item: &[u8], at: usize) -> Option<String> {
    let length = usize::from(little_16(item, at)?);
    let name = item.get(at + 2..(at + 2).checked_add(length)?)?;
    Some(String::from_utf8_lossy(name).into_owned())
}

/// Puts paths together.
struct Finder<'a> {
    trees: Trees<'a>,
    roots: BTreeMap<u64, Files>,
    places: BTreeMap<u64, Place>,
    /// The paths of folders that were asked for, by their trees and numbers.
    folders: BTreeMap<(u64, u64), String>,
    default: u64,
}

impl<'a> Finder<'a> {
    /// Reads which subvolumes there are.
    fn open(device: &'a Path, tools: &'a mut dyn Tools) -> Option<Self> {
        let mut trees = Trees::open(device, tools)?;
        let (first, last) = (Key::all(0, 0), Key::all(LAST, u8::MAX));
        let items = trees.items(trees.root, *first.start()..=*last.end())?;
        Some(Self {
            roots: items.iter().filter_map(root).collect(),
            places: items.iter().filter_map(place).collect(),
            folders: BTreeMap::new(),
            default: items.iter().find_map(default).unwrap_or(TOP),
            trees,
        })
    }

    fn subvolume(&mut self, id: u64) -> Option<Subvolume> {
        let path = self.path(id, DEEPEST)?;
        let files = *self.roots.get(&id)?;
        let is_home = path.rsplit('/').next().is_some_and(|n| HOMES.contains(&n));
        Some(Subvolume {
            path,
            id,
            parent: self.places.get(&id)?.parent,
            read_only: files.read_only,
            home_folders: is_home.then(|| self.home_folders(files.root)).flatten(),
        })
    }

    /// The path of a subvolume from the top.
    fn path(&mut self, id: u64, deepest: usize) -> Option<String> {
        if id == TOP {
            return Some(String::new());
        }
        let deepest = deepest.checked_sub(1)?;
        let place = self.places.get(&id)?;
        let (parent, folder, name) = (place.parent, place.folder, place.name.clone());
        let outer = self.path(parent, deepest)?;
        let folder = self.folder(parent, folder)?;
        let parts = [outer, folder, name];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        Some(parts.collect::<Vec<_>>().join("/"))
    }

    /// The path of a folder from the top of its subvolume.
    fn folder(&mut self, tree: u64, folder: u64) -> Option<String> {
        if let Some(known) = self.folders.get(&(tree, folder)) {
            return Some(known.clone());
        }
        let root = self.roots.get(&tree)?.root;
        let mut names = Vec::new();
        let mut at = folder;
        while at != FIRST {
            if names.len() == DEEPEST {
                return None;
            }
            let (key, item) = self.trees.items(root, Key::all(at, INODE_REF))?.pop()?;
            names.push(name(&item, 8)?);
            at = key.offset;
        }
        names.reverse();
        let path = names.join("/");
        self.folders.insert((tree, folder), path.clone());
        Some(path)
    }

    /// The folders at the top of a subvolume, and whom they belong to.
    fn home_folders(&mut self, root: Root) -> Option<Vec<HomeFolder>> {
        let entries = self.trees.items(root, Key::all(FIRST, DIR_INDEX))?;
        let mut folders = Vec::new();
        for (_, item) in entries.iter().take(MOST_FOLDERS) {
            let entry = Entry::read(item)?;
            if entry.to.kind != INODE_ITEM || entry.name == "lost+found" {
                continue;
            }
            let inode = self.trees.item(root, entry.to)?;
            if little_32(&inode, 52)? & 0o170_000 == 0o040_000 {
                folders.push(HomeFolder {
                    name: entry.name,
                    owner: little_32(&inode, 44)?,
                });
            }
        }
        Some(folders)
    }
}

#[cfg(test)]
mod tests;
