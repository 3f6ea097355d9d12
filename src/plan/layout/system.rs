//! A whole system that is replaced: which partitions are its own and nobody else's.
//!
//! Types in the table tell Windows' partitions. What a Linux is called and what it mounts is written in
//! its files: see `linux`.

use super::{Request, impossible, impossible_for, linux};
use crate::machine::{Content, Disk, FileSystem, Machine, Partition, Table, TableKind};
use crate::plan::reason::Reason;
use crate::plan::visible::visible;
use crate::plan::{Detail, Details, LostHomes, Problem, ProblemId, Severity};
use crate::preset::FoundSystem;
use crate::storage::PartitionRole;

const FIELD: &str = "disk.system";

/// Partition types of Windows (Microsoft, `PARTITION_INFORMATION_GPT`): its reserved one, what has a
/// drive letter, and its recovery tools.
const RESERVED: &str = "e3c9e316-0b5c-4db8-817d-f92df00215ae";
const BASIC_DATA: &str = "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7";
pub(super) const RECOVERY: &str = "de94bba4-06d1-4d40-a16a-bfd50179d6ac";

/// The partitions that belong to a system alone, the one with its files first. Never an EFI system
/// partition, nor what others may share.
///
/// # Errors
/// Why that is not clear, in a sentence.
pub(in crate::plan) fn partitions<'a>(
    machine: &'a Machine,
    disk: &'a Disk,
    system: &FoundSystem,
) -> Result<Vec<&'a Partition>, Reason> {
    match system {
        FoundSystem::Windows => windows(disk),
        FoundSystem::Linux(name) => linux::partitions(machine, disk, name),
    }
}

/// A disk for data that was made under Windows has a reserved partition and a drive as well: only the
/// recovery tools and a place to start from tell that Windows itself is there.
fn windows(disk: &Disk) -> Result<Vec<&Partition>, Reason> {
    let Some(Table::Partitioned {
        kind: TableKind::Gpt { .. },
        partitions,
        ..
    }) = disk.table.known()
    else {
        return Err(Reason::new(
            "no_gpt",
            "Windows is known by the types of its partitions, and this disk has no GPT",
        ));
    };
    let of = |kind: &'static str| {
        let same = move |p: &&Partition| p.type_id.eq_ignore_ascii_case(kind);
        partitions.iter().filter(same)
    };
    let mut drives = of(BASIC_DATA).filter(|p| may_be_windows(p));
    let drive = match (drives.next(), drives.next()) {
        (Some(drive), None) if drive.unknown_content().is_none() => drive,
        (None, _) => {
            let message = "there is no partition with a Windows on this disk";
            return Err(Reason::new("no_windows", message));
        }
        (Some(_), _) => {
            return Err(Reason::new(
                "windows_several",
                "which partitions belong to Windows alone is not clear: several may hold it or its \
                 data, or what one holds is not known",
            ));
        }
    };
    let starts = partitions.iter().any(|p| PartitionRole::Esp.is_of(p));
    let recoveries = of(RECOVERY).count();
    if !starts || of(RESERVED).count() != 1 || recoveries == 0 {
        return Err(Reason::new(
            "windows_data",
            "whether there is a Windows on this disk, or only data of one, is not clear: its \
             EFI system partition, its reserved one or its recovery tools are missing",
        ));
    }
    if recoveries > 2 {
        return Err(Reason::new(
            "windows_recoveries",
            "there are recovery tools of several systems on this disk",
        ));
    }
    let mut own = vec![drive];
    own.extend(of(RESERVED).chain(of(RECOVERY)));
    Ok(own)
}

/// Whether a partition is the drive of the Windows on its disk, as the types of all partitions tell.
pub(in crate::plan) fn is_windows_drive(disk: &Disk, partition: &Partition) -> bool {
    // The look at the others is taken for few: there may be thousands.
    partition.type_id.eq_ignore_ascii_case(BASIC_DATA)
        && may_be_windows(partition)
        && windows(disk).is_ok_and(|own| own.first().is_some_and(|p| std::ptr::eq(*p, partition)))
}

/// Whether Windows may be in it. Other file systems of this type are a Linux's, by old tools, or are meant
/// for several systems.
fn may_be_windows(partition: &Partition) -> bool {
    match &partition.content {
        Content::Formatted(fs) => matches!(fs.kind.as_str(), "ntfs" | "BitLocker"),
        Content::Unknown(_) => true,
        Content::Blank => false,
    }
}

