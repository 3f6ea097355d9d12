//! What the resolver tells in English, with its numbers and names, every other language tells as well.

use crate::i18n::{Language, Texts};
use crate::machine::Machine;
use crate::plan::{Details, Problem, ProblemId, Problems, Seed, Survey, obstacles, resolve};
use crate::preset::{Layout, Preset};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is told in English only, and why that does no harm.
const ENGLISH_ONLY: [(&str, &str); 3] = [
    ("problem-disk-content-unknown", "words of the kernel"),
    ("problem-firmware-unknown", "words of the kernel"),
    ("problem-nixpkgs-unknown", "words of the kernel"),
];

/// The files of a folder beside the sources.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let entries = fs::read_dir(folder).unwrap();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// Everything that stands against presets on the recorded computers, or that should be known first.
fn problems() -> Vec<(String, Problem)> {
    let machines = files("machines").into_iter().map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        let machine: Machine = serde_json::from_str(&text).unwrap();
        (
            file.file_stem().unwrap().to_string_lossy().into_owned(),
            machine,
        )
    });
    let texts = files("presets").into_iter().map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        crate::preset::read(&text, "test").unwrap()
    });
    let demo = crate::preset::read(include_str!("../../../assets/demo/preset.toml"), "demo");
    let demo = demo.unwrap();
    let layouts = Layout::ALL.map(|layout| {
        let mut preset = demo.clone();
        preset.disk.choose = crate::preset::DiskChoice::Only;
        preset.disk.layout = Some(layout);
        preset
    });
    let presets: Vec<Preset> = texts.chain(layouts).collect();
    let mut found = Vec::new();
    for (name, machine) in machines {
        for preset in &presets {
            let told = match resolve(&machine, preset, Seed::new([3; 32])) {
                Ok(plan) => plan.warnings,
                Err(Problems(problems)) => problems,
            };
            let all = told.into_iter().chain(
                obstacles(&Survey::of(&machine), preset)
                    .into_iter()
                    .flatten(),
            );
            found.extend(all.map(|problem| (name.clone(), problem)));
        }
    }
    found
}

fn key(problem: &Problem) -> String {
    let id = serde_json::to_value(problem.id).unwrap();
    format!("problem-{}", id.as_str().unwrap().replace('_', "-"))
}

/// The numbers and paths of a sentence.
fn facts(sentence: &str) -> BTreeSet<String> {
    let is_end = |c: char| c.is_whitespace() || "()`“”„“«»「」,;:、。".contains(c);
    let words: Vec<&str> = sentence.split(is_end).collect();
    let paths = words
        .iter()
        .filter(|word| word.starts_with('/') && word.len() > 1);
    // `ext4` and `f2fs` are none.
    let numbers = words.iter().filter_map(|word| {
        let number = word
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .next()?;
        Some(number).filter(|number| !number.is_empty())
    });
    let all = paths.copied().chain(numbers);
    all.map(|fact| fact.trim_end_matches('.').to_owned())
        .collect()
}

#[test]
fn every_language_tells_the_numbers_and_paths_of_a_problem() {
    let texts = [Language::German, Language::Japanese, Language::Arabic].map(Texts::new);
    let mut untold = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (machine, problem) in problems() {
        let key = key(&problem);
        seen.insert((key.clone(), problem.details.reason().map(str::to_owned)));
        if ENGLISH_ONLY.iter().any(|(id, _)| key == *id) {
            continue;
        }
        for texts in &texts {
            let told = texts.told(&key, &problem.details, "?");
            let missing = facts(&problem.message)
                .into_iter()
                .find(|fact| !told.contains(&*texts.decimal(fact)) && !told.contains(fact));
            if let Some(fact) = missing {
                let why = (key.clone(), problem.details.reason().map(str::to_owned));
                let language = texts.language();
                let line = format!(
                    "{machine} {language:?} {fact:?}: {}\n    {told}",
                    problem.message
                );
                untold.entry(why).or_insert(line);
            }
        }
    }
    assert!(seen.len() > 60, "{} kinds: {seen:?}", seen.len());
    assert!(untold.is_empty(), "{untold:#?}");
}

/// Where a problem's own text would be told, because a detail in that for its reason is missing.
#[test]
fn no_text_of_a_problem_lacks_a_detail() {
    let german = Texts::new(Language::German);
    let mut lacking = BTreeMap::new();
    for (machine, problem) in problems() {
        let key = key(&problem);
        let plain = german.told(&key, &Details::NONE, "?");
        let told = german.told(&key, &problem.details, "?");
        if !problem.details.is_empty() && told == plain {
            let why = (key, problem.details.reason().map(str::to_owned));
            lacking.insert(why, format!("{machine}: {}", problem.message));
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn why_a_disk_can_not_be_taken_is_told_of_three_of_them() {
    let german = Texts::new(Language::German);
    let all = problems();
    let no_disk = |on: &str| {
        let mut all = all.iter();
        let found = all.find(|(machine, problem)| {
            machine == on && problem.id == ProblemId::NoDisk && problem.field == "disk.choose"
        });
        let problem = &found.unwrap().1;
        let told = german.told(&key(problem), &problem.details, "Datenträger");
        (problem.message.clone(), problem.mend.clone(), told)
    };
    let (message, mend, told) = no_disk("qemu-many-disks");
    assert_eq!(message.matches("is too small").count(), 3, "{message}");
    assert!(message.ends_with("; and 6 more"), "{message}");
    assert!(!mend.contains("by-id"), "no name helps: {mend}");
    assert_eq!(told.matches("ist zu klein: Diese").count(), 3, "{told}");
    assert!(told.ends_with(". Es gibt noch 6 weitere."), "{told}");

    let (message, mend, told) = no_disk("table-mounted-linux");
    assert!(message.contains("is in use: mounted at /run"), "{message}");
    assert!(mend.contains("by-id"), "it can be asked for: {mend}");
    let held = "ist in Gebrauch: /run/media/esp, /run/media/root, dm-0.";
    assert!(told.ends_with(held), "{told}");
}

#[test]
fn a_shared_esp_speaks_of_a_nixos_only_where_there_may_be_one() {
    let german = Texts::new(Language::German);
    let all = problems();
    let speaks = |on: &str| {
        let mut all = all.iter();
        let found = all
            .find(|(machine, problem)| machine == on && problem.id == ProblemId::EspShared)
            .unwrap_or_else(|| panic!("{on} shares no EFI system partition"));
        let problem = &found.1;
        let key = key(problem);
        let told = [key.clone(), format!("{key}-mend")];
        let told = told.map(|key| german.told(&key, &problem.details, "?"));
        let [told, mend] = told.map(|told| told.contains("NixOS"));
        let english = [&problem.message, &problem.mend].map(|told| told.contains("NixOS"));
        assert_eq!([told, mend], english, "{problem:?}");
        assert_eq!(told, mend, "{problem:?}");
        told
    };
    assert!(speaks("table-nixos-btrfs"));
    assert!(speaks("table-luks-home"), "nobody has looked into it");
    assert!(!speaks("table-windows-measured"));
    assert!(!speaks("table-found-fedora"), "what is there is known");
}
