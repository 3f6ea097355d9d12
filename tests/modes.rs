//! What every recorded machine can be installed on besides erasing: each layout with each of its
//! places, the table that it gives, or the reason why not. One snapshot for each machine.
//! `INSTA_UPDATE=always cargo test --test modes` writes them anew; a change is read like code.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod impossible_wishes;

use impossible_wishes::CASES;
use nevado::machine::Machine;
use nevado::plan::{Mode, ProblemId, Seed, Spot, SpotPlace, Survey, modes, resolve};
use nevado::preset::{DiskChoice, DiskMatch, Layout, PartitionMatch, Preset};
use nevado::storage::NewTable;
use std::collections::HashSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn machines() -> Vec<(String, Machine)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machines");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap();
        (name, serde_json::from_str(&text).unwrap())
    };
    files.into_iter().map(read).collect()
}

fn preset() -> Preset {
    nevado::preset::read(include_str!("presets/smallest.toml"), "smallest.toml").unwrap()
}

#[test]
fn every_machine_with_every_layout() {
    let mut possible = 0;
    for (name, machine) in machines() {
        let mut text = String::new();
        for disk in machine.disks.known().into_iter().flatten() {
            writeln!(text, "{} ({})", disk.name, disk.size).unwrap();
            for mode in modes(&Survey::of(&machine), disk, &preset()) {
                possible += u32::from(mode.possible.is_ok() && mode.layout != Layout::Erase);
                show(&mut text, &mode);
            }
        }
        if text.is_empty() {
            continue;
        }
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "modes"}, {
            insta::assert_snapshot!(name, text);
        });
    }
    assert!(
        possible >= 30,
        "only {possible} layouts that keep something"
    );
}

/// The wizard translates a problem by what it is: that a layout is impossible would be no reason.
#[test]
fn a_layout_that_is_not_possible_has_a_reason_of_its_own() {
    let mut reasons = HashSet::new();
    for (name, machine) in machines() {
        for disk in machine.disks.known().into_iter().flatten() {
            for mode in modes(&Survey::of(&machine), disk, &preset()) {
                let Err(reason) = mode.possible else { continue };
                let generic = reason.id == ProblemId::LayoutImpossible;
                assert!(!generic, "{name}: {}: {}", mode.layout, reason.message);
                reasons.insert(reason.id);
            }
        }
    }
    assert!(reasons.len() >= 10, "{reasons:?}");
}

fn show(text: &mut String, mode: &Mode) {
    match &mode.possible {
        Err(reason) => writeln!(text, "  {}: no: {}", mode.layout, reason.message).unwrap(),
        Ok(spots) => {
            writeln!(text, "  {}", mode.layout).unwrap();
            spots.iter().for_each(|spot| show_spot(text, spot));
        }
    }
}

fn show_spot(text: &mut String, spot: &Spot) {
    let place = match &spot.place {
        SpotPlace::WholeDisk => "whole disk".to_owned(),
        SpotPlace::GapAfter(number) => format!("gap after {number}"),
        SpotPlace::Partition(number) => format!("partition {number}"),
        SpotPlace::System(system) => format!("all of {system}"),
    };
    let outcome = match &spot.table {
        Ok(table) => new_in(table),
        Err(reason) => format!("no: {}", reason.message),
    };
    let share = spot.share.map(|share| {
        let (least, middle, most) = (share.least, share.recommended, share.most);
        format!(" (from {least} to {most}, {middle} recommended)")
    });
    let share = share.unwrap_or_default();
    writeln!(text, "    {place}, {}{share}: {outcome}", spot.size).unwrap();
}

fn new_in(table: &NewTable) -> String {
    let new = table.partitions.iter().map(|p| {
        let size = p.length.bytes(table.sector_size);
        format!("{} {} {}+{} {size}", p.number, p.name, p.start, p.length)
    });
    let new: Vec<String> = new.collect();
    let smaller = table.kept().iter().filter(|p| p.length_now.is_some());
    let smaller = smaller.map(|p| {
        let size = p.length.bytes(table.sector_size);
        format!(
            ", {} of them smaller: {}+{} {size}",
            p.number, p.start, p.length
        )
    });
    let smaller: String = smaller.collect();
    let stay = table.kept().len();
    format!("new {}; {stay} stay{smaller}", new.join(", "))
}

