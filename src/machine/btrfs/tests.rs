use super::*;
use crate::machine::probe::Here;
use crate::machine::{Content, FileSystem};
use crate::process::{Command, CommandError, Output};
use crate::units::Bytes;
use std::fs::File;
use std::io;
use std::os::unix::fs::chown;
use std::path::PathBuf;

/// A btrfs with a subvolume, made without mounting it: what an ext4 becomes.
fn converted(folder: &Path) -> PathBuf {
    let top = folder.join("top");
    for person in ["anna", "bo"] {
        std::fs::create_dir_all(top.join(person).join("letters")).unwrap();
    }
    std::fs::write(top.join("file"), "no folder").unwrap();
    // Whoever is not root keeps all as it is.
    chown(top.join("bo"), Some(1017), Some(100)).ok();
    let image = folder.join("image");
    File::create(&image).unwrap().set_len(256 << 20).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(program);
        let output = command.args(arguments).arg(&image).output().unwrap();
        assert!(output.status.success(), "{program}: {output:?}");
    };
    let top = top.to_str().unwrap();
    run("mkfs.ext4", &["-q", "-F", "-b", "4096", "-d", top]);
    run("btrfs-convert", &["--no-progress"]);
    image
}

fn region_of(kind: &str) -> Content {
    Content::Formatted(FileSystem::of_kind(kind))
}

fn look(kind: &str, image: &Path, tools: &mut dyn Tools) -> Option<Subvolumes> {
    let region = Region {
        content: &region_of(kind),
        mounts: &[],
        holders: &[],
    };
    subvolumes(region, image, tools)
}

#[test]
fn the_subvolumes_of_a_real_file_system_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let image = converted(folder.path());
    let found = look("btrfs", &image, &mut Here).unwrap();
    assert_eq!(found.default, TOP);
    let [saved] = found.all.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(saved.path, "ext2_saved");
    assert_eq!((saved.id, saved.parent), (256, TOP));
    assert!(!saved.read_only && saved.home_folders.is_none());
    assert_eq!(look("ext4", &image, &mut Here), None);
}

#[test]
fn folders_have_their_owners_and_paths() {
    let folder = tempfile::tempdir().unwrap();
    let image = converted(folder.path());
    let owner = |name: &str| {
        use std::os::unix::fs::MetadataExt;
        let made = folder.path().join("top").join(name);
        made.metadata().unwrap().uid()
    };
    let mut tools = Here;
    let mut finder = Finder::open(&image, &mut tools).unwrap();
    let top = finder.roots[&TOP].root;
    let mut folders = finder.home_folders(top).unwrap();
    folders.sort_by(|one, other| one.name.cmp(&other.name));
    let expected = ["anna", "bo"].map(|name| HomeFolder {
        name: name.to_owned(),
        owner: owner(name),
    });
    assert_eq!(folders, expected);
    let all = finder
        .trees
        .items(top, *Key::all(FIRST, 0).start()..=*Key::all(LAST, 0).end());
    let names = all
        .unwrap()
        .into_iter()
        .filter(|(key, _)| key.kind == INODE_REF);
    let paths = names.map(|(key, _)| finder.folder(TOP, key.object).unwrap());
    let paths: Vec<String> = paths.collect();
    for expected in ["anna", "anna/letters", "bo/letters"] {
        assert!(paths.iter().any(|path| path == expected), "{paths:?}");
    }
}

/// A device on which one block after the other is damaged.
struct Damaged {
    image: PathBuf,
    /// Which read is damaged, and how.
    at: (usize, usize, u8),
    reads: usize,
}

impl Tools for Damaged {
    fn run(&mut self, command: &Command) -> Result<Output, CommandError> {
        Here.run(command)
    }

    fn read(&mut self, _: &Path, at: Bytes, length: Bytes) -> io::Result<Vec<u8>> {
        let mut content = Here.read(&self.image, at, length)?;
        let (read, place, value) = self.at;
        if self.reads == read
            && let Some(byte) = content.get_mut(place)
        {
            *byte = value;
        }
        self.reads += 1;
        Ok(content)
    }
}

#[test]
fn what_is_damaged_is_no_panic_and_no_loop() {
    let folder = tempfile::tempdir().unwrap();
    let image = converted(folder.path());
    let mut unknown = 0;
    for read in 0..5 {
        for place in (0..0x100).chain(0x32B..0x3B0).chain(0x2F00..0x4000) {
            for value in [0, 0xFF] {
                let mut tools = Damaged {
                    image: image.clone(),
                    at: (read, place, value),
                    reads: 0,
                };
                unknown += usize::from(look("btrfs", &image, &mut tools).is_none());
            }
        }
    }
    assert!(unknown > 20, "{unknown}");
}
