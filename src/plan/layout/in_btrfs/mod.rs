//! Home folders that stay in a subvolume of a btrfs, with the new system beside them in the same btrfs: the
//! layout that keeps home folders, said partition by partition as the manual one has it.

mod old_system;

use super::manual::Manual;
use super::{Arranged, Request, impossible};
use crate::identifiers::Identifiers;
use crate::machine::{Content, FileSystem, Partition, Subvolumes};
use crate::plan::reason::Reason;
use crate::plan::resolve::internal;
use crate::plan::visible::visible;
use crate::plan::{Detail, Problem, ProblemId};
use crate::preset::{
    DiskChoice, DiskPreset, Encryption, FileSystemKind, Layout, ManualDisk, ManualPartition,
    ManualSubvolume, ManualTable, PartitionMatch, Preset, SubvolumeAction, Swap,
};
use crate::storage::{EspUse, ExistingHome, Start, SwapSpace};

/// What to do where this layout can't.
const MANUAL: &str = "Choose `layout = \"manual\"`: there, each subvolume is named, with `do = \"create\"` for those of the \
                      new system, `do = \"delete\"` for those of the old one, and a `mount` for the home folders.";

/// A btrfs, and what is in it.
#[derive(Clone, Copy)]
struct Found<'a> {
    partition: &'a Partition,
    file_system: &'a FileSystem,
    subvolumes: &'a Subvolumes,
}

impl<'a> Found<'a> {
    fn of(partition: &'a Partition) -> Option<Self> {
        let file_system = match &partition.content {
            Content::Formatted(file_system) => file_system,
            Content::Blank | Content::Unknown(_) => return None,
        };
        Some(Self {
            partition,
            file_system,
            subvolumes: file_system.subvolumes.as_deref()?,
        })
    }

    fn unclear(self, why: Reason) -> Problem {
        let number = self.partition.number;
        cannot(&format!("of the btrfs in partition {number}: {why}"))
            .telling(why.details)
            .with("number", number)
    }

    fn system_name(self) -> Option<String> {
        Some(visible(&self.file_system.linux()?.name))
    }

    /// Whether the old system has a boot loader that the new one does not take for its own.
    fn has_other_loader(self) -> bool {
        let linux = self.file_system.linux();
        linux.is_some_and(|linux| !linux.name.starts_with(old_system::NIXOS))
    }
}

impl<'a> Request<'a> {
    /// The whole layout, where the home folders that stay are in a subvolume; nothing where they are on a
    /// partition of their own, or where nobody has looked. `preset` is that of this request.
    pub(in crate::plan) fn beside_homes(
        &self,
        preset: &Preset,
        ids: &mut Identifiers<'_>,
    ) -> Option<Result<Arranged, Vec<Problem>>> {
        if self.layout() != Layout::KeepHome {
            return None;
        }
        let found = self.btrfs_with_homes()?;
        let wish = self.check_keys().and_then(|()| self.wish(found));
        Some(match wish {
            Ok(wish) => self.as_manual(found, preset, wish, ids),
            Err(problem) => Err(vec![problem]),
        })
    }

    /// The number of the partition with the btrfs that is meant, if home folders are in a subvolume.
    pub(in crate::plan) fn partition_of_homes(&self) -> Option<u32> {
        Some(self.btrfs_with_homes()?.partition.number)
    }

