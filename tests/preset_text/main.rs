//! Whatever a person types wherever a preset takes text, a real Nix parses the configuration that comes
//! of it and gives that very text back. The places come from the preset's JSON schema: a new one fails
//! here until [`fields`] says where its text goes.
//!
//! Needs `nix-instantiate` (Debian: `nix-bin`) and fails without it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod fields;
mod leaves;
mod presets;

use fields::{ELSEWHERE, WRITTEN};
use leaves::{leaves, texts};
use nevado::machine::{Fact, Machine};
use nevado::plan::{Action, Seed, resolve};
use nevado::preset::{Environment, Preset, read, schema};
use presets::Typed;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::Command;

/// Calls of Nix; each has [`BATCH`] presets.
const CASES: u32 = 12;
const BATCH: usize = 100;

/// Each place has to be put to the test with this many different texts at least.
const TEXTS: usize = 20;

/// What modules evaluate to with stand-ins for their arguments, reduced to the places typed in.
const QUESTION: &str = r#"
  files: packages: own:
  let
    arguments = {
      config.hardware.enableRedistributableFirmware = false;
      lib.mkDefault = x: x;
      modulesPath = ./.;
      pkgs = packages;
    };
    module = file: import file arguments;
    hardware = module files.hardware;
    c = module files.configuration // { inherit (hardware) fileSystems; };

    list = value: if value == null then [ ] else [ value ];
    apart = words: builtins.filter (word: builtins.isString word && word != "")
      (builtins.split ";" words);
    people = builtins.attrNames c.users.users;
    profiles = builtins.attrValues
      (c.networking.networkmanager.ensureProfiles.profiles or { });
    subvolumeOf = option:
      let found = builtins.match "subvol=(.*)" option; in
      if found == null then null else builtins.head found;
    subvolume = mount: builtins.any (option: subvolumeOf option != null)
      (c.fileSystems.${mount}.options or [ ]);
    names = fits: builtins.filter fits (builtins.attrNames c.fileSystems);
  in
  {
"#;

#[test]
fn every_text_of_the_schema_is_put_to_the_test_or_has_a_reason() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let places: BTreeSet<String> = leaves(&schema).into_keys().collect();
    let written = WRITTEN.iter().map(|field| field.place);
    let named = written.chain(ELSEWHERE.iter().map(|(place, _)| *place));
    let named: Vec<String> = named.map(str::to_owned).collect();
    let once: BTreeSet<String> = named.iter().cloned().collect();
    assert_eq!(once.len(), named.len(), "a place is named twice");
    let new: Vec<&String> = places.difference(&once).collect();
    assert_eq!(new, Vec::<&String>::new(), "nobody says where these go");
    let gone: Vec<&String> = once.difference(&places).collect();
    assert_eq!(gone, Vec::<&String>::new(), "no such places");
}

/// A laptop with one empty disk.
fn machine() -> Machine {
    let recorded = include_str!("../machines/empty-uefi.json");
    let mut machine: Machine = serde_json::from_str(recorded).unwrap();
    if let Fact::Known(disks) = &mut machine.disks {
        disks[0].size.0 = 1 << 38;
    }
    machine
}

/// The two modules of the plan, or none if machine and preset don't go together.
fn modules(machine: &Machine, preset: &Preset) -> Option<Vec<String>> {
    let plan = resolve(machine, preset, Seed::new([3; 32])).ok()?;
    plan.steps.into_iter().find_map(|step| match step.action {
        Action::WriteFiles { files } => Some(files.into_iter().map(|file| file.text).collect()),
        _ => None,
    })
}

/// The packages that the desktop brings.
fn own_packages(preset: &Preset) -> Vec<&'static str> {
    let facts = preset.desktop.environment.and_then(Environment::facts);
    let packages = facts.into_iter().flat_map(|facts| &facts.packages);
    packages.map(|package| package.as_str()).collect()
}

/// A set in which every package that is referred to is its own name, as Nix text. A package that is
/// below another one has no place in it.
fn package_set(preset: &Preset) -> Option<String> {
    let asked = preset.software.packages.iter().map(|name| name.as_str());
    let mut names: BTreeSet<&str> = own_packages(preset).into_iter().collect();
    for name in asked {
        if !names.insert(name) {
            return None;
        }
    }
    let below = |a: &str, b: &str| b.starts_with(a) && b[a.len()..].starts_with('.');
    if names.iter().any(|a| names.iter().any(|b| below(a, b))) {
        return None;
    }
    let mut text = String::from("{ ");
    for name in names {
        let path: Vec<String> = name.split('.').map(|part| format!("\"{part}\"")).collect();
        write!(text, "{} = \"{name}\"; ", path.join(".")).unwrap();
    }
    if let Some(kernel) = &preset.system.kernel {
        let (kernel, attribute) = (kernel.to_string(), kernel.to_string().replace('.', "_"));
        write!(text, "linuxPackages_{attribute} = \"{kernel}\"; ").unwrap();
    }
    Some(text + "}")
}

