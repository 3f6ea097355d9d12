//! Where a partition can be mounted: what an editor may offer.

use super::boot::Boot;
use super::draft::{DiskDraft, Setting};
use super::rules;
use crate::machine::Disk;
use crate::plan::{Problem, Severity, Survey};
use crate::preset::DiskPreset;
use crate::storage::Start;
use uuid::Uuid;

/// Whether the partition at a place of a disk's list can be mounted where the preset says, whatever is
/// missing elsewhere; `index` is the disk's place in the preset's list.
///
/// # Errors
/// Why it can't.
pub fn mountable(
    survey: &Survey<'_>,
    disk: &Disk,
    preset: &DiskPreset,
    (index, partition): (usize, usize),
) -> Result<(), Problem> {
    let Some(manual) = preset.disks.get(index) else {
        return Ok(());
    };
    let start = Start::of(survey.machine());
    let setting = Setting {
        survey,
        start,
        usual: preset.file_system.unwrap_or_default(),
    };
    let mut problems = Vec::new();
    let draft = DiskDraft::new(setting, index, disk, manual, Uuid::nil(), &mut problems)?;
    let drafts = [draft];
    let mounts = rules::mounts(&drafts, &mut problems);
    let at = |place: &str| {
        let found = mounts.get(place).copied();
        found.filter(|mounted| mounted.field.partition == partition)
    };
    let boot = Boot {
        drafts: &drafts,
        start,
        loader: None,
        root: None,
        boot: at("/boot"),
        efi: None,
    };
    problems.extend(boot.check_boot().err());
    let own = ["mount", "partition", "file_system", "unlock"]
        .map(|key| format!("disk.disks[{index}].partitions[{partition}].{key}"));
    let mut here = problems
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error && own.contains(&problem.field));
    here.next().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;

    /// Where partition `number` of a recorded disk can be mounted as it is, and why not elsewhere.
    fn offers(machine: &str, number: u32) -> Vec<Result<&'static str, String>> {
        let path = format!("tests/machines/{machine}.json");
        let machine: Machine =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let disk = &machine.disks.known().unwrap()[0];
        let places = ["/boot", "/home", "/srv"];
        let tried = places.map(|place| {
            let text = format!(
                "version = 1\n[disk]\nlayout = \"manual\"\n[[disk.disks]]\n\
                 [[disk.disks.partitions]]\npartition = {{ number = {number} }}\n\
                 mount = \"{place}\"\n"
            );
            let preset = crate::preset::read(&text, "offers").unwrap();
            let tried = mountable(&Survey::of(&machine), disk, &preset.disk, (0, 0));
            tried.map(|()| place).map_err(|problem| problem.message)
        });
        tried.into()
    }

    #[test]
    fn what_stays_is_mounted_only_where_it_can_be() {
        let places = |machine: &str, number| -> Vec<&str> {
            let offers = offers(machine, number);
            offers.into_iter().filter_map(Result::ok).collect()
        };
        // EFI system partition, btrfs, ext4 and swap.
        assert_eq!(places("table-dual-linux", 1), ["/boot"]);
        assert_eq!(places("table-dual-linux", 2), ["/srv"]);
        assert_eq!(places("table-dual-linux", 5), ["/home", "/srv"]);
        assert_eq!(places("table-dual-linux", 4), [""; 0]);
        // Nothing in it, and a Windows.
        assert_eq!(places("windows-laptop", 2), [""; 0]);
        assert_eq!(places("windows-laptop", 3), [""; 0]);
        let why = offers("windows-laptop", 3).remove(1).unwrap_err();
        assert!(why.starts_with("partition 3 holds ntfs"), "{why}");
        let why = offers("windows-laptop", 2).remove(1).unwrap_err();
        assert_eq!(why, "there is no known file system in partition 2");
    }

    #[test]
    fn grub_reads_no_kernels_from_what_stays() {
        let offers = offers("table-bios-gpt", 2);
        assert!(offers[0].is_err(), "{offers:?}");
    }
}
