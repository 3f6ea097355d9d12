//! A partition with home folders: made with files of two people, and read, by the tools of ext4.

use super::disk::{HOMES, partition_image, tool};
use crate::workspace::Scenario;
use anyhow::Result;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

/// Whose folder, which file, with which permissions, of which user and group.
const FILES: [(&str, &str, u32, u32, u32); 3] = [
    ("anna", "letter.txt", 0o600, 1000, 100),
    ("anna", "photo.raw", 0o644, 1000, 100),
    ("kurt", "notes.txt", 0o640, 1001, 1001),
];

/// Makes it in an image of the partition.
pub(super) fn make(scenario: &Scenario, image: &Path) -> Result<()> {
    let folder = scenario.path("homes");
    for (person, name, mode, user, group) in FILES {
        let home = folder.join(person);
        fs::create_dir_all(&home)?;
        let file = home.join(name);
        fs::write(&file, format!("{person} keeps {name}\n").repeat(5000))?;
        fs::set_permissions(&file, Permissions::from_mode(mode))?;
        fs::set_permissions(&home, Permissions::from_mode(0o700))?;
        for path in [&file, &home] {
            chown(path, Some(user), Some(group))?;
        }
    }
    let mut command = Command::new("mkfs.ext4");
    tool(command.args(["-q", "-d"]).arg(&folder).arg(image))?;
    Ok(())
}

/// Permissions, owners and content of every file that was put in, and of the folders, as they are on
/// the disk now.
pub(super) fn found(scenario: &Scenario, disk: &Path) -> Result<Vec<String>> {
    let (_, start, length) = HOMES;
    let image = partition_image(scenario, disk, (start, length))?;
    // What is still in the journal belongs to it.
    let replay = Command::new("e2fsck")
        .arg("-p")
        .arg(&image)
        .output()?
        .status;
    anyhow::ensure!(replay.code().is_some_and(|code| code < 2), "e2fsck failed");
    let ask = |request: String| {
        let mut command = Command::new("debugfs");
        tool(command.arg("-R").arg(request).arg(&image))
    };
    // Inode, permissions, user, group, name, size.
    let entry = |folder: &str, name: &str| -> Result<String> {
        let list = ask(format!("ls -p {folder}"))?;
        let mut fields = list.lines().map(|line| line.split('/').collect::<Vec<_>>());
        let fields = fields.find(|fields| fields.get(5) == Some(&name));
        let known = fields.unwrap_or_default();
        Ok(known.get(2..5).unwrap_or_default().join(" "))
    };
    let mut found = Vec::new();
    for (person, name, ..) in FILES {
        found.push(format!("{person}: {}", entry("/", person)?));
        let owner = entry(&format!("/{person}"), name)?;
        let content = ask(format!("cat /{person}/{name}"))?;
        found.push(format!("{person}/{name}: {owner}\n{content}"));
    }
    fs::remove_file(&image)?;
    Ok(found)
}
