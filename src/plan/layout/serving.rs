//! Partitions that serve a system and hold nothing of a person's, by the system's own fstab(5).

use super::linux::{file_system, find_among};
use crate::machine::Disk;

/// What a partition is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    /// A system starts from it.
    Boot,
    /// Memory goes there when it runs short.
    Swap,
}

/// A partition that serves a Linux on the same disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Serving {
    /// Its number.
    pub(crate) number: u32,
    /// The number of the partition with the root of that Linux.
    pub(crate) root: u32,
    pub(crate) service: Service,
}

/// Each of a disk; one that serves several systems is there for each of them.
pub(crate) fn serving(disk: &Disk) -> Vec<Serving> {
    let found = disk.partitions().iter();
    let found = found.filter_map(|root| Some((root, file_system(root)?.linux()?)));
    let lines = found.flat_map(|(root, linux)| {
        let lines = linux.fstab.iter().flatten();
        lines.map(move |line| (root, linux, line))
    });
    let serving = lines.filter_map(|(root, linux, line)| {
        let service = match line.at.trim_end_matches('/') {
            _ if line.kind == "swap" => Service::Swap,
            "/boot" | "/boot/efi" | "/efi" => Service::Boot,
            _ => return None,
        };
        let all = disk.partitions().iter().map(|own| (disk, own));
        let (_, own) = find_among(all, linux, &line.source).ok()?;
        (own.number != root.number).then_some(Serving {
            number: own.number,
            root: root.number,
            service,
        })
    });
    serving.collect()
}