/// What the list calls possible has a plan, with the very same places; what it calls impossible has
/// none, for the reason that it gives.
#[test]
fn the_list_says_what_the_resolver_does() {
    let mut plans = 0;
    for (name, machine) in machines() {
        for disk in machine.disks.known().into_iter().flatten() {
            for mode in modes(&Survey::of(&machine), disk, &preset()) {
                for spot in mode.possible.into_iter().flatten() {
                    let mut preset = preset();
                    preset.disk.choose = DiskChoice::Match(DiskMatch {
                        path: Some(disk.path.clone()),
                        ..DiskMatch::default()
                    });
                    preset.disk.layout = Some(mode.layout);
                    match spot.place {
                        SpotPlace::WholeDisk => {}
                        SpotPlace::System(system) => preset.disk.system = Some(system.clone()),
                        SpotPlace::GapAfter(number) => preset.disk.gap_after = Some(number),
                        SpotPlace::Partition(number) => {
                            preset.disk.partition = Some(PartitionMatch {
                                number: Some(number),
                                ..PartitionMatch::default()
                            });
                        }
                    }
                    match (spot.table, resolve(&machine, &preset, Seed::new([7; 32]))) {
                        (Ok(table), Ok(plan)) => {
                            plans += 1;
                            assert_eq!(table.places(), plan.disk.table.places(), "{name}");
                            assert_eq!(table.base, plan.disk.table.base, "{name}");
                        }
                        (Ok(_), Err(problems)) => {
                            // Something that has nothing to do with the layout.
                            let about_layout =
                                |p: &nevado::plan::Problem| p.field.starts_with("disk.layout");
                            assert!(!problems.0.iter().any(about_layout), "{name}: {problems}");
                        }
                        (Err(reason), Ok(_)) => panic!("{name}: {reason}, and there is a plan"),
                        (Err(reason), Err(problems)) => {
                            let told = |p: &nevado::plan::Problem| p.message == reason.message;
                            let other = |p: &nevado::plan::Problem| p.field == "system";
                            let fits = problems.0.iter().any(|p| told(p) || other(p));
                            assert!(fits, "{name}: {reason}\n{problems}");
                        }
                    }
                }
            }
        }
    }
    assert!(plans >= 60, "only {plans} plans");
}

/// The whole plan of one layout on one machine, as the person reads it.
fn plan_text(machine: &str, disk: &str) -> String {
    let (_, machine) = machines()
        .into_iter()
        .find(|(name, _)| name == machine)
        .unwrap();
    let text = format!(
        "{}\n[disk]\n{disk}\n",
        include_str!("presets/smallest.toml")
    );
    let preset = nevado::preset::read(&text, "preset").unwrap();
    match resolve(&machine, &preset, Seed::new([0x5e; 32])) {
        Ok(plan) => nevado::plan::PlanText(&plan).to_string(),
        Err(problems) => format!("{problems}\n"),
    }
}

