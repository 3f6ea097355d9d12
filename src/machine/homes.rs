//! Whom home folders belong to, in a file system that stays: files belong to numbers, and the new
//! system has to give people theirs. Read by the file system's own tool, without mounting it.

use super::Region;
use super::shrink::Tools;
use crate::process::Command;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A folder at the top of a file system with home folders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeFolder {
    /// Its name, which is a login name as a rule.
    pub name: String,
    /// The number of its owner (`id -u`).
    pub owner: u32,
}

/// Who logs in has a number from here on (login.defs(5), `UID_MIN`).
const FIRST_PERSON: u32 = 1000;

impl HomeFolder {
    /// Whether it belongs to a person, and not to a service or to root.
    pub const fn is_somebodys(&self) -> bool {
        self.owner >= FIRST_PERSON
    }
}

/// A listing of more is no file system with home folders.
const MOST: usize = 1000;

/// The folders at the top of an ext file system behind `device`, without what is only in its journal;
/// nothing where they can't be known: of other kinds, or where its tool fails.
pub fn home_folders(
    region: Region<'_>,
    device: &Path,
    tools: &mut dyn Tools,
) -> Option<Vec<HomeFolder>> {
    let found = region.file_system()?;
    if !["ext2", "ext3", "ext4"].contains(&found.kind.as_str()) {
        return None;
    }
    // debugfs(8): `ls -p` has a line of fields for each entry.
    let command = Command::new("debugfs").args(["-R", "ls -p /"]).arg(device);
    folders(&tools.run(&command).ok()?.stdout)
}

/// What a listing says; nothing if it is none: the tool exits with 0 whatever it could read, but a
/// folder always has itself in it.
fn folders(listed: &str) -> Option<Vec<HomeFolder>> {
    let is_itself = |line: &str| line.split('/').nth(5) == Some(".");
    let is_whole = listed.lines().any(is_itself);
    is_whole.then(|| listed.lines().filter_map(folder).take(MOST).collect())
}

/// `/INODE/MODE/UID/GID/NAME/SIZE/`, if it is a folder that may be somebody's.
fn folder(line: &str) -> Option<HomeFolder> {
    let mut fields = line.trim().strip_prefix('/')?.split('/');
    let (_, mode, owner) = (fields.next()?, fields.next()?, fields.next()?);
    let name = fields.nth(1)?;
    let is_folder = mode.starts_with("04");
    let is_nobodys = ["", ".", "..", "lost+found"].contains(&name);
    match is_folder && !is_nobodys {
        true => Some(HomeFolder {
            name: name.to_owned(),
            owner: owner.parse().ok()?,
        }),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::probe::Here;
    use crate::machine::{Content, FileSystem};
    use std::os::unix::fs::PermissionsExt;

    const LISTED: &str = "/2/040755/0/0/.//\n/2/040755/0/0/..//\n/11/040700/0/0/lost+found//\n\
                          /12/040755/1000/100/anna//\n/13/100644/1000/0/file/0/\n\
                          /14/040700/1017/1017/we ird//\n\n";

    #[test]
    fn folders_are_told_from_the_rest() {
        let folder = |name: &str, owner| HomeFolder {
            name: name.to_owned(),
            owner,
        };
        let expected = vec![folder("anna", 1000), folder("we ird", 1017)];
        assert_eq!(folders(LISTED), Some(expected));
        assert_eq!(folders(""), None);
    }

    #[test]
    fn the_real_tool_is_read_as_it_writes() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().join("top");
        std::fs::create_dir_all(top.join("anna/letters")).unwrap();
        std::fs::write(top.join("file"), "").unwrap();
        std::fs::set_permissions(&top, std::fs::Permissions::from_mode(0o755)).unwrap();
        let image = folder.path().join("image");
        std::fs::File::create(&image)
            .unwrap()
            .set_len(8 << 20)
            .unwrap();
        let made = std::process::Command::new("mkfs.ext4")
            .args(["-q", "-d"])
            .args([&top, &image])
            .status();
        assert!(made.unwrap().success());
        let nothing = folder.path().join("nothing");
        std::fs::write(&nothing, [0; 4096]).unwrap();
        let content = |kind: &str| Content::Formatted(FileSystem::of_kind(kind));
        let look = |kind: &str, image: &Path| {
            let region = Region {
                content: &content(kind),
                mounts: &[],
                holders: &[],
            };
            home_folders(region, image, &mut Here)
        };
        let names = |folders: Vec<HomeFolder>| {
            folders
                .into_iter()
                .map(|folder| folder.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(look("ext4", &image).map(names).unwrap(), ["anna"]);
        assert_eq!(look("xfs", &image), None);
        assert_eq!(look("ext4", &nothing), None);
    }
}
