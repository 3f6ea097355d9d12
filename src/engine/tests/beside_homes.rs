//! A Fedora reinstalled around its home folders, in the btrfs that both are in, with failures anywhere.

use super::*;
use crate::machine::{Content, Fact, Installed, Subvolume, TOP, Table};
use crate::preset::Preset;

/// What there is before.
const THERE: [&str; 4] = ["films", "home", "root", "root/var/lib/machines"];

/// What there is in the end.
const AFTER: [&str; 6] = [
    "@nixos",
    "@nixos-log",
    "@nixos-nix",
    "@nixos-swap",
    "films",
    "home",
];

/// What a later attempt leaves there, where the names of the first are taken.
const LATER: [&str; 6] = [
    "@nixos2",
    "@nixos2-log",
    "@nixos2-nix",
    "@nixos2-swap",
    "films",
    "home",
];

/// The computer, with these subvolumes in the btrfs.
fn found(there: &[String]) -> Machine {
    let mut machine = machine("table-found-fedora");
    let disk = disk_at(&mut machine, Path::new("/dev/nvme0n1"));
    let Fact::Known(Table::Partitioned { partitions, .. }) = &mut disk.table else {
        panic!("a table");
    };
    let Content::Formatted(btrfs) = &mut partitions[2].content else {
        panic!("a btrfs");
    };
    if !there.iter().any(|path| path == "root") {
        btrfs.installed = Some(Installed::Nothing);
    }
    let subvolumes = btrfs.subvolumes.as_mut().unwrap();
    let subvolume = |(path, id): (&String, u64)| Subvolume {
        path: path.clone(),
        id,
        parent: TOP,
        read_only: false,
        home_folders: None,
    };
    subvolumes.all = there.iter().zip(256..).map(subvolume).collect();
    subvolumes
        .all
        .sort_by(|one, other| one.path.cmp(&other.path));
    machine
}

/// A fresh plan for what there is, and the system that it runs on.
fn system(there: &[String]) -> Scripted {
    let mut machine = found(there);
    let text = recorded("presets/keep-home-btrfs.toml");
    let preset: Preset = crate::preset::read(&text, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    let mut system = Scripted::new(&plan, &disk);
    system.subvolumes = there.to_vec();
    system
}

fn fedora() -> Scripted {
    system(&THERE.map(str::to_owned))
}

fn sorted(system: &Scripted) -> Vec<String> {
    let mut names = system.subvolumes.clone();
    names.sort();
    names
}

#[test]
fn the_home_folders_stay_and_the_old_system_goes_before_the_new_one_is_made() {
    let mut system = fedora();
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    assert_eq!(left_open(&system), Vec::<String>::new());
    assert_eq!(sorted(&system), AFTER);
    let at = |words: &str| {
        let mut asked = system.asked.iter();
        asked.position(|line| line.starts_with(words)).unwrap()
    };
    let deleted = at("btrfs subvolume delete --commit-after /mnt/root");
    assert!(
        deleted < at("btrfs subvolume create"),
        "{:#?}",
        system.asked
    );
    let touched = |line: &&String| line.starts_with("mkfs") || line.starts_with("wipefs");
    assert_eq!(system.asked.iter().find(touched), None);
    assert!(at("btrfs filesystem mkswapfile") > deleted);
    let file = |line: &String| line.contains("/mnt/swap/swapfile");
    assert!(system.asked.iter().any(file), "{:#?}", system.asked);
}

/// Whoever gives up after a failure and begins anew, perhaps another day.
#[test]
fn whatever_fails_a_fresh_installation_finds_its_way() {
    let mut whole = fedora();
    assert_eq!(run_whole(&mut whole).outcome, Outcome::Done);
    let mut begun = 0;
    for at in 0..whole.asked.len() {
        let mut broken = fedora();
        broken.fail_at = Some(at);
        run_whole(&mut broken);
        let is_there = |name: &str| broken.subvolumes.iter().any(|own| own == name);
        assert!(!(is_there("root") && is_there("@nixos")), "{at}: both");
        assert!(is_there("home") && is_there("films"), "{at}");
        let mut fresh = system(&broken.subvolumes);
        begun += usize::from(is_there("@nixos"));
        let expected = match is_there("@nixos") {
            true => LATER,
            false => AFTER,
        };
        let seen = run_whole(&mut fresh);
        assert_eq!(seen.outcome, Outcome::Done, "{at}: {}", whole.asked[at]);
        assert_eq!(fresh.violations, Vec::<String>::new(), "{at}");
        assert_eq!(sorted(&fresh), expected, "{at}");
    }
    assert!(
        begun > 5,
        "only {begun} failures after the new one was begun"
    );
}

#[test]
fn whatever_fails_a_second_try_ends_as_an_unbroken_run_does() {
    second_tries_end_as_unbroken(fedora, |_, tried, asked| {
        assert_eq!(sorted(tried), AFTER, "{asked}");
    });
}