#[test]
fn plans_that_keep_something() {
    let cases = [
        (
            "free_beside_windows",
            "table-windows-gap",
            "layout = 'free'\ngap_after = 3\nsize = '64 GiB'",
        ),
        (
            "free_with_a_large_esp",
            "table-windows-large-esp",
            "layout = 'free'",
        ),
        (
            "free_on_4kn",
            "table-4kn-linux",
            "layout = 'free'\ngap_after = 2",
        ),
        (
            "replace_by_label",
            "table-dual-linux",
            "layout = 'replace'\npartition = { label = 'debian' }",
        ),
        (
            "replace_windows",
            "table-windows-gap",
            "layout = 'replace'\nsystem = 'windows'",
        ),
        (
            "replace_a_linux",
            "table-linux-systems",
            "layout = 'replace'\nsystem = 'debian'",
        ),
        (
            "replace_a_linux_and_its_home",
            "table-linux-systems",
            "layout = 'replace'\nsystem = 'Ubuntu 24.04.1 LTS'",
        ),
        (
            "replace_a_fedora_in_btrfs",
            "table-found-fedora",
            "layout = 'replace'\nsystem = 'fedora'",
        ),
        (
            "replace_an_opensuse_in_btrfs",
            "table-found-opensuse",
            "layout = 'replace'\nsystem = 'opensuse tumbleweed'",
        ),
        (
            "replace_a_rhel_in_xfs",
            "table-found-rhel",
            "layout = 'replace'\nsystem = 'red hat enterprise linux'",
        ),
        (
            "replace_an_unlocked_debian",
            "table-found-debian",
            "layout = 'replace'\nsystem = 'debian'",
        ),
        (
            "replace_in_use",
            "table-mounted-linux",
            "layout = 'replace'\npartition = { number = 2 }",
        ),
        (
            "alongside_windows",
            "table-windows-measured",
            "layout = 'alongside'",
        ),
        (
            "alongside_a_size",
            "table-linux-measured",
            "layout = 'alongside'\npartition = { label = 'fedora' }\nsize = '30 GiB'",
        ),
        (
            "alongside_on_4kn",
            "table-4kn-measured",
            "layout = 'alongside'\npartition = { number = 2 }",
        ),
        (
            "keep_home",
            "table-dual-linux",
            "layout = 'keep_home'\npartition = { label = 'fedora' }\nfile_system = 'btrfs'",
        ),
        (
            "the_other_esp",
            "table-two-esps",
            "layout = 'free'\nesp = { number = 1 }",
        ),
    ];
    for (name, machine, disk) in cases {
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "modes"}, {
            insta::assert_snapshot!(format!("plan_{name}"), plan_text(machine, disk));
        });
    }
}

#[test]
fn kept_home_folders_give_their_numbers_to_the_people_of_their_names() {
    let mut machines = machines().into_iter();
    let (_, machine) = machines
        .find(|(name, _)| name == "table-dual-linux")
        .unwrap();
    let mut recorded = serde_json::to_value(&machine).unwrap();
    let disks = recorded["disks"]["known"].as_array_mut().unwrap();
    let partitions = disks[0]["table"]["known"]["partitioned"]["partitions"].as_array_mut();
    let homes = partitions
        .unwrap()
        .iter_mut()
        .map(|p| &mut p["content"]["formatted"]);
    let mut homes = homes.filter(|found| found["label"] == "home");
    let folder = |name: &str, owner: u32| serde_json::json!({ "name": name, "owner": owner });
    homes.next().unwrap()["home_folders"] = vec![folder("ada", 1017), folder("old", 1000)].into();
    drop(homes);
    let machine: Machine = serde_json::from_value(recorded).unwrap();
    let lines = "version = 1\n[disk]\nlayout = 'keep_home'\npartition = { label = 'fedora' }\n\
                 [[users]]\nname = 'ada'\nadministrator = true\n[[users]]\nname = 'new'\n";
    let preset = nevado::preset::read(lines, "test").unwrap();
    let plan = resolve(&machine, &preset, Seed::new([7; 32])).unwrap();
    let text = nevado::plan::PlanText(&plan).to_string();
    let account = |name: &str| {
        let (_, rest) = text
            .split_once(&format!("users.users.{name} = {{"))
            .unwrap();
        rest.split_once('}').unwrap().0.to_owned()
    };
    assert!(account("ada").contains("uid = 1017;"), "{text}");
    assert!(
        account("new").contains("uid = 1001;"),
        "not that of the old one: {text}"
    );
    assert!(text.contains("ada (1017), old (1000)"), "{text}");
}

#[test]
fn wishes_that_can_not_be_have_a_reason() {
    for (machine, disk, words) in CASES {
        let text = plan_text(machine, disk);
        assert!(
            text.contains(words) && text.starts_with("error: disk."),
            "{machine}: {disk}\n{text}"
        );
    }
}
