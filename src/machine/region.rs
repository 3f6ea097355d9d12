//! One region of a disk by its device node: a partition, or a whole disk without a table.

use super::shrink::Tools;
use super::{
    Content, Disk, FileSystem, HomeFolder, Inside, Installed, Machine, Shrink, Subvolumes, Table,
    home_folders, installed, shrink, subvolumes,
};
use crate::machine::Fact;
use std::path::{Path, PathBuf};

/// What is known about the region behind a device node.
#[derive(Clone, Copy, Debug)]
pub struct Region<'a> {
    /// What is in it.
    pub content: &'a Content,
    /// Where it is mounted now; `[SWAP]` when in use as swap.
    pub mounts: &'a [PathBuf],
    /// Devices built on top of it, by kernel name.
    pub holders: &'a [String],
}

impl Region<'_> {
    /// Whether something is mounted from it, swaps to it or is built on it.
    pub fn is_in_use(&self) -> bool {
        !self.mounts.is_empty() || !self.holders.is_empty()
    }

    /// The file system in it, or the other format with a signature.
    pub const fn file_system(&self) -> Option<&FileSystem> {
        match self.content {
            Content::Formatted(found) => Some(found),
            Content::Blank | Content::Unknown(_) => None,
        }
    }
}

impl Machine {
    /// The region behind a device node as it stands in [`Partition::path`](super::Partition::path) or
    /// [`Disk::path`]; nothing for any other path.
    pub fn region(&self, device: &Path) -> Option<Region<'_>> {
        let disks = self.disks.known()?;
        disks.iter().find_map(|disk| disk.region(device))
    }

    /// Writes down what was measured behind a device node.
    pub fn note_shrink(&mut self, device: &Path, found: &Shrink) {
        if let Fact::Known(disks) = &mut self.disks {
            for disk in disks {
                disk.note_shrink(device, found);
            }
        }
    }
}

impl Machine {
    /// Writes down what was found in the LUKS container behind a device node.
    pub fn note_inside(&mut self, device: &Path, found: &Inside) {
        if let Fact::Known(disks) = &mut self.disks {
            for disk in disks {
                disk.note_inside(device, found);
            }
        }
    }

    /// Looks whom home folders belong to, in every file system that can be asked; it needs root.
    pub fn find_home_folders(&mut self, tools: &mut dyn Tools) {
        let disks = self.disks.known().into_iter().flatten();
        let nodes = disks.flat_map(Disk::measurable);
        let found = nodes.filter_map(|node| {
            let folders = home_folders(self.region(node)?, node, tools)?;
            Some((node.clone(), folders))
        });
        let found: Vec<_> = found.collect();
        if let Fact::Known(disks) = &mut self.disks {
            for disk in disks {
                for (node, folders) in &found {
                    disk.note_home_folders(node, folders);
                }
            }
        }
    }
}

impl Machine {
    /// Looks which subvolumes every btrfs has; it needs root.
    pub fn find_subvolumes(&mut self, tools: &mut dyn Tools) {
        let disks = self.disks.known().into_iter().flatten();
        let nodes = disks.flat_map(Disk::measurable);
        let found = nodes.filter_map(|node| {
            let subvolumes = subvolumes(self.region(node)?, node, tools)?;
            Some((node.clone(), subvolumes))
        });
        let found: Vec<_> = found.collect();
        if let Fact::Known(disks) = &mut self.disks {
            for disk in disks {
                for (node, subvolumes) in &found {
                    disk.note_subvolumes(node, subvolumes);
                }
            }
        }
    }
}

impl Machine {
    /// Looks for a system in every file system that can be asked; it needs root. Of a btrfs, its subvolumes
    /// have to be known before.
    pub fn find_systems(&mut self, tools: &mut dyn Tools) {
        let disks = self.disks.known().into_iter().flatten();
        let nodes = disks.flat_map(Disk::nodes);
        let found = nodes.filter_map(|node| {
            let system = installed(self.region(node)?, node, tools)?;
            Some((node.clone(), system))
        });
        let found: Vec<_> = found.collect();
        if let Fact::Known(disks) = &mut self.disks {
            for disk in disks {
                for (node, system) in &found {
                    disk.note_system(node, system);
                }
            }
        }
    }
}