impl<'a> Request<'a> {
    /// The partitions of the system that is replaced.
    pub(super) fn replaced_system(
        &self,
        system: &FoundSystem,
    ) -> Result<Vec<&'a Partition>, Problem> {
        if self.preset.partition.is_some() {
            return Err(Problem {
                id: ProblemId::KeyOfOtherLayout,
                field: FIELD.to_owned(),
                ..impossible(
                    "both a system and a partition are to be replaced",
                    "Say one of the two.",
                )
            });
        }
        partitions(self.machine(), self.disk, system).map_err(|why| Problem {
            id: ProblemId::SystemUnclear,
            field: FIELD.to_owned(),
            ..impossible_for(
                &why,
                "Replace one partition: `partition = { number = … }`, or say what becomes of each with \
                                    the manual layout.")
        })
    }

    /// What the system calls itself whose partitions go, the one with its files first.
    pub(super) fn system_name(&self, gone: &[&Partition]) -> Option<String> {
        let system = self.preset.system.as_ref()?;
        let files = gone.first().and_then(|p| linux::file_system(p));
        let linux = files.and_then(FileSystem::linux);
        Some(linux.map_or_else(|| system.to_string(), |linux| visible(&linux.name)))
    }

    /// The home folders of the system that is replaced, whose partitions go as a whole.
    pub(super) fn homes_go(&self, gone: &[&Partition]) -> Option<Problem> {
        let name = self.system_name(gone)?;
        let homes: Vec<LostHomes> = { gone.iter() }
            .flat_map(|partition| LostHomes::of(&partition.content))
            .collect();
        let all = homes.iter().flat_map(LostHomes::paths);
        let folders = Detail::names(all);
        let homes: Vec<String> = homes.iter().map(LostHomes::to_string).collect();
        (!homes.is_empty()).then(|| Problem {
            id: ProblemId::HomesGo,
            severity: Severity::Warning,
            field: FIELD.to_owned(),
            message: format!("{name} goes with {}", homes.join(" and ")),
            mend: "To keep them, choose `layout = \"keep_home\"`; where that is not possible, \
                   `layout = \"manual\"`, with a new subvolume for `/` (`do = \"create\"`) and the one with the \
                   home folders at `/home`.".to_owned(),
            details: Details::NONE
                .with("system", Detail::name(&name))
                .with("folders", folders),
        })
    }

    /// The ESP is never touched, so a system leaves its traces there.
    pub(super) fn loader_stays(&self, gone: &[&Partition]) -> Option<Problem> {
        self.loader_of(&self.system_name(gone)?, FIELD)
    }

    /// The same of the system that has this name.
    pub(super) fn loader_of(&self, name: &str, field: &str) -> Option<Problem> {
        let mut partitions = self.disk.partitions().iter();
        partitions.any(|p| PartitionRole::Esp.is_of(p)).then(|| Problem {
            id: ProblemId::LoaderStays,
            severity: Severity::Warning,
            field: field.to_owned(),
            message: format!(
                "the boot loader of {name} stays on the EFI system partition, and the firmware may list it \
                 still: it no longer starts anything"
            ),
            mend: "Remove its entry in the firmware's menu if it disturbs.".to_owned(),
            details: Details::NONE.with("system", Detail::name(name)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Fact;

    /// The disk of a computer with Windows, with its partitions changed.
    fn disk(change: impl FnOnce(&mut Vec<Partition>)) -> Disk {
        let machine = include_str!("../../../tests/machines/table-windows-gap.json");
        let machine: Machine = serde_json::from_str(machine).unwrap();
        let mut disk = machine.disks.known().unwrap()[0].clone();
        if let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disk.table {
            change(partitions);
        }
        disk
    }

    fn numbers(disk: &Disk) -> Result<Vec<u32>, String> {
        let own = windows(disk).map_err(|why| why.message)?;
        Ok(own.into_iter().map(|p| p.number).collect())
    }

    #[test]
    fn the_esp_is_never_among_them() {
        assert_eq!(numbers(&disk(|_| {})), Ok(vec![3, 2, 4]));
    }

    #[test]
    fn a_second_drive_may_be_shared() {
        let with = |content: Content| {
            disk(|partitions| {
                let mut second = partitions[2].clone();
                (second.number, second.content) = (9, content);
                partitions.push(second);
            })
        };
        let windows = disk(|_| {}).partitions()[2].content.clone();
        let Content::Formatted(mut other) = windows.clone() else {
            panic!("{windows:?}");
        };
        let unknown = Content::Unknown("data without a known signature".to_owned());
        for content in [windows, unknown] {
            let refused = numbers(&with(content)).unwrap_err();
            assert!(refused.contains("is not clear"), "{refused}");
        }
        // What Windows can't start from is nobody's alone, and stays.
        for kind in ["exfat", "ext4"] {
            other.kind = kind.to_owned();
            let disk = with(Content::Formatted(other.clone()));
            assert_eq!(numbers(&disk), Ok(vec![3, 2, 4]));
        }
    }

    #[test]
    fn a_disk_with_data_of_windows_is_no_windows() {
        for number in [1, 2, 4] {
            let refused = numbers(&disk(|all| all.retain(|p| p.number != number)));
            assert!(
                refused.unwrap_err().contains("only data of one"),
                "{number}"
            );
        }
        let empty = disk(|all| all[2].content = Content::Blank);
        assert!(numbers(&empty).unwrap_err().contains("no partition"));
    }
}
