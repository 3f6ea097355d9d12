use super::*;
use crate::machine::{Fact, FileSystem, Inside, Table};
use crate::plan::{Plan, Problems, Seed, resolve};

fn machine(change: impl Fn(&mut Partition)) -> Machine {
    let text = include_str!("../../tests/machines/table-btrfs-two-disks.json");
    let mut machine: Machine = serde_json::from_str(text).unwrap();
    if let Fact::Known(disks) = &mut machine.disks {
        for disk in disks {
            if let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disk.table {
                partitions
                    .iter_mut()
                    .filter(|p| p.number == 2)
                    .for_each(&change);
            }
        }
    }
    machine
}

/// Every member as one of this kind, without an identifier.
fn of_kind(kind: &str) -> Machine {
    machine(|p| p.content = Content::Formatted(FileSystem::of_kind(kind)))
}

fn resolved(machine: &Machine, disk: &str) -> Result<Plan, Problems> {
    let text = format!("version = 1\nroot = {{ password = 'ask' }}\n[disk]\n{disk}\n");
    let preset = crate::preset::read(&text, "test").unwrap();
    resolve(machine, &preset, Seed::new([7; 32]))
}

const ERASE: &str = "choose = { path = '/dev/sda' }";
const REPLACE: &str =
    "layout = 'replace'\nchoose = { path = '/dev/sda' }\npartition = { number = 2 }";

/// The second partition of the first disk made anew, and that of the second as `other` says.
fn manual(other: &str) -> String {
    format!(
        "layout = 'manual'\n[[disk.disks]]\nchoose = {{ path = '/dev/sda' }}\n\
         [[disk.disks.partitions]]\npartition = {{ number = 1 }}\nmount = '/boot'\n\
         [[disk.disks.partitions]]\npartition = {{ number = 2 }}\ndo = 'format'\nmount = '/'\n\
         [[disk.disks]]\nchoose = {{ path = '/dev/sdb' }}\n{other}"
    )
}

fn rest(plan: &Plan) -> Vec<String> {
    let rest = plan
        .losses()
        .filter(|loss| matches!(loss, Loss::SameVolume { .. }));
    rest.map(Loss::to_string).collect()
}

#[test]
fn one_member_does_not_go_alone() {
    let pool = machine(|_| ());
    for disk in [REPLACE, &manual("")] {
        let problems = resolved(&pool, disk).unwrap_err().to_string();
        let why = "a part of a volume that /dev/sdb2 is a part of as well (btrfs)";
        assert!(problems.contains(why), "{problems}");
    }
}

#[test]
fn all_members_go_together() {
    let pool = machine(|_| ());
    let delete = "[[disk.disks.partitions]]\npartition = { number = 2 }\ndo = 'delete'";
    for other in [delete, "table = 'new'"] {
        let plan = resolved(&pool, &manual(other)).unwrap();
        assert_eq!(rest(&plan), Vec::<String>::new(), "nothing else is lost");
    }
}

#[test]
fn an_erased_disk_takes_what_the_other_holds_with_it_by_name() {
    for kind in ["btrfs", "linux_raid_member", "zfs_member", "bcachefs"] {
        let pool = machine(|p| {
            if let Content::Formatted(found) = &mut p.content {
                found.kind = kind.to_owned();
            }
        });
        let plan = resolved(&pool, ERASE).unwrap();
        assert_eq!(
            rest(&plan),
            [format!(
                "and with it, unless it is mirrored, what /dev/sdb2 of Model S1 holds of the same volume: \
                 {kind} labelled “pool”"
            )]
        );
    }
}

#[test]
fn members_in_containers_and_below_one_device_are_members() {
    let in_luks = machine(|p| {
        let mut luks = FileSystem::of_kind("crypto_LUKS");
        luks.inside = Some(Box::new(Inside {
            content: p.content.clone(),
            system: None,
        }));
        p.content = Content::Formatted(luks);
    });
    let active = machine(|p| {
        p.content = Content::Formatted(FileSystem::of_kind("LVM2_member"));
        p.holders = vec!["dm-3".to_owned()];
    });
    for machine in [in_luks, active] {
        assert!(resolved(&machine, REPLACE).is_err());
        assert_eq!(rest(&resolved(&machine, ERASE).unwrap()).len(), 1);
    }
}

#[test]
fn a_copy_of_a_disk_is_no_member() {
    let copied = machine(|p| p.guid = Some("0a0a0a0a-0002-4c6e-9a35-d2e08b91f6c4".to_owned()));
    assert_eq!(
        rest(&resolved(&copied, ERASE).unwrap()),
        Vec::<String>::new()
    );
}

#[test]
fn what_only_may_belong_together_is_a_warning() {
    for kind in [
        "LVM2_member",
        "stratis",
        "isw_raid_member",
        "VMFS_volume_member",
    ] {
        let plan = resolved(&of_kind(kind), ERASE).unwrap();
        let told: Vec<_> = plan
            .warnings
            .iter()
            .filter(|w| w.id == ProblemId::VolumeMaySpan)
            .collect();
        assert_eq!(told.len(), 1, "{kind}");
        assert!(told[0].message.contains("serial SDB"), "{}", told[0]);
        assert!(resolved(&of_kind(kind), REPLACE).is_err(), "{kind}");
    }
    let alone = resolved(&of_kind("drbd"), ERASE).unwrap();
    assert!(
        alone
            .warnings
            .iter()
            .all(|w| w.id != ProblemId::VolumeMaySpan)
    );
}

#[test]
fn a_btrfs_that_says_it_has_other_devices_stays() {
    let several = Shrink::Impossible(CannotShrink::SeveralDisks);
    let pool = machine(|p| {
        let mut found = FileSystem::of_kind("btrfs");
        found.shrink = Some(several.clone());
        found.uuid = Some(format!(
            "11111111-2222-4333-8444-{:012}",
            p.start.0 + u64::from(p.path.ends_with("sda2"))
        ));
        p.content = Content::Formatted(found);
    });
    let problems = resolved(&pool, REPLACE).unwrap_err().to_string();
    assert!(
        problems.contains("lies on several disks (btrfs)"),
        "{problems}"
    );
    let plan = resolved(&pool, ERASE).unwrap();
    assert!(
        plan.warnings
            .iter()
            .any(|w| w.id == ProblemId::VolumeMaySpan)
    );
}
