//! The files of a btrfs, copied out of it by `btrfs restore`, which unpacks what is compressed.

use super::{CRYPTTAB, FSTAB, FoundLinux, NIXOS, OS_RELEASE, is_plain, linux_of};
use crate::machine::shrink::{Copied, Tools};
use crate::machine::{Subvolumes, TOP};
use crate::process::Command;
use std::collections::BTreeSet;
use std::path::Path;

/// What distributions call the subvolume with their root: Debian, Ubuntu and Arch, Fedora, others.
const ROOTS: [&str; 4] = ["@", "root", "@root", "@rootfs"];

/// More systems in one file system are not looked for.
const MOST: usize = 64;

/// A file that is larger is none of those that are looked for, in bytes; no more of it is copied.
const LARGEST: &str = "1048576";

/// Which Linux has its root there, with the subvolume that it is in; nothing where that can't be known.
pub(super) fn linux(
    subvolumes: &Subvolumes,
    device: &Path,
    tools: &mut dyn Tools,
) -> Option<Option<FoundLinux>> {
    let roots = roots(subvolumes);
    let copied = copied(&roots, device, tools)?;
    let mut found = roots.into_iter().filter_map(|subvolume| {
        let mut files = Files {
            top: &subvolume,
            copied: &copied,
        };
        let linux = linux_of(&mut files)?;
        Some(FoundLinux {
            subvolume: Some(subvolume),
            ..linux
        })
    });
    let Some(first) = found.next() else {
        return Some(None);
    };
    let beside = found.map(|linux| linux.name).collect();
    Some(Some(FoundLinux { beside, ..first }))
}

/// Where a root may be, by paths from the top, the likeliest first: the default, those of usual names, the
/// others right at the top, the top itself. What lies deeper is a snapshot or a container of one of them.
fn roots(subvolumes: &Subvolumes) -> Vec<String> {
    let default = subvolumes.all.iter().filter(|s| s.id == subvolumes.default);
    let default = default.map(|subvolume| subvolume.path.as_str());
    let at_top = subvolumes.all.iter().filter(|subvolume| {
        let is_deeper = subvolume.parent != TOP || subvolume.path.contains('/');
        !is_deeper && !subvolume.read_only
    });
    let at_top: Vec<&str> = at_top.map(|subvolume| subvolume.path.as_str()).collect();
    let usual = ROOTS.into_iter().filter(|root| at_top.contains(root));
    let all = default.chain(usual).chain(at_top.iter().copied());
    let mut roots: Vec<String> = Vec::new();
    for path in all.chain([""]).filter(|path| is_plain(path)) {
        if !roots.iter().any(|root| root == path) && roots.len() < MOST {
            roots.push(path.to_owned());
        }
    }
    roots
}

/// The files that a system is known by, below each of these roots.
fn copied(roots: &[String], device: &Path, tools: &mut dyn Tools) -> Option<Copied> {
    let wanted = OS_RELEASE.into_iter().chain([FSTAB, CRYPTTAB, NIXOS]);
    let files = wanted.flat_map(|file| roots.iter().map(move |root| at(root, file)));
    let files: Vec<String> = files.collect();
    let command = Command::new("prlimit")
        .arg(format!("--fsize={LARGEST}"))
        .args(["btrfs", "restore", "--snapshots", "--path-regex"])
        .arg(expression(&files))
        .arg(device);
    let files: Vec<&Path> = files.iter().map(Path::new).collect();
    tools.copied(&command, &files)
}

/// A file's path from the top.
fn at(root: &str, file: &str) -> String {
    let file = file.trim_start_matches('/');
    match root {
        "" => file.to_owned(),
        root => format!("{root}/{file}"),
    }
}

/// What fits these files and every folder on the way to them, and nothing else (regex(7)).
fn expression(files: &[String]) -> String {
    let mut paths = BTreeSet::from([String::new()]);
    for file in files {
        let ends = file.match_indices('/').map(|(end, _)| end);
        paths.extend(
            ends.chain([file.len()])
                .filter_map(|end| file.get(..end))
                .map(str::to_owned),
        );
    }
    let paths: Vec<String> = paths.iter().map(|path| escaped(path)).collect();
    format!("^/({})$", paths.join("|"))
}

/// Of what is plain in a path, only these mean anything in an expression.
fn escaped(path: &str) -> String {
    path.replace('.', "\\.").replace('+', "\\+")
}

/// What was copied, below the root of one system.
struct Files<'a> {
    top: &'a str,
    copied: &'a Copied,
}

impl super::Files for Files<'_> {
    fn text(&mut self, path: &str) -> Option<String> {
        let text = self.copied.get(Path::new(&at(self.top, path)))?;
        let text = String::from_utf8_lossy(text).into_owned();
        (!text.is_empty()).then_some(text)
    }

    fn exists(&mut self, path: &str) -> bool {
        self.copied.contains_key(Path::new(&at(self.top, path)))
    }
}
