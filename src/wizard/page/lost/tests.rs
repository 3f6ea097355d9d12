//! No loss of any recorded computer falls out of what a person is told, whatever becomes of its disks.

use super::groups::Groups;
use super::told::{self, Told};
use crate::i18n::{Language, Texts};
use crate::machine::{Disk, Machine};
use crate::plan::{
    Held, Loss, NamedPartition, Plan, Seed, Spot, SpotPlace, Survey, modes, outline,
};
use crate::preset::{DiskChoice, DiskMatch, Layout, PartitionMatch, Preset};
use crate::wizard::draft::Draft;
use crate::wizard::page::Context;
use crate::wizard::tests::driver::recorded;
use crate::wizard::theme::Appearance;
use std::path::{Path, PathBuf};

const SEED: Seed = Seed::new([3; 32]);

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = Path::new(folder).read_dir().unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name_of(file: &Path) -> String {
    file.file_stem().unwrap().to_string_lossy().into_owned()
}

/// What can become of a disk without saying of each partition what becomes of it.
fn wishes(machine: &Machine, disk: &Disk, preset: &Preset) -> Vec<Preset> {
    let wish = |layout: Layout, spot: &Spot| {
        let mut preset = preset.clone();
        preset.disk.choose = DiskChoice::Match(DiskMatch {
            path: Some(disk.path.clone()),
            ..DiskMatch::default()
        });
        preset.disk.layout = Some(layout);
        match &spot.place {
            SpotPlace::WholeDisk => {}
            SpotPlace::System(system) => preset.disk.system = Some(system.clone()),
            SpotPlace::GapAfter(number) => preset.disk.gap_after = Some(*number),
            SpotPlace::Partition(number) => {
                preset.disk.partition = Some(PartitionMatch {
                    number: Some(*number),
                    ..PartitionMatch::default()
                });
            }
        }
        preset
    };
    let modes = modes(&Survey::of(machine), disk, preset).into_iter();
    let wishes = modes.flat_map(|mode| {
        let spots = mode.possible.into_iter().flatten();
        spots
            .map(move |spot| wish(mode.layout, &spot))
            .collect::<Vec<_>>()
    });
    wishes.collect()
}

/// Every plan there is for each recorded computer, with what it is for.
fn plans() -> Vec<(String, Machine, Plan)> {
    let smallest = include_str!("../../../../tests/presets/smallest.toml");
    let smallest = crate::preset::read(smallest, "smallest").unwrap();
    let presets = files("tests/presets").into_iter();
    let presets = presets.filter_map(|file| {
        let text = std::fs::read_to_string(&file).ok()?;
        Some((name_of(&file), crate::preset::read(&text, "preset").ok()?))
    });
    let presets: Vec<(String, Preset)> = presets.collect();
    let mut plans = Vec::new();
    for file in files("tests/machines") {
        let name = name_of(&file);
        let machine = recorded(&name);
        let disks = machine.disks.known().into_iter().flatten();
        let wishes = disks.flat_map(|disk| wishes(&machine, disk, &smallest));
        let wishes = wishes.map(|wish| (format!("{:?}", wish.disk.layout), wish));
        for (wish, preset) in wishes.chain(presets.iter().cloned()) {
            if let Ok(plan) = outline(&Survey::of(&machine), &preset, SEED) {
                plans.push((format!("{name}: {wish}"), machine.clone(), plan));
            }
        }
    }
    plans
}

/// What is told of a disk, in a language.
fn told(language: Language, machine: &Machine, disk: &Disk, losses: &[Loss]) -> Told {
    let texts = Texts::new(language);
    let draft = Draft::new(machine.clone(), Preset::default(), SEED);
    let ctx = Context {
        texts: &texts,
        appearance: Appearance::Light,
        draft: &draft,
        width: 800.0,
        now: 0,
    };
    told::at_most(ctx, disk, &Groups::of(losses, disk), usize::MAX)
}

/// The words that a loss is known by: one of each of these has to be told.
fn known_by(disk: &Disk, loss: &Loss) -> Vec<Vec<String>> {
    let number = |what: &NamedPartition| {
        let label = match &what.holds {
            Held::FileSystem { label, .. } => label.clone(),
            _ => None,
        };
        let name = label.or_else(|| what.name.clone());
        name.unwrap_or_else(|| format!("Partition {}", what.number))
    };
    match loss {
        Loss::Unread { .. } => vec![vec!["Whatever is on the disk".to_owned()]],
        Loss::WholeDisk { systems, .. } if !systems.is_empty() => {
            systems.iter().map(|system| vec![system.clone()]).collect()
        }
        Loss::WholeDisk { .. } => vec![vec!["The whole disk".to_owned()]],
        Loss::Partition { what, system, .. } => {
            let mut names = vec![number(what)];
            names.extend(system.clone());
            names.extend(what.systems.first().cloned());
            names.extend(small_words(disk, what));
            let all = what.systems.iter().map(|system| vec![system.clone()]);
            [names].into_iter().chain(all).collect()
        }
        Loss::Inside { what, system, .. } => {
            let system = system.iter().map(|system| vec![system.clone()]);
            let partition = format!("Partition {}", what.number);
            system.chain([vec![partition]]).collect()
        }
        Loss::Subvolume {
            what, path, system, ..
        } => {
            let system = system.iter().map(|system| vec![system.clone()]);
            let partition = format!("Partition {}", what.number);
            system
                .chain([vec![path.clone()], vec![partition]])
                .collect()
        }
        Loss::SameVolume { path, .. } => vec![vec![path.display().to_string()]],
    }
}

