//! What is refused of subvolumes by what is known of a btrfs.

use crate::machine::{Content, Fact, Machine, Table};
use crate::plan::{ProblemId, Problems, Seed, resolve};

#[test]
fn a_snapshot_that_nobody_can_write_to_is_not_mounted() {
    let text = include_str!("../../../../../tests/machines/table-found-fedora.json");
    let mut machine: Machine = serde_json::from_str(text).unwrap();
    let text = include_str!("../../../../../tests/presets/manual-new-subvolumes.toml");
    let text = text.replace("number = 2", "number = 3");
    let preset = crate::preset::read(&text, "test").unwrap();
    let seed = Seed::new([1; 32]);
    assert_eq!(resolve(&machine, &preset, seed).err(), None);
    let Fact::Known(disks) = &mut machine.disks else {
        panic!("it has disks")
    };
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disks[0].table else {
        panic!("it has partitions")
    };
    let Content::Formatted(btrfs) = &mut partitions[2].content else {
        panic!("it has a btrfs")
    };
    let there = btrfs.subvolumes.as_mut().unwrap();
    let home = there.all.iter_mut().find(|s| s.path == "home");
    home.unwrap().read_only = true;
    let Err(Problems(problems)) = resolve(&machine, &preset, seed) else {
        panic!("nobody could write there")
    };
    let told: Vec<ProblemId> = problems.iter().map(|problem| problem.id).collect();
    assert_eq!(told, [ProblemId::SubvolumeReadOnly]);
}

#[test]
fn two_of_one_name_are_not_made() {
    let text = include_str!("../../../../../tests/machines/empty-uefi.json");
    let machine: Machine = serde_json::from_str(text).unwrap();
    let told = |second: &str| {
        let text = format!(
            "version = 1\nroot = {{ password = \"ask\" }}\n[disk]\nlayout = \"manual\"\n\
             [[disk.disks]]\nchoose = \"only\"\ntable = \"new\"\npartitions = [\n\
             {{ size = \"1 GiB\", mount = \"/boot\" }},\n\
             {{ size = \"rest\", subvolumes = [{{ name = \"@\", mount = \"/\" }}, \
             {{ name = \"{second}\", mount = \"/home\" }}] }}]\n"
        );
        let preset = crate::preset::read(&text, "test").unwrap();
        let told = resolve(&machine, &preset, Seed::new([1; 32])).err();
        let told = told.map(|Problems(problems)| problems).unwrap_or_default();
        let told = told.into_iter().map(|problem| (problem.id, problem.field));
        told.collect::<Vec<_>>()
    };
    assert_eq!(told("@home"), []);
    let field = "disk.disks[0].partitions[1].subvolumes[1].name";
    assert_eq!(told("@"), [(ProblemId::SubvolumeTaken, field.to_owned())]);
}