/// A preset with what Nix is asked about it and must answer.
struct Asked {
    question: String,
    expected: BTreeMap<String, Vec<String>>,
}

/// Writes a preset's configuration into `folder`.
fn ask(machine: &Machine, typed: &Typed, folder: &std::path::Path, index: usize) -> Option<Asked> {
    let preset = read(&toml::to_string(&typed.0).unwrap(), "typed").ok()?;
    let packages = package_set(&preset)?;
    let texts = texts(&typed.0);
    let modules = modules(machine, &preset)?;
    for (name, text) in ["configuration", "hardware"].into_iter().zip(&modules) {
        fs::write(folder.join(format!("{name}-{index}.nix")), text).unwrap();
    }
    let own: Vec<String> = own_packages(&preset)
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    let question = format!(
        "(ask {{ configuration = ./configuration-{index}.nix; hardware = ./hardware-{index}.nix; }} \
         {packages} [ {} ])",
        own.join(" ")
    );
    let expected = WRITTEN.iter().map(|field| {
        let mut texts = texts.get(field.place).cloned().unwrap_or_default();
        texts.sort();
        (field.place.to_owned(), texts)
    });
    Some(Asked {
        question,
        expected: expected.collect(),
    })
}

/// What Nix answers to all of them.
fn answers(folder: &std::path::Path, asked: &[Asked]) -> Result<Vec<Value>, TestCaseError> {
    let mut text = format!("let ask = {QUESTION}");
    for field in &WRITTEN {
        writeln!(text, "\"{}\" = {};", field.place, field.answer).unwrap();
    }
    text += "}; in [\n";
    for one in asked {
        writeln!(text, "{}", one.question).unwrap();
    }
    let file = folder.join("question.nix");
    fs::write(&file, text + "]").unwrap();
    let output = Command::new("nix-instantiate")
        .args(["--store", "dummy://", "--eval", "--strict", "--json"])
        .arg(&file)
        .output()
        .map_err(|error| TestCaseError::fail(format!("nix-instantiate: {error}")))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    prop_assert!(output.status.success(), "{}", complaint);
    Ok(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn what_is_typed_comes_back_from_nix() {
    let machine = machine();
    let mut config = ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        max_shrink_iters: 20,
        ..Default::default()
    };
    let seed = match config.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => RandomState::new().build_hasher().finish(),
    };
    config.rng_seed = RngSeed::Fixed(seed);
    println!("{CASES} cases of {BATCH} presets, seed {seed} (again: PROPTEST_RNG_SEED={seed})");
    let written = Cell::new(0);
    let seen: RefCell<BTreeMap<String, BTreeSet<String>>> = RefCell::default();
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let presets = prop::collection::vec(presets::typed(&leaves(&schema)), BATCH);
    TestRunner::new(config)
        .run(&presets, |presets| {
            let folder = tempfile::tempdir().unwrap();
            let presets = presets.iter().enumerate();
            let asked =
                presets.filter_map(|(index, typed)| ask(&machine, typed, folder.path(), index));
            let asked: Vec<Asked> = asked.collect();
            let answers = answers(folder.path(), &asked)?;
            prop_assert_eq!(answers.len(), asked.len());
            written.set(written.get() + asked.len());
            for (answer, asked) in answers.into_iter().zip(asked) {
                let mut answer: BTreeMap<String, Vec<String>> =
                    serde_json::from_value(answer).unwrap();
                for texts in answer.values_mut() {
                    texts.sort();
                }
                prop_assert_eq!(&answer, &asked.expected);
                for (place, texts) in answer {
                    seen.borrow_mut().entry(place).or_default().extend(texts);
                }
            }
            Ok(())
        })
        .unwrap();
    println!("{} configurations", written.get());
    assert!(
        written.get() > BATCH * CASES as usize / 2,
        "too few presets could be written down"
    );
    for (place, texts) in seen.into_inner() {
        println!("{place}: {} texts", texts.len());
        let few = presets::FEW.iter().find(|(few, _)| *few == place);
        let least = few.map_or(TEXTS, |(_, least)| *least);
        assert!(texts.len() >= least, "{place}: only {texts:?}");
    }
}