    /// The btrfs that is meant: named, or the only one with home folders where no partition is for them.
    fn btrfs_with_homes(&self) -> Option<Found<'a>> {
        let partitions = || self.disk.partitions().iter();
        let found = match &self.preset.home {
            Some(wanted) => Found::of(self.find("disk.home", wanted).ok()?)?,
            None => {
                let apart =
                    |p: &Partition| ExistingHome::is_meant(p) && ExistingHome::of(p).is_ok();
                if partitions().any(apart) {
                    return None;
                }
                let all = partitions().filter_map(Found::of);
                let mut with =
                    all.filter(|found| old_system::homes(found.subvolumes).next().is_some());
                match (with.next(), with.next()) {
                    (Some(only), None) => only,
                    _ => return None,
                }
            }
        };
        Some(found)
    }

    /// The old system is where the home folders are, and no other partition is replaced.
    fn check_partition(&self, found: Found<'_>) -> Result<(), Problem> {
        let number = found.partition.number;
        let Some(wanted) = &self.preset.partition else {
            return Ok(());
        };
        let field = "disk.partition";
        match self.find(field, wanted)?.number == number {
            true => Ok(()),
            false => Err(Problem {
                field: field.to_owned(),
                ..cannot(&format!(
                    "the home folders are in the btrfs in partition {number}: the system in it is replaced, and not \
                     that in another partition"
                ))
                .because("other_partition")
                .with("number", number)
            }),
        }
    }

    /// Said as the manual layout has it, and told where it was asked.
    fn as_manual(
        &self,
        found: Found<'_>,
        preset: &Preset,
        disk: DiskPreset,
        ids: &mut Identifiers<'_>,
    ) -> Result<Arranged, Vec<Problem>> {
        let preset = Preset {
            disk,
            ..preset.clone()
        };
        let manual = Manual {
            survey: self.survey(),
            preset: &preset,
            disks: std::slice::from_ref(&self.disk),
            contents: self.contents,
        };
        let mut arranged = manual.arrange(ids).map_err(|mut told| {
            told.iter_mut().for_each(here);
            told
        })?;
        arranged.warnings.iter_mut().for_each(here);
        let name = found.system_name();
        for disk in &mut arranged.disks {
            let losses = std::mem::take(&mut disk.losses).into_iter();
            disk.losses = losses.map(|loss| loss.part_of(name.clone())).collect();
        }
        let goes = { arranged.subvolumes.iter() }.any(|named| !named.gone.is_empty());
        let name = name.filter(|_| goes && found.has_other_loader());
        let loader = name.and_then(|name| self.loader_of(&name, "disk.layout"));
        arranged.warnings.extend(loader);
        Ok(arranged)
    }

    fn wish(&self, found: Found<'_>) -> Result<DiskPreset, Problem> {
        self.check_partition(found)?;
        self.check_wishes()?;
        let esp = self.esp_for_all()?;
        let of = |number| PartitionMatch {
            number: Some(number),
            ..PartitionMatch::default()
        };
        let boot = ManualPartition {
            partition: Some(of(esp)),
            mount: "/boot".parse().ok(),
            ..ManualPartition::default()
        };
        let btrfs = ManualPartition {
            partition: Some(of(found.partition.number)),
            subvolumes: self.subvolumes(found)?,
            ..ManualPartition::default()
        };
        Ok(DiskPreset {
            choose: DiskChoice::Only,
            layout: Some(Layout::Manual),
            partition: None,
            home: None,
            esp: None,
            file_system: Some(FileSystemKind::Btrfs),
            disks: vec![ManualDisk {
                choose: self.preset.choose.clone(),
                table: ManualTable::Keep,
                partitions: vec![boot, btrfs],
            }],
            ..self.preset.clone()
        })
    }

    /// What becomes of each subvolume that is named.
    fn subvolumes(&self, found: Found<'_>) -> Result<Vec<ManualSubvolume>, Problem> {
        let there = found.subvolumes;
        let unclear = |why: Reason| found.unclear(why);
        let home = old_system::home(there).map_err(unclear)?;
        let gone = old_system::gone(found.file_system, there, home).map_err(unclear)?;
        let with_swap = matches!(self.contents.swap, SwapSpace::File { .. });
        let new = old_system::new_names(there, with_swap);
        let new = new.ok_or_else(|| {
            found.unclear(Reason::new("no_name", "no name for new subvolumes is free"))
        })?;
        let named = |path: &str, action, mount: Option<&str>| {
            let name = path.to_owned().try_into().map_err(|_| {
                let path = visible(path);
                let message = format!("the name of the subvolume {path} can't be written here");
                found
                    .unclear(Reason::new("odd_name", message).with("subvolume", Detail::name(path)))
            });
            let mount = mount.map(str::parse).transpose();
            Ok(ManualSubvolume {
                name: name?,
                action: Some(action),
                mount: mount.map_err(|_| internal("a path has lost its form"))?,
            })
        };
        use SubvolumeAction::{Create, Delete, Keep};
        let new = new.iter().map(|(name, at)| named(name, Create, Some(at)));
        let kept = std::iter::once(named(&home.path, Keep, Some("/home")));
        let gone = gone.iter().map(|gone| named(&gone.path, Delete, None));
        new.chain(kept).chain(gone).collect()
    }

    /// What can't be had in a btrfs that stays.
    fn check_wishes(&self) -> Result<(), Problem> {
        let wrong = |field: &str, why, what: &str, mend: &str| {
            Err(Problem {
                id: ProblemId::NotBesideHomes,
                field: field.to_owned(),
                ..impossible(
                    &format!("the new system goes into the btrfs of the home folders, {what}"),
                    mend,
                )
                .because(why)
            })
        };
        let preset = self.preset;
        if !matches!(preset.file_system, None | Some(FileSystemKind::Btrfs)) {
            let mend = "Write `btrfs`, or leave it out.";
            return wrong(
                "disk.file_system",
                "file_system",
                "and so gets no other file system",
                mend,
            );
        }
        if matches!(preset.encrypt, Some(Encryption::On(_))) {
            return wrong(
                "disk.encrypt",
                "encrypt",
                "which is not encrypted",
                "Leave it out.",
            );
        }
        match preset.swap {
            Some(Swap::Partition | Swap::Hibernate) => wrong(
                "disk.swap",
                "swap",
                "and no partition is made for swap",
                "Write `zram` or `file`.",
            ),
            Some(Swap::None | Swap::Zram | Swap::File) | None => Ok(()),
        }
    }

    /// The number of the EFI system partition, which has to have room for kernels.
    fn esp_for_all(&self) -> Result<u32, Problem> {
        if self.contents.start == Start::BiosBoot {
            return Err(cannot(
                "the home folders are in a btrfs, and a BIOS starts the new system from a /boot of its own, for \
                 which this layout makes no partition",
            )
            .because("bios"));
        }
        match self.esp(&[])? {
            Some(esp) if esp.good_for() == EspUse::Everything => Ok(esp.partition.number),
            Some(_) | None => Err(cannot(
                "the home folders are in a btrfs, and this disk has no EFI system partition with room for kernels",
            )
            .because("no_esp")),
        }
    }
}

/// Why this layout can't be in a btrfs.
fn cannot(message: &str) -> Problem {
    Problem {
        id: ProblemId::HomeInBtrfs,
        field: "disk.home".to_owned(),
        ..impossible(message, MANUAL)
    }
}

/// What the manual layout tells of its own keys belongs to those that were written.
fn here(problem: &mut Problem) {
    if problem.field.starts_with("disk.disks") {
        let is_home = problem.id == ProblemId::HomeKept;
        problem.field = if is_home { "disk.home" } else { "disk.layout" }.to_owned();
    }
}
