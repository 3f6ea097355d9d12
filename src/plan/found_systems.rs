//! Which systems are in a partition, by the names that people know them by.
//!
//! | system | known by | version |
//! |---|---|---|
//! | Linux | os-release(5) in its root, also in a container that was opened | as it says there itself |
//! | Windows | its folder at the top of an NTFS; else the types of all partitions | not read |
//! | macOS | the type of its partition, on a disk that is built in | not read |
//!
//! The version of a Windows is in its registry: a file of some 100 MB without a fixed place for anything,
//! which `ntfscat` would have to read as a whole; behind BitLocker it can't be read at all. Nothing here
//! reads APFS: whether macOS or only files of it are in there, nobody has looked.

use super::layout::system;
use super::visible::visible;
use crate::machine::{Content, Disk, Installed, Partition};

/// Partition types of Apple: APFS, HFS+, and Core Storage, which is HFS+ encrypted or on two disks.
const MACOS: [&str; 3] = [
    "7c3457ef-0000-11aa-aa11-00306543ecac",
    "48465300-0000-11aa-aa11-00306543ecac",
    "53746f72-6167-11aa-aa11-00306543ecac",
];

/// Those in a partition of a disk, each safe to show.
pub(super) fn in_partition(disk: &Disk, partition: &Partition) -> Vec<String> {
    let found = in_content(&partition.content);
    if !found.is_empty() {
        return found;
    }
    let is_type = |kind: &&str| partition.type_id.eq_ignore_ascii_case(kind);
    if !disk.removable && MACOS.iter().any(is_type) {
        return vec!["macOS".to_owned()];
    }
    match system::is_windows_drive(disk, partition) {
        true => vec!["Windows".to_owned()],
        false => Vec::new(),
    }
}

/// Those in a file system, or in that of a container, as far as somebody has looked.
pub(super) fn in_content(content: &Content) -> Vec<String> {
    let Content::Formatted(found) = content else {
        return Vec::new();
    };
    match found.seen().and_then(|seen| seen.installed.as_ref()) {
        Some(Installed::Windows) => vec!["Windows".to_owned()],
        Some(Installed::Linux(linux)) => {
            let all = [&linux.name].into_iter().chain(&linux.beside);
            all.map(|name| visible(name)).collect()
        }
        Some(Installed::Nothing) | None => {
            let inside = found.inside.as_ref();
            let named = inside.and_then(|inside| inside.system.as_deref());
            named.map(visible).into_iter().collect()
        }
    }
}