impl Disk {
    /// Writes down whose root the file system behind a device node is.
    fn note_system(&mut self, device: &Path, system: &Installed) {
        for (path, file_system) in self.file_systems() {
            if path == device {
                file_system.installed = Some(system.clone());
            }
        }
    }

    /// Writes down which subvolumes the btrfs behind a device node has.
    fn note_subvolumes(&mut self, device: &Path, subvolumes: &Subvolumes) {
        for (path, file_system) in self.file_systems() {
            if path == device {
                file_system.subvolumes = Some(Box::new(subvolumes.clone()));
            }
        }
    }

    /// Writes down whom the folders at the top of the file system behind a device node belong to.
    fn note_home_folders(&mut self, device: &Path, folders: &[HomeFolder]) {
        for (path, file_system) in self.file_systems() {
            if path == device {
                file_system.home_folders = Some(folders.to_vec());
            }
        }
    }

    /// The device nodes of its partitions, and its own.
    fn nodes(&self) -> impl Iterator<Item = &PathBuf> {
        let partitions = self.partitions().iter().map(|partition| &partition.path);
        partitions.chain([&self.path])
    }

    /// The device nodes of its file systems of which a tool can tell how small they can become.
    pub fn measurable(&self) -> impl Iterator<Item = &PathBuf> {
        self.nodes().filter(|node| {
            let region = self.region(node);
            let found = region.as_ref().and_then(Region::file_system);
            found.is_some_and(|found| shrink::can_be_asked(&found.kind))
        })
    }

    /// Writes down what was found in the LUKS container behind a device node of it.
    pub fn note_inside(&mut self, device: &Path, found: &Inside) {
        for (path, file_system) in self.file_systems() {
            if path == device {
                file_system.inside = Some(Box::new(found.clone()));
            }
        }
    }

    /// Writes down what was measured behind a device node of it.
    pub fn note_shrink(&mut self, device: &Path, found: &Shrink) {
        for (path, file_system) in self.file_systems() {
            if path == device {
                file_system.shrink = Some(found.clone());
            }
        }
    }

    /// The same disk, as it is before anything is measured.
    #[must_use]
    pub fn unmeasured(&self) -> Self {
        let mut disk = self.clone();
        for (_, file_system) in disk.file_systems() {
            file_system.shrink = None;
            file_system.home_folders = None;
            file_system.installed = None;
            file_system.inside = None;
            file_system.subvolumes = None;
        }
        disk
    }

    /// Each file system with its device node.
    fn file_systems(&mut self) -> Vec<(&Path, &mut FileSystem)> {
        let regions = match &mut self.table {
            Fact::Known(Table::Whole { content }) => vec![(self.path.as_path(), content)],
            Fact::Known(Table::Partitioned { partitions, .. }) => {
                let partitions = partitions.iter_mut();
                partitions
                    .map(|p| (p.path.as_path(), &mut p.content))
                    .collect()
            }
            Fact::Unknown(_) => Vec::new(),
        };
        let formatted = regions
            .into_iter()
            .filter_map(|(path, content)| match content {
                Content::Formatted(file_system) => Some((path, file_system)),
                Content::Blank | Content::Unknown(_) => None,
            });
        formatted.collect()
    }

    /// The region behind one of its device nodes.
    pub(crate) fn region(&self, device: &Path) -> Option<Region<'_>> {
        if self.path == device
            && let Fact::Known(Table::Whole { content }) = &self.table
        {
            let (mounts, holders) = (&self.mounts, &self.holders);
            return Some(Region {
                content,
                mounts,
                holders,
            });
        }
        let mut partitions = self.partitions().iter();
        let found = partitions.find(|partition| partition.path == device)?;
        Some(Region {
            content: &found.content,
            mounts: &found.mounts,
            holders: &found.holders,
        })
    }
}