/// What only serves a system is known by that.
fn small_words(disk: &Disk, what: &NamedPartition) -> Option<String> {
    let mut partitions = disk.partitions().iter();
    let found = partitions.find(|own| own.number == what.number)?;
    let words = match (found.type_id.as_str(), &what.holds) {
        ("c12a7328-f81f-11d2-ba4b-00a0c93ec93b" | "0xef", _) => "EFI system",
        ("e3c9e316-0b5c-4db8-817d-f92df00215ae", _) => "Microsoft reserved",
        ("de94bba4-06d1-4d40-a16a-bfd50179d6ac", _) => "Windows recovery",
        (_, Held::Nothing) => "no file system",
        (_, Held::Loader) => "a boot loader for a BIOS",
        (_, Held::Extended) => "the extended partition around logical ones",
        (_, Held::FileSystem { kind, .. }) if kind.starts_with("sw") => "swap (",
        // The swap of a system that keeps it encrypted.
        (_, Held::FileSystem { kind, .. }) if kind == "crypto_LUKS" => "swap (",
        (_, Held::FileSystem { .. }) => "boot (",
        (_, Held::Unknown { .. }) => return None,
    };
    Some(words.to_owned())
}

#[test]
fn each_loss_of_every_plan_is_told() {
    let (mut losses, mut kinds) = (0, std::collections::BTreeSet::new());
    for (wish, machine, plan) in plans() {
        for planned in plan.disks() {
            let mut disks = machine.disks.known().unwrap().iter();
            let disk = disks
                .find(|disk| disk.path == planned.identity.path)
                .unwrap();
            let groups = Groups::of(&planned.losses, disk);
            let things = groups.things.iter();
            let grouped = things.map(|thing| 1 + thing.more.len() + thing.small.len());
            let grouped = grouped.sum::<usize>() + groups.small.len();
            assert_eq!(grouped, planned.losses.len(), "{wish}: {groups:?}");
            let told = told(Language::English, &machine, disk, &planned.losses);
            let mut lines: Vec<String> = told.rest.into_iter().collect();
            for thing in told.things {
                lines.push(thing.head);
                lines.extend(thing.below);
            }
            for loss in &planned.losses {
                losses += 1;
                kinds.insert(format!("{loss:?}").split(' ').next().unwrap().to_owned());
                for names in known_by(disk, loss) {
                    let is_told = |name: &String| lines.iter().any(|line| line.contains(name));
                    assert!(names.iter().any(is_told), "{wish}: {loss:?}: {lines:#?}");
                }
            }
            if std::env::var_os("NEVADO_LOSSES").is_some() && !lines.is_empty() {
                println!("{wish}\n    {}", lines.join("\n    "));
            }
        }
    }
    assert!(losses > 500, "{losses}");
    assert!(kinds.len() >= 5, "{kinds:?}");
}

/// What is told of the only disk of a recorded computer that is erased.
fn erased(language: Language, name: &str) -> Told {
    let machine = recorded(name);
    let mut preset = Preset::default();
    preset.disk.layout = Some(Layout::Erase);
    let plan = outline(&Survey::of(&machine), &preset, SEED).unwrap();
    let mut disks = machine.disks.known().unwrap().iter();
    let disk = disks
        .find(|disk| disk.path == plan.disk.identity.path)
        .unwrap();
    told(language, &machine, disk, &plan.disk.losses)
}

#[test]
fn a_windows_is_one_line_and_what_it_made_for_itself_another() {
    for (language, head, below) in [
        (
            Language::English,
            "Windows, with all programs and files on it  ·  476 GiB",
            "and its small partitions: EFI system (260 MiB), Microsoft reserved (16 MiB), \
             Windows recovery (1.1 GiB)",
        ),
        (
            Language::German,
            "Windows mit allen Programmen und Dateien darauf  ·  476 GiB",
            "dazu die kleinen Partitionen: EFI-System (260 MiB), Microsoft reserviert (16 MiB), \
             Windows-Wiederherstellung (1,1 GiB)",
        ),
    ] {
        let told = erased(language, "laptop-intel-windows");
        let [windows] = told.things.as_slice() else {
            panic!("Windows is all that goes");
        };
        assert_eq!((windows.head.as_str(), told.rest), (head, None));
        assert_eq!(windows.below, [below]);
    }
}

#[test]
fn home_folders_are_named_and_each_system_has_its_own_small_partitions() {
    let told = erased(Language::English, "table-found-fedora");
    let lines: Vec<(&str, &[String])> = { told.things.iter() }
        .map(|thing| (thing.head.as_str(), thing.below.as_slice()))
        .collect();
    let small = ["and its small partitions: EFI system (512 MiB), boot (1 GiB)".to_owned()];
    let fedora = "Fedora Linux 43 (Workstation Edition), with all programs and files on it, also those of anna, \
                  bo  ·  300 GiB";
    assert_eq!(
        lines,
        [(fedora, &small[..]), ("“data” (ext4)  ·  200 GiB", &[][..])]
    );
    assert_eq!(told.rest, None);
}

#[test]
fn what_is_empty_gets_no_sign() {
    let told = erased(Language::English, "table-128-partitions");
    assert!(told.things.is_empty());
    let said = "128 × no file system (128 GiB in all)";
    assert_eq!(told.rest.as_deref(), Some(said));
}

#[test]
fn of_what_nobody_has_looked_into_it_is_said_that_it_is_not_known() {
    let told = erased(Language::English, "table-luks-lvm");
    let heads: Vec<&str> = told
        .things
        .iter()
        .map(|thing| thing.head.as_str())
        .collect();
    let said = "“cryptroot”, encrypted: what is in it is not known  ·  600 GiB";
    assert!(heads.contains(&said), "{heads:?}");
}
