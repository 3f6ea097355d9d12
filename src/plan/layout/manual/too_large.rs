//! What is made, or made larger, beyond what its kind of file system can be.

use super::draft::DiskDraft;
use super::wish::{Field, FileSystem, What};
use crate::plan::{Detail, Problem, ProblemId};
use crate::storage::{VFAT_LARGEST, largest};
use crate::units::Bytes;

/// What is too large on a disk.
pub(super) fn problems(draft: &DiskDraft<'_>) -> Vec<Problem> {
    let parts = draft.parts.iter().enumerate();
    let new = parts.filter_map(|(index, (field, what))| {
        let (most, name) = match what.made()?.format {
            FileSystem::Vfat => (VFAT_LARGEST, "vfat".to_owned()),
            FileSystem::Linux(kind) => (largest(kind), kind.to_string()),
        };
        told(*field, draft.size_of(index)?, most, &name)
    });
    let grown = draft.larger().into_iter().filter_map(|(larger, grown)| {
        let own = |(_, what): &&(Field, What<'_>)| {
            what.partition()
                .is_some_and(|own| own.number == grown.what.number)
        };
        let (field, _) = draft.parts.iter().find(own)?;
        let kind = larger.file_system;
        told(*field, larger.to, kind.largest(), &kind.to_string())
    });
    new.chain(grown).collect()
}

fn told(field: Field, size: Bytes, most: Bytes, name: &str) -> Option<Problem> {
    (size > most).then(|| {
        field
            .error(
                ProblemId::PartitionTooLarge,
                "size",
                format!("this partition has {size}, and {name} can be {most} at most"),
                "Ask for less, or choose another `file_system`.",
            )
            .with("size", size)
            .with("most", most)
            .with("kind", Detail::code(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Fact, Machine};
    use crate::plan::{Problems, Seed, resolve};

    /// What is wrong with `[disk]` on a disk of 20 TiB that a BIOS starts from.
    fn problems(disk: &str) -> Vec<Problem> {
        let machine = include_str!("../../../../tests/machines/bios-6tb.json");
        let mut machine: Machine = serde_json::from_str(machine).unwrap();
        let Fact::Known(disks) = &mut machine.disks else {
            panic!("disks")
        };
        disks[0].size = Bytes::gib(20 << 10);
        let text = format!("version = 1\n[root]\npassword = \"ask\"\n[disk]\n{disk}\n");
        let preset = crate::preset::read(&text, "test").unwrap();
        match resolve(&machine, &preset, Seed::new([1; 32])) {
            Ok(plan) => plan.warnings,
            Err(Problems(problems)) => problems,
        }
    }

    fn by_hand(partitions: &str) -> Vec<(ProblemId, String)> {
        let text = format!(
            "layout = 'manual'\n[[disk.disks]]\nchoose = 'only'\ntable = 'new'\n\
             partitions = [{{ size = '1 MiB', type = 'bios_boot' }}, {partitions}]"
        );
        let told = problems(&text).into_iter();
        told.map(|problem| (problem.id, problem.field)).collect()
    }

    fn at(id: ProblemId, partition: u32) -> (ProblemId, String) {
        (id, format!("disk.disks[0].partitions[{partition}].size"))
    }

    #[test]
    fn what_no_file_system_of_the_kind_can_be_is_refused_in_the_plan() {
        let told = by_hand(
            "{ size = '1 GiB', mount = '/boot' }, { size = '2048 GiB', file_system = 'vfat' }, \
             { size = '16385 GiB', file_system = 'f2fs', mount = '/srv' }, { size = 'rest', mount = '/' }",
        );
        let id = ProblemId::PartitionTooLarge;
        assert_eq!(told, [at(id, 2), at(id, 3)]);
        let told = by_hand(
            "{ size = '1 GiB', mount = '/boot' }, { size = '2047 GiB', file_system = 'vfat' }, \
             { size = '16384 GiB', file_system = 'f2fs', mount = '/srv' }, { size = 'rest', mount = '/' }",
        );
        assert_eq!(told, []);
    }

    #[test]
    fn a_root_that_its_file_system_can_not_be_is_refused_in_every_layout() {
        let told = problems("layout = 'erase'\nfile_system = 'f2fs'");
        let told: Vec<_> = told.iter().map(|p| (p.id, p.field.as_str())).collect();
        assert_eq!(told, [(ProblemId::PartitionTooLarge, "disk.file_system")]);
        assert_eq!(problems("layout = 'erase'\nfile_system = 'ext4'"), []);
    }

    #[test]
    fn kernels_behind_what_a_bios_reads_are_told() {
        let id = ProblemId::BeyondReach;
        let told = by_hand("{ size = '3072 GiB', mount = '/' }");
        assert_eq!(told, [at(id, 1)]);
        let told = by_hand(
            "{ size = '2048 GiB', mount = '/srv' }, { size = '1 GiB', mount = '/boot' }, { size = '1 GiB', mount = '/var/log' }, { size = '99 GiB', mount = '/' }",
        );
        assert_eq!(told, [at(id, 2)]);
        let told =
            by_hand("{ size = '1 GiB', mount = '/boot' }, { size = '3072 GiB', mount = '/' }");
        assert_eq!(told, []);
    }
}
