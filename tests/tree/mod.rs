//! Recorded machines, `tests/sysfs/NAME.tree`: unpacked into a folder that the probe can read.
//! `tests/sysfs/README.md` has the format.

#![allow(
    dead_code,
    reason = "each test that includes this file uses a part of it"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use nevado::machine::Machine;
use nevado::machine::probe::{Roots, probe};
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{FileExt, symlink};
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

/// The folder of recorded machines.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sysfs")
}

/// The names of all recorded machines, sorted.
pub(crate) fn names() -> Vec<String> {
    let files = folder().read_dir().unwrap().map(|entry| entry.unwrap());
    let paths = files.map(|entry| entry.path());
    let mut names: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "tree"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

/// What the probe finds on a recorded machine.
pub(crate) fn machine(name: &str) -> Machine {
    let text = fs::read_to_string(folder().join(format!("{name}.tree"))).unwrap();
    probe(&Roots::recorded(unpack(&text).path()))
}

/// Unpacks a recorded machine's text into a new folder.
pub(crate) fn unpack(text: &str) -> TempDir {
    // Hundreds of small files: in memory where that is possible.
    let root = tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap();
    for path in ["sys", "proc", "dev", "run"] {
        fs::create_dir(root.path().join(path)).unwrap();
    }
    let mut folder = PathBuf::new();
    let mut open: Option<PathBuf> = None;
    let mut links = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(path) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            folder = root.path().join(path);
            fs::create_dir_all(&folder).unwrap();
            continue;
        }
        if let Some(more) = line.strip_prefix('|') {
            let file = open.as_ref().expect("a text line follows `NAME:`");
            let mut file = File::options().append(true).open(file).unwrap();
            writeln!(file, "{}", more.strip_prefix(' ').unwrap_or(more)).unwrap();
            continue;
        }
        if let Some(bytes) = line.strip_prefix('@') {
            let (offset, bytes) = bytes.split_once(' ').expect("`@OFFSET BYTES`");
            let file = open.as_ref().expect("bytes follow `NAME image SIZE`");
            let file = File::options().write(true).open(file).unwrap();
            file.write_all_at(&hexadecimal(bytes), offset.parse().unwrap())
                .unwrap();
            continue;
        }
        if let Some((name, target)) = line.split_once(" -> ")
            && !name.contains(": ")
        {
            links.push((folder.join(name), PathBuf::from(target)));
            continue;
        }
        open = Some(unpack_line(&folder, line).unwrap_or_else(|| {
            panic!("line {number} of a recorded machine can't be read: {line:?}")
        }));
    }
    make_links(root.path(), &links);
    root
}

/// One entry: a text, bytes, or an image to be filled.
fn unpack_line(folder: &Path, line: &str) -> Option<PathBuf> {
    let new = |name: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    };
    // Names hold colons themselves (`0000:00:02.0`), but none before a space.
    let text = match line.strip_suffix(':') {
        Some(name) => Some((name, String::new())),
        None => line
            .split_once(": ")
            .map(|(name, text)| (name, format!("{text}\n"))),
    };
    if let Some((name, text)) = text {
        let path = new(name);
        fs::write(&path, text).unwrap();
        return Some(path);
    }
    if let Some((name, bytes)) = line.split_once(" = ") {
        let path = new(name);
        fs::write(&path, hexadecimal(bytes)).unwrap();
        return Some(path);
    }
    let (name, size) = line.split_once(" image ")?;
    let path = new(name);
    let image = File::create(&path).unwrap();
    image.set_len(size.parse().ok()?).unwrap();
    Some(path)
}

/// Makes links. An absolute target lies in the tree; where it is missing it is made as a folder,
/// once all links are there, for it may lead through some of them.
fn make_links(root: &Path, links: &[(PathBuf, PathBuf)]) {
    for (path, target) in links {
        let above = path.parent().unwrap();
        fs::create_dir_all(above).unwrap();
        let Ok(inside) = target.strip_prefix("/") else {
            symlink(target, path).unwrap();
            continue;
        };
        let depth = above.strip_prefix(root).unwrap().components();
        let up = depth.filter(|part| matches!(part, Component::Normal(_)));
        let up: PathBuf = up.map(|_| "..").collect();
        symlink(up.join(inside), path).unwrap();
    }
    for (path, target) in links {
        if let Ok(inside) = target.strip_prefix("/")
            && !path.exists()
        {
            fs::create_dir_all(root.join(inside)).unwrap();
        }
    }
}

/// Bytes as pairs of hexadecimal digits, spaces between them left out.
fn hexadecimal(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    assert!(digits.len().is_multiple_of(2), "{text:?} has an odd digit");
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect()
}
