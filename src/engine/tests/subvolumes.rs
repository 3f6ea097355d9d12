//! Subvolumes of a btrfs that stays: looked for before anything is wiped, and mounted as they are.

use super::*;

/// What btrfs lists of a Fedora.
const LISTED: &str = "ID 256 gen 30 top level 5 path home\nID 257 gen 31 top level 5 path root\n\
                      ID 258 gen 9 top level 5 path data/films\n";

fn system(listed: &'static str) -> Scripted {
    let mut machine = machine("table-dual-linux");
    let text = recorded("presets/manual-subvolumes.toml");
    let preset = crate::preset::read(&text, "preset").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([9; 32])).unwrap();
    let disk = disk_at(&mut machine, &plan.disk.identity.path).clone();
    let mut system = Scripted::new(&plan, &disk);
    system.answers = vec![("btrfs subvolume list", listed)];
    system
}

fn position(system: &Scripted, words: &str) -> usize {
    let mut asked = system.asked.iter();
    let found = asked.position(|line| line.starts_with(words));
    found.unwrap_or_else(|| panic!("{words}: {:#?}", system.asked))
}

#[test]
fn those_that_stay_are_looked_for_and_mounted_and_nothing_is_made_in_them() {
    let mut system = system(LISTED);
    let seen = run_whole(&mut system);
    assert_eq!(seen.outcome, Outcome::Done, "{:#?}", system.asked);
    assert_eq!(system.violations, Vec::<String>::new());
    assert_eq!(left_open(&system), Vec::<String>::new());
    let looked = position(&system, "btrfs subvolume list /mnt");
    assert!(position(&system, "mount -t btrfs -o ro,subvolid=5") < looked);
    assert!(looked < position(&system, "wipefs"));
    for (subvolume, folder) in [("home", "/mnt/home"), ("data/films", "/mnt/srv/films")] {
        let mounted = system.asked.iter().any(|line| {
            let start = format!("mount -t btrfs -o subvol={subvolume} ");
            line.starts_with(&start) && line.ends_with(folder)
        });
        assert!(mounted, "{:#?}", system.asked);
    }
    let made = system
        .asked
        .iter()
        .find(|line| line.starts_with("btrfs subvolume create"));
    assert_eq!(made, None);
}

#[test]
fn one_that_is_not_there_stops_the_installation_before_anything_is_written() {
    let others = "ID 257 gen 31 top level 5 path root\nID 258 gen 9 top level 5 path data/films\n";
    for (listed, words) in [(others, "it has root, data/films"), ("", "none at all")] {
        let mut system = system(listed);
        let Outcome::Failed { error, .. } = run_whole(&mut system).outcome else {
            panic!("refused");
        };
        assert!(
            error.message.contains("no subvolume `home`"),
            "{}",
            error.message
        );
        assert!(error.message.contains(words), "{}", error.message);
        let is_change = |line: &&String| {
            let words = ["write ", "wipefs", "mkfs"];
            words.iter().any(|word| line.starts_with(word))
        };
        assert_eq!(system.asked.iter().find(is_change), None);
        assert_eq!(left_open(&system), Vec::<String>::new());
    }
}

#[test]
fn whatever_fails_a_second_try_ends_as_an_unbroken_run_does() {
    second_tries_end_as_unbroken(|| system(LISTED), |_, _, _| {});
}
